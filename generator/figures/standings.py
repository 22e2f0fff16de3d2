"""Where each value of a figure stands among those before it; the past that counts starts over at a missing session."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from generator.figures import past
from generator.figures.horizons import RowNumbers
from generator.figures.measure import Columns
from generator.figures.records import dates
from generator.model import Column


def _begins(name: str, columns: Columns) -> RowNumbers:
    """For each row, the first row of the unbroken run of prices that it belongs to."""

    def begins() -> RowNumbers:
        rows = np.zeros(columns.sessions.size, dtype=np.int64)
        gaps = columns.gaps(columns.symbols(name))
        rows[gaps] = gaps
        return np.maximum.accumulate(rows)

    return columns.shared(("begins", *columns.symbols(name)), begins)


def _stretches(name: str, columns: Columns) -> list[slice]:
    """The runs of rows between missing sessions; a single run if none is missing."""
    starts = [*np.unique(_begins(name, columns)).tolist(), columns.sessions.size]
    return [slice(*pair) for pair in pairwise(starts)]


def standing(name: str, columns: Columns) -> past.Standing:
    """How each value compares with those before it since the last missing session."""

    def found() -> past.Standing:
        values = columns.compared(name)
        parts = [past.standing(values[stretch]) for stretch in _stretches(name, columns)]
        if len(parts) == 1:
            return parts[0]
        return past.Standing(
            *(np.concatenate([getattr(part, of) for part in parts]) for of in ("seen", "lower", "equal"))
        )

    return columns.shared(("standing", name), found)


def last_as_high(name: str, columns: Columns) -> RowNumbers:
    """The last earlier row that was as high; -1 if there is none or a missing session lies between."""
    return columns.shared(("last as high", name), lambda: _last(1.0, name, columns))


def last_as_low(name: str, columns: Columns) -> RowNumbers:
    """The last earlier row that was as low, likewise."""
    return columns.shared(("last as low", name), lambda: _last(-1.0, name, columns))


def _last(sign: float, name: str, columns: Columns) -> RowNumbers:
    rows = past.last_at_least(sign * columns.compared(name))
    return np.where(rows >= _begins(name, columns), rows, -1)


def percentile(name: str, columns: Columns) -> Column:
    """The share of the values to date that are not above each, itself among them."""
    found = standing(name, columns)
    return (found.lower + found.equal + 1.0) / (found.seen + 1.0)


def first_rows(name: str, columns: Columns) -> RowNumbers:
    """For each row, the first row with a value since the last missing session; -1 before that row."""

    def found() -> RowNumbers:
        rows = np.arange(columns.sessions.size)
        held = np.append(np.flatnonzero(~np.isnan(columns.values(name))), rows.size)
        first = held[np.searchsorted(held, _begins(name, columns))]
        return np.where(rows >= first, first, -1)

    return columns.shared(("first rows", name), found)


def first(name: str, columns: Columns) -> Column:
    """The session of each row's `first_rows`."""
    return dates(first_rows(name, columns), columns)


def since(last: Callable[[str, Columns], RowNumbers], name: str, columns: Columns) -> Column:
    """The session of the row that `last` gives."""
    return dates(last(name, columns), columns)


def sessions_since(last: Callable[[str, Columns], RowNumbers], name: str, columns: Columns) -> Column:
    """How many sessions ago that row was."""
    rows = last(name, columns)
    return np.where(rows >= 0, np.arange(rows.size) - rows, np.nan)


def unmatched(sign: float, name: str, columns: Columns) -> Column:
    """Whether no earlier value was as high, or with `sign` -1 as low."""
    values = sign * columns.compared(name)
    return np.concatenate([past.unmatched(values[stretch]) for stretch in _stretches(name, columns)])
