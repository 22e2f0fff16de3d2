"""The rows that each horizon's return runs between: `5d`, `1m`, `mtd`, `prior_week` and so on.

`5d` counts back trading sessions. `1m` runs from the close on the same day of the month before, or the last close
before that day; if that month has no such day, its last day is used (May 31 goes back to April 30). The to-date
horizons run from the last close of the calendar period before (weeks are ISO weeks, Monday to Sunday); the prior
ones cover the whole period before the current one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from generator.model import Days, Flags

RowNumbers = NDArray[np.int64]
Span = tuple[RowNumbers, RowNumbers]
"""For each session, the row where a horizon ends and the row where it starts; -1 if there is none."""

PERIODS = ("week", "month", "quarter", "half", "year")
SPOKEN = MappingProxyType({period: "half-year" if period == "half" else period for period in PERIODS})
"""What a sentence calls each period."""
PERIOD_MONTHS = MappingProxyType({"month": 1, "quarter": 3, "half": 6, "year": 12})
SESSIONS = (1, 5, 21, 63, 126, 252)
MONTHS = MappingProxyType({"1m": 1, "3m": 3, "6m": 6, "1y": 12, "3y": 36, "10y": 120})
YEAR = 12
NUMBERS = MappingProxyType({1: "one", 3: "three", 5: "five", 6: "six", 10: "ten"})


@dataclass(frozen=True, slots=True)
class Horizon:
    """A length of time and the words for it: a number of sessions or months, or a calendar period."""

    key: str
    sessions: int = 0
    months: int = 0
    period: str = ""
    prior: bool = False

    @property
    def words(self) -> str:
        """`over five sessions`, `over three months`, `in the month to date`, `in the month before`."""
        if self.sessions or self.months:
            return f"over {self._number}"
        return f"in the {SPOKEN[self.period]} {'before' if self.prior else 'to date'}"

    @property
    def _number(self) -> str:
        number, unit = self.sessions or self.months, "session" if self.sessions else "month"
        if self.months and self.months % YEAR == 0:
            number, unit = self.months // YEAR, "year"
        return f"{NUMBERS.get(number, str(number))} {unit}{'s' * (number > 1)}"

    def between(self, close: str, verb: str) -> str:
        """The formula in words: `close divided by the close one session earlier`."""
        if self.sessions:
            return f"{close} {verb} the {close} {self._number} earlier"
        if self.months:
            return f"{close} {verb} the {close} on the same day {self._number} earlier, or the last before that day"
        period = SPOKEN[self.period]
        before = f"last {close} of the {period} before"
        return (
            f"{before} {verb} the last {close} of the {period} before that"
            if self.prior
            else f"{close} {verb} the {before}"
        )


def _horizons() -> tuple[Horizon, ...]:
    return (
        *(Horizon(f"{sessions}d", sessions=sessions) for sessions in SESSIONS),
        *(Horizon(key, months=months) for key, months in MONTHS.items()),
        *(Horizon(f"{period[0]}td", period=period) for period in PERIODS),
        *(Horizon(f"prior_{period}", period=period, prior=True) for period in PERIODS),
    )


HORIZONS: Mapping[str, Horizon] = MappingProxyType({horizon.key: horizon for horizon in _horizons()})


def period_codes(sessions: Days, period: str) -> RowNumbers:
    """For each session, the number of the calendar week, month, quarter, half-year or year that it falls in."""
    if period == "week":
        codes: RowNumbers = (sessions.astype("datetime64[D]").astype(np.int64) + 3) // 7  # 1970-01-01 was a Thursday
        return codes
    months: RowNumbers = sessions.astype("datetime64[M]").astype(np.int64)
    return months // PERIOD_MONTHS[period]


def last_row_before(codes: RowNumbers) -> RowNumbers:
    """For each session, the last row of the period before its own; -1 in the first period."""
    rows = np.arange(codes.size)
    opens = np.ones(codes.size, dtype=bool)
    opens[1:] = codes[1:] != codes[:-1]
    first: RowNumbers = np.maximum.accumulate(np.where(opens, rows, 0))
    return first - 1


def months_before(sessions: Days, months: int) -> Days:
    """The same day of the month, `months` months before each session, or the month's last day if it has no such day."""
    days = sessions.astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    in_month = days - month.astype("datetime64[D]")
    last: Days = (month - (months - 1)).astype("datetime64[D]") - 1
    same: Days = np.minimum((month - months).astype("datetime64[D]") + in_month, last)
    return same


def year_opens(sessions: Days) -> RowNumbers:
    """For each session, the first row on or after the same day a year before; -1 if the history begins later.

    A one-year return starts from the close on that day or the last one before it; one-year highs, lows and averages
    use the closes from that day on.
    """
    day = months_before(sessions, YEAR)
    held: Flags = day >= sessions[:1]
    return np.where(held, np.searchsorted(sessions, day), -1)


def span(sessions: Days, horizon: Horizon) -> Span:
    """The rows a horizon ends and starts on, for every session."""
    rows = np.arange(sessions.size)
    if horizon.sessions:
        return rows, np.maximum(rows - horizon.sessions, -1)
    if horizon.months:
        return rows, np.searchsorted(sessions, months_before(sessions, horizon.months), side="right") - 1
    before = last_row_before(period_codes(sessions, horizon.period))
    if not horizon.prior:
        return rows, before
    return before, np.where(before >= 0, before[before], -1)
