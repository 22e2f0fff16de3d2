"""The number that a sentence prints for a figure."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model import Basis, FigureDefinition, Unit
from generator.narrative.language.phrases import Quoted, amount
from generator.narrative.language.rounding import said, said_column, whole, whole_column

SHORT = st.sampled_from([Unit.PERCENT, Unit.POINTS, Unit.VOLATILITY])
MILLIONTHS = st.integers(-60_000_000, 60_000_000)
"""Percents or points, in millionths: what a close with two decimals can make, halves of every kind among it."""


def definition(unit: Unit, decimals: int = 2, source: str = "") -> FigureDefinition:
    return FigureDefinition("small_return_1d", unit, Basis.NONE, decimals, "", "", (), source=source)


def quoted(percent: float, unit: Unit = Unit.PERCENT, decimals: int = 2, source: str = "") -> Quoted:
    value = percent if unit in (Unit.VOLATILITY, Unit.LEVEL, Unit.YIELD) else percent / 100
    return Quoted(definition(unit, decimals, source), round(percent, decimals), value)


@pytest.mark.parametrize(
    ("percent", "text"),
    [
        (3.5712, "3.6%"),
        (-0.88, "0.9%"),
        (0.8496, "0.8%"),  # and not the 0.9 that 0.85 would give
        (0.85, "0.9%"),
        (1.0049, "1%"),
        (9.949, "9.9%"),
        (9.95, "10%"),
        (-9.9499, "9.9%"),
        (10.4999, "10%"),
        (10.5, "11%"),
        (1234.56, "1,235%"),
        (0.0499, "0%"),
    ],
)
def test_a_move_has_one_decimal_and_from_ten_up_none(percent: float, text: str) -> None:
    """Each is rounded once, from the full value; what would print as 10.0% is a whole number too."""
    assert amount(quoted(percent)) == text


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (quoted(4.4501, Unit.POINTS), "4.5 percentage points"),
        (quoted(0.96, Unit.POINTS), "1 percentage point"),
        (quoted(12.3, Unit.POINTS), "12 percentage points"),
        (quoted(16.48, Unit.VOLATILITY), "16.5"),
        (quoted(4.19, Unit.YIELD), "4.19%"),
        (quoted(2125.04, Unit.LEVEL), "2,125.04"),
        (quoted(59.4, decimals=0), "59%"),
    ],
)
def test_other_units_have_the_decimals_that_they_are_read_with(figure: Quoted, text: str) -> None:
    """Gaps as moves; volatility always one; closes and yields two; a share that has none gets none."""
    assert amount(figure) == text


def test_a_number_of_a_release_is_quoted_as_it_came_out() -> None:
    """A cut of 0.25 percentage points is not one of 0.3."""
    assert amount(quoted(-0.25, Unit.POINTS, source="content/universe.yaml:1")) == "0.25 percentage points"


@given(MILLIONTHS, SHORT)
@example(9_950_000, Unit.PERCENT)
@example(-50_000, Unit.POINTS)
@example(49_999, Unit.PERCENT)
def test_what_is_said_is_the_full_value_rounded_once(millionths: int, unit: Unit) -> None:
    """To the nearest tenth, or from ten up to the nearest whole, halves away from zero."""
    figure, exact = quoted(millionths / 1e6, unit), Decimal(abs(millionths)) / 1_000_000
    size = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if size >= 10 and unit is not Unit.VOLATILITY:
        size = exact.quantize(Decimal(1), ROUND_HALF_UP)
    assert Decimal(str(abs(figure.said))) == size
    assert figure.said * millionths > 0 if size else figure.said == 0


@given(st.lists(MILLIONTHS, min_size=1, max_size=20), SHORT)
def test_a_column_says_what_each_session_says(millionths: list[int], unit: Unit) -> None:
    """Whether a wording is available is decided with the number that it would print."""
    figures = [quoted(one / 1e6, unit) for one in millionths]
    values, printed = (np.array([getattr(one, name) for one in figures]) for name in ("value", "printed"))
    column = said_column(values, printed, definition(unit))
    assert column.tolist() == [said(one.value, one.printed, one.definition) for one in figures]
    assert whole_column(values, definition(unit)).tolist() == [whole(one.value, one.definition) for one in figures]
    assert np.isnan(said_column(np.array([np.nan]), np.array([np.nan]), definition(unit))).all()
