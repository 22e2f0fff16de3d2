"""What a supplier said of each symbol in; for each, whether it may be believed, and why not, out.

A value is believed when nothing speaks against it: the day is over, no session is missing, the last close is what the
quote says, and no move is larger than any that the instrument ever made. What is absent is never filled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

import numpy as np

from generator.market.moves import largest_move, moves
from generator.market.own_days import day_ends, days_due, quoted_since
from generator.market.sessions import FIRST_DAY, NEW_YORK, trading_days
from generator.market.source import Action, Held, Status
from generator.market.yahoo_answer import NEW_YORK_HOURS, Quote, Reading
from generator.model import Days, Kind

_RECENT = 30
"""Sessions that are looked at for gaps and moves: what is older was looked at when it was new."""
_NEAR = 0.003
_SETTLING = timedelta(hours=1)
"""So long after its day an instrument's last trade may still be that day's; futures open anew an hour after."""
_SPLITS = (1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 100.0)

Verdict = tuple[Status, str]
OK: Verdict = (Status.OK, "")


def recent(through: date, held: Held | None) -> date:
    """The first of the days that are looked at: of what is held already, the first that was asked for again."""
    first: date = trading_days(FIRST_DAY, through)[-_RECENT:][0].astype(object)
    return held.since if held else first


def judge(reading: Reading, through: date, held: Held | None, now: datetime) -> Verdict:
    """What to think of the symbol's bars, its moves aside."""
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
    """The last close beside what the instrument last traded at."""
    if quote is None:
        return Status.SUSPECT, f"there is no quote to hold the close of {day} against"
    at = f"{quote.moment.astimezone(NEW_YORK):%Y-%m-%d %H:%M} New York time"
    if quote.moment < quoted_since(kind, day):
        return Status.INCOMPLETE, f"the last trade was before the close (at {at})"
    away = abs(close - quote.price)
    if kind in NEW_YORK_HOURS or quote.moment <= day_ends(kind, day) + _SETTLING:
        # A bill's yield moves by half a hundredth of a point: no share of something near zero.
        if quote.moment.date() == day and away > max(_NEAR * abs(quote.price), 0.005 if kind is Kind.YIELD else 0.0):
            return Status.SUSPECT, f"the close contradicts the quote ({close:.6g} on {day}, {quote.price:.6g} at {at})"
    elif quote.moment.date() == day and away == 0:
        return Status.INCOMPLETE, f"the last bar still moved with the quote (at {at})"
    return OK


def unexplained_moves(
    readings: Mapping[str, Reading], through: date, held: Mapping[str, Held]
) -> Iterator[tuple[str, str]]:
    """Each symbol with a move that nothing explains, and the move in words."""
    judged = {symbol: _Moves(each, through, held.get(symbol)) for symbol, each in readings.items()}
    for symbol, moved in judged.items():
        for row in moved.rows():
            day, step = moved.days[row], float(moved.steps[row])
            split = next((each for each in moved.splits if each.day == _day(day)), None)
            if split is not None and _is_split(-step, split.amount):
                yield symbol, f"the prices before a split are at the old scale ({split.amount:g} for 1 on {day})"
                break
            unusual = abs(step) > moved.record and split is None
            if unusual and moved.may_be_false(row) and not _others_moved(judged, symbol, day, moved.share(day)):
                yield symbol, f"a move without example and without explanation ({moved.in_words(step)} on {day})"
                break


class _Moves:
    """One symbol's recent moves, beside the largest it ever made before them."""

    def __init__(self, reading: Reading, through: date, held: Held | None) -> None:
        closes = reading.bars.close
        assert closes is not None
        self.kind, self.days = reading.kind, reading.bars.days
        self.first = np.datetime64(recent(through, held), "D")
        self.steps = moves(closes, reading.kind)
        self.record = held.largest_move if held else largest_move(closes[self.days < self.first], reading.kind)
        self.splits: Sequence[Action] = [each for each in reading.actions if each.kind == "split"]

    def rows(self) -> Sequence[int]:
        """The rows of the recent moves."""
        return [int(row) for row in np.flatnonzero(~np.isnan(self.steps) & (self.days >= self.first))]

    def may_be_false(self, row: int) -> bool:
        """Whether a move of record size need not be a price's own.

        The last one always: nobody has traded on it since. An earlier one if it looks like a split that was never
        worked in, or if it was taken back at once.
        """
        if row == len(self.steps) - 1:
            return True
        step, next_step = float(self.steps[row]), float(self.steps[row + 1])
        if abs(next_step) > self.record and step * next_step < 0:
            return True
        return self.kind is not Kind.YIELD and any(_is_split(abs(step), ratio) for ratio in _SPLITS)

    def share(self, day: np.datetime64) -> float:
        """The move on `day` as a share of the record; NaN where there is none."""
        row = int(np.searchsorted(self.days, day))
        if row >= len(self.days) or self.days[row] != day or not self.record:
            return float("nan")
        return abs(float(self.steps[row])) / self.record

    def in_words(self, step: float) -> str:
        """The move as a reader has it."""
        return f"{step:+.2f} points" if self.kind is Kind.YIELD else f"{100 * np.expm1(step):+.1f}%"


def _is_split(step: float, ratio: float) -> bool:
    """Whether a logarithmic step is the ratio's, give or take an ordinary day."""
    return ratio > 0 and abs(np.log(ratio)) > 0.2 and bool(abs(step - np.log(ratio)) < 0.06)


def _others_moved(judged: Mapping[str, _Moves], symbol: str, day: np.datetime64, own: float) -> bool:
    """Whether half of the other symbols moved at least half as far that day, each by its own largest move."""
    shares = [each.share(day) for other, each in judged.items() if other != symbol]
    held = [share for share in shares if not np.isnan(share)]
    return len(held) >= 3 and float(np.median(held)) >= own / 2


def _since(days: Days) -> str:
    return f" (the last is of {_day(days[-1])})" if len(days) else ""


def _day(value: np.datetime64) -> date:
    day: date = value.astype(object)
    return day
