"""Writes one fetch, with the replies of all sources, into the store in a single transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from generator.market.sessions import present
from generator.market.source import Action, Finding, SourceReply
from generator.market.store.changes import Changes, changes, reaches_back
from generator.market.store.file import PriceStore
from generator.market.store.snapshot import Fetch, KnownSymbol, Snapshot, last_fetch, stamp


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a fetch brought from every source that was asked."""

    fetch: Fetch
    findings: Mapping[str, Finding]
    changes: Mapping[str, Changes]
    """By symbol, for each symbol that was compared with the store."""


def record(
    store: PriceStore,
    replies: Mapping[str, SourceReply],
    through: date,
    known: KnownSymbol | None,
    whole: Collection[str] = (),
) -> Recorded:
    """Add to the store whatever each source's reply adds to what is `known`, as of the session `through`.

    `whole` are the symbols that were fetched in full. A symbol that another run has meanwhile moved to a new scale is
    left as that run stored it. Raises `StoreError`, with nothing stored.
    """
    found: dict[str, Changes] = {}
    with store.writing():
        before = last_fetch(store)
        if before and (known is None or known.fetch != before):
            known = KnownSymbol(store, before)
        fetch = Fetch(before.number + 1 if before else 1, through, _moment(before))
        store.add("fetches", [(fetch.number, through.isoformat(), stamp(fetch.fetched_at))])
        for source, reply in replies.items():
            held = known.of(source) if known else None
            for symbol, bars in {**reply.bars, **reply.withheld}.items():
                was = held.bars.get(symbol) if held else None
                if was is not None and symbol not in whole and reaches_back(was, bars):
                    continue
                fresh = new_actions(held, reply, symbol)
                found[symbol] = changes(was, bars, fresh)
                _add(store, fetch.number, source, symbol, found[symbol], fresh)
            told = reply.findings.values()
            store.add("findings", [(fetch.number, source, one.symbol, one.status.value, one.reason) for one in told])
    findings = {symbol: finding for reply in replies.values() for symbol, finding in reply.findings.items()}
    return Recorded(fetch, findings, found)


def new_actions(known: Snapshot | None, reply: SourceReply, symbol: str) -> tuple[Action, ...]:
    """The splits and dividends in the reply that were not known yet."""
    told = known.actions.get(symbol, ()) if known else ()
    days = {(action.day, action.kind) for action in told}
    return tuple(action for action in reply.actions.get(symbol, ()) if (action.day, action.kind) not in days)


def rescaled(known: Snapshot, reply: SourceReply) -> list[str]:
    """The symbols to fetch again in full, because the reply is on another scale than what is held."""
    return [
        symbol
        for symbol, bars in {**reply.bars, **reply.withheld}.items()
        if (held := known.bars.get(symbol)) is not None
        and (new_actions(known, reply, symbol) or reaches_back(held, bars))
    ]


def _moment(before: Fetch | None) -> datetime:
    """Now, but never earlier than just after the last fetch, even if the clock was set back."""
    now = present()
    return max(now, before.fetched_at + timedelta(microseconds=1)) if before else now


def _add(store: PriceStore, number: int, source: str, symbol: str, found: Changes, actions: tuple[Action, ...]) -> None:
    key = (number, source, symbol)
    store.add("bars", [(*key, piece.fields, piece.sum, piece.rows) for piece in found.pieces])
    store.add("actions", [(*key, each.day.isoformat(), each.kind, each.amount) for each in actions])
    store.add(
        "restatements",
        [(*key, each.session.isoformat(), each.field, each.old, each.new) for each in found.restatements],
    )
    store.add(
        "rescalings",
        [
            (*key, each.field, each.first.isoformat(), each.last.isoformat(), each.factor, each.cause)
            for each in found.rescalings
        ],
    )
