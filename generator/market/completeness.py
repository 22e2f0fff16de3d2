"""Refuses a reply without its core symbols, and lists what else is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import reduce

import numpy as np

from generator.errors import CoreSymbolError, NotSettledError, SessionError
from generator.market.sessions import FIRST_DAY, last_completed_session, next_session, trading_days
from generator.market.source import Finding, SourceReply, Status
from generator.model import Bars, Days, Omission, Universe

_NO_DAYS: Days = np.array([], dtype="datetime64[D]")
_TRY_AGAIN = {
    Status.RATE_LIMITED: "Try again after the pause that the supplier asks for, or in an hour.",
    Status.NETWORK: "Try again when the supplier can be reached, in half an hour at the latest.",
    Status.STALE: "Try again in half an hour.",
    Status.INCOMPLETE: "Try again in half an hour.",
}
"""When to come back, the longest wait first."""
_WORDS = {"close": "close", "adj_close": "adjusted close"}


def require_core(reply: SourceReply, universe: Universe, session: date) -> None:
    """Raise unless every core symbol has a positive value on `session` and on the one before it.

    A total-return twin is required only once it has begun. Raises `CoreSymbolError` for a symbol that is missing,
    empty or without such a value, naming its last session and what to do, `NotSettledError` if waiting helps, and
    `SessionError` for a session with no earlier close to measure its move from.
    """
    core = _core_days(reply, universe)
    missing = [symbol for symbol, days in core.items() if not len(days) and symbol not in reply.begins]
    if missing:
        listed = "; ".join(
            f"{_listed(symbols)} ({why})" for why, symbols in _by_reason(reply, missing, _why_missing).items()
        )
        remedy = _when_to_try_again(reply, missing)
        raise (NotSettledError if remedy else CoreSymbolError)(
            f"No edition without {listed}. {remedy or 'Supply its prices, or choose another source.'}"
        )
    leading = dict.fromkeys(universe.segments[key].price or universe.segments[key].total for key in universe.core)
    first, symbol = max((reply.begins.get(one) or _day(core[one][0]), one) for one in leading if one)
    if session <= first:
        where = "is before the data begins" if session < first else "has no close before it"
        available = next_session(first)
        raise SessionError(
            f"{session} {where}: {symbol} starts on {first}. The first session available is {available}."
        )
    begun = {one: days for one, days in core.items() if one not in reply.begins and _day(days[0]) <= session}
    ended = [one for one, days in begun.items() if _day(days[-1]) != session]
    if ended:
        raise _ended(reply, universe, session, {one: _day(core[one][-1]) for one in ended})
    before = trading_days(FIRST_DAY, session)[-2]
    holed = [one for one, days in begun.items() if days[0] <= before and before not in days]
    if holed:
        raise CoreSymbolError(
            f"{_listed(holed)} {'has' if len(holed) == 1 else 'have'} no close for {before}, the session before "
            f"{session}, so that the move of the day is not known. Supply it, or choose another session."
        )


def _listed(symbols: Sequence[str]) -> str:
    return " and ".join([*filter(None, [", ".join(symbols[:-1])]), symbols[-1]])


def _by_reason(
    reply: SourceReply, symbols: Sequence[str], why: Callable[[SourceReply, str], str]
) -> Mapping[str, list[str]]:
    """The symbols grouped by the reason they are missing, so that each reason is given once."""
    reasons: dict[str, list[str]] = {}
    for symbol in symbols:
        reasons.setdefault(why(reply, symbol), []).append(symbol)
    return reasons


def _ended(reply: SourceReply, universe: Universe, session: date, ended: Mapping[str, date]) -> CoreSymbolError:
    """The error for core symbols whose last value is from an earlier session."""
    words = {
        symbol: f"last held on {last}" + (f" ({why})" if (why := reply.omissions.get(symbol)) else "")
        for symbol, last in ended.items()
    }
    told = _by_reason(reply, list(ended), lambda _, symbol: words[symbol])
    listed = " and ".join(
        f"{_listed(symbols)} {'was' if len(symbols) == 1 else 'were'} {last}" for last, symbols in told.items()
    )
    remedy = _when_to_try_again(reply, list(ended))
    if remedy:
        return NotSettledError(f"There is no close for {session}: {listed}. {remedy}")
    held = last_session_held(reply, universe)
    ask = f"Supply newer prices, or ask for {held}, the last session held." if held else "Supply newer prices."
    # For the latest session, prices that are supplied every evening are probably late rather than wrong.
    late = not any(symbol in reply.omissions for symbol in ended) and session >= last_completed_session()
    return (NotSettledError if late else CoreSymbolError)(f"There is no close for {session}: {listed}. {ask}")


def _when_to_try_again(reply: SourceReply, symbols: Sequence[str]) -> str:
    """How long to wait, if waiting helps for all of the symbols; else an empty text."""
    findings = [reply.findings.get(symbol, Finding(symbol)) for symbol in symbols]
    if not all(finding.waiting_helps for finding in findings):
        return ""
    return next(words for status, words in _TRY_AGAIN.items() if any(one.status is status for one in findings))


def last_session_held(reply: SourceReply, universe: Universe) -> date | None:
    """The last session on which every core symbol has a positive close; None if there is none."""
    held = reduce(np.intersect1d, _core_days(reply, universe).values())
    return _day(held[-1]) if len(held) else None


def omissions(reply: SourceReply, universe: Universe, session: date) -> tuple[Omission, ...]:
    """Each symbol with no value on `session`, in the universe's order, and why.

    A symbol that lacks only the session itself (bonds rest on some days when stocks trade) keeps its history; only
    its last row is absent.
    """
    missing = (_omission(reply, symbol, fields, session) for symbol, fields in fields_needed(universe).items())
    return tuple(filter(None, missing))


def fields_needed(universe: Universe) -> Mapping[str, tuple[str, ...]]:
    """The columns needed of each symbol: `close` if it gives a price, `adj_close` if it gives a total return."""
    needed: dict[str, tuple[str, ...]] = {}
    for segment in universe.segments.values():
        for symbol, name in ((segment.price, "close"), (segment.total, "adj_close")):
            if symbol is not None and name not in needed.get(symbol, ()):
                needed[symbol] = (*needed.get(symbol, ()), name)
    return needed


def _omission(reply: SourceReply, symbol: str, fields: tuple[str, ...], session: date) -> Omission | None:
    if symbol in reply.begins:
        return Omission(symbol, begins=reply.begins[symbol])
    bars = reply.bars.get(symbol)
    if bars is None or not len(bars.days):
        return Omission(symbol, _why_missing(reply, symbol))
    absent = [name for name in fields if not _held(bars, name, session)]
    if not absent:
        return None
    if symbol in reply.omissions:
        return Omission(symbol, reply.omissions[symbol])
    kept = [name for name in fields if name not in absent]
    what = " or ".join(_WORDS[name] for name in absent) if kept else "value"
    return Omission(symbol, f"no {what} for {session}" + _last_words(bars, absent))


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
    """For each core symbol, the days on which it has a positive value in every column that is read."""
    if not universe.core_symbols():
        raise CoreSymbolError("The universe names no core segment, so nothing says what an edition cannot do without.")
    days: dict[str, Days] = {}
    for symbol, name in universe.core_columns():
        held = _days_held(reply.bars.get(symbol, Bars(symbol, _NO_DAYS)), name, above=0.0)
        days[symbol] = np.intersect1d(days[symbol], held) if symbol in days else held
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
