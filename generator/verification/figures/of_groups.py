"""SQL over the returns of a group's members: which led, which trailed, how many rose, and by how much."""

from __future__ import annotations

from datetime import date

from generator.model import Basis, Group, Segment, Unit, Universe
from generator.verification.figures.of_segments import horizon_words
from generator.verification.figures.of_several import return_of, shared_basis
from generator.verification.figures.prices import HORIZONS
from generator.verification.figures.spec import Spec, Tables, decimals_of, rounded

PLACES = {
    "best": ("highest", "1", 2), "second": ("second-highest", "2", 3), "third": ("third-highest", "3", 5),
    "worst": ("lowest", "held", 2), "second_worst": ("second-lowest", "held - 1", 3),
    "third_worst": ("third-lowest", "held - 2", 5),
}  # fmt: skip
"""Word, position counted from the best, and the least number of members."""
COUNTS = {"n": ("held", "known", "true"), "up": ("up", "above zero", "p > 0"), "down": ("down", "below zero", "p < 0"),
          "flat": ("unchanged", "zero", "p = 0")}  # fmt: skip


def of_group(name: str, universe: Universe) -> Spec | None:
    """The figure if it is one like `sectors_best_1d`, `sectors_up_wtd` or `small_rank_in_benchmarks_1d`, else None."""
    stem, _, horizon = name.rpartition("_")
    if horizon not in HORIZONS:
        return None
    member, ranked, place_in = stem.partition("_rank_in_")
    for key, group in universe.groups.items():
        measure = stem.removeprefix(f"{key}_") if stem.startswith(f"{key}_") else ""
        basis = shared_basis([universe.segments[one] for one in group.members], universe)
        if not group.members:
            basis = Basis.TOTAL
        if basis is None:
            continue
        if ranked and place_in == key and member in group.members:
            return _place(name, group, horizon, basis, universe, member)
        beside = universe.segments.get(measure.removeprefix("ahead_of_")) if measure.startswith("ahead_of_") else None
        if beside and beside.key not in group.members:
            return _ahead_of(name, group, horizon, beside, universe)
        made = _measure(group, measure, f"{basis.value} {horizon_words(horizon)}")
        if made:
            unit, label, formula, value = made
            shown = basis if unit in (Unit.PERCENT, Unit.POINTS) else Basis.NONE
            words = group.members if unit is Unit.NAME else ()

            def sql(
                tables: Tables, group: Group = group, basis: Basis = basis, value: str = value, measure: str = measure
            ) -> str:
                # A group with gaps still has a count of members held, but no leader and no count of those that rose.
                if not group.members:
                    return "SELECT n, NULL::DOUBLE AS v FROM sessions"
                ranking = _ranking(tables, group, horizon, basis, whole=measure != "n")
                found = f"(SELECT n, {value} AS v FROM {ranking} GROUP BY n)"
                return f"SELECT s.n, g.v FROM sessions s LEFT JOIN {found} g USING (n)"

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
        formula = f"mean of the {words} of the {many}, each counted alike"
        return Unit.PERCENT, f"mean {words} of the {many}", formula, "CASE WHEN count(*) >= 2 THEN avg(v) END"
    key = measure.removesuffix("_return")
    if key not in PLACES:
        return None
    word, position, least = PLACES[key]
    whose, at = (
        f"{one} with the {word} {words}",
        f"FILTER (WHERE position = {position} AND held >= {least} AND sharing = 1)",
    )
    if key == measure:
        return Unit.NAME, whose, whose, f"max(i) {at}"
    return Unit.PERCENT, f"{word} {words} among the {many}", f"{words} of the {whose}", f"max(v) {at}"


def _place(name: str, group: Group, horizon: str, basis: Basis, universe: Universe, member: str) -> Spec:
    words = f"{basis.value} {horizon_words(horizon)}"

    def sql(tables: Tables) -> str:
        mine = f"i = {group.members.index(member)} AND held >= 2"
        ranking = _ranking(tables, group, horizon, basis, whole=True)
        found = f"(SELECT n, place FROM {ranking} WHERE {mine})"
        return f"SELECT s.n, g.place AS v FROM sessions s LEFT JOIN {found} g USING (n)"

    label = f"{universe.segments[member].short}, rank among the {group.many} by {words}"
    formula = f"one more than the count of {group.many} with a higher printed {words}"
    figures = _returns(group, basis, horizon, universe)
    return Spec(name, Unit.COUNT, Basis.NONE, label, formula, sql, 0, parts=figures)


def _ahead_of(name: str, group: Group, horizon: str, beside: Segment, universe: Universe) -> Spec | None:
    """The count of members that did better than a segment outside the group."""
    basis = shared_basis([beside, *(universe.segments[one] for one in group.members)], universe)
    if basis is None or basis is not shared_basis([universe.segments[one] for one in group.members], universe):
        return None
    words, other = f"{basis.value} {horizon_words(horizon)}", return_of(beside, basis, horizon, universe)

    def sql(tables: Tables) -> str:
        ranking = _ranking(tables, group, horizon, basis, whole=True)
        rows = f"{ranking} r JOIN {tables.table(other)} o USING (n) WHERE o.p IS NOT NULL"
        found = f"(SELECT n, count(*) FILTER (WHERE r.p > o.p) AS v FROM {rows} GROUP BY n)"
        return f"SELECT s.n, g.v FROM sessions s LEFT JOIN {found} g USING (n)"

    label = f"{group.many} ahead of {beside.short}, {words}"
    formula = f"count of {group.many} whose printed {words} is above that of {beside.short}"
    parts = (*_returns(group, basis, horizon, universe), other)
    return Spec(name, Unit.COUNT, Basis.NONE, label, formula, sql, 0, parts=parts)


def _returns(group: Group, basis: Basis, horizon: str, universe: Universe) -> tuple[str, ...]:
    return tuple(return_of(universe.segments[key], basis, horizon, universe) for key in group.members)


def _ranking(tables: Tables, group: Group, horizon: str, basis: Basis, *, whole: bool) -> str:
    """A row per session and member with a return: place (ties share one) and position (ties in the group's order).

    If `whole`, only sessions on which every member that had begun by then has a return.
    """
    universe = tables.universe

    def every() -> str:
        names = _returns(group, basis, horizon, universe)
        parts = (
            f"SELECT n, {i} AS i, v, p FROM {tables.table(figure)} WHERE p IS NOT NULL"
            for i, figure in enumerate(names)
        )
        return (
            "SELECT *, rank() OVER (PARTITION BY n ORDER BY p DESC) AS place, "
            "row_number() OVER (PARTITION BY n ORDER BY p DESC, i) AS position, "
            "count(*) OVER (PARTITION BY n) AS held, count(*) OVER (PARTITION BY n, p) AS sharing "
            f"FROM ({' UNION ALL '.join(parts)})"
        )

    def on_whole() -> str:
        begins = [f"DATE '{universe.segments[key].begins or date.min}'" for key in group.members]
        due = " + ".join(f"(s.day >= {first})::INT" for first in begins)
        there = f"count(*) FILTER (WHERE s.day >= [{', '.join(begins)}][r.i + 1])"
        held = f"SELECT n FROM {partly} r JOIN sessions s USING (n) GROUP BY n, s.day HAVING {there} = {due}"
        return f"SELECT * FROM {partly} WHERE n IN ({held})"

    partly = tables.once(f"{group.key} {horizon}", every)
    return tables.once(f"{group.key} {horizon}, whole", on_whole) if whole and not group.partly else partly
