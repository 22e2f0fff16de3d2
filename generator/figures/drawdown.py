"""Drawdowns: how far a close is below the record, and whether it is in a correction or a bear market.

A correction is a fall of 10% and a bear market a fall of 20% from a peak in closing prices; each ends with a rise of
the same percentage from its lowest close. The next one is measured from the highest close since that lowest close.
After a missing close that may have been the highest, both are unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np

from generator.figures.horizons import RowNumbers
from generator.figures.measure import Columns, Recipe
from generator.figures.records import dates, record_row, records, whole
from generator.figures.windows import at, quotient
from generator.model import Column, Flags, Segment, Unit

THRESHOLDS = {"correction": 0.10, "bear": 0.20}
WORDS = {"correction": "correction", "bear": "bear market"}
OUTSIDE = (-1, -1, -1, False)
"""Entry, peak and trough rows, and whether the decline has just ended, for a session outside any decline."""
EXACT = 1e-12
"""Slack for binary fractions: 90 counts as 10% below 100 even if 0.9 * 100 comes out a shade below 90."""


@dataclass(frozen=True, slots=True)
class Decline:
    """One kind of decline through a segment's history; rows are -1 outside it, but still set on the day it ends."""

    close: Column
    left: Flags
    entry: RowNumbers
    peak: RowNumbers
    trough: RowNumbers

    @property
    def spoken_of(self) -> Flags:
        """Sessions in a decline, including the one that ends it."""
        return self.entry >= 0

    @property
    def rows(self) -> RowNumbers:
        """Each session's own row."""
        return np.arange(self.close.size)


def decline(columns: Columns, segment: Segment, kind: str) -> Decline:
    """A segment's corrections or bear markets, worked out once for all the figures that need them."""

    def found() -> Decline:
        closes = np.where(whole(columns, segment), columns.closes(segment), np.nan)
        return declines(closes, THRESHOLDS[kind])

    return columns.shared((kind, segment.key), found)


def declines(close: Column, threshold: float) -> Decline:
    """Every decline of at least `threshold` in `close`, by the rule at the top of this file."""
    steps = [OUTSIDE] * close.size
    inside, entry, peak, trough = False, -1, -1, -1
    top, low = -np.inf, np.inf
    fall, rise = (1.0 - threshold) * (1.0 + EXACT), (1.0 + threshold) * (1.0 - EXACT)
    for row, level in enumerate(close.tolist()):
        if level != level:  # absent: the state does not change
            continue
        if inside:
            if level < low:
                low, trough = level, row
            inside = level < rise * low
            steps[row] = (entry, peak, trough, not inside)
            if not inside:
                top, peak = level, row
        elif level > top:
            top, peak = level, row
        elif level <= fall * top:
            inside, entry, low, trough = True, row, level, row
            steps[row] = (entry, peak, trough, False)
    entries, peaks, troughs, left = np.array(steps, dtype=np.int64).reshape(-1, len(OUTSIDE)).T
    return Decline(close, left == 1, entries, peaks, troughs)


def _state(found: Decline) -> Column:
    return (found.spoken_of & ~found.left).astype(np.float64)


def _always(measure: Callable[[Decline], Flags | Column], kind: str) -> Callable[[Columns, Segment], Column]:
    def column(columns: Columns, segment: Segment) -> Column:
        found = decline(columns, segment, kind)
        return np.where(np.isnan(found.close), np.nan, measure(found))

    return column


def _within(measure: Callable[[Decline, Columns], Column], kind: str) -> Callable[[Columns, Segment], Column]:
    def column(columns: Columns, segment: Segment) -> Column:
        found = decline(columns, segment, kind)
        return np.where(found.spoken_of, measure(found, columns), np.nan)

    return column


def _turning_points(columns: Columns, segment: Segment, row: int, *, kind: str) -> Iterable[int]:
    found = decline(columns, segment, kind)
    return int(found.peak[row]), int(found.trough[row]), row


def _recipes(kind: str) -> Iterable[Recipe]:
    words, size = WORDS[kind], f"{THRESHOLDS[kind]:.0%}"
    rows = partial(_turning_points, kind=kind)
    rule = f"a fall of {size} from the highest close, until a rise of {size} from the lowest close after it"

    def flag(suffix: str, label: str, formula: str, measure: Callable[[Decline], Flags | Column]) -> Recipe:
        return Recipe(f"{kind}{suffix}", Unit.FLAG, label, f"{formula}: {rule}", _always(measure, kind), rows)

    def date(suffix: str, label: str, row: Callable[[Decline], RowNumbers]) -> Recipe:
        column = _within(lambda found, columns: dates(row(found), columns), kind)
        return Recipe(f"{kind}{suffix}", Unit.DATE, label, f"session of the {label}", column, rows)

    def share(suffix: str, label: str, formula: str, measure: Callable[[Decline, Columns], Column]) -> Recipe:
        return Recipe(f"{kind}{suffix}", Unit.PERCENT, label, formula, _within(measure, kind), rows, signed=True)

    yield flag("", f"in a {words}", f"in a {words}", _state)
    yield flag("_entered", f"{words} entered", f"first session of a {words}", lambda found: found.entry == found.rows)
    yield flag("_left", f"{words} left", f"session that ends a {words}", lambda found: found.left)
    yield Recipe(
        f"{kind}_sessions",
        Unit.COUNT,
        f"sessions since the {words} was entered",
        f"sessions from the first session of the {words} to this one",
        _within(lambda found, _: (found.rows - found.entry).astype(np.float64), kind),
        rows,
    )
    yield date("_peak_date", f"highest close before the {words}", lambda found: found.peak)
    yield date("_low_date", f"lowest close of the {words} to date", lambda found: found.trough)
    yield share(
        "_decline",
        f"{{basis}} from the peak before the {words}",
        f"{{close}} divided by the highest {{close}} before the {words}, less one",
        lambda found, _: quotient(found.close, at(found.close, found.peak)) - 1.0,
    )
    yield share(
        "_low_decline",
        f"{{basis}} from the peak to the low of the {words}",
        f"lowest {{close}} of the {words} to date divided by the highest {{close}} before it, less one",
        lambda found, _: quotient(at(found.close, found.trough), at(found.close, found.peak)) - 1.0,
    )
    yield share(
        "_rise",
        f"{{basis}} from the low of the {words}",
        f"{{close}} divided by the lowest {{close}} of the {words} to date, less one",
        lambda found, _: quotient(found.close, at(found.close, found.trough)) - 1.0,
    )


def _drawdown(columns: Columns, segment: Segment) -> Column:
    found = records(columns, segment)
    return np.where(found.claimed, quotient(found.close, at(found.close, found.row)) - 1.0, np.nan)


RECIPES = (
    Recipe(
        "drawdown",
        Unit.PERCENT,
        "{basis} from the record close",
        "{close} divided by the highest {close} of the history held, less one",
        _drawdown,
        record_row,
        signed=True,
    ),
    *_recipes("correction"),
    *_recipes("bear"),
)
