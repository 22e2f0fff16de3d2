"""SQL over the gaps of two segments: on how many sessions one led or lagged, of all or of those that rose or fell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.model import Basis, Kind, Segment, Unit, Universe
from generator.verification.figures.of_segments import horizon_words
from generator.verification.figures.of_several import return_of, shared_basis
from generator.verification.figures.spec import Spec, Tables, window

TEN = 10
_BESIDE = re.compile(r"(\w+)_(ahead_share_on_(\w+)_up|behind_share_on_(\w+)_down)_(ytd|prior_10y)")
_COUNTED = re.compile(r"(\w+)_behind_(\w+)_count_63d")
_ON_YIELD = re.compile(r"(\w+)_behind_(\w+)_share_on_(\w+)_(up|down)_63d")
_WORDS = {"ytd": horizon_words("ytd"), "63d": horizon_words("63d"), "prior_10y": "in the ten years before"}
_QUARTER = window(63)
_STRETCHES = {"ytd": "(PARTITION BY year ORDER BY n)", "63d": _QUARTER}


def of_leads(name: str, universe: Universe) -> Spec | None:
    """The figure if it is like `a_ahead_share_on_b_up_ytd` or `a_behind_b_count_63d`, else None."""
    segments = universe.segments
    if found := _BESIDE.fullmatch(name):
        first, second = (segments.get(key) for key in (found[1], found[3] or found[4]))
        basis = _basis(first, second, universe)
        if first and second and basis:
            moving = return_of(second, basis, "1d", universe)
            rising = found[3] is not None
            what = f"printed {basis.value} of {second.short}"
            return _share(name, (first, second), basis, (moving, second.short, what), (rising, rising), found[5])
    elif found := _COUNTED.fullmatch(name):
        first, second = segments.get(found[1]), segments.get(found[2])
        basis = _basis(first, second, universe)
        if first and second and basis:
            return _count(name, first, second, basis)
    elif found := _ON_YIELD.fullmatch(name):
        first, second, other = (segments.get(found[at]) for at in (1, 2, 3))
        basis = _basis(first, second, universe)
        if first and second and basis and other and other.kind is Kind.YIELD:
            on = (f"{other.key}_change_1d", other.short, f"printed change of {other.short}")
            return _share(name, (first, second), basis, on, (False, found[4] == "up"), "63d")
    return None


def _basis(first: Segment | None, second: Segment | None, universe: Universe) -> Basis | None:
    if first is None or second is None or first is second:
        return None
    return shared_basis((first, second), universe)


def _count(name: str, first: Segment, second: Segment, basis: Basis) -> Spec:
    gap = f"{first.key}_minus_{second.key}_1d"

    def sql(tables: Tables) -> str:
        lags = f"count(*) FILTER (WHERE p < 0) OVER {_QUARTER}"
        return f"SELECT n, CASE WHEN count(p) OVER {_QUARTER} = 63 THEN {lags} END AS v FROM {tables.table(gap)}"

    label, formula = (f"{words}, {_WORDS['63d']}" for words in _said(first, second, basis, ahead=False))
    return Spec(
        name, Unit.COUNT, Basis.NONE, label, formula, sql, 0, suffix="63d", parts=(gap,), reached=_reached("63d")
    )


def _said(first: Segment, second: Segment, basis: Basis, *, ahead: bool) -> tuple[str, str]:
    """Label and formula of the sessions on which the first segment did better or worse."""
    label = f"sessions on which {first.short} did {'better' if ahead else 'worse'} than {second.short}"
    gap = f"the gap in {basis.value}, {first.short} less {second.short},"
    return label, f"count of sessions on which {gap} is {'above' if ahead else 'below'} zero"


def _share(
    name: str, pair: tuple[Segment, Segment], basis: Basis, on: tuple[str, str, str], signs: tuple[bool, bool], key: str
) -> Spec:
    """A share of the sessions on which `on` (figure, short name, words) moved; `signs`: whether ahead, whether up."""
    moving, short, what = on
    ahead, up = signs
    gap = f"{pair[0].key}_minus_{pair[1].key}_1d"
    of_yield = moving.endswith("_change_1d")
    label, formula = _said(*pair, basis, ahead=ahead)
    above = "above" if up else "below"

    def sql(tables: Tables) -> str:
        rows = (
            f"SELECT s.n, s.year, g.p AS gap, (m.p {'>' if up else '<'} 0) IS TRUE AS mine, "
            f"(m.p {'<' if up else '>'} 0) IS TRUE AS others, (g.p {'>' if ahead else '<'} 0) IS TRUE AS led "
            f"FROM sessions s JOIN {tables.table(gap)} g USING (n) JOIN {tables.table(moving)} m USING (n)"
        )
        counts = _ten_years(rows) if key == "prior_10y" else _running(rows, key)
        enough = f"least(mine, others) >= {TEN}" if of_yield else f"mine >= {TEN}"
        return f"SELECT n, CASE WHEN whole AND {enough} THEN led / mine END AS v FROM ({counts})"

    return Spec(
        name,
        Unit.PERCENT,
        Basis.NONE,
        f"share of {label}, of those on which {short} {'rose' if up else 'fell'}, {_WORDS[key]}",
        f"{formula}, divided by the count of all, both on sessions on which the {what} is {above} zero, {_WORDS[key]}; "
        f"absent for fewer than {TEN}{' of either sign' if of_yield else ''}",
        sql,
        0,
        suffix=key,
        parts=(gap, moving) if of_yield else (gap,),
        reached=_reached(key),
    )


_SUMS: Mapping[str, str] = {
    "mine": "count(*) FILTER (WHERE mine)",
    "others": "count(*) FILTER (WHERE others)",
    "led": "count(*) FILTER (WHERE mine AND led)",
}


def _running(rows: str, key: str) -> str:
    """The counts over the sessions of the year so far, or over the last 63; the session before them has to be held."""
    over = _STRETCHES[key]
    whole = f"count(gap) OVER {over} = count(*) OVER {over} AND min(n) OVER {over} > 0"
    if key == "63d":
        whole += f" AND count(*) OVER {over} = 63"
    sums = ", ".join(f"{what} OVER {over} AS {name}" for name, what in _SUMS.items())
    return f"SELECT n, {sums}, {whole} AS whole FROM ({rows})"


def _ten_years(rows: str) -> str:
    """The counts over the ten calendar years before; the session before the first of them has to be held."""
    sums = ", ".join(f"{what} AS {name}" for name, what in _SUMS.items())
    years = (
        f"SELECT year(year) AS y, {sums}, bool_and(gap IS NOT NULL) AND min(n) > 0 AS whole FROM ({rows}) GROUP BY year"
    )
    frame = f"(ORDER BY y RANGE BETWEEN {TEN} PRECEDING AND 1 PRECEDING)"
    totals = ", ".join(f"sum({name}) OVER {frame} AS {name}" for name in _SUMS)
    whole = f"count(*) OVER {frame} = {TEN} AND bool_and(whole) OVER {frame}"
    decades = f"SELECT y, {totals}, {whole} AS whole FROM ({years})"
    return f"SELECT s.n, d.* FROM sessions s JOIN ({decades}) d ON d.y = year(s.day)"


def _reached(key: str) -> str:
    """A query for `(n, a, b)`: the first and the last row counted."""
    if key == "63d":
        return "SELECT n, n - 62 AS a, n AS b FROM sessions"
    if key == "ytd":
        return "SELECT n, min(n) OVER (PARTITION BY year) AS a, n AS b FROM sessions"
    years = "SELECT year, min(n) AS a FROM sessions GROUP BY year"
    return (
        f"SELECT s.n, f.a, o.a - 1 AS b FROM sessions s JOIN ({years}) o ON o.year = s.year "
        f"LEFT JOIN ({years}) f ON f.year = s.year - INTERVAL {TEN} YEAR"
    )
