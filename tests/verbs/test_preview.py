"""A fragment's wordings as they would have read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.lines import preview_lines
from generator.model import Settings
from generator.project import bundled_root, copy_bundled
from generator.verbs.preview import Previewed, preview

SETTINGS = Settings(source="sample", project=bundled_root(), session=date(2003, 3, 3))
FILE = Path("content/session/lead/below-record.md")


@pytest.fixture(scope="module")
def previewed() -> Previewed:
    (found,) = preview(SETTINGS, FILE, 2)
    return found


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """A publication of one's own."""
    return replace(SETTINGS, project=copy_bundled(tmp_path / "mine"))


def test_every_wording_is_filled_in_on_the_last_sessions_on_which_the_rule_held(previewed: Previewed) -> None:
    """The latest first, each with its story, and with those that it could have used told apart."""
    assert [day.session for day in previewed.days] == sorted((day.session for day in previewed.days), reverse=True)
    assert len(previewed.days) == 2
    for day in previewed.days:
        assert day.story.startswith("session/angle/")
        assert day.headline
        assert {wording.in_turn for wording in day.wordings} == {True, False}
        assert all(wording.text and "{" not in wording.text for wording in day.wordings)
    sources = [[wording.source for wording in day.wordings] for day in previewed.days]
    assert sources[0] == sources[1]


def test_it_is_printed_with_the_line_of_each_wording(previewed: Previewed) -> None:
    """An asterisk marks what the day's issue could have used."""
    lines = list(preview_lines([previewed]))
    assert lines[0].startswith("session/lead/below-record: held on ")
    assert sum(line.startswith("  *") for line in lines) > 2
    assert previewed.record["days"][0]["wordings"][0]["part"] == "body"


def test_a_faulty_file_gives_its_faults(own: Settings) -> None:
    """As `check` does, and only its own: a fault elsewhere does not keep one from looking."""
    assert own.project
    (own.project / "content/session/lead/half-year.md").write_text("---\nwhen: nonsense >\n---\n- X.\n", "utf-8")
    assert preview(own, own.project / FILE, 1)[0].days
    (own.project / FILE).write_text("---\nwhen: small_retrun_1d > 0\n---\n- It rose.\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"below-record\.md:2: 'small_retrun_1d' is not a figure") as raised:
        preview(own, FILE)
    assert all(fault.where.startswith(str(FILE)) for fault in raised.value.faults)


def test_a_rule_that_never_held_says_how_near_it_came(own: Settings) -> None:
    """On the last session on which most of what it asks for was so."""
    assert own.project
    text = (own.project / FILE).read_text(encoding="utf-8")
    never = text.replace("small_drawdown <= -4", "small_drawdown <= -4 and small_return_1d > 90")
    (own.project / FILE).write_text(never, encoding="utf-8")
    (found,) = preview(own, FILE)
    assert (found.held, found.days) == (0, ())
    assert found.nearest
    assert any("small_return_1d > 90" in words and "short by" in words for words in found.distances)
    assert any("it never held; nearest on" in line for line in preview_lines([found]))


def test_a_file_that_is_none_is_refused() -> None:
    """With its name."""
    with pytest.raises(ContentError, match="is no file of fragments"):
        preview(SETTINGS, Path("content/lexicon.yaml"))
