"""Stories that cannot give a newsletter its subject or preheader are found before an evening needs them."""

from __future__ import annotations

from generator.narrative.checks.inboxes import inbox_faults, length_faults

from ..composing.test_composition import SIDES, story
from ..composing.test_inbox import FITS, LONG, with_subject
from ..conftest import Room

GOOD = story(headline=("A day", "B day", "C day"), standfirst=(f"{FITS}.",) * 3)


def faults(newsroom: Room, text: str, sessions: int = 60) -> list[str]:
    """What is said of a story on days of one percent and of twenty, in turn."""
    moves = [1.0 if row % 2 else 20.0 for row in range(sessions)]
    return [str(fault) for fault in inbox_faults(newsroom({"angle/a": text, **SIDES}, small_return_1d=moves))]


def test_a_story_with_short_headlines_is_clean(newsroom: Room) -> None:
    """And so is one whose `# subject` is short."""
    assert faults(newsroom, GOOD) == []
    assert faults(newsroom, with_subject(GOOD.replace("- B day", f"- {LONG}"), "A day")) == []


def test_a_story_without_a_subject_on_some_of_its_days_is_named_with_one(newsroom: Room) -> None:
    """Be it that its figures make it too long: a headline that is only now and then too long is found as well."""
    long = "It was, all told, a day on which {{ small }} made a move of {{ small_return_1d | size }}"
    (found,) = faults(newsroom, story(headline=(long,) * 3, standfirst=(f"{FITS}.",) * 3))
    assert found.startswith("content/session/angle/a.md:1: no headline or subject of this story has 60 characters or")
    assert "Write shorter ones under '# subject'." in found


def test_an_issue_without_a_preheader_is_told_by_its_day(newsroom: Room) -> None:
    """Where nothing that the story or its passages say fits."""
    words = (f"{LONG}, and then a good deal more of the same.",) * 3
    (found,) = faults(newsroom, story(headline=("A day",) * 3, standfirst=words, post=words))
    assert "nothing beside the subject of this story fits in 100 characters" in found


def test_fixed_words_that_are_too_long_are_found_without_prices(newsroom: Room) -> None:
    """With their line; what is filled in may still make shorter ones too long."""
    made = newsroom(
        {"angle/a": with_subject(GOOD, "A day", LONG, "{{ small }} had a day"), **SIDES}, small_return_1d=[1.0]
    )
    (found,) = length_faults(made.by_key["session/angle/a"])
    assert "before anything is filled in; a newsletter's subject may have 60" in str(found)
    assert found.where.startswith("content/session/angle/a.md:")
