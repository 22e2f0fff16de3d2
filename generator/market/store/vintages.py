"""Fetches vintages of economic series from FRED's archive into the store, and reads the record of a series back.

Each vintage is kept as a symbol of its own, `PAYEMS@2025-06-06`, with a close for each period: it never changes, and is
fetched once. The vintages held follow each other without a gap, so that any difference from one to the next came out on
the later one's day. The store's own fetches are vintages too: they hold FRED's plain file at that moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np

from generator.market.economy.archive import COLUMNS, read_vintages, usual_archive, vintage_days
from generator.market.economy.fred import Fred
from generator.market.economy.vintages import Vintage, on_record
from generator.market.sessions import NEW_YORK, next_session
from generator.market.source import Finding, SourceReply, Status
from generator.market.store.rows import Chunk, folded
from generator.market.store.snapshot import KnownSymbol, Snapshot
from generator.model import Bars, Observations

ARCHIVE = "archive"
"""The source name under which the vintages are stored."""
_EVENING = 16
"""From this hour on in New York, FRED has everything that came out that day."""


def archive_due(
    series: Sequence[str],
    answered: Callable[[Snapshot], frozenset[str]],
    advance: Callable[[Finding], None] | None = None,
    archive: Fred | None = None,
) -> Callable[[KnownSymbol | None], Callable[[], SourceReply]]:
    """A plan that asks the archive for vintages not held, for the series that it has not answered for recently."""

    def plan(known: KnownSymbol | None) -> Callable[[], SourceReply]:
        held = known.of(ARCHIVE) if known else None
        fresh = answered(held) if held else frozenset()
        due = {name: _held_days(held, name) for name in series if named(name) not in fresh}

        def ask() -> SourceReply:
            client = archive or usual_archive()
            bars: dict[str, Bars] = {}
            findings: dict[str, Finding] = {}
            for name, days in due.items():
                brought, finding = _asked(client, name, days)
                bars |= {f"{name}@{one.day}": Bars(f"{name}@{one.day}", one.days, close=one.values) for one in brought}
                findings[named(name)] = finding
                if advance:
                    advance(finding)
            return SourceReply(bars, findings)

        return ask

    return plan


def named(series: str) -> str:
    """The name of the finding about a series' vintages."""
    return f"{series} vintages"


def due_vintages(listed: Sequence[date], held: Sequence[date]) -> Iterator[list[date]]:
    """The days to ask for in each request: new ones, oldest first, then a dozen from before the oldest one held."""
    new = [day for day in listed if held and day > max(held)]
    yield from (new[first : first + COLUMNS] for first in range(0, len(new), COLUMNS))
    older = [day for day in listed if not held or day < min(held)]
    chunks = [older[-COLUMNS:]] if held else [older[-COLUMNS:], older[-2 * COLUMNS : -COLUMNS]]
    yield from (chunk for chunk in chunks if chunk)


def _asked(client: Fred, series: str, held: Sequence[date]) -> tuple[list[Vintage], Finding]:
    """The vintages from all requests up to the first that failed, and how it went."""
    brought: list[Vintage] = []
    days, finding = client.answered(named(series), lambda: vintage_days(client, series))
    for chunk in due_vintages(days or [], held):
        client.rest()
        found, finding = client.answered(named(series), lambda chunk=chunk: read_vintages(client, series, chunk))  # type: ignore[misc]
        if found is None:
            break
        brought += found
    client.rest()
    return brought, finding


def _held_days(held: Snapshot | None, series: str) -> list[date]:
    symbols = held.bars if held else ()
    return [date.fromisoformat(name[len(series) + 1 :]) for name in symbols if name.startswith(f"{series}@")]


def recorded(known: KnownSymbol, series: str, source: str, through: date) -> Observations:
    """What the store knows of a series' record, from the archive's vintages and its own fetches of `source`."""
    by_day = {one.day: one for one in _fetched(known.of(source), series)}
    by_day |= {one.day: one for one in _archived(known.of(ARCHIVE), series)}
    return on_record(series, by_day.values(), "FRED", through)


def _archived(held: Snapshot, series: str) -> Iterator[Vintage]:
    for number, day in enumerate(sorted(_held_days(held, series))):
        bars = held.bars[f"{series}@{day}"]
        assert bars.close is not None  # a vintage is stored as closes
        yield Vintage(day, bars.days, bars.close, exact=number > 0)


def _fetched(held: Snapshot, series: str) -> Iterator[Vintage]:
    """FRED's plain file as it was on each day that FRED answered; the last answer of a day counts."""
    answers = held.store.rows(
        "SELECT id, fetched_at FROM findings JOIN fetches ON fetches.id = fetch "
        "WHERE fetch <= ? AND source = ? AND symbol = ? AND status = ? ORDER BY fetch",
        held.fetch.number, held.source, series, Status.OK.value,
    )  # fmt: skip
    pieces = held.store.rows(
        "SELECT fetch, fields, rows FROM bars WHERE fetch <= ? AND source = ? AND symbol = ? ORDER BY rowid",
        held.fetch.number, held.source, series,
    )  # fmt: skip
    covered: date | None = None
    last: Vintage | None = None
    read = 0
    for fetch, at in answers:
        moment = datetime.fromisoformat(at).astimezone(NEW_YORK)
        brought = sum(number <= fetch for number, *_ in pieces)
        if brought > read:
            last, read = _state(series, [Chunk(fields, rows) for _, fields, rows in pieces[:brought]]), brought
        if last is not None:
            known = covered is not None and next_session(covered) >= moment.date()
            yield replace(last, day=moment.date(), exact=known)
        covered = moment.date() if moment.hour >= _EVENING else moment.date() - timedelta(days=1)


def _state(series: str, pieces: Sequence[Chunk]) -> Vintage | None:
    """The file that these pieces add up to, as a vintage whose day is still to be set."""
    bars = folded(series, pieces)
    if bars.close is None:
        return None
    held = ~np.isnan(bars.close)
    return Vintage(date.min, bars.days[held], bars.close[held])
