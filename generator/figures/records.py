"""Record closes: on which sessions, at what level, and how long ago.

A record is a close above every earlier close of the history held. It is only claimed from the segment's
`records_from` on, because an older record may lie outside that history; and only if the history held begins by then
and has no missing session, which may have had a higher close.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from generator.figures.basis import own_series
from generator.figures.horizons import RowNumbers, last_row_before, period_codes
from generator.figures.levels import extreme
from generator.figures.measure import Columns, Recipe, Rows, today
from generator.figures.windows import at, quotient, shifted
from generator.model import Column, Flags, Segment, Unit


@dataclass(frozen=True, slots=True)
class Records:
    """A segment's record closes; rows are -1 if there is none."""

    close: Column
    broken: Flags
    """Sessions that closed above every earlier close held."""
    row: RowNumbers
    """Row of the record to date, this session included."""
    prior: RowNumbers
    """Row of the record to date, this session excluded."""
    claimed: Flags
    """Sessions that have a close and on which a record may be claimed."""


def records(columns: Columns, segment: Segment) -> Records:
    """The segment's records, worked out once for all the figures that need them."""
    return columns.shared(("records", segment.key), lambda: _records(columns, segment))


def above_all_earlier(values: Column) -> Flags:
    """Sessions whose value is above every value before it."""
    highest = np.fmax.accumulate(values)
    earlier = shifted(highest)
    found: Flags = (values > earlier) | (~np.isnan(values) & np.isnan(earlier))
    return found


def _records(columns: Columns, segment: Segment) -> Records:
    close = columns.closes(segment)
    broken = above_all_earlier(close)
    row: RowNumbers = np.maximum.accumulate(np.where(broken, np.arange(close.size), -1))
    prior = np.append(-1, row[:-1])
    return Records(close, broken, row, prior, ~np.isnan(close) & _claimable(columns, segment))


def _claimable(columns: Columns, segment: Segment) -> Flags:
    if segment.records_from is None:
        return np.zeros(columns.sessions.size, dtype=bool)
    found: Flags = (columns.sessions >= np.datetime64(segment.records_from, "D")) & whole(columns, segment)
    return found


def whole(columns: Columns, segment: Segment) -> Flags:
    """Sessions up to which no close is missing since `records_from`; a simulated market begins with its first close.

    For a segment without `records_from`, the history counts from its first close.
    """
    held = np.flatnonzero(~np.isnan(columns.closes(segment)))
    series = own_series(segment)
    gone = np.zeros(columns.sessions.size, dtype=bool)
    if not held.size or series is None:
        return gone
    first = columns.sessions[held[0]]
    since = segment.records_from
    if since is not None and not columns.market.simulated and first > np.datetime64(since, "D"):
        return gone
    gone[columns.gaps([series.symbol])] = True
    return ~np.logical_or.accumulate(gone)


def _of(measure: Callable[[Records, Columns], Column]) -> Callable[[Columns, Segment], Column]:
    def column(columns: Columns, segment: Segment) -> Column:
        found = records(columns, segment)
        return np.where(found.claimed, measure(found, columns), np.nan)

    return column


def dates(rows: RowNumbers, columns: Columns) -> Column:
    """The sessions on these rows as days since 1970-01-01; -1 is absent."""
    return at(columns.sessions.astype("datetime64[D]").astype(np.float64), rows)


def _since(rows: RowNumbers) -> Column:
    return np.where(rows >= 0, np.arange(rows.size) - rows, np.nan)


def _this_year(found: Records, columns: Columns) -> Column:
    count = np.cumsum(found.broken & found.claimed).astype(np.float64)
    before = last_row_before(period_codes(columns.sessions, "year"))
    return count - np.where(before >= 0, count[before], 0.0)


def _intraday(columns: Columns, segment: Segment) -> Column:
    high = extreme(columns, segment, "high")
    reached = np.where(np.isnan(high), columns.closes(segment), high)
    claimed = records(columns, segment).claimed
    return np.where(claimed, above_all_earlier(reached), np.nan)


def record_row(columns: Columns, segment: Segment, row: int) -> Iterable[int]:
    """The session of the record to date, and this session."""
    return int(records(columns, segment).row[row]), row


def _prior_row(columns: Columns, segment: Segment, row: int) -> Iterable[int]:
    return int(records(columns, segment).prior[row]), row


def _recipe(
    suffix: str, unit: Unit, label: str, formula: str, measure: Callable[[Records, Columns], Column], rows: Rows
) -> Recipe:
    return Recipe(suffix, unit, label, formula, _of(measure), rows)


HIGHEST = "highest {close} of the history held up to and including the session"
EARLIER = "highest {close} of the history held before the session"

RECIPES = (
    _recipe(
        "record_close",
        Unit.FLAG,
        "record close",
        "{close} above every earlier {close} of the history held",
        lambda found, _: found.broken.astype(np.float64),
        _prior_row,
    ),
    Recipe(
        "record_intraday",
        Unit.FLAG,
        "record high within the session",
        "high of the session above every earlier high of the history held",
        _intraday,
        today,
        fields=("high",),
    ),
    _recipe(
        "record_level",
        Unit.LEVEL,
        "record close to date",
        HIGHEST,
        lambda found, _: at(found.close, found.row),
        record_row,
    ),
    _recipe(
        "record_date",
        Unit.DATE,
        "date of the record close",
        f"session of the {HIGHEST}",
        lambda found, columns: dates(found.row, columns),
        record_row,
    ),
    _recipe(
        "prior_record_level",
        Unit.LEVEL,
        "record close before the session",
        EARLIER,
        lambda found, _: at(found.close, found.prior),
        _prior_row,
    ),
    _recipe(
        "prior_record_date",
        Unit.DATE,
        "date of the record close before the session",
        f"session of the {EARLIER}",
        lambda found, columns: dates(found.prior, columns),
        _prior_row,
    ),
    _recipe(
        "sessions_since_record",
        Unit.COUNT,
        "sessions since the record close",
        "sessions from the record close to this one",
        lambda found, _: _since(found.row),
        record_row,
    ),
    _recipe(
        "record_wait",
        Unit.COUNT,
        "sessions from the record close before to this one",
        "sessions from the record close before to this record close; absent on other sessions",
        lambda found, _: np.where(found.broken, _since(found.prior), np.nan),
        _prior_row,
    ),
    _recipe(
        "records_ytd",
        Unit.COUNT,
        "record closes in the year to date",
        "count of record closes in the calendar year, this session included",
        _this_year,
        record_row,
    ),
    _recipe(
        "to_record",
        Unit.PERCENT,
        "rise needed to reach the record close",
        f"{HIGHEST}, divided by the {{close}}, less one",
        lambda found, _: quotient(at(found.close, found.row), found.close) - 1.0,
        record_row,
    ),
)
