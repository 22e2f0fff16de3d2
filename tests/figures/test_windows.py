"""Moving windows against the same windows taken one by one."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.figures.rounding import rounded
from generator.figures.windows import (
    at,
    deviation_since,
    highest_since,
    mean_since,
    moving_mean,
    quotient,
    shifted,
)

columns = st.lists(st.one_of(st.integers(-50, 50).map(float), st.just(np.nan)), min_size=1, max_size=40).map(np.array)
lengths = st.integers(2, 12)


def one_by_one(values: np.ndarray, length: int, function: Callable[[np.ndarray], float]) -> np.ndarray:
    windows = [values[max(row + 1 - length, 0) : row + 1] for row in range(values.size)]
    return np.array([function(w) if w.size == length and not np.isnan(w).any() else np.nan for w in windows])


@given(columns, lengths)
def test_a_moving_mean_is_the_mean_of_each_window(values: np.ndarray, length: int) -> None:
    """Every window gives its own mean, and none where a value is absent or the window is not full."""
    np.testing.assert_allclose(moving_mean(values, length), one_by_one(values, length, np.mean), atol=1e-9)


@given(columns, st.data())
def test_a_deviation_over_windows_of_any_length(values: np.ndarray, data: st.DataObject) -> None:
    """The deviation divides by one less than the window holds, so that one value alone has none."""
    opens = np.array([data.draw(st.integers(-1, row)) for row in range(values.size)])
    windows = [values[first : row + 1] if first >= 0 else np.array([np.nan]) for row, first in enumerate(opens)]
    expected = [np.std(window, ddof=1) if window.size > 1 else np.nan for window in windows]
    np.testing.assert_allclose(deviation_since(values, opens), expected, atol=1e-5)


@given(columns, st.data())
def test_the_highest_of_a_window_is_where_it_first_stood(values: np.ndarray, data: st.DataObject) -> None:
    """Windows of any length, each against a look at the window itself; of two equal highs the earlier one counts."""
    opens = np.array([data.draw(st.integers(-1, row)) for row in range(values.size)])
    windows = [values[first : row + 1] if first >= 0 else np.array([np.nan]) for row, first in enumerate(opens)]
    expected = [-1 if np.isnan(w).any() else first + int(np.argmax(w)) for w, first in zip(windows, opens, strict=True)]
    assert highest_since(values, opens).tolist() == expected


@given(columns, st.data())
def test_a_mean_over_windows_of_any_length(values: np.ndarray, data: st.DataObject) -> None:
    """Each window gives its own mean; one that is not whole gives none."""
    opens = np.array([data.draw(st.integers(-1, row)) for row in range(values.size)])
    expected = [values[first : row + 1].mean() if first >= 0 else np.nan for row, first in enumerate(opens)]
    np.testing.assert_allclose(mean_since(values, opens), expected, atol=1e-9)


def test_a_column_shorter_than_the_shift_is_absent() -> None:
    """Shifting two values by three leaves nothing."""
    assert np.isnan(shifted(np.array([1.0, 2.0]), 3)).all()


def test_dividing_by_nothing_is_absent_not_infinite() -> None:
    """A quotient over zero is absent."""
    assert np.isnan(quotient(np.array([1.0]), np.array([0.0]))[0])


def test_row_minus_one_is_absent() -> None:
    """A row that does not exist has no value; it is not the last one."""
    assert at(np.array([1.0, 2.0]), np.array([-1, 1])).tolist() == pytest.approx([np.nan, 2.0], nan_ok=True)


@given(st.lists(st.integers(100_000, 4_000_000), min_size=60, max_size=200), st.integers(2, 50))
def test_a_mean_of_closes_that_ends_in_half_a_cent_is_rounded_up(cents: list[int], length: int) -> None:
    """As it is on paper, after however long a running sum: 2,089.285 is 2,089.29."""
    closes = np.concatenate((np.full(8_000, 30_000.37), np.array(cents) / 100.0))
    sums = [sum(cents[number - length + 1 : number + 1]) for number in range(length - 1, len(cents))]
    exact = [math.floor(Fraction(total, length) + Fraction(1, 2)) / 100 for total in sums]
    assert rounded(moving_mean(closes, length), 2)[-len(exact) :].tolist() == exact
