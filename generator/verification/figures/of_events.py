"""SQL for event studies: what followed decisions on interest rates, or some of them, and what is usual."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.model import Basis, Fact, Unit, Universe
from generator.verification.figures.of_clusters import clusters
from generator.verification.figures.of_policy import decisions, places_of
from generator.verification.figures.spec import Spec, Tables
from generator.verification.figures.studies import SETS, Study, happened, members

_WITHIN = {
    "": "",
    "_in_gains": " with {second} above zero over the same span",
    "_in_losses": " with {second} below zero over the same span",
    "_in_recession": " within a year before the peak of an expansion",
    "_in_expansion": " without the peak of an expansion within a year",
    "_elsewhere": " outside the longest cycle of one sign",
}
_ANSWERS: dict[str, tuple[str, str, Unit | None, str]] = {
    "n": ("number", "count", Unit.COUNT, "count(*)"),
    "above": ("number above zero", "count of those above zero", Unit.COUNT, "count(*) FILTER (WHERE p > 0)"),
    "below": ("number below zero", "count of those below zero", Unit.COUNT, "count(*) FILTER (WHERE p < 0)"),
    "above_share": ("share above zero", "share of those above zero", Unit.PERCENT,
                    "count(*) FILTER (WHERE p > 0) / count(*)"),
    "mean": ("mean", "mean before rounding", None, "avg(exact)"),
    "median": ("median", "median before rounding", None, "median(exact)"),
    "most": ("highest", "highest", None, "max(v)"),
    "least": ("lowest", "lowest", None, "min(v)"),
    "last": ("newest", "newest", None, "arg_max(v, done)"),
}  # fmt: skip
_RUNNING = ("n", "above", "below", "above_share", "mean")
_NAME = re.compile(
    rf"(\w+?)_(after|at)_({'|'.join(SETS)})((?:_in_(?:gains|losses|recession|expansion)|_elsewhere)?)_"
    r"(n|above_share|above|below|mean|median|most|least|last|[1-9]\d?)"
)
Named = Callable[[str], Spec | None]


def of_events(name: str, universe: Universe, facts: Sequence[Fact], named: Named) -> Spec | None:
    """The figure if it is like `a_minus_b_252d_after_cuts_median`, else None."""
    found = _NAME.fullmatch(name)
    of = named(found[1]) if found else None
    if not found or not of or of.unit in (Unit.NAME, Unit.DATE, Unit.FLAG):
        return None
    _, way, which, within, what = found.groups()
    ending = re.search(r"_(21|63|126|252)d$", found[1])
    if (way == "after" and not ending) or (way == "at" and within):
        return None
    if which == "sessions" and (within or what not in _RUNNING):
        return None
    study = Study(found[1], int(ending[1]) if ending and way == "after" else 0, which, within, universe, facts)
    if what.isdigit():
        return _numbered(name, of, study, int(what))
    words, formula, unit, value = _ANSWERS[what]
    key = f"study {name}"

    def sql(tables: Tables) -> str:
        return f"SELECT n, v FROM {tables.once(key, lambda: _answered(tables, study, value))}"

    spec = _worded(name, of, study, words, formula, unit)
    return replace(spec, sql=sql, reached=f'SELECT n, a, b FROM "{key}"')


def _worded(name: str, of: Spec, study: Study, words: str, formula: str, unit: Unit | None) -> Spec:
    core = study.universe.core
    second = study.universe.segments[core[1]].short if len(core) > 1 else ""
    events = SETS[study.which][0] + _WITHIN[study.within].format(second=second)
    when = f"{study.span} sessions after" if study.span else "on the session of"
    return replace(
        of,
        name=name,
        unit=of.unit if unit is None else unit,
        basis=of.basis if unit is None else Basis.NONE,
        decimals=of.decimals if unit is None else places_of(unit),
        label=f"{of.label}, {words} {when} {events}",
        formula=f"{formula} {when} {events}, of those known by then: {of.formula}",
        series=(),
        suffix="events",
        parts=(study.of,),
        behind=None,
    )


def _answered(tables: Tables, study: Study, value: str) -> str:
    """SQL for `(n, v, a, b)`: the answer on each session, and the first and the last row that it rests on."""
    if study.which == "sessions":
        over = "OVER (ORDER BY n ROWS UNBOUNDED PRECEDING)"
        running = re.sub(r"(count\(\*\)(?: FILTER \([^)]*\))?|avg\(exact\))", rf"\1 {over}", value)
        first = f"(SELECT min(spot) + {study.span} FROM ({happened(tables, study)}))"
        made = f"SELECT done AS n, v, p, exact FROM ({members(tables, study)})"
        return (
            f"SELECT s.n, x.v, {first} AS a, s.n AS b FROM sessions s ASOF LEFT JOIN "
            f"(SELECT n, {running} AS v FROM ({made})) x ON s.n >= x.n ORDER BY s.n"
        )
    key = f"members {study.of} {study.span} {study.which}{study.within}"
    counted = tables.once(key, lambda: members(tables, study))
    steps = f"SELECT since AS n FROM {counted} UNION SELECT until FROM {counted} WHERE until IS NOT NULL"
    among = f"{counted} e ON e.since <= s.n AND (e.until IS NULL OR e.until > s.n)"
    if study.within == "_elsewhere":
        longest = clusters(tables, study)
        steps = (
            f"SELECT q.n, c.cycle AS cluster FROM ({steps} UNION SELECT n FROM {longest}) q "
            f"ASOF LEFT JOIN {longest} c ON q.n >= c.n"
        )
        among += " AND e.cycle <> s.cluster"
    return (
        f"WITH s AS ({steps}), "
        f"x AS (SELECT s.n, {value} AS v, min(e.done) AS a, max(e.done) AS b FROM s JOIN {among} GROUP BY s.n), "
        "y AS (SELECT s.n, x.v, x.a, x.b FROM s LEFT JOIN x USING (n)) "
        "SELECT o.n, y.v, y.a, y.b FROM sessions o ASOF LEFT JOIN y ON o.n >= y.n ORDER BY o.n"
    )


def _numbered(name: str, of: Spec, study: Study, number: int) -> Spec:
    test = SETS[study.which][1] or "true"

    def sql(tables: Tables) -> str:
        table = decisions(tables, study.facts)
        mine = f"(SELECT n FROM {table} WHERE {test} ORDER BY k LIMIT 1 OFFSET {number - 1})"
        value = f"(SELECT v FROM {tables.table(study.of)} WHERE n = {mine} + {study.span})"
        known = f"{mine} + {study.span or 1}"
        return f"SELECT n, CASE WHEN n >= {known} THEN {value} END AS v FROM sessions"

    reached = (
        f'SELECT s.n, d.spot AS a, d.spot AS b FROM sessions s, (SELECT n + {study.span} AS spot FROM "decisions" '
        f"WHERE {test} ORDER BY k LIMIT 1 OFFSET {number - 1}) d"
    )
    spec = _worded(name, of, study, f"number {number}", f"number {number} on record", None)
    return replace(spec, sql=sql, reached=reached)
