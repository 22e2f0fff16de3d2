"""Bring the price store up to date, and tell how each symbol fared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from generator.errors import CommentaryError
from generator.loading import open_publication
from generator.market.completeness import require_core
from generator.market.source import Finding, Status
from generator.market.store.changes import Changes
from generator.market.supply import Fetched, fetch_prices
from generator.model import Settings, Universe

Advance = Callable[[int, int], None]
"""Called with the symbols answered so far, and with all there are."""


@dataclass(frozen=True, slots=True)
class Fared:
    """How one symbol or series fared."""

    symbol: str
    status: Status
    reason: str
    """Why it is not ok, in words."""
    last: date | None
    """The last day held."""
    new: int
    """Days that were not held before."""
    restated: int
    """Prices that the supplier gives otherwise than before."""
    rescaled: tuple[str, ...]
    """Why earlier prices were brought to another scale: `split`, `dividend`, `unannounced`."""

    @property
    def unanswered(self) -> bool:
        """Whether nothing came of it, for a reason that has nothing to do with the symbol."""
        return self.status in (Status.NETWORK, Status.RATE_LIMITED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fetch, told to the operator."""

    symbols: tuple[Fared, ...]
    """All that was asked for."""
    ready: int
    """How many symbols have all that an edition of the session needs of them."""
    of: int
    through: date
    """The session: the last completed one."""
    stored: datetime
    notices: tuple[str, ...]
    """What there is to say of the store itself."""
    refusal: CommentaryError | None
    """Why there can be no edition of the session; None if there can."""


def fetch(settings: Settings, advance: Advance = lambda done, of: None) -> Outcome:
    """Ask for what is new as of the last completed session, and store it. Raises `StoreError`, with nothing stored."""
    universe = open_publication(settings).universe
    fetched = fetch_prices(settings, universe, _counting(universe, advance))
    stored, findings = fetched.recorded.fetch, fetched.reply.findings
    refusal = None
    try:
        require_core(fetched.reply, universe, stored.through)
    except CommentaryError as error:
        refusal = error
    ready = sum(finding.status is Status.OK for finding in findings.values())
    return Outcome(
        tuple(_fared(fetched)), ready, len(findings), stored.through, stored.fetched_at, fetched.notices, refusal
    )


def _fared(fetched: Fetched) -> Iterator[Fared]:
    for symbol, finding in fetched.recorded.findings.items():
        held = fetched.reply.bars.get(symbol) or fetched.observations.get(symbol)
        found = fetched.recorded.changes.get(symbol, Changes())
        yield Fared(
            symbol,
            finding.status,
            finding.reason,
            last=held.days[-1].astype(object) if held is not None and len(held.days) else None,
            new=found.new_days,
            restated=len(found.restatements),
            rescaled=tuple(dict.fromkeys(one.cause for one in found.rescalings)),
        )


def _counting(universe: Universe, advance: Advance) -> Callable[[Finding], None]:
    """A counter of the symbols that are answered, each once although it may be asked for twice."""
    answered: set[str] = set()
    lock = Lock()

    def count(finding: Finding) -> None:
        with lock:
            answered.add(finding.symbol)
            advance(len(answered), len(universe.symbols()) + len(universe.series()) + len(universe.released()))

    return count
