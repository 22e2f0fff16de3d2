"""Baskets in equal parts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from generator.errors import UnknownFigureError
from generator.figures.table import FigureTable
from generator.model import Basis, Kind, Segment

Table = Callable[..., FigureTable]
Make = Callable[..., Segment]


@pytest.fixture
def basket(table: Table, segment: Make) -> FigureTable:
    """Two stocks; the second has no close on the third session."""
    parts = [segment("one", Kind.STOCK), segment("two", Kind.STOCK)]
    whole = segment("both", Kind.BASKET, members=("one", "two"))
    return table({"one": [100.0, 102.0, 103.0], "two": [10.0, 10.4, None]}, *parts, whole)


def test_a_basket_is_the_mean_of_its_members(basket: FigureTable) -> None:
    """2% and 4% in equal parts make 3%, dividends included."""
    assert basket.printed("both_return_1d")[1] == 3.0
    assert basket.catalogue.define("both_return_1d").basis is Basis.TOTAL


def test_a_basket_without_one_of_its_members_is_absent(basket: FigureTable) -> None:
    """A basket of one is not the basket of two; how many were there is told."""
    assert np.isnan(basket.values("both_return_1d")[2])
    assert basket.values("both_n").tolist() == [2.0, 2.0, 1.0]


def test_a_basket_has_no_level(basket: FigureTable) -> None:
    """It has returns but no level, and so no record or drawdown either."""
    for name in ("both_level", "both_drawdown_1y", "both_total_return_1d", "one_n"):
        with pytest.raises(UnknownFigureError):
            basket.catalogue.define(name)


def test_a_basket_may_be_compared(basket: FigureTable) -> None:
    """A gap to a basket takes its return as a total return."""
    assert basket.printed("two_minus_both_1d")[1] == 1.0


def test_the_evidence_is_every_members_closes(basket: FigureTable) -> None:
    """Two closes for each member, one each for the count."""
    assert len(basket.evidence("both_return_1d", 1)) == 4
    assert len(basket.evidence("both_n", 1)) == 2
