"""Which two rows a horizon runs between, and how it is said."""

from __future__ import annotations

import calendar
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.figures.horizons import HORIZONS, MONTHS, months_before, span, year_opens

DAYS = np.array(["2023-12-28", "2023-12-29", "2024-01-02", "2024-01-05", "2024-01-08", "2024-02-01"], dtype="M8[D]")


def rows(horizon: str, row: int) -> tuple[int, int]:
    end, start = span(DAYS, HORIZONS[horizon])
    return int(start[row]), int(end[row])


def test_session_horizons_count_sessions_not_days() -> None:
    """One day back from Monday 8 January is Friday 5 January, the session before."""
    assert rows("1d", 4) == (3, 4)


def test_a_horizon_that_reaches_before_the_history_has_no_start() -> None:
    """Five sessions before the third there is nothing."""
    assert rows("5d", 2) == (-1, 2)


def test_the_week_so_far_starts_from_the_last_close_of_the_week_before() -> None:
    """On Friday 5 January the week runs from 29 December, the last close of the week before."""
    assert rows("wtd", 3) == (1, 3)


def test_year_to_date_starts_from_the_last_close_of_the_old_year() -> None:
    """In January and February the year runs from 29 December."""
    assert [rows("ytd", row) for row in (2, 5)] == [(1, 2), (1, 5)]


def test_the_prior_month_is_the_whole_month_before() -> None:
    """On 1 February the prior month runs from the last close of December to the last of January."""
    assert rows("prior_month", 5) == (1, 4)


def test_a_prior_period_needs_both_its_ends() -> None:
    """In January the prior month has no start: the history begins within December."""
    assert rows("prior_month", 2) == (-1, 1)


def test_each_horizon_has_its_own_words() -> None:
    """Five sessions and this week are different claims."""
    words = {key: HORIZONS[key].words for key in ("1d", "5d", "21d", "1m", "1y", "wtd", "prior_week")}
    assert words == {
        "1d": "over one session",
        "5d": "over five sessions",
        "21d": "over 21 sessions",
        "1m": "over one month",
        "1y": "over one year",
        "wtd": "in the week to date",
        "prior_week": "in the week before",
    }


dates = st.dates(date(1987, 1, 1), date(2030, 12, 31))
calendars = st.lists(dates, min_size=1, max_size=60, unique=True).map(sorted)
months = st.sampled_from([*MONTHS.items()])


def same_day_before(day: date, back: int) -> date:
    """The same day `back` months earlier, by the calendar module: a month without that day has its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@given(dates, st.integers(1, 24))
def test_the_same_day_of_a_month_before(day: date, back: int) -> None:
    """Leap years and ends of months as the calendar module has them."""
    assert months_before(np.array([day], dtype="M8[D]"), back)[0] == np.datetime64(same_day_before(day, back))


@given(calendars, months)
def test_a_month_starts_from_the_last_close_up_to_that_day(days: list[date], horizon: tuple[str, int]) -> None:
    """Whatever holidays there are; where the history does not reach back so far there is no start."""
    end, start = span(np.array(days, dtype="M8[D]"), HORIZONS[horizon[0]])
    held = [[row for row, day in enumerate(days) if day <= same_day_before(one, horizon[1])] for one in days]
    assert start.tolist() == [rows[-1] if rows else -1 for rows in held]
    assert end.tolist() == list(range(len(days)))


@given(calendars)
def test_the_year_opens_no_earlier_than_a_year_before(days: list[date]) -> None:
    """The first session from the same day on, or none while the history is shorter than a year."""
    opens = year_opens(np.array(days, dtype="M8[D]"))
    for row, day in enumerate(days):
        back = same_day_before(day, 12)
        inside = [other for other, one in enumerate(days) if one >= back]
        assert opens[row] == (inside[0] if back >= days[0] else -1)


@given(calendars, months)
def test_later_sessions_change_no_span(days: list[date], horizon: tuple[str, int]) -> None:
    """Where a month or a year began is settled by the sessions up to its own."""
    sessions, half = np.array(days, dtype="M8[D]"), len(days) // 2 + 1
    whole, cut = (span(some, HORIZONS[horizon[0]])[1] for some in (sessions, sessions[:half]))
    assert whole[:half].tolist() == cut.tolist()
    assert year_opens(sessions)[:half].tolist() == year_opens(sessions[:half]).tolist()


def test_the_end_of_a_long_month_goes_back_to_the_end_of_a_short_one() -> None:
    """May 31 to April 30, March 31 to February 29, a leap day to February 28 of the year before."""
    days = np.array(["2024-05-31", "2024-03-31", "2024-02-29"], dtype="M8[D]")
    assert [str(day) for day in months_before(days, 1)] == ["2024-04-30", "2024-02-29", "2024-01-29"]
    assert str(months_before(days, 12)[2]) == "2023-02-28"
