"""Figures by SQL, against sums done by hand."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import isnan, nan

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.figures.catalogue import FigureCatalogue
from generator.verification.figures.of_time import last_as
from generator.verification.figures.spec import rounded

from ..invented import UNIVERSE, columns, printed


def test_a_return_is_rounded_once_half_away_from_zero() -> None:
    """From 200 to 202.01 is 1.005 percent on paper, and 1.01 on the page; back again is -1.00."""
    assert printed(columns({"S": [200.0, 202.01, 200.0]}), "small_return_1d")[1:] == [1.01, -1.0]


def test_what_is_absent_stays_absent() -> None:
    """A missing close leaves its own return and the next one absent, and nothing is carried forward."""
    found = printed(columns({"S": [100.0, nan, 102.0, 103.0]}), "small_return_1d")
    assert [isnan(one) for one in found] == [True, True, True, False]


def test_a_gap_is_the_difference_of_the_printed_moves() -> None:
    """1.004 and 0.496 percent are printed as 1.00 and 0.50, so the gap is 0.50 and not 0.51."""
    made = columns({"S": [1000.0, 1010.04], "L": [1000.0, 1004.96]})
    assert printed(made, "small_minus_large_1d")[1] == 0.5


def test_a_fund_beside_an_index_goes_by_total_returns() -> None:
    """The index takes its own total return, since the fund has no other."""
    made = columns({"S": [100.0, 101.0], "ST": [100.0, 103.0], "F": [100.0, 101.0]})
    assert printed(made, "small_minus_fund_1d")[1] == 2.0


def test_the_week_runs_from_the_last_close_of_the_week_before() -> None:
    """Friday 110, Monday 121: ten percent in the week to date."""
    made = columns({"S": [100.0, 101.0, 102.0, 103.0, 110.0, 121.0]})
    assert printed(made, "small_return_wtd")[5] == 10.0


def test_a_record_is_above_every_earlier_close() -> None:
    """Equalling the highest close is no record; the wait counts from the one before."""
    made = columns({"S": [100.0, 105.0, 105.0, 104.0, 106.0]})
    assert printed(made, "small_record_close") == [1.0, 1.0, 0.0, 0.0, 1.0]
    assert printed(made, "small_record_wait")[4] == 3.0
    assert printed(made, "small_drawdown")[3] == -0.95


def test_a_bear_market_is_entered_at_a_fifth_below_the_top_and_left_at_a_fifth_above_the_low() -> None:
    """100 to 80 enters; 70 is the low; 84 leaves."""
    made = columns({"S": [100.0, 81.0, 80.0, 70.0, 83.0, 84.0, 85.0]})
    assert printed(made, "small_bear") == [0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0]
    assert printed(made, "small_bear_left")[5] == 1.0
    assert printed(made, "small_bear_low_decline")[5] == -30.0
    assert printed(made, "small_bear_sessions")[5] == 3.0


def test_the_next_correction_is_measured_from_the_close_that_left_the_last() -> None:
    """100, 90 enters, 99 leaves; 89.1 is a tenth below 99 and enters again."""
    made = columns({"S": [100.0, 90.0, 99.0, 95.0, 89.1]})
    assert printed(made, "small_correction_entered") == [0.0, 1.0, 0.0, 0.0, 1.0]


def test_a_streak_breaks_on_an_unchanged_printed_close() -> None:
    """Down, nobody knows for how long; up, up, unchanged to two decimals, down, down."""
    made = columns({"S": [101.0, 100.0, 101.0, 102.0, 102.001, 101.0, 100.0]})
    assert printed(made, "small_streak")[2:] == [1.0, 2.0, 0.0, -1.0, -2.0]
    assert printed(made, "small_streak_ended")[4] == 2.0


def test_places_in_a_group_and_its_breadth() -> None:
    """One index up, one down: the best is the first of them."""
    made = columns({"S": [100.0, 102.0], "L": [100.0, 99.0]})
    assert printed(made, "both_up_1d")[1] == printed(made, "both_down_1d")[1] == 1.0
    assert printed(made, "both_spread_1d")[1] == 3.0
    assert printed(made, "both_best_1d")[1] == 0.0
    assert printed(made, "large_rank_in_both_1d")[1] == 2.0


def test_a_basket_wants_every_member() -> None:
    """The mean of 2 and 4 percent; nothing while one of the two has no close."""
    found = printed(columns({"F": [100.0, 102.0, 103.0], "O": [100.0, 104.0]}), "pair_return_1d")
    assert found[1] == 3.0
    assert isnan(found[2])


def test_yields_move_by_basis_points_and_nerves_by_points() -> None:
    """4.25 to 4.31 percent is six basis points; 20 to 18.5 is a fall of a point and a half."""
    made = columns({"N": [4.25, 4.31], "B": [4.5, 4.6], "V": [20.0, 18.5]})
    assert printed(made, "note_change_1d")[1] == 6.0
    assert printed(made, "note_minus_bill")[1] == -29.0
    assert printed(made, "nerves_change_1d")[1] == -1.5


def test_rank_percentile_and_since() -> None:
    """Moves of 1, 3, 2, 2 percent: the last is second to date, at the third quarter, and the highest since its equal."""
    closes = [100.0]
    for move in (1.0, 3.0, 2.0, 2.0):
        closes.append(closes[-1] * (1 + move / 100))
    made = columns({"S": closes})
    assert printed(made, "small_return_1d_rank")[4] == 2.0
    assert printed(made, "small_return_1d_percentile")[4] == 75.0
    assert printed(made, "small_return_1d_sessions_since_higher")[4] == 1.0
    assert printed(made, "small_return_1d_highest")[2] == 1.0
    assert printed(made, "small_return_1d_before")[4] == 2.0


def test_the_calendar() -> None:
    """January 1, 2024 was a Monday; the week's last session is Friday's."""
    made = columns({"S": [1.0] * 10})
    assert printed(made, "weekday")[:6] == [0.0, 1.0, 2.0, 3.0, 4.0, 0.0]
    assert printed(made, "week_ends")[:6] == [0.0, 0.0, 0.0, 0.0, 1.0, 0.0]
    assert printed(made, "week_sessions")[6] == 2.0


@pytest.mark.parametrize(
    "name", ["small_retrun_1d", "small_minus_note_1d", "pair_level", "small_minus_fund", "nobody_level"]
)
def test_a_name_outside_the_grammar_means_nothing(name: str) -> None:
    """A misspelt name, a yield beside a return, the level of a basket: there is no such figure."""
    assert columns({"S": [1.0, 2.0]}).column(name) is None


@given(st.decimals(min_value=-1000, max_value=1000, places=4))
def test_rounding_is_that_of_decimal_arithmetic(number: Decimal) -> None:
    """Half away from zero, whatever the binary noise."""
    (found,) = duckdb.execute(f"SELECT {rounded('x', 2)} FROM (SELECT {number}::DOUBLE AS x)").fetchall()[0]
    assert found == float(number.quantize(Decimal("0.01"), ROUND_HALF_UP))


@given(st.lists(st.one_of(st.none(), st.integers(-5, 5)), min_size=1, max_size=40))
@settings(max_examples=40)
def test_the_last_one_as_high_is_the_one_that_a_search_finds(values: list[int | None]) -> None:
    """Leaps of powers of two land where looking at every earlier value does."""
    with duckdb.connect(":memory:") as cursor:
        rows = ", ".join(f"({n}, {'NULL' if value is None else value}::DOUBLE)" for n, value in enumerate(values))
        cursor.execute(f"CREATE TABLE f AS SELECT * FROM (VALUES {rows}) AS f(n, p)")
        cursor.execute("CREATE TABLE sessions AS SELECT n FROM f")
        found = cursor.execute(f"SELECT spot FROM ({last_as('(SELECT * FROM f)', 'p', 6)}) ORDER BY n").fetchall()
    wanted = []
    for n, value in enumerate(values):
        earlier = [m for m in range(n) if value is not None and values[m] is not None and values[m] >= value]  # type: ignore[operator]
        wanted.append(earlier[-1] if earlier else None)
    assert [spot for (spot,) in found] == wanted


def test_every_figure_of_the_first_reader_is_one_of_the_second() -> None:
    """With the same unit, label and formula: a measure that has one home alone would be called false on the page."""
    made = columns(
        {symbol: [100.0 + day % 7 for day in range(30)] for symbol in ("S", "ST", "L", "LT", "F", "N", "B", "V", "O")}
    )
    catalogue = FigureCatalogue(UNIVERSE)
    names = [name for name in catalogue.names() if made.column(name) is None]
    assert names == []
    for name in catalogue.names():
        first, second = catalogue.define(name), made.spec(name)
        assert second is not None
        assert (second.unit, second.label, second.formula) == (first.unit, first.label, first.formula), name
