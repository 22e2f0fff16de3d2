"""A fragment's wordings as they would have read."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.lines import preview_lines
from generator.model import Settings
from generator.verbs.preview import Previewed, preview

from ..small_publication import SESSION, write_small

FILE = Path("content/session/large/gap.md")
CASES = Path("content/session/large/week.md")
CALENDAR = "event: report\nsource: The Bureau\nurl: https://bureau.gov/days\ndays: [1997-01-07, 1997-06-03]\n"


def settings(root: Path) -> Settings:
    return Settings(source="sample", project=root, session=SESSION)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def previewed(small: Path) -> Previewed:
    (found,) = preview(settings(small), FILE, 2)
    return found


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """A publication to do wrong in."""
    return settings(write_small(tmp_path))


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
    assert lines[0].startswith("session/large/gap: held on ")
    assert sum(line.startswith("  *") for line in lines) > 2
    assert previewed.record["days"][0]["wordings"][0]["part"] == "body"


def test_a_faulty_file_gives_its_faults(own: Settings) -> None:
    """As `check` does, and only its own: a fault elsewhere does not keep one from looking."""
    assert own.project
    (own.project / CASES).write_text("---\nwhen: nonsense >\n---\n- X.\n", "utf-8")
    assert preview(own, own.project / FILE, 1)[0].days
    (own.project / FILE).write_text("---\nwhen: small_retrun_1d > 0\n---\n- It rose.\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"gap\.md:2: 'small_retrun_1d' is not a figure") as raised:
        preview(own, FILE)
    assert all(fault.where.startswith(str(FILE)) for fault in raised.value.faults)


def test_a_rule_that_never_held_says_how_near_it_came(own: Settings) -> None:
    """On the last session on which most of what it asks for was so."""
    assert own.project
    text = (own.project / FILE).read_text(encoding="utf-8")
    never = text.replace("small_return_1d_n > 20", "small_return_1d_n > 20 and small_return_1d > 90")
    (own.project / FILE).write_text(never, encoding="utf-8")
    (found,) = preview(own, FILE)
    assert (found.held, found.days) == (0, ())
    assert found.nearest
    assert any("small_return_1d > 90" in words and "short by" in words for words in found.distances)
    assert any("it never held; nearest on" in line for line in preview_lines([found]))


def test_a_wording_is_shown_with_its_lines_of_that_day(small: Path) -> None:
    """A paragraph is shown whole: those of its lines whose rule holds, or that bear on the day's story."""
    cases = preview(settings(small), CASES, 12)
    assert [case.fragment for case in cases] == ["session/large/week/firm", "session/large/week/soft"]
    texts = [wording.text or "" for case in cases for day in case.days for wording in day.wordings]
    assert any("The month comes to" in text and text.endswith("Both are moves of closes.") for text in texts)
    assert any("is of a piece with that" in text for text in texts)
    assert any("had a day of another kind" in text for text in texts)


@pytest.mark.parametrize("when", ["good_day_for >= 0", "report_next > 0", "reserve_upper > 0"])
def test_a_rule_may_name_whatever_the_content_gives(own: Settings, when: str) -> None:
    """Readings, days of a calendar and cited facts are figures here as everywhere."""
    assert own.project
    path = own.project / "content/calendar/report.yaml"
    path.parent.mkdir()
    path.write_text(CALENDAR, encoding="utf-8")
    text = (own.project / FILE).read_text(encoding="utf-8")
    (own.project / FILE).write_text(text.replace("small_return_1d_n > 20", when), encoding="utf-8")
    assert len(preview(own, FILE)) == 1


def test_a_file_that_is_none_is_refused(small: Path) -> None:
    """With its name."""
    with pytest.raises(ContentError, match="is no file of fragments"):
        preview(settings(small), Path("content/lexicon.yaml"))
