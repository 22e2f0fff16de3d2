"""The course of interest rates as decided, and what has moved since the last decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from generator.figures.table import FigureTable
from generator.model import Decision, Kind, Step, Unit

from .conftest import made_segment, weekdays

Table = Callable[..., FigureTable]
DAYS = weekdays(12)  # from Monday, January 1, 2024


def decided(day: str, step: Step, against: int | None = 0, *, scheduled: bool = True) -> Decision:
    """A decision of a day in January 2024, or of a day given in full."""
    return Decision(date.fromisoformat(day if "-" in day else f"2024-01-{day}"), step, scheduled, against)


COURSE = (
    decided("2023-06-01", Step.RISE),
    decided("2023-12-01", Step.RISE, 1),
    decided("03", Step.HOLD),
    decided("05", Step.CUT, 2),
    decided("07", Step.CUT, scheduled=False),  # a Sunday
    decided("10", Step.HOLD),
    decided("11", Step.RISE),
)


@pytest.fixture
def figures(table: Table) -> FigureTable:
    """Twelve sessions on which small caps gain a point a day and large ones nothing; a yield rises by a hundredth."""
    note = made_segment("note", Kind.YIELD)
    rising = [100.0 + row for row in range(12)]
    made = table(
        {"small": rising, "large": [50.0] * 12, "note": [4.0 + row / 100 for row in range(12)]}, note, days=DAYS
    )
    universe = made.catalogue.universe
    return FigureTable(made.market, replace(universe, core=("small", "large"), decisions=COURSE))


def shown(figures: FigureTable, name: str) -> list[float | str | None]:
    """The printed column, with dates as words and None where it is absent."""
    dated = figures.catalogue.define(name).unit is Unit.DATE
    values = figures.printed(name)
    return [None if np.isnan(one) else str(np.datetime64(int(one), "D")) if dated else one for one in values]


def test_a_decision_counts_on_its_session_and_a_sundays_on_monday(figures: FigureTable) -> None:
    """Those of before the history are on no session of it."""
    assert np.flatnonzero(figures.values("policy_today")).tolist() == [2, 4, 5, 7, 8]


def test_changes_of_one_direction_are_counted_until_one_of_the_other(figures: FigureTable) -> None:
    """A decision that changes nothing breaks no run; it is counted by itself."""
    assert shown(figures, "policy_step") == [2, 2, 2, 2, 1, 2, 2, 2, 1, 1, 1, 1]
    assert shown(figures, "policy_holds") == [0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0]
    assert shown(figures, "policy_easing") == [0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0]
    assert shown(figures, "policy_first") == [0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1]
    assert shown(figures, "policy_began")[3:9] == ["2023-06-01", "2024-01-05", *["2024-01-05"] * 3, "2024-01-11"]
    assert [shown(figures, f"policy_{of}")[8] for of in ("cuts", "rises")] == [2, 3]


def test_the_last_of_a_kind_is_one_before_the_sessions_own(figures: FigureTable) -> None:
    """The cut of a Sunday is Monday's own; on Tuesday it is the last."""
    assert shown(figures, "policy_last_cut")[4:8] == [None, "2024-01-05", "2024-01-07", "2024-01-07"]
    assert shown(figures, "policy_last_rise")[7:10] == ["2023-12-01", "2023-12-01", "2024-01-11"]
    assert shown(figures, "policy_last_dissent")[3:6] == ["2023-12-01", "2023-12-01", "2024-01-05"]
    assert shown(figures, "policy_last_emergency")[5:7] == [None, "2024-01-07"]
    assert shown(figures, "policy_first_cuts_1")[3:5] == [None, "2024-01-05"]
    assert shown(figures, "policy_first_rises_2")[7:9] == [None, "2024-01-11"]
    assert set(shown(figures, "policy_first_rises_3")) == {None}


def test_moves_since_the_last_decision_run_from_its_close(figures: FigureTable) -> None:
    """On the session of one they run from the one before; of a history without one there is none."""
    assert shown(figures, "small_return_since_decision")[:6] == [None, None, None, 0.98, 1.96, 0.96]
    assert shown(figures, "small_minus_large_since_decision")[4] == 1.96
    assert shown(figures, "note_change_since_decision")[4] == 2
    assert shown(figures, "small_return_since_decision_before")[4] == 0.98
    days = [quote.day for quote in figures.evidence("small_return_since_decision", 4)]
    assert days == [date(2024, 1, 3), date(2024, 1, 5)]


def test_the_move_on_the_day_of_the_newest_decision_is_kept_until_the_next(figures: FigureTable) -> None:
    """That of the session's own decision counts on the session itself; a Sunday's is told of Monday."""
    gained = [round(100 / (99 + row), 4) for row in range(12)]
    told = [None, None, *[gained[row] for row in (2, 2, 4, 5, 5, 7, 8, 8, 8, 8)]]
    assert shown(figures, "small_return_1d_at_decision") == [one and round(one, 2) for one in told]
    assert shown(figures, "small_minus_large_1d_at_decision")[3] == 0.99
    assert shown(figures, "session_date_at_decision")[5:8] == ["2024-01-08", "2024-01-08", "2024-01-10"]
    days = [quote.day for quote in figures.evidence("small_return_1d_at_decision", 6)]
    assert days == [date(2024, 1, 5), date(2024, 1, 8)]


def test_without_decisions_nothing_is_told(table: Table) -> None:
    """The names are known all the same."""
    made = table({"small": [100.0] * 3})
    assert shown(made, "policy_step") == [None] * 3
    assert shown(made, "policy_today") == [0, 0, 0]
    assert shown(made, "small_return_since_decision") == [None] * 3
    assert shown(made, "small_return_1d_at_decision") == [None] * 3
