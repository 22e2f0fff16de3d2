"""Trading sessions: which days they are, when they are over, and what is said of a day that is none."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import NotCompleteError, SessionError
from generator.market import sessions

BEFORE, HALF_DAY, AFTER = date(2024, 11, 27), date(2024, 11, 29), date(2024, 12, 2)


def new_york(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=sessions.NEW_YORK)


# --- the last completed session -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (new_york(2024, 7, 11, 15, 59), date(2024, 7, 10)),
        (new_york(2024, 7, 11, 16, 29), date(2024, 7, 10)),
        (new_york(2024, 7, 11, 16, 30), date(2024, 7, 11)),
        (new_york(2024, 7, 14, 12), date(2024, 7, 12)),
        (new_york(2024, 7, 4, 20), date(2024, 7, 3)),
        (new_york(2024, 11, 29, 13, 29), BEFORE),
        (new_york(2024, 11, 29, 13, 30), HALF_DAY),
    ],
    ids=["open", "in the grace", "complete", "Sunday", "holiday", "half day in the grace", "half day complete"],
)
def test_a_session_is_complete_half_an_hour_after_its_real_close(now: datetime, last: date) -> None:
    """An hour of the day counts only from the close the exchange really had, half days included."""
    assert sessions.last_completed_session(now) == last


def test_summer_time_moves_the_close_with_new_york() -> None:
    """20:30 UTC is half past four in New York in July and half past three in January."""
    july = datetime.fromisoformat("2024-07-11T20:30+00:00")
    january = datetime.fromisoformat("2024-01-11T20:30+00:00")
    assert sessions.last_completed_session(july) == date(2024, 7, 11)
    assert sessions.last_completed_session(january) == date(2024, 1, 10)


def test_the_grace_can_be_chosen() -> None:
    """With no grace a session is complete at its close."""
    assert sessions.last_completed_session(new_york(2024, 7, 11, 16), timedelta(0)) == date(2024, 7, 11)


def test_a_moment_without_a_zone_is_refused() -> None:
    """Half past four means nothing until it is said where."""
    with pytest.raises(ValueError, match="time zone"):
        sessions.last_completed_session(datetime.fromisoformat("2024-07-11T16:30"))


def test_before_the_calendar_nothing_is_complete() -> None:
    """A clock set to the past is told where the calendar begins."""
    with pytest.raises(SessionError, match="begins on 1987-01-02"):
        sessions.last_completed_session(new_york(1986, 7, 11, 16))


def test_without_an_argument_the_clock_is_read() -> None:
    """The default is the present: the last session within ten days before it."""
    today = sessions.present().date()
    assert today - timedelta(days=10) < sessions.last_completed_session() <= today


# --- the session an edition is about ------------------------------------------------------------

NOON = new_york(2024, 7, 11, 12)


def test_by_default_the_last_completed_session() -> None:
    """Nothing asked for is the last session that is over."""
    assert sessions.resolve_session(None, NOON) == date(2024, 7, 10)


def test_a_past_session_is_itself() -> None:
    """A replay asks for a session of long ago and gets it."""
    assert sessions.resolve_session(date(1988, 1, 4), NOON) == date(1988, 1, 4)


def test_a_weekend_names_the_sessions_around_it() -> None:
    """A Saturday is refused as a weekend, with Friday and Monday offered."""
    with pytest.raises(SessionError) as refused:
        sessions.resolve_session(date(2024, 7, 6), NOON)
    assert str(refused.value) == (
        "2024-07-06 is not a trading day: Saturday, a weekend. The sessions around it are 2024-07-05 and 2024-07-08."
    )
    assert refused.value.exit_code == 1


def test_a_holiday_names_the_sessions_around_it() -> None:
    """Independence Day is refused as a holiday, with the days before and after offered."""
    with pytest.raises(SessionError, match=r"Thursday, a holiday\. .* 2024-07-03 and 2024-07-05"):
        sessions.resolve_session(date(2024, 7, 4), NOON)


def test_a_day_of_mourning_is_a_holiday() -> None:
    """A closure that no rule foresees counts like any other."""
    with pytest.raises(SessionError, match="holiday"):
        sessions.resolve_session(date(2025, 1, 9), new_york(2025, 2, 1, 12))


def test_today_before_the_close_says_when_to_come_back() -> None:
    """The session in progress is refused with exit code 3, the hour at which it is complete, and the last one."""
    with pytest.raises(NotCompleteError) as refused:
        sessions.resolve_session(date(2024, 7, 11), NOON)
    assert str(refused.value) == (
        "The session of 2024-07-11 is not complete until 16:30 New York time on 2024-07-11, "
        "30 minutes after its close. The last complete session is 2024-07-10."
    )
    assert refused.value.exit_code == 3


def test_a_half_day_in_progress_is_complete_early() -> None:
    """The day after Thanksgiving is complete at half past one."""
    with pytest.raises(NotCompleteError, match="until 13:30 New York time on 2024-11-29"):
        sessions.resolve_session(HALF_DAY, new_york(2024, 11, 29, 12))


def test_the_session_of_tomorrow_is_not_complete_yet() -> None:
    """What the clock will bring is worth waiting for."""
    with pytest.raises(NotCompleteError, match="on 2024-07-11"):
        sessions.resolve_session(date(2024, 7, 11), NOON)


@pytest.mark.parametrize(
    ("day", "words"), [(date(2024, 7, 18), "is still to come"), (date(2099, 1, 5), "too far ahead")]
)
def test_a_session_that_is_far_from_over_is_a_slip_of_the_pen(day: date, words: str) -> None:
    """Nobody should wait for it: no exit code that asks to try later."""
    with pytest.raises(SessionError, match=words) as refused:
        sessions.resolve_session(day, NOON)
    assert refused.value.exit_code == 1


def test_a_day_before_the_calendar_is_outside_it() -> None:
    """1975 was traded, but nothing is known of it here."""
    with pytest.raises(SessionError, match="outside the calendar, which runs from 1987-01-02"):
        sessions.resolve_session(date(1975, 1, 6), NOON)


# --- the calendar itself ------------------------------------------------------------------------


def test_trading_days_leave_out_weekends_and_holidays() -> None:
    """The week of Independence Day 2024 has four sessions."""
    days = sessions.trading_days(date(2024, 6, 30), date(2024, 7, 6))
    assert days.astype(str).tolist() == ["2024-07-01", "2024-07-02", "2024-07-03", "2024-07-05"]


def test_trading_days_are_days() -> None:
    """Sessions are `datetime64[D]`, so that one of them turns into a date."""
    assert sessions.trading_days(BEFORE, AFTER).dtype == np.dtype("datetime64[D]")


def test_an_interval_the_wrong_way_round_holds_no_session() -> None:
    """From July to June there is nothing."""
    assert len(sessions.trading_days(date(2024, 7, 1), date(2024, 6, 1))) == 0


def test_half_days_are_marked() -> None:
    """Of the three sessions around Thanksgiving's weekend, the Friday closed early."""
    assert sessions.half_days(sessions.trading_days(BEFORE, AFTER)).tolist() == [False, True, False]


def test_the_next_session_skips_what_is_shut() -> None:
    """After the Wednesday before Thanksgiving comes Friday; after Friday, Monday."""
    assert sessions.next_session(BEFORE) == HALF_DAY
    assert sessions.next_session(HALF_DAY) == AFTER


def test_close_time_is_in_new_york() -> None:
    """A usual close is at four, an early one at one, by New York's clock."""
    assert sessions.close_time(BEFORE) == new_york(2024, 11, 27, 16)
    assert sessions.close_time(HALF_DAY) == new_york(2024, 11, 29, 13)


def test_a_holiday_has_no_close() -> None:
    """Asked for the close of a day that did not trade, the answer is that it did not."""
    with pytest.raises(SessionError, match="not a trading day"):
        sessions.close_time(date(2024, 12, 25))


@given(st.dates(date(1987, 1, 5), date(2026, 12, 31)))
def test_every_day_lies_between_two_sessions(day: date) -> None:
    """For any day, the sessions through it and the next one after it leave no session out between them."""
    last = sessions.trading_days(sessions.FIRST_DAY, day)[-1].astype(object)
    following = sessions.next_session(day)
    assert last <= day < following
    assert sessions.next_session(last) == following
    assert sessions.is_session(day) == (last == day)


@given(st.datetimes(datetime(1987, 1, 6), datetime(2026, 6, 30)))
def test_the_last_completed_session_is_complete_and_the_next_is_not(moment: datetime) -> None:
    """At any moment, the last completed session closed at least the grace before it, and the following did not."""
    now = moment.replace(tzinfo=sessions.NEW_YORK)
    last = sessions.last_completed_session(now)
    assert sessions.close_time(last) + sessions.GRACE <= now
    assert sessions.close_time(sessions.next_session(last)) + sessions.GRACE > now


def test_importing_the_module_is_light(project_root: Path) -> None:
    """`--help` does not pay for the calendar: nothing heavy is imported until a session is asked for."""
    probe = "import sys, generator.market.panel, generator.market.registry; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", probe], cwd=project_root, capture_output=True, text=True, check=True)
    assert not {"pandas", "exchange_calendars", "yfinance"} & set(run.stdout.split())


@pytest.mark.parametrize(
    ("day", "ended"),
    [
        (date(2024, 7, 5), ["week"]),
        (date(2024, 3, 28), ["week", "month", "quarter"]),
        (date(2024, 7, 31), ["month"]),
        (date(2024, 6, 28), ["week", "month", "quarter", "half"]),
        (date(2024, 12, 31), ["month", "quarter", "half", "year"]),
        (date(2024, 7, 3), []),
    ],
    ids=["after a holiday", "before Good Friday", "a month", "a half-year", "a year in mid-week", "before a holiday"],
)
def test_a_period_ends_on_its_last_session(day: date, ended: list[str]) -> None:
    """By the exchange's calendar: a Thursday ends the week before Good Friday."""
    assert [one for one in ("week", "month", "quarter", "half", "year") if sessions.ends_period(day, one)] == ended


def test_the_session_before_is_the_one_whose_next_it_is() -> None:
    """Over a weekend and a holiday."""
    assert sessions.session_before(date(2024, 7, 5)) == date(2024, 7, 3)
    assert sessions.next_session(sessions.session_before(date(2024, 7, 8))) == date(2024, 7, 8)
