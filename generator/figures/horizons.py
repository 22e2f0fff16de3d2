"""Sessions in, the two rows out between which each horizon's return runs: `1d`, `mtd`, `prior_week`.

Session horizons count back trading sessions. The to-date horizons run from the last close of the calendar period
before (weeks are ISO weeks, Monday to Sunday); the prior ones are the whole period before the current one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from generator.model import Days

RowNumbers = NDArray[np.int64]
Span = tuple[RowNumbers, RowNumbers]
"""For each session the row where a horizon ends and the row where it starts; -1 where there is none."""

PERIODS = ("week", "month", "quarter", "year")
NUMBERS = MappingProxyType({1: "one", 5: "five"})


@dataclass(frozen=True, slots=True)
class Horizon:
    """A length of time and the words for it; `sessions` is 0 for a calendar period."""

    key: str
    sessions: int = 0
    period: str = ""
    prior: bool = False

    @property
    def words(self) -> str:
        """`over five sessions`, `in the month to date`, `in the month before`."""
        if self.sessions:
            return f"over {self._number}"
        return f"in the {self.period} {'before' if self.prior else 'to date'}"

    @property
    def _number(self) -> str:
        return f"{NUMBERS.get(self.sessions, str(self.sessions))} session{'s' * (self.sessions > 1)}"

    def between(self, close: str, verb: str) -> str:
        """The formula's two prices in words: `close divided by the close one session earlier`."""
        if self.sessions:
            return f"{close} {verb} the {close} {self._number} earlier"
        before = f"last {close} of the {self.period} before"
        return (
            f"{before} {verb} the last {close} of the {self.period} before that"
            if self.prior
            else f"{close} {verb} the {before}"
        )


def _horizons() -> tuple[Horizon, ...]:
    counted = {"1d": 1, "1w": 5, "1m": 21, "3m": 63, "6m": 126, "1y": 252}
    return (
        *(Horizon(key, sessions) for key, sessions in counted.items()),
        *(Horizon(f"{period[0]}td", 0, period) for period in PERIODS),
        *(Horizon(f"prior_{period}", 0, period, True) for period in PERIODS),
    )


HORIZONS: Mapping[str, Horizon] = MappingProxyType({horizon.key: horizon for horizon in _horizons()})


def period_codes(sessions: Days, period: str) -> RowNumbers:
    """A number for each session that is the same within one calendar week, month, quarter or year."""
    if period == "week":
        codes: RowNumbers = (sessions.astype("datetime64[D]").astype(np.int64) + 3) // 7  # 1970-01-01 was a Thursday
        return codes
    months: RowNumbers = sessions.astype("datetime64[M]").astype(np.int64)
    return months // {"month": 1, "quarter": 3, "year": 12}[period]


def last_row_before(codes: RowNumbers) -> RowNumbers:
    """For each session the last row of the period before its own; -1 in the first period."""
    rows = np.arange(codes.size)
    opens = np.ones(codes.size, dtype=bool)
    opens[1:] = codes[1:] != codes[:-1]
    first: RowNumbers = np.maximum.accumulate(np.where(opens, rows, 0))
    return first - 1


def span(sessions: Days, horizon: Horizon) -> Span:
    """The rows a horizon ends and starts on, for every session."""
    rows = np.arange(sessions.size)
    if horizon.sessions:
        return rows, np.maximum(rows - horizon.sessions, -1)
    before = last_row_before(period_codes(sessions, horizon.period))
    if not horizon.prior:
        return rows, before
    return before, np.where(before >= 0, before[before], -1)
