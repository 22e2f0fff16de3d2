"""SQL over whole weeks: a week's own figure, the days that made it, and the side kept from week to week."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generator.model import Basis, Unit
from generator.verification.figures.of_segments import runs
from generator.verification.figures.spec import Spec, Tables, dated

ENDS = "week <> date_trunc('week', following)"
"""A session after which another week begins."""
_SIZED = (Unit.PERCENT, Unit.POINTS, Unit.BASIS_POINTS, Unit.VOLATILITY)
_OF_THE_WEEK = "SELECT n, min(n) OVER (PARTITION BY week) AS a, n AS b FROM sessions"

Named = Callable[[str], Spec | None]


def of_week(name: str, named: Named) -> Spec | None:
    """The figure if it is like `a_return_week`, `a_return_week_best_day` or `a_minus_b_3m_week_streak`, else None."""
    stem, week, tail = name.rpartition("_week")
    if not stem or not week:
        return None
    if not tail:
        of = named(f"{stem}_wtd")
        return _whole(name, of) if of else None
    if tail in ("_best_1d", "_best_day", "_worst_1d", "_worst_day", "_up_days", "_down_days"):
        of = named(f"{stem}_1d")
        return _of_days(name, of, tail) if of and of.unit in _SIZED else None
    if tail in ("_streak", "_last_so", "_turns_ytd"):
        of = named(stem) or named(f"{stem}_wtd")
        return _of_sides(name, of, tail) if of and of.unit in _SIZED else None
    return None


def _whole(name: str, of: Spec) -> Spec:
    def sql(tables: Tables) -> str:
        value = f"CASE WHEN {ENDS} THEN t.v END"
        return f"SELECT s.n, {value} AS v FROM sessions s JOIN {tables.table(of.name)} t USING (n)"

    return replace(
        of,
        name=name,
        label=f"{of.label}, a whole week",
        formula=f"{of.formula}; on the last session of a week alone",
        sql=sql,
        series=(),
        suffix="week",
        parts=(of.name,),
        reached="",
        behind=None,
    )


def _of_days(name: str, of: Spec, tail: str) -> Spec:
    """The best or worst session of the week so far, or how many were above or below zero."""
    _, which, what = tail.split("_")
    high = which in ("best", "up")
    pick, side, lies = ("max", "high", "above") if high else ("min", "low", "below")
    order = "p DESC, m" if high else "p, m"

    def sql(tables: Tables) -> str:
        table = tables.table(of.name)
        pairs = (
            f"SELECT a.n, b.n AS m, t.v, t.p FROM sessions a JOIN sessions b ON b.week = a.week AND b.n <= a.n "
            f"JOIN {table} t ON t.n = b.n"
        )
        whole = "min(m) > 0 AND count(p) = count(*)"
        if what == "days":
            value = f"count(*) FILTER (WHERE p {'>' if high else '<'} 0)"
            return f"SELECT n, CASE WHEN {whole} THEN {value} END AS v FROM ({pairs}) GROUP BY n"
        ranked = f"SELECT n, m, v, p, row_number() OVER (PARTITION BY n ORDER BY {order}) AS place FROM ({pairs})"
        best = f"{pick}(CASE WHEN place = 1 THEN {dated('m') if what == 'day' else 'v'} END)"
        return f"SELECT n, CASE WHEN {whole} THEN {best} END AS v FROM ({ranked}) GROUP BY n"

    parts: dict[str, object] = {"name": name, "sql": sql, "series": (), "suffix": "days of a week",
                                "parts": (of.name,), "reached": _OF_THE_WEEK, "behind": None}  # fmt: skip
    if what == "days":
        label = f"{of.label}, sessions of the week to date {lies} zero"
        formula = f"count of the sessions of the week up to this one that are {lies} zero: {of.formula}"
        return replace(of, unit=Unit.COUNT, basis=Basis.NONE, decimals=0, label=label, formula=formula, **parts)  # type: ignore[arg-type]
    extreme = f"{side}est of the sessions of the week up to this one: {of.formula}"
    if what == "1d":
        return replace(of, label=f"{of.label}, {side}est of the week to date", formula=extreme, **parts)  # type: ignore[arg-type]
    label = f"{of.label}, session of the week to date with the {side}est"
    formula = f"session of the {extreme}"
    return replace(of, unit=Unit.DATE, basis=Basis.NONE, decimals=0, label=label, formula=formula, **parts)  # type: ignore[arg-type]


def _weekly(tables: Tables, of: Spec) -> str:
    """A table `(k, n, year, p)` of the figure on the last session of each week, counted by `k`."""

    def make(table: str) -> None:
        tables.run(
            f"CREATE TABLE {table} AS SELECT row_number() OVER (ORDER BY s.n) - 1 AS k, s.n, s.year, t.p "
            f"FROM sessions s JOIN {tables.table(of.name)} t USING (n) WHERE {ENDS} ORDER BY s.n"
        )

    return tables.once(f"weeks of {of.name}", make)


def _runs(tables: Tables, of: Spec) -> str:
    """A table `(k, n, s, v)`: each week's sign, and the signed length of the run of weeks that ends on it."""

    def make(table: str) -> None:
        weekly = _weekly(tables, of)
        lengths = runs(f"(SELECT k AS n, p FROM {weekly})")
        tables.run(
            f"CREATE TABLE {table} AS SELECT w.k, w.n, sign(w.p) AS s, r.v FROM {weekly} w "
            f"JOIN ({lengths}) r ON r.n = w.k ORDER BY w.k"
        )

    return tables.once(f"runs of weeks of {of.name}", make)


def _of_sides(name: str, of: Spec, tail: str) -> Spec:
    """The run of weeks on one side, the last week on that side before it, or the changes of side in the year."""
    on_all = "SELECT s.n, x.v FROM sessions s LEFT JOIN ({}) x USING (n)"

    def streak(tables: Tables) -> str:
        return on_all.format(f"SELECT n, v FROM {_runs(tables, of)}")

    def last_so(tables: Tables) -> str:
        table = _runs(tables, of)
        # The week before the run, and the last one of the run's sign up to it with no week missing between.
        seen = (
            f"SELECT k, max(CASE WHEN s > 0 THEN k END) OVER w AS up, max(CASE WHEN s < 0 THEN k END) OVER w AS down, "
            f"max(CASE WHEN s IS NULL THEN k END) OVER w AS gone FROM {table} "
            "WINDOW w AS (ORDER BY k ROWS UNBOUNDED PRECEDING)"
        )
        spot = "CASE WHEN r.s > 0 THEN b.up WHEN r.s < 0 THEN b.down END"
        found = (
            f"SELECT r.n, CASE WHEN b.gone IS NULL OR b.gone < {spot} THEN {spot} END AS spot FROM {table} r "
            f"JOIN ({seen}) b ON b.k = r.k - abs(r.v) WHERE r.v <> 0"
        )
        return on_all.format(f"SELECT f.n, {dated('t.n')} AS v FROM ({found}) f JOIN {table} t ON t.k = f.spot")

    def turns(tables: Tables) -> str:
        sided = f"SELECT k, s, lag(s) OVER (ORDER BY k) AS before FROM {_runs(tables, of)} WHERE s <> 0"
        weeks = (
            f"SELECT w.k, w.n, w.year, w.p, (t.s <> t.before) IS TRUE AS turned FROM {_weekly(tables, of)} w "
            f"LEFT JOIN ({sided}) t USING (k)"
        )
        year = "(PARTITION BY year ORDER BY k)"
        counts = (
            f"SELECT n, year, k, count(*) FILTER (WHERE turned) OVER {year} AS v, "
            f"count(p) OVER {year} = count(*) OVER {year} AS held, min(k) OVER {year} AS first FROM ({weeks})"
        )
        before = f"SELECT k + 1 AS first, p IS NOT NULL AS known FROM {_weekly(tables, of)}"
        value = "CASE WHEN c.held AND b.known THEN c.v END"
        return on_all.format(f"SELECT c.n, {value} AS v FROM ({counts}) c JOIN ({before}) b USING (first)")

    words = {
        "_streak": (
            "weeks in a row above zero (above zero) or below (below)",
            "count of ends of weeks in a row up to this one on which it has this one's sign",
        ),
        "_last_so": (
            "last week of its sign before the present run",
            "last end of a week before the present run of them on which it had this one's sign",
        ),
        "_turns_ytd": (
            "changes of sign from week to week in the year to date",
            "count of ends of weeks of the calendar year, up to this one, on which its sign is not that of the last "
            "end of a week on which it had one",
        ),
    }
    label, formula = words[tail]
    sql = {"_streak": streak, "_last_so": last_so, "_turns_ytd": turns}[tail]
    before = f"SELECT n, year, lag(n) OVER (ORDER BY n) AS prior FROM sessions WHERE {ENDS}"
    reached = f"SELECT n, first_value(prior) OVER (PARTITION BY year ORDER BY n) AS a, n AS b FROM ({before})"
    return replace(
        of,
        name=name,
        unit=Unit.DATE if tail == "_last_so" else Unit.COUNT,
        basis=Basis.NONE,
        decimals=0,
        label=f"{of.label}, {label}",
        formula=f"{formula}: {of.formula}",
        sql=sql,
        series=(),
        suffix=f"week{tail}",
        parts=(of.name,),
        reached=reached if tail == "_turns_ytd" else "",
        behind=None,
    )
