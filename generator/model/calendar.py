"""Dated events of a calendar, past and to come, each listed with its source or fixed by a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from generator.model.figures import Fact


class Plan(StrEnum):
    """How an event stands to what had been announced."""

    PLANNED = "planned"
    MOVED = "moved"
    """It happened on another day than the one announced: before it nobody is told a day."""
    UNSCHEDULED = "unscheduled"
    """It came on top of what had been announced, which went on as planned."""


class Counting(StrEnum):
    """How the days of an event that no list is needed for are counted."""

    THIRD_FRIDAY = "third Friday"
    """Or the day before, where that is a holiday of the exchange."""
    ELECTION_DAY = "Tuesday after the first Monday"


@dataclass(frozen=True, slots=True)
class Event:
    """One day on which it happens."""

    day: date
    plan: Plan = Plan.PLANNED
    announced: date | None = None
    """The day from which its date was public; None where it was long before."""
    source: str = ""
    url: str = ""
    """Where it is announced, if not where the calendar is."""


@dataclass(frozen=True, slots=True)
class DayRule:
    """Days that are counted: in these months, of every year or of some."""

    counting: Counting
    months: tuple[int, ...] = ()
    """Empty for every month."""
    every: int = 1
    """Of the years, those that this divides with `rest` left over."""
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Calendar:
    """One kind of event: its days as listed, or the rule that they follow."""

    key: str
    source: str
    url: str
    line: str
    """`file:line` where it is defined."""
    events: tuple[Event, ...] = ()
    """Oldest first; empty where there is a rule."""
    rule: DayRule | None = None

    def entry(self, day: date) -> Fact:
        """What a sentence cites that tells the event of this day."""
        listed = next((event for event in self.events if event.day == day), None)
        source, url = (listed.source, listed.url) if listed else ("", "")
        return Fact(
            key=self.key,
            as_of=day,
            expires=day + timedelta(days=1),
            values={},
            source=source or self.source,
            url=url or self.url,
            published=day,
            id=f"{self.key}-{day.isoformat()}",
            dated="entry for",
            line=self.line,
        )
