"""Sizes of one-day moves, to spot one larger than any before."""

from __future__ import annotations

import numpy as np

from generator.model import Column, Kind

_FEW, _SOME = 250, 2500
_USUAL = {Kind.YIELD: 0.5, Kind.VOLATILITY: 1.0}
"""The least that the largest of a few moves is assumed to be; for all other kinds, 0.25 in logarithms. For up to ten
years of moves it is two fifths of that, in case they were quiet years."""


def moves(closes: Column, kind: Kind) -> Column:
    """The signed move into each close from the last close before it; NaN if there is none.

    Yields move in points, everything else in natural logarithms, so that a halving and a doubling are the same size. A
    price at or below zero has no logarithm, and its moves are NaN.
    """
    rows = np.flatnonzero(~np.isnan(closes))
    held = closes[rows] if kind is Kind.YIELD else np.log(np.where(closes[rows] > 0, closes[rows], np.nan))
    steps = np.full(len(closes), np.nan)
    steps[rows[1:]] = np.diff(held)
    return steps


def largest_move(closes: Column, kind: Kind) -> float:
    """The largest move among `closes`, up or down; for less than ten years, at least what is usual for the kind."""
    sizes = np.abs(moves(closes, kind))
    sizes = sizes[~np.isnan(sizes)]
    largest = float(sizes.max()) if len(sizes) else 0.0
    return max(largest, usual_record(kind, len(sizes)))


def usual_record(kind: Kind, count: int) -> float:
    """The least that the largest of `count` moves is assumed to be; zero from ten years of moves on."""
    usual = _USUAL.get(kind, 0.25)
    return usual if count < _FEW else 0.4 * usual if count < _SOME else 0.0
