"""Daily economic series: the last observation that was public on each session.

An observation becomes public its lag after the day observed, or on the day it was first fetched if that is earlier, but
never before the observation that precedes it. It stays in force until a newer one is overdue; after that there is none.
Monthly, quarterly and weekly numbers go by their own day of release: see `published`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from generator.figures.horizons import RowNumbers
from generator.figures.measure import Columns, Inputs
from generator.model import Column, Days, Make, Observations, PriceInput, Release

FIELD = "observation"
NO_SERIES = Observations("", np.array([], dtype="datetime64[D]"), np.array([], dtype=np.float64))


@dataclass(frozen=True, slots=True)
class Course:
    """A release's observations, and the row of the one in force on each session."""

    days: Days
    values: Column
    inputs: tuple[Column, ...]
    """The values of each series that it is made of, on the same days."""
    told: RowNumbers
    """Row of the observation in force on each session; -1 if none is public yet or the last one is out of date."""

    def on(self, values: Column) -> Column:
        """Turn one number per observation into one per session."""
        return spread(values, self.told)


def spread(values: Column, told: RowNumbers) -> Column:
    """The numbers on these rows; NaN where the row is -1."""
    return np.where(told >= 0, values[told], np.nan) if values.size else np.full(told.size, np.nan)


def course(columns: Columns, release: Release) -> Course:
    """The release's course over the sessions, worked out once for all the figures that need it."""
    return columns.shared(("release", release.key), lambda: _course(columns, release))


def _course(columns: Columns, release: Release) -> Course:
    assert release.lag is not None  # a release without a lag goes by its days of release
    behind = [_first_of_each_day(columns.market.observations.get(name, NO_SERIES)) for name in release.series]
    days = behind[0].days
    for other in behind[1:]:
        days = np.intersect1d(days, other.days)
    places = [np.searchsorted(one.days, days) for one in behind]
    inputs = tuple(one.values[place] for one, place in zip(behind, places, strict=True))
    known = days + release.lag
    seen = [one.seen[place] for one, place in zip(behind, places, strict=True) if one.seen is not None]
    if len(seen) == len(behind):
        known = np.fmin(known, np.maximum.reduce(seen))  # fmin: if it was never seen (NaT), the lag decides
    known = np.maximum.accumulate(known)
    sessions = columns.sessions.astype("datetime64[D]")
    told = np.searchsorted(known, sessions, side="right") - 1
    if days.size:
        told[sessions >= days[told] + release.lasts] = -1
    return Course(days, _made(release, inputs), inputs, told)


def _first_of_each_day(one: Observations) -> Observations:
    """The series with one value a day: the first to be public, if a day has several."""
    if (one.days[1:] > one.days[:-1]).all():
        return one
    days, first = np.unique(one.days, return_index=True)
    return Observations(one.series, days, one.values[first], None if one.seen is None else one.seen[first], one.origin)


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


def quotes(release: Release, found: Course, places: Iterable[int]) -> Inputs:
    """The observations of every series at these places, oldest first, each once."""
    held = sorted({place for place in places if place >= 0})
    return tuple(
        PriceInput(name, FIELD, found.days[place].astype(object), values.item(place))
        for name, values in zip(release.series, found.inputs, strict=True)
        for place in held
    )
