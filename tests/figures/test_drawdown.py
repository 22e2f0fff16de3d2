"""Drawdowns, corrections and bear markets."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.figures.drawdown import declines
from generator.figures.table import FigureTable

Table = Callable[..., FigureTable]

# Peak 100; entered at 80; low 70; left at 84, 20% above 70; a new peak at 90; entered again at 72.
CLOSES = [95.0, 100.0, 81.0, 80.0, 70.0, 75.0, 84.0, 90.0, 73.0, 72.0, 71.0]


def test_drawdown_is_the_distance_below_the_record(table: Table) -> None:
    """At the record it is zero, and below it never positive."""
    assert table({"small": CLOSES}).printed("small_drawdown")[:5].tolist() == [0.0, 0.0, -19.0, -20.0, -30.0]


def test_a_bear_market_is_entered_at_a_fall_of_a_fifth(table: Table) -> None:
    """19% below the peak is none, 20% is; it is entered once, not again on each session that it lasts."""
    assert np.flatnonzero(table({"small": CLOSES}).values("small_bear_entered")).tolist() == [3, 9]


def test_it_is_left_at_a_rise_of_a_fifth_from_its_low(table: Table) -> None:
    """84 is 20% above 70; that session is no longer in the bear market."""
    figures = table({"small": CLOSES})
    assert np.flatnonzero(figures.values("small_bear_left")).tolist() == [6]
    assert figures.values("small_bear").tolist() == [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1]


def test_the_next_one_is_measured_from_the_high_since_the_low(table: Table) -> None:
    """The second bear market falls a fifth from 90, though 100 was never seen again."""
    figures = table({"small": CLOSES})
    assert figures.printed("small_bear_decline")[9] == -20.0
    assert np.datetime64(int(figures.values("small_bear_peak_date")[9]), "D") == figures.sessions[7]


def test_what_is_told_while_it_lasts_and_on_the_day_it_ends(table: Table) -> None:
    """Length, depth and the rise from the low stand on every session in it and on the one that ends it."""
    figures = table({"small": CLOSES})
    absent = np.nan
    assert figures.values("small_bear_sessions")[:8].tolist() == pytest.approx(
        [absent, absent, absent, 0, 1, 2, 3, absent], nan_ok=True
    )
    assert figures.printed("small_bear_low_decline")[6] == -30.0
    assert figures.printed("small_bear_rise")[6] == 20.0
    assert figures.printed("small_bear_decline")[6] == -16.0
    assert np.datetime64(int(figures.values("small_bear_low_date")[6]), "D") == figures.sessions[4]


def test_a_correction_is_half_a_bear_market(table: Table) -> None:
    """A fall of 10% is a correction and no bear market."""
    figures = table({"small": [100.0, 90.0, 99.0]})
    assert figures.values("small_correction").tolist() == [0, 1, 0]
    assert figures.values("small_correction_left").tolist() == [0, 0, 1]
    assert figures.values("small_bear").tolist() == [0, 0, 0]


def test_an_absent_close_leaves_the_state_as_it_was(table: Table) -> None:
    """A session without a close says nothing; the next one goes on from before."""
    figures = table({"small": [100.0, 79.0, None, 80.0]})
    assert figures.values("small_bear").tolist() == pytest.approx([0, 1, np.nan, 1], nan_ok=True)


def test_the_evidence_names_peak_low_and_close(table: Table) -> None:
    """The three closes that make a decline are shown."""
    assert [price.value for price in table({"small": CLOSES}).evidence("small_bear_decline", 5)] == [100.0, 70.0, 75.0]


@given(st.lists(st.floats(10.0, 1000.0), min_size=1, max_size=60))
def test_every_decline_is_as_deep_and_ends_as_high_as_it_must(closes: list[float]) -> None:
    """Entered at or below four fifths of its peak, left at or above six fifths of its lowest close, never both."""
    column = np.array(closes)
    found = declines(column, 0.20)
    for row in np.flatnonzero(found.entry == np.arange(column.size)):
        assert column[row] <= 0.8 * column[found.peak[row]] * (1 + 1e-9)
    for row in np.flatnonzero(found.left):
        assert column[row] >= 1.2 * column[found.trough[row]] * (1 - 1e-9)
        assert column[found.trough[row]] == column[found.entry[row] : row + 1].min()
