"""Packs bars into the rows that the store keeps, and folds such rows back into bars.

A row is a day and one or more prices of it, side by side in binary. Forty years of sixty symbols are half a million
bars: as database rows they would take seconds to read, packed they take a few hundredths of a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from generator.market.source import PRICE_COLUMNS
from generator.model import Bars, Column, Days


class Chunk(NamedTuple):
    """What one fetch added to one symbol: prices of some fields, one row for each day."""

    fields: int
    """Bit i is set if the rows hold the i-th of `PRICE_COLUMNS`."""
    rows: bytes

    @property
    def sum(self) -> int:
        """A check sum, because SQLite notices a lost page but not a changed digit."""
        return crc32(self.rows, self.fields)


def packed(days: Days, columns: Mapping[str, Column]) -> Chunk:
    """The days and these columns as one piece."""
    fields = sum(1 << number for number, name in enumerate(PRICE_COLUMNS) if name in columns)
    rows = np.empty(len(days), _layout(fields))
    rows["day"] = days.astype("datetime64[D]").astype(np.int64)
    for name, column in columns.items():
        rows[name] = column
    return Chunk(fields, rows.tobytes())


def folded(symbol: str, pieces: Iterable[Chunk], origin: str = "") -> Bars:
    """The bars made of the pieces, given oldest first: for each day and field, the last price that is not NaN.

    Days ascend; a field that no piece holds is None.
    """
    runs = [
        np.frombuffer(b"".join(piece.rows for piece in together), _layout(fields))
        for fields, together in groupby(pieces, attrgetter("fields"))
    ]
    days = _union([run["day"] for run in runs])
    columns: dict[str, Column] = {}
    for run in runs:
        rows = np.searchsorted(days, run["day"])
        for name in (run.dtype.names or ())[1:]:
            column = columns.setdefault(name, np.full(len(days), np.nan))
            held = ~np.isnan(run[name])
            column[rows[held]] = run[name][held]  # if a day occurs twice, the later row wins
    return Bars(symbol, days.astype(np.int64).astype("datetime64[D]"), **columns, origin=origin)


def _union(several: list[NDArray[np.int32]]) -> NDArray[np.int32]:
    days = np.concatenate(several) if several else np.empty(0, np.int32)
    return days if (days[1:] > days[:-1]).all() else np.unique(days)


def _layout(fields: int) -> np.dtype[np.void]:
    prices = [(name, "<f8") for number, name in enumerate(PRICE_COLUMNS) if fields >> number & 1]
    return np.dtype([("day", "<i4"), *prices])
