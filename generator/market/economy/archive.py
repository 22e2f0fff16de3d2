"""FRED's archive (ALFRED), without a key: the days on which a series changed, and its record on each of them.

There are two kinds of request: the page that lists a series' vintages, and a table of up to twelve of them. The archive
silently drops every column after the twelfth, and answers some faults with a web page; so the header of every table is
compared with the request, and a table that does not match it exactly is rejected whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from math import isfinite

import numpy as np

from generator.errors import DataError
from generator.market.economy.fred import Fred
from generator.market.economy.vintages import Vintage
from generator.market.patience import patience
from generator.market.sessions import FIRST_DAY

SITE = "https://alfred.stlouisfed.org"
COLUMNS = 12
"""The most vintages one table can have; the archive silently drops any more."""
_SELECT = re.compile(r"<select[^>]*\bid=[\"']form_selected_vintage_dates[\"'].*?</select>", re.DOTALL)
_OPTION = re.compile(r"<option[^>]*\bvalue=[\"'](\d{4}-\d\d-\d\d)[\"']")


def usual_archive() -> Fred:
    """A FRED client for the archive, which is slower, under the user agent of Python's own HTTP client.

    The archive has left requests from user agents it did not know unanswered (September 2026).
    """
    by = patience()
    return Fred(
        base=SITE,
        name="FRED's archive",
        agent="",
        seconds=90.0 * by,
        seconds_each=20.0 * by,
        tries=2,
        pause=0.5 * by,
        wait=by,
    )


def vintage_days(archive: Fred, series: str) -> list[date]:
    """Every day on which the series changed, oldest first; raises `DataError` and whatever a request raises."""
    page = archive.text(f"{archive.base}/series/downloaddata?seid={series}", page=True)
    select = _SELECT.search(page)
    days = sorted({date.fromisoformat(day) for day in _OPTION.findall(select[0])}) if select else []
    if not days:
        raise DataError("the page lists no vintages.")
    return days


def read_vintages(archive: Fred, series: str, days: Sequence[date]) -> list[Vintage]:
    """The record of the series, from 1987 on, as of each of these days; raises as `vintage_days` does."""
    assert len(days) <= COLUMNS
    ids, wanted = ",".join([series] * len(days)), ",".join(day.isoformat() for day in days)
    address = f"{archive.base}/graph/alfredgraph.csv?id={ids}&vintage_date={wanted}&cosd={FIRST_DAY}"
    return parse_vintages(archive.text(address), series, days)


def parse_vintages(text: str, series: str, days: Sequence[date]) -> list[Vintage]:
    """The vintages in a table of these days, in order; raises `DataError` for a table other than the one requested."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    header = lines[0].split(",") if lines else []
    asked = ["observation_date", *(f"{series}_{day:%Y%m%d}" for day in days)]
    if header != asked:
        short = f"{len(header) - 1} of {len(days)} vintages" if header == asked[: len(header)] else "other columns"
        raise DataError(f"it holds {short if len(header) > 1 else 'none'} where {len(days)} were asked for.")
    rows = [line.split(",") for line in lines[1:]]
    for number, cells in enumerate(rows, 2):
        if len(cells) != len(header) or not all(_is_value(cell) for cell in cells[1:]):
            raise DataError(f"line {number} cannot be read.")
    try:
        periods = np.array([cells[0] for cells in rows], dtype="datetime64[D]")
    except ValueError as error:
        raise DataError("a day in it cannot be read.") from error
    if not (periods[1:] > periods[:-1]).all():
        raise DataError("its days do not ascend.")
    table = np.array([[_number(cell) for cell in cells[1:]] for cells in rows]).reshape(len(rows), len(days))
    found = []
    for day, column in zip(days, table.T, strict=True):
        held = ~np.isnan(column)
        if not held.any() or (periods[held] > np.datetime64(day)).any():
            raise DataError(f"its vintage of {day} {'is empty' if not held.any() else 'tells what came after it'}.")
        found.append(Vintage(day, periods[held], column[held]))
    return found


def _number(cell: str) -> float:
    return np.nan if cell in ("", ".") else float(cell)


def _is_value(cell: str) -> bool:
    try:
        return cell in ("", ".") or (isfinite(float(cell)) and "_" not in cell)
    except ValueError:
        return False
