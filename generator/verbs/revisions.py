"""Find what the supplier restated, and which finished issues quoted the old value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from generator.errors import DataError
from generator.market.store.file import PriceStore, default_path
from generator.market.store.revised import Revision, revisions
from generator.market.store.series import SERIES
from generator.model import Settings
from generator.verbs.verify import read_ledger
from generator.verification.holdings import WHERE

Price = tuple[str, str, str]
"""Symbol, field, and session as ISO."""


@dataclass(frozen=True, slots=True)
class Quoting:
    """A finished edition, and the prices it quotes."""

    name: str
    source: str
    fetched_at: datetime
    prices: frozenset[Price]


@dataclass(frozen=True, slots=True)
class Restated:
    """A price or value that was restated, and the editions in output that quoted the old one."""

    revision: Revision
    editions: tuple[str, ...]

    @property
    def field(self) -> str:
        """What was restated: `close`, or the `value` of an economic series."""
        return "value" if self.revision.source == SERIES else self.revision.field


@dataclass(frozen=True, slots=True)
class Restatements:
    """What the supplier restated since a day."""

    since: date | None
    """None: ever."""
    found: tuple[Restated, ...]
    """Oldest first."""
    passed_over: tuple[str, ...]
    """Why an edition could not be read, of each of which that is so."""


def restatements(settings: Settings, since: date | None = None) -> Restatements:
    """Each price restated since that day (UTC), with the editions that quoted the old one."""
    with PriceStore.open(settings.store or default_path()) as store:
        found = list(revisions(store, since))
    editions: list[Quoting] = []
    passed_over: list[str] = []
    for folder in _folders(settings.output) if found else ():
        try:
            editions += quoting(folder)
        except DataError as error:
            passed_over.append(str(error))
    told = (Restated(one, tuple(item.name for item in editions if _quoted(one, item))) for one in found)
    return Restatements(since, tuple(told), tuple(passed_over))


def _quoted(one: Revision, edition: Quoting) -> bool:
    price = (one.symbol, "observation" if one.source == SERIES else one.field, one.session.isoformat())
    supplied = one.source in (edition.source, SERIES)
    return supplied and price in edition.prices and one.quoted_by(edition.fetched_at)


def _folders(output: Path) -> list[Path]:
    """The folders in `output` that hold an edition, in order."""
    return sorted(path.parent for path in output.glob(f"*/*/{WHERE}") if not path.parent.name.startswith("."))


def quoting(folder: Path) -> list[Quoting]:
    """The edition in `folder`, if it was made of fetched prices. Raises `DataError` for a ledger that is none."""
    ledger = read_ledger(folder)
    told = ledger["market"].get("fetched_at")
    if not told:
        return []
    try:
        prices = frozenset(_prices(ledger))
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{folder / WHERE}: is not a ledger. Write the edition again.") from error
    name = f"{folder.parent.name}/{folder.name}"
    return [Quoting(name, ledger["market"]["source"], datetime.fromisoformat(told), prices)]


def _prices(ledger: Mapping[str, Any]) -> Iterator[Price]:
    """Each price that stands behind a figure of the edition, or is the last that it holds of a symbol."""
    for record in ledger["figures"].values():
        yield from ((one["symbol"], one["field"], one["session"]) for one in record["inputs"])
    for symbol, held in ledger["market"]["symbols"].items():
        yield from ((symbol, field, one["last"]) for field, one in held.items() if field != "origin")
