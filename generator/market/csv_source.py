"""A folder of `prices/`, `macro/` and `vintages/` in, daily bars and economic series out.

Columns are `date, open, high, low, close, adj_close, volume`; any price column may be absent, an empty cell is an
absent value, and volume is not read. pandas reads a file in one pass that only tells whether all is well; where it
is not, `csv_faults` reads it again, slowly, to name the line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.errors import DataError
from generator.market.csv_faults import header_of, locate_fault
from generator.market.observations import read_series
from generator.market.source import PRICE_COLUMNS, Finding, Held, SourceReply, Status
from generator.model import Bars, Column, Days, Observations

_DATE_BYTES = 16  # room to see that a date is longer than `2025-06-30`, rather than cutting it to fit


@dataclass(frozen=True, slots=True)
class CsvSource:
    """Prices from files that the publisher supplies."""

    folder: Path
    """The folder that holds `prices/`."""
    allow_nonpositive: frozenset[str] = frozenset()
    """Symbols whose values may be zero or below: yields, and futures (oil, April 2020)."""
    key: str = "csv"
    supplier: str = "the publisher's own price files"
    simulated: bool = False

    def history(self, symbols: Sequence[str], through: date, held: Mapping[str, Held] | None = None) -> SourceReply:
        """The bars of each symbol's file up to `through`; a symbol without a file is missing.

        Raises `DataError`, with `file:line` where there is one, for a missing folder and for any fault in a file,
        also in rows after `through`: a file is right or it is not.
        """
        prices = self.folder / "prices"
        if not prices.is_dir():
            raise DataError(f"{prices} is not a folder. Name one that holds prices/<Yahoo symbol>.csv (--data DIR).")
        bars: dict[str, Bars] = {}
        findings: dict[str, Finding] = {}
        begins: dict[str, date] = {}
        for symbol in symbols:
            path = prices / f"{symbol}.csv"
            if not path.exists():
                findings[symbol] = Finding(symbol, Status.MISSING, f"there is no file prices/{path.name}")
                continue
            whole = read_bars(path, symbol, symbol in self.allow_nonpositive)
            bars[symbol] = _through(whole, through)
            if len(whole.days) and not len(bars[symbol].days):
                begins[symbol] = whole.days[0].astype(object)
                del bars[symbol]
            else:
                findings[symbol] = Finding(symbol)
        return SourceReply(bars, findings, begins)

    def observations(self, series: Sequence[str], through: date) -> Mapping[str, Observations]:
        """Each series that has a file; raises `DataError`, with `file:line`, for a fault in one."""
        paths = {name: path for name in series if (path := self._file_of(name)) is not None}
        return {name: read_series(path, name, through) for name, path in paths.items()}

    def _file_of(self, series: str) -> Path | None:
        """Its own file for `vintages/NAME`; else the record of one day after another, or what `macro/` has."""
        files = [f"{series}.csv"] if "/" in series else [f"vintages/as_of/{series}_as_of.csv", f"macro/{series}.csv"]
        return next((path for file in files if (path := self.folder / file).exists()), None)


def read_bars(path: Path, symbol: str, allow_nonpositive: bool = False) -> Bars:
    """One file's bars, every rule kept: dates ascending, prices numbers and (by default) above zero."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}).") from error
    columns = _parse(content, header_of(content, path), allow_nonpositive)
    if columns is None:
        raise DataError(locate_fault(content, path, allow_nonpositive))
    days, prices = columns
    return Bars(symbol, days, **prices, origin=f"prices/{path.name}")


def _parse(content: bytes, header: Sequence[str], allow_nonpositive: bool) -> tuple[Days, dict[str, Column]] | None:
    """Days and price columns, or None if anything at all is wrong with them."""
    # Imported here: half a second that only a run which reads prices has to pay.
    import pandas as pd

    prices = [name for name in PRICE_COLUMNS if name in header]
    try:
        frame = pd.read_csv(
            BytesIO(content),
            usecols=["date", *prices],
            dtype={"date": f"S{_DATE_BYTES}", **dict.fromkeys(prices, "float64")},
            keep_default_na=False,
            na_values={name: [""] for name in prices},
            encoding="utf-8-sig",
            engine="c",
        )
    except (ValueError, OverflowError):  # pandas' parser errors are ValueErrors
        return None
    # A short row reads as absent values and a long one is cut: only the count of commas gives them away.
    if content.count(b",") != (len(frame) + 1) * (len(header) - 1):
        return None
    days = parse_days(frame["date"].to_numpy())
    columns = {name: frame[name].to_numpy() for name in prices}
    if days is None or (days[1:] <= days[:-1]).any():
        return None
    if not all(_possible(column, allow_nonpositive) for column in columns.values()):
        return None
    return days, columns


def parse_days(texts: NDArray[np.bytes_]) -> Days | None:
    """`2025-06-30` as bytes to `datetime64[D]`, all at once; None if any is not a date of exactly that form."""
    if not len(texts):
        return np.array([], dtype="datetime64[D]")
    places = np.ascontiguousarray(texts).view(np.uint8).reshape(len(texts), -1)
    digits = places[:, [0, 1, 2, 3, 5, 6, 8, 9]] - np.uint8(ord("0"))  # what stands before "0" wraps far above 9
    if (digits > 9).any() or (places[:, [4, 7]] != ord("-")).any() or places[:, 10:].any():
        return None
    tens = digits.astype(np.int64).T
    years = 1000 * tens[0] + 100 * tens[1] + 10 * tens[2] + tens[3]
    months, days = 10 * tens[4] + tens[5], 10 * tens[6] + tens[7]
    starts = (years * 12 + months - 1 - 1970 * 12).astype("datetime64[M]")
    parsed = starts.astype("datetime64[D]") + (days - 1)
    real = (years >= 1) & (months >= 1) & (months <= 12) & (days >= 1) & (parsed.astype("datetime64[M]") == starts)
    return parsed if real.all() else None


def _possible(column: Column, allow_nonpositive: bool) -> bool:
    """Whether every value held is a finite number, above zero unless it may be otherwise."""
    if np.isinf(column).any():
        return False
    return allow_nonpositive or not (column <= 0).any()


def _through(bars: Bars, last: date) -> Bars:
    """The bars up to and including `last`."""
    rows = slice(0, int(np.searchsorted(bars.days, np.datetime64(last, "D"), side="right")))
    columns = {name: column[rows] for name in PRICE_COLUMNS if (column := bars.column(name)) is not None}
    return Bars(bars.symbol, bars.days[rows], **columns, origin=bars.origin)
