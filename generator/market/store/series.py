"""Economic series in, as FRED and Yahoo publish them, in the form of the store's; and out of the store again.

A series is kept as a symbol with a close for each day observed, under a source of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import Any

import numpy as np

from generator.market.economy.fred import Reply, fetch_series
from generator.market.economy.valuation import FUNDS, read_valuation
from generator.market.sessions import NEW_YORK
from generator.market.source import Finding, PriceSource, SourceReply, Status
from generator.market.store.snapshot import Known, Snapshot, stamp
from generator.model import Bars, Observations

SERIES = "series"
"""The source under which they are stored."""
FRESH = timedelta(hours=6)
"""A series that FRED was asked for so lately has nothing new to tell."""
_AGAIN = timedelta(days=400)
"""How far back of the last observation held a series is asked for again: months and quarters are revised for a year."""
_UNANSWERED = (Status.NETWORK, Status.RATE_LIMITED)
Plan = Callable[[Known | None], Callable[[], SourceReply]]
"""Given what is known, what asks for the series that are due, and replies as a source does."""
Advance = Callable[[Finding], None] | None


@dataclass(frozen=True, slots=True)
class _Fund:
    """A fund as its quote and its profile tell of it; yfinance's own `info` would take three requests."""

    info: Mapping[str, Any]
    funds_data: Any


def fred_due(series: Sequence[str], now: datetime, advance: Advance = None, released: Sequence[str] = ()) -> Plan:
    """What asks FRED for those of the series that it has not been asked for lately; in full for those `released`."""

    def plan(known: Known | None) -> Callable[[], SourceReply]:
        held = known.of(SERIES) if known else None
        fresh = answered_since(held, now - FRESH) if held else frozenset()
        due = [name for name in series if name not in fresh and name not in FUNDS]
        part = [name for name in due if held and name in held.bars and name not in released]
        since = {name: _last(held.bars[name]) - _AGAIN for name in part} if held else {}
        return lambda: as_reply(fetch_series(due, since, advance=advance))

    return plan


def valuation_due(source: PriceSource, series: Sequence[str], now: datetime, advance: Advance = None) -> Plan:
    """What asks Yahoo for the price-earnings ratios that it has not been asked for today, New York's day."""

    def plan(known: Known | None) -> Callable[[], SourceReply]:
        midnight = datetime.combine(now.astimezone(NEW_YORK), time.min, NEW_YORK)
        fresh = answered_since(known.of(SERIES), midnight) if known else frozenset()
        due = [name for name in series if name not in fresh and name in FUNDS]
        return lambda: as_reply(_valued(source, due, midnight.date(), advance) if due else {})

    return plan


def _valued(source: PriceSource, due: Sequence[str], today: date, advance: Advance) -> dict[str, Reply]:
    # Imported here: curl_cffi comes with them, and who reads files or the store alone need not wait for it.
    from generator.market.yahoo.session import NoAnswer
    from generator.market.yahoo.source import YahooSource

    if not isinstance(source, YahooSource):
        return {}
    replies: dict[str, Reply] = {}
    funds = [FUNDS[name] for name in due]
    quotes = cache(partial(source.quotes, funds))
    with source.ready(funds):
        for name in due:
            try:
                quote = quotes().get(FUNDS[name], {})
                replies[name] = source.asked(FUNDS[name], partial(_value, quote=quote, series=name, today=today))
            except NoAnswer as failure:
                replies[name] = None, Finding(name, failure.status, failure.reason)
            if advance:
                advance(replies[name][1])
    return replies


def _value(ticker: Any, quote: Mapping[str, Any], series: str, today: date) -> Reply:
    return read_valuation(_Fund(quote, ticker.funds_data), series, today)


def as_reply(replies: Mapping[str, Reply]) -> SourceReply:
    """What came of each series, as a source replies."""
    bars = {
        name: Bars(name, found.days, close=found.values, origin=found.origin)
        for name, (found, _) in replies.items()
        if found is not None
    }
    return SourceReply(bars, {name: finding for name, (_, finding) in replies.items()})


def observed(known: Snapshot, series: Sequence[str], through: date) -> dict[str, Observations]:
    """The series that are held, up to and including the day `through`, with the day each value was first fetched."""
    found: dict[str, Observations] = {}
    for name in series:
        bars = known.bars.get(name)
        if bars is None or bars.close is None:
            continue
        held = ~np.isnan(bars.close) & (bars.days <= np.datetime64(through, "D"))
        days = bars.days[held]
        told, fetched = known.first_fetched(name)
        seen = fetched[np.searchsorted(told, days)]
        origin = "Yahoo Finance" if name in FUNDS else "FRED"
        found[name] = Observations(name, days, bars.close[held], seen, origin)
    return found


def answered_since(held: Snapshot, moment: datetime) -> frozenset[str]:
    """What was learnt of its source since then, by name, be it that there is nothing to be had."""
    rows = held.store.rows(
        "SELECT symbol, status FROM findings JOIN fetches ON fetches.id = fetch "
        "WHERE source = ? AND fetched_at >= ? AND fetch <= ?",
        held.source,
        stamp(moment),
        held.fetch.number,
    )
    return frozenset(name for name, status in rows if status not in _UNANSWERED)


def _last(bars: Bars) -> date:
    day: date = bars.days[-1].astype(object)
    return day
