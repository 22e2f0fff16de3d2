"""What an inbox shows of a newsletter: whole statements that fit, the second adding to the first."""

from __future__ import annotations

import pytest

from generator.errors import ContentError
from generator.model import Envelope
from generator.narrative.composing.composition import compose
from generator.narrative.composing.inbox import PREHEADER, SUBJECT, envelope
from generator.narrative.newsroom import Newsroom
from generator.narrative.planning import plan

from ..conftest import Room
from .test_composition import SIDES, story

LONG = "Small companies had a day of which a great deal more could be said than an inbox shows"
FITS = "Words that stand in nobody else's way and fill their line"


def shown(made: Newsroom, row: int = 0) -> Envelope:
    planned = plan(made.at(row))
    return envelope(planned, compose(planned), made.publication)


def with_subject(text: str, *subjects: str) -> str:
    return text + "# subject\n" + "".join(f"- {one}\n" for one in subjects)


def test_the_subject_is_the_headline_where_that_fits(newsroom: Room) -> None:
    """In the words that stand on the page."""
    made = newsroom(
        {"angle/a": story(headline=("A day", "A second day", "A third day")), **SIDES}, small_return_1d=[1.0]
    )
    assert shown(made).subject.text == "A day"


def test_a_headline_too_long_gives_way_to_another_of_its_wordings(newsroom: Room) -> None:
    """To one of those whose turn it is, else to any."""
    third = newsroom({"angle/a": story(headline=(LONG, "B day", "C day")), **SIDES}, small_return_1d=[1.0])
    assert shown(third).subject.text == "C day"
    second = newsroom({"angle/a": story(headline=(LONG, "B day", f"{LONG}, too")), **SIDES}, small_return_1d=[1.0])
    assert shown(second).subject.text == "B day"


def test_the_story_may_give_a_subject_for_days_on_which_no_headline_fits(newsroom: Room) -> None:
    """It says the same in fewer words, and its figures are filled in like any other."""
    text = with_subject(story(headline=(LONG,) * 3), f"{LONG}, again", "A day of {{ small_return_1d | size }}")
    made = newsroom({"angle/a": text, **SIDES}, small_return_1d=[1.0])
    assert shown(made).subject.text == "A day of 1%"


def test_a_story_with_no_short_words_borrows_those_that_are_always_true(newsroom: Room) -> None:
    """So that an evening is not lost; `check` tells of it."""
    led = story(headline=(LONG,) * 3).replace("---\n", "---\nweight: 9\nwhen: small_return_1d > 0\n", 1)
    made = newsroom(
        {"angle/a": led, "angle/z": story(headline=("It closed",) * 3), **SIDES}, small_return_1d=[-1.0, 1.0]
    )
    assert plan(made.at(1)).angle.fragment.key == "session/angle/a"
    assert shown(made, 1).subject.text == "It closed"


def test_where_nothing_fits_the_fault_names_the_story(newsroom: Room) -> None:
    """No text is ever cut off."""
    made = newsroom({"angle/a": story(headline=(LONG,) * 3), **SIDES}, small_return_1d=[1.0])
    with pytest.raises(ContentError, match=r"angle/a\.md:\d+: no headline or subject of this story has 60 characters"):
        shown(made)


def test_the_preheader_is_what_stands_below_the_headline(newsroom: Room) -> None:
    """Where it fits and adds to the subject."""
    made = newsroom(
        {"angle/a": story(headline=("A day",) * 3, standfirst=(f"{FITS}.",) * 3), **SIDES}, small_return_1d=[1.0]
    )
    assert shown(made).preview == f"{FITS}."


def test_a_preheader_tells_no_figure_of_the_subject_again(newsroom: Room) -> None:
    """The other side speaks in its place."""
    text = story(
        headline=("It made {{ small_return_1d | size }}",) * 3,
        standfirst=("The whole of the move came to {{ small_return_1d | size }} on the day.",) * 3,
    )
    sides = {
        **SIDES,
        "against/b": f"{SIDES['against/b']}# post\n- {FITS}.\n".replace("---\n- The", "---\n# body\n- The"),
    }
    made = newsroom({"angle/a": text, **sides}, small_return_1d=[1.0])
    assert shown(made).preview == f"{FITS}."


def test_a_preheader_that_fills_its_line_is_preferred(newsroom: Room) -> None:
    """Behind a short one an inbox would go on with the letter's first words."""
    text = story(headline=("A day",) * 3, standfirst=("So it was.",) * 3, post=(f"{FITS}.",) * 3)
    assert shown(newsroom({"angle/a": text, **SIDES}, small_return_1d=[1.0])).preview == f"{FITS}."
    short = story(headline=("A day",) * 3, standfirst=("So it was.",) * 3, post=("It was so.",) * 3)
    assert shown(newsroom({"angle/a": short, **SIDES}, small_return_1d=[1.0])).preview == "So it was."


def test_a_preheader_too_long_is_passed_over(newsroom: Room) -> None:
    """And where there is no other there is none."""
    long = f"{LONG}, and then a good deal more of the same."
    assert len(long) > PREHEADER
    text = story(headline=("A day",) * 3, standfirst=(long,) * 3, post=(long,) * 3)
    made = newsroom({"angle/a": text, **SIDES}, small_return_1d=[1.0])
    assert shown(made).preheader == ()
    assert len(shown(made).subject.text) <= SUBJECT
