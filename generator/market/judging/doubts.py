"""Spots prices that cannot be right from their moves alone: misprints, blocks at another scale, unapplied splits.

A whole history is judged by its own tenth largest move, which a few misprints do not change: in forty years of 69
instruments no move was four times that, and no move over two and a half times that was reversed. The most recent rows
are judged more strictly, by the largest move ever made before them, as there has been little trading since to confirm
them. A move that the whole market shared is trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from generator.market.judging.moves import largest_move, moves, usual_record
from generator.market.source import Action
from generator.model import Bars, Column, Kind

Accepted = frozenset[tuple[str, date]]
"""Moves, by symbol and day, that somebody has confirmed."""

RECENT = 30
"""How many rows at the end are judged by all that came before them."""
_FAR, _FAR_LATELY, _TAKEN_BACK = 6.0, 15.0, 2.5
"""How many times the usual largest move a move must be to be doubted: on its own; on its own in recent rows, where the
usual may be about to change, as for bonds in September 2008; and if it is reversed later."""
_NET, _NET_AT_MOST = 0.1, 0.3
"""How much of a reversed move may remain, as a share of it: by itself, and with the moves of the days in between."""
_SPLITS = (1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 100.0)
_LEAST = {Kind.YIELD: 0.1}
"""A move this small is never doubted: a tenth of a point, for a bill that has yielded almost nothing for years."""
_LARGEST_DIVIDEND = 0.12
"""The largest log step by which an adjusted close may gain on the close when the dividend is unknown."""
_UNEXPLAINED, _LOST = 0.02, 0.01
"""How far an adjusted close may stray from the dividend paid, and how much of its gain on the close it may lose."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """The first price of a symbol that cannot be right."""

    day: date
    why: str

    def told(self, symbol: str) -> str:
        """The doubt, and how to dismiss it."""
        return f"{self.why}; if it is true, --accept {symbol}:{self.day} vouches for it"


@dataclass(frozen=True)
class History:
    """One symbol's prices, and what is known about it."""

    kind: Kind
    bars: Bars
    actions: Sequence[Action] | None = None
    """Splits and dividends; None if they were not asked for, as with files."""
    since: date | None = None
    """The day from which moves are judged by `record`; None means the last thirty rows."""
    record: float | None = None
    """The largest move known from before `since`; None means the largest among the earlier rows."""

    @cached_property
    def closes(self) -> Column:
        """The closes, or the adjusted closes if there are none."""
        plain, adjusted = self.bars.close, self.bars.adj_close
        if plain is not None and not np.isnan(plain).all():
            return plain
        return adjusted if adjusted is not None else np.full(len(self.bars.days), np.nan)

    @cached_property
    def steps(self) -> Column:
        """The move into each row."""
        return moves(self.closes, self.kind)

    @cached_property
    def recent(self) -> int:
        """The first row that is judged by the largest move before it."""
        if self.since is None:
            return max(len(self.steps) - RECENT, 0)
        return int(np.searchsorted(self.bars.days, np.datetime64(self.since, "D")))

    @cached_property
    def largest(self) -> float:
        """The largest move before the recent rows."""
        known = largest_move(self.closes[: self.recent], self.kind) if self.record is None else self.record
        return max(known, _LEAST.get(self.kind, 0.0))

    @cached_property
    def usual(self) -> float:
        """The tenth largest move of all, or what is usual for the kind if there are few moves."""
        if self.record is not None:
            return self.largest
        sizes = np.abs(self.steps[~np.isnan(self.steps)])
        tenth = float(np.partition(sizes, -10)[-10]) if len(sizes) >= 10 else 0.0
        return max(tenth, usual_record(self.kind, len(sizes)), _LEAST.get(self.kind, 0.0))

    def share(self, day: np.datetime64) -> float:
        """The move on `day` as a share of the largest move known (recent rows) or usual; NaN if there is no move."""
        row = int(np.searchsorted(self.bars.days, day))
        if row >= len(self.steps) or self.bars.days[row] != day:
            return float("nan")
        measure = self.largest if row >= self.recent else self.usual
        return abs(float(self.steps[row])) / measure if measure else float("nan")


def doubts(histories: Mapping[str, History], accepted: Accepted = frozenset()) -> dict[str, Doubt]:
    """The first doubt about each symbol; symbols without one are left out."""
    found: dict[str, Doubt] = {}
    for symbol, history in histories.items():
        shared = _shared(histories, symbol)
        each = (
            doubt
            for doubt in (*_of_moves(history, shared), *_of_adjusted(history))
            if (symbol, doubt.day) not in accepted
        )
        first = next(each, None)
        if first:
            found[symbol] = first
    return found


def _shared(histories: Mapping[str, History], symbol: str) -> Callable[[np.datetime64, float], bool]:
    """A test of whether half of the other symbols moved at least half as far on a day, each by its own measure."""

    def shared(day: np.datetime64, own: float) -> bool:
        shares = [each.share(day) for other, each in histories.items() if other != symbol]
        held = [share for share in shares if not np.isnan(share)]
        return len(held) >= 3 and float(np.median(held)) >= own / 2

    return shared


def _of_moves(history: History, shared: Callable[[np.datetime64, float], bool]) -> Iterator[Doubt]:
    splits = {action.day: action.amount for action in history.actions or () if action.kind == "split"}
    steps, days = history.steps, history.bars.days
    sizes = np.nan_to_num(np.abs(steps))
    strict = np.arange(len(steps)) >= history.recent
    least = np.where(strict, min(history.largest, _TAKEN_BACK * history.usual), _TAKEN_BACK * history.usual)
    candidates = np.flatnonzero((sizes > least) | np.isin(days, np.array(list(splits), dtype="datetime64[D]"))).tolist()
    for row in candidates:
        step, day = float(steps[row]), _day(days[row])
        if day in splits:
            if _is_split(-step, splits[day]):
                yield Doubt(day, f"the prices before a split are at the old scale ({splits[day]:g} for 1 on {day})")
            continue
        false = _is_false(history, row, candidates) or (row >= history.recent and _may_be_false(history, row))
        if false and not shared(days[row], history.share(days[row])):
            told = f"{step:+.2f} points" if history.kind is Kind.YIELD else f"{100 * np.expm1(step):+,.1f}%"
            yield Doubt(day, f"a move without example and without explanation ({told} on {day})")


def _is_false(history: History, row: int, candidates: Sequence[int]) -> bool:
    """Whether a move is far larger than all others, or large and undone by another move before or after it."""
    least = _TAKEN_BACK * history.usual
    size = abs(float(history.steps[row]))
    if size <= least:
        return False
    others = [other for other in candidates if other != row and abs(history.steps[other]) > least]
    far = _FAR_LATELY if row >= history.recent else _FAR
    return size > far * history.usual or any(_undoes(history, *sorted((row, other))) for other in others)


def _may_be_false(history: History, row: int) -> bool:
    """Whether a recent move of record size may not be real.

    The last row's always may, because no trading has followed. An earlier one may if it looks like a split that was
    never applied, or if it was reversed at once.
    """
    steps, record = history.steps, history.largest
    size = abs(float(steps[row]))
    if size <= record:
        return False
    if row == len(steps) - 1 or (abs(steps[row + 1]) > record and steps[row] * steps[row + 1] < 0):
        return True
    return history.kind is not Kind.YIELD and any(_is_split(size, ratio) for ratio in _SPLITS)


def _undoes(history: History, first: int, then: int) -> bool:
    """Whether the later move reverses the earlier one."""
    one, other = float(history.steps[first]), float(history.steps[then])
    size, ordinary = min(abs(one), abs(other)), float(np.nanmedian(np.abs(history.steps)))
    left = min(_NET * size + 3 * ordinary * float(np.sqrt(then - first)), _NET_AT_MOST * size)
    return one * other < 0 and abs(one + other) <= left


def _of_adjusted(history: History) -> Iterator[Doubt]:
    """Doubts about adjusted closes that neither the closes nor the dividends explain.

    When a dividend is paid, the adjusted close gains on the close by the dividend's share of the price. It never loses.
    """
    plain, adjusted = history.bars.close, history.bars.adj_close
    if plain is None or adjusted is None:
        return
    rows = np.flatnonzero((plain > 0) & (adjusted > 0))
    if len(rows) < 2:
        return
    ratios, days = np.log(adjusted[rows] / plain[rows]), history.bars.days[rows]
    gains = np.diff(ratios, prepend=ratios[0])
    room = np.full(len(rows), _LARGEST_DIVIDEND if history.actions is None else _UNEXPLAINED)
    for action in history.actions or ():
        row = int(np.searchsorted(days, np.datetime64(action.day, "D")))
        if action.kind == "dividend" and 0 < row < len(rows) and 0 < action.amount < plain[rows[row - 1]]:
            paid = -float(np.log1p(-action.amount / plain[rows[row - 1]]))
            room[row] = max(room[row], _LARGEST_DIVIDEND, paid + _UNEXPLAINED)
    lost = np.maximum.accumulate(ratios) - ratios
    for row in np.flatnonzero((gains > room) | ((lost > _LOST) & (gains < 0))).tolist():
        by = f"{100 * np.expm1(float(gains[row])):+,.1f}%"
        yield Doubt(
            _day(days[row]),
            f"the adjusted close moves by {by} beside the close on {days[row]}, which no dividend explains",
        )


def _is_split(step: float, ratio: float) -> bool:
    """Whether a log step equals that of the ratio, give or take an ordinary day's move."""
    return ratio > 0 and abs(np.log(ratio)) > 0.2 and bool(abs(step - np.log(ratio)) < 0.06)


def _day(value: np.datetime64) -> date:
    day: date = value.astype(object)
    return day
