"""Reads one symbol's answer: the chart, its bars on the exchange's own dates, quote, splits and dividends.

The bars need both yfinance's frame and the raw chart that Yahoo sent, because the frame hides what yfinance repairs:
yfinance keeps one of two rows for the same day and sorts rows that came out of order.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from generator.market.judging.bounds import beyond_bounds
from generator.market.judging.own_days import EXCHANGE_HOURS
from generator.market.sessions import trading_days
from generator.market.source import Action, Status
from generator.model import Bars, Column, Days, Kind

_COLUMNS = {"Open": "open", "High": "high", "Low": "low", "Close": "close", "Adj Close": "adj_close"}
_NONPOSITIVE = frozenset({Kind.YIELD, Kind.COMMODITY})
"""Yields (bills, March 2020) and futures prices (oil, April 2020) have been quoted below zero."""


class NoAnswer(Exception):
    """Why a question has no usable answer."""

    def __init__(self, status: Status, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(reason)


class TryAgain(NoAnswer):
    """A failure that another attempt may cure."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The price and time of the last trade, according to Yahoo."""

    price: float
    moment: datetime
    """In the exchange's own time zone."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One symbol's answer, not judged yet."""

    kind: Kind
    bars: Bars
    """Up to and including the session asked for."""
    provisional: Bars
    """After that session."""
    quote: Quote | None
    actions: tuple[Action, ...]
    first_trade: date | None
    """The first day of trading, according to Yahoo."""


def read_chart(answer: bytes) -> Mapping[str, Any]:
    """The chart in an answer; raises `NoAnswer` if there is none."""
    try:
        content = json.loads(answer)
    except ValueError as error:
        page = answer.lstrip().startswith(b"<")
        what = "a web page" if page else "nothing" if not answer.strip() else "half an answer"
        raise TryAgain(Status.BAD_DATA, f"Yahoo Finance sent {what} in place of prices") from error
    chart = content.get("chart") if isinstance(content, dict) else None
    if not isinstance(chart, dict):
        raise TryAgain(Status.BAD_DATA, "Yahoo Finance sent something other than prices")
    if refusal := chart.get("error"):
        said = refusal.get("description") if isinstance(refusal, dict) else refusal
        raise NoAnswer(Status.MISSING, f"Yahoo Finance has no prices for it ({said})")
    match chart.get("result"):
        case [dict() as result, *_]:
            return result
        case _:
            raise NoAnswer(Status.MISSING, "Yahoo Finance has no prices for it (an empty answer)")


def without_empty_doubles(chart: Mapping[str, Any]) -> Mapping[str, Any]:
    """The chart without empty rows for days that have another row with a price.

    yfinance keeps one of two rows for a day, and not always the one with the price.
    """
    try:
        stamps, indicators = chart["timestamp"], chart["indicators"]
        zone = ZoneInfo(chart["meta"]["exchangeTimezoneName"])
        closes = indicators["quote"][0]["close"]
        days = [datetime.fromtimestamp(stamp, zone).date() for stamp in stamps]
        priced = {day for day, close in zip(days, closes, strict=True) if close is not None}
        kept = [row for row, day in enumerate(days) if closes[row] is not None or day not in priced]
        if len(kept) == len(stamps):
            return chart
        columns = {
            name: [{key: [column[row] for row in kept] for key, column in each.items()} for each in tables]
            for name, tables in indicators.items()
        }
    except (LookupError, TypeError, ValueError):  # a chart in another form is refused when it is read
        return chart
    return {**chart, "timestamp": [stamps[row] for row in kept], "indicators": columns}


def read_answer(symbol: str, kind: Kind, frame: Any, chart: Mapping[str, Any], through: date) -> Reading:
    """Read the `frame` that yfinance made of `chart`, splitting the bars after `through`.

    Raises `NoAnswer` for what cannot be right: another symbol's chart, two different bars for one day, days out of
    order, a price that is out of bounds, or below zero for an instrument that cannot be.
    """
    meta = chart.get("meta") or {}
    if meta.get("symbol") not in (symbol, None):
        raise NoAnswer(Status.MISSING, f"Yahoo Finance gives another symbol's prices for it ({meta['symbol']})")
    zone = ZoneInfo(meta["exchangeTimezoneName"])
    last = np.datetime64(through, "D")
    _refuse_doubles(chart, meta["exchangeTimezoneName"], last)
    days = frame.index.tz_localize(None).to_numpy().astype("datetime64[D]")
    bars = Bars(symbol, days, **_columns(frame, kind, days), origin="Yahoo Finance")
    rows = np.ones(len(days), dtype=bool)
    if kind in EXCHANGE_HOURS and len(days):  # a row on a holiday is not a price
        rows = np.isin(days, trading_days(days[0].astype(object), days[-1].astype(object)))
    return Reading(
        kind,
        bars.at(rows & (days <= last)),
        bars.at(rows & (days > last)),
        _quote(meta, zone),
        _actions(frame, days, last),
        _day_of(meta.get("firstTradeDate"), zone),
    )


def _columns(frame: Any, kind: Kind, days: Days) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for theirs, ours in _COLUMNS.items():
        column = frame[theirs].to_numpy(dtype="float64", na_value=np.nan)
        if kind not in _NONPOSITIVE:
            column = np.where(column == 0, np.nan, column)  # Yahoo sends zero for no price
        impossible = beyond_bounds(column) | ((column < 0) & (kind not in _NONPOSITIVE))
        if impossible.any():
            where = f"{column[impossible][0]} on {days[impossible][0]}"
            raise NoAnswer(Status.BAD_DATA, f"Yahoo Finance gives an impossible {ours} ({where})")
        columns[ours] = column
    return columns


def _refuse_doubles(chart: Mapping[str, Any], zone: str, last: np.datetime64) -> None:
    """Raise `NoAnswer` for two bars on one day, unless their closes agree: Yahoo sometimes sends the last day twice."""
    import pandas as pd

    stamps = np.array(chart["timestamp"], dtype="int64")
    closes = np.array(chart["indicators"]["quote"][0]["close"], dtype="float64")
    local = pd.to_datetime(stamps, unit="s", utc=True).tz_convert(zone).tz_localize(None)
    days = local.to_numpy().astype("datetime64[D]")
    if (stamps[1:] < stamps[:-1]).any():
        raise NoAnswer(Status.BAD_DATA, "Yahoo Finance gives its days out of order")
    same = np.isclose(closes[1:], closes[:-1], rtol=1e-6, atol=0.0, equal_nan=True)
    twice = (days[1:] == days[:-1]) & (days[1:] <= last) & ~same
    if twice.any():
        raise NoAnswer(Status.BAD_DATA, f"Yahoo Finance gives two different bars for one day ({days[1:][twice][0]})")


def _quote(meta: Mapping[str, Any], zone: ZoneInfo) -> Quote | None:
    price, moment = meta.get("regularMarketPrice"), meta.get("regularMarketTime")
    if price is None or moment is None:
        return None
    return Quote(float(price), datetime.fromtimestamp(int(moment), UTC).astimezone(zone))


def _day_of(stamp: int | None, zone: ZoneInfo) -> date | None:
    return None if stamp is None else datetime.fromtimestamp(int(stamp), UTC).astimezone(zone).date()


def _actions(frame: Any, days: Days, last: np.datetime64) -> tuple[Action, ...]:
    """Splits and dividends up to `last`; a fund's capital gains count as dividends."""
    found = []
    for name, kind in (("Stock Splits", "split"), ("Dividends", "dividend"), ("Capital Gains", "dividend")):
        if name in frame:
            amounts = frame[name].to_numpy(dtype="float64", na_value=0.0)
            rows = np.flatnonzero((amounts != 0) & (days <= last))
            found += [Action(days[row].astype(object), kind, float(amounts[row])) for row in rows]
    return tuple(sorted(found, key=lambda action: (action.day, action.kind)))
