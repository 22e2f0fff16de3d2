"""Which days are whose, and when they end."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from generator.market.judging.own_days import day_ends, days_due, not_a_day, not_its_index, quoted_since
from generator.model import Bars, Kind

NEW_YORK = ZoneInfo("America/New_York")
COLUMBUS = date(2024, 10, 14)


@pytest.mark.parametrize(
    ("kind", "due"),
    [(Kind.FUND, True), (Kind.VOLATILITY, True), (Kind.YIELD, False), (Kind.COMMODITY, False), (Kind.CURRENCY, False)],
)
def test_banks_rest_when_stocks_trade(kind: Kind, due: bool) -> None:
    """On Columbus Day the exchange is open; a yield, a future or a currency may rest."""
    assert (str(COLUMBUS) in days_due(kind, date(2024, 10, 11), date(2024, 10, 15)).astype(str)) is due


def test_crypto_trades_every_day() -> None:
    """Seven days a week, Christmas among them."""
    assert len(days_due(Kind.CRYPTO, date(2024, 12, 22), date(2024, 12, 28))) == 7
    assert len(days_due(Kind.FUND, date(2024, 12, 22), date(2024, 12, 28))) == 4


@pytest.mark.parametrize(
    ("kind", "day", "ends"),
    [
        (Kind.INDEX, date(2024, 7, 2), "2024-07-02 16:00"),
        (Kind.INDEX, date(2024, 7, 3), "2024-07-03 13:00"),
        (Kind.COMMODITY, date(2024, 7, 3), "2024-07-03 17:00"),
        (Kind.YIELD, date(2024, 7, 3), "2024-07-03 16:00"),
        (Kind.CRYPTO, date(2024, 7, 2), "2024-07-02 20:00"),
        (Kind.CRYPTO, date(2024, 12, 2), "2024-12-02 19:00"),
    ],
)
def test_each_kind_ends_its_day(kind: Kind, day: date, ends: str) -> None:
    """Stocks close early before a holiday, and nothing else does; midnight UTC is the evening in New York."""
    assert f"{day_ends(kind, day).astimezone(NEW_YORK):%Y-%m-%d %H:%M}" == ends


def test_only_the_exchange_trades_to_the_minute() -> None:
    """A fund's last trade is at the close; a yield's may be hours before its day ends."""
    day = date(2024, 7, 2)
    assert quoted_since(Kind.FUND, day) == datetime(2024, 7, 2, 16, 0, tzinfo=NEW_YORK)
    assert quoted_since(Kind.YIELD, day) == datetime(2024, 7, 2, 0, 0, tzinfo=NEW_YORK)


SESSIONS = np.array(
    ["2001-09-10", "2001-09-17", "2001-09-18", "2001-10-05", "2001-10-08", "2001-10-09"], "datetime64[D]"
)


def closes_on(*days: str) -> Bars:
    column = np.array(days, "datetime64[D]")
    return Bars("X", column, close=np.arange(1.0, len(days) + 1))


@pytest.mark.parametrize(
    ("kind", "bars", "expected"),
    [
        (Kind.YIELD, closes_on("2001-09-10", "2001-09-17", "2001-09-18"), ["2001-09-17", "2001-10-08"]),
        (Kind.CURRENCY, closes_on("2001-09-10", "2001-09-17", "2001-09-18"), ["2001-09-17"]),
        (Kind.CURRENCY, closes_on("2001-09-17", "2001-10-06"), ["2001-09-17", "2001-10-08"]),
        (Kind.CRYPTO, closes_on("2001-09-10", "2001-10-06", "2001-10-07"), ["2001-09-17", "2001-10-08"]),
        (Kind.INDEX, closes_on("2001-09-10", "2001-10-06"), []),
    ],
    ids=["shut, and Columbus Day", "shut", "a close of its own between", "a weekend", "of the exchange"],
)
def test_a_move_over_days_of_its_own_is_not_a_days(kind: Kind, bars: Bars, expected: list[str]) -> None:
    """Bonds traded on September 13 and 14, 2001, though the exchange was shut, and rest on Columbus Day though it trades."""
    assert not_a_day(kind, bars, SESSIONS).astype(str).tolist() == expected


def test_a_fund_that_closed_at_another_moment_has_no_day() -> None:
    """The days are those on which its move and its index's are over half a point apart, and those held by both alone."""
    days = np.array(["2008-10-10", "2008-10-13", "2008-10-14", "2008-10-15"], "datetime64[D]")
    index = Bars("I", days, close=np.array([100.0, 111.0, 110.0, 100.0]))
    fund = Bars("F", days[:3], adj_close=np.array([50.0, 54.0, 53.6]))
    assert not_its_index(fund, index).astype(str).tolist() == ["2008-10-13"]
    assert len(not_its_index(Bars("F", days, close=index.close), index)) == 0
