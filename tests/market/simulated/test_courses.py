"""The course of the simulated market: its regimes, and that it can be relied on."""

from __future__ import annotations

import numpy as np
import pytest

from generator.market.simulated.courses import REGIMES, SimulatedCourse, simulate, stream

THIRTY_YEARS = 7774


@pytest.fixture(scope="module")
def course() -> SimulatedCourse:
    """Thirty years of it."""
    return simulate(THIRTY_YEARS)


def test_a_stream_is_always_the_same_and_unlike_the_others() -> None:
    """Chance here belongs to a name: the same name draws the same numbers, another name others."""
    assert stream("a").standard_normal(3).tolist() == stream("a").standard_normal(3).tolist()
    assert stream("a").standard_normal(3).tolist() != stream("b").standard_normal(3).tolist()


@pytest.mark.parametrize("sessions", [0, 1, 2, 63, 1000, 7771, 7772, 7773])
def test_a_shorter_course_is_the_beginning_of_a_longer_one(course: SimulatedCourse, sessions: int) -> None:
    """What has happened stays as it happened, however far one looks."""
    shorter = simulate(sessions)
    for name in SimulatedCourse.__slots__:
        np.testing.assert_allclose(getattr(shorter, name), getattr(course, name)[:sessions], rtol=1e-13, atol=1e-15)


def test_every_regime_comes_and_lasts(course: SimulatedCourse) -> None:
    """All five regimes occur; they last weeks or months, not days."""
    changes = np.flatnonzero(np.diff(course.regimes))
    assert set(course.regimes) == set(range(len(REGIMES)))
    assert 20 < THIRTY_YEARS / (len(changes) + 1) < 200
    assert np.diff(changes).min() >= 8


def test_odds_of_what_comes_next_add_up() -> None:
    """From each regime, exactly one other follows."""
    for regime in REGIMES:
        assert sum(regime.then) == pytest.approx(1.0)
        assert regime.then[REGIMES.index(regime)] == 0.0


def test_the_market_grows_as_markets_do(course: SimulatedCourse) -> None:
    """Over thirty years it gains 5 to 10 percent a year, moving by about one percent a day."""
    assert 0.05 < course.market.sum() / THIRTY_YEARS * 252 < 0.10
    assert 0.008 < course.market.std() < 0.012


def test_crash_days_are_rare_and_real(course: SimulatedCourse) -> None:
    """Falls of four percent happen, on fewer than one day in two hundred; none is beyond belief."""
    falls = course.market[course.market < -0.04]
    assert 5 < len(falls) < THIRTY_YEARS / 200
    assert falls.min() > -0.13


def test_bear_markets_and_records_occur(course: SimulatedCourse) -> None:
    """The market falls by a third at least once, and closes at a record in good numbers."""
    level = np.cumsum(course.market)
    peak = np.maximum.accumulate(level)
    assert (level - peak).min() < np.log(2 / 3)
    assert 300 < (level == peak).sum() < 900


def test_fear_follows_the_fall(course: SimulatedCourse) -> None:
    """The volatility index stands above 9, is high in a crash, and rises when the market falls."""
    crash = course.regimes == 4
    changes = np.diff(np.log(course.fear))
    assert course.fear.min() > 6.5
    assert np.median(course.fear[crash]) > 1.8 * np.median(course.fear[~crash])
    assert np.corrcoef(changes, course.market[1:])[0, 1] < -0.3


def test_yields_stay_where_yields_can_be(course: SimulatedCourse) -> None:
    """The ten-year yield wanders between 0.5 and 9 percent, the policy rate between 0.1 and 5.5."""
    assert course.ten_year.min() >= 0.5
    assert course.ten_year.max() < 9.0
    assert course.policy_rate.min() >= 0.1
    assert course.policy_rate.max() <= 5.5
