"""Trading sessions from the exchange's calendar: the only reader of the clock and of `exchange_calendars`.

A session is a day on which the New York Stock Exchange trades (calendar XNYS), half days included. It is complete 30
minutes after its actual close, because by then the suppliers have settled its last bar.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from generator.caching import kept, release
from generator.errors import NotCompleteError, SessionError
from generator.model import Days, Flags

NEW_YORK = ZoneInfo("America/New_York")
GRACE = timedelta(minutes=30)
FIRST_DAY = date(1987, 1, 1)
"""Where the calendar begins. No history here is older, and each extra year costs a few milliseconds."""


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Every session from 1987 to two years past the present, as arrays that share one index."""

    days: Days
    closes: NDArray[np.datetime64]
    """Closing times in UTC, to the second."""
    half_days: Flags
    closures: Days
    """Weekdays on which the exchange was shut without a scheduled holiday, such as September 11 to 14, 2001."""


def present() -> datetime:
    """The current time in UTC. Nothing else in the program reads the clock."""
    return datetime.now(UTC)


@lru_cache(maxsize=1)
def _calendar() -> _Calendar:
    """The calendar up to two years past the present, kept from run to run: to make it takes a third of a second."""
    return _Calendar(*kept("sessions", "XNYS", [calendar_made_from()], lambda: _arrays(present().year + 2)))


def calendar_made_from() -> bytes:
    """All that the calendar depends on."""
    last = present().year + 2
    # Daylight saving may change by law, and then the hour at which a session closes changes with it.
    hours = [NEW_YORK.utcoffset(datetime(last - 2, month, 1)) for month in range(1, 13)]
    made_by = [release(name) for name in ("exchange_calendars", "pandas")]
    return repr((FIRST_DAY, last, hours, made_by)).encode()


def _arrays(last: int) -> tuple[Days, NDArray[np.datetime64], Flags, Days]:
    """The columns of the calendar up to the end of the year `last`."""
    # Imported here: it loads pandas and takes a third of a second, which only a run without the kept calendar pays.
    from exchange_calendars import get_calendar

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # how it uses pandas is not ours to mend
        xnys = get_calendar("XNYS", start=FIRST_DAY.isoformat(), end=f"{last}-12-31")
    days = xnys.sessions.to_numpy().astype("datetime64[D]")
    closes = xnys.closes.dt.tz_localize(None).to_numpy().astype("datetime64[s]")
    shut = np.unique(np.array([day.date() for day in xnys.adhoc_holidays], dtype="datetime64[D]"))
    return days, closes, np.isin(days, xnys.early_closes.to_numpy().astype("datetime64[D]")), shut


def _row(day: date) -> int:
    """The row of `day` in the calendar, or where it would be if it were a session."""
    return int(np.searchsorted(_calendar().days, np.datetime64(day, "D")))


def _session_at(row: int) -> date:
    day: date = _calendar().days[row].astype(object)
    return day


def is_session(day: date) -> bool:
    """Whether the exchange traded (or will trade) on `day`; False outside the years the calendar covers."""
    row = _row(day)
    return row < len(_calendar().days) and _session_at(row) == day


def trading_days(start: date, end: date) -> Days:
    """The sessions from `start` to `end`, both included, as `datetime64[D]`, oldest first."""
    days = _calendar().days
    return days[_row(start) : int(np.searchsorted(days, np.datetime64(end, "D"), side="right"))]


def half_days(days: Days) -> Flags:
    """For each of `days`, whether the exchange closed early on it."""
    calendar = _calendar()
    return np.isin(days, calendar.days[calendar.half_days])


def after_closures(days: Days) -> Flags:
    """For each of `days`, whether an unscheduled closure, on which other markets traded, came right before it."""
    shut = _calendar().closures
    return np.searchsorted(shut, days) > np.searchsorted(shut, np.concatenate((days[:1], days[:-1])))


def next_session(day: date) -> date:
    """The first session after `day`."""
    return _session_at(_row(day + timedelta(days=1)))


def session_before(day: date) -> date:
    """The last session before `day`."""
    return _session_at(_row(day) - 1)


def ends_period(day: date, period: str) -> bool:
    """Whether the session `day` is the last of its `week`, `month`, `quarter`, `half` or `year`."""
    later = next_session(day)
    if period == "week":
        return later.isocalendar()[:2] != day.isocalendar()[:2]
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[period]
    return (day.year, (day.month - 1) // months) != (later.year, (later.month - 1) // months)


def close_time(day: date) -> datetime:
    """The moment the session `day` closes, in New York time; raises `SessionError` if `day` is not a session."""
    _require_session(day)
    closes: datetime = _calendar().closes[_row(day)].astype(object)
    return closes.replace(tzinfo=UTC).astimezone(NEW_YORK)


def last_completed_session(now: datetime | None = None, grace: timedelta = GRACE) -> date:
    """The last session that closed at least `grace` before `now` (default: the clock; it must carry a time zone)."""
    moment = present() if now is None else now
    if moment.tzinfo is None:
        raise ValueError("the moment must carry a time zone")
    settled = np.datetime64((moment - grace).astimezone(UTC).replace(tzinfo=None), "s")
    row = int(np.searchsorted(_calendar().closes, settled, side="right")) - 1
    if row < 0:
        raise SessionError(f"No session is complete by {moment:%Y-%m-%d}: the calendar begins on {_session_at(0)}.")
    return _session_at(row)


def resolve_session(requested: date | None, now: datetime | None = None) -> date:
    """The session an edition is about: `requested`, if it is a complete session, or by default the last complete one.

    Raises `SessionError` for a weekend, a holiday, a day before the calendar or one still to come, and
    `NotCompleteError` for the session after the last complete one, which may be complete on a later try.
    """
    last = last_completed_session(now)
    if requested is None:
        return last
    if requested > _session_at(-1):
        raise SessionError(f"{requested} lies too far ahead. The last complete session is {last}.")
    _require_session(requested)
    if requested > next_session(last):  # nobody would wait for that: it is a typing error
        raise SessionError(f"{requested} is still to come. The last complete session is {last}.")
    if requested > last:
        complete = close_time(requested) + GRACE
        raise NotCompleteError(
            f"The session of {requested} is not complete until {complete:%H:%M} New York time on {complete:%Y-%m-%d}, "
            f"30 minutes after its close. The last complete session is {last}."
        )
    return requested


def _require_session(day: date) -> None:
    if is_session(day):
        return
    days = _calendar().days
    if not 0 < _row(day) < len(days):
        raise SessionError(f"{day} lies outside the calendar, which runs from {_session_at(0)} to {_session_at(-1)}.")
    kind = "weekend" if day.weekday() >= 5 else "holiday"
    raise SessionError(
        f"{day} is not a trading day: {day:%A}, a {kind}. "
        f"The sessions around it are {_session_at(_row(day) - 1)} and {next_session(day)}."
    )
