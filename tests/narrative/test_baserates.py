"""What followed a rule's past occurrences, against counting by hand."""

from __future__ import annotations

from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.narrative.baserates import base_rates, changes_over, thinned

levels = st.lists(st.floats(50, 200), min_size=3, max_size=40)


@given(levels, st.data())
def test_outcomes_are_those_counted_by_hand(level: list[float], data: st.DataObject) -> None:
    """Windows complete by the session asked about, overlapping ones thinned, each against the level it began from."""
    held = data.draw(st.lists(st.booleans(), min_size=len(level), max_size=len(level)))
    row = data.draw(st.integers(0, len(level) - 1))
    horizon = data.draw(st.integers(1, 6))
    starts, last = [], -horizon
    for start, holds in enumerate(held):
        if holds and start + horizon <= row and start - last >= horizon:
            starts.append(start)
            last = start
    found = base_rates(np.array(held), changes_over(np.array(level), (horizon,)), row)
    if not starts:
        assert found == ()
        return
    changes = [level[start + horizon] / level[start] - 1 for start in starts]
    assert found[0].after.n == len(changes)
    assert found[0].after.median == pytest.approx(median(changes))
    assert found[0].after.positive == pytest.approx(sum(change > 0 for change in changes) / len(changes))
    assert found[0].always.n == row + 1 - horizon


@given(levels, st.integers(1, 4))
def test_later_sessions_change_nothing(level: list[float], horizon: int) -> None:
    """No look-ahead: with every later level withheld the base rate of a session is the same."""
    held, row = np.arange(len(level)) % 3 == 0, len(level) // 2
    whole = base_rates(held, changes_over(np.array(level), (horizon,)), row)
    assert whole == base_rates(held[: row + 1], changes_over(np.array(level[: row + 1]), (horizon,)), row)


def test_overlapping_occurrences_count_once() -> None:
    """Three days in a row within one window are one occurrence."""
    assert thinned([3, 4, 5, 9, 12], 5) == [3, 9]
