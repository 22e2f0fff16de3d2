"""SQL over the figures of two segments or of a basket: gaps, ratios, means, always on one basis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.model import Basis, Kind, Segment, Unit, Universe
from generator.verification.figures.of_segments import horizon_words, runs
from generator.verification.figures.prices import HORIZONS, PERIODS
from generator.verification.figures.spec import RawSeries, Spec, Tables, own_series, rounded


def basis_of(segment: Segment, universe: Universe) -> Basis:
    """The basis of the segment's own returns."""
    if segment.kind is Kind.BASKET:
        return shared_basis([universe.segments[key] for key in segment.members], universe) or Basis.NONE
    series = own_series(segment)
    return series.basis if series else Basis.NONE


def shared_basis(segments: Sequence[Segment], universe: Universe) -> Basis | None:
    """Price returns if they are every segment's own, else total returns if all have them, else None."""
    if any(segment.kind in (Kind.YIELD, Kind.VOLATILITY) for segment in segments):
        return None
    own = [basis_of(segment, universe) for segment in segments]
    if all(basis is Basis.PRICE for basis in own):
        return Basis.PRICE
    dividends = (basis is Basis.TOTAL or segment.total for basis, segment in zip(own, segments, strict=True))
    return Basis.TOTAL if all(dividends) else None


def return_of(segment: Segment, basis: Basis, horizon: str, universe: Universe) -> str:
    """The figure that is this segment's return on `basis`."""
    own = basis_of(segment, universe) is basis
    return f"{segment.key}_{'return' if own else 'total_return'}_{horizon}"


def series_on(segment: Segment, basis: Basis) -> RawSeries | None:
    """The raw column that gives a segment's returns on `basis`."""
    if basis is Basis.TOTAL:
        return RawSeries(segment.total, "adj_close", basis) if segment.total else None
    return RawSeries(segment.price, "close", basis) if segment.price else None


def of_pair(name: str, universe: Universe) -> Spec | None:
    """The figure if it is like `a_minus_b_1d`, `a_minus_b_streak`, `a_minus_b` of yields or `a_over_b`, else None."""
    for first in universe.segments.values():
        for joint in ("_minus_", "_over_"):
            lead = f"{first.key}{joint}"
            rest = name[len(lead) :] if name.startswith(lead) else ""
            if joint == "_over_" and rest in universe.segments:
                return _ratio(name, first, universe.segments[rest], universe)
            if joint == "_minus_" and rest in universe.segments:
                return _yields(name, first, universe.segments[rest])
            for second in universe.segments.values() if joint == "_minus_" and rest else ():
                if rest.startswith(f"{second.key}_"):
                    tail = rest[len(second.key) + 1 :]
                    if tail in HORIZONS or tail == "streak":
                        return _gap(name, first, second, tail, universe)
                    gone = next((one for one in PERIODS if tail == f"{one[0]}td_change"), "")
                    of = _gap(name.removesuffix("_change"), first, second, f"{gone[:1]}td", universe) if gone else None
                    if of:
                        return _moved(name, of, gone)
    return None


def _gap(name: str, first: Segment, second: Segment, tail: str, universe: Universe) -> Spec | None:
    basis = shared_basis((first, second), universe)
    if basis is None:
        return None
    if tail == "streak":
        label = f"consecutive sessions of {first.short} ahead of {second.short} (above zero) or behind it (below)"
        formula = f"count of consecutive sessions up to this one whose gap in {basis.value} has this session's sign"
        gap = f"{name.removesuffix('_streak')}_1d"
        return Spec(
            name,
            Unit.COUNT,
            Basis.NONE,
            label,
            formula,
            lambda tables: runs(tables.table(gap)),
            0,
            suffix="run",
            parts=(gap,),
        )
    one, other = (return_of(segment, basis, tail, universe) for segment in (first, second))
    label = f"{first.short} minus {second.short}, {basis.value} {horizon_words(tail)}"
    formula = (
        f"printed {basis.value} of {first.short} less printed {basis.value} of {second.short}, "
        f"both {horizon_words(tail)}"
    )
    value = rounded("(a.p - b.p)", 2)

    def sql(tables: Tables) -> str:
        return f"SELECT n, {value} / 100 AS v FROM {tables.table(one)} a JOIN {tables.table(other)} b USING (n)"

    return Spec(name, Unit.POINTS, basis, label, formula, sql, 2, parts=(one, other))


def _moved(name: str, of: Spec, period: str) -> Spec:
    """The change of a gap to date since the session before, within one period."""

    def sql(tables: Tables) -> str:
        began = f"CASE WHEN s.{period} = lag(s.{period}) OVER (ORDER BY s.n) THEN "
        step = rounded("(g.p - lag(g.p) OVER (ORDER BY s.n))", 2)
        return f"SELECT s.n, {began}{step} / 100 END AS v FROM sessions s JOIN {tables.table(of.name)} g USING (n)"

    words = f"change of the gap {horizon_words(f'{period[0]}td')} from the session before"
    return replace(
        of,
        name=name,
        label=f"{of.label}, change from the session before",
        formula=f"{words}: printed gap less that of the session before, none on the first of the {period}",
        sql=sql,
        suffix="moved",
        parts=(of.name,),
    )


def _yields(name: str, first: Segment, second: Segment) -> Spec | None:
    if not (first.kind is second.kind is Kind.YIELD) or first.quoted != second.quoted:
        return None
    value = rounded(f"({rounded('(a.p - b.p)', 2)} * 100)", 0)

    def sql(tables: Tables) -> str:
        one, other = (tables.table(f"{segment.key}_level") for segment in (first, second))
        return f"SELECT n, {value} AS v FROM {one} a JOIN {other} b USING (n)"

    label = f"{first.short} minus {second.short}"
    formula = f"printed {first.short} less printed {second.short}, in basis points"
    levels = (f"{first.key}_level", f"{second.key}_level")
    return Spec(name, Unit.BASIS_POINTS, Basis.NONE, label, formula, sql, 0, parts=levels)


def _ratio(name: str, first: Segment, second: Segment, universe: Universe) -> Spec | None:
    basis = shared_basis((first, second), universe)
    pair = [series_on(segment, basis) for segment in (first, second)] if basis else [None, None]
    above, below = pair
    if basis is None or above is None or below is None:
        return None

    def sql(tables: Tables) -> str:
        one, other = (tables.series(series.symbol, series.field) for series in (above, below))
        return f"SELECT n, a.v / nullif(b.v, 0) AS v FROM {one} a JOIN {other} b USING (n)"

    formula = f"{above.close} of {first.short} divided by {below.close} of {second.short}"
    label = f"{first.short} divided by {second.short}"
    return Spec(name, Unit.RATIO, basis, label, formula, sql, 3, series=(above, below), suffix="level")


def of_basket(name: str, universe: Universe) -> Spec | None:
    """A basket's return over a horizon, in equal parts at its start, or the count of its members; else None."""
    key, found, horizon = name.rpartition("_return_")
    basket = universe.segments.get(key if found else name.removesuffix("_n"))
    if basket is None or basket.kind is not Kind.BASKET:
        return None
    members = [universe.segments[member] for member in basket.members]
    basis = basis_of(basket, universe)
    if not found and name == f"{basket.key}_n":
        return _members(name, basket, members)
    if horizon not in HORIZONS:
        return None

    figures = tuple(return_of(member, basis, horizon, universe) for member in members)

    def sql(tables: Tables) -> str:
        parts = [tables.table(figure) for figure in figures]
        joined = " UNION ALL ".join(f"SELECT n, v FROM {part}" for part in parts)
        return f"SELECT n, CASE WHEN count(v) = {len(parts)} THEN avg(v) END AS v FROM ({joined}) GROUP BY n"

    words = horizon_words(horizon)
    formula = f"mean of the {basis.value} of {len(members)} members {words}, in equal parts at the start"
    return Spec(name, Unit.PERCENT, basis, f"{basket.short}, {basis.value} {words}", formula, sql, 2, parts=figures)


def _members(name: str, basket: Segment, members: Sequence[Segment]) -> Spec:
    series = [one for member in members if (one := own_series(member))]

    def sql(tables: Tables) -> str:
        joined = " UNION ALL ".join(f"SELECT n, v FROM {tables.series(one.symbol, one.field)}" for one in series)
        return f"SELECT n, count(v) AS v FROM ({joined}) GROUP BY n"

    formula = "count of members with a close on the session"
    label = f"{basket.short}, members with a close"
    return Spec(name, Unit.COUNT, Basis.NONE, label, formula, sql, 0, series=tuple(series), suffix="level")
