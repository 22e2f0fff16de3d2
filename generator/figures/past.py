"""How each value compares with the values before it: how many were higher, and which was the last as high."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generator.figures.horizons import RowNumbers
from generator.model import Column


@dataclass(frozen=True, slots=True)
class Standing:
    """For each value, the counts of earlier values seen, lower and equal; NaN where the value is absent."""

    seen: Column
    lower: Column
    equal: Column

    @property
    def higher(self) -> Column:
        return self.seen - self.lower - self.equal


def standing(values: Column) -> Standing:
    """The standing of every value of a column among those before it; absent values are not counted."""
    held = np.flatnonzero(~np.isnan(values))
    present = values[held]
    order = np.argsort(present, kind="stable")
    ranked = present[order]
    first_of_tie = np.ones(held.size, dtype=bool)
    first_of_tie[1:] = ranked[1:] != ranked[:-1]
    rows = np.arange(held.size)
    tied = rows - np.maximum.accumulate(np.where(first_of_tie, rows, 0))
    equal = np.empty(held.size, dtype=np.int64)
    equal[order] = tied
    not_higher = _earlier_and_lower_placed(order)
    return Standing(*(_spread(part, held, values.size) for part in (rows, not_higher - equal, equal)))


def _spread(part: RowNumbers, held: RowNumbers, size: int) -> Column:
    out = np.full(size, np.nan)
    out[held] = part
    return out


def _earlier_and_lower_placed(order: RowNumbers) -> RowNumbers:
    """For each row, how many earlier rows come before it in `order`. Works on all rows at once, by halving.

    A block of rows in order of value is split into the earlier and the later half of its rows. For each row of the
    later half, the rows of the earlier half that precede it in the block are the lower ones, and are counted. Each
    pair of rows is separated by exactly one split, so it is counted once. This is merge counting (Knuth, The Art of
    Computer Programming 3, 5.2.4) done level by level.
    """
    size = 1 << max(order.size - 1, 1).bit_length()
    block = np.concatenate([order, np.arange(order.size, size)]).astype(np.int32)
    counts = np.zeros(size, dtype=np.int64)
    half = size // 2
    while half:
        is_later = (block & half) != 0
        at_later, at_earlier = np.flatnonzero(is_later), np.flatnonzero(~is_later)
        later = block[at_later]
        number = np.arange(at_later.size)
        counts[later] += at_later - (number // half) * 2 * half - number % half
        block = np.stack((block[at_earlier].reshape(-1, half), later.reshape(-1, half)), axis=1).reshape(-1)
        half //= 2
    return counts[: order.size]


def last_at_least(values: Column) -> RowNumbers:
    """For each value, the last earlier row that held as much or more; -1 if none did.

    Each row starts by pointing at the row before it. While that row held less, the pointer moves on to where that row
    points, because everything in between held less still. All rows move at once.
    """
    rows = np.flatnonzero(~np.isnan(values))
    held = values[rows]
    found = np.arange(rows.size) - 1
    moving = np.flatnonzero(found >= 0)
    while moving.size:
        moving = moving[held[found[moving]] < held[moving]]
        found[moving] = found[found[moving]]
        moving = moving[found[moving] >= 0]
    last = np.full(values.size, -1, dtype=np.int64)
    last[rows[found >= 0]] = rows[found[found >= 0]]
    return last


def unmatched(values: Column) -> Column:
    """1 if no earlier value was as high, 0 if one was."""
    earlier = np.full(values.size, -np.inf)
    earlier[1:] = np.fmax.accumulate(np.where(np.isnan(values), -np.inf, values))[:-1]
    return np.where(np.isnan(values), np.nan, values > earlier)
