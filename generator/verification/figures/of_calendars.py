"""SQL for dated events: whether one falls on a session, how many sessions ago, and when the next is due."""

from __future__ import annotations

from calendar import FRIDAY, TUESDAY, monthcalendar
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from generator.model import Basis, Calendar, Counting, DayRule, Fact, Plan, Unit
from generator.verification.figures.spec import Spec, Tables

AGO, AHEAD = 20, 60
"""Sessions back, and calendar days ahead, within which an event is told."""
_ENDINGS = {
    "today": (Unit.FLAG, "{} today", "a day of the calendar since the session before, up to this one"),
    "sessions_since": (Unit.COUNT, "sessions since {}", "sessions from that of the calendar's last day"),
    "last": (Unit.DATE, "last {}", "the calendar's last day up to the session"),
    "next": (Unit.DATE, "next {}", "first day of the calendar after the session, as announced by then"),
    "days_until": (Unit.COUNT, "days until the next {}", "calendar days from the session to the next one"),
}


class Calendars:
    """The calendars of a publication over the sessions held."""

    def __init__(self, calendars: Sequence[Calendar]) -> None:
        self._calendars = {one.key: one for one in calendars}

    def spec(self, name: str) -> Spec | None:
        """What the name of an event's figure means; None if it is none."""
        calendar, ending = self._read(name)
        if calendar is None:
            return None
        unit, label, formula = _ENDINGS[ending]
        words = label.format(calendar.key.replace("_", " "))
        return Spec(name, unit, Basis.NONE, words, formula, lambda tables: _query(tables, calendar, ending), 0)

    def quoted(self, name: str, tables: Tables, row: int) -> Fact | None:
        """The entry that the name quotes on a row; None if there is none or the name is no event's."""
        calendar, ending = self._read(name)
        return _entry(calendar, ending, tables, row) if calendar else None

    def entries(self, tables: Tables, row: int) -> Iterator[Fact]:
        """Every entry that a sentence may cite on a row."""
        for calendar in self._calendars.values():
            for ending in ("today", "next"):
                if found := _entry(calendar, ending, tables, row):
                    yield found

    def _read(self, name: str) -> tuple[Calendar | None, str]:
        for key, calendar in self._calendars.items():
            if name.startswith(f"{key}_") and name[len(key) + 1 :] in _ENDINGS:
                return calendar, name[len(key) + 1 :]
        return None, ""


def _entry(calendar: Calendar, ending: str, tables: Tables, row: int) -> Fact | None:
    column = "due" if ending in ("next", "days_until") else "past"
    ((day,),) = tables.asked(f"SELECT {column} FROM {_days(tables, calendar)} WHERE n = {row}")
    return calendar.entry(day) if isinstance(day, date) else None


def _query(tables: Tables, calendar: Calendar, ending: str) -> str:
    table = _days(tables, calendar)
    value = {
        "today": "CASE WHEN known THEN (ago IS NOT NULL AND ago = 0)::INT END",
        "sessions_since": f"CASE WHEN ago <= {AGO} THEN ago END",
        "last": f"CASE WHEN ago <= {AGO} THEN epoch(past)::BIGINT // 86400 END",
        "next": "epoch(due)::BIGINT // 86400",
        "days_until": "date_diff('day', day, due)",
    }[ending]
    return f"SELECT n, {value} AS v FROM {table}"


def _days(tables: Tables, calendar: Calendar) -> str:
    """A table `(n, day, past, ago, known, due)`.

    `past` is the last event's day, `ago` the sessions since that on which it counts, `due` the next one's day if it may
    be told, `known` whether the calendar says of the session that there was an event or none.
    """
    return tables.once(f"calendar of {calendar.key}", lambda: _made(tables, calendar))


def _made(tables: Tables, calendar: Calendar) -> str:
    ((first, last),) = tables.asked("SELECT min(day), max(day) FROM sessions")
    assert isinstance(first, date)
    assert isinstance(last, date)
    if calendar.rule:
        listed = [(day, Plan.PLANNED, date(1, 1, 1)) for day in _counted(calendar.rule, first.year - 1, last.year + 1)]
    else:
        listed = [(event.day, event.plan, event.announced or date(1, 1, 1)) for event in calendar.events]
    rows = ", ".join(f"(DATE '{day}', '{plan}', DATE '{public:%Y-%m-%d}')" for day, plan, public in listed)
    return (
        f"WITH e AS (SELECT * FROM (VALUES {rows}) AS t(day, plan, public)), "
        # An event counts for the first session on or after its day.
        "o AS (SELECT e.day, s.n FROM e ASOF JOIN sessions s ON e.day <= s.day "
        "WHERE e.day >= (SELECT min(day) FROM sessions)), "
        f"c AS (SELECT * FROM e WHERE plan <> '{Plan.UNSCHEDULED}'), "
        f"a AS (SELECT s.n, CASE WHEN c.plan = '{Plan.PLANNED}' AND c.public <= s.day "
        f"AND date_diff('day', s.day, c.day) <= {AHEAD} THEN c.day END AS due "
        "FROM sessions s ASOF LEFT JOIN c ON s.day < c.day) "
        "SELECT s.n, s.day, o.day AS past, s.n - o.n AS ago, a.due, s.day >= (SELECT min(day) FROM e) "
        "AND (s.day <= (SELECT max(day) FROM e) OR (o.n IS NOT NULL AND o.n = s.n)) AS known "
        "FROM sessions s ASOF LEFT JOIN o ON s.day >= o.day JOIN a ON a.n = s.n ORDER BY s.n"
    )


def _counted(rule: DayRule, first: int, last: int) -> Iterator[date]:
    """The days that a rule counts in these years, read off the sheets of a calendar."""
    for year in range(first, last + 1):
        for month in range(1, 13):
            if (rule.months and month not in rule.months) or year % rule.every != rule.rest:
                continue
            weeks = monthcalendar(year, month)
            if rule.counting is Counting.ELECTION_DAY:
                monday = next(week[0] for week in weeks if week[0])
                yield date(year, month, next(week[TUESDAY] for week in weeks if week[TUESDAY] > monday))
                continue
            friday = date(year, month, [week[FRIDAY] for week in weeks if week[FRIDAY]][2])
            yield friday - timedelta(days=1) if _shut(friday) else friday


def _shut(friday: date) -> bool:
    """Whether a third Friday is a holiday of the exchange: Good Friday, or Juneteenth, which it keeps since 2022."""
    if (friday.month, friday.day) == (6, 19):
        return friday.year > 2021
    return friday + timedelta(days=2) == _easter(friday.year)


def _easter(year: int) -> date:
    """Easter Sunday by Gauss, with his two exceptions; for 1900 to 2099."""
    d = (19 * (year % 19) + 24) % 30
    e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7
    days = 22 + d + e
    if (d, e) == (29, 6) or (d == 28 and e == 6 and year % 19 > 10):
        days -= 7
    return date(year, 3, 1) + timedelta(days=days - 1)
