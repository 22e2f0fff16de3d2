"""A price source that reads only the store, as of the last fetch or an earlier one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from generator.errors import StoreError
from generator.market.source import Held, PriceSource, SourceReply
from generator.market.store.file import PriceStore, believed
from generator.market.store.series import SERIES, observed
from generator.market.store.snapshot import KnownSymbol, Snapshot, last_fetch
from generator.market.store.vintages import recorded
from generator.model import Observations


@dataclass(frozen=True)
class StoredSource:
    """What was fetched from `supplied` and stored, as known by a moment (default: now)."""

    store: PriceStore
    supplied: PriceSource
    known_by: datetime | None = None
    released: tuple[str, ...] = ()
    """The economic series that are wanted with all their vintages, not just the latest values."""

    @property
    def key(self) -> str:
        """The key of the source that the prices were fetched from."""
        return self.supplied.key

    @property
    def supplier(self) -> str:
        """Who supplied the prices."""
        return self.supplied.supplier

    @property
    def simulated(self) -> bool:
        """Whether the prices are invented."""
        return self.supplied.simulated

    @cached_property
    def snapshot(self) -> Snapshot:
        """What was known; raises `StoreError` if that is nothing."""
        fetch = last_fetch(self.store, self.known_by)
        if fetch is not None:
            found = Snapshot(self.store, self.key, self.supplier, fetch)
            if self.known_by is None and not found.bars:
                raise StoreError(
                    f"{self.store.path} holds no prices: no fetch has brought any, the last at "
                    f"{fetch.fetched_at:%Y-%m-%d %H:%M} UTC. 'commentary fetch' tries again."
                )
            return found
        if self.known_by is None or last_fetch(self.store) is None:
            raise StoreError(f"{self.store.path} holds no prices yet. 'commentary fetch' brings them.")
        first = self.store.rows("SELECT min(fetched_at) FROM fetches")[0][0]
        raise StoreError(f"{self.store.path} held nothing by {self.known_by:%Y-%m-%d %H:%M %Z}: it begins at {first}.")

    def history(self, symbols: Sequence[str], through: date, held: Mapping[str, Held] | None = None) -> SourceReply:
        """All that is stored of `symbols` up to and including `through`."""
        with believed(self.store.path):
            return self.snapshot.reply(symbols, through)

    def observations(self, series: Sequence[str], through: date) -> Mapping[str, Observations]:
        """The economic series that are stored, as known by the day `through`."""
        with believed(self.store.path):
            known = KnownSymbol(self.store, self.snapshot.fetch)
            found = observed(known.of(SERIES), [name for name in series if name not in self.released], through)
            return found | {name: recorded(known, name, SERIES, through) for name in self.released if name in series}

    def pinned(self, symbols: Sequence[str], series: Sequence[str]) -> None:
        """None: what a store holds as of a fetch is read as soon as compared."""
