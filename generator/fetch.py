"""Settings in; the price store brought up to date, and how each symbol fared, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Lock

from generator.errors import CommentaryError
from generator.market.completeness import require_core
from generator.market.source import Finding, Status
from generator.market.store.changes import Changes
from generator.market.supply import Fetched, fetch_prices
from generator.model import Settings, Universe
from generator.pipeline import open_publication

Advance = Callable[[int, int], None]
"""Called with the symbols answered so far, and with all there are."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fetch, told to the operator."""

    fetched: Fetched
    refusal: CommentaryError | None
    """Why there can be no edition of the last completed session; None if there can."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What there is to say of the store itself."""
        return self.fetched.notices


def fetch(settings: Settings, advance: Advance = lambda done, of: None) -> Outcome:
    """Ask for what is new as of the last completed session, and store it. Raises `StoreError`, with nothing stored."""
    universe = open_publication(settings).universe
    fetched = fetch_prices(settings, universe, _counting(universe, advance))
    try:
        require_core(fetched.reply, universe, fetched.recorded.fetch.through)
    except CommentaryError as error:
        return Outcome(fetched, error)
    return Outcome(fetched, None)


def fetch_lines(outcome: Outcome) -> Iterator[str]:
    """A line for each symbol and series: its status, the last day held, what is new and restated, and what is wrong.

    Many of which nothing came, for one reason, are one line.
    """
    recorded, reply, series = outcome.fetched.recorded, outcome.fetched.reply, outcome.fetched.observations
    width = max(map(len, recorded.findings), default=6)
    yield f"{'symbol':<{width}}  {'status':<12}  {'last held':<10}  {'new':>6}  {'restated':>8}  why"
    alike = Counter(_wanting(one) for one in recorded.findings.values())
    told: set[tuple[Status, str]] = set()
    for symbol, finding in recorded.findings.items():
        kind = _wanting(finding)
        if finding.status in _NOTHING_CAME and alike[kind] > _FEW:
            if kind not in told:
                told.add(kind)
                of = f"{alike[kind]} of {len(recorded.findings)}, {symbol} among them"
                yield f"{of}: {finding.status} ({finding.reason})"
            continue
        held, found = reply.bars.get(symbol) or series.get(symbol), recorded.changes.get(symbol, Changes())
        last = str(held.days[-1]) if held is not None and len(held.days) else "-"
        counts = f"{found.new_days:>6}  {len(found.restatements):>8}"
        yield f"{symbol:<{width}}  {finding.status:<12}  {last:<10}  {counts}  {_why(finding, found)}".rstrip()
    fine = [symbol for symbol, finding in reply.findings.items() if finding.status is Status.OK]
    day, at = recorded.fetch.through, recorded.fetch.fetched_at
    yield f"{len(fine)} of {len(reply.findings)} symbols are ready for {day}; stored {at:%Y-%m-%d %H:%M} UTC"


_FEW = 3
_NOTHING_CAME = (Status.NETWORK, Status.RATE_LIMITED)


def _wanting(finding: Finding) -> tuple[Status, str]:
    return finding.status, finding.reason


def _why(finding: Finding, found: Changes) -> str:
    causes = dict.fromkeys(f"rescaled ({one.cause})" for one in found.rescalings)
    return "; ".join([*([finding.reason] if finding.reason else []), *causes])


def _counting(universe: Universe, advance: Advance) -> Callable[[Finding], None]:
    """A counter of the symbols that are answered, each once although it may be asked for twice."""
    answered: set[str] = set()
    lock = Lock()

    def count(finding: Finding) -> None:
        with lock:
            answered.add(finding.symbol)
            advance(len(answered), len(universe.symbols()) + len(universe.series()) + len(universe.released()))

    return count
