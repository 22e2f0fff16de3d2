"""SQL for the best days and the rallies of the year to date, and for what a rally has given back."""

from __future__ import annotations

import re

from generator.model import Basis, Unit, Universe
from generator.verification.figures.spec import Spec, Tables, window

MEMORY, BEST, APART, LENGTH = 756, 7, 20, 5
_GIVEN_BACK = re.compile(r"rally([123])_given_back")
_NTH = {"1": "sharpest", "2": "second-sharpest", "3": "third-sharpest"}


def of_rally(name: str, universe: Universe) -> Spec | None:
    """The figure if it is `a_rallies_ytd` or `rally1_given_back`, else None."""
    if len(universe.core) < 2:
        return None
    first, second = (universe.segments[key] for key in universe.core[:2])
    five, ratio = f"{first.key}_return_5d", f"{first.key}_over_{second.key}"
    if name == f"{first.key}_rallies_ytd":

        def counted(tables: Tables) -> str:
            counts = f"SELECT n, count(m) AS v FROM {rallies(tables, five)} GROUP BY n"
            return f"SELECT s.n, x.v FROM sessions s LEFT JOIN ({counts}) x USING (n)"

        words = "whose gain over five sessions is among the best 1% of 756 and the highest within 20 sessions"
        return Spec(
            name, Unit.COUNT, Basis.NONE, f"{first.short}, rallies in the year to date",
            f"count of sessions of the year to date {words}", counted, 0, suffix="anchored", parts=(five,),
            reached="SELECT n, min(n) OVER (PARTITION BY year), n FROM sessions",
        )  # fmt: skip
    if found := _GIVEN_BACK.fullmatch(name):
        place = found[1]

        def given(tables: Tables) -> str:
            table = tables.table(ratio)
            rows = f"SELECT n, m, peak FROM {peaks(tables, five, ratio)} WHERE place = {place}"
            value = "(b.v - c.v) / CASE WHEN b.v > a.v THEN b.v - a.v END"
            return (
                f"SELECT s.n, {value} AS v FROM sessions s LEFT JOIN ({rows}) r USING (n) "
                f"LEFT JOIN {table} a ON a.n = r.m - {LENGTH} LEFT JOIN {table} b ON b.n = r.peak "
                f"LEFT JOIN {table} c ON c.n = s.n"
            )

        formula = (
            f"fall of {first.short} relative to {second.short} from its peak since the {_NTH[place]} rally of the year "
            "to date, divided by its rise to that peak from the session five before the end of the rally"
        )
        return Spec(
            name, Unit.PERCENT, Basis.NONE, f"share of the lead of the year's {_NTH[place]} rally that was given back",
            formula, given, 0, suffix="anchored", parts=(ratio,),
            reached=f'SELECT n, m - {LENGTH}, peak, n FROM "peaks of {five}" WHERE place = {place}',
        )  # fmt: skip
    return None


def jumps(tables: Tables, day: str) -> str:
    """A table `(n, place, m)`: for each session the three best days of its year so far, of two alike the earlier."""

    def query() -> str:
        pairs = (
            f"SELECT a.n, b.n AS m, t.p FROM sessions a JOIN sessions b ON b.year = a.year AND b.n <= a.n "
            f"JOIN {tables.table(day)} t ON t.n = b.n"
        )
        over = "OVER (PARTITION BY n)"
        ranked = (
            f"SELECT n, m, row_number() OVER (PARTITION BY n ORDER BY p DESC, m) AS place, "
            f"min(m) {over} > 0 AND count(p) {over} = count(*) {over} AS whole FROM ({pairs})"
        )
        return f"SELECT n, place, m FROM ({ranked}) WHERE whole AND place <= 3"

    return tables.once(f"jumps of {day}", query)


def rallies(tables: Tables, five: str) -> str:
    """A table `(n, place, m)` of the year's rallies so far, sharpest first; one row without `m` where there is none."""

    def query() -> str:
        gains = f"(SELECT n, year, p FROM {tables.table(five)} JOIN sessions USING (n))"
        known = (
            f"SELECT n, year FROM (SELECT n, year, count(p) OVER {window(MEMORY)} AS held, "
            f"min(n) OVER (PARTITION BY year) AS opens FROM {gains}) WHERE held = {MEMORY} AND opens > 0"
        )
        before = f"max(p) OVER (ORDER BY n ROWS BETWEEN {APART} PRECEDING AND 1 PRECEDING)"
        tops = f"SELECT n AS m, year, p FROM (SELECT n, year, p, {before} AS b FROM {gains}) WHERE p > b AND p >= 0.01"
        beaten = (
            f"SELECT t.m, min(g.n) AS until FROM ({tops}) t JOIN {gains} g "
            f"ON g.n > t.m AND g.n <= t.m + {APART} AND g.p > t.p GROUP BY t.m"
        )
        pairs = (
            f"SELECT k.n, t.m, t.p FROM ({known}) k JOIN ({tops}) t ON t.year = k.year AND t.m <= k.n "
            f"LEFT JOIN ({beaten}) b ON b.m = t.m WHERE b.until IS NULL OR b.until > k.n"
        )
        among = (
            f"SELECT x.n, x.m, x.p FROM ({pairs}) x LEFT JOIN {gains} g "
            f"ON g.n > x.n - {MEMORY} AND g.n <= x.n AND g.p > x.p GROUP BY ALL HAVING count(g.n) < {BEST}"
        )
        ranked = f"SELECT n, m, row_number() OVER (PARTITION BY n ORDER BY p DESC, m) AS place FROM ({among})"
        return f"SELECT k.n, coalesce(r.place, 1) AS place, r.m FROM ({known}) k LEFT JOIN ({ranked}) r USING (n)"

    return tables.once(f"rallies of {five}", query)


def peaks(tables: Tables, five: str, ratio: str) -> str:
    """A table `(n, place, m, peak)`: the row of the highest ratio since each rally, the first of several."""

    def query() -> str:
        since = (
            f"SELECT r.n, r.place, r.m, t.n AS k, t.v FROM {rallies(tables, five)} r "
            f"JOIN {tables.table(ratio)} t ON t.n >= r.m AND t.n <= r.n WHERE r.place <= 3"
        )
        over = "OVER (PARTITION BY n, place)"
        best = f"SELECT *, max(v) {over} AS top, count(v) {over} = count(*) {over} AS whole FROM ({since})"
        return f"SELECT n, place, m, min(k) AS peak FROM ({best}) WHERE whole AND v = top GROUP BY n, place, m"

    return tables.once(f"peaks of {five}", query)
