"""The days on which each kind of instrument has a close, and the moment at which its close is final.

Instruments that trade in New York keep that exchange's sessions and hours, half days included. Crypto trades every day,
and its day ends at midnight UTC. The day of futures and currencies ends at 17:00 in New York and that of yields at
16:00, half day or not; they may rest on a bank holiday that the exchange does not keep: Columbus Day, Veterans Day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import numpy as np

from generator.caching import kept, release
from generator.market.sessions import FIRST_DAY, NEW_YORK, after_closures, close_time, present, trading_days
from generator.model import Bars, Days, Kind

EXCHANGE_HOURS = frozenset({Kind.INDEX, Kind.FUND, Kind.STOCK, Kind.BASKET, Kind.VOLATILITY})
"""Kinds that trade on the New York Stock Exchange's sessions and on no other day."""
_SLIP = 0.005
"""How far an index fund's move may differ from its index's: five times what fees, dividends and rounding cause on most
days, and less than the gap that a sentence calls a lead."""
_ENDS = {Kind.COMMODITY: time(17), Kind.CURRENCY: time(17), Kind.YIELD: time(16)}


def not_a_day(kind: Kind, bars: Bars, sessions: Days) -> Days:
    """The sessions on which the move from the session before is not a one-day move in the symbol's own market.

    Either that market traded in between, at a weekend or while the exchange was shut, or it was closed itself: a yield
    repeated on Columbus Day was not quoted that day, so it did not stand still.
    """
    if kind in EXCHANGE_HOURS:
        return sessions[:0]
    closes = bars.close if bars.close is not None else bars.adj_close
    held = bars.days if closes is None else bars.days[~np.isnan(closes)]
    between = held[~np.isin(held, sessions)]
    apart = np.searchsorted(between, sessions) > np.searchsorted(between, np.concatenate((sessions[:1], sessions[:-1])))
    if kind is Kind.YIELD:
        first, last = sessions[0].astype(object), sessions[-1].astype(object)
        apart |= ~np.isin(sessions, days_due(kind, first, last))
    days: Days = sessions[apart | after_closures(sessions)]
    return days


def not_its_index(fund: Bars, index: Bars) -> Days:
    """The days on which a fund's move disagrees with its index's, so that their closes are not from the same moment.

    Until 2008 funds traded until 16:15 New York time, and in a rush a fund's last trade can still be some way off.
    """
    if fund.adj_close is None or index.close is None:
        return fund.days[:0]
    days, there, here = np.intersect1d(fund.days, index.days, return_indices=True)
    closes = np.vstack((fund.adj_close[there], index.close[here]))
    moves = closes[:, 1:] / closes[:, :-1] - 1.0
    apart: Days = days[1:][np.abs(moves[0] - moves[1]) > _SLIP]
    return apart


def days_due(kind: Kind, first: date, last: date) -> Days:
    """The days from `first` to `last`, both included, on which there must be a close."""
    if kind is Kind.CRYPTO:
        return np.arange(np.datetime64(first, "D"), np.datetime64(last, "D") + 1)
    days = trading_days(first, last)
    if kind in _ENDS:
        days = days[~np.isin(days, _bank_holidays())]
    return days


def day_ends(kind: Kind, day: date) -> datetime:
    """The moment at which the close of `day` is final."""
    if kind is Kind.CRYPTO:
        return datetime.combine(day + timedelta(days=1), time(0), UTC)
    if kind in _ENDS:
        return datetime.combine(day, _ENDS[kind], NEW_YORK)
    return close_time(day)


def quoted_since(kind: Kind, day: date) -> datetime:
    """The earliest that the last trade of a finished `day` can be.

    Only New York Stock Exchange instruments trade to the last minute; elsewhere the last trade may be hours earlier.
    """
    if kind is Kind.CRYPTO or kind in _ENDS:
        return datetime.combine(day, time(0), UTC if kind is Kind.CRYPTO else NEW_YORK)
    return close_time(day)


def ready_calendars() -> None:
    """Build both calendars before there are threads: in a thread pandas would write warnings to standard error."""
    days_due(Kind.YIELD, FIRST_DAY, FIRST_DAY)


@lru_cache(maxsize=1)
def _bank_holidays() -> Days:
    """The bank holidays of the years that the exchange's calendar covers, kept from run to run."""
    span = FIRST_DAY.isoformat(), f"{present().year + 2}-12-31"
    return kept("holidays", "federal", [repr((span, release("pandas"))).encode()], lambda: _holidays(*span))


def _holidays(first: str, last: str) -> Days:
    from pandas.tseries.holiday import USFederalHolidayCalendar

    return USFederalHolidayCalendar().holidays(first, last).to_numpy().astype("datetime64[D]")
