"""The price store and finished editions in; what was restated, and which editions quoted it before, out."""

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
from generator.verification.holdings import WHERE
from generator.verify import read_ledger

Price = tuple[str, str, str]
"""Symbol, field, and session as ISO."""


@dataclass(frozen=True, slots=True)
class Quoting:
    """A finished edition, and the prices it quotes."""

    name: str
    source: str
    fetched_at: datetime
    prices: frozenset[Price]


def revision_lines(settings: Settings, since: date | None = None) -> Iterator[str]:
    """A line for each price restated since that day, with the editions that quoted the old one below it."""
    with PriceStore.open(settings.store or default_path()) as store:
        found = list(revisions(store, since))
    editions: list[Quoting] = []
    for folder in _folders(settings.output) if found else ():
        try:
            editions += quoting(folder)
        except DataError as error:
            yield f"passed over: {error}"
    for one in found:
        yield (
            f"{one.seen:%Y-%m-%d %H:%M} UTC  {one.symbol} {'value' if one.source == SERIES else one.field} "
            f"of {one.session}: "
            f"{one.old:,.4f} is now {one.new:,.4f}"
        )
        names = [edition.name for edition in editions if _quoted(one, edition)]
        yield f"    quoted by {', '.join(names)}" if names else "    quoted by no edition"
    if not found:
        yield "nothing was restated" + (f" since {since}" if since else "")


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
        raise DataError(f"{folder / WHERE}: is no ledger. Write the edition again.") from error
    name = f"{folder.parent.name}/{folder.name}"
    return [Quoting(name, ledger["market"]["source"], datetime.fromisoformat(told), prices)]


def _prices(ledger: Mapping[str, Any]) -> Iterator[Price]:
    """Each price that stands behind a figure of the edition, or is the last that it holds of a symbol."""
    for record in ledger["figures"].values():
        yield from ((one["symbol"], one["field"], one["session"]) for one in record["inputs"])
    for symbol, held in ledger["market"]["symbols"].items():
        yield from ((symbol, field, one["last"]) for field, one in held.items() if field != "origin")
