"""Closes in, the size of each one-day move out, by which one that nothing like it was ever seen is found."""

from __future__ import annotations

import numpy as np

from generator.model import Column, Kind

_FEW, _SOME = 250, 2500
_USUAL = {Kind.YIELD: 0.5, Kind.VOLATILITY: 1.0}
"""What the largest of few moves is taken to be at least; a quarter (in logarithms) for all other kinds. Of some years'
moves it is taken to be two fifths of that: they may have been quiet years."""


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
    """The largest move among `closes`, up or down; of less than ten years at least what is usual for the kind."""
    sizes = np.abs(moves(closes, kind))
    sizes = sizes[~np.isnan(sizes)]
    largest = float(sizes.max()) if len(sizes) else 0.0
    return max(largest, usual_record(kind, len(sizes)))


def usual_record(kind: Kind, count: int) -> float:
    """What the largest of so few moves is taken to be at least; ten years of them speak for themselves."""
    usual = _USUAL.get(kind, 0.25)
    return usual if count < _FEW else 0.4 * usual if count < _SOME else 0.0
