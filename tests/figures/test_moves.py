"""The day's move beside the moves of its year and beside that of the day before."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.figures.table import FigureTable
from generator.model import Basis, Kind, Segment, Unit

from .conftest import weekdays

Table = Callable[..., FigureTable]
Make = Callable[..., Segment]
TURN = weekdays(40, "2023-12-11")
"""Fifteen weekdays of one year, then 25 of the next."""
closes = st.lists(
    st.one_of(st.sampled_from([99.0, 100.0, 101.0]), st.floats(80.0, 120.0)), min_size=TURN.size, max_size=TURN.size
)


@given(closes)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_moves_as_large_are_those_a_loop_finds(table: Table, prices: list[float]) -> None:
    """Of each session's year so far, those whose printed move, up or down, is no smaller; the first year is not held."""
    figures = table({"small": prices}, days=TURN)
    moves = pd.Series(figures.printed("small_return_1d"), pd.DatetimeIndex(TURN)).abs()
    expected = [
        np.nan if day.year == 2023 else sum(moves[(moves.index.year == day.year) & (moves.index <= day)] >= size)
        for day, size in moves.items()
    ]
    np.testing.assert_array_equal(figures.values("small_moves_as_large_ytd"), expected)


@given(closes)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_undone_is_the_one_step_over_the_other(table: Table, prices: list[float]) -> None:
    """As pandas divides them: a fall by the rise before, a rise by the fall before, and nothing of any other two days."""
    figures = table({"small": prices}, days=TURN)
    close, move = pd.Series(prices), pd.Series(figures.printed("small_return_1d"))
    share = -(close.diff() / close.diff().shift().where(lambda step: step != 0.0))
    given_back = share.where((move.shift() > 0) & (move < 0))
    regained = share.where((move.shift() < 0) & (move > 0))
    np.testing.assert_allclose(figures.values("small_given_back_1d"), given_back)
    np.testing.assert_allclose(figures.values("small_regained_1d"), regained)


def test_more_can_be_given_back_than_was_gained(table: Table) -> None:
    """Up four points and down five is 125% of the rise; up one and a half after that regains 30% of the fall."""
    figures = table({"small": [100.0, 104.0, 99.0, 100.5]})
    assert figures.printed("small_given_back_1d").tolist() == pytest.approx([np.nan, np.nan, 125, np.nan], nan_ok=True)
    assert figures.printed("small_regained_1d").tolist() == pytest.approx([np.nan] * 3 + [30], nan_ok=True)


def test_a_rise_that_prints_as_nothing_is_none_to_give_back(table: Table) -> None:
    """From 10,000 to 10,000.01 prints as 0.00%."""
    assert np.isnan(table({"small": [10_000.0, 10_000.01, 9_000.0]}).values("small_given_back_1d")).all()


def test_after_a_missing_close_the_moves_of_the_year_are_not_counted(table: Table) -> None:
    """The missing move may have been as large; a new year is counted anew."""
    prices: list[float | None] = [100.0 + day for day in range(TURN.size)]
    prices[20] = None
    counts = table({"small": prices}, days=TURN).values("small_moves_as_large_ytd")
    assert not np.isnan(counts[15:20]).any()
    assert np.isnan(counts[20:]).all()


def test_what_these_figures_are(table: Table, segment: Make) -> None:
    """A count of sessions, and shares without decimals; a yield has neither."""
    catalogue = table({"small": [1.0], "note": [4.0]}, segment("note", Kind.YIELD)).catalogue
    counted, share = catalogue.define("small_moves_as_large_ytd"), catalogue.define("small_given_back_1d")
    assert (counted.unit, counted.basis, counted.decimals) == (Unit.COUNT, Basis.NONE, 0)
    assert (share.unit, share.basis, share.decimals) == (Unit.PERCENT, Basis.PRICE, 0)
    assert not [name for name in catalogue.names_of("note") if "as_large" in name or "regained" in name]


def test_the_evidence_is_the_ends_of_what_was_counted(table: Table) -> None:
    """The first and the last move of the year so far; for a share all three closes."""
    figures = table({"small": [100.0 + day % 3 for day in range(TURN.size)]}, days=TURN)
    days = [price.day.isoformat() for price in figures.evidence("small_moves_as_large_ytd", 20)]
    assert days == ["2023-12-29", "2024-01-01", "2024-01-05", "2024-01-08"]
    assert [price.value for price in figures.evidence("small_given_back_1d", 3)] == [101.0, 102.0, 100.0]
