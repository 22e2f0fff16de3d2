"""Lays every symbol's bars out on the exchange's sessions, as one `Market`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from generator.caching import fingerprint, kept
from generator.market import sessions
from generator.market.completeness import last_session_held, omissions, require_core
from generator.market.judging.gaps import find_gaps, gaps_told, of_the_exchange
from generator.market.judging.own_days import EXCHANGE_HOURS, not_a_day, not_its_index
from generator.market.source import PRICE_COLUMNS, PriceSource, SourceReply
from generator.model import Bars, Column, Days, Kind, Market, Observations, Omission, Universe


def load_market(source: PriceSource, universe: Universe, session: date) -> Market:
    """Everything the edition of `session` may know of the market, from `source`.

    Raises `DataError` for prices that cannot be used, `CoreSymbolError` for a core symbol missing or ending early,
    and `SessionError` for a session before the data begins.
    """
    pinned = source.pinned(universe.symbols(), (*universe.series(), *universe.published()))
    if pinned is None:
        return _laid_out(source, universe, session)
    days = repr((session, sessions.last_completed_session())).encode()
    # What universes are given of cited facts moves no price: a fact that is added leaves the market as it is kept.
    quoted = replace(universe, decisions=(), peaks=(), measured={})
    of = [*pinned.of, days, fingerprint(quoted), sessions.calendar_made_from()]
    return kept("market", pinned.place, of, lambda: _laid_out(pinned.source, quoted, session))


def _laid_out(source: PriceSource, universe: Universe, session: date) -> Market:
    reply = source.history(universe.symbols(), session)
    require_core(reply, universe, session)
    return lay_out(reply, universe, session, source)


def load_history(source: PriceSource, universe: Universe, through: date) -> Market:
    """Everything `source` holds up to the last session, not after `through`, for which an edition is possible.

    Raises as `load_market` does.
    """
    held = last_session_held(source.history(universe.core_symbols(), through), universe)
    return load_market(source, universe, held or through)


def lay_out(reply: SourceReply, universe: Universe, session: date, source: PriceSource) -> Market:
    """All bars on the sessions from the earliest bar held (not before 1987) up to and including `session`.

    A symbol without a row on a session is NaN there. Rows on days when the exchange was shut (crypto at weekends,
    the dollar on holidays) are dropped, as there is no session for them; the next session's return spans them.
    """
    reply = _told(reply, universe)
    days = sessions.trading_days(_earliest(reply), session)
    quoted = _quoted(reply, universe)
    gaps = find_gaps(reply, universe, days)
    return Market(
        sessions=days,
        next_session=sessions.next_session(session),
        half_days=sessions.half_days(days),
        histories={
            symbol: _aligned(bars, days)
            for symbol, bars in reply.bars.items()
            if len(bars.days) and symbol not in quoted
        },
        omissions=(*omissions(reply, universe, session), *_futures_omitted(reply, universe)),
        source=source.key,
        supplier=source.supplier,
        simulated=source.simulated,
        fetched_at=reply.fetched_at,
        observations={**source.observations((*universe.series(), *universe.published()), session), **quoted},
        gaps=of_the_exchange(gaps, universe),
        notices=(*reply.notices, *gaps_told(gaps, universe, days)),
        not_a_day=_not_a_day(reply, universe, days),
    )


def _not_a_day(reply: SourceReply, universe: Universe, days: Days) -> dict[str, Days]:
    """By symbol, the sessions without a one-day move, for symbols that close on other days or at other times."""
    kinds = universe.kinds()
    found = {
        symbol: not_a_day(kind, reply.bars[symbol], days)
        for symbol, kind in kinds.items()
        if kind not in EXCHANGE_HOURS and symbol in reply.bars and len(reply.bars[symbol].days)
    }
    for segment in universe.segments.values():
        fund, index = (reply.bars.get(symbol or "") for symbol in (segment.total, segment.price))
        if segment.kind is Kind.INDEX and fund and index:
            found[fund.symbol] = not_its_index(fund, index)
    return found


def _told(reply: SourceReply, universe: Universe) -> SourceReply:
    """The reply without prices from before the day on which the universe starts covering their symbol."""
    first = {symbol: day for symbol, day in universe.told_from().items() if symbol in reply.bars}
    bars = {symbol: (held := reply.bars[symbol]).at(held.days >= np.datetime64(day)) for symbol, day in first.items()}
    unborn = {symbol: first[symbol] for symbol, cut in bars.items() if not len(cut.days)}
    kept = {symbol: bars.get(symbol, held) for symbol, held in reply.bars.items() if symbol not in unborn}
    return replace(reply, bars=kept, begins={**reply.begins, **unborn})


def _futures_omitted(reply: SourceReply, universe: Universe) -> list[Omission]:
    """The symbols behind releases that an online service failed to supply; other sources need not have them."""
    if reply.fetched_at is None:
        return []
    whys = ((symbol, reply.omissions.get(symbol)) for symbol in universe.quoted())
    return [Omission(symbol, why) for symbol, why in whys if why]


def _quoted(reply: SourceReply, universe: Universe) -> dict[str, Observations]:
    """The closes of the symbols behind releases, as observations on their own days."""
    found: dict[str, Observations] = {}
    for symbol in universe.quoted():
        bars = reply.bars.get(symbol)
        if bars is not None and bars.close is not None:
            held = ~np.isnan(bars.close)
            found[symbol] = Observations(symbol, bars.days[held], bars.close[held], origin=bars.origin)
    return found


def _earliest(reply: SourceReply) -> date:
    first: date = min(bars.days[0] for bars in reply.bars.values() if len(bars.days)).astype(object)
    return max(first, sessions.FIRST_DAY)


def _aligned(bars: Bars, days: Days) -> Bars:
    """The same bars with one row for each of `days`."""
    rows = np.searchsorted(days, bars.days)
    rows[rows == len(days)] = 0
    traded = days[rows] == bars.days
    columns: dict[str, Column] = {}
    for name in PRICE_COLUMNS:
        column = bars.column(name)
        if column is not None:
            columns[name] = np.full(len(days), np.nan)
            columns[name][rows[traded]] = column[traded]
    return Bars(bars.symbol, days, **columns, origin=bars.origin)
