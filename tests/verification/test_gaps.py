"""Both readers on histories that lack sessions or begin late: they agree, and neither claims what is not held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from generator.figures.table import FigureTable
from generator.market.sessions import trading_days
from generator.model import Bars, Kind, Market
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.prices import PriceTable
from tests.verification.invented import UNIVERSE

DAYS = trading_days(date(2021, 1, 4), date(2023, 12, 29))
HOLES = {"S": (300, 301, 640), "F": (500,)}
MEASURES = ("level", "return_1d", "return_5d", "streak", "streak_return", "streak_ended", "high_1y", "drawdown_1y")
OPERATORS = ("rank", "rank_low", "n", "percentile", "first", "highest_since", "lowest_since", "sessions_since_higher",
             "highest", "lowest", "average_1y", "before")  # fmt: skip
RECORDS = ("record_close", "record_date", "records_ytd", "to_record", "drawdown", "record_wait", "record_intraday")
DECLINES = ("bear", "bear_peak_date", "correction", "correction_low_date", "correction_decline")


def market(first: int = 0, records_from: date = date(2021, 6, 1)) -> tuple[FigureTable, SqlColumns]:
    """Three years of an index, a fund and others, with sessions missing; both readers over them."""
    bars, gaps = {}, {}
    for number, symbol in enumerate(("S", "ST", "L", "LT", "F", "O", "N", "V")):
        chance = np.random.default_rng(number)
        closes = 100 * np.exp(np.cumsum(chance.normal(0, 0.02, len(DAYS))))
        closes[list(HOLES.get(symbol, ()))] = np.nan
        closes[:first] = np.nan
        bars[symbol] = Bars(symbol, DAYS, high=closes * 1.01, low=closes * 0.99, close=closes, adj_close=closes)
        inside = [row for row in HOLES.get(symbol, ()) if row > first]
        for field in ("close", "adj_close") if inside else ():
            gaps[symbol, field] = DAYS[inside]
    small = replace(UNIVERSE.segments["small"], records_from=records_from)
    universe = replace(UNIVERSE, segments={**UNIVERSE.segments, "small": small})
    made = Market(DAYS, date(2024, 1, 2), np.zeros(len(DAYS), bool), bars, (), "csv", "nobody", gaps=gaps)
    return FigureTable(made, universe), SqlColumns(PriceTable(made), universe, ())


WHOLE = market()
LATE = market(first=120)


def names() -> list[str]:
    found = [f"{key}_{measure}" for key in ("small", "fund") for measure in MEASURES]
    found += [f"small_minus_large_{horizon}" for horizon in ("1d", "5d", "streak")]
    found += [f"both_best_return_{horizon}" for horizon in ("1d", "5d")]
    numbers = [name for name in found if not name.endswith("_ended")]
    return [
        *found,
        *(f"{name}_{operator}" for name in numbers for operator in OPERATORS),
        *(f"small_{measure}" for measure in (*RECORDS, *DECLINES)),
    ]


@pytest.mark.parametrize("readers", [WHOLE, LATE], ids=["with sessions missing", "begun late"])
def test_both_readers_agree(readers: tuple[FigureTable, SqlColumns]) -> None:
    """Every figure of the kinds concerned, on every session: the same value, or absent in both."""
    table, columns = readers
    for name in names():
        computed = columns.column(name)
        assert computed is not None, name
        np.testing.assert_allclose(table.values(name), np.array(computed.values), rtol=1e-9, err_msg=name)


def test_no_record_is_claimed_of_a_history_that_begins_late() -> None:
    """Nobody knows what closed before the first day held; with a session missing nobody knows after it."""
    late, whole = (np.array(each[1].column("small_record_close").values) for each in (LATE, WHOLE))  # type: ignore[union-attr]
    assert np.isnan(late).all()
    first = int(np.searchsorted(DAYS, np.datetime64("2021-06-01")))
    assert not np.isnan(whole[first:300]).any()
    assert np.isnan(whole[300:]).all()


def test_since_at_least_reaches_back_to_the_last_session_missing() -> None:
    """What is the highest `since 2021` must not have been passed on a day that is missing."""
    table, _ = WHOLE
    days = table.values("small_level_first")
    assert np.datetime64(int(days[299]), "D") == DAYS[0]
    assert np.datetime64(int(days[639]), "D") == DAYS[302]
    assert np.datetime64(int(days[-1]), "D") == DAYS[641]
    since = table.values("small_level_highest_since")[302:640]
    assert (since[~np.isnan(since)] >= DAYS[302].astype(np.int64)).all()


def test_what_trades_elsewhere_may_rest() -> None:
    """A yield without a value on a bank holiday lacks nothing."""
    assert WHOLE[1].missing(frozenset({"N"})) == []
    assert UNIVERSE.segments["note"].kind is Kind.YIELD
