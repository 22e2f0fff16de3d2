"""A figure as the second reader understands its name: unit, basis, words, and the SQL that computes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from generator.model import Basis, Kind, Segment, Unit, Universe

DECIMALS = {Unit.BASIS_POINTS: 0, Unit.RATIO: 3, Unit.COUNT: 0, Unit.DATE: 0, Unit.NAME: 0, Unit.FLAG: 0}
"""Decimals printed for each unit; two for units not listed."""

TO_DATE = "(ORDER BY n ROWS UNBOUNDED PRECEDING)"
EARLIER = "(ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"


class Tables(Protocol):
    """What SQL can be written over: raw series, and other figures."""

    @property
    def universe(self) -> Universe: ...

    def series(self, symbol: str, field: str) -> str:
        """A table `(n, v)` of raw prices."""
        ...

    def table(self, name: str) -> str:
        """A table `(n, v, p)` of another figure: full precision, and as printed."""
        ...

    def spec(self, name: str) -> Spec | None:
        """What another figure's name means, or None for an unknown name."""
        ...

    @property
    def simulated(self) -> bool:
        """Whether the market is simulated, so that nothing came before its first session."""
        ...

    def missing(self, symbols: frozenset[str]) -> list[int]:
        """The rows on which any of the symbols should have a price but has none, oldest first."""
        ...

    def once(self, name: str, query: Callable[[], str]) -> str:
        """The table of that name, which several figures use; the first time it is made of what `query` asks for."""
        ...

    def run(self, sql: str) -> list[tuple[object, ...]]:
        """The rows that `sql` returns."""
        ...

    def asked(self, sql: str) -> list[tuple[object, ...]]:
        """The rows that `sql` returns, cached."""
        ...


Query = Callable[[Tables], str]


@dataclass(frozen=True, slots=True)
class Spec:
    """One figure, as its name defines it."""

    name: str
    unit: Unit
    basis: Basis
    label: str
    formula: str
    sql: Query
    """A query for `(n, v)`: the unrounded value on each row, NULL if it is absent."""
    decimals: int
    vocabulary: tuple[str, ...] = ()
    series: tuple[RawSeries, ...] = ()
    """The raw columns that back it, with their prices on the rows that `suffix` determines."""
    suffix: str = ""
    """The measure of a segment, or the operator, that determines those rows."""
    parts: tuple[str, ...] = ()
    """The figures that it is computed from, whose prices back it."""
    reached: str = ""
    """For a count of sessions, a query for `(n, a, b)`: the first and the last row counted, where `parts` back it."""
    behind: Query | None = None
    """For a release, a query for `(n, series, field, day, value)`: the observations behind it on each row."""
    observed: tuple[str, ...] = ()
    """For a release, the series of those observations."""
    source: str = ""
    """For a release, its id; a page cites the release's source."""
    signals: tuple[str, ...] = ()
    """For a count of a reading, the flags that it counts."""


@dataclass(frozen=True, slots=True)
class RawSeries:
    """The raw column that a segment's figures are computed from."""

    symbol: str
    field: str
    basis: Basis

    @property
    def close(self) -> str:
        return "close" if self.field == "close" else "dividend-adjusted close"


def decimals_of(unit: Unit) -> int:
    """The number of decimals printed for a figure in `unit`."""
    return DECIMALS.get(unit, 2)


def own_series(segment: Segment) -> RawSeries | None:
    """The series of a segment's own figures: funds and stocks include dividends if possible, all others do not."""
    plain = RawSeries(segment.price, "close", Basis.PRICE) if segment.price else None
    full = RawSeries(segment.total, "adj_close", Basis.TOTAL) if segment.total else None
    if segment.kind in (Kind.YIELD, Kind.VOLATILITY):
        return RawSeries(segment.price, "close", Basis.NONE) if segment.price else None
    return (full or plain) if segment.kind in (Kind.FUND, Kind.STOCK) else (plain or full)


def window(length: int) -> str:
    """The frame of the last `length` rows."""
    return f"(ORDER BY n ROWS BETWEEN {length - 1} PRECEDING AND CURRENT ROW)"


YEAR = "(ORDER BY day RANGE BETWEEN INTERVAL 1 YEAR PRECEDING AND CURRENT ROW)"
"""The frame of the past year: the sessions from the same day a year before up to this one."""


def over_the_year(table: str, **values: str) -> str:
    """SQL for aggregates of `v` over the past year, NULL if any session of that year has no value or is not held."""
    held = "day - INTERVAL 1 YEAR >= (SELECT min(day) FROM sessions)"
    whole = f"{held} AND count(v) OVER {YEAR} = count(*) OVER {YEAR}"
    made = (f"CASE WHEN {whole} THEN {value.format(year=YEAR)} END AS {name}" for name, value in values.items())
    return f"SELECT n, t.v AS today, {', '.join(made)} FROM {table} t JOIN sessions USING (n)"


def dated(row: str) -> str:
    """SQL for the session on a row, as days since 1970-01-01, for a column of row numbers."""
    return f"(SELECT epoch(d.day)::BIGINT // 86400 FROM sessions d WHERE d.n = {row})"


def printed(value: str, unit: Unit, decimals: int) -> str:
    """SQL for `value` as a reader sees it: fractions as percents, halves rounded away from zero."""
    if unit in (Unit.DATE, Unit.NAME, Unit.FLAG):
        return value
    size = f"{value} * 100" if unit in (Unit.PERCENT, Unit.POINTS) else value
    return rounded(f"({size})", decimals)


def rounded(value: str, decimals: int) -> str:
    """SQL for `value` rounded to `decimals`; a value within an eighth decimal of a half counts as a half."""
    scale = 10**decimals
    return f"(sign({value}) * floor(round(abs({value}) * {scale}, 7) + 0.5) / {scale}.0 + 0.0)"
