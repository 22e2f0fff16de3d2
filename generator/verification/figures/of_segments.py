"""SQL over one segment's closes: returns, levels, streaks, volatility, averages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from generator.model import Kind, Segment, Unit
from generator.verification.figures.declines import DECLINES
from generator.verification.figures.measure import Sql, SqlMeasure, of_closes, of_reach
from generator.verification.figures.of_records import ranges, records
from generator.verification.figures.prices import COUNTED, DATED, HORIZONS, PERIODS, SPOKEN
from generator.verification.figures.spec import TO_DATE, RawSeries, Tables, window

WORDS = {"1d": "one session", "5d": "five sessions", "1m": "one month", "3m": "three months", "6m": "six months",
         "1y": "one year", "3y": "three years", "10y": "ten years"}  # fmt: skip


@cache
def measures() -> dict[str, tuple[SqlMeasure, ...]]:
    """Every measure of a segment by its suffix; a suffix may have several, for different kinds of segment."""
    found: dict[str, tuple[SqlMeasure, ...]] = {}
    for makers in (_moves(), _beside(), _levels(), records(), ranges(), _streaks(), _averages(), DECLINES(SqlMeasure)):
        for suffix, measure in makers:
            found[suffix] = (*found.get(suffix, ()), measure)
    return found


def horizon_words(horizon: str) -> str:
    """`over five sessions`, `over three months`, `in the month to date`, `in the month before`."""
    if horizon in WORDS or horizon in COUNTED:
        return f"over {WORDS.get(horizon) or f'{COUNTED[horizon]} sessions'}"
    period = next(one for one in PERIODS if one[0] == horizon.removeprefix("prior_")[0])
    return f"in the {SPOKEN.get(period, period)} {'before' if horizon.startswith('prior_') else 'to date'}"


def _between(horizon: str, close: str, verb: str) -> str:
    if horizon in COUNTED:
        return f"{close} {verb} the {close} {horizon_words(horizon).removeprefix('over ')} earlier"
    if horizon in DATED:
        ago = horizon_words(horizon).removeprefix("over ")
        return f"{close} {verb} the {close} on the same day {ago} earlier, or the last before that day"
    last = f"last {close} of the {horizon_words(horizon).split()[2]} before"
    return f"{last} {verb} {'the ' + last + ' that'}" if horizon.startswith("prior_") else f"{close} {verb} the {last}"


def _span(horizon: str, value: str) -> Sql:
    def sql(tables: Tables, segment: Segment, series: RawSeries) -> str:
        closes = tables.series(series.symbol, series.field)
        ends = f"LEFT JOIN {closes} a ON a.n = x.e LEFT JOIN {closes} b ON b.n = x.s"
        if horizon != "1d":
            return f"SELECT x.n, {value} AS v FROM span_{horizon} x {ends}"
        apart = f"x.n IN (SELECT n FROM not_a_day WHERE symbol = '{series.symbol}')"
        return f"SELECT x.n, CASE WHEN NOT {apart} THEN {value} END AS v FROM span_{horizon} x {ends}"

    return sql


def _moves() -> Iterator[tuple[str, SqlMeasure]]:
    for key in HORIZONS:
        words, share = horizon_words(key), f"{_between(key, '{close}', 'divided by')}, less one"
        ratio, gap = _span(key, "a.v / nullif(b.v, 0) - 1"), _between(key, "close", "less")
        bp, points = _span(key, "(a.v - b.v) * 100"), _span(key, "a.v - b.v")
        yield f"return_{key}", SqlMeasure(Unit.PERCENT, f"{{basis}} {words}", share, ratio)
        yield f"total_return_{key}", SqlMeasure(Unit.PERCENT, f"{{basis}} {words}", share, ratio, total=True)
        yields = SqlMeasure(
            Unit.BASIS_POINTS, f"change in yield {words}", f"{gap}, in basis points", bp, (), Kind.YIELD
        )
        yield f"change_{key}", yields
        nerves = SqlMeasure(Unit.VOLATILITY, f"change in points {words}", gap, points, (), Kind.VOLATILITY)
        yield f"change_{key}", nerves
        if key == "1d":
            percent = SqlMeasure(Unit.PERCENT, f"change in percent {words}", share, ratio, (), Kind.VOLATILITY)
            yield f"return_{key}", percent


def _beside() -> Iterator[tuple[str, SqlMeasure]]:
    """The day's move beside the others of its year, and beside that of the day before."""

    def as_large(tables: Tables, segment: Segment, series: RawSeries) -> str:
        moves = (
            f"(SELECT n, year, abs(p) AS size FROM {tables.table(f'{segment.key}_return_1d')} JOIN sessions USING (n))"
        )
        count = "count(*) FILTER (WHERE b.size >= a.size)"
        known = "min(b.n) > 0 AND count(b.size) = count(*)"
        return (
            f"SELECT a.n, CASE WHEN {known} THEN {count} END AS v FROM {moves} a "
            f"JOIN {moves} b ON b.year = a.year AND b.n <= a.n GROUP BY a.n"
        )

    def undone(sign: str, contrary: str) -> Sql:
        def sql(tables: Tables, segment: Segment, series: RawSeries) -> str:
            closes, moves = tables.series(series.symbol, series.field), tables.table(f"{segment.key}_return_1d")
            before, earlier = (f"lag(c.v, {by}) OVER (ORDER BY c.n)" for by in (1, 2))
            turned = f"lag(m.p) OVER (ORDER BY c.n) {sign} 0 AND m.p {contrary} 0"
            share = f"({before} - c.v) / nullif({before} - {earlier}, 0)"
            return f"SELECT c.n, CASE WHEN {turned} THEN {share} END AS v FROM {closes} c JOIN {moves} m USING (n)"

        return sql

    label = "moves of the year to date as large or larger, up or down"
    whose = "whose printed {basis} is as large or larger, whatever its sign"
    formula = f"count of sessions of the calendar year, this one included, {whose}"
    yield "moves_as_large_ytd", SqlMeasure(Unit.COUNT, label, formula, as_large)
    for suffix, move, contrary, verb, signs in (
        ("given_back_1d", "rise", "fall", "given back", "><"),
        ("regained_1d", "fall", "rise", "regained", "<>"),
    ):
        label = f"share of the {move} of the session before that was {verb}"
        both = "if both show in the printed {basis}"
        formula = f"{contrary} of the {{close}} divided by its {move} one session earlier, {both}"
        yield suffix, SqlMeasure(Unit.PERCENT, label, formula, undone(*signs), decimals=0)


def _levels() -> Iterator[tuple[str, SqlMeasure]]:
    yield "level", SqlMeasure(Unit.LEVEL, "{close}", "{close}", of_closes("SELECT n, v FROM {c}"), (Kind.BASKET,))
    before = "nullif(lag(v) OVER (ORDER BY n), 0)"
    for side, word in (("high", "highest"), ("low", "lowest")):
        price = SqlMeasure(Unit.LEVEL, f"{side} of the session", f"{word} price of the session", of_reach(side))
        yield f"{side}_1d", price
        label = f"{{basis}} from the close before to the session's {side}"
        formula = f"{side} of the session divided by the {{close}} one session earlier, less one"
        yield f"{side}_return_1d", SqlMeasure(Unit.PERCENT, label, formula, of_reach(f"{side} / {before} - 1"))
    formula = "high less low of the session, divided by the {close} one session earlier"
    label = "range of the session, high to low"
    yield "range_1d", SqlMeasure(Unit.PERCENT, label, formula, of_reach(f"(high - low) / {before}"))


def runs(table: str) -> str:
    """SQL for `(n, v)`: the signed length of the run of same-sign printed moves that ends on each row.

    After an absent move the length is unknown until the direction changes; a move of zero counts as a change.
    """
    before = "lag(s) OVER (ORDER BY n)"
    return (
        f"WITH m AS (SELECT n, sign(p) AS s FROM {table}), "
        f"t AS (SELECT n, s, s = 0 OR coalesce(s <> {before}, false) AS turns FROM m), "
        f"r AS (SELECT n, s, max(CASE WHEN turns THEN n END) OVER {TO_DATE} AS began, "
        f"max(CASE WHEN s IS NULL THEN n END) OVER {TO_DATE} AS broke FROM t) "
        "SELECT n, CASE WHEN broke IS NULL OR broke < began THEN s * (n - began + 1) END AS v FROM r"
    )


def _streaks() -> Iterator[tuple[str, SqlMeasure]]:
    def run(tables: Tables, segment: Segment, series: RawSeries) -> str:
        return runs(tables.table(f"{segment.key}_return_1d"))

    def ended(tables: Tables, segment: Segment, series: RawSeries) -> str:
        before = "lag(v) OVER (ORDER BY n)"
        broken = f"CASE WHEN sign(v) = sign({before}) THEN 0 ELSE {before} END"
        return f"SELECT n, CASE WHEN v IS NOT NULL THEN {broken} END AS v FROM {tables.table(f'{segment.key}_streak')}"

    def worth(tables: Tables, segment: Segment, series: RawSeries) -> str:
        closes, streak = tables.series(series.symbol, series.field), tables.table(f"{segment.key}_streak")
        return (
            f"SELECT r.n, a.v / nullif(b.v, 0) - 1 AS v FROM {streak} r JOIN {closes} a ON a.n = r.n "
            f"LEFT JOIN {closes} b ON b.n = r.n - abs(r.v) AND r.v <> 0"
        )

    label = "consecutive sessions of gains (above zero) or losses (below)"
    formula = "count of consecutive sessions up to this one whose printed {basis} has this session's sign"
    yield "streak", SqlMeasure(Unit.COUNT, label, formula, run)
    label = "length of the run of gains (above zero) or losses (below) that the session broke"
    formula = "consecutive sessions up to the one before whose printed {basis} had another sign than this session's"
    yield "streak_ended", SqlMeasure(Unit.COUNT, label, formula, ended)
    label, formula = (
        "{basis} over the current run of gains or losses",
        "{close} divided by the {close} before the run began, less one",
    )
    yield "streak_return", SqlMeasure(Unit.PERCENT, label, formula, worth)


def _averages() -> Iterator[tuple[str, SqlMeasure]]:
    for key in ("1m", "3m", "1y"):
        before = "lag(v) OVER (ORDER BY n)"
        daily = f"(SELECT n, CASE WHEN v > 0 AND {before} > 0 THEN ln(v / {before}) END AS r FROM {{c}})"
        value = "CASE WHEN count(d.r) = count(*) AND count(*) > 1 THEN stddev_samp(d.r) * sqrt(252) END"
        swings = f"SELECT x.n, {value} AS v FROM span_{key} x JOIN {daily} d ON d.n > x.s AND d.n <= x.n GROUP BY x.n"
        query = f"SELECT s.n, y.v FROM sessions s LEFT JOIN ({swings}) y USING (n)"
        label = f"realised volatility {horizon_words(key)}, annualised"
        formula = (
            f"square root of 252 times the sample standard deviation of the daily log returns {horizon_words(key)}"
        )
        yield (
            f"volatility_{key}",
            SqlMeasure(Unit.PERCENT, label, formula, of_closes(query), decimals=1),
        )
    for length in (50, 200):
        frame, formula = window(length), f"mean of the last {length} {{close}}s"
        mean = f"CASE WHEN count(v) OVER {frame} = {length} THEN avg(v) OVER {frame} END"
        label = f"{length}-session average"
        yield (
            f"average_{length}d",
            SqlMeasure(Unit.LEVEL, label, formula, of_closes(f"SELECT n, {mean} AS v FROM {{c}}")),
        )
        share = SqlMeasure(
            Unit.PERCENT, f"{{basis}} from the {label}", f"{{close}} divided by the {formula}, less one",
            of_closes(f"SELECT n, v / ({mean}) - 1 AS v FROM {{c}}"),
        )  # fmt: skip
        yield f"above_average_{length}d", share
