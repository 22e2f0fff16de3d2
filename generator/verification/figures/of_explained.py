"""SQL for what explains a gap of years: the share that another choice closes or removes, and pairs of sectors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model import Basis, Segment, Unit, Universe
from generator.verification.figures.of_segments import horizon_words
from generator.verification.figures.of_several import basis_of, return_of, series_on, shared_basis
from generator.verification.figures.spec import Spec, Tables

_PART = re.compile(r"(\w+)_gap_(closed|removed)_(3y|10y)")
_MATCH = re.compile(r"(\w+)_to_match_(\w+)_(3y|10y)")
_PAIRS = re.compile(r"(\w+)_(behind|beside)_(\w+)_(3y|10y)")


def of_explained(name: str, universe: Universe) -> Spec | None:
    """The figure if it is like `a_gap_closed_10y`, `a_to_match_b_10y` or `some_behind_others_10y`, else None."""
    if (found := _PART.fullmatch(name)) and found[1] in universe.segments:
        return _part(name, universe.segments[found[1]], found[2] == "closed", found[3], universe)
    if found := _MATCH.fullmatch(name):
        pair = [universe.segments[key] for key in (found[1], found[2]) if key in universe.segments]
        return _match(name, pair, found[3], universe) if len(pair) == 2 else None
    found = _PAIRS.fullmatch(name)
    if found and found[1] in universe.groups and found[3] in universe.groups:
        return _pairs(name, (found[1], found[3]), found[2] == "behind", found[4], universe)
    return None


def _part(name: str, segment: Segment, closed: bool, horizon: str, universe: Universe) -> Spec | None:
    small, large = (universe.segments[key] for key in (*universe.core, *universe.core)[:2])
    three = (small, large, segment)
    if len({one.key for one in three}) < 3 or not all(series_on(one, Basis.TOTAL) for one in three):
        return None
    figures = tuple(return_of(one, Basis.TOTAL, horizon, universe) for one in three)
    above = "x.v - a.v" if closed else "b.v - x.v"

    def sql(tables: Tables) -> str:
        a, b, x = (tables.table(figure) for figure in figures)
        value = f"CASE WHEN b.v > a.v THEN ({above}) / (b.v - a.v) END"
        return f"SELECT a.n, {value} AS v FROM {a} a JOIN {b} b ON b.n = a.n JOIN {x} x ON x.n = a.n"

    words, done = horizon_words(horizon), "closed" if closed else "removed"
    part = (segment, small) if closed else (large, segment)
    formula = (
        f"total return of {part[0].short} less that of {part[1].short}, divided by total return of {large.short} less "
        f"that of {small.short}, {words}; absent unless that is above zero"
    )
    label = f"{segment.short}, share {done} of the gap between {small.short} and {large.short} {words}"
    return Spec(name, Unit.PERCENT, Basis.NONE, label, formula, sql, 0, parts=figures)


def _match(name: str, pair: Sequence[Segment], horizon: str, universe: Universe) -> Spec | None:
    basis = shared_basis(pair, universe)
    if basis is None or any(basis_of(one, universe) is not basis for one in pair):
        return None
    figures = tuple(return_of(one, basis, horizon, universe) for one in pair)

    def sql(tables: Tables) -> str:
        one, other = (tables.table(figure) for figure in figures)
        rise = "(1 + b.v) / nullif(1 + a.v, 0) - 1"
        return f"SELECT a.n, CASE WHEN {rise} > 0 THEN {rise} END AS v FROM {one} a JOIN {other} b ON b.n = a.n"

    words, (first, second) = horizon_words(horizon), pair
    formula = (
        f"one more than the {basis.value} of {second.short} divided by one more than that of {first.short}, less one, "
        f"{words}; absent unless above zero"
    )
    label = f"{first.short}, rise that would match the {basis.value} of {second.short} {words}"
    return Spec(name, Unit.PERCENT, basis, label, formula, sql, 2, parts=figures)


def _pairs(name: str, keys: tuple[str, str], behind: bool, horizon: str, universe: Universe) -> Spec | None:
    first, second = (universe.groups[key] for key in keys)
    pairs = [(one, other) for one in first.members for other in second.members if one.endswith(f"_{other}")]
    segments = [universe.segments[key] for pair in pairs for key in pair]
    basis = shared_basis(segments, universe) if segments else None
    if basis is None:
        return None
    figures = tuple(return_of(one, basis, horizon, universe) for one in segments)

    def sql(tables: Tables) -> str:
        sides = [tables.table(figure) for figure in figures]
        rows = " UNION ALL ".join(
            f"SELECT a.n, a.p AS one, b.p AS other FROM {a} a JOIN {b} b ON b.n = a.n"
            for a, b in zip(sides[::2], sides[1::2], strict=True)
        )
        what = "count(*) FILTER (WHERE one < other)" if behind else "count(*)"
        held = "count(one) = count(*) AND count(other) = count(*)"
        return f"SELECT n, CASE WHEN {held} THEN {what} END AS v FROM ({rows}) GROUP BY n"

    words = horizon_words(horizon)
    what = "members that did worse than the other's of the same name" if behind else "pairs of their members"
    formula = f"count of {what} by printed {basis.value} {words}; absent unless all are held"
    label = f"{first.many} beside {second.many}, {what} {words}"
    return Spec(name, Unit.COUNT, Basis.NONE, label, formula, sql, 0, parts=figures)
