"""Monthly, quarterly and weekly numbers as they were published, and which number is in force on each session.

A number is in force from the day it came out, with the value it had then. Anything it is compared with (the reading
before it, the last time it was as high) is taken from the record of that same day; if the record of that day is not
held, the comparison is absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from generator.figures.courses import FIELD
from generator.figures.horizons import RowNumbers
from generator.figures.measure import Columns, Inputs
from generator.model import Column, Days, Every, Flags, Make, Observations, PriceInput, Release

MONTHS = {Every.MONTH: 1, Every.QUARTER: 3}
NO_DAYS: Days = np.array([], dtype="datetime64[D]")


@dataclass(frozen=True, slots=True)
class PublishedSeries:
    """One number as it came out, with the record of its day."""

    day: date
    """The period observed."""
    known: date
    """The day of this record, from which the number is in force."""
    released: date | None
    """The day on which it came out; None if it was already out when the series was first looked at."""
    periods: Days
    """Every period on record, oldest first; the last is the number's own."""
    numbers: Column
    """The number for each period; NaN if the record of that day is not held."""


@dataclass(frozen=True, slots=True)
class Published:
    """A release's publications, and which of them is in force on each session."""

    record: Record
    all: tuple[PublishedSeries, ...]
    told: RowNumbers
    """Index into `all` per session; -1 if nothing has come out yet or the last number is out of date."""
    first: RowNumbers
    """Per publication, the first session on which it was out; -1 if that is unknown."""


def published(columns: Columns, release: Release) -> Published:
    """The release's publications, worked out once for all the figures that need them."""
    return columns.shared(("published", release.key), lambda: _published(columns, release))


def _published(columns: Columns, release: Release) -> Published:
    record = Record(release, [columns.market.observations.get(name) for name in release.behind])
    found = tuple(_publications(record))
    sessions = columns.sessions.astype("datetime64[D]")
    known, days, out = (
        np.array(dates, dtype="datetime64[D]")
        for dates in ([one.known for one in found], [one.day for one in found], [one.released for one in found])
    )
    told = np.searchsorted(known, sessions, side="right") - 1
    if found:
        told[sessions >= days[told] + release.lasts] = -1
    first = np.where(out >= sessions[0], np.searchsorted(sessions, out), -1)  # a comparison with NaT is false
    return Published(record, found, told, first)


def _publications(record: Record) -> Iterator[PublishedSeries]:
    """The last number on each day's record, if its period or its value differs from the one before."""
    last = (-1, np.nan)
    for day in record.days:
        numbers = record.numbers(day)
        held = np.flatnonzero(~np.isnan(numbers))
        if held.size and held[-1] >= last[0] and (place := int(held[-1]), float(numbers[held[-1]])) != last:
            last = place, float(numbers[place])
            on_record = np.flatnonzero(record.known(day)[: place + 1])
            out: date = day.astype(object)
            yield PublishedSeries(
                record.periods[place].astype(object),
                out,
                out if record.exact(day) else None,
                record.periods[on_record],
                numbers[on_record],
            )


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

    @cached_property
    def _back(self) -> int:
        """How many periods back the number looks for its comparison."""
        if self.release.make is not Make.YEARLY_GROWTH:
            return 1
        return 52 if self.release.every is Every.WEEK else 12 // MONTHS[self.release.every]

    def exact(self, day: np.datetime64) -> bool:
        """Whether everything new on this day is known to have come out on that very day."""
        first, end = np.searchsorted(self._seen, day), np.searchsorted(self._seen, day, side="right")
        return not bool(np.isnat(self._out[first:end]).any())

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
        before[self._back :] = held[: max(held.size - self._back, 0)]
        if make is Make.CHANGE:
            change: Column = held - before
            return change
        growth: Column = (held / np.where(before == 0, np.nan, before) - 1.0) * 100.0
        return growth

    def inputs(self, of: PublishedSeries, periods: Iterable[np.datetime64]) -> Inputs:
        """The recorded values behind the numbers of these periods, each once, with the day of the record."""
        day = np.datetime64(of.known)
        final, series = self._standing(day, final=True), self._standing(day, final=False)
        rows: dict[int, None] = {}
        for place in np.searchsorted(self.periods, np.sort(np.array(list(periods)))).tolist():
            if final[place] >= 0:
                rows[int(final[place])] = None
            elif self.release.make is Make.VALUE:
                rows[int(series[place])] = None
            else:
                rows |= {int(series[place - self._back]): None, int(series[place]): None}
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
