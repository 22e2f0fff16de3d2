"""The simulated market as a source of prices: consistent, repeatable, and never mistaken for the real one."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from generator.market.sessions import trading_days
from generator.market.simulated.instruments import EPOCH, instrument_of
from generator.market.simulated.source import SampleSource
from generator.market.source import PRICE_COLUMNS, SourceReply
from generator.model import Bars, Column, Kind, Universe
from tests.market.invented import segment

THROUGH = date(2026, 6, 30)


@pytest.fixture(scope="module")
def reply(universe: Universe) -> SourceReply:
    """The whole universe through a day in 2026."""
    return SampleSource(universe).history(universe.symbols(), THROUGH)


def held(bars: Bars, name: str = "close") -> Column:
    column = bars.column(name)
    assert column is not None
    return column


def test_the_whole_universe_is_there(reply: SourceReply, universe: Universe) -> None:
    """No symbol of the universe is missing, not even one that nobody has heard of."""
    assert set(reply.bars) == set(universe.symbols())
    assert reply.omissions == {}


def test_it_says_that_it_is_simulated(universe: Universe) -> None:
    """The source is marked, so that every page can say so."""
    source = SampleSource(universe)
    assert source.simulated
    assert source.supplier == "a simulated market"


def test_thirty_years_on_the_exchanges_own_days(reply: SourceReply) -> None:
    """The index is there on every session from January 1996 to the day asked for."""
    days = reply.bars["^RUT"].days
    assert days.tolist() == trading_days(EPOCH, THROUGH).tolist()
    assert (THROUGH - EPOCH).days > 30 * 365


@pytest.mark.parametrize("through", [date(1996, 1, 2), date(1999, 3, 1), date(2017, 11, 9), date(2026, 6, 26)])
def test_a_later_day_leaves_the_past_as_it_was(reply: SourceReply, universe: Universe, through: date) -> None:
    """Prices once told are not told otherwise later, to the last digit."""
    earlier = SampleSource(universe).history(universe.symbols(), through)
    for symbol, bars in earlier.bars.items():
        for name in PRICE_COLUMNS:
            column = bars.column(name)
            if column is not None:
                assert column.tolist() == held(reply.bars[symbol], name)[: len(column)].tolist()


def test_the_same_day_gives_the_same_prices_whatever_else_is_asked(reply: SourceReply, universe: Universe) -> None:
    """A symbol's prices do not depend on its neighbours, nor on the order of the universe."""
    fewer = replace(universe, segments=dict(reversed(list(universe.segments.items()))))
    alone = SampleSource(fewer).history(["KRE"], THROUGH)
    assert held(alone.bars["KRE"]).tolist() == held(reply.bars["KRE"]).tolist()


def test_the_day_holds_together(reply: SourceReply) -> None:
    """No open or close lies outside the day's range, and no price is below nothing."""
    for bars in reply.bars.values():
        if bars.high is None or bars.low is None or bars.open is None:
            continue
        close = held(bars)
        assert (bars.low <= np.minimum(bars.open, close)).all()
        assert (bars.high >= np.maximum(bars.open, close)).all()
        assert (bars.low > 0).all()


def test_indices_stand_where_a_reader_expects_them(reply: SourceReply) -> None:
    """After thirty years small caps stand in the low thousands, large caps in the mid thousands."""
    assert 1500 < held(reply.bars["^RUT"])[-1] < 4000
    assert 4000 < held(reply.bars["^GSPC"])[-1] < 10000


def test_small_caps_move_more_and_mostly_together_with_large(reply: SourceReply) -> None:
    """A day's move is about 1.2 percent for small caps and 1 percent for large, and they correlate at about 0.85."""
    small, large = (np.diff(np.log(held(reply.bars[symbol]))) for symbol in ("^RUT", "^GSPC"))
    assert 0.010 < small.std() < 0.014
    assert 0.008 < large.std() < 0.012
    assert 0.78 < np.corrcoef(small, large)[0, 1] < 0.92


def test_a_fund_follows_its_index(reply: SourceReply) -> None:
    """IWM moves with the Russell 2000 from day to day, to a twentieth of a percent or so."""
    fund, index = held(reply.bars["IWM"]), held(reply.bars["^RUT"])
    gaps = np.diff(np.log(fund)) - np.diff(np.log(index[-len(fund) :]))
    assert gaps.std() < 0.0006


def test_dividends_are_in_the_adjusted_close(reply: SourceReply) -> None:
    """The total return runs ahead of the price return by the payout, in four steps a year."""
    fund = reply.bars["SPY"]
    steps = np.diff(np.log(held(fund, "adj_close") / held(fund)))
    payments = steps[steps > 0.001]
    assert len(payments) == pytest.approx(4 * 30.5, abs=1)
    assert payments.mean() * 4 == pytest.approx(instrument_of("SPY", Kind.FUND).payout, rel=0.02)


def test_an_index_has_no_adjusted_close(reply: SourceReply) -> None:
    """A price index knows no dividends; a symbol whose total return is never asked for has none either."""
    assert reply.bars["^RUT"].adj_close is None
    assert reply.bars["ETH-USD"].adj_close is None


def test_a_yield_has_a_close_alone(reply: SourceReply) -> None:
    """A yield is quoted in percent at the close, and stays between nothing and ten."""
    bars = reply.bars["^TNX"]
    assert bars.open is None
    assert held(bars).min() > 0
    assert held(bars).max() < 10


def test_a_symbol_begins_at_its_inception(universe: Universe) -> None:
    """Ether was not there in 2010: it is told by the day on which it begins."""
    reply = SampleSource(universe).history(universe.symbols(), date(2010, 6, 1))
    assert reply.begins["ETH-USD"] == date(2017, 11, 9)
    assert "ETH-USD" not in reply.bars


def test_before_its_first_session_everything_is_still_to_begin(universe: Universe) -> None:
    """There is no simulated market before 1996, and the reply says when there will be."""
    reply = SampleSource(universe).history(universe.symbols(), date(1990, 1, 2))
    assert reply.bars == {}
    assert reply.begins["^RUT"] == EPOCH


def test_a_symbol_outside_the_universe_is_an_omission(universe: Universe) -> None:
    """Nothing is simulated that the universe does not hold."""
    assert "universe" in SampleSource(universe).history(["NOPE"], THROUGH).omissions["NOPE"]


def test_a_bigger_universe_is_made_well_under_a_second(universe: Universe) -> None:
    """Seventy-five symbols over thirty years take a tenth of a second or two."""
    more = {f"more{n}": segment(f"more{n}", Kind.STOCK, total=f"MORE{n}") for n in range(75)}
    source = SampleSource(replace(universe, segments={**universe.segments, **more}))
    start = time.perf_counter()
    source.history([f"MORE{n}" for n in range(75)], THROUGH)
    assert time.perf_counter() - start < 1.0
