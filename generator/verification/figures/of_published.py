"""Figures of a release from the record as it stood on its day of release, by SQL (`vintages`)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Basis, Every, Make, Release, Unit
from generator.verification.figures import vintages
from generator.verification.figures.spec import Query, Spec, Tables, printed

_NAMED = {Every.WEEK: "week", Every.MONTH: "month", Every.QUARTER: "quarter"}
_SAME_DAY = "on the record of the day on which the number came out"


def of_published(release: Release) -> Iterator[Spec]:
    """Every figure of a release that goes by its day of release."""
    period, value = _NAMED[release.every], _in_words(release)
    itself = "SELECT i, day FROM {events}"
    yield _spec(release, "", release.unit, "", value, _of_event(release, "v"), itself, release.decimals)
    before = f"CAST(e.day - {vintages.BACK[release.every]} AS DATE)"
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
        events = vintages.events(tables, release)
        first = f"SELECT e.i, min(s.n) AS n FROM {events} e JOIN sessions s ON s.day >= e.out GROUP BY e.i"
        begun = f"SELECT e.i FROM {events} e WHERE e.out >= (SELECT min(day) FROM sessions)"
        return (
            f"SELECT t.n, t.n - f.n AS v FROM {vintages.told(tables, release)} t "
            f"LEFT JOIN (SELECT * FROM ({first}) SEMI JOIN ({begun}) USING (i)) f USING (i)"
        )

    label, formula = ", sessions since its release", "sessions from the first on which the number was out to this one"
    return _spec(release, "sessions_since_release", Unit.COUNT, label, formula, sql, behind, 0)


def _of_event(release: Release, value: str) -> Query:
    return _of_query(release, f"SELECT i, {value} AS v FROM {{events}}")


def _of_query(release: Release, query: str) -> Query:
    """Spread the value of each publication, which `query` gives as `(i, v)`, over the sessions."""

    def sql(tables: Tables) -> str:
        told, values = vintages.told(tables, release), _filled(tables, release, query)
        return f"SELECT t.n, x.v FROM {told} t LEFT JOIN ({values}) x USING (i)"

    return sql


def _filled(tables: Tables, release: Release, query: str) -> str:
    return query.format(events=vintages.events(tables, release), record=vintages.record(tables, release))


def _number(day: str) -> str:
    return f"epoch({day})::BIGINT // 86400"


def _spec(
    release: Release, suffix: str, unit: Unit, label: str, formula: str, sql: Query, behind: str, decimals: int
) -> Spec:
    """A figure; `behind` is a query for `(i, day)`, the periods whose numbers back each publication's."""

    def quoted(tables: Tables) -> str:
        return (
            f"SELECT t.n, b.series, 'observation as of ' || e.known::VARCHAR, b.observed::VARCHAR, b.value "
            f"FROM {vintages.told(tables, release)} t JOIN {vintages.events(tables, release)} e USING (i) "
            f"JOIN ({_filled(tables, release, behind)}) p USING (i) "
            f"JOIN {vintages.behind(tables, release)} b ON b.x = e.known AND b.day = p.day"
        )

    name = f"{release.key}_{suffix}" if suffix else release.key
    words = f"{release.short}{label}"
    return Spec(
        name, unit, Basis.NONE, words, formula, sql, decimals,
        behind=quoted, observed=release.behind, source=release.id,
    )  # fmt: skip


def _in_words(release: Release) -> str:
    first, period = release.series[0], _NAMED[release.every]
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
