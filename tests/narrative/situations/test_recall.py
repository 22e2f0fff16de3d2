"""What a fragment tells of its situation's past, and when it may speak."""

from __future__ import annotations

import numpy as np
import pytest

from generator.errors import UnknownFigureError
from generator.narrative.checks.proofreading import proofread
from generator.narrative.language.voice import Register, Voice
from generator.narrative.newsroom import Newsroom

from ..conftest import Room

DAYS = 182
UP = [100.0 + row * (1 if row % 8 < 6 else -1) for row in range(DAYS)]
RETURNS = [1.0 if row % 7 == 0 else 0.0 for row in range(DAYS)]
TEXT = """---
after: small_return_1d > 0
when: {when}
tone: opportunity
asserts:
  higher: followed_1w_higher_edge >= -100
---
- Higher after {{{{ followed_1w_higher | digits }}}} of {{{{ followed_1w_n | digits }}}} such days.
- A week later it stood higher after {{{{ followed_1w_higher_share }}}}; the count is {{{{ times_now | digits }}}}.
- Of {{{{ followed_1w_n | digits }}}} such days {{{{ followed_1w_higher_share }}}} had it higher, at {{{{ followed_1w_median | signed }}}}.
"""


def room(newsroom: Room, when: str = "followed_1w_n >= 20") -> Newsroom:
    return newsroom(
        {"for/after": TEXT.format(when=when)}, small_return_1d=RETURNS, small_level=UP, sp500_level=[100.0] * DAYS
    )


def test_a_situation_is_told_from_its_twentieth_window_on(newsroom: Room) -> None:
    """Every seventh day it occurs; the twentieth window of a week is complete on row 140."""
    made = room(newsroom)
    held = made.pasts["session/for/after"].held
    assert np.flatnonzero(held).tolist() == [140, 147, 154, 161, 168, 175]
    fragment = made.publication.fragments["session"][0]
    assert made.recall.there(fragment, "followed_1w_n").argmax() == 140


def test_times_are_those_of_the_situation(newsroom: Room) -> None:
    """Not of the narrower rule by which the fragment may speak: that held for the first time on row 140."""
    made = room(newsroom)
    tonight = made.at(140)
    candidate = tonight.candidates("for")[0]
    sentences = [
        tonight.realiser.sentence(candidate.fragment, variant, candidate.past, Voice(140, Register.BRIEF))
        for variant in candidate.fragment.parts["body"]
    ]
    texts = [sentence.text for sentence in sentences if sentence]
    assert candidate.times == 0
    assert texts[0].endswith(" of 20 such days.")
    assert texts[1].endswith("the count is 21.")


def test_no_more_is_known_than_on_the_session(newsroom: Room) -> None:
    """A record says how many windows there were, and the last of them had ended."""
    made = room(newsroom)
    fragment = made.publication.fragments["session"][0]
    quoted = made.recall.quote(fragment, "followed_1w_n", 150)
    assert quoted is not None
    assert quoted.printed == 21
    assert made.recall.quote(fragment, "followed_1w_n", 100) is None


def test_what_followed_needs_a_situation(newsroom: Room) -> None:
    """A rule that hangs on what followed itself goes round in a circle, and is a fault."""
    made = newsroom(
        {"for/round": TEXT.replace("after: small_return_1d > 0\n", "").format(when="followed_1w_higher_edge > 8")},
        small_return_1d=RETURNS, small_level=UP, sp500_level=[100.0] * DAYS,
    )  # fmt: skip
    found = proofread(made.publication, "session", made.figures.catalogue)
    assert any("name that situation under 'after'" in fault.message for fault in found)


def test_a_filter_that_picks_a_verb_is_none_for_what_followed(newsroom: Room) -> None:
    """Verbs are earned by moves of a session."""
    text = TEXT.format(when="followed_1w_n >= 20").replace("followed_1w_median | signed", "followed_1w_median | moved")
    made = newsroom({"for/after": text}, small_return_1d=RETURNS, small_level=UP, sp500_level=[100.0] * DAYS)
    found = proofread(made.publication, "session", made.figures.catalogue)
    assert any("'followed_1w_median' takes one of these filters" in fault.message for fault in found)


def test_a_base_rate_is_no_figure_outside_its_fragment(newsroom: Room) -> None:
    """Without a situation there is nothing to tell."""
    made = room(newsroom)
    with pytest.raises(UnknownFigureError):
        made.figures.printed("followed_1w_n")
