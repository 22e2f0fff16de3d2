"""Read a file of daily prices: days and price columns, or a fault that names its line.

Columns are `date, open, high, low, close, adj_close, volume`; any price column may be absent, an empty cell is an
absent value, and volume is not read. pandas reads a plain file in one pass that can only say whether all is well; if it
is not, `table` reads row by row, accepts the other formats that prices come in, and names the line of a fault.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from generator.market.files.table import Header, read_header, read_table
from generator.market.judging.bounds import beyond_bounds
from generator.model import Bars, Column, Days

_DATE_BYTES = 16  # room to notice a date longer than `2025-06-30`, which would otherwise be cut to fit


def read_bars(content: bytes, symbol: str, where: str, *, allow_nonpositive: bool = False, pays: bool = True) -> Bars:
    """One file's bars, checked: dates ascend, and prices are numbers and (by default) above zero.

    `where` is how errors name the file. If the instrument `pays` dividends and the file has only adjusted prices, as
    yfinance gives by default, it has no plain close. Raises `DataError`.
    """
    header = read_header(content, where)
    found = _parse(content, header, allow_nonpositive) if header.plain else None
    if found is None:
        table = read_table(content, where, header, allow_nonpositive)
        found = table.days, dict(table.columns)
    days, prices = found
    if header.adjusted and pays:
        prices = {"adj_close": prices["close"]} if "close" in prices else {}
    return Bars(symbol, days, **prices, origin=where)


def line_of(content: bytes, allow_nonpositive: bool, day: date) -> int:
    """The line number of `day` in a sound file."""
    table = read_table(content, "", read_header(content, ""), allow_nonpositive)
    return table.lines[int(np.searchsorted(table.days, np.datetime64(day, "D")))]


def _parse(content: bytes, header: Header, allow_nonpositive: bool) -> tuple[Days, dict[str, Column]] | None:
    """Days and price columns, or None if the file is not plain, or if anything at all is wrong with it."""
    # Imported here: it takes half a second, which only a run that reads prices should pay.
    import pandas as pd

    if not _rows_are_whole(content, len(header.names)):
        return None
    places = {name: header.names.index(name) for name in ("date", *header.prices())}
    names = [name if place == places.get(name) else f"{place}" for place, name in enumerate(header.names)]
    try:
        frame = pd.read_csv(
            BytesIO(content),
            header=None,
            skiprows=1,
            names=names,
            usecols=list(places),
            dtype={"date": f"S{_DATE_BYTES}", **dict.fromkeys(header.prices(), "float64")},
            keep_default_na=False,
            na_values={name: [""] for name in header.prices()},
            encoding="utf-8" if content.isascii() else "utf-8-sig",  # which pandas decodes at a tenth of the speed
            engine="c",
        )
    except (ValueError, OverflowError):  # pandas' parser errors are ValueErrors
        return None
    days = parse_days(frame["date"].to_numpy())
    columns = {name: frame[name].to_numpy() for name in header.prices()}
    if days is None or (days[1:] <= days[:-1]).any():
        return None
    if not all(_possible(column, allow_nonpositive) for column in columns.values()):
        return None
    empty = np.all([np.isnan(column) for column in columns.values()], axis=0)
    return days[~empty], {name: column[~empty] for name, column in columns.items()}


def _rows_are_whole(content: bytes, cells: int) -> bool:
    """Whether each line has as many cells as the header and none is quoted; pandas would pad a short row."""
    body = np.frombuffer(content if content.endswith(b"\n") else content + b"\n", np.uint8)
    if (body == ord('"')).any():
        return False
    ends = np.flatnonzero(body == ord("\n"))
    commas = np.searchsorted(np.flatnonzero(body == ord(",")), ends)
    lengths = np.diff(ends, prepend=-1)
    blank = (lengths == 1) | ((lengths == 2) & (body[ends - 1] == ord("\r")))
    return bool((blank | (np.diff(commas, prepend=0) == cells - 1)).all())


def parse_days(texts: NDArray[np.bytes_]) -> Days | None:
    """`2025-06-30` as bytes to `datetime64[D]`, all at once; None if any is not a date of exactly that form."""
    if not len(texts):
        return np.array([], dtype="datetime64[D]")
    places = np.ascontiguousarray(texts).view(np.uint8).reshape(len(texts), -1)
    digits = places[:, [0, 1, 2, 3, 5, 6, 8, 9]] - np.uint8(ord("0"))  # a character before "0" wraps far above 9
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
    """Whether every value is within bounds, and above zero unless `allow_nonpositive`."""
    if beyond_bounds(column).any():
        return False
    return allow_nonpositive or not (column <= 0).any()
