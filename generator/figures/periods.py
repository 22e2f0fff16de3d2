"""Calendar figures: which period a session opens or ends, which holiday is near, how far along the period is.

A row knows the sessions up to its own and the one after it, as anyone does who reads the exchange's calendar. In the
first period of the history it is unknown how many sessions came before, so those figures are absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from generator.figures.horizons import PERIOD_MONTHS, PERIODS, SPOKEN, RowNumbers, last_row_before, period_codes
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.rounding import DECIMALS
from generator.model import Basis, Column, Days, FigureDefinition, Flags, Unit

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CalendarMeasure:
    """One calendar figure, made of the sessions alone."""

    unit: Unit
    label: str
    formula: str
    column: Callable[[Columns], Column]
    vocabulary: tuple[str, ...] = ()

    def measure(self, name: str) -> Measure:
        """The measure with this name."""
        definition = FigureDefinition(
            name, self.unit, Basis.NONE, DECIMALS[self.unit], self.label, self.formula, (), self.vocabulary
        )
        return Measure(definition, self.column, _no_prices)


def find(name: str) -> Measure | None:
    """The calendar figure with this name, or None."""
    found = MEASURES.get(name)
    return found.measure(name) if found else None


def names() -> Iterator[str]:
    """Every calendar figure's name."""
    yield from MEASURES


def _no_prices(columns: Columns, row: int) -> Inputs:
    return ()


def _days(columns: Columns) -> Days:
    return columns.sessions.astype("datetime64[D]")


def _following(columns: Columns) -> Days:
    """The session after each one; after the last, the next on the exchange's calendar."""
    return np.append(_days(columns)[1:], np.datetime64(columns.market.next_session, "D"))


def _numbers(days: Days) -> Column:
    return days.astype(np.float64)


def _weekday(columns: Columns) -> Column:
    return ((_days(columns).astype(np.int64) + 3) % 7).astype(np.float64)


def _opens(period: str, columns: Columns) -> Column:
    rows, before = np.arange(columns.sessions.size), last_row_before(period_codes(columns.sessions, period))
    return np.where(rows == 0, np.nan, before == rows - 1)


def _ends(period: str, columns: Columns) -> Column:
    ends: Flags = period_codes(_days(columns), period) != period_codes(_following(columns), period)
    return ends.astype(np.float64)


def _sessions_so_far(period: str, columns: Columns) -> Column:
    before = last_row_before(period_codes(columns.sessions, period))
    return np.where(before >= 0, np.arange(before.size) - before, np.nan)


def _after_holiday(columns: Columns) -> Column:
    days = _days(columns)
    skipped = np.busday_count(days[:-1] + 1, days[1:])
    return np.append(np.nan, skipped > 0)


def _before_holiday(columns: Columns) -> Column:
    return (np.busday_count(_days(columns) + 1, _following(columns)) > 0).astype(np.float64)


def _holiday_week(columns: Columns) -> Column:
    days = _days(columns)
    weeks: RowNumbers = period_codes(days, "week")
    monday = (weeks * 7 - 3).astype("datetime64[D]")
    known_until = np.minimum(_following(columns), monday + 7)
    so_far = _sessions_so_far("week", columns)
    return np.where(np.isnan(so_far), np.nan, np.busday_count(monday, known_until) > so_far)


def _half_day(columns: Columns) -> Column:
    return columns.market.half_days.astype(np.float64)


def _month(columns: Columns) -> Column:
    return (period_codes(columns.sessions, "month") % 12).astype(np.float64)


def _quarter(columns: Columns) -> Column:
    return (period_codes(columns.sessions, "quarter") % 4 + 1).astype(np.float64)


def _year(columns: Columns) -> Column:
    return (period_codes(columns.sessions, "year") + 1970).astype(np.float64)


def _of_periods() -> Iterator[tuple[str, CalendarMeasure]]:
    for period in PERIODS:
        spoken = SPOKEN[period]
        first, last = f"first session of the {spoken}", f"last session of the {spoken}"
        yield f"{period}_opens", CalendarMeasure(Unit.FLAG, first, first, partial(_opens, period))
        yield f"{period}_ends", CalendarMeasure(Unit.FLAG, last, last, partial(_ends, period))
        yield (
            f"{period}_sessions",
            CalendarMeasure(
                Unit.COUNT,
                f"sessions of the {spoken} so far",
                f"count of sessions of the {spoken} up to this one",
                partial(_sessions_so_far, period),
            ),
        )


def _next_last_day(period: str, columns: Columns) -> Column:
    """The last day on the calendar of the period after the session's own."""
    after_next = (period_codes(columns.sessions, period) + 2) * PERIOD_MONTHS[period]
    return _numbers(after_next.astype("datetime64[M]").astype("datetime64[D]") - 1)


def _to_come() -> Iterator[tuple[str, CalendarMeasure]]:
    for period in PERIOD_MONTHS:
        what = f"last day of the {SPOKEN[period]} to come"
        formula = f"last calendar day of the {SPOKEN[period]} after the session's own"
        yield f"next_{period}_last_day", CalendarMeasure(Unit.DATE, what, formula, partial(_next_last_day, period))


def _flag(label: str, formula: str, column: Callable[[Columns], Column]) -> CalendarMeasure:
    return CalendarMeasure(Unit.FLAG, label, formula, column)


MEASURES: Mapping[str, CalendarMeasure] = {
    "session_date": CalendarMeasure(Unit.DATE, "the session", "date of the session", lambda c: _numbers(_days(c))),
    "weekday": CalendarMeasure(Unit.NAME, "day of the week", "day of the week of the session", _weekday, WEEKDAYS),
    **dict(_of_periods()),
    **dict(_to_come()),
    "half_day": _flag("session that closes early", "the exchange closes before its usual hour", _half_day),
    "after_holiday": _flag(
        "first session after a holiday",
        "a weekday without a session lies between the session before and this",
        _after_holiday,
    ),
    "before_holiday": _flag(
        "last session before a holiday",
        "a weekday without a session lies between this session and the next",
        _before_holiday,
    ),
    "holiday_week": _flag(
        "week with a holiday", "a weekday of this week, up to the next session, had or has no session", _holiday_week
    ),
    "month_name": CalendarMeasure(Unit.NAME, "month", "calendar month of the session", _month, MONTHS),
    "quarter_number": CalendarMeasure(Unit.COUNT, "quarter", "calendar quarter of the session, 1 to 4", _quarter),
    "year_number": CalendarMeasure(Unit.COUNT, "year", "calendar year of the session", _year),
}
