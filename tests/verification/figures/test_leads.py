"""Leads, moves and short highs by both readers: over invented years with sessions missing, and worked by hand."""

from __future__ import annotations

from datetime import date
from math import isnan, nan

import numpy as np
import pytest

from generator.figures.table import FigureTable
from generator.market.sessions import trading_days
from generator.model import Bars, Market
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.prices import PriceTable
from generator.verification.sentences.evidence import Evidence

from ..invented import UNIVERSE, columns, printed

DAYS = trading_days(date(2009, 12, 21), date(2023, 3, 31))
HOLES = {"S": (20, 3_150), "N": (300, 301, 1_500, 3_100), "F": (3_200,)}
SHARES = ("ahead_share_on_{}_up_ytd", "ahead_share_on_{}_up_prior_10y", "behind_share_on_{}_down_ytd",
          "behind_share_on_{}_down_prior_10y", "behind_{}_count_63d", "behind_{}_share_on_note_up_63d",
          "behind_{}_share_on_note_down_63d", "behind_{}_count_63d_before")  # fmt: skip
SINGLE = ("moves_as_large_ytd", "given_back_1d", "regained_1d", "high_20d", "high_20d_date", "low_20d", "low_20d_date",
          "high_20d_before", "low_20d_date_before")  # fmt: skip
NAMES = (
    *(f"{key}_{measure}" for key in ("small", "large", "fund") for measure in SINGLE),
    *(f"{one}_{share.format(other)}" for one, other in (("small", "large"), ("large", "small"), ("large", "fund"))
      for share in SHARES),
)  # fmt: skip


@pytest.fixture(scope="module")
def readers() -> tuple[FigureTable, SqlColumns]:
    """Both readers over thirteen years that lack a few closes."""
    bars, gaps = {}, {}
    for number, symbol in enumerate(("S", "ST", "L", "LT", "F", "O", "N", "B", "V")):
        closes = 100 * np.exp(np.cumsum(np.random.default_rng(number).normal(0, 0.01, len(DAYS))))
        closes[list(HOLES.get(symbol, ()))] = np.nan
        bars[symbol] = Bars(symbol, DAYS, close=closes, adj_close=closes)
        for field in ("close", "adj_close") if symbol in HOLES and symbol != "N" else ():
            gaps[symbol, field] = DAYS[list(HOLES[symbol])]
    made = Market(DAYS, date(2023, 4, 3), np.zeros(len(DAYS), bool), bars, (), "csv", "nobody", gaps=gaps)
    return FigureTable(made, UNIVERSE), SqlColumns(PriceTable(made), UNIVERSE, ())


@pytest.mark.parametrize("name", NAMES)
def test_both_readers_agree(readers: tuple[FigureTable, SqlColumns], name: str) -> None:
    """The same value on every session, to the last digit printed, and absent on the same ones."""
    table, second = readers
    computed = second.column(name)
    assert computed is not None
    np.testing.assert_allclose(table.values(name), np.array(computed.values), rtol=1e-9)
    np.testing.assert_array_equal(table.printed(name), np.array(computed.printed))
    assert (~np.isnan(table.values(name))).any()


@pytest.mark.parametrize("name", NAMES)
def test_both_readers_rest_on_the_same_prices(readers: tuple[FigureTable, SqlColumns], name: str) -> None:
    """On the first and the last session with a value, and on one between."""
    table, second = readers
    rows = np.flatnonzero(~np.isnan(table.values(name)))
    evidence = Evidence(second)
    for row in (int(rows[0]), int(rows[rows.size // 2]), int(rows[-1])):
        first = {(one.symbol, one.field, one.day.isoformat(), one.value) for one in table.evidence(name, row)}
        assert first == evidence.of(name, row) != frozenset()


def test_what_was_given_back_and_what_regained() -> None:
    """Up four points and down five is 125 percent; up one and a half after that is thirty; nothing after a rise."""
    made = columns({"S": [100.0, 104.0, 99.0, 100.5, 101.0]})
    assert [isnan(share) for share in printed(made, "small_given_back_1d")] == [True, True, False, True, True]
    assert printed(made, "small_given_back_1d")[2] == 125.0
    assert printed(made, "small_regained_1d")[3] == 30.0


def test_moves_of_the_year_as_large() -> None:
    """Moves of 1, -2, 1 and 2 percent in the new year: the last is as large as the second, and only these two are."""
    closes = [100.0]
    for move in (5.0, 1.0, -2.0, 1.0, 2.0):
        closes.append(closes[-1] * (1 + move / 100))
    made = columns({"S": closes}, first="2023-12-28")
    assert printed(made, "small_moves_as_large_ytd")[2:] == [1.0, 1.0, 3.0, 2.0]
    assert isnan(printed(made, "small_moves_as_large_ytd")[1])


def test_a_share_wants_ten_sessions() -> None:
    """Nine rises of the other index say nothing yet; of ten, small caps led on five."""
    large = [100.0 * 1.01**day for day in range(12)]
    small = [100.0]
    for day in range(1, 12):
        small.append(small[-1] * (1.02 if day % 2 else 1.005))
    found = printed(columns({"S": small, "L": large}, first="2023-12-29"), "small_ahead_share_on_large_up_ytd")
    assert [isnan(share) for share in found] == [True] * 10 + [False] * 2
    assert found[10] == 50.0


def test_a_high_of_twenty_wants_twenty_closes() -> None:
    """One of them missing leaves none; the first of two alike gives its day."""
    made = columns({"S": [100.0, 105.0, 105.0, *[101.0] * 17, 102.0], "L": [100.0, nan, *[101.0] * 20]})
    assert printed(made, "small_high_20d")[19:21] == [105.0, 105.0]
    assert printed(made, "small_high_20d_date")[19] == printed(made, "session_date")[1]
    assert [isnan(high) for high in printed(made, "large_high_20d")[19:22]] == [True, True, False]


@pytest.mark.parametrize(
    "name", ["small_ahead_share_on_small_up_ytd", "small_behind_fund_count_21d", "note_behind_large_count_63d"]
)
def test_a_count_outside_the_grammar_means_nothing(name: str) -> None:
    """With oneself, over another stretch, of a yield: there is no such figure."""
    assert columns({"S": [1.0, 2.0]}).column(name) is None
