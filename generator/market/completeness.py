"""A source's reply in; its core symbols vouched for, and what is missing besides them said, out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import reduce

import numpy as np

from generator.errors import CoreSymbolError, SessionError
from generator.market.source import SourceReply
from generator.model import Bars, Days, Omission, Universe

_NO_DAYS: Days = np.array([], dtype="datetime64[D]")
_WORDS = {"close": "close", "adj_close": "adjusted close"}


def require_core(reply: SourceReply, universe: Universe, session: date) -> None:
    """Returns if every core symbol has a positive close on `session`.

    Raises `CoreSymbolError` for a symbol that is missing, empty or without a close on the session, naming its last
    session and what to do, and `SessionError` for a session before the core data begins.
    """
    core = _core_days(reply, universe)
    missing = [symbol for symbol, days in core.items() if not len(days) and symbol not in reply.begins]
    if missing:
        listed = "; ".join(f"{symbol} ({_why_missing(reply, symbol)})" for symbol in missing)
        raise CoreSymbolError(f"No edition without {listed}. Supply its prices, or choose another source.")
    first, symbol = max((reply.begins.get(symbol) or _day(days[0]), symbol) for symbol, days in core.items())
    if session < first:
        raise SessionError(
            f"{session} is before the data begins: {symbol} starts on {first}. The first session available is {first}."
        )
    ended = {symbol: _day(days[-1]) for symbol, days in core.items() if _day(days[-1]) != session}
    if ended:
        listed = " and ".join(f"{symbol} was last held on {last}" for symbol, last in ended.items())
        held = last_session_held(reply, universe)
        remedy = f"Add --session {held}, or supply newer prices." if held else "Supply newer prices."
        raise CoreSymbolError(f"There is no close for {session}: {listed}. {remedy}")


def last_session_held(reply: SourceReply, universe: Universe) -> date | None:
    """The last session on which every core symbol has a positive close; None if there is none."""
    held = reduce(np.intersect1d, _core_days(reply, universe).values())
    return _day(held[-1]) if len(held) else None


def omissions(reply: SourceReply, universe: Universe, session: date) -> tuple[Omission, ...]:
    """Each symbol with no value on `session`, in the universe's order, and why.

    A symbol whose history only lacks the session itself (bonds rest on some days when stocks trade) keeps that
    history; what is absent is its last row.
    """
    return tuple(
        Omission(symbol, reason)
        for symbol, fields in _fields_needed(universe).items()
        if (reason := _why_omitted(reply, symbol, fields, session)) is not None
    )


def _fields_needed(universe: Universe) -> Mapping[str, tuple[str, ...]]:
    """The columns that each symbol is asked for: `close` where it gives a price, `adj_close` a total return."""
    needed: dict[str, tuple[str, ...]] = {}
    for segment in universe.segments.values():
        for symbol, name in ((segment.price, "close"), (segment.total, "adj_close")):
            if symbol is not None and name not in needed.get(symbol, ()):
                needed[symbol] = (*needed.get(symbol, ()), name)
    return needed


def _why_omitted(reply: SourceReply, symbol: str, fields: tuple[str, ...], session: date) -> str | None:
    if symbol in reply.begins:
        return f"begins on {reply.begins[symbol]}"
    bars = reply.bars.get(symbol)
    if bars is None or not len(bars.days):
        return _why_missing(reply, symbol)
    absent = [name for name in fields if not _held(bars, name, session)]
    if not absent:
        return None
    kept = [name for name in fields if name not in absent]
    what = " or ".join(_WORDS[name] for name in absent) if kept else "value"
    return f"no {what} for {session}" + _last_words(bars, absent)


def _last_words(bars: Bars, fields: list[str]) -> str:
    """When the fields were last held, to tell a day's gap from a series that ended."""
    lasts = [days[-1] for name in fields if len(days := _days_held(bars, name))]
    return f" (last held on {max(lasts)})" if lasts else ""


def _why_missing(reply: SourceReply, symbol: str) -> str:
    bars = reply.bars.get(symbol)
    if bars is None:
        return reply.omissions.get(symbol, "the source did not supply it")
    return f"{bars.origin} holds no rows" if not len(bars.days) else f"{bars.origin} holds no close"


def _core_days(reply: SourceReply, universe: Universe) -> Mapping[str, Days]:
    """For each core symbol, the days on which it has a positive value in the column that its segment is read from."""
    if not universe.core_symbols():
        raise CoreSymbolError("The universe names no core segment, so nothing says what an edition cannot do without.")
    days: dict[str, Days] = {}
    for segment in (universe.segments[key] for key in universe.core):
        if symbol := segment.price or segment.total:
            bars = reply.bars.get(symbol, Bars(symbol, _NO_DAYS))
            days[symbol] = _days_held(bars, "close" if segment.price else "adj_close", above=0.0)
    return days


def _days_held(bars: Bars, name: str, above: float = -np.inf) -> Days:
    """The days on which the column holds a value greater than `above`."""
    column = bars.column(name)
    return _NO_DAYS if column is None else bars.days[column > above]


def _held(bars: Bars, name: str, session: date) -> bool:
    days = _days_held(bars, name)
    return len(days) > 0 and _day(days[-1]) == session


def _day(value: np.datetime64) -> date:
    day: date = value.astype(object)
    return day
