"""Gaps between two segments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import MixedBasisError, UnknownFigureError
from generator.figures.relative import names
from generator.figures.rounding import rounded
from generator.figures.table import FigureTable
from generator.model import Basis, Kind, Segment, Unit

Table = Callable[..., FigureTable]
Make = Callable[..., Segment]
TURN = np.array(["2023-12-29", "2024-01-02", "2024-01-03", "2024-01-04"], dtype="datetime64[D]")
closes = st.lists(st.floats(50.0, 150.0), min_size=6, max_size=6)


@given(closes, closes)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_the_page_shows_adds_up(table: Table, one: list[float], other: list[float]) -> None:
    """The printed gap is the difference of the two printed returns, to the last digit, whatever the prices."""
    figures = table({"small": one, "large": other})
    first, second = figures.printed("small_return_1d"), figures.printed("large_return_1d")
    np.testing.assert_array_equal(figures.printed("small_minus_large_1d"), rounded(first - second, 2))


def test_a_gap_comes_from_what_is_printed_not_from_what_is_behind_it(table: Table) -> None:
    """1.004% prints as 1.00 and 0.006% as 0.01: the page says 0.99 apart, not 1.00."""
    figures = table({"small": [100_000.0, 101_004.0], "large": [100_000.0, 100_006.0]})
    assert figures.printed("small_minus_large_1d")[1] == 0.99
    assert figures.values("small_minus_large_1d")[1] == pytest.approx(0.0099)


def test_an_index_and_a_fund_are_compared_with_dividends(table: Table, segment: Make) -> None:
    """The index steps aside for its tracking fund; both returns are total returns."""
    figures = table(
        {"small": [100.0, 101.0], "tracker": [10.0, 10.2], "fund": [50.0, 50.5]},
        segment("small", total="TRACKER"),
        segment("fund", Kind.FUND),
    )
    definition = figures.catalogue.define("small_minus_fund_1d")
    assert figures.printed("small_minus_fund_1d")[1] == 1.0
    assert (definition.basis, definition.unit, definition.symbols) == (Basis.TOTAL, Unit.POINTS, ("TRACKER", "FUND"))


def test_price_beside_total_return_is_refused_without_any_data(table: Table, segment: Make) -> None:
    """An index with no total return cannot be compared with a fund, whatever the suffix."""
    catalogue = table({"small": [1.0]}, segment("fund", Kind.FUND)).catalogue
    for name in ("small_minus_fund_1d", "small_minus_fund_streak", "small_over_fund"):
        with pytest.raises(MixedBasisError, match="small"):
            catalogue.define(name)


def test_a_segment_is_not_compared_with_itself(table: Table) -> None:
    """A gap with oneself is no figure."""
    with pytest.raises(UnknownFigureError):
        table({"small": [1.0]}).catalogue.define("small_minus_small_1d")


def test_how_long_one_has_led_the_other(table: Table) -> None:
    """Behind at first, for how long nobody knows; then ahead twice, level once, behind once."""
    figures = table({"small": [101.0, 100.0, 102.0, 104.0, 104.0, 100.0], "large": [100.0] * 6})
    found = figures.values("small_minus_large_streak").tolist()
    assert found == pytest.approx([np.nan, np.nan, 1, 2, 0, -1], nan_ok=True)


def test_one_level_in_terms_of_another(table: Table) -> None:
    """2,125.04 over 5,584.54 is 0.381."""
    assert table({"small": [2125.04], "large": [5584.54]}).printed("small_over_large")[0] == 0.381


def test_two_yields_are_apart_in_basis_points(table: Table, segment: Make) -> None:
    """4.19% printed less 5.20% printed is 101 basis points below."""
    yields = [segment(key, Kind.YIELD) for key in ("note", "bill")]
    figures = table({"note": [4.193], "bill": [5.198]}, *yields)
    assert figures.printed("note_minus_bill")[0] == -101.0
    assert figures.catalogue.define("note_minus_bill").unit is Unit.BASIS_POINTS


def test_rates_that_are_quoted_differently_are_not_subtracted(table: Table, segment: Make) -> None:
    """A bill's discount rate less a bond's yield would be a number of no market; it is offered by no list either."""
    note, bill = (
        replace(segment(key, Kind.YIELD), quoted=quoted)
        for key, quoted in (("note", "bond yield"), ("bill", "discount rate"))
    )
    catalogue = table({"note": [4.193], "bill": [5.198]}, note, bill).catalogue
    with pytest.raises(MixedBasisError, match="'bill', quoted as a discount rate, from 'note'"):
        catalogue.define("note_minus_bill")
    assert not [name for name in names(catalogue.universe) if "bill" in name]


def test_a_yield_is_not_compared_with_a_price(table: Table, segment: Make) -> None:
    """A yield less a return is no figure."""
    catalogue = table({"small": [1.0], "note": [4.0]}, segment("note", Kind.YIELD)).catalogue
    for name in ("small_minus_note_1d", "small_minus_note", "small_over_note", "note_minus_small"):
        with pytest.raises(UnknownFigureError):
            catalogue.define(name)


def test_the_evidence_of_a_gap_is_four_closes(table: Table) -> None:
    """Two closes for each side; for a streak those of its first and last session."""
    figures = table({"small": [101.0, 100.0, 102.0, 104.0], "large": [100.0, 100.0, 100.0, 101.0]})
    assert [price.symbol for price in figures.evidence("small_minus_large_1d", 3)] == ["SMALL"] * 2 + ["LARGE"] * 2
    assert len(figures.evidence("small_minus_large_streak", 3)) == 8
    assert [price.value for price in figures.evidence("small_over_large", 3)] == [104.0, 101.0]


def test_a_lead_changes_by_more_than_the_days_gap(table: Table) -> None:
    """+20% and +10% become +20% and +11% in a day: 0.91 points of the day, a whole point of the year's lead."""
    small, large = [100.0, 110.0, 120.0, 120.0], [100.0, 105.0, 110.0, 111.0]
    figures = table({"small": small, "large": large}, days=TURN)
    assert figures.printed("small_minus_large_1d")[3] == -0.91
    assert figures.printed("small_minus_large_ytd_change")[3] == -1.0


def test_a_lead_has_no_change_where_its_period_begins(table: Table) -> None:
    """On the first session of a year the lead before it was another year's."""
    figures = table({"small": [100.0, 110.0, 120.0], "large": [100.0] * 3}, days=TURN[:3])
    assert np.isnan(figures.printed("small_minus_large_ytd_change")[1])
    assert figures.printed("small_minus_large_ytd_change")[2] == 10.0
