"""Moving windows over a column: means, deviations and highs.

Every window ends on its own row and needs all of its values: one absent value makes the figure absent.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

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
    """`above / below`, absent if either is absent or `below` is zero."""
    out = absent(above.size)
    return np.divide(above, below, out=out, where=below != 0.0)


def at(values: Column, rows: RowNumbers) -> Column:
    """`values` at `rows`; a row of -1 is absent."""
    found: Column = np.append(values, np.nan)[rows]
    return found


def mean_since(values: Column, opens: RowNumbers) -> Column:
    """Mean of the values from row `opens` on, for each row; a row of -1 is absent."""
    gaps = np.isnan(values)
    sums = np.cumsum(np.append(0.0, np.where(gaps, 0.0, values)))
    missing = np.cumsum(np.append(0, gaps))
    rows = np.arange(values.size)
    whole = (opens >= 0) & (missing[rows + 1] == missing[opens])
    return np.where(whole, (sums[rows + 1] - sums[opens]) / (rows + 1 - opens), np.nan)


def moving_mean(closes: Column, length: int) -> Column:
    """Mean of the last `length` closes.

    Each window is summed anew: a running sum over decades blurs the last digits, and a mean that ends in half a cent
    has to be seen as one.
    """
    means = absent(closes.size)
    if closes.size >= length:
        means[length - 1 :] = sliding_window_view(closes, length).sum(axis=1) / length
    return means


def deviation_since(values: Column, opens: RowNumbers) -> Column:
    """Sample standard deviation of the values from row `opens` on, for each row; absent for fewer than two values."""
    length = np.arange(values.size) + 1 - opens
    mean = mean_since(values, opens)
    squares = mean_since(values * values, opens) - mean * mean
    variance = quotient(squares * length, np.where(length > 1, length - 1.0, np.nan))
    return np.sqrt(np.maximum(variance, 0.0))


def highest_since(values: Column, opens: RowNumbers) -> RowNumbers:
    """For each row, the first row of the largest value from row `opens` on; -1 if a value in the window is absent.

    Doubles the window width on each pass and covers each window with two overlapping ones: eight passes for a year
    rather than 252.
    """
    rows = np.arange(values.size)
    level = np.where(np.isnan(values), -np.inf, values)
    length = np.where(opens >= 0, rows + 1 - opens, 1)
    found, best, reach = rows.copy(), rows, 1
    while True:
        fits = (length >= reach) & (length < 2 * reach)
        first = best[np.where(fits, rows - length + reach, rows)]
        found = np.where(fits, np.where(level[first] >= level[best], first, best), found)
        if length.max(initial=0) < 2 * reach:
            break
        earlier = best[np.maximum(rows - reach, 0)]
        best = np.where(level[earlier] >= level[best], earlier, best)
        reach *= 2
    missing = np.cumsum(np.append(0, np.isnan(values)))
    whole = (opens >= 0) & (missing[rows + 1] == missing[opens])
    return np.where(whole, found, -1)
