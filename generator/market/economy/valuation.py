"""The price-earnings ratio of a fund's holdings as Yahoo gives it, or the reason there is none.

Yahoo gives the ratio twice: among the fund's holdings, as its reciprocal (0.0561 is 17.8 times; 0 is unknown), and in
the fund's own quote. The ratio is used only if the two agree to within a tenth.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isfinite
from numbers import Real
from typing import Any, Protocol

from generator.market.economy.observations import observations
from generator.market.source import Finding, Status
from generator.model import Observations

FUNDS = {"IWM.PE": "IWM", "SPY.PE": "SPY"}
"""Each valuation series and the fund that it is read from."""
_ROW = "Price/Earnings"
_APART = 0.1
_LARGEST = 500.0
"""A ratio above this is an error of Yahoo's, not a price that anyone pays."""


class Fund(Protocol):
    """The part of yfinance's `Ticker` that is used here."""

    @property
    def info(self) -> Mapping[str, Any]: ...

    @property
    def funds_data(self) -> Any: ...


def fund_pe(fund: Fund, symbol: str) -> tuple[float | None, str]:
    """The ratio of the fund's holdings, or None and the reason; raises whatever yfinance raises."""
    earnings = _number(fund.funds_data.equity_holdings.loc[_ROW, symbol])
    quoted = _number(fund.info.get("trailingPE"))
    if earnings is None or not earnings > 0:
        return None, "Yahoo gives no price-earnings ratio of its holdings"
    ratio = 1.0 / earnings
    if ratio > _LARGEST:
        return None, f"Yahoo's price-earnings ratio of its holdings, {ratio:,.0f}, cannot be right"
    if quoted is None or not quoted > 0:
        return None, "Yahoo's own quote of the fund has no price-earnings ratio to set it against"
    if abs(ratio - quoted) > _APART * quoted:
        return None, f"Yahoo gives two price-earnings ratios that disagree, {ratio:.1f} and {quoted:.1f}"
    return ratio, ""


def read_valuation(fund: Fund, series: str, today: date) -> tuple[Observations | None, Finding]:
    """One observation, dated with the day of the fetch, or the reason there is none. The series grows by one a day.

    Raises whatever yfinance raises if Yahoo cannot be reached.
    """
    try:
        ratio, reason = fund_pe(fund, FUNDS[series])
    except (KeyError, IndexError, AttributeError, TypeError, ValueError) as error:
        return None, Finding(series, Status.BAD_DATA, f"Yahoo's description of the fund cannot be read: {error!r}")
    if ratio is None:
        return None, Finding(series, Status.MISSING, reason)
    return observations(series, [(today, ratio, today)], "Yahoo Finance"), Finding(series)


def _number(value: object) -> float | None:
    """A finite number, or None for anything else."""
    if isinstance(value, bool) or not isinstance(value, Real) or not isfinite(value):
        return None
    return float(value)
