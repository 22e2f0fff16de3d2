"""Closes in, the size of each one-day move out, by which one that nothing like it was ever seen is found."""

from __future__ import annotations

import numpy as np

from generator.model import Column, Kind

_ENOUGH = 250
_USUAL_RECORD = {Kind.YIELD: 0.5, Kind.VOLATILITY: 1.0}
"""What a young instrument's largest move is taken to be at least; a quarter (in logarithms) for all other kinds."""


def moves(closes: Column, kind: Kind) -> Column:
    """The move into each close from the last one held before it: signed, NaN where there is none.

    Yields move in points, all else in natural logarithms, which count a halving and a doubling alike. A price that
    was below zero has no logarithm, and its moves are NaN.
    """
    rows = np.flatnonzero(~np.isnan(closes))
    held = closes[rows] if kind is Kind.YIELD else np.log(np.where(closes[rows] > 0, closes[rows], np.nan))
    steps = np.full(len(closes), np.nan)
    steps[rows[1:]] = np.diff(held)
    return steps


def largest_move(closes: Column, kind: Kind) -> float:
    """The largest move among `closes`, up or down; of fewer than 250 moves, not less than is usual for the kind."""
    sizes = np.abs(moves(closes, kind))
    sizes = sizes[~np.isnan(sizes)]
    largest = float(sizes.max()) if len(sizes) else 0.0
    return max(largest, usual_record(kind, len(sizes)))


def usual_record(kind: Kind, count: int) -> float:
    """What the largest of so few moves is taken to be at least; of 250 or more they speak for themselves."""
    return 0.0 if count >= _ENOUGH else _USUAL_RECORD.get(kind, 0.25)
