"""SQL for event studies: what followed decisions on interest rates, or some of them, and what is usual."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from generator.model import Basis, Fact, Unit, Universe
from generator.verification.figures.of_policy import decisions, peaks, places_of
from generator.verification.figures.of_several import return_of, shared_basis
from generator.verification.figures.spec import Spec, Tables

_SETS = {
    "cuts": ("cuts", "step = 'lowered'"),
    "rises": ("rises", "step = 'raised'"),
    "holds": ("decisions without a change", "step = 'left unchanged'"),
    "first_cuts": ("first cuts of a cycle", "step = 'lowered' AND nth = 1"),
    "first_rises": ("first rises of a cycle", "step = 'raised' AND nth = 1"),
    "emergency_cuts": ("cuts between meetings", "step = 'lowered' AND NOT planned"),
    "decisions": ("decisions on interest rates", "true"),
    "sessions": ("all sessions since the first decision on record", ""),
}
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
    rf"(\w+?)_(after|at)_({'|'.join(_SETS)})((?:_in_(?:gains|losses|recession|expansion)|_elsewhere)?)_"
    r"(n|above_share|above|below|mean|median|most|least|last|[1-9]\d?)"
)
_CLUSTER = re.compile(r"policy_(cuts|rises)_cluster(|_led|_from|_to)")
_CLUSTERS = {
    "": (Unit.COUNT, "changes in the longest cycle of one sign", "count of the {} of", "size"),
    "_led": (
        Unit.FLAG,
        "sign of the longest cycle of one sign",
        "whether the gaps are above zero after the {} of",
        "led",
    ),
    "_from": (Unit.DATE, "first change in the longest cycle of one sign", "session of the first of the {} of", "began"),
    "_to": (Unit.DATE, "last change in the longest cycle of one sign", "session of the last of the {} of", "ended"),
}
_CYCLE = (
    "the longest cycle of five or more after all of which the gap of the core indices over 252 sessions had one sign, "
    "of those known by then"
)

Named = Callable[[str], Spec | None]


@dataclass(frozen=True, slots=True)
class _Study:
    """A figure, the sessions between an event and its value, and which events count."""

    of: str
    span: int
    which: str
    within: str
    universe: Universe
    facts: Sequence[Fact]

    @property
    def later(self) -> int:
        """Sessions from an event until its value may be told: on its own day it is no earlier one."""
        return self.span or 1


def of_events(name: str, universe: Universe, facts: Sequence[Fact], named: Named) -> Spec | None:
    """The figure if it is like `a_minus_b_252d_after_cuts_median` or `policy_cuts_cluster`, else None."""
    if found := _CLUSTER.fullmatch(name):
        return _of_cluster(name, found[1], found[2], universe, facts)
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
    study = _Study(found[1], int(ending[1]) if ending and way == "after" else 0, which, within, universe, facts)
    if what.isdigit():
        return _numbered(name, of, study, int(what))
    words, formula, unit, value = _ANSWERS[what]
    key = f"study {name}"

    def sql(tables: Tables) -> str:
        return f"SELECT n, v FROM {tables.once(key, lambda: _answered(tables, study, value))}"

    spec = _worded(name, of, study, words, formula, unit)
    return replace(spec, sql=sql, reached=f'SELECT n, a, b FROM "{key}"')


def _worded(name: str, of: Spec, study: _Study, words: str, formula: str, unit: Unit | None) -> Spec:
    core = study.universe.core
    second = study.universe.segments[core[1]].short if len(core) > 1 else ""
    events = _SETS[study.which][0] + _WITHIN[study.within].format(second=second)
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


def _happened(tables: Tables, study: _Study) -> str:
    """SQL for `(k, day, cycle, spot)`: every event of the set that lies in the history."""
    table = decisions(tables, study.facts)
    if study.which == "sessions":
        before = f"EXISTS (FROM {table} WHERE day < (SELECT min(day) FROM sessions))"
        begins = f"CASE WHEN {before} THEN 0 ELSE (SELECT min(n) FROM {table}) END"
        return f"SELECT n AS k, day, NULL AS cycle, n AS spot FROM sessions WHERE n >= {begins}"
    return f"SELECT k, day, cycle, n AS spot FROM {table} WHERE n IS NOT NULL AND {_SETS[study.which][1]}"


def _exact(tables: Tables, study: _Study) -> str:
    """SQL for `(n, exact)`: the figure before rounding; a gap is that of the two returns themselves."""
    first, minus, rest = study.of.partition("_minus_")
    segments = study.universe.segments
    second = segments.get(rest.removesuffix(f"_{study.span}d"))
    if minus and first in segments and second and study.span:
        basis = shared_basis((segments[first], second), study.universe)
        assert basis is not None  # or there were no such gap
        names = (return_of(one, basis, f"{study.span}d", study.universe) for one in (segments[first], second))
        one, other = map(tables.table, names)
        return f"SELECT n, a.v - b.v AS exact FROM {one} a JOIN {other} b USING (n)"
    return f"SELECT n, v AS exact FROM {tables.table(study.of)}"


def _members(tables: Tables, study: _Study) -> str:
    """SQL for `(k, cycle, spot, done, since, until, v, p, exact)` of each event with a value.

    It counts from the session `since` until before `until`.
    """
    since, until, joined = f"e.spot + {study.later}", "NULL::BIGINT", ""
    if study.within in ("_in_gains", "_in_losses"):
        move = tables.table(f"{study.universe.core[1]}_return_{study.span}d")
        joined = f"JOIN {move} m ON m.n = e.spot + {study.span} AND m.p {'>' if 'gains' in study.within else '<'} 0"
    if study.within in ("_in_recession", "_in_expansion"):
        listed = ", ".join(f"(DATE '{day}', DATE '{public}')" for day, public in peaks(study.facts))
        listed = f"(VALUES {listed})" if listed else "(SELECT DATE '1900-01-01', DATE '1900-01-01' WHERE false)"
        announced = (
            f"(SELECT min(s.n) FROM sessions s, {listed} AS q(peak, public) "
            "WHERE q.peak > e.day AND q.peak <= e.day + INTERVAL 1 YEAR AND s.day >= q.public)"
        )
        if study.within == "_in_recession":
            since = f"CASE WHEN {announced} IS NOT NULL THEN greatest({since}, {announced}) END"
        else:
            later = "(SELECT min(s.n) FROM sessions s WHERE s.day >= e.day + INTERVAL 2 YEAR)"
            since, until = f"CASE WHEN {later} IS NOT NULL THEN greatest({since}, {later}) END", announced
    return (
        f"SELECT * FROM (SELECT e.k, e.cycle, e.spot, e.spot + {study.span} AS done, {since} AS since, "
        f"{until} AS until, t.v, t.p, x.exact FROM ({_happened(tables, study)}) e "
        f"JOIN {tables.table(study.of)} t ON t.n = e.spot + {study.span} "
        f"JOIN ({_exact(tables, study)}) x ON x.n = t.n {joined}) "
        "WHERE v IS NOT NULL AND since IS NOT NULL AND since <= (SELECT max(n) FROM sessions)"
    )


def _answered(tables: Tables, study: _Study, value: str) -> str:
    """SQL for `(n, v, a, b)`: the answer on each session, and the first and the last row that it rests on."""
    if study.which == "sessions":
        over = "OVER (ORDER BY n ROWS UNBOUNDED PRECEDING)"
        running = re.sub(r"(count\(\*\)(?: FILTER \([^)]*\))?|avg\(exact\))", rf"\1 {over}", value)
        first = f"(SELECT min(spot) + {study.span} FROM ({_happened(tables, study)}))"
        made = f"SELECT done AS n, v, p, exact FROM ({_members(tables, study)})"
        return (
            f"SELECT s.n, x.v, {first} AS a, s.n AS b FROM sessions s ASOF LEFT JOIN "
            f"(SELECT n, {running} AS v FROM ({made})) x ON s.n >= x.n ORDER BY s.n"
        )
    key = f"members {study.of} {study.span} {study.which}{study.within}"
    members = tables.once(key, lambda: _members(tables, study))
    steps = f"SELECT since AS n FROM {members} UNION SELECT until FROM {members} WHERE until IS NOT NULL"
    among = f"{members} e ON e.since <= s.n AND (e.until IS NULL OR e.until > s.n)"
    if study.within == "_elsewhere":
        clusters = _clusters(tables, study)
        steps = (
            f"SELECT q.n, c.cycle AS cluster FROM ({steps} UNION SELECT n FROM {clusters}) q "
            f"ASOF LEFT JOIN {clusters} c ON q.n >= c.n"
        )
        among += " AND e.cycle <> s.cluster"
    return (
        f"WITH s AS ({steps}), "
        f"x AS (SELECT s.n, {value} AS v, min(e.done) AS a, max(e.done) AS b FROM s JOIN {among} GROUP BY s.n), "
        "y AS (SELECT s.n, x.v, x.a, x.b FROM s LEFT JOIN x USING (n)) "
        "SELECT o.n, y.v, y.a, y.b FROM sessions o ASOF LEFT JOIN y ON o.n >= y.n ORDER BY o.n"
    )


def _numbered(name: str, of: Spec, study: _Study, number: int) -> Spec:
    test = _SETS[study.which][1] or "true"

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


# --- the cluster ----------------------------------------------------------------------------------


def _clusters(tables: Tables, study: _Study) -> str:
    """A table `(n, cycle, size, led, began, ended, a, b)`: the cluster from a session on; size 0 if there is none."""

    def query() -> str:
        core = study.universe.core
        gap = tables.table(f"{core[0]}_minus_{core[1]}_252d")
        last = "(SELECT max(n) FROM sessions)"
        events = (
            f"SELECT e.k, e.cycle, e.spot, e.spot + 252 AS done, sign(t.p) AS s FROM ({_happened(tables, study)}) e "
            f"LEFT JOIN {gap} t ON t.n = e.spot + 252 WHERE e.spot + 252 <= {last}"
        )
        alike = "count(*) >= 5 AND count(s) = count(*) AND abs(sum(s)) = count(*)"
        return (
            f"WITH v AS ({events}), d AS (SELECT DISTINCT done AS n FROM v), "
            f"c AS (SELECT d.n, v.cycle, count(*) AS size, min(s) > 0 AS led, min(v.spot) AS a, max(v.spot) AS b "
            f"FROM d JOIN v ON v.done <= d.n GROUP BY d.n, v.cycle HAVING {alike}), "
            "r AS (SELECT *, row_number() OVER (PARTITION BY n ORDER BY size DESC, cycle) AS place FROM c), "
            "o AS (SELECT d.n, r.cycle, coalesce(r.size, 0) AS size, r.led, r.a, r.b FROM d "
            "LEFT JOIN (FROM r WHERE place = 1) r USING (n)) "
            "SELECT o.n, o.cycle, o.size, o.led::INT AS led, epoch(f.day)::BIGINT // 86400 AS began, "
            "epoch(t.day)::BIGINT // 86400 AS ended, o.a + 252 AS a, o.b + 252 AS b FROM o "
            "LEFT JOIN sessions f ON f.n = o.a LEFT JOIN sessions t ON t.n = o.b ORDER BY o.n"
        )

    return tables.once(f"clusters of {study.which}", query)


def _of_cluster(name: str, which: str, what: str, universe: Universe, facts: Sequence[Fact]) -> Spec | None:
    if len(universe.core) < 2:
        return None
    unit, label, formula, column = _CLUSTERS[what]
    gap = f"{universe.core[0]}_minus_{universe.core[1]}_252d"
    study = _Study(gap, 252, which, "", universe, facts)
    words = _SETS[which][0]

    def sql(tables: Tables) -> str:
        value = f"CASE WHEN c.size > 0 THEN c.{column} END"
        return f"SELECT s.n, {value} AS v FROM sessions s ASOF LEFT JOIN {_clusters(tables, study)} c ON s.n >= c.n"

    reached = f'SELECT s.n, c.a, c.b FROM sessions s ASOF LEFT JOIN "clusters of {which}" c ON s.n >= c.n'
    return Spec(
        name, unit, Basis.NONE, f"{words}, {label}", f"{formula.format(words)} {_CYCLE}", sql, 0,
        suffix="events", parts=(gap,), reached=reached,
    )  # fmt: skip
