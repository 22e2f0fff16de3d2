"""Which events a study counts, and the value of a figure after each, by SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Fact, Universe
from generator.verification.figures.of_policy import decisions, peaks
from generator.verification.figures.of_several import return_of, shared_basis
from generator.verification.figures.spec import Tables

SETS = {
    "cuts": ("cuts", "step = 'lowered'"),
    "rises": ("rises", "step = 'raised'"),
    "holds": ("decisions without a change", "step = 'left unchanged'"),
    "first_cuts": ("first cuts of a cycle", "step = 'lowered' AND nth = 1"),
    "first_rises": ("first rises of a cycle", "step = 'raised' AND nth = 1"),
    "emergency_cuts": ("cuts between meetings", "step = 'lowered' AND NOT planned"),
    "decisions": ("decisions on interest rates", "true"),
    "sessions": ("all sessions since the first decision on record", ""),
}


@dataclass(frozen=True, slots=True)
class Study:
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


def happened(tables: Tables, study: Study) -> str:
    """SQL for `(k, day, cycle, spot)`: every event of the set that lies in the history."""
    table = decisions(tables, study.facts)
    if study.which == "sessions":
        before = f"EXISTS (FROM {table} WHERE day < (SELECT min(day) FROM sessions))"
        begins = f"CASE WHEN {before} THEN 0 ELSE (SELECT min(n) FROM {table}) END"
        return f"SELECT n AS k, day, NULL AS cycle, n AS spot FROM sessions WHERE n >= {begins}"
    return f"SELECT k, day, cycle, n AS spot FROM {table} WHERE n IS NOT NULL AND {SETS[study.which][1]}"


def _exact(tables: Tables, study: Study) -> str:
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


def members(tables: Tables, study: Study) -> str:
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
        f"{until} AS until, t.v, t.p, x.exact FROM ({happened(tables, study)}) e "
        f"JOIN {tables.table(study.of)} t ON t.n = e.spot + {study.span} "
        f"JOIN ({_exact(tables, study)}) x ON x.n = t.n {joined}) "
        "WHERE v IS NOT NULL AND since IS NOT NULL AND since <= (SELECT max(n) FROM sessions)"
    )
