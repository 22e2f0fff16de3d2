"""Streaks: how many sessions in a row rose or fell, and the return over them.

A session is up or down by its printed return, so that a page cannot show 0.00% and call it a gain. The length of a run
is unknown if it may have begun before the first return held, or before a missing session.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from generator.figures.measure import Columns, Recipe
from generator.figures.windows import at, quotient, shifted
from generator.model import Column, Segment, Unit


def runs(moves: Column) -> Column:
    """Length of the run of same-sign moves that ends on each row, with that sign; 0 if there was no move.

    Absent if the direction has not changed since the last absent move: the run may have begun before it.
    """
    sign = np.sign(moves)
    rows = np.arange(sign.size)
    known = ~np.isnan(sign)
    turns = np.zeros(sign.size, dtype=bool)
    turns[1:] = known[1:] & known[:-1] & (sign[1:] != sign[:-1])
    turns |= sign == 0.0
    started = np.maximum.accumulate(np.where(turns, rows, -1))
    broken = np.maximum.accumulate(np.where(known, -1, rows))
    length = sign * (rows - started + 1) + 0.0
    return np.where(started > broken, length, np.nan)


def streak(columns: Columns, segment: Segment) -> Column:
    """Signed length of the segment's current streak."""
    return columns.shared(("streak", segment.key), lambda: runs(columns.printed(f"{segment.key}_return_1d")))


def _ended(columns: Columns, segment: Segment) -> Column:
    current = streak(columns, segment)
    before = shifted(current)
    broken = np.where(np.sign(current) == np.sign(before), 0.0, before)
    return np.where(np.isnan(current), np.nan, broken)


def _return(columns: Columns, segment: Segment) -> Column:
    close, length = columns.closes(segment), np.abs(streak(columns, segment))
    running = length > 0
    start = np.where(running, np.arange(close.size) - np.nan_to_num(length), -1).astype(np.int64)
    return quotient(close, at(close, start)) - 1.0


def _run(columns: Columns, segment: Segment, row: int) -> Iterable[int]:
    length = streak(columns, segment)[row]
    return row - int(abs(length)), row


def _broken_run(columns: Columns, segment: Segment, row: int) -> Iterable[int]:
    before = streak(columns, segment)[row - 1] if row else 0.0
    return row - 1 - int(abs(before)), row - 1, row


RECIPES = (
    Recipe(
        "streak",
        Unit.COUNT,
        "consecutive sessions of gains (above zero) or losses (below)",
        "count of consecutive sessions up to this one whose printed {basis} has this session's sign",
        streak,
        _run,
        signed=True,
    ),
    Recipe(
        "streak_ended",
        Unit.COUNT,
        "length of the run of gains (above zero) or losses (below) that the session broke",
        "consecutive sessions up to the one before whose printed {basis} had another sign than this session's",
        _ended,
        _broken_run,
        signed=True,
    ),
    Recipe(
        "streak_return",
        Unit.PERCENT,
        "{basis} over the current run of gains or losses",
        "{close} divided by the {close} before the run began, less one",
        _return,
        _run,
        signed=True,
    ),
)
