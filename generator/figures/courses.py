"""Economic series in; on each session the last observation that was public by then, and its source, out.

An observation is known from its lag after the day observed, or from the day on which it was first fetched where that
came sooner, and never before the one that precedes it. It is told until a newer one is overdue; then nothing is.
Values are today's, which for most series are not those first published: only the day of knowing is history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from generator.figures.horizons import RowNumbers
from generator.figures.measure import Columns, Inputs
from generator.model import Column, Days, Every, Fact, Make, Observations, PriceInput, Release, Universe

FIELD = "observation"
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3}
NO_SERIES = Observations("", np.array([], dtype="datetime64[D]"), np.array([], dtype=np.float64))


@dataclass(frozen=True, slots=True)
class Course:
    """A release's observations, and the row of the one that is told on each session."""

    days: Days
    values: Column
    inputs: tuple[Column, ...]
    """The values of each series behind it, on the same days."""
    told: RowNumbers
    """Per session; -1 where none is public yet or the last one is out of date."""

    def on(self, values: Column) -> Column:
        """One number per observation as one per session."""
        if not values.size:
            return np.full(self.told.size, np.nan)
        return np.where(self.told >= 0, values[self.told], np.nan)

    def back(self, release: Release, periods: int) -> RowNumbers:
        """For each observation the row of the one so many periods before; -1 where that one is missing."""
        if release.every is Every.DAY:
            return np.maximum(np.arange(self.days.size) - periods, -1)
        if release.every is Every.WEEK:
            return _rows_of(self.days - 7 * periods, self.days)
        months = self.days.astype("datetime64[M]")
        return _rows_of(months - MONTHS[release.every] * periods, months)


def course(columns: Columns, release: Release) -> Course:
    """The release's course over the sessions, found once for all the figures made of it."""
    return columns.shared(("release", release.key), lambda: _course(columns, release))


def _course(columns: Columns, release: Release) -> Course:
    behind = [columns.market.observations.get(name, NO_SERIES) for name in release.series]
    days = behind[0].days
    for other in behind[1:]:
        days = np.intersect1d(days, other.days)
    places = [np.searchsorted(one.days, days) for one in behind]
    inputs = tuple(one.values[place] for one, place in zip(behind, places, strict=True))
    known = days + release.lag
    for late, released in release.late.items():
        known[days == np.datetime64(late)] = np.datetime64(released)
    seen = [one.seen[place] for one, place in zip(behind, places, strict=True) if one.seen is not None]
    if len(seen) == len(behind):
        known = np.fmin(known, np.maximum.reduce(seen))  # fmin: where nothing tells (NaT), the lag does
    known = np.maximum.accumulate(known)
    sessions = columns.sessions.astype("datetime64[D]")
    told = np.searchsorted(known, sessions, side="right") - 1
    if days.size:
        told[sessions >= days[told] + release.lasts] = -1
    return Course(days, _made(release, inputs), inputs, told)


def _made(release: Release, inputs: tuple[Column, ...]) -> Column:
    first = inputs[0]
    match release.make:
        case Make.DIFFERENCE:
            first = first - inputs[1]
        case Make.QUOTIENT:
            first = np.divide(first, inputs[1], out=np.full(first.size, np.nan), where=inputs[1] != 0)
        case Make.HUNDRED_LESS:
            first = 100.0 - first
    return first * release.scale


def _rows_of(wanted: Days, days: Days) -> RowNumbers:
    """The rows on which `days` hold the days `wanted`; -1 where they do not."""
    rows = np.searchsorted(days, wanted)
    rows[rows == days.size] = 0
    return np.where(days[rows] == wanted, rows, -1) if days.size else rows


def quotes(release: Release, found: Course, places: Iterable[int]) -> Inputs:
    """The observations of every series behind these, oldest first, each once."""
    held = sorted({place for place in places if place >= 0})
    return tuple(
        PriceInput(name, FIELD, found.days[place].astype(object), values.item(place))
        for name, values in zip(release.series, found.inputs, strict=True)
        for place in held
    )


def sources_told(columns: Columns, universe: Universe, row: int) -> Iterator[Fact]:
    """The source that a page cites for each release that is told on that row, dated with the day observed."""
    for key, release in universe.releases.items():
        found = course(columns, release)
        place = int(found.told[row])
        if place >= 0:
            day: date = found.days[place].astype(object)
            expires: date = (found.days[place] + release.lasts).astype(object)
            yield Fact(key, day, expires, {}, release.source, release.url, day, release.line, "observation of")
