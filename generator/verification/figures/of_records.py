"""SQL for records, and for the range of the past year and of the last 20 sessions."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Kind, Segment, Unit
from generator.verification.figures.measure import Sql, SqlMeasure, of_closes, reach
from generator.verification.figures.prices import SPOKEN
from generator.verification.figures.spec import EARLIER, TO_DATE, RawSeries, Tables, dated, over_the_year, window


def _record(value: str) -> Sql:
    """SQL for `value` over each session's record to date, NULL unless a record may be claimed."""

    def sql(tables: Tables, segment: Segment, series: RawSeries) -> str:
        closes = tables.series(series.symbol, series.field)
        table = tables.once(f"{segment.key} records", lambda: _made(closes, claimed(tables, segment, series)))
        return f"SELECT n, CASE WHEN claimed THEN {value} END AS v FROM {table}"

    return sql


def _made(closes: str, claimed: str) -> str:
    """A row per session: the highest close to date and before, their rows, and whether a record may be claimed."""
    broken = "v IS NOT NULL AND (earlier IS NULL OR v > earlier)"
    return (
        f"WITH t AS (SELECT n, v, max(v) OVER {TO_DATE} AS top, max(v) OVER {EARLIER} AS earlier FROM {closes}), "
        f"b AS (SELECT *, {broken} AS broken FROM t) "
        f"SELECT b.*, s.year, max(CASE WHEN broken THEN n END) OVER {TO_DATE} AS spot, "
        f"max(CASE WHEN broken THEN n END) OVER {EARLIER} AS prior, v IS NOT NULL AND {claimed} AS claimed "
        "FROM b JOIN sessions s USING (n) ORDER BY n"
    )


def claimed(tables: Tables, segment: Segment, series: RawSeries) -> str:
    """SQL for whether the highest close held counts as a record: `records_from` must be set, and all since be held."""
    if segment.records_from is None:
        return "false"
    return f"day >= DATE '{segment.records_from}' AND {whole(tables, segment, series)}"


def whole(tables: Tables, segment: Segment, series: RawSeries) -> str:
    """SQL for whether, on row `n`, every close since `records_from` is held."""
    missing = tables.missing(frozenset([series.symbol]))
    unbroken = f"n < {missing[0]}" if missing else "true"
    if segment.records_from is None or tables.simulated:
        return unbroken
    held = f"{tables.series(series.symbol, series.field)} JOIN sessions USING (n) WHERE v IS NOT NULL"
    begun = tables.asked(f"SELECT min(day) <= DATE '{segment.records_from}' FROM {held}")[0][0]
    return unbroken if begun else "false"


def _intraday(tables: Tables, segment: Segment, series: RawSeries) -> str:
    reached = f"(SELECT n, v, coalesce(high, v) AS reached FROM {reach(tables, series)})"
    before = f"max(reached) OVER {EARLIER}"
    broken = f"(reached IS NOT NULL AND ({before} IS NULL OR reached > {before}))::INT"
    may = f"v IS NOT NULL AND {claimed(tables, segment, series)}"
    return f"SELECT n, CASE WHEN {may} THEN {broken} END AS v FROM {reached} JOIN sessions USING (n)"


def records() -> Iterator[tuple[str, SqlMeasure]]:
    highest = "highest {close} of the history held up to and including the session"
    earlier = "highest {close} of the history held before the session"
    rows = (
        ("record_close", Unit.FLAG, "record close", "{close} above every earlier {close} of the history held",
         "broken::INT"),
        ("record_level", Unit.LEVEL, "record close to date", highest, "top"),
        ("record_date", Unit.DATE, "date of the record close", f"session of the {highest}", dated("spot")),
        ("prior_record_level", Unit.LEVEL, "record close before the session", earlier, "earlier"),
        ("prior_record_date", Unit.DATE, "date of the record close before the session", f"session of the {earlier}",
         dated("prior")),
        ("sessions_since_record", Unit.COUNT, "sessions since the record close",
         "sessions from the record close to this one", "n - spot"),
        ("record_wait", Unit.COUNT, "sessions from the record close before to this one",
         "sessions from the record close before to this record close; absent on other sessions",
         "CASE WHEN broken THEN n - prior END"),
        ("records_ytd", Unit.COUNT, "record closes in the year to date",
         "count of record closes in the calendar year, this session included",
         "sum((broken AND claimed)::INT) OVER (PARTITION BY year ORDER BY n)"),
        ("to_record", Unit.PERCENT, "rise needed to reach the record close",
         f"{highest}, divided by the {{close}}, less one", "top / v - 1"),
        ("drawdown", Unit.PERCENT, "{basis} from the record close",
         "{close} divided by the highest {close} of the history held, less one", "v / top - 1"),
    )  # fmt: skip
    for suffix, unit, label, formula, value in rows:
        yield suffix, SqlMeasure(unit, label, formula, _record(value))
    label, formula = (
        "record high within the session",
        "high of the session above every earlier high of the history held",
    )
    yield "record_intraday", SqlMeasure(Unit.FLAG, label, formula, _intraday)


def ranges() -> Iterator[tuple[str, SqlMeasure]]:
    sides = (("high", "highest", "max", 1, "above"), ("low", "lowest", "min", -1, "below"))
    for side, word, pick, sign, where in sides:
        formula = f"{word} {{close}} since the same day a year before"
        first = f"-(max({{{{'v': {sign} * v, 'n': -n}}}}) OVER {{year}}).n"
        without = (Kind.BASKET, Kind.YIELD)

        def query(value: str, most: str = f"{pick}(v) OVER {{year}}", first: str = first) -> Sql:
            def sql(tables: Tables, segment: Segment, series: RawSeries) -> str:
                year = over_the_year(tables.series(series.symbol, series.field), most=most, first=first)
                return f"SELECT n, {value} AS v FROM ({year})"

            return sql

        yield f"{side}_1y", SqlMeasure(Unit.LEVEL, f"one-year {side}", formula, query("most"), without)
        day = query(dated("first"))
        yield (
            f"{side}_1y_date",
            SqlMeasure(Unit.DATE, f"date of the one-year {side}", f"session of the {formula}", day, without),
        )
        claim = f"{{close}} {where} every earlier {{close}} since the same day a year before"
        yield f"new_{side}_1y", SqlMeasure(Unit.FLAG, f"new one-year {side}", claim, query("(first = n)::INT"), without)
        distance = SqlMeasure(
            Unit.PERCENT, f"{{basis}} from the one-year {side}", f"{{close}} divided by the {formula}, less one",
            query("today / most - 1"), without,
        )  # fmt: skip
        yield "drawdown_1y" if side == "high" else "above_low_1y", distance
        yield from _short(side, word, pick, sign)
        for period in ("quarter", "half", "year"):
            yield from _of_period(period, side, word, pick, sign)


def _of_period(period: str, side: str, word: str, pick: str, sign: int) -> Iterator[tuple[str, SqlMeasure]]:
    """The highest or lowest close of a period so far, its session, the way to it and the way from it."""
    key, without = f"{period[0]}td", (Kind.BASKET, Kind.YIELD)
    spoken = SPOKEN.get(period, period)
    label, formula = f"{side} of the {spoken} to date", f"{word} {{close}} of the {spoken} to date"
    so_far = f"(PARTITION BY {period} ORDER BY n)"
    whole = f"count(v) OVER {so_far} = count(*) OVER {so_far} AND min(n) OVER {so_far} > 0"
    first = f"-(max({{'v': {sign} * v, 'n': -n}}) OVER {so_far}).n"
    rows = (
        f"(SELECT n, v, s, CASE WHEN {whole} THEN {pick}(v) OVER {so_far} END AS most, "
        f"CASE WHEN {whole} THEN {first} END AS spot "
        f"FROM {{c}} JOIN sessions USING (n) JOIN (SELECT n, s FROM span_{key}) USING (n))"
    )

    def query(value: str, more: str = "") -> Sql:
        return of_closes(f"SELECT x.n, {value} AS v FROM {rows} x {more}")

    yield f"{side}_{key}", SqlMeasure(Unit.LEVEL, label, formula, query("x.most"), without)
    day = query(dated("x.spot"))
    yield f"{side}_{key}_date", SqlMeasure(Unit.DATE, f"date of the {label}", f"session of the {formula}", day, without)
    yield (
        f"drawdown_{key}" if side == "high" else f"above_low_{key}",
        SqlMeasure(
            Unit.PERCENT, f"{{basis}} from the {label}", f"{{close}} divided by the {formula}, less one",
            query("x.v / nullif(x.most, 0) - 1"), without,
        ),
    )  # fmt: skip
    before = f"{formula} divided by the last {{close}} of the {spoken} before, less one"
    yield (
        f"return_to_{side}_{key}",
        SqlMeasure(
            Unit.PERCENT, f"{{basis}} from the last close before to the {label}", before,
            query("x.most / nullif(b.v, 0) - 1", "LEFT JOIN {c} b ON b.n = x.s"), without,
        ),
    )  # fmt: skip


def _short(side: str, word: str, pick: str, sign: int) -> Iterator[tuple[str, SqlMeasure]]:
    last, without = window(20), (Kind.BASKET, Kind.YIELD)
    held = f"count(v) OVER {last} = 20"
    first = f"-(max({{'v': {sign} * v, 'n': -n}}) OVER {last}).n"
    formula = f"{word} of the last 20 {{close}}s"
    level = of_closes(f"SELECT n, CASE WHEN {held} THEN {pick}(v) OVER {last} END AS v FROM {{c}}")
    yield f"{side}_20d", SqlMeasure(Unit.LEVEL, f"20-session {side}", formula, level, without)
    spot = f"(SELECT n, CASE WHEN {held} THEN {first} END AS spot FROM {{c}})"
    day = of_closes(f"SELECT n, {dated('spot')} AS v FROM {spot}")
    label = f"date of the 20-session {side}"
    yield f"{side}_20d_date", SqlMeasure(Unit.DATE, label, f"session of the {formula}", day, without)
