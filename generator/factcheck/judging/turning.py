"""Moves from a high or a low: `since the April low`, `from its November peak to the April low`."""

from __future__ import annotations

import numpy as np

from generator.factcheck.judging.prices import Prices
from generator.factcheck.reading.axis import Since, Window
from generator.factcheck.reading.claims import Claim
from generator.model import Column


def from_turn(prices: Prices, claim: Claim) -> list[Window]:
    """The window from the highest or lowest close of the period named, to that of another or to the session."""
    since, series = claim.since, prices.series(claim.subjects[0])[:1]
    if since is None or not series:
        return []
    start = _row(prices, since, series[0].values)
    end = _row(prices, since.until, series[0].values) if since.until else prices.axis.row
    if start is None or end is None or not start < end:
        return []
    days = prices.axis.days
    return [Window(start, end, f"from the close of {days[start].isoformat()} to that of {days[end].isoformat()}")]


def within_sessions(prices: Prices, claim: Claim) -> float | None:
    """The same move between levels within the sessions, which some quote."""
    since, reach, series = claim.since, prices.reach(claim.subjects[0]), prices.series(claim.subjects[0])[:1]
    if since is None or reach is None or not series:
        return None
    first = _level(prices, since, reach)
    last = _level(prices, since.until, reach) if since.until else float(series[0].values[prices.axis.row])
    return last / first - 1 if first and last else None


def _level(prices: Prices, since: Since, reach: tuple[Column, Column]) -> float | None:
    side = reach[0] if since.side > 0 else reach[1]
    row = _row(prices, since, side)
    return float(side[row]) if row is not None else None


def _row(prices: Prices, since: Since, values: Column) -> int | None:
    """Where the highest or the lowest of a period stands."""
    axis = prices.axis
    rows = range(axis.before(since.first) + 1, min(axis.by(since.last), axis.row) + 1)
    held = [row for row in rows if np.isfinite(values[row])]
    return max(held, key=lambda row: since.side * values[row]) if held else None
