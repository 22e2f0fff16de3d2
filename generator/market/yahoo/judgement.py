"""Whether each symbol's answer can be believed, and if not, why.

It is believed if nothing speaks against it: the day is over, no session is missing, the last close matches the quote,
and no move is doubted (`doubts`). Absent values are never filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from generator.market.judging.doubts import RECENT, Accepted, History, doubts
from generator.market.judging.own_days import EXCHANGE_HOURS, day_ends, days_due, quoted_since
from generator.market.sessions import FIRST_DAY, NEW_YORK, trading_days
from generator.market.source import Finding, Held, SourceReply, Status
from generator.market.yahoo.answer import NoAnswer, Quote, Reading
from generator.model import Bars, Days, Kind

_NEAR = 0.003
_SETTLING = timedelta(hours=1)
"""How long after its day's end a last trade may still belong to that day; futures reopen an hour after it."""
_GOOD_SO_FAR = (Status.OK, Status.STALE, Status.INCOMPLETE)

Verdict = tuple[Status, str]
OK: Verdict = (Status.OK, "")


def recent(through: date, held: Held | None) -> date:
    """The first day to judge; for a symbol that is held already, the first day that was asked for again."""
    first: date = trading_days(FIRST_DAY, through)[-RECENT:][0].astype(object)
    return held.since if held else first


def judge(reading: Reading, through: date, held: Held | None, now: datetime) -> Verdict:
    """The verdict on the symbol's bars, without judging its moves."""
    kind, bars = reading.kind, reading.bars
    closes = bars.close
    assert closes is not None
    due = days_due(kind, recent(through, held), through)
    last = _day(due[-1]) if len(due) else through
    if not len(bars.days) or _day(bars.days[-1]) < last:
        return Status.STALE, f"no bar yet for the session of {last}{_since(bars.days)}"
    if np.isnan(closes[-1]):
        return Status.INCOMPLETE, f"no close for the session of {_day(bars.days[-1])}"
    if now < (ends := day_ends(kind, _day(bars.days[-1]))):
        local = ends.astimezone(NEW_YORK)
        return Status.INCOMPLETE, f"its own day was not over (it ends at {local:%H:%M} New York time on {local.date()})"
    if not len(reading.provisional.days):
        verdict = against_quote(kind, reading.quote, _day(bars.days[-1]), float(closes[-1]))
        if verdict is not OK:
            return verdict
    first = bars.days[0] if held is None else due[0]
    absent = due[(due >= first) & ~np.isin(due, bars.days[~np.isnan(closes)])]
    if len(absent):
        listed = ", ".join(str(day) for day in absent[:3]) + (f" and {len(absent) - 3} more" if len(absent) > 3 else "")
        return Status.GAP, f"a session is missing ({listed})"
    return OK


def against_quote(kind: Kind, quote: Quote | None, day: date, close: float) -> Verdict:
    """The verdict from comparing the last close with the last trade."""
    if quote is None:
        return Status.SUSPECT, f"there is no quote to hold the close of {day} against"
    at = f"{quote.moment.astimezone(NEW_YORK):%Y-%m-%d %H:%M} New York time"
    if quote.moment < quoted_since(kind, day):
        return Status.INCOMPLETE, f"the last trade was before the close (at {at})"
    away = abs(close - quote.price)
    if kind in EXCHANGE_HOURS or quote.moment <= day_ends(kind, day) + _SETTLING:
        # A bill's yield is near zero and moves by half a hundredth of a point, so a share of it is too narrow a limit.
        if quote.moment.date() == day and away > max(_NEAR * abs(quote.price), 0.005 if kind is Kind.YIELD else 0.0):
            return Status.SUSPECT, f"the close contradicts the quote ({close:.6g} on {day}, {quote.price:.6g} at {at})"
    elif quote.moment.date() == day and away == 0:
        return Status.INCOMPLETE, f"the last bar still moved with the quote (at {at})"
    return OK


def history_of(reading: Reading, through: date, held: Held | None) -> History:
    """The reading in the form whose moves are judged; if the symbol is held, with its record move until then."""
    since = recent(through, held)
    return History(reading.kind, reading.bars, reading.actions, since, held.largest_move if held else None)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The verdict on each answer."""

    readings: Mapping[str, Reading]
    findings: Mapping[str, Finding]
    begins: Mapping[str, date]

    @classmethod
    def of(
        cls,
        answers: Mapping[str, Reading | NoAnswer],
        through: date,
        held: Mapping[str, Held],
        now: datetime,
        accepted: Accepted = frozenset(),
    ) -> Verdicts:
        """Judge each symbol by itself, then its moves against those of the others."""
        readings: dict[str, Reading] = {}
        findings: dict[str, Finding] = {}
        begins: dict[str, date] = {}
        for symbol, answer in answers.items():
            if isinstance(answer, NoAnswer):
                findings[symbol] = Finding(symbol, answer.status, answer.reason)
                continue
            findings[symbol] = Finding(symbol, *judge(answer, through, held.get(symbol), now))
            complete = findings[symbol].status is not Status.INCOMPLETE
            readings[symbol] = answer if complete else _without_last(answer)
            if first := _begins_after(answer, through, symbol in held):
                begins[symbol] = first
        usable = {symbol: each for symbol, each in readings.items() if findings[symbol].status in _GOOD_SO_FAR}
        histories = {symbol: history_of(each, through, held.get(symbol)) for symbol, each in usable.items()}
        for symbol, doubt in doubts(histories, accepted).items():
            findings[symbol] = Finding(symbol, Status.SUSPECT, f"its prices are in doubt: {doubt.told(symbol)}")
        return cls(readings, findings, begins)

    def reply(self, asked_at: datetime) -> SourceReply:
        """The answers, each as far as it can be believed."""
        bars: dict[str, Bars] = {}
        provisional: dict[str, Bars] = {}
        withheld: dict[str, Bars] = {}
        for symbol, reading in self.readings.items():
            status = self.findings[symbol].status
            if len(reading.provisional.days):
                provisional[symbol] = reading.provisional
            if status is Status.GAP:
                withheld[symbol] = reading.bars
            elif status in _GOOD_SO_FAR and len(reading.bars.days):
                bars[symbol] = reading.bars
        return SourceReply(
            bars=bars,
            findings={symbol: each for symbol, each in self.findings.items() if symbol not in self.begins},
            begins=self.begins,
            fetched_at=asked_at,
            provisional=provisional,
            withheld=withheld,
            actions={symbol: each.actions for symbol, each in self.readings.items() if each.actions},
        )


def _begins_after(reading: Reading, through: date, is_held: bool) -> date | None:
    """The day on which the symbol's history begins, if that is after the last day asked for."""
    if len(reading.bars.days) or is_held or not len(reading.provisional.days):
        return None
    first: date = reading.provisional.days[0].astype(object)
    return first if reading.first_trade is None or reading.first_trade > through else None


def _without_last(reading: Reading) -> Reading:
    """The reading with its last bar among the provisional ones."""
    bars = reading.bars
    last = bars.days == bars.days[-1]
    return replace(reading, bars=bars.at(~last), provisional=bars.at(last))


def _since(days: Days) -> str:
    return f" (the last is of {_day(days[-1])})" if len(days) else ""


def _day(value: np.datetime64) -> date:
    day: date = value.astype(object)
    return day
