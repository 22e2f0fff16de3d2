"""Two segments, a basket or a group in, SQL over their figures out: gaps, ratios, means, ranks, counts."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Basis, Group, Kind, Segment, Unit, Universe
from generator.verification.of_segments import horizon_words, runs
from generator.verification.prices import HORIZONS
from generator.verification.spec import Series, Spec, Tables, decimals_of, own_series, rounded

PLACES = {
    "best": ("highest", "1", 2), "second": ("second-highest", "2", 3), "third": ("third-highest", "3", 5),
    "worst": ("lowest", "held", 2), "second_worst": ("second-lowest", "held - 1", 3),
    "third_worst": ("third-lowest", "held - 2", 5),
}  # fmt: skip
"""Word, position counted from the best, and how many members it asks for."""
COUNTS = {"n": ("held", "known", "true"), "up": ("up", "above zero", "p > 0"), "down": ("down", "below zero", "p < 0"),
          "flat": ("unchanged", "zero", "p = 0")}  # fmt: skip


def basis_of(segment: Segment, universe: Universe) -> Basis:
    """What the segment's own returns are made of."""
    if segment.kind is Kind.BASKET:
        return shared_basis([universe.segments[key] for key in segment.members], universe) or Basis.NONE
    series = own_series(segment)
    return series.basis if series else Basis.NONE


def shared_basis(segments: Sequence[Segment], universe: Universe) -> Basis | None:
    """Price returns if all have them of their own, else total returns if all have those, else nothing."""
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


def series_on(segment: Segment, basis: Basis) -> Series | None:
    """The raw column that gives a segment's returns on `basis`."""
    if basis is Basis.TOTAL:
        return Series(segment.total, "adj_close", basis) if segment.total else None
    return Series(segment.price, "close", basis) if segment.price else None


def of_pair(name: str, universe: Universe) -> Spec | None:
    """`a_minus_b_1d`, `a_minus_b_streak`, `a_minus_b` of yields, `a_over_b`."""
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


def _yields(name: str, first: Segment, second: Segment) -> Spec | None:
    if not (first.kind is second.kind is Kind.YIELD):
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
    """A basket's return over a horizon, in equal parts at its start, and the count of its members."""
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


def of_group(name: str, universe: Universe) -> Spec | None:
    """`sectors_best_1d`, `sectors_up_wtd`, `small_rank_in_benchmarks_1d` and their like."""
    stem, _, horizon = name.rpartition("_")
    if horizon not in HORIZONS or horizon in ("week", "month", "quarter", "year"):
        return None
    member, ranked, place_in = stem.partition("_rank_in_")
    for key, group in universe.groups.items():
        measure = stem.removeprefix(f"{key}_") if stem.startswith(f"{key}_") else ""
        basis = shared_basis([universe.segments[one] for one in group.members], universe)
        if basis is None:
            continue
        if ranked and place_in == key and member in group.members:
            return _place(name, group, horizon, basis, universe, member)
        made = _measure(group, measure, f"{basis.value} {horizon_words(horizon)}")
        if made:
            unit, label, formula, value = made
            shown = basis if unit in (Unit.PERCENT, Unit.POINTS) else Basis.NONE
            words = group.members if unit is Unit.NAME else ()

            def sql(tables: Tables, group: Group = group, basis: Basis = basis, value: str = value) -> str:
                ranking = _ranking(tables, group, horizon, basis)
                return f"SELECT s.n, g.v FROM sessions s LEFT JOIN (SELECT n, {value} AS v FROM {ranking} GROUP BY n) g USING (n)"

            figures = _returns(group, basis, horizon, universe)
            return Spec(name, unit, shown, label, formula, sql, decimals_of(unit), words, parts=figures)
    return None


def _measure(group: Group, measure: str, words: str) -> tuple[Unit, str, str, str] | None:
    """Unit, label, formula, and the aggregate over the ranking of one session."""
    one, many = group.one, group.many
    if measure in COUNTS:
        word, what, holds = COUNTS[measure]
        counted = f"count(*) FILTER (WHERE {holds})"
        return Unit.COUNT, f"{many} {word}, {words}", f"count of {many} whose printed {words} is {what}", counted
    if measure == "spread":
        label, formula = (
            f"highest less lowest {words} among the {many}",
            f"highest printed {words} among the {many} less the lowest",
        )
        return Unit.POINTS, label, formula, f"CASE WHEN count(*) >= 2 THEN {rounded('(max(p) - min(p))', 2)} / 100 END"
    if measure == "mean":
        formula = f"mean of the {words} of the {many} held, each counted alike"
        return Unit.PERCENT, f"mean {words} of the {many}", formula, "CASE WHEN count(*) >= 2 THEN avg(v) END"
    key = measure.removesuffix("_return")
    if key not in PLACES:
        return None
    word, position, least = PLACES[key]
    whose, at = f"{one} with the {word} {words}", f"FILTER (WHERE position = {position} AND held >= {least})"
    if key == measure:
        return Unit.NAME, whose, whose, f"max(i) {at}"
    return Unit.PERCENT, f"{word} {words} among the {many}", f"{words} of the {whose}", f"max(v) {at}"


def _place(name: str, group: Group, horizon: str, basis: Basis, universe: Universe, member: str) -> Spec:
    words = f"{basis.value} {horizon_words(horizon)}"

    def sql(tables: Tables) -> str:
        mine = f"i = {group.members.index(member)} AND held >= 2"
        ranking = _ranking(tables, group, horizon, basis)
        return f"SELECT s.n, g.place AS v FROM sessions s LEFT JOIN (SELECT n, place FROM {ranking} WHERE {mine}) g USING (n)"

    label = f"{universe.segments[member].short}, rank among the {group.many} by {words}"
    formula = f"one more than the count of {group.many} with a higher printed {words}"
    figures = _returns(group, basis, horizon, universe)
    return Spec(name, Unit.COUNT, Basis.NONE, label, formula, sql, 0, parts=figures)


def _returns(group: Group, basis: Basis, horizon: str, universe: Universe) -> tuple[str, ...]:
    return tuple(return_of(universe.segments[key], basis, horizon, universe) for key in group.members)


def _ranking(tables: Tables, group: Group, horizon: str, basis: Basis) -> str:
    """A row per session and member that has a return: place (ties share one), position (ties in the group's order)."""
    universe = tables.universe

    def make(name: str) -> None:
        names = _returns(group, basis, horizon, universe)
        parts = (
            f"SELECT n, {i} AS i, v, p FROM {tables.table(figure)} WHERE p IS NOT NULL"
            for i, figure in enumerate(names)
        )
        tables.run(
            f"CREATE TABLE {name} AS SELECT *, rank() OVER (PARTITION BY n ORDER BY p DESC) AS place, "
            "row_number() OVER (PARTITION BY n ORDER BY p DESC, i) AS position, count(*) OVER (PARTITION BY n) AS held "
            f"FROM ({' UNION ALL '.join(parts)})"
        )

    return tables.once(f"{group.key} {horizon}", make)
