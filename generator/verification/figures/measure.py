"""Measures of a single segment, and the tables of closes, highs and lows that they read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.model import Basis, Kind, Segment, Unit
from generator.verification.figures.spec import RawSeries, Spec, Tables, decimals_of, own_series

Sql = Callable[[Tables, Segment, RawSeries], str]
WITHOUT_RETURNS = (Kind.BASKET, Kind.YIELD, Kind.VOLATILITY)


@dataclass(frozen=True, slots=True)
class SqlMeasure:
    """One measure of any segment of a suitable kind; the segment fills in `{basis}` and `{close}` in its words."""

    unit: Unit
    label: str
    formula: str
    sql: Sql
    without: tuple[Kind, ...] = WITHOUT_RETURNS
    only: Kind | None = None
    decimals: int | None = None
    total: bool = False
    """Whether it uses the dividend-adjusted closes, whatever the segment's own are."""

    def spec(self, name: str, segment: Segment, suffix: str) -> Spec | None:
        """The figure of one segment, or None if the segment cannot have it."""
        if segment.kind in self.without or (self.only and segment.kind is not self.only):
            return None
        series = own_series(segment)
        if self.total:
            series = RawSeries(segment.total, "adj_close", Basis.TOTAL) if segment.total else None
        if series is None:
            return None
        unit = _level_unit(segment) if self.unit is Unit.LEVEL else self.unit
        basis = series.basis if unit in (Unit.PERCENT, Unit.POINTS) else Basis.NONE
        words = {"basis": "change" if series.basis is Basis.NONE else series.basis.value, "close": series.close}
        label, formula = f"{segment.short}, {self.label.format(**words)}", self.formula.format(**words)
        decimals = decimals_of(unit) if self.decimals is None else self.decimals
        made = series
        return Spec(
            name, unit, basis, label, formula, lambda tables: self.sql(tables, segment, made), decimals,
            series=(made,), suffix=suffix, parts=(segment.key,),
        )  # fmt: skip


def _level_unit(segment: Segment) -> Unit:
    special = {Kind.YIELD: Unit.YIELD, Kind.VOLATILITY: Unit.VOLATILITY}
    priced = (Kind.FUND, Kind.STOCK, Kind.CRYPTO, Kind.COMMODITY)
    return special.get(segment.kind, Unit.DOLLARS if segment.kind in priced else Unit.LEVEL)


def of_closes(query: str) -> Sql:
    """A query over the table of closes, which replaces `{c}`."""
    return lambda tables, segment, series: query.replace("{c}", tables.series(series.symbol, series.field))


def reach(tables: Tables, series: RawSeries) -> str:
    """Close, high and low of each session on the segment's own basis."""
    c, high, low = (tables.series(series.symbol, field) for field in (series.field, "high", "low"))
    if series.field == "close":
        return f"(SELECT c.n, c.v, h.v AS high, l.v AS low FROM {c} c JOIN {high} h USING (n) JOIN {low} l USING (n))"
    plain = tables.series(series.symbol, "close")
    factor = "c.v / nullif(p.v, 0)"
    return (
        f"(SELECT c.n, c.v, h.v * ({factor}) AS high, l.v * ({factor}) AS low FROM {c} c "
        f"JOIN {high} h USING (n) JOIN {low} l USING (n) JOIN {plain} p USING (n))"
    )


def of_reach(value: str) -> Sql:
    return lambda tables, segment, series: f"SELECT n, {value} AS v FROM {reach(tables, series)}"
