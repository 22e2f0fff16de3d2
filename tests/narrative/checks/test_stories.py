"""Stories that fall silent on their own days, so that a lesser one is told: found by trying one session in seven."""

from __future__ import annotations

import pytest

from generator.narrative.checks.stories import EVERY, story_faults

from ..composing.test_composition import SIDES, story
from ..conftest import Room

LESSER = story().replace("---\n", "---\nweight: 0.1\n", 1)
SOMETIMES = "[if small_return_1d > 5] By day."


def faults(newsroom: Room, sessions: int = 8 * EVERY, **words: tuple[str, ...]) -> list[str]:
    """What is said of a story with these wordings on days that are its own; another could be told on all of them."""
    made = newsroom(
        {
            "angle/a": story(**words).replace("---\n", "---\nweight: 9\nwhen: small_return_1d > 0\n", 1),
            "angle/b": LESSER,
            **SIDES,
        },
        small_return_1d=[1.0, -1.0, *([1.0] * (sessions - 2))],
    )
    return [str(fault) for fault in story_faults(made)]


def test_a_story_that_always_has_words_is_clean(newsroom: Room) -> None:
    """Each half of the wordings of each part has one that stands."""
    assert faults(newsroom) == []
    assert faults(newsroom, standfirst=("By night.", "At noon.", SOMETIMES, SOMETIMES)) == []


@pytest.mark.parametrize(
    "bullets", [("By night.", SOMETIMES, "At noon."), (SOMETIMES, "By night.", SOMETIMES), (SOMETIMES,) * 3]
)
def test_a_story_without_words_on_every_second_day_is_named_with_the_part(
    newsroom: Room, bullets: tuple[str, ...]
) -> None:
    """The wordings of the other half cannot help."""
    (found,) = faults(newsroom, standfirst=bullets)
    assert found.startswith("content/session/angle/a.md:3: this story could not be told on ")
    assert "no wording of '# standfirst' has anything to say" in found


def test_parts_that_repeat_each_other_are_told_so(newsroom: Room) -> None:
    """A figure that the lead prints, and each bottom line needs as well."""
    size = ("It made {{ small_return_1d | size }}.",) * 3
    (found,) = faults(newsroom, lead=size, bottom_line=size)
    assert "its parts repeat each other's figures" in found


def test_a_day_on_which_nothing_can_be_told_is_no_fault_of_a_story(newsroom: Room) -> None:
    """There is no article of it at all."""
    made = newsroom({"angle/a": story(lead=(SOMETIMES,) * 3), **SIDES}, small_return_1d=[1.0] * 4 * EVERY)
    assert list(story_faults(made)) == []
