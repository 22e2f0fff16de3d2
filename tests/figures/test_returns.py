"""Returns of invented closes, worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.figures.horizons import HORIZONS, span
from generator.figures.table import FigureTable
from generator.figures.windows import at, quotient
from generator.model import Basis, Kind, Segment, Unit

Table = Callable[..., FigureTable]
Make = Callable[..., Segment]


def test_a_day_return_compares_two_closes(table: Table) -> None:
    """From 100 to 103.57 is 3.57%, a fraction inside and a percent on the page."""
    figures = table({"small": [100.0, 103.57]})
    assert figures.values("small_return_1d")[1] == pytest.approx(0.0357)
    assert figures.printed("small_return_1d")[1] == 3.57


def test_an_absent_close_takes_two_returns_with_it(table: Table) -> None:
    """Without Tuesday's close neither Tuesday's nor Wednesday's return exists; none is bridged."""
    figures = table({"small": [100.0, None, 102.0, 103.0]})
    assert np.isnan(figures.values("small_return_1d")).tolist() == [True, True, True, False]


def test_five_sessions_and_the_week_so_far_differ(table: Table) -> None:
    """On a Tuesday the week holds two sessions, and a week's worth of sessions five."""
    figures = table({"small": [100.0, 101, 102, 103, 104, 105, 110]})
    assert figures.printed("small_return_5d")[-1] == round(10 / 101 * 100 - 1 / 1.01, 2)
    assert figures.printed("small_return_wtd")[-1] == 5.77


def test_a_prior_period_stands_still_until_the_period_turns(table: Table) -> None:
    """All through the third week the week before reads the same."""
    closes = [100.0] * 5 + [110.0] * 5 + [120.0, 130.0]
    assert table({"small": closes}).printed("small_return_prior_week")[-2:].tolist() == [10.0, 10.0]


def test_a_total_return_reads_the_adjusted_close_of_the_tracking_fund(table: Table, segment: Make) -> None:
    """An index's total return comes from its fund, dividends included, and says so."""
    figures = table({"small": [100.0, 101.0], "tracker": [50.0, 51.0]}, segment("small", total="TRACKER"))
    definition = figures.catalogue.define("small_total_return_1d")
    assert figures.printed("small_total_return_1d")[1] == 2.0
    assert (definition.basis, definition.symbols) == (Basis.TOTAL, ("TRACKER",))


def test_a_fund_has_one_return_under_both_names(table: Table, segment: Make) -> None:
    """A fund's return is its total return."""
    figures = table({"fund": [50.0, 51.0]}, segment("fund", Kind.FUND))
    assert figures.values("fund_return_1d") is not figures.values("fund_total_return_1d")
    assert figures.values("fund_return_1d").tolist()[1] == figures.values("fund_total_return_1d").tolist()[1]


def test_yields_move_in_basis_points(table: Table, segment: Make) -> None:
    """A yield that goes from 4.28% to 4.193% has fallen 9 basis points."""
    figures = table({"note": [4.28, 4.193]}, segment("note", Kind.YIELD))
    assert figures.printed("note_change_1d")[1] == -9.0
    assert figures.catalogue.define("note_change_1d").unit is Unit.BASIS_POINTS


def test_a_volatility_index_moves_in_points_and_percent(table: Table, segment: Make) -> None:
    """From 12.85 to 12.92 is 0.07 points, and 0.54%, which is no return of any basis."""
    figures = table({"fear": [12.85, 12.92]}, segment("fear", Kind.VOLATILITY))
    assert figures.printed("fear_change_1d")[1] == 0.07
    assert figures.printed("fear_return_1d")[1] == 0.54
    assert figures.catalogue.define("fear_return_1d").basis is Basis.NONE


def test_the_evidence_of_a_return_is_its_two_closes(table: Table) -> None:
    """A reader can divide the two prices shown and finds the figure."""
    figures = table({"small": [100.0, 102.0, 103.0]})
    before, after = figures.evidence("small_return_1d", 2)
    assert (before.value, after.value, before.field, str(after.day)) == (102.0, 103.0, "close", "2024-01-03")


@given(closes=st.lists(st.floats(1.0, 1e5), min_size=30, max_size=40), row=st.integers(22, 29))
def test_longer_returns_are_compounded_shorter_ones(closes: list[float], row: int) -> None:
    """Twenty-one one-session returns in a row make the return over 21 sessions."""
    prices, days = np.array(closes), np.arange(len(closes)).astype("M8[D]")

    def over(key: str) -> np.ndarray:
        end, start = span(days, HORIZONS[key])
        return quotient(at(prices, end), at(prices, start))

    assert over("21d")[row] == pytest.approx(np.prod(over("1d")[row - 20 : row + 1]))


def test_a_move_that_is_not_a_days_is_absent_over_a_day_alone(table: Table, segment: Make) -> None:
    """Where a symbol's own market traded in between, no day's move is told; what runs over five sessions stands."""
    figures = table({"note": [4.0, 4.1, 4.2, 4.3, 4.4, 4.5, 4.6]}, segment("note", Kind.YIELD))
    figures.market = replace(figures.market, not_a_day={"NOTE": figures.market.sessions[2:3]})
    assert np.isnan(figures.values("note_change_1d")[:3]).tolist() == [True, False, True]
    assert figures.values("note_change_5d")[6] == pytest.approx(50.0)
