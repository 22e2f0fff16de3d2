"""Sessions without a price inside a history: found, and told."""

from __future__ import annotations

from datetime import date

import numpy as np

from generator.market.judging.gaps import find_gaps, gaps_told, of_the_exchange
from generator.market.sessions import trading_days
from generator.market.source import SourceReply
from generator.model import Bars, Universe

DAYS = trading_days(date(2022, 1, 3), date(2024, 10, 31))


def without(symbol: str, *days: str) -> Bars:
    absent = np.array(days, dtype="datetime64[D]")
    kept = DAYS[~np.isin(DAYS, absent)]
    return Bars(symbol, kept, close=np.full(len(kept), 100.0))


def reply(*bars: Bars) -> SourceReply:
    return SourceReply({each.symbol: each for each in bars})


def test_a_session_missing_inside_is_named(universe: Universe) -> None:
    """The day and the symbol; before the first close and after the last nothing is missing."""
    gaps = find_gaps(reply(without("^RUT", "2022-01-03", "2024-07-09", "2024-10-31")), universe, DAYS)
    assert {key: days.astype(str).tolist() for key, days in gaps.items()} == {("^RUT", "close"): ["2024-07-09"]}
    assert list(gaps_told(gaps, universe, DAYS)) == [
        "^RUT has no close for 2024-07-09: what runs across is left untold"
    ]


def test_many_are_counted(universe: Universe) -> None:
    """Three are named, the others told by their number."""
    days = [str(day) for day in DAYS[100:121]]
    gaps = find_gaps(reply(without("^GSPC", *days)), universe, DAYS)
    (told,) = gaps_told(gaps, universe, DAYS)
    assert f"{days[0]}, {days[1]}, {days[2]} and 18 more" in told


def test_a_bank_holiday_is_no_gap_of_a_yield(universe: Universe) -> None:
    """Bonds rest on Columbus Day; a yield that misses another day is told, though its figures are left as they are."""
    gaps = find_gaps(reply(without("^TNX", "2024-10-14", "2024-10-16", "2022-06-01")), universe, DAYS)
    assert {key: days.astype(str).tolist() for key, days in gaps.items()} == {
        ("^TNX", "close"): ["2022-06-01", "2024-10-16"]
    }
    assert [line.partition(":")[0] for line in gaps_told(gaps, universe, DAYS)] == ["^TNX has no close for 2024-10-16"]
    assert of_the_exchange(gaps, universe) == {}
