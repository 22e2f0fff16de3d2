"""SQL for the longest cycle of interest rates after all of whose changes one side of the market led."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model import Basis, Fact, Unit, Universe
from generator.verification.figures.spec import Spec, Tables
from generator.verification.figures.studies import SETS, Study, happened

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


def of_cluster(name: str, universe: Universe, facts: Sequence[Fact]) -> Spec | None:
    """The figure if it is like `policy_cuts_cluster` or `policy_rises_cluster_from`, else None."""
    found = _CLUSTER.fullmatch(name)
    if not found or len(universe.core) < 2:
        return None
    which, what = found.groups()
    unit, label, formula, column = _CLUSTERS[what]
    gap = f"{universe.core[0]}_minus_{universe.core[1]}_252d"
    study = Study(gap, 252, which, "", universe, facts)
    words = SETS[which][0]

    def sql(tables: Tables) -> str:
        value = f"CASE WHEN c.size > 0 THEN c.{column} END"
        return f"SELECT s.n, {value} AS v FROM sessions s ASOF LEFT JOIN {clusters(tables, study)} c ON s.n >= c.n"

    reached = f'SELECT s.n, c.a, c.b FROM sessions s ASOF LEFT JOIN "clusters of {which}" c ON s.n >= c.n'
    return Spec(
        name, unit, Basis.NONE, f"{words}, {label}", f"{formula.format(words)} {_CYCLE}", sql, 0,
        suffix="events", parts=(gap,), reached=reached,
    )  # fmt: skip


def clusters(tables: Tables, study: Study) -> str:
    """A table `(n, cycle, size, led, began, ended, a, b)`: the cluster from a session on; size 0 if there is none."""

    def query() -> str:
        core = study.universe.core
        gap = tables.table(f"{core[0]}_minus_{core[1]}_252d")
        last = "(SELECT max(n) FROM sessions)"
        events = (
            f"SELECT e.k, e.cycle, e.spot, e.spot + 252 AS done, sign(t.p) AS s FROM ({happened(tables, study)}) e "
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
