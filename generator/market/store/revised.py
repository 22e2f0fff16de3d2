"""What suppliers restated, and during which time each old value was the known one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from generator.market.store.file import PriceStore
from generator.market.store.snapshot import stamp

_QUERY = """
SELECT r.source, symbol, session, field, old, new, fetched_at,
       coalesce(lag(fetched_at) OVER (PARTITION BY r.source, symbol, session, field ORDER BY fetch), '') AS before
FROM restatements r JOIN fetches ON fetches.id = fetch ORDER BY fetch, symbol, session, field
"""


@dataclass(frozen=True, slots=True)
class Revision:
    """One value of one symbol that was restated."""

    source: str
    symbol: str
    session: date
    field: str
    old: float
    new: float
    seen: datetime
    """When the new value was fetched."""
    known_from: str
    known_until: str
    """The old value was the known one between these two moments, written as the store writes them."""

    def quoted_by(self, fetched_at: datetime) -> bool:
        """Whether an edition made from prices fetched at that moment used the old value."""
        return self.known_from <= stamp(fetched_at) < self.known_until


def revisions(store: PriceStore, since: date | None = None) -> Iterator[Revision]:
    """Every restatement seen on the day `since` (UTC) or later, oldest first. Rescalings do not count."""
    limit = stamp(datetime.combine(since, time.min, UTC)) if since else ""
    for source, symbol, session, field, old, new, seen, before in store.rows(_QUERY):
        if seen >= limit:
            day = date.fromisoformat(session)
            yield Revision(source, symbol, day, field, old, new, datetime.fromisoformat(seen), before, seen)
