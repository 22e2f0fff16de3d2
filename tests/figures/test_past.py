"""Standing among earlier values, against counting them one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.figures.past import last_at_least, standing, unmatched

columns = st.lists(st.one_of(st.integers(-4, 4).map(float), st.just(np.nan)), max_size=70).map(
    lambda values: np.array(values, dtype=np.float64)
)


@given(columns)
def test_standing_counts_the_values_before(values: np.ndarray) -> None:
    """How many came before, and how many of them were lower or equal; an absent value has no standing."""
    found = standing(values)
    for row, value in enumerate(values):
        earlier = values[:row][~np.isnan(values[:row])]
        counts = [earlier.size, (earlier < value).sum(), (earlier == value).sum(), (earlier > value).sum()]
        got = [found.seen[row], found.lower[row], found.equal[row], found.higher[row]]
        assert np.isnan(got).all() if np.isnan(value) else got == counts


@given(columns)
def test_the_last_that_was_as_high(values: np.ndarray) -> None:
    """Looking back session by session finds the same one."""
    found = last_at_least(values)
    for row, value in enumerate(values):
        as_high = [earlier for earlier in range(row) if values[earlier] >= value]
        assert found[row] == (as_high[-1] if as_high else -1)


@given(columns)
def test_unmatched_is_to_have_no_such_session(values: np.ndarray) -> None:
    """A value is the highest to date where no earlier one was as high."""
    expected = np.where(np.isnan(values), np.nan, last_at_least(values) == -1)
    np.testing.assert_array_equal(unmatched(values), expected)
