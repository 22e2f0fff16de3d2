"""Loads a market's raw prices into one long DuckDB table `prices(symbol, session, field, value)`, beside its calendar.

Besides prices and observations it takes from the market only the sessions, the session after the last, the days of
early closing and the sessions whose move is not a one-day move.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property

import duckdb
import numpy as np

from generator.model import Days, Market

FIELDS = ("open", "high", "low", "close", "adj_close")
PERIODS = ("week", "month", "quarter", "half", "year")
SPOKEN = {"half": "half-year"}
"""What a period is called where that is not its key."""
COUNTED = {f"{sessions}d": sessions for sessions in (1, 5, 21, 63, 126, 252)}
DATED = {"1m": "1 MONTH", "3m": "3 MONTHS", "6m": "6 MONTHS", "1y": "12 MONTHS", "3y": "36 MONTHS",
         "10y": "120 MONTHS"}  # fmt: skip
HORIZONS = (*COUNTED, *DATED, *(f"{period[0]}td" for period in PERIODS), *(f"prior_{period}" for period in PERIODS))


def begun(period: str, day: str) -> str:
    """SQL for the first day of the period that a day falls in."""
    if period != "half":
        return f"date_trunc('{period}', {day})"
    return f"(date_trunc('year', {day}) + CASE WHEN month({day}) > 6 THEN INTERVAL 6 MONTH ELSE INTERVAL 0 MONTH END)"


_SESSIONS = f"""
CREATE TABLE sessions AS
SELECT n, day, early, lead(day, 1, $1) OVER (ORDER BY n) AS following,
       date_trunc('week', day) AS week, date_trunc('month', day) AS month,
       date_trunc('quarter', day) AS quarter, {begun("half", "day")} AS half, date_trunc('year', day) AS year
FROM (SELECT n::INT AS n, DATE '1970-01-01' + number::INT AS day, early::BOOLEAN AS early FROM axis) ORDER BY n
"""


class PriceTable:
    """Raw prices in an in-memory database; `cursor` runs SQL over them."""

    def __init__(self, market: Market) -> None:
        self.cursor = duckdb.connect(":memory:", config={"threads": 1})
        # In memory a table is kept as it is written, at more than twice the size, unless its database is compressed.
        self.cursor.execute("ATTACH ':memory:' AS held (COMPRESS)")
        self.cursor.execute("USE held")
        self.days: list[date] = market.sessions.astype("datetime64[D]").astype(object).tolist()
        self.simulated = market.simulated
        self._series: dict[tuple[str, str], str] = {}
        numbers = market.sessions.astype("datetime64[D]").astype(np.int64)
        axis = {"n": np.arange(len(numbers)), "number": numbers, "early": market.half_days.astype(np.int8)}
        self.cursor.register("axis", axis)
        self.cursor.execute(_SESSIONS, [market.next_session])
        self.cursor.unregister("axis")
        self._load(market, numbers)
        self.cursor.execute("CREATE TABLE not_a_day (symbol VARCHAR, n INT)")
        for symbol, apart in market.not_a_day.items():
            self.cursor.register("apart", {"n": np.flatnonzero(np.isin(market.sessions, apart))})
            self.cursor.execute("INSERT INTO not_a_day SELECT $1, n::INT FROM apart", [symbol])
            self.cursor.unregister("apart")
        for horizon in HORIZONS:
            self.cursor.execute(f"CREATE TABLE span_{horizon} AS {_span(horizon)}")

    def _load(self, market: Market, numbers: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
        self.cursor.execute("CREATE TABLE prices (symbol VARCHAR, session DATE, field VARCHAR, value DOUBLE)")
        for symbol, bars in market.histories.items():
            for field in FIELDS:
                values = bars.column(field)
                if values is None:
                    continue
                self.cursor.register("bars", {"number": numbers, "value": np.ascontiguousarray(values)})
                self.cursor.execute(
                    "INSERT INTO prices SELECT $1, DATE '1970-01-01' + number::INT, $2, value "
                    "FROM bars WHERE NOT isnan(value)",
                    [symbol, field],
                )
                self.cursor.unregister("bars")

        self.cursor.execute(
            "CREATE TABLE observations (series VARCHAR, place INT, day DATE, value DOUBLE, seen DATE, "
            "released DATE, confirmed DATE)"
        )
        for series, observed in market.observations.items():
            nowhere = np.full(len(observed.days), np.datetime64("NaT"))
            dates = {"seen": observed.seen, "released": observed.released, "confirmed": observed.confirmed}
            rows = {"place": np.arange(len(observed.days)), "day": _numbers(observed.days), "value": observed.values}
            rows |= {name: _numbers(nowhere if held is None else held) for name, held in dates.items()}
            self.cursor.register("rows", rows)
            dated = ", ".join(f"CASE WHEN {name} >= 0 THEN DATE '1970-01-01' + {name}::INT END" for name in dates)
            self.cursor.execute(
                f"INSERT INTO observations SELECT $1, place, DATE '1970-01-01' + day::INT, value, {dated} FROM rows",
                [series],
            )
            self.cursor.unregister("rows")

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each session by its ISO date."""
        return {day.isoformat(): row for row, day in enumerate(self.days)}

    def values(self, symbol: str, field: str) -> list[float | None]:
        """One column of raw prices over the sessions, None if there is no price."""
        key = (symbol, field)
        if key not in self._columns:
            found = self.cursor.execute(f"SELECT v FROM {self.series(symbol, field)} ORDER BY n").fetchall()
            self._columns[key] = [value for (value,) in found]
        return self._columns[key]

    @cached_property
    def _columns(self) -> dict[tuple[str, str], list[float | None]]:
        return {}

    def series(self, symbol: str, field: str) -> str:
        """The name of a table `(n, v)` with one symbol's field on every session, NULL if it has no price."""
        key = (symbol, field)
        if key not in self._series:
            name = f'"{symbol} {field}"'
            self.cursor.execute(
                f"CREATE TABLE {name} AS SELECT s.n, p.value AS v FROM sessions s LEFT JOIN "
                "(SELECT session, value FROM prices WHERE symbol = $1 AND field = $2) p ON p.session = s.day "
                "ORDER BY s.n",
                [symbol, field],
            )
            self._series[key] = name
        return self._series[key]


def _numbers(days: Days) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Days since 1970-01-01; -1 if there is none."""
    return np.where(np.isnat(days), -1, days.astype("datetime64[D]").astype(np.int64))


def _span(horizon: str) -> str:
    """SQL for the rows `e` and `s` where a horizon ends and starts, for each row."""
    if horizon in COUNTED:
        return f"SELECT n, n AS e, n - {COUNTED[horizon]} AS s FROM sessions ORDER BY n"
    if horizon in DATED:
        # Subtracting months stops at the end of a month: May 31 less one month is April 30.
        back = f"SELECT n, (day - INTERVAL {DATED[horizon]})::DATE AS back FROM sessions"
        return (
            f"SELECT a.n, a.n AS e, b.n AS s FROM ({back}) a ASOF LEFT JOIN sessions b ON a.back >= b.day ORDER BY a.n"
        )
    prior = horizon.startswith("prior_")
    period = horizon.removeprefix("prior_") if prior else next(one for one in PERIODS if one[0] == horizon[0])
    before = f"SELECT n, min(n) OVER (PARTITION BY {period}) - 1 AS s FROM sessions"
    if not prior:
        return f"SELECT n, n AS e, s FROM ({before}) ORDER BY n"
    return f"SELECT a.n, a.s AS e, b.s FROM ({before}) a LEFT JOIN ({before}) b ON b.n = a.s ORDER BY a.n"
