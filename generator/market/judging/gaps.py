"""Finds the sessions inside a symbol's history on which it should have a price but has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from generator.market.completeness import fields_needed
from generator.market.judging.own_days import EXCHANGE_HOURS, days_due
from generator.market.source import SourceReply
from generator.model import Days, Kind, Universe

Gaps = Mapping[tuple[str, str], Days]
"""Missing sessions by symbol and column, oldest first."""
_YEAR = 260
_NAMED = 3
_WORDS = {"close": "close", "adj_close": "adjusted close"}


def find_gaps(reply: SourceReply, universe: Universe, sessions: Days) -> Gaps:
    """For each column that is read, the sessions without a price between its first and its last price."""
    kinds, found = universe.kinds(), {}
    for symbol, fields in fields_needed(universe).items():
        bars = reply.bars.get(symbol)
        for name in fields if bars is not None else ():
            column = bars.column(name) if bars is not None else None
            held = bars.days[~np.isnan(column)] if bars is not None and column is not None else sessions[:0]
            inside = sessions[(sessions > held[0]) & (sessions < held[-1])] if len(held) else held
            absent = inside[held[np.searchsorted(held, inside)] != inside]  # both ascend, and `held` goes on longer
            due = absent[np.isin(absent, _due(kinds[symbol], absent))] if len(absent) else absent
            if len(due):
                found[symbol, name] = due
    return found


def _due(kind: Kind, days: Days) -> Days:
    return days_due(kind, days[0].astype(object), days[-1].astype(object))


def of_the_exchange(gaps: Gaps, universe: Universe) -> Gaps:
    """Only the gaps of what trades on the exchange's days; the holidays of other markets are not known for certain."""
    kinds = universe.kinds()
    return {key: days for key, days in gaps.items() if kinds[key[0]] in EXCHANGE_HOURS}


def gaps_told(gaps: Gaps, universe: Universe, sessions: Days) -> Iterator[str]:
    """A line for each symbol with a gap; for other markets, only gaps of the past year."""
    kinds, year_ago = universe.kinds(), sessions[-_YEAR:][0]
    for (symbol, name), days in gaps.items():
        told = days if kinds[symbol] in EXCHANGE_HOURS else days[days >= year_ago]
        if len(told):
            named = ", ".join(str(day) for day in told[:_NAMED])
            more = f" and {len(told) - _NAMED} more" if len(told) > _NAMED else ""
            yield f"{symbol} has no {_WORDS[name]} for {named}{more}: what runs across is left untold"
