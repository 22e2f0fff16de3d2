"""SQL over the sides of a gap at the ends of periods: how often it lay above or below zero."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.model import Basis, Unit
from generator.verification.figures.period_ends import at_ends
from generator.verification.figures.prices import SPOKEN
from generator.verification.figures.spec import EARLIER, Query, Spec, Tables

TEN = 10
_RECENT = re.compile(r"_(ahead|behind)_of_([1-9]\d)(_with_(\w+))?")
_BEFORE = re.compile(r"_((ahead|behind)_share|(ahead|behind)_count|cases)(_on_(\w+)_(up|down)_([1-9]\d?))?")
_ON_ALL = "SELECT s.n, x.v FROM sessions s LEFT JOIN ({}) x USING (n)"

Named = Callable[[str], Spec | None]


def counted(name: str, of: Spec, stem: str, period: str, tail: str, named: Named) -> Spec | None:
    """The figure if it counts how often the gap `of` lay on a side at the ends of periods, else None."""
    if "_minus_" not in stem:
        return None
    if tail in ("_repeat_share", "_repeat_cases"):
        return _repeats(name, of, period, tail == "_repeat_share")
    if found := _RECENT.fullmatch(tail):
        other = named(f"{found[4]}_minus_{of.name.split('_minus_', 1)[1]}") if found[3] else None
        if found[3] and other is None:
            return None
        return _recent(name, [of, other] if other else [of], period, found[1], int(found[2]))
    found = _BEFORE.fullmatch(tail)
    if not found:
        return None
    move = named(f"{found[5]}_return_{period[0]}td") if found[4] else None
    if found[4] and move is None:
        return None
    size = int(found[7] or 0) * (1 if found[6] == "up" else -1)
    return _before(name, of, period, (found[2] or found[3] or "", found[1].endswith("_share")), (move, size))


def _joined(tables: Tables, specs: Sequence[Spec], period: str) -> str:
    """A query `(k, n, p0, p1)` of one or two figures at the ends of periods."""
    names = [at_ends(tables, spec, period) for spec in (*specs, specs[0])]
    return f"SELECT a.k, a.n, a.p AS p0, b.p AS p1 FROM {names[0]} a JOIN {names[1]} b USING (k)"


def _recent(name: str, specs: Sequence[Spec], period: str, side: str, length: int) -> Spec:
    spoken, lies, sign = SPOKEN.get(period, period), _lies(side), ">" if side == "ahead" else "<"
    over = f"(ORDER BY k ROWS BETWEEN {length - 1} PRECEDING AND CURRENT ROW)"

    def sql(tables: Tables) -> str:
        held = f"count(*) FILTER (WHERE p0 IS NOT NULL AND p1 IS NOT NULL) OVER {over} = {length}"
        both = f"count(*) FILTER (WHERE p0 {sign} 0 AND p1 {sign} 0) OVER {over}"
        return _ON_ALL.format(
            f"SELECT n, CASE WHEN {held} THEN {both} END AS v FROM ({_joined(tables, specs, period)})"
        )

    label = f"of the last {length} {spoken}s those {lies} zero"
    formula = f"count of the last {length} {spoken}s, this one included, at whose end it is {lies} zero"
    if len(specs) > 1:
        label, formula = f"{label}, as was {specs[1].label}", f"{formula}, and so is: {specs[1].formula}"
    reached = f"SELECT n, lag(n, {length - 1}) OVER (ORDER BY n) AS a, n AS b FROM {{}}"
    return _made(name, specs, period, (label, formula), sql, reached)


def _before(name: str, of: Spec, period: str, what: tuple[str, bool], on: tuple[Spec | None, int]) -> Spec:
    """How many of the earlier periods, or which share of them; `on` is a move of a size that they had."""
    (side, share), (move, size), spoken = what, on, SPOKEN.get(period, period)
    which = f"earlier {spoken}s"
    if move:
        which += f" in which the printed {move.label} is {size} or {'more' if size > 0 else 'less'}"
    lies = f" at whose end it is {_lies(side)} zero" if side else ""
    label = f"{'share' if share else 'count'} of {which}" + (f" that were {_lies(side)} zero" if side else "")
    formula = f"count of {which}{lies}"
    if share:
        formula += f", divided by that of all; absent for fewer than {TEN}"
    mine = f"p1 {'>=' if size > 0 else '<='} {size}" if move else "true"
    led = f"{mine} AND p0 {'>' if side == 'ahead' else '<'} 0" if side else mine

    def sql(tables: Tables) -> str:
        both = _joined(tables, [of, move] if move else [of], period)
        began = f"(SELECT min(k) FROM ({both}) WHERE p0 IS NOT NULL)"
        earlier = EARLIER.replace("ORDER BY n", "ORDER BY k")
        sums = (
            f"SELECT k, n, count(*) FILTER (WHERE {mine}) OVER {earlier} AS cases, "
            f"count(*) FILTER (WHERE {led}) OVER {earlier} AS led, "
            f"count(*) FILTER (WHERE p0 IS NULL OR p1 IS NULL) OVER {earlier} AS gone "
            f"FROM ({both}) WHERE k >= {began}"
        )
        value = f"CASE WHEN cases >= {TEN} THEN led / cases END" if share else "led"
        return _ON_ALL.format(f"SELECT n, CASE WHEN gone = 0 AND k > {began} THEN {value} END AS v FROM ({sums})")

    reached = "SELECT n, $ AS a, lag(n) OVER (ORDER BY n) AS b FROM {}"
    return _made(name, [of, *([move] if move else [])], period, (label, formula), sql, reached, share=share)


def _repeats(name: str, of: Spec, period: str, share: bool) -> Spec:
    """Of the earlier periods with the sign of this one how many there were, or how often the next one had it again."""
    spoken = SPOKEN.get(period, period)
    which = f"earlier {spoken}s at whose end it has this one's sign"

    def sql(tables: Tables) -> str:
        signs = (
            f"SELECT k, n, sign(p) AS s, lead(sign(p)) OVER (ORDER BY k) AS later FROM {at_ends(tables, of, period)}"
        )
        first = f"(SELECT min(k) FROM ({signs}) WHERE s IS NOT NULL)"
        value = "count(*) FILTER (WHERE b.later = b.s) / count(*)" if share else "count(*)"
        broken = f"(SELECT coalesce(min(k), 1000000) FROM ({signs}) WHERE s IS NULL AND k >= {first})"
        rows = f"({signs}) a JOIN ({signs}) b ON b.k < a.k AND b.s = a.s WHERE a.s <> 0 AND a.k < {broken}"
        return _ON_ALL.format(f"SELECT a.n, CASE WHEN count(*) >= {TEN} THEN {value} END AS v FROM {rows} GROUP BY a.n")

    told = f"share of {which} after which the next one had it too" if share else f"count of {which}"
    formula = f"count of {which} and at the next one's end again, divided by that of all" if share else told
    words = told, f"{formula}; absent for fewer than {TEN}"
    return _made(name, [of], period, words, sql, "SELECT n, $ AS a, n AS b FROM {}", share=share)


def _lies(side: str) -> str:
    return "above" if side == "ahead" else "below"


def _made(
    name: str,
    specs: Sequence[Spec],
    period: str,
    words: tuple[str, str],
    sql: Query,
    reached: str,
    *,
    share: bool = False,
) -> Spec:
    """The figure; in `reached`, `{}` is the table of the gap at the ends of periods, `$` the first row with a value."""
    of = specs[0]
    table = f'"{period} ends of {of.name}"'
    return replace(
        of,
        name=name,
        unit=Unit.PERCENT if share else Unit.COUNT,
        basis=Basis.NONE,
        decimals=0,
        label=f"{of.label}, {words[0]}",
        formula=f"{words[1]}: {of.formula}",
        sql=sql,
        series=(),
        suffix=f"counted by the {period}",
        parts=tuple(spec.name for spec in specs),
        reached=reached.format(table).replace("$", f"(SELECT min(n) FROM {table} WHERE p IS NOT NULL)"),
        behind=None,
    )
