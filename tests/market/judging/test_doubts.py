"""Which prices cannot be right, told by their moves alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.editorial.universe import read_universe
from generator.market.files.source import CsvSource
from generator.market.judging.doubts import RECENT, History, doubts
from generator.market.sessions import trading_days
from generator.market.source import Action
from generator.model import Bars, Column, Kind
from generator.project import bundled_root

DAYS = trading_days(date(2012, 1, 3), date(2024, 7, 11))
LAST = len(DAYS)


def closes(seed: int = 0) -> Column:
    """Twelve years of closes that move as a fund's do: mostly little, now and then by some percent."""
    chance = np.random.default_rng(seed)
    return 100.0 * np.exp(np.cumsum(np.clip(0.008 * chance.standard_t(5, LAST), -0.09, 0.09)))


def told(
    column: Column, adjusted: Column | None = None, actions: Sequence[Action] | None = None, kind: Kind = Kind.FUND
) -> str:
    """The doubt about one symbol among five others; nothing if there is none."""
    bars = Bars("ONE", DAYS, close=column, adj_close=adjusted)
    others = {f"S{seed}": History(Kind.FUND, Bars("S", DAYS, close=closes(seed))) for seed in range(1, 6)}
    found = doubts({"ONE": History(kind, bars, actions), **others})
    return found["ONE"].why if "ONE" in found else ""


def scaled(by: float, first: int, last: int | None = None) -> Column:
    column = closes()
    column[first:last] *= by
    return column


@pytest.mark.parametrize("length", [1, 2, 5, 40])
@pytest.mark.parametrize("by", [0.23 / 152, 0.01, 100.0, 0.5, 1.4])
@pytest.mark.parametrize("first", [40, 1500, LAST - 60])
def test_rows_at_another_scale_are_found_wherever_they_stand(first: int, by: float, length: int) -> None:
    """One day or two months, in the first year or in the last, a hundred times too high or a third."""
    assert told(scaled(by, first, first + length)).startswith("a move without example")


@pytest.mark.parametrize("by", [0.1, 4.0])
def test_a_scale_that_changes_for_good_is_found(by: float) -> None:
    """A fund is not worth a tenth overnight, however long ago."""
    assert str(DAYS[1000]) in told(scaled(by, 1000))


def test_a_split_of_long_ago_that_was_never_worked_in_is_found() -> None:
    """The supplier tells of it, and the prices before it are at the old scale."""
    split = Action(DAYS[900].astype(object), "split", 2.0)
    assert "old scale" in told(scaled(0.5, 900), actions=[split])


def test_what_the_market_did_is_believed() -> None:
    """A crash and a recovery of all are no misprint of each."""
    shock = np.ones(LAST)
    shock[2000:2003] = 0.6
    histories = {f"S{n}": History(Kind.FUND, Bars("S", DAYS, close=closes(n) * shock)) for n in range(6)}
    assert doubts(histories) == {}


def test_what_is_vouched_for_is_believed() -> None:
    """A move that somebody knows to be true is not doubted; the next one is."""
    bars = Bars("ONE", DAYS, close=scaled(0.1, 1000))
    day = DAYS[1000].astype(object)
    assert "ONE" in doubts({"ONE": History(Kind.FUND, bars)})
    assert doubts({"ONE": History(Kind.FUND, bars)}, frozenset({("ONE", day)})) == {}


# --- adjusted closes ------------------------------------------------------------------------------


def paid(by: float, row: int) -> Column:
    """Adjusted closes with one dividend of a share of the price."""
    column = closes()
    column[:row] *= 1 - by
    return column


def test_a_dividend_explains_what_an_adjusted_close_gains() -> None:
    """Two percent that were paid, told or not, and even a tenth at once."""
    row = 2000
    dividend = [Action(DAYS[row].astype(object), "dividend", 0.1 * float(closes()[row - 1]))]
    assert told(closes(), paid(0.02, row)) == ""
    assert told(closes(), paid(0.1, row)) == ""
    assert told(closes(), paid(0.1, row), dividend) == ""
    assert "no dividend explains" in told(closes(), paid(0.1, row), [])


@pytest.mark.parametrize(
    "change", [(0, -1, 10.0), (-1, None, 0.1), (1000, None, 0.5), (1000, 1010, 2.0), (0, 1000, 0.5)]
)
def test_an_adjusted_close_at_another_scale_is_found(change: tuple[int, int | None, float]) -> None:
    """Ten times too high until today, a tenth today, halved for good, doubled for two weeks: the close is right."""
    first, last, by = change
    adjusted = closes()
    adjusted[first:last] *= by
    assert "no dividend explains" in told(closes(), adjusted)


def test_an_adjusted_close_that_runs_away_slowly_is_found() -> None:
    """What it gained on the close it cannot lose again, be it by little and little."""
    assert "no dividend explains" in told(closes(), closes() * np.linspace(1.5, 1.0, LAST))


def test_without_closes_the_adjusted_ones_are_judged_as_such() -> None:
    """A fund of which only total returns are held is no less judged."""
    bars = Bars("ONE", DAYS, adj_close=scaled(0.01, 900, 903))
    assert "ONE" in doubts({"ONE": History(Kind.FUND, bars)})


# --- real history ---------------------------------------------------------------------------------


def test_real_history_is_believed_to_the_last_price(shared_data: Path) -> None:
    """No file beside the checkout is doubted: crashes, records and near-zero yields are true."""
    universe = read_universe(bundled_root() / "content")
    symbols = [path.stem for path in sorted((shared_data / "prices").glob("*.csv"))]
    nonpositive = frozenset({"^IRX", "^TNX", "ZQ=F"})
    reply = CsvSource(shared_data, nonpositive, universe.kinds()).history(symbols, date(2025, 6, 30))
    assert reply.omissions == {}


@pytest.mark.parametrize(
    ("symbol", "spoil"),
    [
        ("^RUT", lambda column: np.r_[column[:-9], column[-9:-4] * (0.23 / 152), column[-4:]]),
        ("^RUT", lambda column: np.r_[column[:-60], column[-60] * 100, column[-59:]]),
        ("^GSPC", lambda column: np.r_[column[:2000], column[2000:2003] * 1.4, column[2003:]]),
        ("^TNX", lambda column: np.r_[column[:2000], column[2000:] * 10]),
        ("NVDA", lambda column: np.r_[column[:-1] * 10, column[-1:]]),
    ],
)
def test_real_history_that_was_damaged_is_not(
    shared_data: Path, symbol: str, spoil: Callable[[Column], Column]
) -> None:
    """The blocks, glitches and scales that people have met, in prices as they are."""
    universe = read_universe(bundled_root() / "content")
    kinds = universe.kinds()
    reply = CsvSource(shared_data, frozenset({"^TNX", "^IRX"}), kinds).history(universe.symbols(), date(2025, 6, 30))
    bars = dict(reply.bars)
    name = "adj_close" if symbol == "NVDA" else "close"
    whole = bars[symbol].column(name)
    assert whole is not None
    bars[symbol] = replace(bars[symbol], **{name: spoil(whole)})
    assert list(doubts({one: History(kinds[one], each) for one, each in bars.items()})) == [symbol]


@settings(deadline=None, max_examples=60)
@given(
    first=st.integers(0, LAST - 2),
    length=st.integers(1, 300),
    by=st.one_of(st.floats(1e-4, 0.6), st.floats(1.7, 1e4)),
)
def test_no_block_at_another_scale_passes(first: int, length: int, by: float) -> None:
    """Wherever it stands and however long it is, it is told, unless nothing else is left to hold it against.

    What has changed in the last sessions and has not come back may be news: it takes half or double to be doubted.
    """
    last = min(first + length, LAST)
    lately = last == LAST and LAST - first <= RECENT and 0.5 < by < 2
    found = told(scaled(by, first, last))
    assert found or lately or (first == 0 and last == LAST)
