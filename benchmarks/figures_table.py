"""A simulated market in, the time of a table of figures out, beside plain numpy in the same run.

60 segments over 9,700 sessions (38 years), and some 400 columns such as a content library names, 60 of them against
their own past. The reference computes the same base columns from the same closes with one plain numpy expression
each, unrounded, but for the few that need a loop (streaks, bear markets, the calendar); the two are checked to agree.
Run: python benchmarks/figures_table.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from generator.figures.table import FigureTable
from generator.model import Bars, Column, Group, Kind, Market, Segment, Universe

SESSIONS, ROUNDS, SEED = 9_700, 5, 20_240_711
INDICES = [f"index{number}" for number in range(1, 6)]
FUNDS = [f"fund{number}" for number in range(1, 23)]
SECTORS = [f"sector{number}" for number in range(1, 12)]
SMALL_SECTORS = [f"small{number}" for number in range(1, 10)]
STOCKS = [f"stock{number}" for number in range(1, 8)]
OTHERS = dict.fromkeys(("note", "bill"), Kind.YIELD) | {"fear": Kind.VOLATILITY}
OTHERS |= {"dollar": Kind.CURRENCY, "ether": Kind.CRYPTO}
STEPS = {"1d": 1, "5d": 5, "21d": 21, "63d": 63}
HORIZONS = ("1d", "5d", "21d", "mtd", "ytd")
PERIODS = {"mtd": "M8[M]", "ytd": "M8[Y]"}
OPERATORS = ("rank", "rank_low", "n", "percentile", "highest_since", "lowest_since")


def universe() -> Universe:
    """Sixty segments: indices, funds, sectors, stocks and their basket, yields, a volatility index, and others."""
    segments = [_segment(key, Kind.INDEX) for key in INDICES]
    segments += [_segment(key, Kind.FUND) for key in (*FUNDS, *SECTORS, *SMALL_SECTORS)]
    segments += [_segment(key, Kind.STOCK) for key in STOCKS]
    segments += [_segment("seven", Kind.BASKET, tuple(STOCKS))]
    segments += [_segment(key, kind) for key, kind in OTHERS.items()]
    groups = {
        "sectors": Group("sectors", tuple(SECTORS), "sector", "sectors"),
        "small_sectors": Group("small_sectors", tuple(SMALL_SECTORS), "small-cap sector", "small-cap sectors"),
        "stocks": Group("stocks", tuple(STOCKS), "stock", "stocks"),
        "indices": Group("indices", tuple(INDICES), "index", "indices"),
    }
    return Universe({segment.key: segment for segment in segments}, groups, ("index1", "index2"))


def _segment(key: str, kind: Kind, members: tuple[str, ...] = ()) -> Segment:
    price = key.upper() if kind not in (Kind.FUND, Kind.STOCK, Kind.BASKET) else None
    total = f"{key.upper()}-T" if kind in (Kind.INDEX, Kind.FUND, Kind.STOCK) else None
    claims = date(1990, 1, 2) if kind is Kind.INDEX else None
    return Segment(key, kind, price, total, (key,), key, key, members, claims)


def market(of: Universe) -> Market:
    """Random walks over weekdays, the same ones in every run."""
    random = np.random.default_rng(SEED)
    days = np.busday_offset(np.datetime64("1987-01-02"), np.arange(SESSIONS + 1), roll="forward")
    histories = {symbol: _walk(symbol, days[:-1], random) for symbol in of.symbols()}
    half_days = np.zeros(SESSIONS, dtype=bool)
    return Market(days[:-1], days[-1].astype(object), half_days, histories, (), "sample", "a random walk", True)


def _walk(symbol: str, days: np.ndarray, random: np.random.Generator) -> Bars:
    close = np.round(100.0 * np.exp(np.cumsum(random.normal(0.0003, 0.01, days.size))), 2)
    return Bars(symbol, days, close, close * 1.005, close * 0.995, close, close)


def base_names() -> list[str]:
    """Some 340 names without operators, as a content library would use them."""
    returns = [f"{key}_return_{h}" for key in (*INDICES, *FUNDS, "seven") for h in HORIZONS]
    short = [f"{key}_return_1d" for key in (*SECTORS, *SMALL_SECTORS, *STOCKS, "dollar", "ether")]
    measures = "level record_close record_level sessions_since_record to_record drawdown streak streak_ended correction"
    measures += " bear bear_decline high_1y low_1y new_high_1y drawdown_1y volatility_1m average_200d records_ytd"
    deep = [f"{key}_{measure}" for key in ("index1", "index2", "index3") for measure in measures.split()]
    pairs = [(one, other) for one in ("index1", "fund1", "fund2") for other in ("index2", "fund3", "seven")]
    gaps = [f"{one}_minus_{other}_{h}" for one, other in pairs for h in HORIZONS]
    groups = [f"{g}_{m}_{h}" for g in ("sectors", "small_sectors", "stocks") for h in ("1d", "mtd") for m in GROUPED]
    rest = ["note_level", "note_change_1d", "note_minus_bill", "fear_level", "fear_change_1d", "fear_high_1y"]
    return [*returns, *short, *deep, *gaps, *groups, *rest, "week_ends", "month_ends", "after_holiday", "weekday"]


GROUPED = ("up", "down", "best", "best_return", "worst", "worst_return", "spread", "mean")


def past_names() -> list[str]:
    """Sixty names against their own past."""
    subjects = [f"index1_return_{h}" for h in ("1d", "5d", "mtd")] + ["index1_level", "index2_return_1d"]
    subjects += ["index1_minus_index2_1d", "index1_minus_fund3_1d", "index1_volatility_1m", "fear_level", "note_level"]
    return [f"{subject}_{operator}" for subject in subjects for operator in OPERATORS]


class Reference:
    """The base columns by plain numpy, each by itself, in inside units; None for those that need a loop."""

    def __init__(self, of: Universe, prices: Market) -> None:
        self.of, self.prices = of, prices

    def values(self, name: str) -> Column | None:
        """The figure called `name`."""
        if "_minus_" in name:
            one, _, rest = name.partition("_minus_")
            return self._gap(one, *rest.rpartition("_")[::2]) if "_" in rest else self._yields(one, rest)
        key, _, measure = name.partition("_")
        if key in self.of.groups or name.startswith("small_sectors"):
            return self._group(name)
        if measure.startswith("return_"):
            return self._returns(key, measure.removeprefix("return_"))
        return self._level(key, measure) if key in self.of.segments else None

    def _closes(self, key: str, total: bool = False) -> Column:
        segment = self.of.segments[key]
        symbol = segment.total if total or not segment.price else segment.price
        close = self.prices.histories[symbol or ""].close
        assert close is not None
        return close

    def _returns(self, key: str, horizon: str, total: bool = False) -> Column:
        members = self.of.segments[key].members
        if members:
            return np.asarray(np.mean([self._returns(member, horizon) for member in members], axis=0))
        close = self._closes(key, total)
        if step := STEPS.get(horizon):
            return np.append(np.full(step, np.nan), close[step:] / close[:-step] - 1.0)
        periods = self.prices.sessions.astype(PERIODS[horizon])
        first = np.searchsorted(periods, periods)
        return np.where(first > 0, close / close[first - 1] - 1.0, np.nan)

    def _gap(self, one: str, other: str, horizon: str) -> Column:
        total = any(self.of.segments[key].price is None for key in (one, other))
        first, second = (np.round(self._returns(key, horizon, total) * 100.0, 2) for key in (one, other))
        return (first - second) / 100.0

    def _yields(self, one: str, other: str) -> Column:
        return (self._closes(one) - self._closes(other)) * 100.0

    def _group(self, name: str) -> Column | None:
        key = next(key for key in ("small_sectors", *self.of.groups) if name.startswith(f"{key}_"))
        measure, _, horizon = name.removeprefix(f"{key}_").rpartition("_")
        returns = np.stack([self._returns(member, horizon) for member in self.of.groups[key].members])
        printed = np.round(returns * 100.0, 2)
        known = ~np.isnan(printed).any(axis=0)
        value = {
            "up": lambda: (printed > 0).sum(axis=0),
            "down": lambda: (printed < 0).sum(axis=0),
            "best": lambda: printed.argmax(axis=0),
            "worst": lambda: printed.argmin(axis=0),
            "best_return": lambda: returns.max(axis=0),
            "worst_return": lambda: returns.min(axis=0),
            "spread": lambda: (printed.max(axis=0) - printed.min(axis=0)) / 100.0,
            "mean": lambda: returns.mean(axis=0),
        }[measure]()
        return np.where(known, value, np.nan)

    def _level(self, key: str, measure: str) -> Column | None:
        close = self._closes(key)
        claimed = self.prices.sessions >= np.datetime64("1990-01-02")
        record = np.maximum.accumulate(close)
        simple: dict[str, Callable[[], Column]] = {
            "level": lambda: close,
            "record_level": lambda: np.where(claimed, record, np.nan),
            "record_close": lambda: np.where(claimed, np.append(np.nan, close[1:] > record[:-1]), np.nan),
            "to_record": lambda: np.where(claimed, record / close - 1.0, np.nan),
            "drawdown": lambda: np.where(claimed, close / record - 1.0, np.nan),
            "high_1y": lambda: self._year(np.max, close),
            "low_1y": lambda: self._year(np.min, close),
            "drawdown_1y": lambda: close / self._year(np.max, close) - 1.0,
            "new_high_1y": lambda: self._year(lambda year: (year[-1] > year[:-1]).all(), close),
            "average_200d": lambda: _rolled(np.mean, close, 200),
            "change_1d": lambda: np.append(np.nan, np.diff(close)) * (100.0 if key == "note" else 1.0),
        }
        return simple[measure]() if measure in simple else None

    def _year(self, function: Callable[[Column], float], close: Column) -> Column:
        """A function of each session's closes since the same day a year before."""
        days = pd.DatetimeIndex(self.prices.sessions)
        opens = days.searchsorted(days - pd.DateOffset(years=1))
        held = days - pd.DateOffset(years=1) >= days[0]
        found = [function(close[first : row + 1]) if held[row] else np.nan for row, first in enumerate(opens)]
        return np.array(found, dtype=np.float64)


def _rolled(function: Callable[..., Column], values: Column, length: int) -> Column:
    windows = np.lib.stride_tricks.sliding_window_view(values, length)
    return np.append(np.full(length - 1, np.nan), function(windows, axis=1))


def timed(work: Callable[[], object]) -> float:
    """Median milliseconds of `work`."""
    return median(_once(work) for _ in range(ROUNDS))


def _once(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1e3


def agreeing(reference: Reference, table: FigureTable, names: list[str]) -> list[str]:
    """The names that the reference has too; raises where the two disagree (but for a tie here and there)."""
    plain = {name: column for name in names if (column := reference.values(name)) is not None}
    for name, column in plain.items():
        same = np.isclose(table.values(name), column, rtol=1e-6, atol=1e-9, equal_nan=True)
        if same.mean() < 0.99:
            raise AssertionError(f"{name} differs from plain numpy on {int((~same).sum())} sessions")
    return list(plain)


def main() -> None:
    """Print the medians, and their ratio to the reference."""
    of = universe()
    prices = market(of)
    base, past = base_names(), past_names()
    reference = Reference(of, prices)

    def table(names: list[str]) -> FigureTable:
        made = FigureTable(prices, of)
        for name in names:
            made.printed(name)
        return made

    both = agreeing(reference, table(base), base)
    whole, of_base, of_both = (timed(partial(table, names)) for names in (base + past, base, both))
    plain = timed(lambda: [reference.values(name) for name in both])
    print(f"{len(of.segments)} segments, {SESSIONS:,} sessions; median of {ROUNDS} runs")
    print(f"{len(base + past):4} columns, all                {whole:8.1f} ms   target 1,000 ms")
    print(f"{len(base):4} columns, without operators  {of_base:8.1f} ms")
    print(f"{len(both):4} columns, those of plain numpy {of_both:6.1f} ms   named, computed and rounded")
    print(f"{len(both):4} columns, plain numpy        {plain:8.1f} ms   ratio {of_both / plain:.2f}")


if __name__ == "__main__":
    main()
