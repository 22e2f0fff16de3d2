"""Asks Yahoo for three symbols, and reports any change in the shape of its answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from typing import Any

import numpy as np

from generator.market.sessions import present
from generator.market.source import Status
from generator.market.yahoo.answer import NoAnswer
from generator.market.yahoo.source import YahooSource
from generator.model import Kind

_PRICES = ("Open", "High", "Low", "Close", "Adj Close")
_COLUMNS = frozenset({*_PRICES, "Volume", "Dividends", "Stock Splits"})
_META: Mapping[str, type | tuple[type, ...]] = {
    "symbol": str,
    "currency": str,
    "instrumentType": str,
    "exchangeTimezoneName": str,
    "dataGranularity": str,
    "regularMarketPrice": (int, float),
    "regularMarketTime": int,
    "firstTradeDate": int,
}
_SPAN = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Bird:
    """One symbol to ask for, and what its answer should look like."""

    symbol: str
    kind: Kind
    instrument: str
    zone: str
    bars: int
    """The fewest daily bars to expect in 45 days."""


BIRDS = (
    Bird("^GSPC", Kind.INDEX, "INDEX", "America/New_York", 27),
    Bird("SPY", Kind.FUND, "ETF", "America/New_York", 27),
    Bird("BTC-USD", Kind.CRYPTO, "CRYPTOCURRENCY", "UTC", 44),
)


@dataclass(frozen=True, slots=True)
class Song:
    """How one symbol fared: `changes` is empty if all is as expected."""

    symbol: str
    summary: str
    changes: tuple[str, ...]
    answered: bool = True
    """Whether there was an answer whose shape can be judged."""

    @property
    def verdict(self) -> str:
        """In two words, for the list."""
        return "no answer" if not self.answered else "changed" if self.changes else "as expected"


def sing() -> Iterator[Song]:
    """Ask for each symbol in turn, and say how it fared."""
    source = YahooSource({bird.symbol: bird.kind for bird in BIRDS})
    today = present().date()
    with source.ready([bird.symbol for bird in BIRDS]):
        for bird in BIRDS:
            try:
                frame, chart = source.chart(bird.symbol, today - _SPAN, today)
                changes = (*_in_chart(bird, chart), *_in_frame(bird, frame))
                yield Song(bird.symbol, f"{len(frame)} bars", changes)
            except NoAnswer as failure:
                answered = failure.status not in (Status.NETWORK, Status.RATE_LIMITED)
                yield Song(bird.symbol, failure.status, (failure.reason,), answered)


def versions() -> str:
    """The versions of the libraries that read the answers."""
    return ", ".join(f"{name} {version(name)}" for name in ("yfinance", "curl_cffi", "pandas"))


def _in_chart(bird: Bird, chart: Mapping[str, Any]) -> Iterator[str]:
    """Changes in the chart as Yahoo sent it."""
    meta = chart.get("meta") or {}
    for key, kind in _META.items():
        if not isinstance(meta.get(key), kind):
            yield f"meta.{key} is {meta.get(key)!r}"
    known = {"symbol": bird.symbol, "instrumentType": bird.instrument, "exchangeTimezoneName": bird.zone}
    for key, value in (known | {"dataGranularity": "1d"}).items():
        if isinstance(meta.get(key), str) and meta[key] != value:
            yield f"meta.{key} is {meta[key]!r} and was {value!r}"
    quote = chart["indicators"]["quote"][0]
    for name in ("open", "high", "low", "close", "volume"):
        if len(quote.get(name) or ()) != len(chart["timestamp"]):
            yield f"the chart's {name} has {len(quote.get(name) or ())} values for {len(chart['timestamp'])} days"
    if "adjclose" not in chart["indicators"]:
        yield "the chart has no adjusted close"


def _in_frame(bird: Bird, frame: Any) -> Iterator[str]:
    """Changes in the frame that yfinance makes of the chart."""
    columns = set(frame.columns) - {"Capital Gains"}
    if columns != _COLUMNS:
        yield f"columns: {', '.join(sorted(columns ^ _COLUMNS))} came or went"
        return
    for name in _PRICES:
        if frame[name].dtype != np.dtype("float64"):
            yield f"{name} is {frame[name].dtype}, not float64"
            return
    if str(frame.index.tz) != bird.zone:
        yield f"the index is in the zone {frame.index.tz}, not {bird.zone}"
    if len(frame) < bird.bars:
        yield f"{len(frame)} bars in {_SPAN.days} days, where there are {bird.bars} at least"
        return
    yield from _implausible(frame)


def _implausible(frame: Any) -> Iterator[str]:
    """Values that no real market would produce."""
    prices = {name: frame[name].to_numpy() for name in _PRICES}
    whole = ~np.isnan(prices["Close"])
    low, high, close = (prices[name][whole] for name in ("Low", "High", "Close"))
    if not len(close) or (close <= 0).any():
        yield "closes that are not above zero"
    elif ((low > 1.001 * close) | (close > 1.001 * high)).any():
        yield "closes outside the day's range"
    elif (prices["Adj Close"][whole] > 1.001 * close).any():
        yield "adjusted closes above the closes"
    elif (np.abs(np.diff(np.log(close))) > 0.5).any():
        yield "a close that is half or twice the one before"
    last = frame.index[whole][-1] if whole.any() else None
    if last is None or present() - last > timedelta(days=7):
        yield f"no bar in the last week (the last is of {last})"
