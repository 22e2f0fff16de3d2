"""Assertions that prove nothing: of words that are not said, or on figures that cannot tell of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.model import Senses, Supposition

from ..conftest import Room
from ..planted import SAYS, said_of_words, situation, with_lexicon

PLACE = "content/session/large/x.md:5"
ROSE = ("The index rose.", *SAYS[1:])


def said(newsroom: Room, asserts: str, senses: Senses | None = None) -> list[str]:
    """What is said of a situation that says `rose`, with these assertions and these senses of words."""
    figures = {"small_return_1d": [1.0, -1.0], "small_streak_up": [3, 0], "small_level": [9.0, 8.0]}
    made = newsroom({"large/x": situation("", asserts, ROSE)}, **figures)
    lexicon = made.publication.lexicon
    return said_of_words(with_lexicon(made, senses=senses or replace(lexicon.senses, supposes={}, proved_by={})))


def test_an_assertion_of_a_word_that_is_said_is_clean(newsroom: Room) -> None:
    """A word that a wording says, on a figure that can tell of it."""
    assert said(newsroom, "rose: small_return_1d > 0") == []


def test_an_assertion_of_a_word_that_no_wording_says_is_a_fault(newsroom: Room) -> None:
    """It would vouch for whatever else is written later; each word of a line is looked for by itself."""
    assert said(newsroom, "rose, record: small_return_1d > 0") == [
        f"{PLACE}: no wording says 'record'; take it out of asserts."
    ]


@pytest.mark.parametrize(
    ("rule", "faults"),
    [("small_level > 8", 1), ("small_streak_up > 2", 0), ("small_level > 8 and small_streak_up > 2", 0)],
)
def test_a_word_that_only_some_figures_can_prove_has_to_name_one(newsroom: Room, rule: str, faults: int) -> None:
    """`proved_by` names the figures, as patterns; one of them has to be in the rule."""
    senses = Senses(proved_by={"rose": ("*_streak*",)})
    found = said(newsroom, f"rose: {rule}", senses)
    assert found == [f"{PLACE}: 'rose' has to rest on figures that can tell of it: 1 or more of *_streak*."] * faults


def test_a_word_that_supposes_has_to_name_as_many_figures_as_it_supposes(newsroom: Room) -> None:
    """'even' of two falls rests on two returns: one of them shows nothing."""
    senses = Senses(supposes={"rose": Supposition(words=("rose",), rests_on=("small_*",), least=2)})
    one, two = (
        said(newsroom, f"rose: {rule}", senses)
        for rule in ("small_level > 8", "small_level > 8 and small_return_1d > 0")
    )
    assert (one, two) == ([f"{PLACE}: 'rose' has to rest on figures that can tell of it: 2 or more of small_*."], [])
