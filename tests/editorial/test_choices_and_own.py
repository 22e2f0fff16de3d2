"""What an editor keeps for one issue: choices, and sentences of his own; and which characters content prints."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.editorial.characters import characters
from generator.editorial.choices import choices_file, choices_text, gather_choices
from generator.editorial.kinds import read_outlines
from generator.editorial.own import OwnSentence, gather_own, own_file, own_text, sentences_in
from generator.editorial.universe import read_universe
from generator.model import Choices, Outline, Passage, Wording

from ..small_publication import OUTLINE, UNIVERSE

DAY = date(1997, 3, 14)
CHOSEN = Choices(
    DAY, "session", "session/angle/up", (Passage("large", "session/large/a", "session/large/b"),),
    (Wording("session/large/a", "body", "It rose {small_return_1d}."),),
)  # fmt: skip
SAID = (
    OwnSentence("large", "It closed at {{ small_level }}.", "J. Doe"),
    OwnSentence("for", "It rose.", asserts={"rose": "small_return_1d > 0"}),
)


@pytest.fixture
def outlines(tmp_path: Path) -> dict[str, Outline]:
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / "session.yaml").write_text(OUTLINE)
    (tmp_path / "universe.yaml").write_text(UNIVERSE)
    return read_outlines(tmp_path, read_universe(tmp_path))


def kept(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_choices_are_read_as_they_were_written(tmp_path: Path) -> None:
    """Story, passages and wordings; an issue of which nothing was chosen keeps its day and kind alone."""
    kept(choices_file(tmp_path, DAY, "session"), choices_text(CHOSEN))
    empty = Choices(DAY, "weekly")
    kept(choices_file(tmp_path, DAY, "weekly"), choices_text(empty))
    assert gather_choices(tmp_path) == ({(DAY, "session"): CHOSEN, (DAY, "weekly"): empty}, [])


def test_a_file_of_choices_is_named_for_its_issue(tmp_path: Path) -> None:
    """A copy under another day would be chosen for that one; what cannot be read hides no other file."""
    kept(choices_file(tmp_path, date(1997, 3, 17), "session"), choices_text(CHOSEN))
    kept(choices_file(tmp_path, DAY, "x"), "session: [")
    kept(choices_file(tmp_path, DAY, "y"), "session: tomorrow\nkind: y\n")
    found, faults = gather_choices(tmp_path)
    assert found == {}
    assert [fault.where for fault in faults] == [
        "content/choices/1997-03-14-x.yaml:1", "content/choices/1997-03-14-y.yaml:1",
        "content/choices/1997-03-17-session.yaml:1",
    ]  # fmt: skip
    assert "it should be called 1997-03-14-session.yaml" in str(faults[-1])


def test_own_sentences_are_read_as_they_were_written(tmp_path: Path, outlines: dict[str, Outline]) -> None:
    """Each is a fragment of its part, whose rule holds on its session alone."""
    text, begins = own_text(SAID)
    kept(own_file(tmp_path, DAY, "session"), text)
    assert [line + 1 for line, words in enumerate(text.split("\n")) if words.startswith("case:")] == [
        line + 1 for line in begins
    ]
    assert sentences_in(tmp_path, DAY, "session") == SAID
    assert sentences_in(tmp_path, DAY, "weekly") == ()
    found, faults = gather_own(tmp_path, outlines)
    assert faults == []
    days = (DAY - date(1970, 1, 1)).days
    assert [(one.own_part, one.slot, one.taken_on_by, one.when) for one in found["session"]] == [
        ("large", "large", "J. Doe", f"session_date == {days}"), ("for", "for", "", f"session_date == {days}"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("1997-03-14-nowhere.md", own_text(SAID)[0], "is named for no issue"),
        ("1997-02-30-session.md", own_text(SAID)[0], "is named for no issue"),
        ("mine.md", own_text(SAID)[0], "is named for no issue"),
        ("1997-03-14-session.md", own_text((OwnSentence("nowhere", "It rose."),))[0], "should have `part:`, one of lead"),
        ("1997-03-14-session.md", "---\ncase: s1\npart: large\nwhen: small_return_1d > 0\n---\n- It rose.\n", "no rule of its own"),
    ],
)  # fmt: skip
def test_an_own_sentence_needs_an_issue_and_a_part(
    tmp_path: Path, outlines: dict[str, Outline], name: str, text: str, told: str
) -> None:
    """It stands nowhere else, and its rule is its day."""
    kept(tmp_path / "own" / name, text)
    found, faults = gather_own(tmp_path, outlines)
    assert found == {}
    assert any(told in str(fault) for fault in faults), faults


def test_every_character_beyond_ascii_is_told_with_its_place(tmp_path: Path) -> None:
    """Also one that YAML spells with a backslash; a fragment's settings print nothing, and a broken file is no matter."""
    kept(tmp_path / "a.yaml", 'title: "caf\\u00e9"\nbyline: naïve\n')
    kept(tmp_path / "b.yaml", "title: [é")
    (tmp_path / "session").mkdir()
    kept(tmp_path / "session" / "lead" / "x.md", "---\nwhen: true  # ü\n---\n- It fell – hard.\n")
    assert list(characters(tmp_path)) == [
        ("content/a.yaml:1", "é"), ("content/a.yaml:2", "ï"), ("content/session/lead/x.md:4", "–"),
    ]  # fmt: skip
