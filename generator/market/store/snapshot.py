"""What was known right after a fetch, read from the store in the form of a source's reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

import numpy as np

from generator.market.sessions import FIRST_DAY, NEW_YORK, trading_days
from generator.market.source import PRICE_COLUMNS, Action, Finding, SourceReply, Status
from generator.market.store.file import PriceStore
from generator.market.store.rows import Chunk, folded
from generator.model import Bars, Days

WINDOW = 30
"""How many past sessions each later fetch asks for again."""
_CONTRADICTS = frozenset({Status.SUSPECT, Status.BAD_DATA})
"""Findings that contradict a price. The others only say that something is missing, and the store may hold it."""

_NOT_FETCHED = "not fetched yet: run 'commentary fetch'"


@dataclass(frozen=True, slots=True)
class Fetch:
    """One fetch that the store holds."""

    number: int
    through: date
    """The last completed session of its day."""
    fetched_at: datetime


@dataclass(frozen=True)
class Snapshot:
    """All that was known right after one fetch; bars and actions are read when first asked for."""

    store: PriceStore
    source: str
    origin: str
    """The origin that the bars name."""
    fetch: Fetch

    @cached_property
    def bars(self) -> Mapping[str, Bars]:
        """Every symbol's bars: for each day, the last price fetched by then."""
        pieces: dict[str, list[Chunk]] = {}
        for symbol, fields, rows in self.store.rows(
            "SELECT symbol, fields, rows FROM bars WHERE fetch <= ? AND source = ? ORDER BY rowid",
            self.fetch.number,
            self.source,
        ):
            pieces.setdefault(symbol, []).append(Chunk(fields, rows))
        return {symbol: folded(symbol, those, self.origin) for symbol, those in pieces.items()}

    def first_fetched(self, symbol: str) -> tuple[Days, Days]:
        """A symbol's days, and for each the day (New York time) on which a price for it was first fetched."""
        found = self.store.rows(
            "SELECT fields, rows, fetched_at FROM bars JOIN fetches ON fetches.id = fetch "
            "WHERE fetch <= ? AND source = ? AND symbol = ? ORDER BY bars.rowid",
            self.fetch.number,
            self.source,
            symbol,
        )
        told = [folded(symbol, [Chunk(fields, rows)]).days for fields, rows, _ in found]
        fetched = [
            np.full(len(days), datetime.fromisoformat(at).astimezone(NEW_YORK).date(), "datetime64[D]")
            for days, (*_, at) in zip(told, found, strict=True)
        ]
        days, first = np.unique(np.concatenate(told), return_index=True)
        return days, np.concatenate(fetched)[first]

    @cached_property
    def actions(self) -> Mapping[str, tuple[Action, ...]]:
        """Every symbol's splits and dividends, oldest first."""
        found: dict[str, list[Action]] = {}
        for symbol, day, kind, amount in self.store.rows(
            "SELECT symbol, session, kind, amount FROM actions WHERE fetch <= ? AND source = ? ORDER BY session",
            self.fetch.number,
            self.source,
        ):
            found.setdefault(symbol, []).append(Action(date.fromisoformat(day), kind, amount))
        return {symbol: tuple(those) for symbol, those in found.items()}

    def reply(self, symbols: Sequence[str], through: date) -> SourceReply:
        """What is known of `symbols` up to and including `through`.

        A symbol that is not ok keeps its history except the last session.
        """
        last = self._findings(through)
        bars: dict[str, Bars] = {}
        findings: dict[str, Finding] = {}
        begins: dict[str, date] = {}
        for symbol in symbols:
            whole = self.bars.get(symbol)
            if whole is None or not len(whole.days):
                findings[symbol] = _or_missing(last.get(symbol), symbol)
                continue
            if not len((held := until(whole, through)).days):
                begins[symbol] = whole.days[0].astype(object)
                continue
            findings[symbol] = finding = _resolved(last.get(symbol, self._unsaid(symbol, through)), held, through)
            bars[symbol] = held if finding.status is Status.OK else _without(held, through)
        actions = {symbol: self.actions[symbol] for symbol in symbols if symbol in self.actions}
        return SourceReply(bars, findings, begins, self.fetch.fetched_at, actions=actions)

    def _unsaid(self, symbol: str, through: date) -> Finding:
        """The finding for a symbol without one: ok, unless `through` is later than the last fetch."""
        fetched = through <= self.fetch.through
        return Finding(symbol) if fetched else Finding(symbol, Status.MISSING, _NOT_FETCHED)

    def _findings(self, through: date) -> Mapping[str, Finding]:
        """Each symbol's last finding from fetches as of the session `through`."""
        rows = self.store.rows(
            "SELECT symbol, status, reason FROM findings JOIN fetches ON fetches.id = fetch "
            "WHERE fetch <= ? AND source = ? AND through = ? ORDER BY fetch",
            self.fetch.number,
            self.source,
            through.isoformat(),
        )
        return {symbol: Finding(symbol, Status(status), reason) for symbol, status, reason in rows}


class KnownSymbol:
    """All that was known right after one fetch, source by source; each source is read once."""

    def __init__(self, store: PriceStore, fetch: Fetch) -> None:
        self.store, self.fetch = store, fetch
        self._sources: dict[str, Snapshot] = {}

    def of(self, source: str, origin: str = "") -> Snapshot:
        """What was known from one source."""
        return self._sources.setdefault(source, Snapshot(self.store, source, origin, self.fetch))


def last_fetch(store: PriceStore, known_by: datetime | None = None) -> Fetch | None:
    """The last fetch, or the last one stored by `known_by`; None if there is none."""
    limit = stamp(known_by) if known_by else "9999"
    rows = store.rows(
        "SELECT id, through, fetched_at FROM fetches WHERE fetched_at <= ? ORDER BY id DESC LIMIT 1", limit
    )
    return next((Fetch(n, date.fromisoformat(day), datetime.fromisoformat(at)) for n, day, at in rows), None)


def stamp(moment: datetime) -> str:
    """The moment as the store writes it: in UTC and with a fixed length, so that texts sort by time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def until(bars: Bars, last: date) -> Bars:
    """The bars up to and including `last`."""
    return _rows(bars, int(np.searchsorted(bars.days, np.datetime64(last, "D"), side="right")))


def _without(bars: Bars, session: date) -> Bars:
    """The bars before `session`."""
    return _rows(bars, int(np.searchsorted(bars.days, np.datetime64(session, "D"))))


def _rows(bars: Bars, count: int) -> Bars:
    if count == len(bars.days):
        return bars
    columns = {name: column[:count] for name in PRICE_COLUMNS if (column := bars.column(name)) is not None}
    return Bars(bars.symbol, bars.days[:count], **columns, origin=bars.origin)


def _or_missing(finding: Finding | None, symbol: str) -> Finding:
    if finding is None or finding.status is Status.OK:
        return Finding(symbol, Status.MISSING, "the price store holds nothing of it")
    return finding


def _resolved(finding: Finding, held: Bars, session: date) -> Finding:
    """The finding, or ok if an earlier fetch brought what it reports as missing."""
    if finding.status is Status.OK or finding.status in _CONTRADICTS or held.close is None:
        return finding
    closes = held.days[~np.isnan(held.close)]
    wanted = trading_days(FIRST_DAY, session)[-WINDOW if finding.status is Status.GAP else -1 :]
    return Finding(finding.symbol) if np.isin(wanted, closes).all() else finding
