"""Replays a stretch of history: makes and counts every session's edition, and sums them up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from generator.assembly import Desk
from generator.errors import SessionError
from generator.loading import load_past, open_publication
from generator.market.sessions import FIRST_DAY, trading_days
from generator.model import Market, Settings, Universe
from generator.products import asked_for, formats
from generator.replay.processes import Studio, batches
from generator.replay.results import Results, key_of
from generator.replay.summary import summarised
from generator.stages import Stages
from generator.workers import cores

Advance = Callable[[int, int], None]
"""Called after each batch with the number of sessions done and their total."""


@dataclass(frozen=True, slots=True)
class Span:
    """The sessions to replay, and how to do it."""

    first: date | None = None
    """Default: the first session of the prices."""
    last: date | None = None
    """Default: the last session with prices."""
    jobs: int | None = None
    """How many processes; default: one for each core."""
    verify: bool = False
    """Whether the second reader checks every claim of every edition."""
    scheduler: str | None = None
    """The address of a Dask scheduler whose workers do it, in place of processes of this machine."""
    kept: Path | None = None
    """File for results as they come in, so that an interrupted replay can continue."""


def replay(settings: Settings, span: Span, advance: Advance = lambda done, of: None) -> dict[str, Any]:
    """Make every session's edition in memory and return their summary; sessions that fail are listed in it."""
    stages, start = Stages(), perf_counter()
    last = _last_session(span)
    settings = replace(settings, session=last, latest=last is None)
    with stages("content", lambda: f"{sum(map(len, publication.fragments.values()))} fragments"):
        publication = open_publication(settings)
        wanted = formats(publication.channels, text=True)
        if settings.formats:
            wanted += asked_for(settings.formats, publication.channels)
    with stages("prices", lambda: f"{len(market.histories)} symbols"):
        market = load_past(settings, publication)
    with stages("figures and rules", lambda: f"{len(desk.newsroom.pasts)} rules"):
        desk = Desk.over(publication, settings.edition, market)
        studio = Studio.over(desk, wanted, span.verify)
    key = key_of(publication, settings.edition, market, (*wanted, f"verify {span.verify}")) if span.kept else ""
    results = Results(key, span.kept)
    appears = desk.newsroom.regular
    rows = [row for row in _rows(market, publication.universe, span.first) if appears[row]]
    with results.kept():
        days = market.sessions.astype("datetime64[D]").astype(str)
        left = [row for row in rows if days[row] not in results.tallies]
        reused = len(rows) - len(left)
        done = reused
        advance(done, len(rows))
        for batch in batches(studio, left, span.jobs or cores(), span.scheduler):
            results.add(batch)
            done += len(batch.tallies)
            advance(done, len(rows))
    tallies = [results.tallies[days[row]] for row in rows]
    took = {"wall": perf_counter() - start, "made": len(left), "reused": reused}
    shared = {stage: seconds for stage, seconds, _ in stages.rows()}
    return summarised(tallies, results.texts, publication, settings.edition, {**took, "shared": shared})


def _last_session(span: Span) -> date | None:
    """The last session of the span, after which no price may be used; None means the last one held."""
    if span.last is None:
        return None
    days = trading_days(span.first or FIRST_DAY, span.last)
    if not len(days):
        raise SessionError(f"There is no session from {span.first or FIRST_DAY} to {span.last}.")
    found: date = days[-1].astype(object)
    return found


def _rows(market: Market, universe: Universe, first: date | None) -> Sequence[int]:
    """The market's rows from the first session asked for on, without those for which no edition is possible.

    An edition needs a close of each core segment, and one before it to measure the move from.
    """
    begun = 0
    for segment in (universe.segments[key] for key in universe.core):
        bars = market.histories[segment.price or segment.total or ""]
        closes = bars.close if segment.price else bars.adj_close
        assert closes is not None  # loading the prices has made sure of them
        begun = max(begun, int(np.flatnonzero(np.isfinite(closes))[0]) + 1)
    asked = int(np.searchsorted(market.sessions, np.datetime64(first))) if first else 0
    return range(max(begun, asked), len(market.sessions))
