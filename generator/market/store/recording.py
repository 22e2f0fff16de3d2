"""A source's replies in; one more fetch in the store out, all of it at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from generator.market.sessions import present
from generator.market.source import Action, Finding, SourceReply
from generator.market.store.changes import Changes, changes, reaches_back
from generator.market.store.file import PriceStore
from generator.market.store.snapshot import Fetch, Known, Snapshot, last_fetch, stamp


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a fetch brought, of every source that was asked."""

    fetch: Fetch
    findings: Mapping[str, Finding]
    changes: Mapping[str, Changes]
    """By symbol, for those that brought anything."""


def record(
    store: PriceStore,
    replies: Mapping[str, SourceReply],
    through: date,
    known: Known | None,
    whole: Collection[str] = (),
) -> Recorded:
    """Add to the store what each source's reply says beyond what is `known`, as of the session `through`.

    `whole` are the symbols that were asked for in full. What another run has brought to a new scale in the meantime
    is left as that run stored it. Raises `StoreError`, with nothing stored.
    """
    found: dict[str, Changes] = {}
    with store.writing():
        before = last_fetch(store)
        if before and (known is None or known.fetch != before):
            known = Known(store, before)
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
    """The splits and dividends that the reply tells and that were not known."""
    told = known.actions.get(symbol, ()) if known else ()
    days = {(action.day, action.kind) for action in told}
    return tuple(action for action in reply.actions.get(symbol, ()) if (action.day, action.kind) not in days)


def rescaled(known: Snapshot, reply: SourceReply) -> list[str]:
    """The symbols whose history has to be asked for in full: what was fetched is on another scale than what is held."""
    return [
        symbol
        for symbol, bars in {**reply.bars, **reply.withheld}.items()
        if (held := known.bars.get(symbol)) is not None
        and (new_actions(known, reply, symbol) or reaches_back(held, bars))
    ]


def _moment(before: Fetch | None) -> datetime:
    """Now; or, by a clock that was set back, just after the last fetch: what is stored later was known later."""
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
