"""List every test that issues of a kind set, and how each came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from generator.errors import DataError
from generator.figures.table import FigureTable
from generator.loading import load_past, open_publication
from generator.model import Days, Settings, Trial
from generator.narrative.newsroom import Newsroom
from generator.narrative.situations.trials import Outcome
from generator.publishing.archive import Shelved, shelved
from generator.publishing.document import ISSUE_FILE, read_issue


class Came(StrEnum):
    """How a test came out."""

    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"
    """The issue that judges it is still to come."""
    UNKNOWN = "not told"
    """A figure of its rule is absent on the day that judges it."""


@dataclass(frozen=True, slots=True)
class Score:
    """One test: the issue that set it, what it asked, and the answer."""

    kind: str
    set_on: date
    name: str
    asked: str
    outcome: Came
    judged_on: date | None
    """The session of the issue that answers it."""
    decided_on: date | None
    """The session that decided it."""
    rule: str

    @property
    def record(self) -> dict[str, Any]:
        """The score for programs."""
        days = {key: day and day.isoformat() for key, day in asdict(self).items() if isinstance(day, date | None)}
        return asdict(self) | days


@dataclass(frozen=True, slots=True)
class Scores:
    """All tests of a kind, oldest first, and notices of issues that could not be read."""

    found: Sequence[Score]
    notices: Sequence[str] = ()

    def by_test(self) -> Iterator[tuple[str, int, int, int, int]]:
        """Each test's name, how often it was passed, of how many judged, how many are open, and not told."""
        counts = Counter((one.name, one.outcome) for one in self.found)
        for name in sorted({name for name, _ in counts}):
            passed, failed, still, unknown = (counts[name, came] for came in Came)
            yield name, passed, passed + failed, still, unknown


def scores(
    settings: Settings, first: date | None = None, last: date | None = None, archive: Path | None = None
) -> Scores:
    """Every test that an issue of the kind set from `first` to `last`.

    They are those that the content's rules give for every session held; with an `archive`, those that its issues were
    saved with, whatever the content says today.
    """
    publication = open_publication(settings)
    market = load_past(settings, publication)
    room = Newsroom.over(publication, settings.edition, FigureTable(market, publication.universe), regular=True)
    notices: list[str] = []
    if archive is None:
        outcomes = list(room.trials.outcomes)
    else:
        outcomes = []
        for one in _saved(archive, settings.edition, market.simulated, notices):
            found = _judged(room, *one)
            notices += [f"{one[0]}: no price is held of its session, so its test is left out."] if not found else []
            outcomes += found
    days = room.figures.sessions
    told = [_score(settings.edition, days, one) for one in sorted(outcomes, key=lambda one: one.made)]
    within = [one for one in told if (first or date.min) <= one.set_on <= (last or date.max)]
    return Scores(within, notices)


def _score(kind: str, days: Days, one: Outcome) -> Score:
    outcome = Came.OPEN if one.due < 0 else Came.UNKNOWN if one.passed is None else Came.FAILED
    outcome = Came.PASSED if one.passed else outcome
    judged, decided = (_day(days, row) for row in (one.due, one.decided))
    made = _day(days, one.made)
    assert made is not None  # a test is set on a session that is held
    return Score(
        kind, made, one.trial.name, one.trial.says, outcome, judged, decided, f"{one.trial.judged}: {one.trial.rule}"
    )


def _day(days: Days, row: int) -> date | None:
    return days[row].astype("datetime64[D]").astype(object) if row >= 0 else None


def _saved(archive: Path, kind: str, simulated: bool, notices: list[str]) -> Iterator[tuple[Path, date, Trial]]:
    """The issues of the kind that set a test, each with the file that says so."""
    found, passed_over = shelved(archive)
    notices += passed_over
    for one in found:
        if one.kind != kind:
            continue
        try:
            issue = read_issue(_text(one), str(one.folder / ISSUE_FILE))
        except DataError as error:
            notices.append(str(error))
            continue
        if issue.test and issue.simulated is simulated:
            yield one.folder / ISSUE_FILE, one.session, issue.test


def _text(one: Shelved) -> bytes:
    try:
        return (one.folder / ISSUE_FILE).read_bytes()
    except OSError as error:
        raise DataError(f"{one.folder / ISSUE_FILE}: cannot be read ({error.strerror}).") from error


def _judged(room: Newsroom, file: Path, session: date, trial: Trial) -> list[Outcome]:
    """The answer to a saved issue's test; none where its session is not held."""
    row = int(np.searchsorted(room.figures.sessions, np.datetime64(session)))
    held = row < len(room.figures.sessions) and room.days[row] == session and room.axis.appears[row]
    return list(room.trials.answered(trial, str(file), np.array([row]))) if held else []
