"""The prices to read, as the settings ask: a source itself, or what was fetched from it and stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from generator.market.registry import make_source
from generator.market.sessions import last_completed_session, present
from generator.market.source import Finding, PriceSource, SourceReply
from generator.model import Observations, Settings, Universe

# The store and all that asks suppliers are loaded where they are used: a run that reads files needs neither.
if TYPE_CHECKING:
    from generator.market.store.recording import Recorded

FETCHED = ("yahoo",)
"""Sources that are asked over a network; their prices are stored, and read from the store."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One fetch, and messages about it for the user."""

    recorded: Recorded
    reply: SourceReply
    """What is now known of every symbol."""
    observations: Mapping[str, Observations]
    """What is now known of every economic series."""
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Supply:
    """A source that is open, the settings to read it with, and messages for the user."""

    source: PriceSource
    settings: Settings
    notices: tuple[str, ...] = ()


def fetch_prices(settings: Settings, universe: Universe, advance: Callable[[Finding], None] | None = None) -> Fetched:
    """Ask the source for what is new, as of the last completed session, and store it.

    `advance` is called as each symbol's answer arrives, from any thread. Raises `StoreError`, with nothing stored.
    """
    with _fetched(settings, universe, advance) as (source, recorded, notices):
        session = recorded.fetch.through
        reply, held = source.history(universe.symbols(), session), source.observations(universe.series(), session)
        return Fetched(recorded, reply, held, notices)


@contextmanager
def _fetched(
    settings: Settings, universe: Universe, advance: Callable[[Finding], None] | None = None
) -> Iterator[tuple[PriceSource, Recorded, tuple[str, ...]]]:
    """The store as it is once what is new was fetched, open; what the fetch brought; messages for the user."""
    from generator.market.store.fetching import fetch
    from generator.market.store.file import PriceStore, default_path
    from generator.market.store.series import FRESH, answered_since, fred_due, valuation_due
    from generator.market.store.stored_source import StoredSource
    from generator.market.store.vintages import archive_due

    source = make_source(settings.source, data=settings.data, universe=universe, accepted=frozenset(settings.accept))
    if hasattr(source, "advance"):
        source.advance = advance
    if hasattr(source, "prepare"):
        source.prepare()
    session = last_completed_session()
    with PriceStore.open(settings.store or default_path(), create=True) as store:
        series, now = universe.series(), present()
        beside = fred_due(series, now, advance, universe.released())
        archive = archive_due(universe.released(), lambda held: answered_since(held, now - FRESH), advance)
        recorded = fetch(source, store, universe, session, beside, valuation_due(source, series, now, advance), archive)
        stored = StoredSource(store, source, recorded.fetch.fetched_at, universe.released())
        yield stored, recorded, (*store.notices, *_not_fetched(recorded, series))


def _not_fetched(recorded: Recorded, series: Sequence[str]) -> list[str]:
    """A line for each reason why economic series could not be fetched, with their names."""
    from generator.market.store.vintages import named

    wanted = {*series, *map(named, series)}
    whys: dict[str, list[str]] = {}
    for finding in recorded.findings.values():
        if finding.symbol in wanted and finding.reason:
            whys.setdefault(finding.reason, []).append(finding.symbol)
    return [f"not fetched: {', '.join(names)} ({why})" for why, names in whys.items()]


@contextmanager
def fresh_supply(settings: Settings, universe: Universe) -> Iterator[Supply]:
    """The source to read prices from, once what is new was fetched; the store is opened, and proved, once.

    Nothing is fetched if the source does not use a network, or only the store is to be read. Raises `StoreError`.
    """
    if settings.source not in FETCHED or reads_alone(settings):
        with opened_source(settings, universe) as source:
            yield Supply(source, settings)
        return
    with _fetched(settings, universe) as (source, recorded, notices):
        brought = recorded.fetch
        # Stay with the session fetched, even if a later one has become complete in the meantime.
        session = settings.session or (None if settings.latest else brought.through)
        yield Supply(source, replace(settings, session=session, as_known=brought.fetched_at), notices)


def reads_alone(settings: Settings) -> bool:
    """Whether only the store is to be read, without asking a supplier."""
    return settings.offline or settings.as_known is not None


def told_age(fetched_at: datetime) -> str:
    """How old the prices are, for a run that reads only the store."""
    hours = (present() - fetched_at) / timedelta(hours=1)
    age = f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
    return f"read from the price store alone: fetched {fetched_at:%Y-%m-%d %H:%M} UTC, {age} ago"


@contextmanager
def opened_source(settings: Settings, universe: Universe) -> Iterator[PriceSource]:
    """The source to read prices from; it never uses a network. Raises `StoreError`."""
    source = make_source(settings.source, data=settings.data, universe=universe, accepted=frozenset(settings.accept))
    if settings.source not in FETCHED:
        yield source
        return
    from generator.market.store.file import PriceStore, default_path
    from generator.market.store.stored_source import StoredSource

    with PriceStore.open(settings.store or default_path()) as store:
        yield StoredSource(store, source, settings.as_known, universe.released())
