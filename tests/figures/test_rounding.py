"""Rounding once, and the one crossing from fractions to percents."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.figures.rounding import printed, rounded
from generator.model import Basis, FigureDefinition, Unit


def a_figure(unit: Unit, decimals: int) -> FigureDefinition:
    return FigureDefinition("x", unit, Basis.NONE, decimals, "", "", ())


@pytest.mark.parametrize(
    ("value", "expected"), [(1.005, 1.01), (-1.005, -1.01), (2.675, 2.68), (0.125, 0.13), (1.0049999, 1.0)]
)
def test_halves_go_away_from_zero(value: float, expected: float) -> None:
    """1.005 is 1.01 on the page, though in binary it is a shade less; 1.0049999 is not."""
    assert rounded(np.array([value]), 2)[0] == expected


def test_nothing_prints_as_minus_zero() -> None:
    """A fall too small to print is 0.00, not -0.00."""
    assert np.signbit(rounded(np.array([-0.001, -0.0, 0.0]), 2)).tolist() == [False, False, False]


def test_absent_stays_absent() -> None:
    """Rounding does not turn an absent value into a number."""
    assert np.isnan(rounded(np.array([np.nan]), 2)[0])


@given(st.decimals(-10_000, 10_000, places=4), st.integers(0, 3))
def test_it_is_the_rounding_of_pen_and_paper(number: Decimal, decimals: int) -> None:
    """Any number of four decimals comes out as decimal arithmetic rounds it, half away from zero."""
    expected = float(number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)) + 0.0
    assert rounded(np.array([float(number)]), decimals)[0] == expected


@given(st.integers(-99_999, 99_999))
def test_a_quotient_of_two_closes_keeps_its_half(basis_points: int) -> None:
    """A move of exactly half a printed unit survives the division that made it."""
    half = Decimal(2 * basis_points + 1) / Decimal(200)
    close = float(100 + half)
    move = np.array([close / 100.0 - 1.0])
    expected = float(half.quantize(Decimal("0.01"), ROUND_HALF_UP))
    assert printed(move, a_figure(Unit.PERCENT, 2))[0] == pytest.approx(expected, abs=1e-12)


def test_fractions_become_percents_and_nothing_else_does() -> None:
    """0.0357 prints as 3.57 percent; a level prints as it is."""
    value = np.array([0.0357])
    assert printed(value, a_figure(Unit.PERCENT, 2))[0] == 3.57
    assert printed(value, a_figure(Unit.LEVEL, 2))[0] == 0.04


def test_dates_are_not_rounded() -> None:
    """A date is a count of days and prints as that count."""
    assert printed(np.array([19_915.0]), a_figure(Unit.DATE, 0))[0] == 19_915.0
