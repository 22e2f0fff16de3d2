"""A price file with something wrong in it in, one sentence with `file:line` out.

Slow and exact, and only run on a file that the quick reading refused.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import date
from io import StringIO
from math import isfinite
from pathlib import Path

from generator.errors import DataError
from generator.market.source import PRICE_COLUMNS

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)


def header_of(content: bytes, path: Path) -> tuple[str, ...]:
    """The column names of a price file; raises `DataError` where they cannot serve."""
    try:
        first = content[: content.find(b"\n") + 1 or None].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}:1: is not UTF-8 text.") from error
    if not first.strip():
        raise DataError(f"{path}:1: there is no header (such as date,open,high,low,close,adj_close,volume).")
    header = tuple(first.rstrip("\r\n").split(","))
    if "date" not in header:
        raise DataError(f"{path}:1: the header has no column 'date' (it reads: {first.strip()}).")
    if not set(PRICE_COLUMNS) & set(header):
        raise DataError(f"{path}:1: the header has no price column; it needs one of {', '.join(PRICE_COLUMNS)}.")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise DataError(f"{path}:1: the header names '{twice[0]}' twice.")
    return header


def locate_fault(content: bytes, path: Path, allow_nonpositive: bool) -> str:
    """The first fault below the header, as `file:line: what is wrong`."""
    header = header_of(content, path)
    lines = csv.reader(StringIO(content.decode("utf-8-sig", errors="replace"), newline=""))
    next(lines)
    previous: tuple[date, int] | None = None
    try:
        for row in lines:
            if not row:
                continue
            fault = _row_fault(header, row, previous, allow_nonpositive)
            if fault is not None:
                return f"{path}:{lines.line_num}: {fault}"
            previous = date.fromisoformat(row[header.index("date")]), lines.line_num
    except csv.Error as error:
        return f"{path}:{lines.line_num}: {error}."
    return f"{path}: cannot be read as a table of prices."


def _row_fault(
    header: Sequence[str], row: Sequence[str], previous: tuple[date, int] | None, allow_nonpositive: bool
) -> str | None:
    """What is wrong with one row, looked for in the order in which a person would."""
    if len(row) != len(header):
        return f"{len(row)} values where the header names {len(header)} columns."
    cells = dict(zip(header, row, strict=True))
    day = _day(cells["date"])
    if day is None:
        return f"'{cells['date']}' is not a date (written as 2025-06-30)."
    if previous is not None and day == previous[0]:
        return f"{day} stands here a second time (first on line {previous[1]})."
    if previous is not None and day < previous[0]:
        return f"{day} comes after {previous[0]} (line {previous[1]}): dates must ascend."
    faults = (_price_fault(name, cells.get(name, ""), allow_nonpositive) for name in PRICE_COLUMNS)
    return next(filter(None, faults), None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def _price_fault(name: str, text: str, allow_nonpositive: bool) -> str | None:
    if text == "":
        return None
    if not _NUMBER.fullmatch(text) or not isfinite(float(text)):
        return f"{name} is '{text}', which is not a number."
    if float(text) <= 0 and not allow_nonpositive:
        return f"{name} is {text}; a price of this symbol must be above zero."
    return None
