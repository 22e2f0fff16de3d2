"""A column in, the same column seen through a moving window out.

Every window ends on its own row and wants each of its values: one absent value leaves the figure absent.
"""

from __future__ import annotations

import numpy as np

from generator.figures.horizons import RowNumbers
from generator.model import Column


def absent(size: int) -> Column:
    """A column with nothing in it."""
    return np.full(size, np.nan)


def shifted(values: Column, by: int = 1) -> Column:
    """Each value `by` rows later."""
    out = absent(values.size)
    if by < values.size:
        out[by:] = values[: values.size - by]
    return out


def quotient(above: Column, below: Column) -> Column:
    """`above / below`, absent where either is or where there is nothing to divide by."""
    out = absent(above.size)
    return np.divide(above, below, out=out, where=below != 0.0)


def at(values: Column, rows: RowNumbers) -> Column:
    """`values` at `rows`; a row of -1 is absent."""
    found: Column = np.append(values, np.nan)[rows]
    return found


def moving_mean(values: Column, length: int) -> Column:
    """Mean of the last `length` values."""
    out = absent(values.size)
    if values.size < length:
        return out
    gaps = np.isnan(values)
    sums = np.cumsum(np.append(0.0, np.where(gaps, 0.0, values)))
    missing = np.cumsum(np.append(0, gaps))
    out[length - 1 :] = (sums[length:] - sums[:-length]) / length
    out[length - 1 :][missing[length:] != missing[:-length]] = np.nan
    return out


def moving_deviation(values: Column, length: int) -> Column:
    """Sample standard deviation of the last `length` values."""
    mean = moving_mean(values, length)
    variance = (moving_mean(values * values, length) - mean * mean) * (length / (length - 1))
    return np.sqrt(np.maximum(variance, 0.0))


def moving_maximum(values: Column, length: int) -> Column:
    """Largest of the last `length` values, by windows that double: eight passes for a year, not 252."""
    largest, reach = values, 1
    while reach < length:
        step = min(reach, length - reach)
        largest = np.maximum(largest, shifted(largest, step))
        reach += step
    return largest


def moving_maximum_row(values: Column, length: int) -> RowNumbers:
    """Row on which the largest of the last `length` values first stood; -1 where a window is not whole."""
    rows, reach = np.arange(values.size), 1
    while reach < length:
        step = min(reach, length - reach)
        earlier = np.concatenate((np.zeros(min(step, rows.size), dtype=np.int64), rows[:-step]))
        rows = np.where(values[earlier] >= values[rows], earlier, rows)
        reach += step
    return np.where(np.isnan(moving_maximum(values, length)), -1, rows)
