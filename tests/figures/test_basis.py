"""Which prices a segment's returns are made of, and which may stand side by side."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.errors import MixedBasisError
from generator.figures.basis import common_basis, comparable, has_returns, own_series, return_name
from generator.model import Basis, Kind, Segment, Universe

Make = Callable[..., Segment]
Of = Callable[..., Universe]


def test_dividends_count_for_a_fund_even_where_it_has_a_price(segment: Make) -> None:
    """A fund's own figures are total returns; its plain close is not used for them."""
    series = own_series(segment("fund", Kind.FUND, price="FUND"))
    assert series is not None
    assert (series.field, series.basis) == ("adj_close", Basis.TOTAL)


def test_an_index_is_read_by_its_close(segment: Make) -> None:
    """An index with a tracking fund still speaks of its own price return."""
    series = own_series(segment("index", total="FUND"))
    assert series is not None
    assert (series.symbol, series.basis) == ("INDEX", Basis.PRICE)


def test_two_indices_meet_on_price(segment: Make, universe: Of) -> None:
    """Indices compare by price return, even if both have a total return too."""
    of = universe(segment("one", total="A"), segment("two", total="B"))
    assert common_basis("x", tuple(of.segments.values()), of) is Basis.PRICE


def test_an_index_meets_a_fund_on_total_return(segment: Make, universe: Of) -> None:
    """Beside a fund an index stands by its own total return."""
    of = universe(segment("index", total="TRACKER"), segment("fund", Kind.FUND))
    assert common_basis("x", tuple(of.segments.values()), of) is Basis.TOTAL
    assert return_name(of.segments["index"], Basis.TOTAL, "1d", of) == "index_total_return_1d"
    assert return_name(of.segments["fund"], Basis.TOTAL, "1d", of) == "fund_return_1d"


def test_a_price_without_dividends_never_meets_a_fund(segment: Make, universe: Of) -> None:
    """An index that has no total return cannot stand beside a fund, and the error says what to give it."""
    of = universe(segment("index"), segment("fund", Kind.FUND))
    with pytest.raises(MixedBasisError, match="Give 'index' a `total` symbol"):
        common_basis("index_minus_fund_1d", tuple(of.segments.values()), of)
    assert not comparable(tuple(of.segments.values()), of)


def test_a_basket_counts_as_what_its_members_are(segment: Make, universe: Of) -> None:
    """A basket of stocks has total returns; one with an unknown member, or of baskets, has none."""
    of = universe(
        segment("a", Kind.STOCK),
        segment("basket", Kind.BASKET, members=("a",)),
        segment("broken", Kind.BASKET, members=("a", "gone")),
        segment("nested", Kind.BASKET, members=("basket",)),
    )
    assert return_name(of.segments["basket"], Basis.TOTAL, "5d", of) == "basket_return_5d"
    assert [key for key in of.segments if has_returns(of.segments[key], of)] == ["a", "basket"]


def test_a_yield_has_no_return(segment: Make, universe: Of) -> None:
    """A yield has a level and changes, but it is never compared as a return."""
    of = universe(segment("note", Kind.YIELD))
    assert not comparable(tuple(of.segments.values()), of)
