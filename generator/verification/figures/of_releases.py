"""A release's figures by name, by SQL over raw observations: what was public on each session.

The lag and the lifetime of a daily number come from the content; everything else is worked out here. Monthly, quarterly
and weekly numbers are handled by `of_published`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.model import Basis, Fact, Make, Release, Unit, Universe
from generator.verification.figures.of_published import of_published
from generator.verification.figures.of_time import last_as
from generator.verification.figures.spec import Query, Spec, Tables, printed
from generator.verification.figures.vintages import days_told

_FIRST = "SELECT * FROM observations QUALIFY row_number() OVER (PARTITION BY series, day ORDER BY place) = 1"
"""One value a day: the first to be public, if a day has several."""
_NUMBERS = "epoch(day)::BIGINT // 86400, epoch(out)::BIGINT // 86400"
_TO_DATE = "(ORDER BY day ROWS UNBOUNDED PRECEDING)"
EPOCH = date(1970, 1, 1)


def of_release(name: str, universe: Universe) -> Spec | None:
    """The figure with this name, if a release has it."""
    owners = (one for key, one in universe.releases.items() if name == key or name.startswith(f"{key}_"))
    return next((spec for one in owners for spec in _specs(one) if spec.name == name), None)


def sources(tables: Tables, row: int) -> dict[str, Fact]:
    """The dated source that a page lists for each release in force on the row, by the release's id."""
    found: dict[str, Fact] = {}
    for release in tables.universe.releases.values():
        query = days_told(tables, release) if release.lag is None else _days_told(tables, release)
        day, out = (_day(number) for number in tables.asked(f"SELECT {_NUMBERS} FROM ({query}) ORDER BY n")[row])
        if day:
            ends, dated = day + timedelta(days=release.lasts), "published" if out else "observation of"
            found[release.id] = Fact(
                release.key, day, ends, {}, release.source, release.url, out or day, release.id, dated
            )
    return found


def _day(number: object) -> date | None:
    return None if number is None else EPOCH + timedelta(days=int(str(number)))


def _days_told(tables: Tables, release: Release) -> str:
    told, observed = _told(tables, release), _observed(tables, release)
    return f"SELECT t.n, o.day, NULL::DATE AS out FROM {told} t LEFT JOIN {observed} o USING (i)"


def _observed(tables: Tables, release: Release) -> str:
    """A table `(i, day, known, v)` of a release's observations; each is known no sooner than the one before it."""
    value = {Make.VALUE: "a", Make.DIFFERENCE: "a - b", Make.QUOTIENT: "a / nullif(b, 0)", Make.HUNDRED_LESS: "100 - a"}
    first, *others = (f"(SELECT * FROM ({_FIRST}) WHERE series = '{name}')" for name in release.series)
    rows = f"SELECT day, value AS a, NULL AS b, seen FROM {first}"
    if others:
        seen = "CASE WHEN x.seen IS NOT NULL AND y.seen IS NOT NULL THEN greatest(x.seen, y.seen) END AS seen"
        rows = f"SELECT x.day, x.value AS a, y.value AS b, {seen} FROM {first} x JOIN {others[0]} y USING (day)"
    sooner = f"least(day + {release.lag}, coalesce(seen, DATE '9999-12-31'))"
    query = (
        f"SELECT (row_number() OVER (ORDER BY day) - 1)::INT AS i, day, max({sooner}) OVER {_TO_DATE} AS known, "
        f"({value[release.make]}) * {release.scale!r} AS v FROM ({rows}) ORDER BY day"
    )
    return tables.once(f"{release.key}: observations", lambda: query)


def _told(tables: Tables, release: Release) -> str:
    """A table `(n, i)`: the observation in force on each session, NULL if there is none yet or it is out of date."""
    latest = f"(SELECT known, max(i) AS i, max(day) AS day FROM {_observed(tables, release)} GROUP BY known)"
    query = (
        f"SELECT s.n, CASE WHEN s.day < o.day + {release.lasts} THEN o.i END AS i "
        f"FROM sessions s ASOF LEFT JOIN {latest} o ON s.day >= o.known ORDER BY s.n"
    )
    return tables.once(f"{release.key}: told", lambda: query)


def _specs(release: Release) -> Iterator[Spec]:
    if release.lag is None:
        yield from of_published(release)
        return
    value = _in_words(release)
    yield _spec(release, "", release.unit, "", value, _of_today(release, "o.v"), _today(release), release.decimals)
    for side, more in (("high", "higher"), ("low", "lower")):
        yield from _compared(release, side, more, value)
    observed = _of_today(release, "epoch(o.day)::BIGINT // 86400")
    yield _spec(release, "date", Unit.DATE, ", day observed", "day or period observed", observed, _today(release), 0)
    yield _new(release)
    if release.unit in (Unit.RATE, Unit.BASIS_POINTS):
        yield _step(release)


def _compared(release: Release, side: str, more: str, value: str) -> Iterator[Spec]:
    """When an earlier observation was last as high or as low, and how many observations ago."""
    least = f"as {side} or {more}"

    def last(tables: Tables) -> str:
        shown = printed("v", release.unit, release.decimals)
        numbers = f"(SELECT i AS n, {'-' if side == 'low' else ''}{shown} AS c FROM {_observed(tables, release)})"
        over = f"(SELECT i AS n FROM {_observed(tables, release)})"
        query = f"SELECT n AS i, spot FROM ({last_as(numbers, 'c', steps=15, over=over)})"
        return tables.once(f"{release.key}: last as {side}", lambda: query)

    def found(tables: Tables, what: str) -> str:
        observed = _observed(tables, release)
        return (
            f"SELECT t.n, {what} FROM {_told(tables, release)} t LEFT JOIN {last(tables)} z USING (i) "
            f"LEFT JOIN {observed} x ON x.i = z.i LEFT JOIN {observed} y ON y.i = z.spot"
        )

    def behind(tables: Tables) -> str:
        return _quoted(release, found(tables, "UNNEST([x.day, y.day]) AS day"))

    dated, since = f", last earlier observation {least}", f", observations since one {least}"
    before = f"last earlier observation whose value was {least}: {value}"
    ago = f"observations from the last earlier one whose value was {least} to this one: {value}"
    yield _spec(
        release, f"as_{side}", Unit.DATE, dated, before,
        lambda tables: found(tables, "epoch(y.day)::BIGINT // 86400 AS v"), behind, 0,
    )  # fmt: skip
    yield _spec(
        release, f"periods_as_{side}", Unit.COUNT, since, ago,
        lambda tables: found(tables, "z.i - z.spot AS v"), behind, 0,
    )  # fmt: skip


def _of_today(release: Release, value: str) -> Query:
    return lambda tables: (
        f"SELECT t.n, {value} AS v FROM {_told(tables, release)} t LEFT JOIN {_observed(tables, release)} o USING (i)"
    )


def _new(release: Release) -> Spec:
    def sql(tables: Tables) -> str:
        fresh = "(i IS DISTINCT FROM lag(i) OVER (ORDER BY n))::INT"
        return f"SELECT n, CASE WHEN i IS NOT NULL AND n > 0 THEN {fresh} END AS v FROM {_told(tables, release)}"

    label, formula = ", a new observation", "the observation told is not the one of the session before"
    return _spec(release, "new", Unit.FLAG, label, formula, sql, _today(release), 0)


def _step(release: Release) -> Spec:
    def days(tables: Tables) -> str:
        told, observed = _told(tables, release), _observed(tables, release)
        return f"SELECT t.n, o.day, o.v FROM {told} t LEFT JOIN {observed} o USING (i)"

    def sql(tables: Tables) -> str:
        points = 100 if release.unit is Unit.RATE else 1
        return f"SELECT n, (v - lag(v) OVER (ORDER BY n)) * {points} AS v FROM ({days(tables)})"

    def behind(tables: Tables) -> str:
        return _quoted(release, f"SELECT n, UNNEST([lag(day) OVER (ORDER BY n), day]) AS day FROM ({days(tables)})")

    label = ", change on the session before"
    formula = "value told less the value told one session earlier, in basis points"
    return _spec(release, "step", Unit.BASIS_POINTS, label, formula, sql, behind, 0)


def _today(release: Release) -> Query:
    return lambda tables: _quoted(
        release, f"SELECT t.n, o.day FROM {_told(tables, release)} t JOIN {_observed(tables, release)} o USING (i)"
    )


def _quoted(release: Release, days: str) -> str:
    """For a query for `(n, day)`, each series' observations on these days: `(n, series, field, day, value)`."""
    return (
        f"SELECT x.n, o.series, 'observation', o.day::VARCHAR, o.value FROM ({days}) x "
        f"JOIN ({_FIRST}) o ON o.day = x.day AND o.series IN {(*release.series, '')}"
    )


def _spec(
    release: Release, suffix: str, unit: Unit, label: str, formula: str, sql: Query, behind: Query, decimals: int
) -> Spec:
    name, words = f"{release.key}_{suffix}" if suffix else release.key, f"{release.short}{label}"
    return Spec(
        name, unit, Basis.NONE, words, formula, sql, decimals,
        behind=behind, observed=release.behind, source=release.id,
    )  # fmt: skip


def _in_words(release: Release) -> str:
    first, other = release.series[0], release.series[-1]
    match release.make:
        case Make.DIFFERENCE:
            words = f"{first} less {other}"
        case Make.QUOTIENT:
            words = f"{first} divided by {other}"
        case Make.HUNDRED_LESS:
            words = f"100 less {first}"
        case _:
            words = first
    return f"{words}, times {release.scale:g}" if release.scale != 1 else words
