"""Runs of gains and losses."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.figures.streaks import runs
from generator.figures.table import FigureTable

Table = Callable[..., FigureTable]
CLOSES = [101.0, 100.0, 101.0, 102.0, 103.0, 102.0, 101.0, 101.0, 102.0]


def test_a_streak_counts_gains_up_and_losses_down(table: Table) -> None:
    """Three gains, two losses, a session unchanged, a gain; how long the first run is nobody can know."""
    streak = table({"small": CLOSES}).values("small_streak").tolist()
    assert streak == pytest.approx([np.nan, np.nan, 1, 2, 3, -1, -2, 0, 1], nan_ok=True)


def test_the_streak_that_a_move_broke(table: Table) -> None:
    """The first loss ends three gains, the unchanged session two losses; a session that goes on ends none."""
    ended = table({"small": CLOSES}).values("small_streak_ended").tolist()
    assert ended == pytest.approx([np.nan, np.nan, np.nan, 0, 0, 3, 0, -2, 0], nan_ok=True)


def test_what_the_streak_came_to(table: Table) -> None:
    """Three gains from 100 to 103 make 3%; there is no streak where the session was unchanged."""
    returns = table({"small": CLOSES}).printed("small_streak_return")
    assert returns[4] == 3.0
    assert np.isnan(returns[7])


def test_a_move_too_small_to_print_is_no_gain(table: Table) -> None:
    """What prints as 0.00% neither makes a streak nor goes on with one."""
    assert table({"small": [1000.0, 1001.0, 1001.01]}).values("small_streak")[-1] == 0.0


def test_a_run_across_a_missing_close_is_unknown_and_not_short(table: Table) -> None:
    """How long a run is that began out of sight is known only after the next turn."""
    streak = table({"small": [101.0, 100.0, 101.0, None, 103.0, 104.0, 103.0, 104.0]}).values("small_streak").tolist()
    nan = np.nan
    assert streak == pytest.approx([nan, nan, 1, nan, nan, nan, -1, 1], nan_ok=True)


def test_the_evidence_is_the_close_before_the_run_and_todays(table: Table) -> None:
    """A run's two ends are shown; for a broken run also the close that broke it."""
    figures = table({"small": CLOSES})
    assert [price.value for price in figures.evidence("small_streak_return", 4)] == [100.0, 103.0]
    assert [price.value for price in figures.evidence("small_streak_ended", 5)] == [100.0, 103.0, 102.0]


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0, np.nan]), min_size=1, max_size=30))
def test_a_run_is_as_long_as_its_signs_agree(moves: list[float]) -> None:
    """Counting back from each session gives the same length, if that comes to a turn that was seen."""
    found = runs(np.array(moves))
    for row, move in enumerate(moves):
        length = 0
        while length <= row and moves[row - length] == move:
            length += 1
        seen = move == 0.0 or (row >= length and not np.isnan(moves[row - length]))
        assert found[row] == pytest.approx(move * length if seen else np.nan, nan_ok=True)
