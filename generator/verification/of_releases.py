"""A release's figure by its name in, SQL over raw observations out: what was public on each session, and since when.

The lag, lateness and lasting of a release are read from the content; all that follows from them is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model import Basis, Every, Fact, Make, Release, Unit, Universe
from generator.verification.of_time import last_as
from generator.verification.spec import Query, Spec, Tables, printed

BACK = {Every.WEEK: "INTERVAL 7 DAY", Every.MONTH: "INTERVAL 1 MONTH", Every.QUARTER: "INTERVAL 3 MONTH"}
_TO_DATE = "(ORDER BY day ROWS UNBOUNDED PRECEDING)"
EPOCH = date(1970, 1, 1)


def of_release(name: str, universe: Universe) -> Spec | None:
    """The figure of this name, if one of the releases has it."""
    owners = (one for key, one in universe.releases.items() if name == key or name.startswith(f"{key}_"))
    return next((spec for one in owners for spec in _specs(one) if spec.name == name), None)


def sources(tables: Tables, row: int) -> dict[str, Fact]:
    """For each release told on the row, by its line, the source that a page lists: dated with the day observed."""
    found: dict[str, Fact] = {}
    for release in tables.universe.releases.values():
        told = f"{_told(tables, release)} t LEFT JOIN {_observed(tables, release)} o USING (i)"
        days = tables.asked(f"SELECT epoch(o.day)::BIGINT // 86400 FROM {told} ORDER BY t.n")
        (number,) = days[row]
        if number is not None:
            day = EPOCH + timedelta(days=int(str(number)))
            ends = day + timedelta(days=release.lasts)
            found[release.line] = Fact(
                release.key, day, ends, {}, release.source, release.url, day, release.line, "observation of"
            )
    return found


def _observed(tables: Tables, release: Release) -> str:
    """A table `(i, day, v, known)` of a release's observations: each known no sooner than the one before it."""
    late = "".join(f"WHEN DATE '{day}' THEN DATE '{released}' " for day, released in release.late.items())
    lagged = f"day + {release.lag}"
    known = f"CASE day {late}ELSE {lagged} END" if late else lagged
    value = {Make.VALUE: "a", Make.DIFFERENCE: "a - b", Make.QUOTIENT: "a / nullif(b, 0)", Make.HUNDRED_LESS: "100 - a"}
    first, *others = (f"(SELECT * FROM observations WHERE series = '{name}')" for name in release.series)
    rows = f"SELECT day, value AS a, NULL AS b, seen FROM {first}"
    if others:
        seen = "CASE WHEN x.seen IS NOT NULL AND y.seen IS NOT NULL THEN greatest(x.seen, y.seen) END AS seen"
        rows = f"SELECT x.day, x.value AS a, y.value AS b, {seen} FROM {first} x JOIN {others[0]} y USING (day)"
    sooner = f"least({known}, coalesce(seen, DATE '9999-12-31'))"
    query = (
        f"SELECT (row_number() OVER (ORDER BY day) - 1)::INT AS i, day, max({sooner}) OVER {_TO_DATE} AS known, "
        f"({value[release.make]}) * {release.scale!r} AS v FROM ({rows}) ORDER BY day"
    )
    return tables.once(f"{release.key}: observations", lambda table: _make(tables, table, query))


def _told(tables: Tables, release: Release) -> str:
    """A table `(n, i)`: for each session the observation that is told, NULL where none is, or none any longer."""
    latest = f"(SELECT known, max(i) AS i, max(day) AS day FROM {_observed(tables, release)} GROUP BY known)"
    query = (
        f"SELECT s.n, CASE WHEN s.day < o.day + {release.lasts} THEN o.i END AS i "
        f"FROM sessions s ASOF LEFT JOIN {latest} o ON s.day >= o.known ORDER BY s.n"
    )
    return tables.once(f"{release.key}: told", lambda table: _make(tables, table, query))


def _make(tables: Tables, table: str, query: str) -> None:
    tables.run(f"CREATE TABLE {table} AS {query}")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of each observation: `value` of itself (`o`) and of the one that lies `back` from it (`p`)."""

    release: Release
    name: str
    unit: Unit
    label: str
    formula: str
    value: str
    decimals: int
    back: str = ""

    def table(self, tables: Tables) -> str:
        """A table `(i, v, p, day, then)`: in full, as printed, and the days of the observations behind it."""
        rows = _observed(tables, self.release)
        before = f"LEFT JOIN {rows} p ON p.day = CAST(o.day - {self.back} AS DATE)" if self.back else ""
        earlier = "p.day" if self.back else "NULL::DATE"
        valued = f"SELECT o.i, {self.value} AS v, o.day, {earlier} AS earlier FROM {rows} o {before}"
        query = f"SELECT i, v, {printed('v', self.unit, self.decimals)} AS p, day, earlier FROM ({valued}) ORDER BY i"
        return tables.once(f"{self.name}: numbers", lambda table: _make(tables, table, query))

    def last_as(self, tables: Tables, side: str) -> str:
        """A table `(i, spot)`: the last earlier observation that was as high, or as low, or more so."""
        numbers = f"(SELECT i AS n, {'-' if side == 'low' else ''}p AS c FROM {self.table(tables)})"
        over = f"(SELECT i AS n FROM {self.table(tables)})"
        query = f"SELECT n AS i, spot FROM ({last_as(numbers, 'c', steps=15, over=over)})"
        return tables.once(f"{self.name}: last as {side}", lambda table: _make(tables, table, query))

    def spec(self) -> Spec:
        """The number on each session."""

        def sql(tables: Tables) -> str:
            told = _told(tables, self.release)
            return f"SELECT t.n, x.v FROM {told} t LEFT JOIN {self.table(tables)} x USING (i)"

        def behind(tables: Tables) -> str:
            told = f"SELECT t.n, UNNEST([x.day, x.earlier]) AS day FROM {_told(tables, self.release)} t"
            return f"{told} JOIN {self.table(tables)} x USING (i)"

        return _spec(self.release, self.name, self.unit, self.label, self.formula, sql, behind, self.decimals)

    def among_others(self) -> Iterator[Spec]:
        """When an earlier observation was last as high or as low, and how many observations ago."""
        for side, more in (("high", "higher"), ("low", "lower")):
            least = f"as {side} or {more}"
            dated, since = (
                f"{self.label}, last earlier observation {least}",
                f"{self.label}, observations since one {least}",
            )
            before = f"last earlier observation whose value was {least}: {self.formula}"
            yield self._compared(f"as_{side}", side, Unit.DATE, dated, before, "epoch(y.day)::BIGINT // 86400")
            ago = f"observations from the last earlier one whose value was {least} to this one: {self.formula}"
            yield self._compared(f"periods_as_{side}", side, Unit.COUNT, since, ago, "z.i - z.spot")

    def _compared(self, suffix: str, side: str, unit: Unit, label: str, formula: str, value: str) -> Spec:
        def found(tables: Tables, what: str) -> str:
            numbers, told = self.table(tables), _told(tables, self.release)
            return (
                f"SELECT t.n, {what} FROM {told} t LEFT JOIN {self.last_as(tables, side)} z USING (i) "
                f"LEFT JOIN {numbers} x ON x.i = z.i LEFT JOIN {numbers} y ON y.i = z.spot"
            )

        def behind(tables: Tables) -> str:
            return found(tables, "UNNEST([x.day, x.earlier, y.day, y.earlier]) AS day")

        def sql(tables: Tables) -> str:
            return found(tables, f"{value} AS v")

        return _spec(self.release, f"{self.name}_{suffix}", unit, label, formula, sql, behind, 0)


def _specs(release: Release) -> Iterator[Spec]:
    for number in _numbers(release):
        yield number.spec()
        yield from number.among_others()
    yield _dated(release)
    yield _new(release)
    if release.every is Every.DAY and release.unit in (Unit.RATE, Unit.BASIS_POINTS):
        yield _step(release)


def _numbers(release: Release) -> Iterator[_Number]:
    """The value, and what it is against an earlier one."""
    value, label, every = _in_words(release), release.short, release.every.value
    yield _Number(release, release.key, release.unit, label, value, "o.v", release.decimals)
    if release.every is Every.DAY:
        return
    index, before, growth = release.unit is Unit.LEVEL, f"the value one {every} before", "o.v / nullif(p.v, 0) - 1"
    unit = {Unit.LEVEL: Unit.PERCENT, Unit.RATE: Unit.POINTS}.get(release.unit, release.unit)
    yield _Number(
        release, f"{release.key}_change", unit, f"{label}, change on the {every} before",
        f"{value} divided by {before}, less one" if index else f"{value} less {before}",
        growth if index else f"(o.v - p.v) / {100 if release.unit is Unit.RATE else 1}",
        1 if index else release.decimals, BACK[release.every],
    )  # fmt: skip
    if not index or release.every is Every.WEEK:
        return
    formula = f"{value} divided by the value one year before, less one"
    words = f"{label}, change on a year before"
    yield _Number(release, f"{release.key}_yoy", Unit.PERCENT, words, formula, growth, 1, "INTERVAL 1 YEAR")
    if release.every is Every.QUARTER:
        words = f"{label}, change on the quarter before, at an annual rate"
        formula = f"{value} divided by {before}, to the power of four, less one"
        rate, back = "pow(o.v / nullif(p.v, 0), 4) - 1", BACK[release.every]
        yield _Number(release, f"{release.key}_annualised", Unit.PERCENT, words, formula, rate, 1, back)


def _dated(release: Release) -> Spec:
    def sql(tables: Tables) -> str:
        days = "epoch(o.day)::BIGINT // 86400 AS v"
        return f"SELECT t.n, {days} FROM {_told(tables, release)} t LEFT JOIN {_observed(tables, release)} o USING (i)"

    label = f"{release.short}, day observed"
    return _spec(release, f"{release.key}_date", Unit.DATE, label, "day or period observed", sql, _today(release), 0)


def _new(release: Release) -> Spec:
    def sql(tables: Tables) -> str:
        fresh = "(i IS DISTINCT FROM lag(i) OVER (ORDER BY n))::INT"
        return f"SELECT n, CASE WHEN i IS NOT NULL AND n > 0 THEN {fresh} END AS v FROM {_told(tables, release)}"

    label, formula = f"{release.short}, a new observation", "the observation told is not the one of the session before"
    return _spec(release, f"{release.key}_new", Unit.FLAG, label, formula, sql, _today(release), 0)


def _step(release: Release) -> Spec:
    def days(tables: Tables) -> str:
        told, observed = _told(tables, release), _observed(tables, release)
        return f"SELECT t.n, o.day, o.v FROM {told} t LEFT JOIN {observed} o USING (i)"

    def sql(tables: Tables) -> str:
        points = 100 if release.unit is Unit.RATE else 1
        return f"SELECT n, (v - lag(v) OVER (ORDER BY n)) * {points} AS v FROM ({days(tables)})"

    def behind(tables: Tables) -> str:
        return f"SELECT n, UNNEST([lag(day) OVER (ORDER BY n), day]) AS day FROM ({days(tables)})"

    label = f"{release.short}, change on the session before"
    formula = "value told less the value told one session earlier, in basis points"
    return _spec(release, f"{release.key}_step", Unit.BASIS_POINTS, label, formula, sql, behind, 0)


def _today(release: Release) -> Query:
    return lambda tables: (
        f"SELECT t.n, o.day FROM {_told(tables, release)} t JOIN {_observed(tables, release)} o USING (i)"
    )


def _spec(
    release: Release, name: str, unit: Unit, label: str, formula: str, sql: Query, behind: Query, decimals: int
) -> Spec:
    return Spec(
        name,
        unit,
        Basis.NONE,
        label,
        formula,
        sql,
        decimals,
        behind=behind,
        observed=release.series,
        source=release.line,
    )


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
