"""Calendar figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from generator.figures.table import FigureTable

Table = Callable[..., FigureTable]

# Good Friday is 29 March 2024; Monday 1 April opens a month and a quarter.
DAYS = ["2024-03-21", "2024-03-22", "2024-03-25", "2024-03-26", "2024-03-27", "2024-03-28", "2024-04-01", "2024-04-02"]


@pytest.fixture
def easter(table: Table) -> FigureTable:
    days = np.array(DAYS, dtype="M8[D]")
    half = [day == "2024-03-28" for day in DAYS]
    return table({"small": [1.0] * len(DAYS)}, days=days, half_days=half, next_session=date(2024, 4, 3))


def on(figures: FigureTable, name: str) -> list[str]:
    """The sessions on which a flag is up."""
    return [DAYS[row] for row in np.flatnonzero(figures.values(name) == 1.0)]


def test_the_week_ends_on_thursday_before_good_friday(easter: FigureTable) -> None:
    """The last session of a week is not always a Friday."""
    assert on(easter, "week_ends") == ["2024-03-22", "2024-03-28"]


def test_a_month_and_a_quarter_turn_together(easter: FigureTable) -> None:
    """28 March ends month and quarter; 1 April opens them."""
    assert on(easter, "month_ends") == on(easter, "quarter_ends") == ["2024-03-28"]
    assert on(easter, "month_opens") == on(easter, "quarter_opens") == ["2024-04-01"]
    assert on(easter, "year_ends") == []


def test_around_a_holiday(easter: FigureTable) -> None:
    """The session before it, the session after it, and the early close."""
    assert on(easter, "before_holiday") == on(easter, "half_day") == ["2024-03-28"]
    assert on(easter, "after_holiday") == ["2024-04-01"]


def test_a_week_is_a_holiday_week_once_the_calendar_shows_it(easter: FigureTable) -> None:
    """On Wednesday the next session is Thursday and nothing is missing yet; on Thursday Friday is."""
    assert on(easter, "holiday_week") == ["2024-03-28"]


def test_how_far_along_the_week_is(easter: FigureTable) -> None:
    """Sessions of the week are counted from its first; in the history's first week that is not known."""
    assert easter.values("week_sessions").tolist() == pytest.approx([np.nan, np.nan, 1, 2, 3, 4, 1, 2], nan_ok=True)
    assert np.isnan(easter.values("week_opens")[0])


def test_the_last_row_looks_at_the_next_session(table: Table) -> None:
    """Whether the week ends today depends on when trading goes on."""
    days = np.array(DAYS[:6], dtype="M8[D]")
    monday = table({"small": [1.0] * 6}, days=days, next_session=date(2024, 4, 1))
    friday = table({"small": [1.0] * 6}, days=days, next_session=date(2024, 3, 29))
    assert [figures.values("week_ends")[-1] for figures in (monday, friday)] == [1.0, 0.0]


def test_the_session_by_its_names(easter: FigureTable) -> None:
    """2 April 2024 is a Tuesday in April, in the second quarter of 2024."""
    define = easter.catalogue.define
    assert define("weekday").vocabulary[int(easter.values("weekday")[-1])] == "Tuesday"
    assert define("month_name").vocabulary[int(easter.values("month_name")[-1])] == "April"
    assert (easter.values("quarter_number")[-1], easter.values("year_number")[-1]) == (2.0, 2024.0)
    assert np.datetime64(int(easter.values("session_date")[-1]), "D") == np.datetime64("2024-04-02")


def test_the_calendar_rests_on_no_price(easter: FigureTable) -> None:
    """No price stands behind a date."""
    assert easter.evidence("week_ends", -1) == ()
