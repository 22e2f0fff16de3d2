"""What a figure is, as the second reader understands its name: unit, basis, words, and the SQL that computes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from generator.model import Basis, Kind, Segment, Unit, Universe

DECIMALS = {Unit.BASIS_POINTS: 0, Unit.RATIO: 3, Unit.COUNT: 0, Unit.DATE: 0, Unit.NAME: 0, Unit.FLAG: 0}
"""Decimals printed; two where a unit is not named here."""

TO_DATE = "(ORDER BY n ROWS UNBOUNDED PRECEDING)"
EARLIER = "(ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"


class Tables(Protocol):
    """What SQL may be written over: raw series, and figures made before."""

    @property
    def universe(self) -> Universe: ...

    def series(self, symbol: str, field: str) -> str:
        """A table `(n, v)` of raw prices."""
        ...

    def table(self, name: str) -> str:
        """A table `(n, v, p)` of another figure: full precision, and as printed."""
        ...

    @property
    def simulated(self) -> bool:
        """Whether the market was made up, so that nothing came before its first session."""
        ...

    def missing(self, symbols: frozenset[str]) -> list[int]:
        """The rows on which one of the symbols should have a price and has none, oldest first."""
        ...

    def once(self, name: str, make: Callable[[str], None]) -> str:
        """A table that several figures use, made by `make` the first time."""
        ...

    def run(self, sql: str) -> list[tuple[object, ...]]:
        """The rows that `sql` gives."""
        ...

    def asked(self, sql: str) -> list[tuple[object, ...]]:
        """The rows that `sql` gives, asked for once."""
        ...


Query = Callable[[Tables], str]


@dataclass(frozen=True, slots=True)
class Spec:
    """One figure by its name."""

    name: str
    unit: Unit
    basis: Basis
    label: str
    formula: str
    sql: Query
    """A query for `(n, v)`: the value in full on each row, NULL where it is absent."""
    decimals: int
    vocabulary: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    """The raw columns whose prices of the rows that `suffix` tells stand behind it."""
    suffix: str = ""
    """The measure of a segment, or the operator, by which those rows are found."""
    parts: tuple[str, ...] = ()
    """The figures it is made of, whose own prices stand behind it."""
    behind: Query | None = None
    """For a release: a query for `(n, series, field, day, value)`, the observations behind it on each row."""
    observed: tuple[str, ...] = ()
    """For a release: the series whose values they are."""
    source: str = ""
    """For a release: `file:line` of the release, whose source a page cites."""


@dataclass(frozen=True, slots=True)
class Series:
    """The raw column that a segment's own figures are made of."""

    symbol: str
    field: str
    basis: Basis

    @property
    def close(self) -> str:
        return "close" if self.field == "close" else "dividend-adjusted close"


def decimals_of(unit: Unit) -> int:
    """How many decimals a figure in `unit` is printed with."""
    return DECIMALS.get(unit, 2)


def own_series(segment: Segment) -> Series | None:
    """Funds and shares count dividends where they can; all else goes by its plain closes."""
    plain = Series(segment.price, "close", Basis.PRICE) if segment.price else None
    full = Series(segment.total, "adj_close", Basis.TOTAL) if segment.total else None
    if segment.kind in (Kind.YIELD, Kind.VOLATILITY):
        return Series(segment.price, "close", Basis.NONE) if segment.price else None
    return (full or plain) if segment.kind in (Kind.FUND, Kind.STOCK) else (plain or full)


def window(length: int) -> str:
    """The frame of the last `length` rows."""
    return f"(ORDER BY n ROWS BETWEEN {length - 1} PRECEDING AND CURRENT ROW)"


YEAR = "(ORDER BY day RANGE BETWEEN INTERVAL 1 YEAR PRECEDING AND CURRENT ROW)"
"""The frame of the past year: the sessions from the same day a year before on."""


def over_the_year(table: str, **values: str) -> str:
    """SQL for aggregates of `v` over the past year, each NULL where a session of it has no value or is not held."""
    held = "day - INTERVAL 1 YEAR >= (SELECT min(day) FROM sessions)"
    whole = f"{held} AND count(v) OVER {YEAR} = count(*) OVER {YEAR}"
    made = (f"CASE WHEN {whole} THEN {value.format(year=YEAR)} END AS {name}" for name, value in values.items())
    return f"SELECT n, t.v AS today, {', '.join(made)} FROM {table} t JOIN sessions USING (n)"


def dated(row: str) -> str:
    """The session on a row as days since 1970, for a column that holds row numbers."""
    return f"(SELECT epoch(d.day)::BIGINT // 86400 FROM sessions d WHERE d.n = {row})"


def printed(value: str, unit: Unit, decimals: int) -> str:
    """SQL for what a reader sees of `value`: percents of fractions, halves away from zero."""
    if unit in (Unit.DATE, Unit.NAME, Unit.FLAG):
        return value
    size = f"{value} * 100" if unit in (Unit.PERCENT, Unit.POINTS) else value
    return rounded(f"({size})", decimals)


def rounded(value: str, decimals: int) -> str:
    """SQL for `value` to so many decimals; what lies on a half but for the eighth decimal counts as a half."""
    scale = 10**decimals
    return f"(sign({value}) * floor(round(abs({value}) * {scale}, 7) + 0.5) / {scale}.0 + 0.0)"
