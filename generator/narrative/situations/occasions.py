"""Dated events as columns: whether one falls on a session, how many sessions ago, when it was and when the next is due.

An event on a day without a session counts for the session after it, when the market could first answer. Of the days to
come only what had been announced by the session is told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from generator.model import (
    Basis,
    Calendar,
    Column,
    Days,
    Event,
    Fact,
    FigureDefinition,
    Flags,
    Plan,
    Unit,
)
from generator.narrative.situations.days import counted_days

LONGEST_AGO = 20
"""Sessions after which an event is no longer told."""
FURTHEST = 60
"""Calendar days ahead beyond which an event is not told yet."""
SUFFIXES = ("today", "sessions_since", "last", "next", "days_until")


def definitions(calendar: Calendar) -> Iterator[FigureDefinition]:
    """What each figure of a calendar means."""
    key = calendar.key
    words = key.replace("_", " ")
    for suffix, unit, label, formula in (
        ("today", Unit.FLAG, f"{words} today", "a day of the calendar since the session before, up to this one"),
        ("sessions_since", Unit.COUNT, f"sessions since {words}", "sessions from that of the calendar's last day"),
        ("last", Unit.DATE, f"last {words}", "the calendar's last day up to the session"),
        ("next", Unit.DATE, f"next {words}", "first day of the calendar after the session, as announced by then"),
        ("days_until", Unit.COUNT, f"days until the next {words}", "calendar days from the session to the next one"),
    ):
        yield FigureDefinition(f"{key}_{suffix}", unit, Basis.NONE, 0, label, formula, ())


@dataclass(frozen=True)
class Occasions:
    """One calendar over sessions."""

    calendar: Calendar
    sessions: Days
    _entries: dict[date, Fact] = field(default_factory=dict)

    def column(self, suffix: str) -> Column:
        """One of the calendar's figures; NaN where it is absent."""
        match suffix:
            case "today":
                return self._today
            case "sessions_since":
                return np.where(self._since <= LONGEST_AGO, self._since, np.nan)
            case "last":
                return np.where(self._since <= LONGEST_AGO, self._past, np.nan)
            case "next":
                return np.where(self._told, self._following, np.nan)
        return np.where(self._told, self._following - self._numbers, np.nan)

    def entry(self, suffix: str, row: int) -> Fact | None:
        """The entry that a figure of the calendar rests on; None if it rests on none."""
        session: date = self.sessions[row].astype("datetime64[D]").astype(object)
        if suffix not in ("next", "days_until"):
            place = bisect_right(self._held_days, session) - 1
            return self._entry(self._held_days[place]) if place >= 0 else None
        place = bisect_right(self._coming_days, session)
        if place == len(self._coming):
            return None
        event = self._coming[place]
        told = (event.announced or date.min) <= session and event.plan is Plan.PLANNED
        return self._entry(event.day) if told and (event.day - session).days <= FURTHEST else None

    def _entry(self, day: date) -> Fact:
        found = self._entries.get(day)
        if found is None:
            found = self._entries[day] = self.calendar.entry(day)
        return found

    def entries(self, row: int) -> Iterable[Fact]:
        """Everything of the calendar that a sentence of that row may cite."""
        return filter(None, (self.entry(suffix, row) for suffix in ("today", "next")))

    @cached_property
    def _numbers(self) -> Column:
        return self.sessions.astype("datetime64[D]").astype(np.float64)

    @cached_property
    def _events(self) -> tuple[Event, ...]:
        """Every event, oldest first; counted days from before the first session to after the last one."""
        rule = self.calendar.rule
        if rule is None:
            return self.calendar.events
        first, last = (self.sessions[row].astype(object).year for row in (0, -1))
        return tuple(map(Event, counted_days(rule, first - 1, last + 1)))

    @cached_property
    def _held(self) -> list[Event]:
        """The events from the first session on."""
        first: date = self.sessions[0].astype("datetime64[D]").astype(object)
        return [event for event in self._events if event.day >= first]

    @cached_property
    def _held_days(self) -> list[date]:
        return [event.day for event in self._held]

    @cached_property
    def _coming_days(self) -> list[date]:
        return [event.day for event in self._coming]

    @cached_property
    def _last(self) -> Column:
        """Per session, the place among `_held` of the last event up to it; -1 if there is none."""
        return np.searchsorted(_days(self._held), self.sessions, side="right").astype(np.float64) - 1.0

    @cached_property
    def _past(self) -> Column:
        """Per session, the day of the last event as a number; NaN if none is held."""
        days = np.append(_days(self._held).astype(np.float64), np.nan)
        return days[self._last.astype(np.int64)]

    @cached_property
    def _since(self) -> Column:
        """Per session, the sessions since that of the last event; NaN if none is held."""
        if not self._held:
            return np.full(len(self.sessions), np.nan)
        rows = np.searchsorted(self.sessions, _days(self._held))
        last = self._last.astype(np.int64)
        return np.where(last >= 0, np.arange(len(self.sessions)) - rows[last], np.nan)

    @cached_property
    def _today(self) -> Column:
        """Absent before the first day and after the last of a list, where silence would prove nothing."""
        flags = (self._since == 0).astype(np.float64)
        days = _days(self._events)
        return np.where((self.sessions >= days[0]) & (flags.astype(bool) | (self.sessions <= days[-1])), flags, np.nan)

    @cached_property
    def _coming(self) -> list[Event]:
        """The events that were to come at some time: all but those that nobody had been told to expect."""
        return [event for event in self._events if event.plan is not Plan.UNSCHEDULED]

    @cached_property
    def _places(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Per session, the place among `_coming` of the first event after it."""
        return np.searchsorted(_days(self._coming), self.sessions, side="right")

    @cached_property
    def _following(self) -> Column:
        """Per session, the day of the next event as a number; NaN if none is known."""
        return np.append(_days(self._coming).astype(np.float64), np.nan)[self._places]

    @cached_property
    def _told(self) -> Flags:
        """Per session, whether the next event's day is near, was announced by then and came as announced."""
        announced = [np.datetime64(event.announced or date.min, "D") for event in self._coming]
        planned = [event.plan is Plan.PLANNED for event in self._coming]
        public = np.array([*announced, np.datetime64(date.max)], "datetime64[D]")[self._places] <= self.sessions
        near = self._following - self._numbers <= FURTHEST
        told: Flags = public & np.array([*planned, False])[self._places] & near
        return told


def _days(events: Iterable[Event]) -> Days:
    return np.array([event.day for event in events], dtype="datetime64[D]")
