"""One economic series read from text, or a one-sentence error with `file:line` that says what is wrong.

FRED writes `observation_date,CPIAUCSL` above its rows and a full stop for a missing value. A publisher's own file may
say `date,value`; or `date,released,value`, with the day on which each value came out and one row for each revision of
a date; or `vintage,date,value`, for the whole record of one day after another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from math import isfinite
from pathlib import Path

import numpy as np

from generator import files
from generator.errors import DataError
from generator.market.economy.vintages import listed, on_record, vintages_of
from generator.model import Column, Days, Observations

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ISO_DATES = re.compile(rf"{_ISO_DATE.pattern}(?:\n{_ISO_DATE.pattern})*", re.ASCII)
_MISSING = frozenset([".", ""])
_HEADERS = (
    ("date", "value"), ("date", "value", "released"), ("date", "released", "value"), ("vintage", "date", "value")
)  # fmt: skip
_RELEASED = ("released", "vintage")
"""Names of the column that says when a value was on record."""


def read_series(path: Path, series: str, through: date) -> Observations:
    """A series from its file, as known by the day `through`; raises `DataError`."""
    return parse_file(read_text(path), path, series, through)


def read_text(path: Path) -> str:
    """What the file of a series holds; raises `DataError`."""
    return text_of(path, lambda: files.read_bytes(path, largest=files.LARGEST_OF_DATA))


def text_of(path: Path, read: Callable[[], bytes]) -> str:
    """The text of a file that `read` gives; raises `DataError`."""
    try:
        return read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}:1: is not UTF-8 text.") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}).") from error


def parse_file(text: str, path: Path, series: str, through: date) -> Observations:
    """The series in a file's text, with errors that name the file; raises `DataError`."""
    return parse_series(text, series, str(path), f"{path.parent.name}/{path.name}", through)


def parse_series(text: str, series: str, where: str, origin: str, through: date = date.max) -> Observations:
    """The observations in `text` without missing values; raises `DataError` that names `where` and the line."""
    lines = text.splitlines()
    header = tuple(lines[0].strip().split(",")) if lines else ()
    if header not in (*_HEADERS, ("observation_date", series), ("DATE", series)):
        raise DataError(
            f"{where}:1: the header should read 'date,value' or 'date,released,value' "
            f"(it reads: '{','.join(header)[:60]}')."
        )
    table = [line.strip().split(",") for line in lines[1:]]
    if len(header) > 2:
        return _with_releases(table, header, series, where, origin, through)
    found = _columns([cells for cells in table if cells != [""]])
    if found is None:
        raise DataError(f"{where}:{_locate_fault(table)}")
    days, values = found
    held = ~np.isnan(values) & (days <= np.datetime64(through, "D"))
    return Observations(series, days[held], values[held], origin=origin)


def observations(series: str, rows: Sequence[tuple[date, float, date | None]], origin: str) -> Observations:
    """Rows of (day observed, value, day it was known to be public or None) as arrays."""
    days = np.array([day for day, _, _ in rows], dtype="datetime64[D]")
    seen = np.array([known if known else "NaT" for _, _, known in rows], dtype="datetime64[D]")
    values = np.array([value for _, value, _ in rows], dtype=np.float64)
    return Observations(series, days, values, None if np.isnat(seen).all() else seen, origin)


def _with_releases(
    table: Sequence[Sequence[str]], header: Sequence[str], series: str, where: str, origin: str, through: date
) -> Observations:
    """A file that says when each value was on record; values without that day are kept, undated."""
    names = ["released" if name in _RELEASED else name for name in header]
    first_is_exact = "vintage" not in header
    if whole := _at_once([cells for cells in table if cells != [""]], names):
        days, released, values = whole
        told = ~np.isnan(values) & (days <= np.datetime64(through, "D"))
        found = vintages_of(released[told], days[told], values[told], first_is_exact)
        return on_record(series, found, origin, through)
    rows: list[tuple[date, date, float]] = []
    undated: list[tuple[date, float, date | None]] = []
    seen: set[tuple[date, date | None]] = set()
    for number, cells in enumerate(table, 2):
        if cells == [""]:
            continue
        fault = _released_fault(cells, names)
        if fault:
            raise DataError(f"{where}:{number}: {fault}")
        texts = dict(zip(names, cells, strict=True))
        day, out = _day(texts["date"]), _day(texts["released"])
        assert day is not None  # or it would have been a fault
        if (day, out) in seen:
            raise DataError(f"{where}:{number}: {day} stands there twice, released on {out or 'no day'}.")
        seen.add((day, out))
        if texts["value"] in _MISSING or day > through:
            continue
        if out is None:
            undated.append((day, float(texts["value"]), None))
        else:
            rows.append((out, day, float(texts["value"])))
    dated = on_record(series, listed(rows, first_is_exact), origin, through)
    return _joined(dated, observations(series, sorted(undated), origin)) if undated else dated


def _at_once(rows: Sequence[Sequence[str]], names: Sequence[str]) -> tuple[Days, Days, Column] | None:
    """Days, days of release and values (NaN if missing), parsed all at once; None for a file that is not plain.

    A value without a day of release, and anything wrong, is for reading row by row.
    """
    if set(map(len, rows)) != {len(names)}:
        return None
    texts = dict(zip(names, zip(*rows, strict=True), strict=True))
    if not all(_ISO_DATES.fullmatch("\n".join(texts[name])) for name in ("date", "released")):
        return None
    numbers = ["nan" if text in _MISSING else text for text in texts["value"]]
    try:
        days, out = (np.array(texts[name], dtype="datetime64[D]") for name in ("date", "released"))
        values = np.array(numbers, dtype=np.float64)
    except ValueError:
        return None
    missing = np.array([text in _MISSING for text in texts["value"]], dtype=bool)
    pairs = np.stack([days.astype(np.int64), out.astype(np.int64)], axis=1)
    apart = len(np.unique(pairs, axis=0)) == len(pairs)
    sound = apart and (np.isfinite(values) | missing).all() and (out >= days).all()
    return (days, out, values) if sound and "_" not in "".join(numbers) else None


def _joined(one: Observations, other: Observations) -> Observations:
    """Both, merged in order of the day observed."""
    missing = np.full(other.days.size, "NaT", dtype="datetime64[D]")
    days = np.concatenate([other.days, one.days])
    order = np.argsort(days, kind="stable")
    dated = [
        np.concatenate([missing, held])[order] for held in (one.seen, one.released, one.confirmed) if held is not None
    ]
    values = np.concatenate([other.values, one.values])[order]
    return Observations(one.series, days[order], values, dated[0], one.origin, dated[1], dated[2])


def _released_fault(cells: Sequence[str], names: Sequence[str]) -> str:
    if len(cells) != len(names):
        return f"{len(cells)} values where the header names {len(names)} columns."
    texts = dict(zip(names, cells, strict=True))
    for name in ("date", "released"):
        if _day(texts[name]) is None and not (name == "released" and not texts[name]):
            return f"'{texts[name]}' is not a date (written as 2025-06-30)."
    if texts["value"] not in _MISSING and not _is_number(texts["value"]):
        return f"value is '{texts['value']}', which is not a number."
    day, out = _day(texts["date"]), _day(texts["released"])
    if day and out and out < day:
        return f"{out} is before {day}, the day observed: nothing is released before it is known."
    return ""


def _columns(rows: Sequence[Sequence[str]]) -> tuple[Days, Column] | None:
    """Days and values (NaN if missing), parsed all at once; None if anything at all is wrong with them."""
    if not rows:
        return np.array([], dtype="datetime64[D]"), np.array([])
    if set(map(len, rows)) != {2}:
        return None
    dates, found = zip(*rows, strict=True)
    texts = ["nan" if text in _MISSING else text for text in found]
    if set(map(len, dates)) != {10} or "_" in "".join(texts):
        return None
    try:
        days = np.array(dates, dtype="datetime64[D]")
        values = np.array(texts, dtype=np.float64)
    except ValueError:
        return None
    missing = np.array([text in _MISSING for text in found], dtype=bool)
    whole = (days[1:] > days[:-1]).all() and (np.isfinite(values) | missing).all()
    return (days, values) if whole else None


def _locate_fault(table: Sequence[Sequence[str]]) -> str:
    """The first wrong line and what is wrong with it; only called for a table known to have a fault."""
    for number, fault in enumerate(_faults(table), 2):
        if fault:
            return f"{number}: {fault}"
    return "1: cannot be read as a table of observations."


def _faults(table: Sequence[Sequence[str]]) -> Iterator[str]:
    """What is wrong with each row; an empty text if nothing is."""
    previous = date.min
    for cells in table:
        if cells == [""]:
            yield ""
        elif len(cells) != 2:
            yield f"{len(cells)} values where the header names 2 columns."
        elif (day := _day(cells[0])) is None:
            yield f"'{cells[0]}' is not a date (written as 2025-06-30)."
        elif day <= previous:
            yield f"{day} comes after {previous}: dates must ascend."
        elif cells[1] not in _MISSING and not _is_number(cells[1]):
            yield f"value is '{cells[1]}', which is not a number."
        else:
            previous = day
            yield ""


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
