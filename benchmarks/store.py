"""A price store in, the time until its prices stand on the panel out, beside plain ways to keep the same numbers.

60 symbols over 38 years, freshly fetched; and the same after ten more years of evenings, with a dividend of every
second symbol each quarter. References, read to numpy columns in the same run: `numpy.load` of one array a symbol, and
one table with a row for each bar, as one would write it first. Run: python benchmarks/store.py
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from generator.market.panel import load_market
from generator.market.sessions import trading_days
from generator.market.source import PRICE_COLUMNS, Finding, Held, SourceReply
from generator.market.store.fetching import fetch
from generator.market.store.file import PriceStore
from generator.market.store.rows import packed
from generator.market.store.stored_source import StoredSource
from generator.model import Bars, Kind, Segment, Universe

SYMBOLS, LAST, ROUNDS, SEED = 60, date(2025, 1, 10), 5, 20_240_711
EVENINGS, QUARTER = 2_520, 63
BUDGET = 0.5
"""Seconds that the freshly fetched store may take to be read into the panel."""


@dataclass
class Walks:
    """A source of random walks over every session since 1987."""

    bars: dict[str, Bars]
    key: str = "yahoo"
    supplier: str = "a random walk"
    simulated: bool = False

    def history(self, symbols: Sequence[str], through: date, held: dict[str, Held] | None = None) -> SourceReply:
        """All of them, whatever is held."""
        return SourceReply(self.bars, {symbol: Finding(symbol) for symbol in symbols})

    def observations(self, series: Sequence[str], through: date) -> dict[str, object]:
        """None."""
        return {}


def walks() -> dict[str, Bars]:
    """The same ones in every run."""
    random, days = np.random.default_rng(SEED), trading_days(date(1987, 1, 2), LAST)
    found: dict[str, Bars] = {}
    for number in range(SYMBOLS):
        close = 100 * np.exp(np.cumsum(random.normal(0, 0.01, len(days))))
        columns: dict[str, Any] = {name: close * (1 + 0.001 * place) for place, name in enumerate(PRICE_COLUMNS)}
        found[f"S{number}"] = Bars(f"S{number}", days, **columns)
    return found


def universe() -> Universe:
    """A segment for each symbol."""
    segments = {
        f"s{n}": Segment(f"s{n}", Kind.FUND, f"S{n}", f"S{n}", (f"s{n}",), f"s{n}", f"s{n}") for n in range(SYMBOLS)
    }
    return Universe(segments, {}, ("s0", "s1"))


def age(store: PriceStore, bars: dict[str, Bars]) -> None:
    """Ten years of evenings: what each fetch would have added, in the form in which it would have."""
    days = next(iter(bars.values())).days
    with store.writing():
        for evening in range(EVENINGS):
            row = slice(len(days) - EVENINGS + evening, len(days) - EVENINGS + evening + 1)
            added = []
            for number, (symbol, whole) in enumerate(bars.items()):
                piece = packed(days[row], {name: column(whole, name)[row] for name in PRICE_COLUMNS})
                added.append((2 + evening, "yahoo", symbol, piece.fields, piece.sum, piece.rows))
                if evening % QUARTER == 0 and number % 2:
                    piece = packed(days[: row.stop], {"adj_close": column(whole, "adj_close")[: row.stop]})
                    added.append((2 + evening, "yahoo", symbol, piece.fields, piece.sum, piece.rows))
            stamp = f"2026-01-01T00:00:00.{evening:06}+00:00"
            store.add("fetches", [(2 + evening, LAST.isoformat(), stamp)])
            store.add("bars", added)


def column(bars: Bars, name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A column that is there."""
    found = bars.column(name)
    assert found is not None
    return found


def plain_arrays(folder: Path, bars: dict[str, Bars]) -> Callable[[], object]:
    """One file of one array for each symbol."""
    for symbol, whole in bars.items():
        np.save(folder / f"{symbol}.npy", np.column_stack([column(whole, name) for name in PRICE_COLUMNS]))
    return lambda: [np.load(folder / f"{symbol}.npy").T.copy() for symbol in bars]


def plain_rows(folder: Path, bars: dict[str, Bars]) -> Callable[[], object]:
    """One table with a row for each bar."""
    connection = sqlite3.connect(folder / "rows.sqlite3")
    connection.execute("CREATE TABLE bars (symbol, day, open, high, low, close, adj_close)")
    for symbol, whole in bars.items():
        rows = zip(*(column(whole, name).tolist() for name in PRICE_COLUMNS), strict=True)
        connection.executemany(
            "INSERT INTO bars VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((symbol, day, *row) for day, row in zip(whole.days.astype(int).tolist(), rows, strict=True)),
        )
    connection.commit()

    def read() -> object:
        query = "SELECT day, open, high, low, close, adj_close FROM bars WHERE symbol = ?"
        return [np.array(connection.execute(query, (symbol,)).fetchall()).T for symbol in bars]

    return read


def seconds(act: Callable[[], object]) -> float:
    """The median of some rounds."""
    taken = []
    for _ in range(ROUNDS):
        start = perf_counter()
        act()
        taken.append(perf_counter() - start)
    return median(taken)


def main() -> None:
    """Print the table; exit 1 where the fresh store takes longer than it may."""
    bars, of = walks(), universe()
    source = Walks(bars)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        path = folder / "prices.sqlite3"

        def panel() -> None:
            with PriceStore.open(path) as store:
                market = load_market(StoredSource(store, source), of, LAST)  # type: ignore[arg-type]
            assert len(market.histories) == SYMBOLS

        with PriceStore.open(path, create=True) as store:
            fetch(source, store, of, LAST)  # type: ignore[arg-type]
        arrays, rows = seconds(plain_arrays(folder, bars)), seconds(plain_rows(folder, bars))
        fresh, size = seconds(panel), path.stat().st_size / 1e6
        with PriceStore.open(path) as store:
            age(store, bars)
        aged, later = seconds(panel), path.stat().st_size / 1e6
    held = sum(len(whole.days) for whole in bars.values())
    print(f"{SYMBOLS} symbols, {held:,} bars")
    print(f"{'read to numpy':<44} {'seconds':>8} {'x arrays':>9} {'x rows':>7}  megabytes")
    for name, taken, much in (
        ("numpy.load, an array for each symbol", arrays, 8e-6 * 5 * held),
        ("SELECT, a row for each bar", rows, None),
        ("store opened, checked, read into the panel", fresh, size),
        ("the same after ten years of evenings", aged, later),
    ):
        told = f"{much:>9.0f}" if much else f"{'-':>9}"
        print(f"{name:<44} {taken:>8.3f} {taken / arrays:>9.1f} {taken / rows:>7.2f}  {told}")
    if fresh > BUDGET:
        sys.exit(f"reading the whole store may take {BUDGET} s")


if __name__ == "__main__":
    main()
