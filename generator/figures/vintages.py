"""What was on record about a release on each day: its numbers as they stood then, before any later revision."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from functools import cached_property

import numpy as np

from generator.figures.courses import FIELD
from generator.figures.horizons import RowNumbers
from generator.figures.measure import Inputs
from generator.model import Column, Days, Every, Flags, Make, Observations, PriceInput, Release

MONTHS = {Every.MONTH: 1, Every.QUARTER: 3}
NO_DAYS: Days = np.array([], dtype="datetime64[D]")


def day_numbers(days: Days) -> list[int]:
    """The days as days since 1970-01-01; NaT is the least number there is."""
    numbers: list[int] = days.astype("datetime64[D]").astype(np.int64).tolist()
    return numbers


class Standing:
    """The numbers of a record as they stood on one day after another: one number at a time, and the last there is."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._entered, self._top = 0, -1
        self._day = np.iinfo(np.int64).min
        self._rows = {final: [-1] * record.periods.size for final in (True, False)}
        self._columns = record.listed()

    def turn_to(self, day: int) -> None:
        """Let all stand that was on record by this day, as `day_numbers` gives it; no earlier than the one before."""
        places, seen, _, _, final = self._columns
        self._day = day
        while self._entered < len(seen) and seen[self._entered] <= self._day:
            place = places[self._entered]
            self._rows[final[self._entered]][place] = self._entered
            self._top = max(self._top, place)
            self._entered += 1

    def last(self, least: int) -> int:
        """The last period, from `least` on, that has a number; -1 if none has."""
        periods = range(self._top, least - 1, -1)
        return next((place for place in periods if self.number(place) == self.number(place)), -1)

    def _held(self, place: int, final: bool) -> float:
        row = self._rows[final][place]
        if row < 0 or (self._record.release.revisable and self._columns[2][row] < self._day):
            return math.nan
        return self._columns[3][row]

    def number(self, place: int) -> float:
        """What `Record.numbers` gives for this period."""
        scale, number = self._record.release.scale, self._held(place, final=True)
        if number == number:  # NaN is not equal to itself
            return number * scale
        back, held = self._record.back, self._held(place, final=False)
        before = self._held(place - back, final=False) if place >= back else math.nan
        return _made(self._record.release.make, held, before) * scale


def _made(make: Make, held: float, before: float) -> float:
    if make is Make.VALUE:
        return held
    if make is Make.CHANGE:
        return held - before
    return (held / before - 1.0) * 100.0 if before else math.nan


class Record:
    """Everything held about a release: its series as they stood on each day, and the number itself as it came out."""

    def __init__(self, release: Release, behind: Iterable[Observations | None]) -> None:
        self.release = release
        held = [_dated(one) for one in behind if one is not None and one.seen is not None]
        self._series = [one.series for one in held]
        day, seen, until, out = (
            np.concatenate([NO_DAYS, *(_days(one, name) for one in held)])
            for name in ("days", "seen", "confirmed", "released")
        )
        value = np.concatenate([np.array([]), *(one.values for one in held)])
        owner = np.repeat(np.arange(len(held)), [one.days.size for one in held])
        self.periods = _calendar(release, day)
        place = np.searchsorted(self.periods, day)
        fits = np.isin(day, self.periods)  # a day off the release's calendar is not a period
        rows = np.flatnonzero(fits)[np.argsort(seen[fits], kind="stable")]
        self._place, self._seen, self._until, self._out = place[rows], seen[rows], until[rows], out[rows]
        self._value, self._owner = value[rows], owner[rows]
        self._final = np.isin(self._owner, [n for n, name in enumerate(self._series) if name in release.published])
        self.days: Days = np.unique(self._seen)

    def listed(self) -> tuple[list[int], list[int], list[int], list[float], list[bool]]:
        """Every value in the order in which it was seen: its period, the days of seeing it and of its end, itself,
        and whether it is the number itself."""
        days = day_numbers(self._seen), day_numbers(self._until)
        return self._place.tolist(), *days, self._value.tolist(), self._final.tolist()

    @cached_property
    def back(self) -> int:
        """How many periods back the number looks for its comparison."""
        if self.release.make is not Make.YEARLY_GROWTH:
            return 1
        return 52 if self.release.every is Every.WEEK else 12 // MONTHS[self.release.every]

    @cached_property
    def exact(self) -> list[bool]:
        """For each of `days`, whether everything new on it is known to have come out on that very day."""
        unknown = np.append(0, np.cumsum(np.isnat(self._out)))
        first, end = (np.searchsorted(self._seen, self.days, side=side) for side in ("left", "right"))
        found: list[bool] = (unknown[end] == unknown[first]).tolist()
        return found

    def known(self, day: np.datetime64) -> Flags:
        """For each period, whether anything about it was on record by that day."""
        found: Flags = np.zeros(self.periods.size, dtype=bool)
        found[self._place[: np.searchsorted(self._seen, day, side="right")]] = True
        return found

    @cached_property
    def _kinds(self) -> dict[bool, tuple[RowNumbers, Days, RowNumbers]]:
        """For the number itself (True) and its series: rows as they were seen, the days of that, and the periods."""
        split = {final: np.flatnonzero(self._final == final) for final in (True, False)}
        return {final: (rows, self._seen[rows], self._place[rows]) for final, rows in split.items()}

    def _standing(self, day: np.datetime64, final: bool) -> RowNumbers:
        """For each period, the row in force that day, of the series or (`final`) of the number itself; -1 if none."""
        found = np.full(self.periods.size, -1)
        rows, seen, places = self._kinds[final]
        end = np.searchsorted(seen, day, side="right")
        found[places[:end]] = rows[:end]  # the last of several stays
        if self.release.revisable and found.size:
            found[~(self._until[found] >= day)] = -1
        return found

    def _held(self, rows: RowNumbers) -> Column:
        return np.where(rows >= 0, self._value[rows], np.nan) if self._value.size else np.full(rows.size, np.nan)

    def numbers(self, day: np.datetime64) -> Column:
        """The number for each period on the record of that day: as published, or else computed from the series."""
        made = self._made(self._held(self._standing(day, final=False)))
        if not self._kinds[True][0].size:
            return made * self.release.scale
        final = self._held(self._standing(day, final=True))
        return np.where(np.isnan(final), made, final) * self.release.scale

    def _made(self, held: Column) -> Column:
        make = self.release.make
        if make is Make.VALUE:
            return held
        before = np.full(held.size, np.nan)
        before[self.back :] = held[: max(held.size - self.back, 0)]
        if make is Make.CHANGE:
            change: Column = held - before
            return change
        growth: Column = (held / np.where(before == 0, np.nan, before) - 1.0) * 100.0
        return growth

    def inputs(self, known: date, periods: Iterable[np.datetime64]) -> Inputs:
        """The recorded values behind the numbers of these periods, each once, on the record of the day `known`."""
        day = np.datetime64(known)
        final, series = self._standing(day, final=True), self._standing(day, final=False)
        rows: dict[int, None] = {}
        for place in np.searchsorted(self.periods, np.sort(np.array(list(periods)))).tolist():
            if final[place] >= 0:
                rows[int(final[place])] = None
            elif self.release.make is Make.VALUE:
                rows[int(series[place])] = None
            else:
                rows |= {int(series[place - self.back]): None, int(series[place]): None}
        return tuple(
            PriceInput(
                self._series[self._owner[row]],
                f"{FIELD} as of {day}",
                self.periods[self._place[row]].astype(object),
                self._value.item(row),
            )
            for row in rows
        )


def _dated(one: Observations) -> Observations:
    """Only the values for which it is known when they became public."""
    assert one.seen is not None  # the caller leaves out the others
    held = ~np.isnat(one.seen)
    days = [None if dates is None else dates[held] for dates in (one.seen, one.released, one.confirmed)]
    return Observations(one.series, one.days[held], one.values[held], days[0], one.origin, days[1], days[2])


def _days(one: Observations, name: str) -> Days:
    found: Days | None = getattr(one, name)
    return np.full(one.days.size, "NaT", dtype="datetime64[D]") if found is None else found.astype("datetime64[D]")


def _calendar(release: Release, days: Days) -> Days:
    """Every period from the first to the last of `days`."""
    if not days.size:
        return NO_DAYS
    if release.every is Every.WEEK:
        return np.arange(days.min(), days.max() + 1, 7)
    months = days.astype("datetime64[M]")
    return np.arange(months.min(), months.max() + 1, MONTHS[release.every]).astype("datetime64[D]")


def period_before(release: Release, day: np.datetime64) -> np.datetime64:
    """The period before the one that begins on this day (a week ends on it)."""
    before: np.datetime64 = day - 7
    if release.every is not Every.WEEK:
        before = (day.astype("datetime64[M]") - MONTHS[release.every]).astype("datetime64[D]")
    return before
