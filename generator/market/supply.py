"""Settings in; the prices to read from out: a source itself, or what was fetched from it and stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from generator.market.registry import make_source
from generator.market.sessions import last_completed_session, present
from generator.market.source import Finding, PriceSource, SourceReply
from generator.market.store.fetching import fetch
from generator.market.store.file import PriceStore, default_path
from generator.market.store.recording import Recorded
from generator.market.store.series import fred_due, valuation_due
from generator.market.store.stored_source import StoredSource
from generator.model import Observations, Settings, Universe

FETCHED = ("yahoo",)
"""Sources that are asked over a network: what they give is stored, and read from the store."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One fetch, and what its user should be told of the store."""

    recorded: Recorded
    reply: SourceReply
    """What is known of every symbol now."""
    observations: Mapping[str, Observations]
    """What is known of every economic series."""
    notices: tuple[str, ...]


def fetch_prices(settings: Settings, universe: Universe, advance: Callable[[Finding], None] | None = None) -> Fetched:
    """Ask the source for what is new, as of the last completed session, and store it.

    `advance` is called as each symbol's answer is in, from any thread. Raises `StoreError`, with nothing stored.
    """
    source = make_source(settings.source, data=settings.data, universe=universe, accepted=frozenset(settings.accept))
    if hasattr(source, "advance"):
        source.advance = advance
    session = last_completed_session()
    with PriceStore.open(settings.store or default_path(), create=True) as store:
        series, now = universe.series(), present()
        beside, after = fred_due(series, now, advance), valuation_due(source, series, now, advance)
        recorded = fetch(source, store, universe, session, beside, after)
        stored = StoredSource(store, source, recorded.fetch.fetched_at)
        reply, held = stored.history(universe.symbols(), session), stored.observations(series, session)
        return Fetched(recorded, reply, held, (*store.notices, *_not_fetched(recorded, series)))


def _not_fetched(recorded: Recorded, series: Sequence[str]) -> list[str]:
    """The economic series that could not be had, those of one reason together."""
    whys: dict[str, list[str]] = {}
    for finding in recorded.findings.values():
        if finding.symbol in series and finding.reason:
            whys.setdefault(finding.reason, []).append(finding.symbol)
    return [f"not fetched: {', '.join(names)} ({why})" for why, names in whys.items()]


def with_fresh_prices(settings: Settings, universe: Universe) -> tuple[Settings, tuple[str, ...]]:
    """The settings to read prices with, once what is new has been fetched; and what the user should be told.

    They are the same settings where the source is none to fetch from, or the store is to be read alone.
    """
    if settings.source not in FETCHED or reads_alone(settings):
        return settings, ()
    fetched = fetch_prices(settings, universe)
    brought = fetched.recorded.fetch
    # Not a later session that has become complete in the meantime.
    session = settings.session or (None if settings.latest else brought.through)
    return replace(settings, session=session, as_known=brought.fetched_at), fetched.notices


def reads_alone(settings: Settings) -> bool:
    """Whether the store is to be read without asking anybody."""
    return settings.offline or settings.as_known is not None


def told_age(fetched_at: datetime) -> str:
    """How old the prices are, for who reads the store alone."""
    hours = (present() - fetched_at) / timedelta(hours=1)
    age = f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
    return f"read from the price store alone: fetched {fetched_at:%Y-%m-%d %H:%M} UTC, {age} ago"


@contextmanager
def opened_source(settings: Settings, universe: Universe) -> Iterator[PriceSource]:
    """The source to read prices from, which asks nobody over a network. Raises `StoreError`."""
    source = make_source(settings.source, data=settings.data, universe=universe, accepted=frozenset(settings.accept))
    if settings.source not in FETCHED:
        yield source
        return
    with PriceStore.open(settings.store or default_path()) as store:
        yield StoredSource(store, source, settings.as_known)
