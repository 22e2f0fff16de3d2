"""What every figure is made of: a definition, a column, and the prices behind each value.

Each subject (`returns`, `records`, ...) is a tuple of recipes for one segment, or a function that finds measures
of several. They all ask the table for columns through `Columns` and keep no state of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from generator.figures.basis import IN_DOLLARS, Series, own_series
from generator.figures.horizons import Horizon, RowNumbers, Span
from generator.figures.rounding import DECIMALS
from generator.model import Basis, Column, Days, FigureDefinition, Kind, Market, PriceInput, Segment, Unit

T = TypeVar("T")
Inputs = tuple[PriceInput, ...]


class Columns(Protocol):
    """What a measure may ask of the table that it is computed in."""

    @property
    def market(self) -> Market: ...

    @property
    def sessions(self) -> Days: ...

    def values(self, name: str) -> Column:
        """Another figure in full precision."""
        ...

    def printed(self, name: str) -> Column:
        """Another figure, as the reader sees it."""
        ...

    def compared(self, name: str) -> Column:
        """Another figure as compared with its own past: printed, except levels and ratios, which are unrounded."""
        ...

    def evidence(self, name: str, row: int) -> Inputs:
        """The prices behind another figure."""
        ...

    def symbols(self, name: str) -> tuple[str, ...]:
        """The symbols that another figure reads."""
        ...

    def price(self, symbol: str, field: str) -> Column:
        """One price column of one symbol; all NaN if it is not held."""
        ...

    def closes(self, segment: Segment) -> Column:
        """The closes that the segment's figures are made of."""
        ...

    def quotes(self, symbol: str, field: str, rows: Iterable[int]) -> Inputs:
        """The prices on these rows, oldest first, each once; rows without a price are left out."""
        ...

    def gaps(self, symbols: Iterable[str]) -> RowNumbers:
        """The rows on which any of the symbols should have a price but has none, oldest first."""
        ...

    def span(self, horizon: Horizon) -> Span:
        """The rows a horizon ends and starts on."""
        ...

    @property
    def year_opens(self) -> RowNumbers:
        """For each session, the first row of the year up to it; -1 if that is not held."""
        ...

    def shared(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """The result of `make`, computed once for all the figures that use it."""
        ...


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure, ready to be computed."""

    definition: FigureDefinition
    column: Callable[[Columns], Column]
    inputs: Callable[[Columns, int], Inputs]


Rows = Callable[[Columns, Segment, int], Iterable[int]]


def today(columns: Columns, segment: Segment, row: int) -> Iterable[int]:
    """The only evidence is the session's own close."""
    return (row,)


def equity(segment: Segment) -> bool:
    """Whether the segment has returns made of its own closes."""
    return segment.kind not in (Kind.BASKET, Kind.YIELD, Kind.VOLATILITY)


def of_kind(kind: Kind) -> Callable[[Segment], bool]:
    """A test for segments of this kind."""
    return lambda segment: segment.kind is kind


@dataclass(frozen=True, slots=True)
class Recipe:
    """One measure of any one segment.

    `label` and `formula` may contain `{basis}` and `{close}`. `Unit.LEVEL` becomes the segment's own unit of level.
    `rows` gives the sessions whose closes are the evidence; `fields` names further prices of the session itself.
    """

    suffix: str
    unit: Unit
    label: str
    formula: str
    column: Callable[[Columns, Segment], Column]
    rows: Rows = today
    signed: bool = False
    decimals: int | None = None
    fits: Callable[[Segment], bool] = equity
    series: Callable[[Segment], Series | None] = own_series
    fields: tuple[str, ...] = ()

    def measure(self, segment: Segment) -> Measure | None:
        """The measure of `segment`, or None if the segment cannot have it."""
        series = self.series(segment) if self.fits(segment) else None
        if series is None:
            return None
        return Measure(
            self._definition(segment, series),
            lambda columns: self.column(columns, segment),
            lambda columns, row: self._inputs(columns, segment, series, row),
        )

    def _definition(self, segment: Segment, series: Series) -> FigureDefinition:
        unit = level_unit(segment) if self.unit is Unit.LEVEL else self.unit
        of_returns = unit in (Unit.PERCENT, Unit.POINTS)
        words = {"basis": "change" if series.basis is Basis.NONE else series.basis.value, "close": series.close}
        return FigureDefinition(
            name=f"{segment.key}_{self.suffix}",
            unit=unit,
            basis=series.basis if of_returns else Basis.NONE,
            decimals=DECIMALS[unit] if self.decimals is None else self.decimals,
            label=f"{segment.short}, {self.label.format(**words)}",
            formula=self.formula.format(**words),
            symbols=(series.symbol,),
            signed=self.signed,
            quoted=segment.quoted if unit is Unit.YIELD else "",
        )

    def _inputs(self, columns: Columns, segment: Segment, series: Series, row: int) -> Inputs:
        closes = columns.quotes(series.symbol, series.field, self.rows(columns, segment, row))
        if not self.fields:
            return closes
        # A day's high is adjusted for dividends by the ratio of its two closes.
        adjusting = ("close",) if series.field != "close" else ()
        fields = (columns.quotes(series.symbol, field, (row,)) for field in (*self.fields, *adjusting))
        return closes + tuple(quote for quotes in fields for quote in quotes)


def level_unit(segment: Segment) -> Unit:
    """The unit of a segment's level: dollars for anything that can be bought, points for an index."""
    if segment.kind is Kind.YIELD:
        return Unit.YIELD
    if segment.kind is Kind.VOLATILITY:
        return Unit.VOLATILITY
    return Unit.DOLLARS if segment.kind in IN_DOLLARS else Unit.LEVEL
