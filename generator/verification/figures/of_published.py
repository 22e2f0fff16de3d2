"""Figures of a release from the record as it stood on its day of release, by SQL over raw vintages.

The record is rebuilt for each day `x` that brought a value: an as-of join takes for every period the value that had
come out last, and if values are revised it keeps only those still confirmed on that day.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Basis, Every, Make, Release, Unit
from generator.verification.figures.spec import Query, Spec, Tables, printed

BACK = {Every.WEEK: "INTERVAL 7 DAY", Every.MONTH: "INTERVAL 1 MONTH", Every.QUARTER: "INTERVAL 3 MONTH"}
YEAR = {Every.WEEK: "INTERVAL 364 DAY", Every.MONTH: "INTERVAL 1 YEAR", Every.QUARTER: "INTERVAL 1 YEAR"}
_FIT = {
    Every.WEEK: "(day - first) % 7 = 0",
    Every.MONTH: "day = date_trunc('month', day)",
    Every.QUARTER: "day = date_trunc('month', day) AND date_diff('month', date_trunc('month', first), day) % 3 = 0",
}
NAMED = {Every.WEEK: "week", Every.MONTH: "month", Every.QUARTER: "quarter"}
_SAME_DAY = "on the record of the day on which the number came out"


def of_published(release: Release) -> Iterator[Spec]:
    """Every figure of a release that goes by its day of release."""
    period, value = NAMED[release.every], _in_words(release)
    itself = "SELECT i, day FROM {events}"
    yield _spec(release, "", release.unit, "", value, _of_event(release, "v"), itself, release.decimals)
    before = f"CAST(e.day - {BACK[release.every]} AS DATE)"
    prior = f"SELECT e.i, r.day FROM {{events}} e JOIN {{record}} r ON r.x = e.known AND r.day = {before}"
    had = f"SELECT e.i, r.v AS w, e.v FROM {{events}} e LEFT JOIN {{record}} r ON r.x = e.known AND r.day = {before}"
    words = f"the number of the {period} before, {_SAME_DAY}"
    yield _spec(
        release, "prior", release.unit, f", the {period} before on the same record", words,
        _of_query(release, f"SELECT i, w AS v FROM ({had})"), prior, release.decimals,
    )  # fmt: skip
    if release.make is not Make.CHANGE:
        yield _change(release, period, had, f"{prior} UNION ALL {itself}")
    for side, more in (("high", "higher"), ("low", "lower")):
        yield from _compared(release, side, more, value)
    yield _spec(
        release,
        "date",
        Unit.DATE,
        ", period observed",
        "period observed",
        _of_event(release, _number("day")),
        itself,
        0,
    )
    yield _spec(
        release, "released", Unit.DATE, ", day of release", "day on which the number came out",
        _of_event(release, _number("out")), itself, 0,
    )  # fmt: skip
    yield _since(release, itself)


def _change(release: Release, period: str, had: str, behind: str) -> Spec:
    if release.unit is Unit.LEVEL:
        unit, decimals, value, verb, tail = Unit.PERCENT, 1, "v / nullif(w, 0) - 1", "divided by", ", less one"
    else:
        unit = Unit.POINTS if release.unit is Unit.RATE else release.unit
        scale = 100 if release.unit is Unit.RATE else 1
        decimals, value, verb, tail = release.decimals, f"(v - w) / {scale}", "less", ""
    formula = f"the number {verb} that of the {period} before, both {_SAME_DAY}{tail}"
    query = _of_query(release, f"SELECT i, {value} AS v FROM ({had})")
    return _spec(release, "change", unit, f", change on the {period} before", formula, query, behind, decimals)


def _compared(release: Release, side: str, more: str, value: str) -> Iterator[Spec]:
    sign, least = "-" if side == "low" else "", f"as {side} or {more}"
    shown, own = (printed(number, release.unit, release.decimals) for number in ("r.v", "e.v"))
    stops = (
        f"SELECT e.i, max(r.day) AS day FROM {{events}} e JOIN {{record}} r ON r.x = e.known AND r.day < e.day "
        f"AND (r.v IS NULL OR NOT {sign}{shown} < {sign}{own}) GROUP BY e.i"
    )
    last = (
        f"SELECT e.i, e.day AS ends, s.day, e.known FROM ({stops}) s JOIN {{events}} e USING (i) "
        "JOIN {record} r ON r.x = e.known AND r.day = s.day AND r.v IS NOT NULL"
    )
    behind = f"SELECT i, UNNEST([day, ends]) AS day FROM ({last})"
    yield _spec(
        release, f"as_{side}", Unit.DATE, f", last earlier period {least}",
        f"last earlier period whose number was {least}, {_SAME_DAY}: {value}",
        _of_query(release, f"SELECT i, {_number('day')} AS v FROM ({last})"), behind, 0,
    )  # fmt: skip
    ago = (
        f"SELECT l.i, count(*) AS v FROM ({last}) l JOIN {{record}} r ON r.x = l.known AND r.day > l.day "
        "AND r.day <= l.ends GROUP BY l.i"
    )
    yield _spec(
        release, f"periods_as_{side}", Unit.COUNT, f", periods since one {least}",
        f"periods from the last earlier one whose number was {least} to this one, {_SAME_DAY}: {value}",
        _of_query(release, ago), behind, 0,
    )  # fmt: skip


def _since(release: Release, behind: str) -> Spec:
    def sql(tables: Tables) -> str:
        events = _events(tables, release)
        first = f"SELECT e.i, min(s.n) AS n FROM {events} e JOIN sessions s ON s.day >= e.out GROUP BY e.i"
        begun = f"SELECT e.i FROM {events} e WHERE e.out >= (SELECT min(day) FROM sessions)"
        return (
            f"SELECT t.n, t.n - f.n AS v FROM {told(tables, release)} t "
            f"LEFT JOIN (SELECT * FROM ({first}) SEMI JOIN ({begun}) USING (i)) f USING (i)"
        )

    label, formula = ", sessions since its release", "sessions from the first on which the number was out to this one"
    return _spec(release, "sessions_since_release", Unit.COUNT, label, formula, sql, behind, 0)


# --- the record, laid out for each day that brought something ----------------------------------------


def told(tables: Tables, release: Release) -> str:
    """A table `(n, i)`: the publication in force on each session, NULL if there is none yet or it is out of date."""
    query = (
        f"SELECT s.n, CASE WHEN s.day < e.day + {release.lasts} THEN e.i END AS i "
        f"FROM sessions s ASOF LEFT JOIN {_events(tables, release)} e ON s.day >= e.known ORDER BY s.n"
    )
    return _once(tables, release, "told", query)


def days_told(tables: Tables, release: Release) -> str:
    """A query for `(n, day, out)`: for each session, the period in force and the day on which its number came out."""
    events = _events(tables, release)
    return f"SELECT t.n, e.day, e.out FROM {told(tables, release)} t LEFT JOIN {events} e USING (i) ORDER BY t.n"


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


def _record(tables: Tables, release: Release) -> str:
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


def _events(tables: Tables, release: Release) -> str:
    """`(i, known, day, v, out)`: each number as it came out, once; `out` is NULL if the exact day is unknown."""
    rows, record = _rows(tables, release), _record(tables, release)
    newest = f"SELECT x, max(day) AS day, arg_max(v, day) AS v FROM {record} WHERE v IS NOT NULL GROUP BY x"
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


def _behind(tables: Tables, release: Release) -> str:
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
    return (YEAR if release.make is Make.YEARLY_GROWTH else BACK)[release.every]


def _once(tables: Tables, release: Release, what: str, query: str) -> str:
    def make(table: str) -> None:
        tables.run(f"CREATE TABLE {table} AS {query}")

    return tables.once(f"{release.key}: {what}", make)


# --- figures ------------------------------------------------------------------------------------------


def _of_event(release: Release, value: str) -> Query:
    return _of_query(release, f"SELECT i, {value} AS v FROM {{events}}")


def _of_query(release: Release, query: str) -> Query:
    """Spread the value of each publication, which `query` gives as `(i, v)`, over the sessions."""

    def sql(tables: Tables) -> str:
        return (
            f"SELECT t.n, x.v FROM {told(tables, release)} t LEFT JOIN ({_filled(tables, release, query)}) x USING (i)"
        )

    return sql


def _filled(tables: Tables, release: Release, query: str) -> str:
    return query.format(events=_events(tables, release), record=_record(tables, release))


def _number(day: str) -> str:
    return f"epoch({day})::BIGINT // 86400"


def _spec(
    release: Release, suffix: str, unit: Unit, label: str, formula: str, sql: Query, behind: str, decimals: int
) -> Spec:
    """A figure; `behind` is a query for `(i, day)`, the periods whose numbers back each publication's."""

    def quoted(tables: Tables) -> str:
        return (
            f"SELECT t.n, b.series, 'observation as of ' || e.known::VARCHAR, b.observed::VARCHAR, b.value "
            f"FROM {told(tables, release)} t JOIN {_events(tables, release)} e USING (i) "
            f"JOIN ({_filled(tables, release, behind)}) p USING (i) "
            f"JOIN {_behind(tables, release)} b ON b.x = e.known AND b.day = p.day"
        )

    name = f"{release.key}_{suffix}" if suffix else release.key
    words = f"{release.short}{label}"
    return Spec(
        name, unit, Basis.NONE, words, formula, sql, decimals,
        behind=quoted, observed=release.behind, source=release.id,
    )  # fmt: skip


def _in_words(release: Release) -> str:
    first, period = release.series[0], NAMED[release.every]
    before = "year" if release.make is Make.YEARLY_GROWTH else period
    match release.make:
        case Make.CHANGE:
            words = f"{first} less its value one {before} before"
        case Make.GROWTH | Make.YEARLY_GROWTH:
            words = f"{first} divided by its value one {before} before, less one, in percent"
        case _:
            words = first
    words = words if release.scale == 1 else f"{words}, times {release.scale:g}"
    return f"{words}, as on record the day it came out"
