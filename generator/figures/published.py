"""Monthly, quarterly and weekly numbers as they were published, and which number is in force on each session.

A number is in force from the day it came out, with the value it had then. Anything it is compared with (the reading
before it, the last time it was as high) is taken from the record of that same day; if the record of that day is not
held, the comparison is absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from generator.figures.horizons import RowNumbers
from generator.figures.measure import Columns
from generator.figures.vintages import NO_DAYS, Record, Standing, day_numbers
from generator.model import Column, Days, Release


@dataclass(frozen=True)
class PublishedSeries:
    """One number as it came out, with the record of its day."""

    record: Record
    place: int
    """Of the period observed, among the record's."""
    known: date
    """The day of this record, from which the number is in force."""
    released: date | None
    """The day on which it came out; None if it was already out when the series was first looked at."""
    number: float
    prior: float
    """The number of the period before, as it stood on that day; NaN if the record of that day is not held."""

    @property
    def day(self) -> date:
        """The period observed."""
        day: date = self.record.periods[self.place].astype(object)
        return day

    @cached_property
    def _on_record(self) -> RowNumbers:
        return np.flatnonzero(self.record.known(np.datetime64(self.known))[: self.place + 1])

    @property
    def periods(self) -> Days:
        """Every period on record, oldest first; the last is the number's own."""
        return self.record.periods[self._on_record]

    @cached_property
    def last_as(self) -> dict[str, int]:
        """What was found of where it was last as `high` or as `low`: two figures tell of it."""
        return {}

    @cached_property
    def numbers(self) -> Column:
        """The number for each period; NaN if the record of that day is not held."""
        return self.record.numbers(np.datetime64(self.known))[self._on_record]


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
    known, out = (
        np.array(dates, dtype="datetime64[D]")
        for dates in ([one.known for one in found], [one.released for one in found])
    )
    days = record.periods[[one.place for one in found]] if found else NO_DAYS
    told = np.searchsorted(known, sessions, side="right") - 1
    if found:
        told[sessions >= days[told] + release.lasts] = -1
    first = np.where(out >= sessions[0], np.searchsorted(sessions, out), -1)  # a comparison with NaT is false
    return Published(record, found, told, first)


def _publications(record: Record) -> Iterator[PublishedSeries]:
    """The last number on each day's record, if its period or its value differs from the one before."""
    last = (-1, np.nan)
    standing = Standing(record)
    days: list[date] = record.days.astype(object).tolist()
    for number, day, exact in zip(day_numbers(record.days), days, record.exact, strict=True):
        standing.turn_to(number)
        place = standing.last(max(last[0], 0))
        if place >= 0 and (found := (place, standing.number(place))) != last:
            last = found
            prior = standing.number(place - 1) if place else np.nan
            yield PublishedSeries(record, place, day, day if exact else None, found[1], prior)
