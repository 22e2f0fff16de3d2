"""Prices and economic series as a source gives them, and the market laid out on the exchange's sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Days = NDArray[np.datetime64]
    Column = NDArray[np.float64]
    """One number per session; NaN where the figure is absent."""
    Flags = NDArray[np.bool_]
else:  # numpy takes a tenth of a second to load, which a command without prices need not pay
    Days = Column = Flags = Any


@dataclass(frozen=True, slots=True)
class Bars:
    """One symbol's daily history as a source gave it, on its own days (any price column may be absent)."""

    symbol: str
    days: Days
    open: Column | None = None
    high: Column | None = None
    low: Column | None = None
    close: Column | None = None
    adj_close: Column | None = None
    origin: str = ""
    """Where the prices came from, in words a reader of the ledger understands: a file name, a service."""

    def column(self, name: str) -> Column | None:
        """The price column called `name` (`open`, `high`, `low`, `close`, `adj_close`), or None."""
        found: Column | None = getattr(self, name)
        return found

    def at(self, rows: Flags) -> Bars:
        """The same bars on only some of their days."""
        columns: dict[str, Any] = {
            name: column[rows]
            for name in ("open", "high", "low", "close", "adj_close")
            if (column := self.column(name)) is not None
        }
        return replace(self, days=self.days[rows], **columns)


@dataclass(frozen=True, slots=True)
class Observations:
    """One economic series as its publisher gives it: values by the day or period observed, oldest first.

    A period that was revised has one row for each value that was on record, in the order in which they came out.
    """

    series: str
    days: Days
    """The day observed, or the first day of the period."""
    values: Column
    seen: Days | None = None
    """The first day on which each value is known to have been public; NaT if unknown."""
    origin: str = ""
    released: Days | None = None
    """The day on which each value came out; NaT if the exact day is unknown."""
    confirmed: Days | None = None
    """The last day on which each value is known to have still been on record; None if nothing is revised."""


@dataclass(frozen=True, slots=True)
class Omission:
    """A symbol missing from the issue, and why."""

    symbol: str
    why: str = ""
    begins: date | None = None
    """The day on which its history begins, if that lies after the session."""

    @property
    def reason(self) -> str:
        """Why, in words."""
        return f"begins on {self.begins}" if self.begins else self.why


@dataclass(frozen=True, slots=True)
class Market:
    """Every symbol's bars on one calendar: the trading sessions up to and including the edition's.

    All `Bars` here share `sessions` as their `days`; a symbol without a row on a session is NaN there.
    """

    sessions: Days
    next_session: date
    half_days: Flags
    histories: Mapping[str, Bars]
    omissions: tuple[Omission, ...]
    source: str
    """The source's key: `yahoo`, `csv` or `sample`."""
    supplier: str
    """Who supplied the prices, as the disclosure names it."""
    simulated: bool = False
    fetched_at: datetime | None = None
    observations: Mapping[str, Observations] = field(default_factory=dict)
    """Economic series by name, on their own days; the figures decide which values were public on a session."""
    gaps: Mapping[tuple[str, str], Days] = field(default_factory=dict)
    """By symbol and column, the sessions inside its history on which it should have a price but has none."""
    notices: tuple[str, ...] = ()
    """What the user should know about the prices."""
    not_a_day: Mapping[str, Days] = field(default_factory=dict)
    """By symbol, the sessions whose move from the one before is not a one-day move: its market traded on days of its
    own, or it is an index fund whose close was not made at the same moment as the index's."""

    @property
    def session(self) -> date:
        """The session the edition is about: the last row."""
        day: date = self.sessions[-1].astype(object)
        return day
