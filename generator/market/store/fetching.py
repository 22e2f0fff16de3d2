"""Fetches what the store does not hold yet, asking for as little as possible, and stores it."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import numpy as np

from generator.market.judging.moves import largest_move
from generator.market.sessions import FIRST_DAY, trading_days
from generator.market.source import Finding, Held, PriceSource, SourceReply, Status
from generator.market.store.file import PriceStore
from generator.market.store.recording import Recorded, record, rescaled
from generator.market.store.series import SERIES, Plan
from generator.market.store.snapshot import WINDOW, KnownSymbol, Snapshot, last_fetch
from generator.market.store.vintages import ARCHIVE
from generator.model import Bars, Kind, Universe

_OVERLAP = 5
"""How many of the days held are fetched again after a long pause, to see whether their scale has changed."""


def fetch(
    source: PriceSource,
    store: PriceStore,
    universe: Universe,
    through: date,
    beside: Plan | None = None,
    after: Plan | None = None,
    archive: Plan | None = None,
) -> Recorded:
    """Ask for what is new as of the session `through`, and store it.

    The economic series in `beside` are fetched while the prices are, those in `after` once the prices are in. The
    `archive` of economic series is also asked while the prices are fetched, once the series in `beside` are in.

    For a symbol that is held, only the last 30 sessions are fetched; its whole history if a split, a dividend or the
    prices themselves show that the stored prices are on an older scale. Raises `StoreError`, with nothing stored.
    """
    before = last_fetch(store)
    known = KnownSymbol(store, before) if before else None
    held = known.of(source.key) if known else None
    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(beside(known)) if beside else None
        older = pool.submit(archive(known)) if archive else None
        reply = source.history(universe.symbols(), through, _held(held, universe, through))
        again = rescaled(held, reply) if held else []
        if held and again:
            reply = _put_in(reply, source.history(again, through), again, held)
        series = [told.result()] if told else []
        vintages = {ARCHIVE: older.result()} if older else {}
    series += [after(known)()] if after else []
    replies = {source.key: reply, SERIES: _together(series), **vintages}
    return record(store, replies, through, known, [*again, *replies[SERIES].bars])


def _together(replies: list[SourceReply]) -> SourceReply:
    bars = {name: bars for reply in replies for name, bars in reply.bars.items()}
    return SourceReply(bars, {name: finding for reply in replies for name, finding in reply.findings.items()})


def _held(known: Snapshot | None, universe: Universe, through: date) -> Mapping[str, Held]:
    """For each symbol that is held, the day to fetch again from and its largest move so far."""
    kinds = universe.kinds()
    start = trading_days(FIRST_DAY, through)[-WINDOW:][0]
    return {
        symbol: Held(min(start, closes[-_OVERLAP:][0]).astype(object), _largest(bars, kinds[symbol]))
        for symbol, bars in (known.bars if known else {}).items()
        if symbol in kinds and len(closes := _days_held(bars))
    }


def _days_held(bars: Bars) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return bars.days[~np.isnan(bars.close)] if bars.close is not None else bars.days[:0]


def _largest(bars: Bars, kind: Kind) -> float:
    return largest_move(bars.close, kind) if bars.close is not None else 0.0


def _put_in(reply: SourceReply, second: SourceReply, again: list[str], known: Snapshot) -> SourceReply:
    """The reply with the second answer for the symbols asked `again`, so that no history mixes two scales."""

    def other(first: Mapping[str, Bars], later: Mapping[str, Bars]) -> dict[str, Bars]:
        kept = {symbol: bars for symbol, bars in first.items() if symbol not in again}
        return kept | {symbol: bars for symbol, bars in later.items() if symbol not in short}

    short = {
        symbol: Finding(symbol, Status.GAP, f"its history on the new scale begins only on {bars.days[0]}")
        for symbol, bars in {**second.bars, **second.withheld}.items()
        if bars.days[0] > known.bars[symbol].days[0]
    }
    return replace(
        reply,
        bars=other(reply.bars, second.bars),
        withheld=other(reply.withheld, second.withheld),
        findings={**reply.findings, **second.findings, **short},
        actions={**reply.actions, **second.actions},
    )
