"""SQL over the month-ends, or sessions, on which a gap was above zero: how often, when last, and in runs how long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generator.model import Basis, Unit
from generator.verification.figures.spec import Spec, Tables, dated

KEPT = 12
_COUNTED = {"_monthly_": "month-ends", "_daily_": "sessions"}
_OF_SESSIONS = ("n", "share", "last")
_SO_FAR = "(ORDER BY k ROWS UNBOUNDED PRECEDING)"
_BEFORE = "(ORDER BY k ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
_LONG = f"{KEPT} {{}} or more in a row above zero"
_WORDS = {
    "n": (Unit.COUNT, "{} counted", "count of {} to date with a value"),
    "share": (Unit.PERCENT, "share of {} above zero", "share of {} to date with a value on which it is above zero"),
    "last": (Unit.DATE, "last of the {} above zero", "last of the {} to date on which it is above zero"),
    "worst": (Unit.DATE, "lowest of the {}", "first of the {} to date on which it is lowest"),
    "spell": (Unit.COUNT, "{} in a row above zero (above zero) or below (below)",
              "count of {} in a row, up to the last, on which it has the sign of the last"),
    "spell_rank": (Unit.COUNT, "rank of the present run of {} among those of its sign",
                   "one more than the count of earlier runs of {} of that sign that were as long or longer"),
    "leads": (Unit.COUNT, f"runs of {_LONG}", f"count of runs of {_LONG}"),
    "leads_first": (Unit.DATE, f"beginning of the first run of {_LONG}", f"first of the first run of {_LONG}"),
    "leads_last": (Unit.DATE, f"last of the last run of {_LONG}", f"last of the last run of {_LONG}"),
}  # fmt: skip

Named = Callable[[str], Spec | None]


def of_spell(name: str, named: Named) -> Spec | None:
    """The figure if it is like `a_minus_b_10y_monthly_share`, else None."""
    for axis, counted in _COUNTED.items():
        stem, found, tail = name.rpartition(axis)
        if not found or tail not in _WORDS or (axis == "_daily_" and tail not in _OF_SESSIONS):
            continue
        of = named(stem)
        return _spec(name, of, axis, counted, tail) if of and of.unit in (Unit.PERCENT, Unit.POINTS) else None
    return None


def _spec(name: str, of: Spec, axis: str, counted: str, tail: str) -> Spec:
    unit, label, formula = _WORDS[tail]

    def sql(tables: Tables) -> str:
        table = _axis(tables, of, axis)
        known = "CASE WHEN t.seen > 0 THEN x.v END"
        told = f"SELECT x.n, {known} AS v FROM ({_value(table, tail)}) x JOIN {table} t USING (n)"
        return f"SELECT s.n, e.v FROM sessions s ASOF LEFT JOIN ({told}) e ON s.n >= e.n"

    first = f'(SELECT min(n) FROM "{_named(of, axis)}" WHERE p IS NOT NULL)'
    reached = f'SELECT s.n, {first}, e.n FROM sessions s ASOF LEFT JOIN "{_named(of, axis)}" e ON s.n >= e.n'
    return replace(
        of, name=name, unit=unit, basis=Basis.NONE, decimals=0, label=f"{of.label}, {label.format(counted)}",
        formula=f"{formula.format(counted)}: {of.formula}", sql=sql, series=(), suffix="spell", parts=(of.name,),
        reached=reached, behind=None,
    )  # fmt: skip


def _named(of: Spec, axis: str) -> str:
    return f"{axis.strip('_')} {of.name}"


def _axis(tables: Tables, of: Spec, axis: str) -> str:
    """A table `(k, n, p, seen, s, began)`: the values counted, how many so far, each sign, and where its run began."""

    def query() -> str:
        on = "s.month <> date_trunc('month', s.following)" if axis == "_monthly_" else "TRUE"
        rows = (
            f"SELECT row_number() OVER (ORDER BY s.n) - 1 AS k, s.n, t.p, sign(t.p) AS s FROM sessions s "
            f"JOIN {tables.table(of.name)} t USING (n) WHERE {on}"
        )
        turned = f"SELECT *, s IS NULL OR s IS DISTINCT FROM lag(s) OVER (ORDER BY k) AS turns FROM ({rows})"
        return (
            f"SELECT k, n, p, s, count(p) OVER {_SO_FAR} AS seen, "
            f"max(CASE WHEN turns THEN k END) OVER {_SO_FAR} AS began FROM ({turned}) ORDER BY k"
        )

    return tables.once(_named(of, axis), query)


def _value(table: str, tail: str) -> str:
    """A query for `(n, v)` on the sessions counted."""
    length, kept = "k - began + 1", f"s > 0 AND k - began + 1 >= {KEPT}"
    if tail == "spell_rank":
        ended = f"SELECT began, s, count(*) AS size FROM {table} WHERE s <> 0 GROUP BY began, s"
        return (
            f"SELECT a.n, CASE WHEN a.s <> 0 THEN 1 + count(r.size) END AS v FROM {table} a LEFT JOIN ({ended}) r "
            f"ON r.s = a.s AND r.began < a.began AND r.size >= a.k - a.began + 1 GROUP BY a.n, a.s"
        )
    if tail == "leads_first":
        first = f"SELECT n, min(CASE WHEN {kept} THEN began END) OVER {_SO_FAR} AS spot FROM {table}"
        return f"SELECT f.n, {dated('t.n')} AS v FROM ({first}) f LEFT JOIN {table} t ON t.k = f.spot"
    lowest = f"CASE WHEN p < coalesce(min(p) OVER {_BEFORE}, 'inf'::DOUBLE) THEN n END"
    value = {
        "n": f"count(p) OVER {_SO_FAR}",
        "share": f"count(*) FILTER (WHERE p > 0) OVER {_SO_FAR} / nullif(count(p) OVER {_SO_FAR}, 0)",
        "last": f"max(CASE WHEN p > 0 THEN n END) OVER {_SO_FAR}",
        "worst": "max(low) OVER (ORDER BY k ROWS UNBOUNDED PRECEDING)",
        "spell": f"s * ({length})",
        "leads": f"count(*) FILTER (WHERE s > 0 AND {length} = {KEPT}) OVER {_SO_FAR}",
        "leads_last": f"max(CASE WHEN {kept} THEN n END) OVER {_SO_FAR}",
    }[tail]
    rows = f"(SELECT *, {lowest} AS low FROM {table})" if tail == "worst" else table
    made = f"SELECT n, {value} AS v FROM {rows}"
    return f"SELECT n, {dated('v')} AS v FROM ({made})" if _WORDS[tail][0] is Unit.DATE else made
