"""SQL for the calendar's figures, and for how a figure compares with its own past."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from generator.model import Basis, Unit
from generator.verification.figures.prices import PERIODS, SPOKEN, begun
from generator.verification.figures.spec import (
    EARLIER,
    TO_DATE,
    Spec,
    Tables,
    dated,
    decimals_of,
    over_the_year,
    window,
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
_BUSINESS = "(SELECT count(*) FROM generate_series({a}, {b}, INTERVAL 1 DAY) g(d) WHERE isodow(g.d) < 6)"
_FIRST = "lag(n) OVER (ORDER BY n) IS NULL"


def calendar(name: str) -> Spec | None:
    """The calendar figure with this name, or None; it needs only the table of sessions."""
    return _CALENDAR.get(name)


def _of_sessions(value: str) -> str:
    return f"SELECT n, {value} AS v FROM (SELECT *, lag(day) OVER (ORDER BY n) AS before FROM sessions)"


def _calendar() -> Iterator[Spec]:
    def spec(name: str, unit: Unit, label: str, formula: str, value: str, words: tuple[str, ...] = ()) -> Spec:
        query = _of_sessions(value)
        # The calendar's names are words; their value is their place in the list.
        return Spec(name, unit, Basis.NONE, label, formula, lambda tables: query, 0, words)

    for period in PERIODS:
        mine, later, spoken = begun(period, "day"), begun(period, "following"), SPOKEN.get(period, period)
        first, last = f"first session of the {spoken}", f"last session of the {spoken}"
        opens = f"CASE WHEN before IS NOT NULL THEN ({mine} <> {begun(period, 'before')})::INT END"
        yield spec(f"{period}_opens", Unit.FLAG, first, first, opens)
        yield spec(f"{period}_ends", Unit.FLAG, last, last, f"({mine} <> {later})::INT")
        label, formula = f"sessions of the {spoken} so far", f"count of sessions of the {spoken} up to this one"
        yield spec(f"{period}_sessions", Unit.COUNT, label, formula, _so_far(period))
        if period != "week":
            months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[period]
            close = f"epoch({mine} + INTERVAL {2 * months} MONTH)::BIGINT // 86400 - 1"
            label, formula = (
                f"last day of the {spoken} to come",
                f"last calendar day of the {spoken} after the session's own",
            )
            yield spec(f"next_{period}_last_day", Unit.DATE, label, formula, close)
    yield spec("session_date", Unit.DATE, "the session", "date of the session", "epoch(day)::BIGINT // 86400")
    day = "day of the week"
    yield spec("weekday", Unit.NAME, day, f"{day} of the session", "isodow(day) - 1", WEEKDAYS)
    yield spec("month_name", Unit.NAME, "month", "calendar month of the session", "month(day) - 1", MONTHS)
    yield spec("quarter_number", Unit.COUNT, "quarter", "calendar quarter of the session, 1 to 4", "quarter(day)")
    yield spec("year_number", Unit.COUNT, "year", "calendar year of the session", "year(day)")
    yield spec(
        "half_day", Unit.FLAG, "session that closes early", "the exchange closes before its usual hour", "early::INT"
    )
    between = "a weekday without a session lies between"
    after = f"CASE WHEN before IS NOT NULL THEN ({_BUSINESS.format(a='before + 1', b='day - 1')} > 0)::INT END"
    yield spec(
        "after_holiday", Unit.FLAG, "first session after a holiday", f"{between} the session before and this", after
    )
    ahead = f"({_BUSINESS.format(a='day + 1', b='following - 1')} > 0)::INT"
    yield spec(
        "before_holiday", Unit.FLAG, "last session before a holiday", f"{between} this session and the next", ahead
    )
    weekdays = _BUSINESS.format(
        a="date_trunc('week', day)", b="least(following, date_trunc('week', day)::DATE + 7) - 1"
    )
    short = f"CASE WHEN {_so_far('week')} IS NOT NULL THEN ({weekdays} > {_so_far('week')})::INT END"
    formula = "a weekday of this week, up to the next session, had or has no session"
    yield spec("holiday_week", Unit.FLAG, "week with a holiday", formula, short)


def _so_far(period: str) -> str:
    """SQL for the sessions of the period up to each one; NULL in the first period, whose start may not be held."""
    known = f"min(n) OVER (PARTITION BY {period}) > 0"
    return f"CASE WHEN {known} THEN row_number() OVER (PARTITION BY {period} ORDER BY n) END"


_CALENDAR = {spec.name: spec for spec in _calendar()}

NUMBERS = frozenset(Unit) - {Unit.NAME, Unit.DATE, Unit.FLAG}
_AGO = tuple(f"{period}_ago" for period in PERIODS)
OPERATORS = ("rank", "rank_low", "n", "percentile", "first", "highest_since", "lowest_since", "sessions_since_higher",
             "sessions_since_lower", "highest", "lowest", "average_1y", *_AGO, "before")  # fmt: skip


def against_past(name: str, of: Spec, operator: str, symbols: frozenset[str] = frozenset()) -> Spec | None:
    """The figure `of`, computed from the prices of `symbols`, with an operator applied."""
    if operator not in ("before", *_AGO) and of.unit not in NUMBERS:
        return None
    unit, words, formula, sql, decimals = _operator(of, operator)
    label, formula = f"{of.label}, {words}", f"{formula}: {of.formula}"

    def over_the_past(tables: Tables) -> str:
        missing = [] if operator in ("before", *_AGO, "average_1y") else tables.missing(symbols)
        return _by_stretches(sql, tables.table(of.name), missing)

    made = replace(
        of, name=name, label=label, formula=formula, sql=over_the_past, series=(), suffix=operator, parts=(of.name,),
        behind=None,
    )  # fmt: skip
    if unit is None:
        return replace(made, decimals=of.decimals if decimals is None else decimals)
    places = decimals_of(unit) if decimals is None else decimals
    return replace(made, unit=unit, basis=Basis.NONE, decimals=places, vocabulary=())


def _by_stretches(sql: Query, table: str, missing: list[int]) -> str:
    """The query for each run of sessions by itself, because a missing one may have been the highest or the lowest."""
    if not missing:
        return sql(table)
    first_rows = [row for row in missing if row - 1 not in missing]
    last_rows = [row for row in missing if row + 1 not in missing]
    parts = [f"SELECT n, NULL AS v FROM sessions WHERE n IN ({', '.join(map(str, missing))})"]
    for last, first in zip([-1, *last_rows], [*first_rows, 2**30], strict=True):
        stretch = f"(SELECT * FROM {table} WHERE n >= {last} AND n < {first})"
        parts.append(f"SELECT n, v FROM ({sql(stretch)}) WHERE n > {last} AND n < {first}")
    return " UNION ALL ".join(parts)


Query = Callable[[str], str]
"""SQL over the table of a figure."""
Operator = tuple[Unit | None, str, str, Query, int | None]
"""Unit (None: the figure's own), words, formula, query, decimals."""


def _operator(of: Spec, operator: str) -> Operator:
    # Levels and ratios are compared unrounded, as records are; everything else as printed.
    value = "v" if of.unit in (Unit.LEVEL, Unit.DOLLARS, Unit.RATIO) else "p"
    if "since" in operator:
        return _since(operator, value)
    if operator in _AGO:
        period = operator.removesuffix("_ago")
        spoken, span = SPOKEN.get(period, period), f"span_{period[0]}td"
        ago: Query = lambda table: f"SELECT x.n, t.v FROM {span} x LEFT JOIN {table} t ON t.n = x.s"  # noqa: E731
        words = f"at the end of the {spoken} before", f"the value on the last session of the {spoken} before"
        return None, *words, ago, None

    def held(what: str) -> Query:
        """SQL for `what` over the rows that have a value, put back on all sessions."""
        inner = f"SELECT n, {what} AS v FROM (SELECT n, {value} AS c FROM $ WHERE {value} IS NOT NULL)"
        return lambda table: f"SELECT s.n, x.v FROM sessions s LEFT JOIN ({inner.replace('$', table)}) x USING (n)"

    high, low = (f"rank(ORDER BY c {way}) OVER {TO_DATE}" for way in ("DESC", "ASC"))
    seen = f"count(*) OVER {TO_DATE}"
    mean: Query = lambda table: f"SELECT n, v FROM ({over_the_year(table, v='avg(v) OVER {year}')})"  # noqa: E731
    first = f"SELECT n, {dated('(SELECT min(n) FROM $ WHERE v IS NOT NULL)')} AS v FROM sessions"
    rank = "rank among all sessions to date, {}est first"
    count = "one more than the count of earlier sessions with a {}er value"
    plain: dict[str, Operator] = {
        "rank": (Unit.COUNT, rank.format("high"), count.format("high"), held(high), None),
        "rank_low": (Unit.COUNT, rank.format("low"), count.format("low"), held(low), None),
        "n": (Unit.COUNT, "sessions observed to date", "count of sessions up to this one with a value",
              held(seen), None),
        "percentile": (Unit.PERCENT, "percentile among all sessions to date",
                       "share of sessions up to this one with a value no higher than this session's",
                       held(f"({seen} - {high} + 1) / {seen}"), 0),
        "first": (Unit.DATE, "first observation", "first session with a value since any that is missing",
                  lambda table: f"SELECT n, CASE WHEN n >= (SELECT min(n) FROM {table} WHERE v IS NOT NULL) "
                                f"THEN v END AS v FROM ({first.replace('$', table)})", None),
        "average_1y": (None, "mean of the past year",
                       "mean over the sessions since the same day a year before, this one included",
                       mean, 1 if of.unit in (Unit.COUNT, Unit.BASIS_POINTS) else None),
        "before": (None, "one session earlier", "the value one session earlier",
                   lambda table: f"SELECT n, lag(v) OVER (ORDER BY n) AS v FROM {table}", None),
        "highest": (Unit.FLAG, "highest to date", "no earlier value was as high or higher",
                    held(_unmatched(">", "max")), None),
        "lowest": (Unit.FLAG, "lowest to date", "no earlier value was as low or lower",
                   held(_unmatched("<", "min")), None),
    }  # fmt: skip
    return plain[operator]


def _since(operator: str, value: str) -> Operator:
    side = "higher" if operator in ("highest_since", "sessions_since_higher") else "lower"
    least, compared = f"as {side[:-2]} or {side}", value if side == "higher" else f"-{value}"
    if operator.startswith("sessions"):
        formula = f"sessions from the last earlier one whose value was {least} to this one"
        query: Query = lambda table: f"SELECT n, n - spot AS v FROM ({last_as(table, compared)})"  # noqa: E731
        return Unit.COUNT, f"sessions since one {least}", formula, query, None
    formula = f"last earlier session whose value was {least}"
    query = lambda table: f"SELECT n, {dated('spot')} AS v FROM ({last_as(table, compared)})"  # noqa: E731
    return Unit.DATE, f"last earlier session {least}", formula, query, None


def _unmatched(beyond: str, pick: str) -> str:
    before = f"{pick}(c) OVER {EARLIER}"
    return f"({before} IS NULL OR c {beyond} {before})::INT"


def last_as(table: str, value: str, steps: int = 14, over: str = "sessions") -> str:
    """SQL for `(n, spot)`: for each row of `over`, the last earlier row whose value was as high or higher.

    It jumps back over runs of rows whose highest value is lower, halving the length of the jump each time.
    """
    ctes = [f"f AS (SELECT n, {value} AS c FROM {table})"]
    ctes += [f"w{k} AS (SELECT n, max(c) OVER {window(2**k)} AS top FROM f)" for k in range(steps)]
    ctes.append(f"s{steps} AS (SELECT n, c, n - 1 AS spot FROM f WHERE c IS NOT NULL)")
    for k in reversed(range(steps)):
        leap = f"CASE WHEN s.spot >= 0 AND (w.top IS NULL OR w.top < s.c) THEN s.spot - {2**k} ELSE s.spot END"
        ctes.append(f"s{k} AS (SELECT s.n, s.c, {leap} AS spot FROM s{k + 1} s LEFT JOIN w{k} w ON w.n = s.spot)")
    return (
        f"WITH {', '.join(ctes)} SELECT a.n, CASE WHEN s0.spot >= 0 THEN s0.spot END AS spot FROM {over} a "
        "LEFT JOIN s0 ON s0.n = a.n"
    )
