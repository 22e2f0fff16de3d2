"""The day's level and range."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from generator.figures.table import FigureTable
from generator.model import Kind, Segment, Unit

Table = Callable[..., FigureTable]
Make = Callable[..., Segment]
RANGE = {"SMALL": {"high": [101.0, 106.0], "low": [99.0, 97.0]}}


@pytest.mark.parametrize(
    ("kind", "unit"),
    [
        (Kind.INDEX, Unit.LEVEL),
        (Kind.FUND, Unit.DOLLARS),
        (Kind.CRYPTO, Unit.DOLLARS),
        (Kind.CURRENCY, Unit.LEVEL),
        (Kind.YIELD, Unit.YIELD),
        (Kind.VOLATILITY, Unit.VOLATILITY),
    ],
)
def test_a_level_has_the_unit_of_what_is_measured(table: Table, segment: Make, kind: Kind, unit: Unit) -> None:
    """An index closes at a level, a fund in dollars, a yield in percent."""
    assert table({"it": [1.0]}, segment("it", kind)).catalogue.define("it_level").unit is unit


def test_the_low_is_measured_from_the_close_before(table: Table) -> None:
    """A low of 97 after a close of 100 was 3% down at worst; the high of 106 was 6% up."""
    figures = table({"small": [100.0, 104.0]}, bars=RANGE)
    assert figures.printed("small_low_return_1d")[1] == -3.0
    assert figures.printed("small_high_return_1d")[1] == 6.0
    assert figures.printed("small_range_1d")[1] == 9.0


def test_without_highs_and_lows_there_is_no_range(table: Table) -> None:
    """A source that has only closes leaves the range absent."""
    assert np.isnan(table({"small": [100.0, 104.0]}).values("small_range_1d")).all()


def test_a_funds_low_is_adjusted_as_its_close_is(table: Table, segment: Make) -> None:
    """Where the adjusted close is half the close, the low counts half too."""
    bars = {"FUND": {"close": [100.0, 100.0], "low": [98.0, 97.0]}}
    figures = table({"fund": [50.0, 50.0]}, segment("fund", Kind.FUND), bars=bars)
    assert figures.printed("fund_low_1d")[1] == 48.5
    assert figures.printed("fund_low_return_1d")[1] == -3.0


def test_the_evidence_of_a_low_is_the_low_and_the_close_before(table: Table) -> None:
    """Both prices behind a low of the day are shown."""
    evidence = table({"small": [100.0, 104.0]}, bars=RANGE).evidence("small_low_return_1d", 1)
    assert [(price.field, price.value) for price in evidence] == [("close", 100.0), ("low", 97.0)]
