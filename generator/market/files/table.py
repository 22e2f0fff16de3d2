"""Reads daily prices row by row, in the formats people keep and download; each error names its line.

It accepts any order of columns; `Date` and `Adj Close` as well as `date` and `adj_close`; quotes; blanks around a cell;
commas, semicolons or tabs, and with the latter two a decimal comma; the newest row first; dates as 2025-06-30,
20250630 or 2025-06-30 00:00:00; rows in which every price is `null`; the three header lines of a yfinance download.
Anything that can be read in two ways is refused.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from itertools import pairwise
from math import isfinite, nan

import numpy as np

from generator.errors import DataError
from generator.market.judging.bounds import beyond_bounds
from generator.market.source import PRICE_COLUMNS
from generator.model import Column, Days

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})([T ]00:00(:00)?(\.0+)?(Z|[+-]\d\d:?\d\d)?)?|(\d{8})", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_NO_PRICE = frozenset(["", "null", "nan", "n/a", "na", "none", "-"])
_ALIASES = {
    "datetime": "date",
    "adjusted_close": "adj_close",
    "adjclose": "adj_close",
    "adj._close": "adj_close",
}
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line of a price file says."""

    names: tuple[str, ...]
    """The columns, under the names that this program uses."""
    delimiter: str = ","
    lines: int = 1
    """How many lines the header takes: yfinance's downloads have three."""
    adjusted: bool = False
    """Whether the column called close is adjusted for dividends, as in yfinance files without an `Adj Close`."""

    @property
    def plain(self) -> bool:
        """Whether the rows below may be read in one pass."""
        return self.delimiter == "," and self.lines == 1 and not self.adjusted

    def prices(self) -> tuple[str, ...]:
        """The price columns that are there."""
        return tuple(name for name in PRICE_COLUMNS if name in self.names)


@dataclass(frozen=True, slots=True)
class PriceFile:
    """A price file as read: ascending days, and the line number of each."""

    days: Days
    columns: Mapping[str, Column]
    lines: Sequence[int]


def shown(cell: str) -> str:
    """A cell made safe to print in a message: no control characters, and cut short if long."""
    text = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in cell)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def read_header(content: bytes, where: str) -> Header:
    """What the header says; raises `DataError` if it cannot be used."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError(f"{where}:1: is UTF-16 text. Save it as UTF-8.")
    try:
        first = content[: content.find(b"\n") + 1 or None].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{where}:1: is not UTF-8 text.") from error
    first = first.splitlines()[0] if first.strip() else ""
    if not first:
        raise DataError(f"{where}:1: there is no header (such as date,open,high,low,close,adj_close,volume).")
    delimiter = max((",", ";", "\t"), key=first.count)
    names = tuple(_name(cell) for cell in _cells(first, delimiter, where))
    if names[0] == "price":  # yfinance: the columns, the symbol under each, and then 'Date'
        names, lines = ("date", *names[1:]), 3
    else:
        lines = 1
    if "date" not in names:
        read = shown(first.strip())
        raise DataError(f"{where}:1: the header has no column 'date' (it reads: {read}). Name the columns in line 1.")
    if not set(PRICE_COLUMNS) & set(names):
        raise DataError(f"{where}:1: the header has no price column; it needs one of {', '.join(PRICE_COLUMNS)}.")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise DataError(f"{where}:1: the header names '{shown(twice[0])}' twice.")
    adjusted = "adj_close" not in names and (lines == 3 or {"dividends", "stock_splits"} <= set(names))
    return Header(names, delimiter, lines, adjusted)


def _cells(line: str, delimiter: str, where: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error as error:
        raise DataError(f"{where}:1: {error}.") from error


def _name(cell: str) -> str:
    name = re.sub(r"\s+", "_", cell.strip().strip("<>*").strip().lower())
    return _ALIASES.get(name, name)


def read_table(content: bytes, where: str, header: Header, allow_nonpositive: bool) -> PriceFile:
    """Every row of the file; raises `DataError` with the line of the first fault."""
    prices = header.prices()
    rows: list[_Row] = []
    fault = ""
    try:
        for row in _rows(content, header, where):
            rows.append(row)
    except DataError as error:
        fault = str(error)
    rows = _ascending(rows, where, whole=not fault)
    if fault:
        raise DataError(fault)
    texts = {name: [row.cells[name] for row in rows] for name in prices}
    decimal_comma = header.delimiter != "," and _has_decimal_commas(texts, rows, where)
    bars = [row for row in rows if not all(row.cells[name].lower() in _NO_PRICE for name in prices)]
    columns = {
        name: np.array([_price(row, name, where, decimal_comma, allow_nonpositive) for row in bars], dtype=np.float64)
        for name in prices
    }
    days = np.array([row.day for row in bars], dtype="datetime64[D]")
    return PriceFile(days, columns, [row.line for row in bars])


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    day: date
    cells: Mapping[str, str]


def _rows(content: bytes, header: Header, where: str) -> Iterator[_Row]:
    """Each row below the header; raises `DataError` unless it has a cell for every column, and a date."""
    text = StringIO(content.decode("utf-8-sig", errors="replace"), newline="")
    lines = csv.reader(text, delimiter=header.delimiter, skipinitialspace=True)
    try:
        for _ in range(header.lines):
            next(lines, None)
        for cells in lines:
            if not cells or (len(cells) == 1 and not cells[0].strip()):
                continue
            at = f"{where}:{lines.line_num}"
            if len(cells) != len(header.names):
                raise DataError(f"{at}: {len(cells)} values where the header names {len(header.names)} columns.")
            named = {name: cell.strip() for name, cell in zip(header.names, cells, strict=True)}
            day = _day(named["date"])
            if day is None:
                raise DataError(f"{at}: '{shown(named['date'])}' is not a date (written as 2025-06-30).")
            yield _Row(lines.line_num, day, named)
    except csv.Error as error:
        raise DataError(f"{where}:{lines.line_num}: {error}.") from error


def _day(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    try:
        return date.fromisoformat(found[1] or found[6]) if found else None
    except ValueError:
        return None


def _ascending(rows: list[_Row], where: str, *, whole: bool) -> list[_Row]:
    """The rows, oldest first; a file may list all of them newest first."""
    pairs = list(pairwise(rows))
    if whole and pairs and all(later.day < row.day for row, later in pairs):
        return rows[::-1]
    if not whole and len(pairs) > 1 and all(later.day < row.day for row, later in pairs):
        return rows
    for row, later in pairs:
        if later.day == row.day:
            raise DataError(f"{where}:{later.line}: {later.day} stands here a second time (first on line {row.line}).")
        if later.day < row.day:
            after = f"{later.day} comes after {row.day} (line {row.line})"
            raise DataError(f"{where}:{later.line}: {after}: dates must ascend.")
    return rows


def _has_decimal_commas(texts: Mapping[str, Sequence[str]], rows: Sequence[_Row], where: str) -> bool:
    """Whether commas are decimal points; raises `DataError` if they may as well separate thousands."""
    cells = [cell for column in texts.values() for cell in column]
    with_comma = [cell for cell in cells if "," in cell]
    if not with_comma or not all(_DECIMAL_COMMA.fullmatch(cell) for cell in with_comma):
        return False
    if any("." in cell for cell in cells) or all(len(cell.partition(",")[2]) == 3 for cell in with_comma):
        first = next(row for row in rows if any("," in row.cells[name] for name in texts))
        told = shown(next(first.cells[name] for name in texts if "," in first.cells[name]))
        raise DataError(f"{where}:{first.line}: '{told}' can be read in two ways. Write a point for the decimals.")
    return True


def _price(row: _Row, name: str, where: str, decimal_comma: bool, allow_nonpositive: bool) -> float:
    text = row.cells[name]
    if not text:
        return nan
    number = text.replace(",", ".") if decimal_comma else text
    at = f"{where}:{row.line}"
    if not _NUMBER.fullmatch(number) or not isfinite(value := float(number)):
        raise DataError(f"{at}: {name} is '{shown(text)}', which is not a number.")
    if value <= 0 and not allow_nonpositive:
        raise DataError(f"{at}: {name} is {shown(text)}; a price of this symbol must be above zero.")
    if beyond_bounds(value):
        raise DataError(f"{at}: {name} is {shown(text)}; no price is as far from one as that.")
    return value
