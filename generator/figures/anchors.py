"""Named sessions of the past: the end of a stated year, the turn of a long wave, a rally and its peak, a best day.

All but years are those of the core indices. `first_year_end` is the first year-end that they share; `wave_first` and
`wave_last` are the lowest and the highest close of the first relative to the second, in the order in which they came;
`jump1` to `jump3` its best days of the year to date, `rally1` to `rally3` the ends of its sharpest rallies (`rallies`),
and `rally1_peak` the best relative close since. What is told of them is in `since`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from generator.figures.basis import comparable
from generator.figures.horizons import RowNumbers, period_codes
from generator.figures.measure import Columns
from generator.figures.rallies import COUNT, RALLIES, jump_rows, peak_rows, rally_rows
from generator.model import Kind, Segment, Universe

FIRST_YEAR_END = "first_year_end"
YEAR_END = re.compile(r"end_((?:19|20)\d\d)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A session of the past: its words, its row for each session (-1 for none), and the figure that found it."""

    key: str
    words: str
    rows: Callable[[Columns], RowNumbers]
    found_by: str = ""


def core_of(universe: Universe) -> tuple[Segment, ...]:
    """The two core indices, if there are two that can be set in a ratio; else none."""
    core = tuple(universe.segments[key] for key in universe.core[:2])
    baskets = any(one.kind is Kind.BASKET for one in core)
    return core if len(core) == len({*core}) == 2 and not baskets and comparable(core, universe) else ()


def anchor_of(key: str, universe: Universe) -> Anchor | None:
    """The anchor with this key, or None."""
    if year := YEAR_END.fullmatch(key):
        return Anchor(key, f"the last session of {year[1]}", partial(_year_end, int(year[1])))
    core = core_of(universe)
    if not core:
        return None
    if key == FIRST_YEAR_END:
        first, second = core
        words = f"the first year-end on which {first.short} and {second.short} both have a close"
        return Anchor(key, words, partial(_first_year_end, f"{first.key}_over_{second.key}"))
    return found_by_prices(universe).get(key)


def found_by_prices(universe: Universe) -> dict[str, Anchor]:
    """The anchors that prices decide, by key."""
    first, second = core_of(universe)
    ratio, relative = f"{first.key}_over_{second.key}", f"close of {first.short} relative to {second.short}"
    anchors = [
        Anchor("wave_first", f"the earlier of the lowest and the highest {relative}", partial(_wave, ratio, 0), ratio),
        Anchor("wave_last", f"the later of the lowest and the highest {relative}", partial(_wave, ratio, 1), ratio),
    ]
    day, five = f"{first.key}_return_1d", f"{first.key}_return_5d"
    for place in range(COUNT):
        nth = ("best", "second-best", "third-best")[place]
        words = f"the {nth} day of {first.short} in the year to date"
        anchors.append(Anchor(f"jump{place + 1}", words, partial(jump_rows, day, place), day))
    for place in range(RALLIES):
        nth = ("sharpest", "second-sharpest", "third-sharpest")[place]
        words = f"the end of the {nth} rally of {first.short} in the year to date"
        anchors.append(Anchor(f"rally{place + 1}", words, partial(rally_rows, five, place), five))
        words = f"the highest {relative} since {words}"
        anchors.append(Anchor(f"rally{place + 1}_peak", words, partial(peak_rows, five, ratio, place), ratio))
    return {one.key: one for one in anchors}


# --- where the anchors lie -------------------------------------------------------------------------


def _year_end(year: int, columns: Columns) -> RowNumbers:
    """The last row of the year on the sessions of later years; -1 if the history does not reach into it."""
    years = period_codes(columns.sessions, "year") + 1970
    row = int(np.searchsorted(years, year, side="right")) - 1
    return np.where((years > year) & (row >= 0), row, -1)


def _first_year_end(ratio: str, columns: Columns) -> RowNumbers:
    years = period_codes(columns.sessions, "year")
    last = np.append(years[1:] != years[:-1], False)
    held = np.flatnonzero(last & ~np.isnan(columns.values(ratio)))
    row = int(held[0]) if held.size else -1
    return np.where((np.arange(years.size) > row) & (row >= 0), row, -1)


def _wave(ratio: str, place: int, columns: Columns) -> RowNumbers:
    """The rows of the lowest and highest ratio to date, in their order; -1 after a missing close or if one."""

    def found() -> RowNumbers:
        values = columns.values(ratio)
        rows = np.arange(values.size)
        extremes = []
        for sign in (1.0, -1.0):
            level = np.where(np.isnan(values), -np.inf, sign * values)
            earlier = np.append(-np.inf, np.maximum.accumulate(level)[:-1])
            extremes.append(np.maximum.accumulate(np.where(level > earlier, rows, -1)))
        gone = np.zeros(values.size, dtype=bool)
        gone[columns.gaps(columns.symbols(ratio))] = True
        told = ~np.logical_or.accumulate(gone) & (extremes[0] != extremes[1])
        return np.where(told, np.sort(np.stack(extremes), axis=0), -1)

    both: RowNumbers = columns.shared(("wave", ratio), found)
    row: RowNumbers = both[place]
    return row
