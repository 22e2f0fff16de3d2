"""A market of a few months whose last two sessions have closes set by hand: those of January 22, 2026, as they were told."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from generator.editorial.publication import read_publication
from generator.factcheck.checker import Checker
from generator.model import Bars, Market
from generator.project import bundled_root
from generator.verbs.factcheck import checker_of

LAST = date(2026, 1, 22)
DAYS = [day for day in (date(2025, 6, 2) + timedelta(days=n) for n in range(235)) if day.weekday() < 5 and day <= LAST]
CLOSES = {
    "^RUT": (2400.0, 2698.17, 2718.77), "^GSPC": (6600.0, 6875.62, 6913.35), "^IXIC": (22800.0, 23224.82, 23436.02),
    "^DJI": (47800.0, 49077.23, 49384.01), "IWM": (240.0, 268.0, 270.04), "SPY": (660.0, 685.0, 688.56),
    "RSP": (190.0, 197.0, 197.26), "^TNX": (4.3, 4.26, 4.25), "^VIX": (17.0, 16.9, 15.64),
}  # fmt: skip
"""Of each symbol the level about which it swings, and its last two closes."""
FUNDS = ("XLB", "XLC", "XLE", "XLF", "XLI", "XLK", "XLP", "XLRE", "XLU", "XLV", "XLY")


def _bars(symbol: str, number: int) -> Bars:
    level, before, last = CLOSES.get(symbol, (50.0, 50.0, 50.5 if number % 3 else 49.7))
    swings = level * (1 + 0.02 * np.sin(np.arange(len(DAYS)) / (3 + number)))
    closes = np.append(swings[:-2], [before, last])
    high, low = closes * 1.004, closes * 0.996
    if symbol == "^RUT":
        high[-1] = 2735.10
    days = np.array(DAYS, "datetime64[D]")
    return Bars(symbol, days, open=closes, high=high, low=low, close=closes, adj_close=closes, origin="invented")


def invented_checker() -> Checker:
    """A checker over the invented market; the sectors' funds rose in seven of eleven."""
    names = (*CLOSES, *FUNDS)
    histories = {symbol: _bars(symbol, number) for number, symbol in enumerate(names)}
    sessions = np.array(DAYS, "datetime64[D]")
    flags = np.zeros(len(DAYS), bool)
    market = Market(sessions, LAST + timedelta(days=1), flags, histories, (), "csv", "the test")
    root = bundled_root()
    return checker_of(read_publication(root, (root / "templates",)), market)
