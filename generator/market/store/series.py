"""Fetches economic series from FRED and Yahoo into the form of the store, and reads them out again.

A series is kept as a symbol with a close for each day observed, under a source name of its own.
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
from generator.market.store.snapshot import KnownSymbol, Snapshot, stamp
from generator.model import Bars, Observations

SERIES = "series"
"""The source name under which the series are stored."""
FRESH = timedelta(hours=6)
"""A series that FRED was asked for within this time is not asked for again."""
_AGAIN = timedelta(days=400)
"""How far before the last observation held to fetch again: monthly and quarterly values are revised for a year."""
_UNANSWERED = (Status.NETWORK, Status.RATE_LIMITED)
Plan = Callable[[KnownSymbol | None], Callable[[], SourceReply]]
"""A function that takes what is known and returns another, which fetches the series that are due."""
Advance = Callable[[Finding], None] | None


@dataclass(frozen=True, slots=True)
class _Fund:
    """A fund's quote and its profile; yfinance's own `info` would take three requests."""

    info: Mapping[str, Any]
    funds_data: Any


def fred_due(series: Sequence[str], now: datetime, advance: Advance = None, released: Sequence[str] = ()) -> Plan:
    """A plan that asks FRED for the series not asked for recently; for those in `released`, in full."""

    def plan(known: KnownSymbol | None) -> Callable[[], SourceReply]:
        held = known.of(SERIES) if known else None
        fresh = answered_since(held, now - FRESH) if held else frozenset()
        due = [name for name in series if name not in fresh and name not in FUNDS]
        part = [name for name in due if held and name in held.bars and name not in released]
        since = {name: _last(held.bars[name]) - _AGAIN for name in part} if held else {}
        return lambda: as_reply(fetch_series(due, since, advance=advance))

    return plan


def valuation_due(source: PriceSource, series: Sequence[str], now: datetime, advance: Advance = None) -> Plan:
    """A plan that asks Yahoo for the price-earnings ratios not asked for yet today (New York time)."""

    def plan(known: KnownSymbol | None) -> Callable[[], SourceReply]:
        midnight = datetime.combine(now.astimezone(NEW_YORK), time.min, NEW_YORK)
        fresh = answered_since(known.of(SERIES), midnight) if known else frozenset()
        due = [name for name in series if name not in fresh and name in FUNDS]
        return lambda: as_reply(_valued(source, due, midnight.date(), advance) if due else {})

    return plan


def _valued(source: PriceSource, due: Sequence[str], today: date, advance: Advance) -> dict[str, Reply]:
    # Imported here: they load curl_cffi, which a run that reads only files or the store does not need.
    from generator.market.yahoo.answer import NoAnswer
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
    """The series' replies in the form of a source's reply."""
    bars = {
        name: Bars(name, found.days, close=found.values, origin=found.origin)
        for name, (found, _) in replies.items()
        if found is not None
    }
    return SourceReply(bars, {name: finding for name, (_, finding) in replies.items()})


def observed(known: Snapshot, series: Sequence[str], through: date) -> dict[str, Observations]:
    """The series that are held, up to and including `through`, each with the days its values were first fetched."""
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
    """The names for which the source gave an answer since `moment`, even if the answer was that there is nothing."""
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
