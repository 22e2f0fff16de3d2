"""The size of one-day moves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.market.judging.moves import largest_move, moves
from generator.model import Kind

NAN = float("nan")


def test_a_halving_and_a_doubling_are_as_large() -> None:
    """Prices move in logarithms."""
    assert moves(np.array([10.0, 5.0, 10.0]), Kind.FUND)[1:] == pytest.approx([-np.log(2), np.log(2)])


def test_yields_move_in_points() -> None:
    """From a tenth of a point to none is a tenth of a point, not everything."""
    assert moves(np.array([0.1, 0.0, 0.3]), Kind.YIELD)[1:] == pytest.approx([-0.1, 0.3])


def test_a_move_spans_what_is_absent() -> None:
    """The move into a close is from the last one held; an absent one has none."""
    steps = moves(np.array([10.0, NAN, 20.0]), Kind.FUND)
    assert np.isnan(steps[:2]).all()
    assert steps[2] == pytest.approx(np.log(2))


def test_prices_below_zero_have_no_logarithm() -> None:
    """Into and out of a negative price no move can be told."""
    assert np.isnan(moves(np.array([18.0, -37.0, 10.0]), Kind.COMMODITY)).all()


def test_the_largest_of_a_long_history_is_what_it_is() -> None:
    """Ten quiet years and a day of a tenth."""
    closes = np.append(np.full(2600, 10.0), 11.0)
    assert largest_move(closes, Kind.FUND) == pytest.approx(np.log(1.1))


def test_the_largest_of_some_quiet_years_is_two_fifths_of_the_usual_at_least() -> None:
    """Three hundred quiet days do not make a tenth a record."""
    assert largest_move(np.append(np.full(300, 10.0), 10.5), Kind.FUND) == 0.1


@pytest.mark.parametrize(("kind", "usual"), [(Kind.FUND, 0.25), (Kind.YIELD, 0.5), (Kind.VOLATILITY, 1.0)])
def test_a_young_instruments_largest_is_the_usual_at_least(kind: Kind, usual: float) -> None:
    """Of a few quiet days nothing follows."""
    assert largest_move(np.array([10.0, 10.01, 10.0]), kind) == usual
    assert largest_move(np.array([]), kind) == usual


@given(st.lists(st.floats(1.0, 1e6), min_size=2, max_size=40), st.floats(0.01, 100.0))
def test_scale_is_nothing_to_a_price(closes: list[float], by: float) -> None:
    """A split that is worked into all of history changes no move."""
    column = np.array(closes)
    assert moves(column * by, Kind.STOCK)[1:] == pytest.approx(moves(column, Kind.STOCK)[1:], abs=1e-9)
