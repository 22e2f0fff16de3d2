"""On every market that the program can make up, every session has its issue: no part of the angle is ever without words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from generator.assembly import Desk, make_edition
from generator.errors import CoreSymbolError
from generator.loading import open_publication
from generator.market.panel import load_market
from generator.market.simulated.source import SampleSource
from generator.model import Bars, Market, Publication, Role, Settings, Universe
from generator.project import bundled_root

SEEDS = range(1, 201)
FIRST_YEAR, LATER = (date(1997, 1, 3), 0), (date(2004, 1, 5), 1764)
"""The last session, and the row to begin on: from the very first session on, when hardly a figure is there, and later."""


@pytest.fixture(scope="module")
def publication() -> Publication:
    """The bundled publication."""
    return open_publication(Settings(project=bundled_root()))


def market_of(seed: int, universe: Universe, last: date, monkeypatch: pytest.MonkeyPatch) -> Market:
    """The simulated market of another seed."""
    monkeypatch.setattr("generator.market.simulated.courses.SEED", seed)
    return load_market(SampleSource(universe), universe, last)


def told(publication: Publication, market: Market, rows: range) -> int:
    """How many issues come out, one for each row; what stops one is raised."""
    desk = Desk.over(publication, "session", market)
    for row in rows:
        edition = make_edition(desk, row)
        assert edition.article.headline.text
        assert next(edition.article.of(Role.LEAD)).sentences
        assert edition.digest.posts["x"][0].sentences
    return len(rows)


def test_the_first_sessions_of_a_market_have_their_issues(
    publication: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The very first, when nothing but a close is there, and some of the year after it."""
    last, _ = FIRST_YEAR
    for seed in SEEDS[:2]:
        market = market_of(seed, publication.universe, last, monkeypatch)
        told(publication, market, range(4))
        told(publication, market, range(4, len(market.sessions), 40))


@pytest.mark.parametrize("without", ["^RUT", "^GSPC", "all but the core"])
def test_a_gap_in_the_prices_leaves_an_issue(
    publication: Publication, monkeypatch: pytest.MonkeyPatch, without: str
) -> None:
    """The session before is missing in a core index, or no other symbol is there at all: an issue comes out."""
    universe = publication.universe
    market = market_of(1, universe, date(1996, 6, 28), monkeypatch)
    last = len(market.sessions) - 1
    if without == "all but the core":
        histories = {
            symbol: market.histories[symbol] for symbol in universe.core_symbols() if symbol in market.histories
        }
    else:
        histories = {**market.histories, without: _without(market.histories[without], last - 1)}
    held = replace(market, histories=histories)
    told(publication, held, range(last, last + 1))
    if without in histories:
        with pytest.raises(CoreSymbolError, match=rf"no edition without a close of \{without}\."):
            told(publication, held, range(last - 1, last))


def _without(bars: Bars, row: int) -> Bars:
    """The bars without one session."""
    columns = {}
    for name in ("open", "high", "low", "close", "adj_close"):
        column = bars.column(name)
        if column is not None:
            columns[name] = column.copy()
            columns[name][row] = np.nan
    return Bars(bars.symbol, bars.days, **columns, origin=bars.origin)


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
def test_every_session_of_a_year_has_its_issue(
    publication: Publication, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Of odd seeds the first year of the market, of even ones a later year, session by session."""
    last, first = FIRST_YEAR if seed % 2 else LATER
    market = market_of(seed, publication.universe, last, monkeypatch)
    assert told(publication, market, range(first, len(market.sessions))) >= 250
