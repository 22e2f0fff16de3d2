"""What issues said would prove them wrong, listed with how it came out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.lines import score_lines
from generator.model import Settings
from generator.project import bundled_root
from generator.verbs.scores import Came, Scores, scores
from generator.verbs.write import write_edition

SETTINGS = Settings(source="sample", project=bundled_root(), session=date(1998, 3, 20), edition="weekly")


@pytest.fixture(scope="module")
def found() -> Scores:
    return scores(SETTINGS, first=date(1997, 1, 1))


def test_every_week_has_its_test_and_the_week_after_its_answer(found: Scores) -> None:
    """Judged a week later; the last is open; each is in its span."""
    days = [one.set_on for one in found.found]
    assert days == sorted(set(days))
    assert days[0] >= date(1997, 1, 1)
    assert found.found[-1].outcome is Came.OPEN
    assert [one.judged_on for one in found.found[:-1]] == days[1:]
    assert {one.outcome for one in found.found} >= {Came.PASSED, Came.FAILED}


def test_an_archive_is_scored_by_what_its_issues_were_saved_with(found: Scores, tmp_path: Path) -> None:
    """The same answer as the rules give, from the issue's own file; a broken issue is named and passed over."""
    written = replace(SETTINGS, session=date(1998, 3, 6), output=tmp_path, formats=("markdown",))
    folder = write_edition(written).folder
    (saved,) = scores(SETTINGS, archive=tmp_path).found
    assert saved == next(one for one in found.found if one.set_on == saved.set_on)
    issue = folder / "issue.json"
    held = json.loads(issue.read_text())
    held["test"] |= {"rule": "small_minus_sp500_wtd > 50", "name": "other"}
    issue.write_text(json.dumps(held))
    (changed,) = scores(SETTINGS, archive=tmp_path).found
    assert (changed.name, changed.outcome) == ("other", Came.FAILED)
    issue.write_text("{}")
    assert scores(SETTINGS, archive=tmp_path).found == []
    assert "Write the issue again." in scores(SETTINGS, archive=tmp_path).notices[0]


def test_a_list_ends_with_how_often_each_was_passed(found: Scores) -> None:
    """And is data for programs."""
    lines = list(score_lines(found))
    assert lines[0].startswith(f"{found.found[0].set_on}  {found.found[0].name}")
    judged = sum(int(line.split(" of ")[1].split(" ")[0]) for line in lines[len(found.found) :])
    assert judged == len(found.found) - 1
    assert json.loads(json.dumps(found.found[0].record))["outcome"] in ("passed", "failed")
    assert list(score_lines(Scores([]))) == ["no issue set a test"]
