"""The days that a rule of a calendar counts: third Fridays, election days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.model import Counting, DayRule

_MONDAY, _FRIDAY = 0, 4
_JUNETEENTH_SINCE = 2022
"""The first year in which the exchange was shut for Juneteenth."""


def counted_days(rule: DayRule, first: int, last: int) -> Iterator[date]:
    """The rule's days in these years, both included, oldest first."""
    for year in range(first, last + 1):
        if year % rule.every == rule.rest:
            for month in rule.months or range(1, 13):
                if rule.counting is Counting.THIRD_FRIDAY:
                    yield _third_friday(year, month)
                else:
                    yield _nth(year, month, _MONDAY, 1) + timedelta(days=1)


def _third_friday(year: int, month: int) -> date:
    """The third Friday, or the day before where the exchange is shut: on Good Friday, and on Juneteenth."""
    friday = _nth(year, month, _FRIDAY, 3)
    juneteenth = (friday.month, friday.day) == (6, 19) and year >= _JUNETEENTH_SINCE
    return friday - timedelta(days=1) if juneteenth or friday == easter(year) - timedelta(days=2) else friday


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def easter(year: int) -> date:
    """Easter Sunday, by the Gregorian reckoning as Butcher gave it."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - f + 15) % 30
    i, k = divmod(c, 4)
    moon = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * moon) // 451
    month, day = divmod(h + moon - 7 * m + 114, 31)
    return date(year, month, day + 1)
