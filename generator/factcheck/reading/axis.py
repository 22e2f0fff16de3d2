"""The sessions held as an axis, and the spans and dates that words lay on it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.factcheck.reading.matching import Match

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Window:
    """The sessions between two closes: from the close of row `start` to that of row `end`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Span:
    """A span that a sentence names, with each way in which it may be meant."""

    windows: tuple[Window, ...]
    firm: bool = True
    """Whether the first way is what the words mean, and the others only what somebody may have meant."""
    period: tuple[date, date] | None = None
    """The calendar period named, where one is: what an economic number may be of."""
    tag: str = "span"
    """`day`, `month`, `quarter`, `year`, `trailing`, `yoy` or `mom`."""


@dataclass(frozen=True, slots=True)
class Since:
    """What follows `since`: the first and last day of the period named."""

    first: date
    last: date
    words: str
    at_least: bool = False
    side: int = 0
    """1 where the highest of the period is meant, -1 where the lowest: `since the April low`."""
    until: Since | None = None
    """Where it ends, if not with the session: `from its November peak to the April low`."""


class Axis:
    """The sessions held, and the row of the one that an article is about."""

    def __init__(self, days: Sequence[date], row: int) -> None:
        self.days, self.row = days, row
        self.today = days[row]

    def on(self, day: date) -> int | None:
        """The row of a day, or None if it is no session held."""
        found = bisect_left(self.days, day)
        return found if found < len(self.days) and self.days[found] == day else None

    def before(self, day: date) -> int:
        """The last row before a day; -1 if none is held."""
        return bisect_left(self.days, day) - 1

    def by(self, day: date) -> int:
        """The last row on or before a day; -1 if none is held."""
        return bisect_right(self.days, day) - 1

    def between(self, first: date, last: date, words: str) -> Window | None:
        """The window of a period, as far as it has gone; None if it or the close before it is not held."""
        start, end = self.before(first), min(self.by(last), self.row)
        return Window(start, end, words) if 0 <= start < end else None

    def day(self, row: int) -> Span | None:
        """One session."""
        if not 0 < row < len(self.days):
            return None
        day = self.days[row]
        return Span((Window(row - 1, row, f"one session, {day.isoformat()}"),), period=(day, day), tag="day")

    def span(self, first: date, last: date, words: str, tag: str) -> Span | None:
        """A calendar period."""
        window = self.between(first, last, words)
        return Span((window,), period=(first, last), tag=tag) if window else None

    def month_of(self, word: str, year: str | None) -> tuple[date, date]:
        """The month named; without a year the latest that has begun."""
        number = next(n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(word.lower().rstrip(".")[:3]))
        made = int(year) if year else self.today.year - (number > self.today.month)
        return month(made, number)

    def date_of(self, match: Match) -> date | None:
        """The date written; without a year the latest that is not after the session."""
        try:
            first = self.month_of(match["m"], match["y"])[0]
            found = first.replace(day=int(match["d"]))
        except ValueError:
            return None
        return (
            found if match["y"] or found <= self.today else found.replace(year=found.year - 1, day=min(found.day, 28))
        )


def month(year: int, number: int) -> tuple[date, date]:
    """The first and last day of a month."""
    following = date(year + number // 12, number % 12 + 1, 1)
    return date(year, number, 1), following - timedelta(days=1)


def quarter(year: int, number: int) -> tuple[date, date]:
    """The first and last day of a quarter."""
    return month(year, 3 * number - 2)[0], month(year, 3 * number)[1]


def back(day: date, months: int) -> date:
    """The same day some months earlier, or the last of that month."""
    total = day.year * 12 + day.month - 1 - months
    first, last = month(total // 12, total % 12 + 1)
    return first.replace(day=min(day.day, last.day))


def begins(day: date, which: str) -> date:
    """The first day of the week, month, quarter or year that a day is in."""
    if which == "week":
        return day - timedelta(days=day.weekday())
    if which == "quarter":
        return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
    return day.replace(day=1) if which == "month" else day.replace(month=1, day=1)


def to_date(axis: Axis, which: str) -> Span | None:
    """The week, month, quarter or year up to the session."""
    first = begins(axis.today, which)
    last = {"week": first + timedelta(days=6), "month": month(first.year, first.month)[1],
            "quarter": quarter(first.year, (first.month + 2) // 3)[1], "year": date(first.year, 12, 31)}[which]  # fmt: skip
    return axis.span(first, last, f"the {which} to {axis.today.isoformat()}", which)


def trailing(axis: Axis, count: int, unit: str) -> Span | None:
    """The last so many sessions, weeks, months or years, by calendar and by sessions."""
    unit = unit.lower().rstrip("s")
    if unit in ("session", "trading day"):
        made = [Window(axis.row - count, axis.row, f"{count} sessions")]
    elif unit == "day":
        made = [Window(axis.row - count, axis.row, f"{count} sessions"),
                Window(axis.by(axis.today - timedelta(days=count)), axis.row, f"{count} calendar days")]  # fmt: skip
    elif unit == "week":
        made = [Window(axis.by(axis.today - timedelta(days=7 * count)), axis.row, f"{count} calendar weeks"),
                Window(axis.row - 5 * count, axis.row, f"{5 * count} sessions"),
                Window(axis.before(begins(axis.today, "week") - timedelta(days=7 * (count - 1))), axis.row,
                       f"{count} weeks, this one to date")]  # fmt: skip
    else:
        months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
        made = [Window(axis.by(back(axis.today, months)), axis.row, f"{months} calendar months"),
                Window(axis.row - 21 * months, axis.row, f"{21 * months} sessions")]  # fmt: skip
    made = [one for one in made if 0 <= one.start < one.end]
    return Span(tuple(made), tag="trailing") if made else None
