"""One economic series as text in, its observations out; or one sentence with `file:line` that says what is wrong.

FRED writes `observation_date,CPIAUCSL` above its rows and a full stop for a value that is missing; a publisher's own
file may say `date,value`, and in a third column, `released`, the day on which each value came out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from math import isfinite
from pathlib import Path

import numpy as np

from generator import files
from generator.errors import DataError
from generator.model import Column, Days, Observations

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MISSING = frozenset([".", ""])
_HEADERS = (["date", "value"], ["date", "value", "released"])


def read_series(path: Path, series: str, through: date) -> Observations:
    """A series from its file, up to and including the day `through`; raises `DataError`."""
    try:
        text = files.read_bytes(path, largest=files.LARGEST_OF_DATA).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}:1: is not UTF-8 text.") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}).") from error
    return parse_series(text, series, str(path), f"{path.parent.name}/{path.name}", through)


def parse_series(text: str, series: str, where: str, origin: str, through: date = date.max) -> Observations:
    """The observations in `text`, values that are missing left out; raises `DataError`, naming the line in `where`."""
    lines = text.splitlines()
    header = lines[0].strip().split(",") if lines else []
    if header not in (*_HEADERS, ["observation_date", series], ["DATE", series]):
        raise DataError(f"{where}:1: the header should read 'date,value' (it reads: '{','.join(header)[:60]}').")
    table = [line.strip().split(",") for line in lines[1:]]
    found = _columns([cells for cells in table if cells != [""]], len(header))
    if found is None:
        raise DataError(f"{where}:{_locate_fault(table, len(header))}")
    days, values, seen = found
    held = ~np.isnan(values) & (days <= np.datetime64(through, "D"))
    return Observations(series, days[held], values[held], None if np.isnat(seen[held]).all() else seen[held], origin)


def observations(series: str, rows: Sequence[tuple[date, float, date | None]], origin: str) -> Observations:
    """Rows of (day observed, value, day on which it is known to have been public or None) as arrays."""
    days = np.array([day for day, _, _ in rows], dtype="datetime64[D]")
    seen = np.array([known if known else "NaT" for _, _, known in rows], dtype="datetime64[D]")
    values = np.array([value for _, value, _ in rows], dtype=np.float64)
    return Observations(series, days, values, None if np.isnat(seen).all() else seen, origin)


def _columns(rows: Sequence[Sequence[str]], columns: int) -> tuple[Days, Column, Days] | None:
    """Days, values (NaN where missing) and days of release, all at once; None if anything at all is wrong with them."""
    if any(len(cells) != columns for cells in rows):
        return None
    texts = ["nan" if cells[1] in _MISSING else cells[1] for cells in rows]
    released = [cells[2] or "NaT" for cells in rows] if columns > 2 else ["NaT"] * len(rows)
    if not all(len(cells[0]) == 10 for cells in rows) or any("_" in text for text in texts):
        return None
    try:
        days, seen = (np.array(column, dtype="datetime64[D]") for column in ([cells[0] for cells in rows], released))
        values = np.array(texts, dtype=np.float64)
    except ValueError:
        return None
    missing = np.array([cells[1] in _MISSING for cells in rows], dtype=bool)
    late = ~(seen < days)  # true as well where it is not known when it came out
    whole = (days[1:] > days[:-1]).all() and (np.isfinite(values) | missing).all() and late.all()
    return (days, values, seen) if whole and all(len(text) in (3, 10) for text in released) else None


def _locate_fault(table: Sequence[Sequence[str]], columns: int) -> str:
    """The first line that is wrong, and what is wrong with it; only asked of a table in which something is."""
    previous = date.min
    for number, cells in enumerate(table, 2):
        if cells != [""]:
            fault, previous = _fault(cells, columns, previous)
            if fault:
                return f"{number}: {fault}"
    return "1: cannot be read as a table of observations."


def _fault(cells: Sequence[str], columns: int, previous: date) -> tuple[str, date]:
    """What is wrong with one row (nothing: an empty text), and its day."""
    if len(cells) != columns:
        return f"{len(cells)} values where the header names {columns} columns.", previous
    day = _day(cells[0])
    if day is None:
        return f"'{cells[0]}' is not a date (written as 2025-06-30).", previous
    if day <= previous:
        return f"{day} comes after {previous}: dates must ascend.", day
    if cells[1] not in _MISSING and not _is_number(cells[1]):
        return f"value is '{cells[1]}', which is not a number.", day
    if cells[2:] and cells[2] and (released := _day(cells[2])) is None:
        return f"'{cells[2]}' is not a date (written as 2025-06-30).", day
    if cells[2:] and cells[2] and released is not None and released < day:
        return f"{released} is before {day}, the day observed: nothing is released before it is known.", day
    return "", day


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text)) and "_" not in text
    except ValueError:
        return False
