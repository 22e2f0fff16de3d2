"""One column for any figure's name, computed when it is first asked for and then kept.

No row of a column depends on a later row, so that one table serves every session of its history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np

from generator.figures.basis import own_series
from generator.figures.catalogue import FigureCatalogue
from generator.figures.horizons import Horizon, RowNumbers, Span, span, year_opens
from generator.figures.rounding import printed
from generator.figures.windows import absent
from generator.model import Column, Days, Market, PriceInput, Segment, Unit, Universe

T = TypeVar("T")
KEPT = 4096
"""The most pieces of evidence to cache: many figures of one session rest on the same ones."""
IN_FULL = frozenset({Unit.LEVEL, Unit.DOLLARS, Unit.RATIO})


class FigureTable:
    """Every figure over every session of a market. Columns are shared and read-only."""

    def __init__(self, market: Market, universe: Universe) -> None:
        self.market = market
        self._catalogue = FigureCatalogue(universe)
        self._values: dict[str, Column] = {}
        self._printed: dict[str, Column] = {}
        self._evidence: dict[tuple[str, int], tuple[PriceInput, ...]] = {}
        self._prices: dict[tuple[str, str], Column] = {}
        self._shared: dict[tuple[str, ...], Any] = {}
        self.days: list[date] = market.sessions.astype("datetime64[D]").astype(object).tolist()
        """The sessions as dates."""

    @property
    def sessions(self) -> Days:
        """The trading sessions, oldest first."""
        return self.market.sessions

    @property
    def catalogue(self) -> FigureCatalogue:
        """What every name means."""
        return self._catalogue

    def values(self, name: str) -> Column:
        """The figure in full precision and internal units (fractions), NaN where absent.

        Raises `UnknownFigureError` and `MixedBasisError`.
        """
        found = self._values.get(name)
        if found is None:
            column = self._catalogue.measure(name).column(self)
            found = self._values[name] = _kept(column.astype(np.float64, copy=False))
        return found

    def printed(self, name: str) -> Column:
        """The figure rounded once, in the reader's unit (percent); raises as `values` does."""
        found = self._printed.get(name)
        if found is None:
            found = self._printed[name] = _kept(printed(self.values(name), self._catalogue.define(name)))
        return found

    def compared(self, name: str) -> Column:
        """The figure as compared with its own past: printed, except levels and ratios, which are unrounded."""
        return self.values(name) if self._catalogue.define(name).unit in IN_FULL else self.printed(name)

    def symbols(self, name: str) -> tuple[str, ...]:
        """The symbols that the figure reads."""
        return self._catalogue.define(name).symbols

    def gaps(self, symbols: Iterable[str]) -> RowNumbers:
        """The rows on which any of the symbols should have a price but has none, oldest first."""
        wanted = frozenset(symbols)
        days = [gap for (symbol, _), gap in self.market.gaps.items() if symbol in wanted]
        rows: RowNumbers = np.searchsorted(self.sessions, np.unique(np.concatenate([self.sessions[:0], *days])))
        return rows

    def evidence(self, name: str, row: int) -> tuple[PriceInput, ...]:
        """The prices behind the figure on that row (negative rows count from the end); empty if it is absent."""
        row = row % len(self.days)
        found = self._evidence.get((name, row))
        if found is None:
            if len(self._evidence) > KEPT:
                self._evidence.clear()
            value: float = self.values(name).item(row)
            there = value == value  # NaN is not equal to itself
            found = self._evidence[name, row] = self._catalogue.measure(name).inputs(self, row) if there else ()
        return found

    def price(self, symbol: str, field: str) -> Column:
        """One price column of one symbol over the sessions; all NaN if the market does not hold it."""
        found = self._prices.get((symbol, field))
        if found is None:
            found = self._prices[symbol, field] = self._price(symbol, field)
        return found

    def _price(self, symbol: str, field: str) -> Column:
        bars = self.market.histories.get(symbol)
        column = bars.column(field) if bars else None
        if column is None:
            return self.shared(("absent",), lambda: _kept(absent(self.sessions.size)))
        return _kept(np.ascontiguousarray(column, dtype=np.float64))  # a column of a wider array is slow to read

    def closes(self, segment: Segment) -> Column:
        """The closes that a segment's figures are made of."""
        series = own_series(segment)
        return self.price(series.symbol, series.field) if series else self.price("", "close")

    def quotes(self, symbol: str, field: str, rows: Iterable[int]) -> tuple[PriceInput, ...]:
        """The prices on these rows, oldest first, each once; rows before the history or without a price are skipped."""
        column = self.price(symbol, field)
        days, item = self.days, column.item
        return tuple(
            [
                _quote(symbol, field, days[row], value)
                for row in sorted({*rows})
                if row >= 0 and (value := item(row)) == value  # NaN is not equal to itself
            ]
        )

    def span(self, horizon: Horizon) -> Span:
        """The rows a horizon ends and starts on, for every session."""
        return self.shared(("span", horizon.key), lambda: span(self.sessions, horizon))

    @property
    def year_opens(self) -> RowNumbers:
        """For each session, the first row of the year up to it; -1 if that is not held."""
        return self.shared(("year opens",), lambda: year_opens(self.sessions))

    def shared(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """The result of `make`, computed once for all the figures that use it."""
        if key not in self._shared:
            self._shared[key] = make()
        found: T = self._shared[key]
        return found


@lru_cache(maxsize=KEPT)
def _quote(symbol: str, field: str, day: date, value: float) -> PriceInput:
    """One close, cached because many figures of its day rest on it."""
    return PriceInput(symbol, field, day, value)


def _kept(column: Column) -> Column:
    """A read-only view, so that nobody can change a cached column for the next reader."""
    kept = column.view()
    kept.flags.writeable = False
    return kept
