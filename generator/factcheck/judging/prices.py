"""The prices that claims are held against: each name's series as columns over the sessions, and its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from generator.factcheck.reading.axis import Axis
from generator.factcheck.reading.names import Name
from generator.model import Kind, Segment

if TYPE_CHECKING:
    from generator.model import Column
    from generator.verification.figures.columns import SqlColumns

RATES = {"ust10y": "note_10y", "ust3m": "bill_3m"}
"""The Treasury's own yield beside the exchange's."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One column that a name may mean, and how a person calls it."""

    words: str
    """`Russell 2000, price return`."""
    values: Column
    symbol: str
    alternative: bool = False
    """Whether it is not what the name means, but what somebody may have meant."""


class Prices:
    """Every name's columns, read from the second reader's table of raw prices."""

    def __init__(self, columns: SqlColumns, axis: Axis) -> None:
        self.columns, self.axis = columns, axis
        self.universe = columns.universe

    def kind(self, name: Name) -> Kind | None:
        """What kind of series the name has; None if nothing is held of it."""
        if name.key in self.universe.releases:
            return Kind.YIELD
        segment = self.universe.segments.get(name.key)
        return segment.kind if segment else None

    def short(self, name: Name) -> str:
        """The name in a report."""
        if name.key in self.universe.releases:
            return self.universe.releases[name.key].short
        segment = self.universe.segments.get(name.key)
        if segment is None:
            return name.key
        small = (
            name.key in self.universe.groups["small_sectors"].members
            if "small_sectors" in self.universe.groups
            else False
        )
        told = f"small-cap {segment.short}" if small else segment.short
        return f"{told} ({segment.total})" if name.fund and segment.total else told

    @cache  # noqa: B019 - one reader lives as long as its run
    def series(self, name: Name) -> tuple[Series, ...]:
        """The columns that the name may mean, the plainest first; empty if none is held."""
        return tuple(one for one in self._series(name) if np.isfinite(one.values).any())

    def _series(self, name: Name) -> Iterator[Series]:
        short = self.short(name)
        if name.key in self.universe.releases:
            yield Series(short, self._observed(name.key), name.key)
            return
        segment = self.universe.segments.get(name.key)
        if segment is None:
            return
        if segment.kind is Kind.BASKET:
            yield Series(f"{short}, total return", self._basket(segment), "", False)
            return
        if segment.kind in (Kind.INDEX, Kind.STOCK, Kind.FUND):
            yield from self._returns(name, segment, short)
        elif segment.price:
            yield Series(f"{short}, close", self._raw(segment.price, "close"), segment.price)
            if name.key in RATES and RATES[name.key] in self.universe.releases:
                rate = RATES[name.key]
                yield Series(self.universe.releases[rate].short, self._observed(rate), rate, True)

    def _returns(self, name: Name, segment: Segment, short: str) -> Iterator[Series]:
        if segment.price and not name.fund:
            yield Series(f"{short}, price return", self._raw(segment.price, "close"), segment.price)
        if segment.total:
            own = segment.total == segment.price or not segment.price or name.fund
            of = "" if name.fund or not own else f" (by {segment.total})"
            words = f"{short}{of}" if own else f"{short} by the fund {segment.total}"
            if (own and segment.price != segment.total) or name.fund:
                yield Series(f"{words}, price return", self._raw(segment.total, "close"), segment.total)
            yield Series(f"{words}, total return", self._raw(segment.total, "adj_close"), segment.total, True)

    @cache  # noqa: B019
    def _raw(self, symbol: str, field: str) -> Column:
        held = self.columns.prices.values(symbol, field)
        return np.array([np.nan if value is None else value for value in held], dtype=float)

    def reach(self, name: Name) -> tuple[Column, Column] | None:
        """The day's high and low of what the name means."""
        first = self.series(name)[:1]
        if not first or name.key in self.universe.releases or not first[0].symbol:
            return None
        return self._raw(first[0].symbol, "high"), self._raw(first[0].symbol, "low")

    def _observed(self, release: str) -> Column:
        """A daily number on the days that it is of, whenever it came out."""
        series = self.universe.releases[release].series[0]
        rows = self.columns.run(f"SELECT day, value FROM observations WHERE series = '{series}'")
        of_day = {str(day): float(str(value)) for day, value in rows}
        return np.array([of_day.get(day.isoformat(), np.nan) for day in self.axis.days], dtype=float)

    def column(self, name: str) -> Column | None:
        """A figure of the second reader over every session, as printed; None if there is none of that name."""
        found = self.columns.column(name)
        return np.array(found.printed, dtype=float) if found else None

    def _basket(self, segment: Segment) -> Column:
        """The basket's own worth: its members in equal amounts, every session anew."""
        members = [self._raw(self.universe.segments[key].total or "", "adj_close") for key in segment.members]
        moves = np.mean([np.append(np.nan, one[1:] / one[:-1] - 1) for one in members], axis=0)
        worth = np.cumprod(np.where(np.isfinite(moves), 1 + moves, 1.0)) * np.where(np.isfinite(moves), 1.0, np.nan)
        return np.asarray(worth, dtype=float)

    def basket_move(self, name: Name, start: int, end: int) -> float:
        """The basket's return if its members were held in equal amounts from the start."""
        segment = self.universe.segments[name.key]
        members = [self._raw(self.universe.segments[key].total or "", "adj_close") for key in segment.members]
        return float(np.mean([one[end] / one[start] - 1 for one in members]))

    def is_index(self, name: Name) -> bool:
        segment = self.universe.segments.get(name.key)
        return segment is not None and segment.kind is Kind.INDEX and not name.fund
