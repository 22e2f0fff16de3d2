"""A release's record as it stood on each day that brought a value, by SQL over raw vintages.

The record is rebuilt for each such day `x`: an as-of join takes for every period the value that had come out last, and
if values are revised it keeps only those still confirmed on that day.
"""

from __future__ import annotations

from generator.model import Every, Make, Release
from generator.verification.figures.spec import Tables

BACK = {Every.WEEK: "INTERVAL 7 DAY", Every.MONTH: "INTERVAL 1 MONTH", Every.QUARTER: "INTERVAL 3 MONTH"}
_YEAR = {Every.WEEK: "INTERVAL 364 DAY", Every.MONTH: "INTERVAL 1 YEAR", Every.QUARTER: "INTERVAL 1 YEAR"}
_FIT = {
    Every.WEEK: "(day - first) % 7 = 0",
    Every.MONTH: "day = date_trunc('month', day)",
    Every.QUARTER: "day = date_trunc('month', day) AND date_diff('month', date_trunc('month', first), day) % 3 = 0",
}


def told(tables: Tables, release: Release) -> str:
    """A table `(n, i)`: the publication in force on each session, NULL if there is none yet or it is out of date."""
    query = (
        f"SELECT s.n, CASE WHEN s.day < e.day + {release.lasts} THEN e.i END AS i "
        f"FROM sessions s ASOF LEFT JOIN {events(tables, release)} e ON s.day >= e.known ORDER BY s.n"
    )
    return _once(tables, release, "told", query)


def days_told(tables: Tables, release: Release) -> str:
    """A query for `(n, day, out)`: for each session, the period in force and the day on which its number came out."""
    return (
        f"SELECT t.n, e.day, e.out FROM {told(tables, release)} t "
        f"LEFT JOIN {events(tables, release)} e USING (i) ORDER BY t.n"
    )


def _rows(tables: Tables, release: Release) -> str:
    """The values on record, each with the day on which it came out; if one day brought several, the last."""
    owners = ", ".join(f"('{name}', {n}, {name in release.published})" for n, name in enumerate(release.behind))
    return _once(
        tables,
        release,
        "rows",
        f"SELECT * FROM (SELECT o.*, b.final, b.owner, min(day) OVER () AS first FROM observations o "
        f"JOIN (VALUES {owners}) b(series, owner, final) USING (series) WHERE seen IS NOT NULL) "
        f"WHERE {_FIT[release.every]} "
        "QUALIFY row_number() OVER (PARTITION BY final, day, seen ORDER BY owner DESC, place DESC) = 1",
    )


def _standing(tables: Tables, release: Release) -> str:
    """`(x, day, final, value, series)`: the value of each period as of each day `x` that brought something."""
    rows = _rows(tables, release)
    grid = (
        f"(SELECT x, day, final FROM (SELECT DISTINCT seen AS x FROM {rows}), (SELECT DISTINCT day, final FROM {rows}))"
    )
    kept = "WHERE r.confirmed >= g.x" if release.revisable else ""
    query = (
        f"SELECT g.x, g.day, g.final, r.value, r.series FROM {grid} g ASOF JOIN {rows} r "
        f"ON r.day = g.day AND r.final = g.final AND g.x >= r.seen {kept}"
    )
    return _once(tables, release, "standing", query)


def record(tables: Tables, release: Release) -> str:
    """`(x, day, v)`: the number of each period on record by day `x`, NULL if the value as of that day is not held."""
    rows, standing = _rows(tables, release), _standing(tables, release)
    days, periods = f"SELECT DISTINCT seen AS x FROM {rows}", f"SELECT day, min(seen) AS since FROM {rows} GROUP BY day"
    known = f"(SELECT x, day FROM ({days}), ({periods}) WHERE since <= x)"
    made = {
        Make.VALUE: "a.value",
        Make.CHANGE: "a.value - b.value",
        Make.GROWTH: "(a.value / nullif(b.value, 0) - 1) * 100",
        Make.YEARLY_GROWTH: "(a.value / nullif(b.value, 0) - 1) * 100",
    }[release.make]
    query = (
        f"SELECT k.x, k.day, coalesce(f.value, {made}) * {release.scale!r} AS v FROM {known} k "
        f"LEFT JOIN {standing} f ON f.x = k.x AND f.day = k.day AND f.final "
        f"LEFT JOIN {standing} a ON a.x = k.x AND a.day = k.day AND NOT a.final "
        f"LEFT JOIN {standing} b ON b.x = k.x AND b.day = CAST(k.day - {_back(release)} AS DATE) AND NOT b.final"
    )
    return _once(tables, release, "record", query)


def events(tables: Tables, release: Release) -> str:
    """`(i, known, day, v, out)`: each number as it came out, once; `out` is NULL if the exact day is unknown."""
    rows, held = _rows(tables, release), record(tables, release)
    newest = f"SELECT x, max(day) AS day, arg_max(v, day) AS v FROM {held} WHERE v IS NOT NULL GROUP BY x"
    rising = (
        f"SELECT * FROM ({newest}) QUALIFY day >= coalesce(max(day) OVER "
        "(ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), day)"
    )
    fresh = (
        f"SELECT * FROM ({rising}) QUALIFY day IS DISTINCT FROM lag(day) OVER (ORDER BY x) "
        "OR v IS DISTINCT FROM lag(v) OVER (ORDER BY x)"
    )
    out = f"(SELECT seen, CASE WHEN count(*) = count(released) THEN seen END AS out FROM {rows} GROUP BY seen)"
    query = (
        f"SELECT (row_number() OVER (ORDER BY x) - 1)::INT AS i, x AS known, day, v, o.out "
        f"FROM ({fresh}) JOIN {out} o ON o.seen = x ORDER BY x"
    )
    return _once(tables, release, "events", query)


def behind(tables: Tables, release: Release) -> str:
    """`(x, day, series, observed, value)`: the raw values behind each number on each day's record."""
    standing = _standing(tables, release)
    pairs = "" if release.make is Make.VALUE else f", CAST(day - {_back(release)} AS DATE)"
    own = f"SELECT x, day, series, day AS observed, value FROM {standing} WHERE final"
    places = f"SELECT x, day, UNNEST([day{pairs}]) AS observed FROM {standing} WHERE NOT final"
    made = (
        f"SELECT p.x, p.day, s.series, p.observed, s.value FROM ({places}) p "
        f"JOIN {standing} s ON s.x = p.x AND s.day = p.observed AND NOT s.final "
        f"ANTI JOIN (SELECT x, day FROM {standing} WHERE final) f ON f.x = p.x AND f.day = p.day"
    )
    return _once(tables, release, "behind", f"{own} UNION ALL {made}")


def _back(release: Release) -> str:
    return (_YEAR if release.make is Make.YEARLY_GROWTH else BACK)[release.every]


def _once(tables: Tables, release: Release, what: str, query: str) -> str:
    return tables.once(f"{release.key}: {what}", lambda: query)
