"""Closes in, the size of each one-day move out, by which one that nothing like it was ever seen is found."""

from __future__ import annotations

import numpy as np

from generator.model import Column, Kind


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
    """The largest move among `closes`, up or down; 0 where there is none."""
    sizes = np.abs(moves(closes, kind))
    return float(np.nanmax(sizes)) if (~np.isnan(sizes)).any() else 0.0
