"""A segment and a measure in, SQL over its closes out: returns, levels, records, ranges, streaks, volatility."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from generator.model import Basis, Kind, Segment, Unit
from generator.verification.declines import DECLINES
from generator.verification.prices import COUNTED, HORIZONS
from generator.verification.spec import EARLIER, TO_DATE, Series, Spec, Tables, dated, decimals_of, own_series, window

Sql = Callable[[Tables, Segment, Series], str]
YEAR = 252
WITHOUT_RETURNS = (Kind.BASKET, Kind.YIELD, Kind.VOLATILITY)
WORDS = {"1d": "one session", "1w": "five sessions"}


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of any segment of a fitting kind; `{basis}` and `{close}` in its words are the segment's own."""

    unit: Unit
    label: str
    formula: str
    sql: Sql
    without: tuple[Kind, ...] = WITHOUT_RETURNS
    only: Kind | None = None
    decimals: int | None = None
    total: bool = False
    """Made of the dividend-adjusted closes, whatever the segment's own are."""

    def spec(self, name: str, segment: Segment, suffix: str) -> Spec | None:
        """The figure of one segment, or None if the segment cannot have it."""
        if segment.kind in self.without or (self.only and segment.kind is not self.only):
            return None
        series = own_series(segment)
        if self.total:
            series = Series(segment.total, "adj_close", Basis.TOTAL) if segment.total else None
        if series is None:
            return None
        unit = _level_unit(segment) if self.unit is Unit.LEVEL else self.unit
        basis = series.basis if unit in (Unit.PERCENT, Unit.POINTS) else Basis.NONE
        words = {"basis": "change" if series.basis is Basis.NONE else series.basis.value, "close": series.close}
        label, formula = f"{segment.short}, {self.label.format(**words)}", self.formula.format(**words)
        decimals = decimals_of(unit) if self.decimals is None else self.decimals
        made = series
        return Spec(
            name, unit, basis, label, formula, lambda tables: self.sql(tables, segment, made), decimals,
            series=(made,), suffix=suffix, parts=(segment.key,),
        )  # fmt: skip


def _level_unit(segment: Segment) -> Unit:
    special = {Kind.YIELD: Unit.YIELD, Kind.VOLATILITY: Unit.VOLATILITY}
    priced = (Kind.FUND, Kind.STOCK, Kind.CRYPTO, Kind.COMMODITY)
    return special.get(segment.kind, Unit.DOLLARS if segment.kind in priced else Unit.LEVEL)


@cache
def measures() -> dict[str, tuple[Measure, ...]]:
    """Every measure of a segment by its suffix; kinds of segment that differ have one each."""
    found: dict[str, tuple[Measure, ...]] = {}
    for makers in (_moves(), _levels(), _records(), _ranges(), _streaks(), _averages(), DECLINES(Measure)):
        for suffix, measure in makers:
            found[suffix] = (*found.get(suffix, ()), measure)
    return found


def horizon_words(horizon: str) -> str:
    """`over five sessions`, `in the month to date`, `in the month before`."""
    if horizon in COUNTED:
        return f"over {WORDS.get(horizon, f'{COUNTED[horizon]} sessions')}"
    period = next(one for one in ("week", "month", "quarter", "year") if one[0] == horizon.removeprefix("prior_")[0])
    return f"in the {period} {'before' if horizon.startswith('prior_') else 'to date'}"


def _between(horizon: str, close: str, verb: str) -> str:
    if horizon in COUNTED:
        return f"{close} {verb} the {close} {horizon_words(horizon).removeprefix('over ')} earlier"
    last = f"last {close} of the {horizon_words(horizon).split()[2]} before"
    return f"{last} {verb} {'the ' + last + ' that'}" if horizon.startswith("prior_") else f"{close} {verb} the {last}"


def _span(horizon: str, value: str) -> Sql:
    def sql(tables: Tables, segment: Segment, series: Series) -> str:
        closes = tables.series(series.symbol, series.field)
        ends = f"LEFT JOIN {closes} a ON a.n = x.e LEFT JOIN {closes} b ON b.n = x.s"
        return f"SELECT x.n, {value} AS v FROM span_{horizon} x {ends}"

    return sql


def _moves() -> Iterator[tuple[str, Measure]]:
    for key in HORIZONS:
        words, share = horizon_words(key), f"{_between(key, '{close}', 'divided by')}, less one"
        ratio, gap = _span(key, "a.v / nullif(b.v, 0) - 1"), _between(key, "close", "less")
        bp, points = _span(key, "(a.v - b.v) * 100"), _span(key, "a.v - b.v")
        yield f"return_{key}", Measure(Unit.PERCENT, f"{{basis}} {words}", share, ratio)
        yield f"total_return_{key}", Measure(Unit.PERCENT, f"{{basis}} {words}", share, ratio, total=True)
        yields = Measure(Unit.BASIS_POINTS, f"change in yield {words}", f"{gap}, in basis points", bp, (), Kind.YIELD)
        yield f"change_{key}", yields
        nerves = Measure(Unit.VOLATILITY, f"change in points {words}", gap, points, (), Kind.VOLATILITY)
        yield f"change_{key}", nerves
        if key == "1d":
            percent = Measure(Unit.PERCENT, f"change in percent {words}", share, ratio, (), Kind.VOLATILITY)
            yield f"return_{key}", percent


def _of_closes(query: str) -> Sql:
    """A query over the table of closes, which stands where it says `{c}`."""
    return lambda tables, segment, series: query.replace("{c}", tables.series(series.symbol, series.field))


def _reach(tables: Tables, series: Series) -> str:
    """Close, high and low of each session on the segment's own basis."""
    c, high, low = (tables.series(series.symbol, field) for field in (series.field, "high", "low"))
    if series.field == "close":
        return f"(SELECT c.n, c.v, h.v AS high, l.v AS low FROM {c} c JOIN {high} h USING (n) JOIN {low} l USING (n))"
    plain = tables.series(series.symbol, "close")
    factor = "c.v / nullif(p.v, 0)"
    return (
        f"(SELECT c.n, c.v, h.v * ({factor}) AS high, l.v * ({factor}) AS low FROM {c} c "
        f"JOIN {high} h USING (n) JOIN {low} l USING (n) JOIN {plain} p USING (n))"
    )


def _of_reach(value: str) -> Sql:
    return lambda tables, segment, series: f"SELECT n, {value} AS v FROM {_reach(tables, series)}"


def _levels() -> Iterator[tuple[str, Measure]]:
    yield "level", Measure(Unit.LEVEL, "{close}", "{close}", _of_closes("SELECT n, v FROM {c}"), (Kind.BASKET,))
    before = "nullif(lag(v) OVER (ORDER BY n), 0)"
    for side, word in (("high", "highest"), ("low", "lowest")):
        price = Measure(Unit.LEVEL, f"{side} of the session", f"{word} price of the session", _of_reach(side))
        yield f"{side}_1d", price
        label = f"{{basis}} from the close before to the session's {side}"
        formula = f"{side} of the session divided by the {{close}} one session earlier, less one"
        yield f"{side}_return_1d", Measure(Unit.PERCENT, label, formula, _of_reach(f"{side} / {before} - 1"))
    formula = "high less low of the session, divided by the {close} one session earlier"
    label = "range of the session, high to low"
    yield "range_1d", Measure(Unit.PERCENT, label, formula, _of_reach(f"(high - low) / {before}"))


def _record(value: str) -> Sql:
    """`value` over each session's record to date, where a record may be claimed."""

    def sql(tables: Tables, segment: Segment, series: Series) -> str:
        closes = tables.series(series.symbol, series.field)
        table = tables.once(
            f"{segment.key} records",
            lambda name: (
                tables.run(
                    f"CREATE TABLE {name} AS WITH t AS (SELECT n, v, max(v) OVER {TO_DATE} AS top, max(v) OVER {EARLIER} "
                    f"AS earlier FROM {closes}), b AS (SELECT *, v IS NOT NULL AND (earlier IS NULL OR v > earlier) AS broken "
                    f"FROM t) SELECT b.*, s.year, max(CASE WHEN broken THEN n END) OVER {TO_DATE} AS spot, "
                    f"max(CASE WHEN broken THEN n END) OVER {EARLIER} AS prior, "
                    f"v IS NOT NULL AND s.day >= {_first_claim(segment)} AS claimed FROM b JOIN sessions s USING (n) ORDER BY n"
                )
                and None
            ),
        )
        return f"SELECT n, CASE WHEN claimed THEN {value} END AS v FROM {table}"

    return sql


def _first_claim(segment: Segment) -> str:
    return f"DATE '{segment.records_from}'" if segment.records_from else "DATE '9999-12-31'"


def _intraday(tables: Tables, segment: Segment, series: Series) -> str:
    reached = f"(SELECT n, v, coalesce(high, v) AS reached FROM {_reach(tables, series)})"
    before = f"max(reached) OVER {EARLIER}"
    broken = f"(reached IS NOT NULL AND ({before} IS NULL OR reached > {before}))::INT"
    claimed = f"v IS NOT NULL AND day >= {_first_claim(segment)}"
    return f"SELECT n, CASE WHEN {claimed} THEN {broken} END AS v FROM {reached} JOIN sessions USING (n)"


def _records() -> Iterator[tuple[str, Measure]]:
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
        ("to_record", Unit.PERCENT, "rise needed to reach the record close", f"{highest}, divided by the {{close}}, less one",
         "top / v - 1"),
        ("drawdown", Unit.PERCENT, "{basis} from the record close",
         "{close} divided by the highest {close} of the history held, less one", "v / top - 1"),
    )  # fmt: skip
    for suffix, unit, label, formula, value in rows:
        yield suffix, Measure(unit, label, formula, _record(value))
    label, formula = (
        "record high within the session",
        "high of the session above every earlier high of the history held",
    )
    yield "record_intraday", Measure(Unit.FLAG, label, formula, _intraday)


def _ranges() -> Iterator[tuple[str, Measure]]:
    year, others = window(YEAR), f"(ORDER BY n ROWS BETWEEN {YEAR - 1} PRECEDING AND 1 PRECEDING)"
    sides = (("high", "highest", "max", 1, ">", "above"), ("low", "lowest", "min", -1, "<", "below"))
    for side, word, pick, sign, beyond, where in sides:
        formula = f"{word} {{close}} of the last 252 sessions"
        whole = f"CASE WHEN count(v) OVER {year} = {YEAR} THEN "
        extreme = f"{whole}{pick}(v) OVER {year} END"
        first = f"{whole}-(max({{'v': {sign} * v, 'n': -n}}) OVER {year}).n END"
        fresh = f"CASE WHEN v IS NOT NULL AND count(v) OVER {others} = {YEAR - 1} THEN (v {beyond} {pick}(v) OVER {others})::INT END"
        without = (Kind.BASKET, Kind.YIELD)

        def query(value: str) -> Sql:
            return _of_closes(f"SELECT n, {value} AS v FROM {{c}}")

        yield f"{side}_52w", Measure(Unit.LEVEL, f"52-week {side}", formula, query(extreme), without)
        day = _of_closes(f"SELECT n, {dated('x')} AS v FROM (SELECT n, {first} AS x FROM {{c}})")
        yield (
            f"{side}_52w_date",
            Measure(Unit.DATE, f"date of the 52-week {side}", f"session of the {formula}", day, without),
        )
        claim = f"{{close}} {where} every {{close}} of the 251 sessions before"
        yield f"new_{side}_52w", Measure(Unit.FLAG, f"new 52-week {side}", claim, query(fresh), without)
        distance = Measure(
            Unit.PERCENT, f"{{basis}} from the 52-week {side}", f"{{close}} divided by the {formula}, less one",
            query(f"v / ({extreme}) - 1"), without,
        )  # fmt: skip
        yield "drawdown_52w" if side == "high" else "above_low_52w", distance


def runs(table: str) -> str:
    """SQL for `(n, v)`: the signed length of the run of like-signed printed moves that ends on each row."""
    return (
        f"WITH m AS (SELECT n, sign(p) AS s, p IS NULL OR sign(p) IS DISTINCT FROM lag(sign(p)) OVER (ORDER BY n) AS turns "
        f"FROM {table}), r AS (SELECT n, s, max(CASE WHEN turns THEN n END) OVER {TO_DATE} AS began FROM m) "
        "SELECT n, s * (n - began + 1) AS v FROM r"
    )


def _streaks() -> Iterator[tuple[str, Measure]]:
    def run(tables: Tables, segment: Segment, series: Series) -> str:
        return runs(tables.table(f"{segment.key}_return_1d"))

    def ended(tables: Tables, segment: Segment, series: Series) -> str:
        before = "lag(v) OVER (ORDER BY n)"
        broken = f"CASE WHEN sign(v) = sign({before}) THEN 0 ELSE {before} END"
        return f"SELECT n, CASE WHEN v IS NOT NULL THEN {broken} END AS v FROM {tables.table(f'{segment.key}_streak')}"

    def worth(tables: Tables, segment: Segment, series: Series) -> str:
        closes, streak = tables.series(series.symbol, series.field), tables.table(f"{segment.key}_streak")
        return (
            f"SELECT r.n, a.v / nullif(b.v, 0) - 1 AS v FROM {streak} r JOIN {closes} a ON a.n = r.n "
            f"LEFT JOIN {closes} b ON b.n = r.n - abs(r.v) AND r.v <> 0"
        )

    label = "consecutive sessions of gains (above zero) or losses (below)"
    formula = "count of consecutive sessions up to this one whose printed {basis} has this session's sign"
    yield "streak", Measure(Unit.COUNT, label, formula, run)
    label = "length of the run of gains (above zero) or losses (below) that the session broke"
    formula = "consecutive sessions up to the one before whose printed {basis} had another sign than this session's"
    yield "streak_ended", Measure(Unit.COUNT, label, formula, ended)
    label, formula = (
        "{basis} over the current run of gains or losses",
        "{close} divided by the {close} before the run began, less one",
    )
    yield "streak_return", Measure(Unit.PERCENT, label, formula, worth)


def _averages() -> Iterator[tuple[str, Measure]]:
    for key in ("1m", "3m", "1y"):
        length, frame = COUNTED[key], window(COUNTED[key])
        daily = "(SELECT n, CASE WHEN v > 0 AND lag(v) OVER (ORDER BY n) > 0 THEN ln(v / lag(v) OVER (ORDER BY n)) END AS r FROM {c})"
        value = f"CASE WHEN count(r) OVER {frame} = {length} THEN stddev_samp(r) OVER {frame} * sqrt(252) END"
        label = f"realised volatility {horizon_words(key)}, annualised"
        formula = f"square root of 252 times the sample standard deviation of the last {length} daily log returns"
        yield (
            f"volatility_{key}",
            Measure(Unit.PERCENT, label, formula, _of_closes(f"SELECT n, {value} AS v FROM {daily}"), decimals=1),
        )
    for length in (50, 200):
        frame, formula = window(length), f"mean of the last {length} {{close}}s"
        mean = f"CASE WHEN count(v) OVER {frame} = {length} THEN avg(v) OVER {frame} END"
        label = f"{length}-session average"
        yield f"average_{length}d", Measure(Unit.LEVEL, label, formula, _of_closes(f"SELECT n, {mean} AS v FROM {{c}}"))
        share = Measure(
            Unit.PERCENT, f"{{basis}} from the {label}", f"{{close}} divided by the {formula}, less one",
            _of_closes(f"SELECT n, v / ({mean}) - 1 AS v FROM {{c}}"),
        )  # fmt: skip
        yield f"above_average_{length}d", share
