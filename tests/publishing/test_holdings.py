"""What is held of a market by a session, for the ledger and the notes."""

from __future__ import annotations

from datetime import date

import numpy as np

from generator.model import Bars, Market, Omission
from generator.publishing.holdings import Holdings

NAN = float("nan")
DAYS = np.array(["2024-01-02", "2024-01-03", "2024-01-04"], dtype="datetime64[D]")


def bars(symbol: str, *close: float) -> Bars:
    return Bars(symbol, DAYS, close=np.array(close), origin=f"{symbol}.csv")


MARKET = Market(
    sessions=DAYS,
    next_session=date(2024, 1, 5),
    half_days=np.zeros(3, np.bool_),
    histories={"OLD": bars("OLD", 1.0, 2.0, 3.0), "GAP": bars("GAP", 4.0, NAN, 5.0), "NEW": bars("NEW", NAN, NAN, 6.0)},
    omissions=(Omission("GONE", "prices/GONE.csv is missing"),),
    source="csv",
    supplier="a publisher",
)


def test_the_last_session_leaves_out_what_the_source_said() -> None:
    """Tonight's omissions are the source's own words."""
    assert Holdings(MARKET).omissions(2) == MARKET.omissions


def test_an_earlier_session_leaves_out_what_had_not_begun_or_had_a_gap() -> None:
    """No later price is known: a symbol begins on its first one, and a gap is a gap."""
    assert Holdings(MARKET).omissions(1) == (
        Omission("GONE", "prices/GONE.csv is missing"),
        Omission("GAP", "no value for 2024-01-03"),
        Omission("NEW", begins=date(2024, 1, 4)),
    )


def test_the_record_holds_no_later_price() -> None:
    """First and last session and the last price are those of that evening; what had not begun is not listed."""
    record = Holdings(MARKET).record(1)
    assert record["sessions"] == 2
    assert record["symbols"] == {
        "GAP": {
            "origin": "GAP.csv",
            "close": {"sessions": 1, "first": "2024-01-02", "last": "2024-01-02", "last_value": 4.0},
        },
        "OLD": {
            "origin": "OLD.csv",
            "close": {"sessions": 2, "first": "2024-01-02", "last": "2024-01-03", "last_value": 2.0},
        },
    }
