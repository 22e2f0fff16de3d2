"""What followed a situation's past occurrences, against counting by hand."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Unit
from generator.narrative.situations.baserates import LEAST, Windows, agreed, define, ends, printed, thinned, told

levels = st.lists(st.floats(50, 200), min_size=LEAST + 4, max_size=60)


def windows(starts: list[int], horizon: int, one: list[float], other: list[float]) -> Windows:
    return Windows.over(starts, np.arange(100) + horizon, np.array(one), np.array(other))


@given(levels, st.data())
def test_outcomes_are_those_counted_by_hand(one: list[float], data: st.DataObject) -> None:
    """Windows complete by a session, each against the levels it began from; nothing while they are too few."""
    other = data.draw(st.lists(st.floats(50, 200), min_size=len(one), max_size=len(one)))
    horizon = data.draw(st.integers(1, 3))
    row = data.draw(st.integers(0, len(one) - 1))
    starts = list(range(len(one)))
    made = windows(starts, horizon, one, other)
    moves = [one[start + horizon] / one[start] - 1 for start in starts if start + horizon <= row]
    gaps = [
        move - (other[start + horizon] / other[start] - 1) for start, move in enumerate(moves)
    ]  # fmt: skip
    found = {name: float(made.values(name)[row]) for name in ("n", "higher", "lower", "ahead_share", "median")}
    if len(moves) < LEAST:
        assert all(np.isnan(value) for value in found.values())
        return
    assert found["n"] == len(moves)
    assert found["higher"] == sum(move > 0 for move in moves)
    assert found["lower"] == sum(move < 0 for move in moves)
    assert found["ahead_share"] == pytest.approx(sum(gap > 0 for gap in gaps) / len(gaps))
    assert found["median"] == pytest.approx(median(moves))
    assert float(made.values("gap_median")[row]) == pytest.approx(median(gaps))


@given(levels, st.integers(1, 4), st.sampled_from(["n", "higher", "behind_share", "median", "gap_median"]))
def test_later_sessions_change_nothing(one: list[float], horizon: int, name: str) -> None:
    """No look-ahead: with every later level withheld, what is told on a session is the same."""
    row, starts, other = len(one) - 2, list(range(len(one))), one[::-1]
    whole = windows(starts, horizon, one, other).values(name)[: row + 1]
    cut = windows(starts, horizon, one[: row + 1], other[: row + 1]).values(name)
    np.testing.assert_array_equal(whole, cut)


def test_a_window_without_a_level_does_not_count() -> None:
    """Where either index has no close, there is neither a move nor a gap."""
    one = [100.0 + row for row in range(40)]
    other = [100.0] * 40
    other[10] = float("nan")
    assert windows(list(range(40)), 1, one, other).values("n")[-1] == 37


def test_the_span_is_that_of_the_windows_complete_by_the_session() -> None:
    """First and last beginnings, of those windows alone that have ended."""
    made = windows([0, 5, 10, 15], 5, [100.0] * 30, [100.0] * 30)
    assert made.span(15) == (0, 10, 15)


@given(st.lists(st.booleans(), max_size=60), st.integers(1, 9), st.integers(0, 60))
def test_thinning_does_not_depend_on_what_comes_later(held: list[bool], apart: int, row: int) -> None:
    """Occurrences kept by a session stay kept, and are as far apart as asked."""
    rows = [number for number, holds in enumerate(held) if holds]
    to = np.arange(61) + apart
    kept = thinned(rows, to)
    assert all(after - before >= apart for before, after in pairwise(kept))
    assert thinned([number for number in rows if number <= row], to) == [one for one in kept if one <= row]


def test_overlapping_occurrences_count_once() -> None:
    """Three days in a row within one window are one occurrence."""
    assert thinned([3, 4, 5, 9, 12], np.arange(20) + 5) == [3, 9]


@pytest.mark.parametrize("name", ["followed_21d_n", "followed_1m_best", "all_1m_higher_edge", "followed_1m"])
def test_other_names_are_no_base_rates(name: str) -> None:
    """Only the horizons and numbers there are."""
    assert told(name) is None
    assert define(name) is None


def test_shares_are_printed_without_decimals() -> None:
    """Halves go up, as everywhere: 62.5% is 63%."""
    definition = define("followed_1m_higher_share")
    assert definition is not None
    assert definition.unit is Unit.PERCENT
    assert printed(np.array([0.625, 0.624, 0.0]), definition).tolist() == [63.0, 62.0, 0.0]


def test_a_month_ahead_ends_on_the_same_day_or_the_first_session_after() -> None:
    """January 31 to February 29 in a leap year; from a Saturday's date on to Monday; a week is seven days."""
    days = np.array(["2024-01-31", "2024-02-02", "2024-02-29", "2024-03-01", "2024-03-04"], dtype="M8[D]")
    assert ends(days, "1m").tolist() == [2, 4, 5, 5, 5]
    assert ends(days, "1w").tolist() == [2, 2, 5, 5, 5]


def test_windows_that_end_on_one_session_all_count_on_it() -> None:
    """What began on Friday and on Monday may be complete on the same Monday."""
    starts, to = list(range(22)), np.array([*range(1, 21), 23, 23, 40, 40])
    made = Windows.over(starts, to, np.arange(1.0, 25.0), np.ones(24))
    assert made.values("n")[-2:].tolist() == [20, 22]
    assert made.span(23) == (0, 21, 23)


def test_an_edge_that_hangs_on_the_counting_is_none() -> None:
    """Separate cases seven points below all sessions, every case two above: nothing is told; small edges may differ."""
    edge, every = np.array([-7.0, -7.0, 8.0, 2.0, -9.0]), np.array([2.0, -4.0, 0.0, -1.0, -9.0])
    np.testing.assert_array_equal(agreed(edge, every), [np.nan, -7.0, np.nan, 2.0, -9.0])
