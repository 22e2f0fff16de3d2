"""The two readers count alike from the days on which cited facts were measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from generator.editorial.decisions import measured_of
from generator.figures.table import FigureTable
from generator.model import Bars, Fact, Market
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.prices import PriceTable
from generator.verification.sentences.evidence import Evidence

from ..invented import UNIVERSE

SIZE = 700
NAMES = tuple(
    name
    for key in ("house", "last_house", "last_other")
    for name in (f"small_return_since_{key}", f"small_multiple_since_{key}", f"small_minus_large_since_{key}",
                 f"fund_return_since_{key}")
)  # fmt: skip


def _facts() -> tuple[Fact, ...]:
    """Of before the history, of a weekend, overlapping, one on its own day, and one that grew too old to be told."""
    days = [("house", "2014-03-31", "2014-06-20", "2014-07-01"), ("house", "2014-06-29", "2014-07-02", "2014-08-20"),
            ("house", "2014-07-31", "2014-08-05", "2014-08-10"), ("house", "2015-01-05", "2015-01-05", "2015-04-01"),
            ("other", "2014-09-30", "2014-10-06", "2014-11-03")]  # fmt: skip
    return tuple(
        Fact(key, date.fromisoformat(day), date.fromisoformat(ends), {"ratio": Decimal("1.5")}, "a source",
             "https://example.com/", date.fromisoformat(public), f"{key}-{day}")
        for key, day, public, ends in days
    )  # fmt: skip


@pytest.fixture(scope="module")
def readers() -> tuple[FigureTable, SqlColumns]:
    """Both readers over nearly three years of prices that wander; large caps lack the close of one measurement."""
    days = np.busday_offset("2014-06-02", np.arange(SIZE))
    walk = np.random.default_rng(5)
    bars = {}
    for symbol in ("S", "ST", "L", "LT", "F", "N", "B", "V", "O"):
        closes = 100.0 * np.cumprod(1.0 + walk.normal(0.0, 0.01, SIZE))
        if symbol == "L":
            closes[int(np.searchsorted(days, np.datetime64("2014-07-31")))] = np.nan
        bars[symbol] = Bars(symbol, days, **{"adj_close" if symbol in ("ST", "LT", "F", "O") else "close": closes})
    market = Market(days, date(2017, 2, 6), np.zeros(SIZE, dtype=bool), bars, (), "csv", "nobody")
    facts = _facts()
    universe = replace(UNIVERSE, measured=measured_of(facts))
    return FigureTable(market, universe), SqlColumns(PriceTable(market), UNIVERSE, facts)


@pytest.mark.parametrize("name", NAMES)
def test_both_readers_find_the_same_numbers_and_prices(readers: tuple[FigureTable, SqlColumns], name: str) -> None:
    """On every session, with the same words for what they are."""
    first, second = readers
    other, evidence = second.column(name), Evidence(second)
    assert other is not None
    np.testing.assert_array_equal(first.printed(name), np.array(other.printed))
    one, two = first.catalogue.define(name), other.spec
    assert (one.unit, one.basis, one.label, one.formula) == (two.unit, two.basis, two.label, two.formula)
    told = np.flatnonzero(~np.isnan(first.values(name)))
    assert 5 < told.size < SIZE - 5
    for row in (int(told[0]), int(told[-1]), SIZE - 1):
        quotes = [(one.symbol, one.field, one.day.isoformat(), one.value) for one in first.evidence(name, row)]
        assert len(set(quotes)) == len(quotes)
        assert set(quotes) == evidence.of(name, row)
