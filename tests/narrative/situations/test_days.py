"""Days that a calendar's rule counts."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.market.sessions import is_session
from generator.model import Counting, DayRule
from generator.narrative.situations.days import counted_days

YEARS = st.integers(1988, 2026)


@given(YEARS)
def test_options_expire_on_a_session_the_third_friday_or_the_day_before(year: int) -> None:
    """Twelve times a year, by the exchange's own calendar, and on the Thursday only where the Friday is none."""
    days = list(counted_days(DayRule(Counting.THIRD_FRIDAY), year, year))
    assert len(days) == 12
    for day in days:
        assert is_session(day)
        friday = day if day.weekday() == 4 else day + timedelta(days=1)
        assert friday.weekday() == 4
        assert 15 <= friday.day <= 21
        assert friday == day or not is_session(friday)


@given(YEARS)
def test_an_election_is_on_the_first_tuesday_that_has_a_monday_before_it(year: int) -> None:
    """November 2 at the earliest, November 8 at the latest, in every second year."""
    days = list(counted_days(DayRule(Counting.ELECTION_DAY, (11,), 2), year, year))
    assert len(days) == (year % 2 == 0)
    assert all(day.weekday() == 1 and 2 <= day.day <= 8 for day in days)


def test_elections_of_the_past_are_on_their_days() -> None:
    """Presidents were elected on these."""
    rule = DayRule(Counting.ELECTION_DAY, (11,), 4)
    found = list(counted_days(rule, 2016, 2024))
    assert found == [date(2016, 11, 8), date(2020, 11, 3), date(2024, 11, 5)]
