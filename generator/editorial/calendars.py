"""`content/calendar/*.yaml`: dated events, past and to come, each file one kind of event with its source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from generator.editorial.document import Document
from generator.editorial.schema import Shape, choice, fitted
from generator.editorial.values import Address, Day, Key, Line, Prose
from generator.editorial.yaml_reader import documents
from generator.errors import Fault
from generator.model import Calendar, Counting, DayRule, Event, Plan

Month = Annotated[int, Field(ge=1, le=12)]


class EventShape(Shape):
    """One day that needs more than its date."""

    what: ClassVar[str] = "event"
    day: Day
    plan: choice(Plan) = Plan.PLANNED  # type: ignore[valid-type]
    announced: Day | None = None
    source: Line | None = None
    url: Address | None = None
    note: Prose | None = None

    def event(self) -> Event:
        """The model's own object."""
        return Event(self.day, self.plan, self.announced, self.source or "", self.url or "")


class RuleShape(Shape):
    """Days that are counted, not listed."""

    what: ClassVar[str] = "rule"
    counting: choice(Counting)  # type: ignore[valid-type]
    months: list[Month] = Field(default=[])
    every: Annotated[int, Field(ge=1, le=10)] = 1
    rest: Annotated[int, Field(ge=0, le=9)] = 0

    def day_rule(self) -> DayRule:
        """The model's own object."""
        return DayRule(self.counting, tuple(sorted(self.months)), self.every, self.rest)


class CalendarShape(Shape):
    """One file: one kind of event."""

    what: ClassVar[str] = "a calendar"
    event: Key
    source: Line
    url: Address
    note: Prose | None = None
    rule: RuleShape | None = None
    days: list[Day] = Field(default=[])
    """Days that were planned as they happened."""
    events: list[EventShape] = Field(default=[])

    def calendar(self, line: str) -> Calendar:
        """The model's own object."""
        events = [*map(Event, self.days), *(one.event() for one in self.events)]
        return Calendar(
            self.event,
            self.source,
            self.url,
            line,
            tuple(sorted(events, key=lambda event: event.day)),
            self.rule.day_rule() if self.rule else None,
        )


def gather_calendars(content: Path) -> tuple[tuple[Calendar, ...], list[Fault]]:
    """Every calendar that can be read, by file name, and every fault in the files."""
    calendars: list[Calendar] = []
    faults: list[Fault] = []
    for document in documents(content, "calendar/*.yaml", faults):
        shape, found = fitted(document, CalendarShape)
        faults += found
        if shape is None:
            continue
        wrong = list(_faults(document, shape))
        faults += wrong
        place = document.at("event")
        if shape.event in {one.key for one in calendars}:
            faults.append(Fault(place, f"there is a calendar of '{shape.event}' already; keep one file of each."))
        elif not wrong and (shape.rule or shape.days or shape.events):
            calendars.append(shape.calendar(place))
    return tuple(calendars), faults


def _faults(document: Document, shape: CalendarShape) -> Iterator[Fault]:
    if bool(shape.rule) is bool(shape.days or shape.events):
        yield Fault(document.at("event"), "a calendar has either a 'rule', or 'days' and 'events'.")
    if shape.rule and shape.rule.rest >= shape.rule.every:
        yield Fault(document.at("rule"), "'rest' is what is left over after dividing by 'every': it is smaller.")
    seen: set[date] = set()
    places = [
        *((day, document.at("days", number)) for number, day in enumerate(shape.days)),
        *((one.day, document.at("events", number)) for number, one in enumerate(shape.events)),
    ]
    for day, place in places:
        if day in seen:
            yield Fault(place, f"{day} is listed twice.")
        seen.add(day)
    for number, one in enumerate(shape.events):
        if one.announced and one.announced > one.day:
            yield Fault(document.at("events", number), f"it was announced on {one.announced}, after it happened.")


def calendar_reminders(calendars: tuple[Calendar, ...], today: date) -> tuple[str, ...]:
    """A line for each list of days that has run out, so that nothing can be said of what comes next."""
    ended = [one for one in calendars if one.events and one.events[-1].day <= today]
    return tuple(
        f"note: {one.line.rpartition(':')[0]} lists nothing after {one.events[-1].day}. Add the days to come."
        for one in ended
    )
