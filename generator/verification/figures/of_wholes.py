"""SQL over whole weeks, months, quarters, half-years and years: a period's own figure, its days, the side kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from generator.model import Basis, Unit
from generator.verification.figures.of_segments import runs
from generator.verification.figures.of_whole_counts import counted
from generator.verification.figures.period_ends import at_ends, ends
from generator.verification.figures.prices import PERIODS, SPOKEN
from generator.verification.figures.spec import Spec, Tables, dated

_SIZED = (Unit.PERCENT, Unit.POINTS, Unit.BASIS_POINTS, Unit.VOLATILITY)

Named = Callable[[str], Spec | None]


def of_whole(name: str, named: Named) -> Spec | None:
    """The figure if it is like `a_return_week`, `a_return_week_best_day` or `a_minus_b_3m_week_streak`, else None."""
    for period in PERIODS:
        stem, between, tail = name.rpartition(f"_{period}")
        found = _of_period(name, stem, period, tail, named) if stem and between else None
        if found:
            return found
    return None


def _of_period(name: str, stem: str, period: str, tail: str, named: Named) -> Spec | None:
    if tail in ("", "_end"):
        of = named(stem if tail else f"{stem}_{period[0]}td")
        return _whole(name, of, period, "at the end of a" if tail else "a whole") if of else None
    if tail in ("_best_1d", "_best_day", "_worst_1d", "_worst_day", "_up_days", "_down_days"):
        of = named(f"{stem}_1d")
        return _of_days(name, of, period, tail) if of and of.unit in _SIZED else None
    of = named(stem) or named(f"{stem}_{period[0]}td")
    if of is None or of.unit not in _SIZED:
        return None
    if tail in ("_streak", "_last_so", "_turns_ytd"):
        return _of_sides(name, of, period, tail)
    return counted(name, of, stem, period, tail, named)


def _whole(name: str, of: Spec, period: str, what: str) -> Spec:
    spoken = SPOKEN.get(period, period)

    def sql(tables: Tables) -> str:
        value = f"CASE WHEN {ends(period)} THEN t.v END"
        return f"SELECT s.n, {value} AS v FROM sessions s JOIN {tables.table(of.name)} t USING (n)"

    return replace(
        of,
        name=name,
        label=f"{of.label}, {what} {spoken}",
        formula=f"{of.formula}; on the last session of a {spoken} alone",
        sql=sql,
        series=(),
        suffix="whole",
        parts=(of.name,),
        reached="",
        behind=None,
    )


def _of_days(name: str, of: Spec, period: str, tail: str) -> Spec:
    """The best or worst session of the period so far, or how many were above or below zero."""
    _, which, what = tail.split("_")
    spoken = SPOKEN.get(period, period)
    high = which in ("best", "up")
    pick, side, lies = ("max", "high", "above") if high else ("min", "low", "below")
    order = "p DESC, m" if high else "p, m"

    def sql(tables: Tables) -> str:
        table = tables.table(of.name)
        pairs = (
            f"SELECT a.n, b.n AS m, t.v, t.p FROM sessions a JOIN sessions b ON b.{period} = a.{period} AND b.n <= a.n "
            f"JOIN {table} t ON t.n = b.n"
        )
        whole = "min(m) > 0 AND count(p) = count(*)"
        if what == "days":
            value = f"count(*) FILTER (WHERE p {'>' if high else '<'} 0)"
            return f"SELECT n, CASE WHEN {whole} THEN {value} END AS v FROM ({pairs}) GROUP BY n"
        ranked = f"SELECT n, m, v, p, row_number() OVER (PARTITION BY n ORDER BY {order}) AS place FROM ({pairs})"
        best = f"{pick}(CASE WHEN place = 1 THEN {dated('m') if what == 'day' else 'v'} END)"
        return f"SELECT n, CASE WHEN {whole} THEN {best} END AS v FROM ({ranked}) GROUP BY n"

    reached = f"SELECT n, min(n) OVER (PARTITION BY {period}) AS a, n AS b FROM sessions"
    parts: dict[str, object] = {"name": name, "sql": sql, "series": (), "suffix": "days of a period",
                                "parts": (of.name,), "reached": reached, "behind": None}  # fmt: skip
    if what == "days":
        label = f"{of.label}, sessions of the {spoken} to date {lies} zero"
        formula = f"count of the sessions of the {spoken} up to this one that are {lies} zero: {of.formula}"
        return replace(of, unit=Unit.COUNT, basis=Basis.NONE, decimals=0, label=label, formula=formula, **parts)  # type: ignore[arg-type]
    extreme = f"{side}est of the sessions of the {spoken} up to this one: {of.formula}"
    if what == "1d":
        return replace(of, label=f"{of.label}, {side}est of the {spoken} to date", formula=extreme, **parts)  # type: ignore[arg-type]
    label = f"{of.label}, session of the {spoken} to date with the {side}est"
    formula = f"session of the {extreme}"
    return replace(of, unit=Unit.DATE, basis=Basis.NONE, decimals=0, label=label, formula=formula, **parts)  # type: ignore[arg-type]


def _runs(tables: Tables, of: Spec, period: str) -> str:
    """A table `(k, n, s, v)`: each period's sign, and the signed length of the run of periods that ends on it."""

    def query() -> str:
        values = at_ends(tables, of, period)
        lengths = runs(f"(SELECT k AS n, p FROM {values})")
        return f"SELECT w.k, w.n, sign(w.p) AS s, r.v FROM {values} w JOIN ({lengths}) r ON r.n = w.k ORDER BY w.k"

    return tables.once(f"runs at {period} ends of {of.name}", query)


_ON_ALL = "SELECT s.n, x.v FROM sessions s LEFT JOIN ({}) x USING (n)"


def _streak(of: Spec, period: str, tables: Tables) -> str:
    """The run of periods on one side."""
    return _ON_ALL.format(f"SELECT n, v FROM {_runs(tables, of, period)}")


def _last_so(of: Spec, period: str, tables: Tables) -> str:
    """The last period of the run's sign before the run."""
    table = _runs(tables, of, period)
    # The period before the run, and the last one of the run's sign up to it with none missing between.
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
    return _ON_ALL.format(f"SELECT f.n, {dated('t.n')} AS v FROM ({found}) f JOIN {table} t ON t.k = f.spot")


def _turns(of: Spec, period: str, tables: Tables) -> str:
    """The changes of side in the year to date."""
    sided = f"SELECT k, s, lag(s) OVER (ORDER BY k) AS before FROM {_runs(tables, of, period)} WHERE s <> 0"
    periods = (
        f"SELECT w.k, w.n, w.year, w.p, (t.s <> t.before) IS TRUE AS turned FROM {at_ends(tables, of, period)} w "
        f"LEFT JOIN ({sided}) t USING (k)"
    )
    year = "(PARTITION BY year ORDER BY k)"
    counts = (
        f"SELECT n, year, k, count(*) FILTER (WHERE turned) OVER {year} AS v, "
        f"count(p) OVER {year} = count(*) OVER {year} AS held, min(k) OVER {year} AS first FROM ({periods})"
    )
    before = f"SELECT k + 1 AS first, p IS NOT NULL AS known FROM {at_ends(tables, of, period)}"
    value = "CASE WHEN c.held AND b.known THEN c.v END"
    return _ON_ALL.format(f"SELECT c.n, {value} AS v FROM ({counts}) c JOIN ({before}) b USING (first)")


_SIDES = {"_streak": _streak, "_last_so": _last_so, "_turns_ytd": _turns}


def _words_of_sides(spoken: str) -> dict[str, tuple[str, str]]:
    """Label and formula of each."""
    return {
        "_streak": (
            f"{spoken}s in a row above zero (above zero) or below (below)",
            f"count of ends of {spoken}s in a row up to this one on which it has this one's sign",
        ),
        "_last_so": (
            f"last {spoken} of its sign before the present run",
            f"last end of a {spoken} before the present run of them on which it had this one's sign",
        ),
        "_turns_ytd": (
            f"changes of sign from {spoken} to {spoken} in the year to date",
            f"count of ends of {spoken}s of the calendar year, up to this one, on which its sign is not that of the "
            f"last end of a {spoken} on which it had one",
        ),
    }


def _of_sides(name: str, of: Spec, period: str, tail: str) -> Spec:
    """The run of periods on one side, the last one on that side before it, or the changes of side in the year."""
    label, formula = _words_of_sides(SPOKEN.get(period, period))[tail]
    before = f"SELECT n, year, lag(n) OVER (ORDER BY n) AS prior FROM sessions WHERE {ends(period)}"
    reached = f"SELECT n, first_value(prior) OVER (PARTITION BY year ORDER BY n) AS a, n AS b FROM ({before})"
    return replace(
        of,
        name=name,
        unit=Unit.DATE if tail == "_last_so" else Unit.COUNT,
        basis=Basis.NONE,
        decimals=0,
        label=f"{of.label}, {label}",
        formula=f"{formula}: {of.formula}",
        sql=partial(_SIDES[tail], of, period),
        series=(),
        suffix=f"{period}{tail}",
        parts=(of.name,),
        reached=reached if tail == "_turns_ytd" else "",
        behind=None,
    )
