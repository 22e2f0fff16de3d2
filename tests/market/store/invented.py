"""A supplier whose prices a test sets, changes and withholds, between one fetch and the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from generator.market.sessions import trading_days
from generator.market.source import PRICE_COLUMNS, Action, Finding, Held, SourceReply, Status
from generator.model import Bars

FIRST = date(2023, 1, 3)


def history(symbol: str, last: date, start: float = 100.0, first: date = FIRST) -> Bars:
    """A steady climb of a quarter a session, every column of it."""
    days = trading_days(first, last)
    close = start + 0.25 * np.arange(len(days))
    columns = {"open": close - 0.1, "high": close + 0.5, "low": close - 0.5, "close": close, "adj_close": close * 0.9}
    return Bars(symbol, days, **columns, origin="nobody")


@dataclass
class Supplier:
    """A source that gives what `bars` holds on the day asked for, except where `troubles` says otherwise."""

    bars: dict[str, Bars]
    troubles: dict[str, Finding] = field(default_factory=dict)
    actions: dict[str, tuple[Action, ...]] = field(default_factory=dict)
    asked: list[dict[str, Held | None]] = field(default_factory=list)
    """For each call, what was held of the symbols asked for."""
    key: str = "yahoo"
    supplier: str = "nobody"
    simulated: bool = False
    advance: Callable[[Finding], None] | None = None

    def history(self, symbols: Sequence[str], through: date, held: Mapping[str, Held] | None = None) -> SourceReply:
        """The bars from the day needed up to `through`."""
        self.asked.append({symbol: (held or {}).get(symbol) for symbol in symbols})
        findings = {symbol: self.troubles.get(symbol, Finding(symbol)) for symbol in symbols}
        given: dict[str, Bars] = {}
        for symbol in symbols:
            if symbol not in self.bars:
                findings[symbol] = Finding(symbol, Status.MISSING, "nobody knows it")
            elif findings[symbol].status in (Status.OK, Status.STALE, Status.INCOMPLETE, Status.GAP):
                since = (held or {})[symbol].since if symbol in (held or {}) else date(1987, 1, 1)
                given[symbol] = between(self.bars[symbol], since, through)
        for finding in findings.values() if self.advance else ():
            self.advance(finding)
        gaps = {symbol for symbol in given if findings[symbol].status is Status.GAP}
        return SourceReply(
            {symbol: bars for symbol, bars in given.items() if symbol not in gaps},
            findings,
            withheld={symbol: given[symbol] for symbol in gaps},
            actions={symbol: told for symbol, told in self.actions.items() if symbol in given},
        )

    def changed(self, symbol: str, **factors: tuple[date, date, float]) -> None:
        """Multiply fields of a symbol over a stretch of days, both ends included."""
        bars = self.bars[symbol]
        for name, (first, last, factor) in factors.items():
            column = np.array(bars.column(name))
            column[(bars.days >= np.datetime64(first)) & (bars.days <= np.datetime64(last))] *= factor
            bars = replace(bars, **{name: column})
        self.bars[symbol] = bars


def between(bars: Bars, first: date, last: date) -> Bars:
    """The bars of these days."""
    rows = (bars.days >= np.datetime64(first)) & (bars.days <= np.datetime64(last))
    columns = {name: column[rows] for name in PRICE_COLUMNS if (column := bars.column(name)) is not None}
    return Bars(bars.symbol, bars.days[rows], **columns, origin=bars.origin)
