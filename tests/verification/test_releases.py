"""The two readers of releases, one by arrays and one by SQL, agree on every figure of an invented economy."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from generator.assembly import Desk
from generator.editorial.fragments import read_fragment
from generator.figures.releases import sources_told
from generator.figures.table import FigureTable
from generator.market.economy.vintages import listed, on_record
from generator.model import Market, Universe
from generator.narrative.checks.lines import line_by_line
from generator.narrative.checks.proof import check_against_history
from generator.narrative.newsroom import Newsroom
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.of_releases import sources
from generator.verification.figures.prices import PriceTable
from generator.verification.sentences.evidence import Evidence
from tests.economy import economy

from .conftest import SESSIONS, Finished, finish

WORDS = """---
when: hy_spread > 0
weight: 1000
---
- High-yield bonds paid {{ hy_spread | size }} over Treasuries on {{ hy_spread_date | date }}, by the ICE BofA index; in {{ cpi_date | in_month }} consumer prices, says the Bureau of Labor Statistics, moved by {{ cpi | size }} within the year.
"""
RELEASED = (date(2022, 6, 17), date(2024, 9, 18))
KINDS = (
    "fed_upper",
    "slope_3m",
    "note_5y",
    "cpi",
    "cpi_month",
    "unemployment",
    "payrolls",
    "gdp",
    "claims",
    "pe_ratio",
)
"""One release of each kind: of every frequency, unit and making, one that is revised and one that is not held."""


@pytest.fixture(scope="module")
def universe(desk: Desk) -> Universe:
    return desk.publication.universe


@pytest.fixture(scope="module")
def market(desk: Desk, universe: Universe) -> Market:
    """The last three years of the simulated market, with an economy to go with it."""
    held = desk.market
    sessions = held.sessions[-756:]
    observations = economy(universe, RELEASED, first="2020-01-01")
    # What neither reader may stumble over: a month that is missing, a zero in a quotient, a series that is not held.
    observations["UNRATE"] = _without(observations["UNRATE"], date(2023, 3, 1))
    # A number as it was published, for some of the periods, beside the series that it is otherwise made of.
    rates = [(date(2023, 8, 10), date(2023, 7, 1), 3.2), (date(2024, 6, 12), date(2024, 5, 1), 3.3)]
    observations["vintages/CPIAUCNS_YOY"] = on_record(
        "vintages/CPIAUCNS_YOY", listed(rates), "vintages/CPIAUCNS_YOY.csv"
    )
    observations["SPY.PE"].values[-300] = 0.0
    del observations["DGS5"]
    return Market(sessions, held.next_session, held.half_days[-756:], {}, (), "csv", "", observations=observations)


def _without(held: object, day: date) -> object:
    keep = held.days != np.datetime64(day)  # type: ignore[attr-defined]
    dates = {name: getattr(held, name)[keep] for name in ("seen", "released", "confirmed")}
    return replace(held, days=held.days[keep], values=held.values[keep], **dates)  # type: ignore


def test_both_readers_give_the_same_numbers_words_and_observations(market: Market, universe: Universe) -> None:
    """Value, printed number, unit, words, source and every observation behind it, for each figure of these releases."""
    table = FigureTable(market, universe)
    columns = SqlColumns(PriceTable(market), universe, ())
    evidence = Evidence(columns)
    told = 0
    for key in KINDS:
        for name in table.catalogue.names_of(key):
            one, other = table.catalogue.define(name), columns.column(name)
            assert other is not None, name
            spec = other.spec
            assert (spec.unit, spec.label, spec.formula, spec.decimals, spec.source) == (
                one.unit, one.label, one.formula, one.decimals, one.source,
            )  # fmt: skip
            np.testing.assert_allclose(np.array(other.values), table.values(name), rtol=1e-9, atol=1e-12, err_msg=name)
            np.testing.assert_array_equal(np.array(other.printed), table.printed(name), err_msg=name)
            for row in range(0, len(market.sessions), 251):
                quotes = table.evidence(name, row)
                assert evidence.of(name, row) == {(q.symbol, q.field, q.day.isoformat(), q.value) for q in quotes}, name
                assert len(set(quotes)) == len(quotes)
                told += bool(quotes)
    assert told > 150


def test_both_readers_list_the_same_sources(market: Market, universe: Universe) -> None:
    """For each release that is told on a session: the office, its address, and the day it came out or was observed."""
    table = FigureTable(market, universe)
    columns = SqlColumns(PriceTable(market), universe, ())
    for row in (0, 400, len(market.sessions) - 1):
        found = {fact.id: fact for fact in sources_told(table, universe, row)}
        assert found == sources(columns, row)
        assert len(found) > 15


def test_history_operators_reach_releases(market: Market, universe: Universe) -> None:
    """A release's figure may be ranked, and its value of the session before told, as any other."""
    table = FigureTable(market, universe)
    columns = SqlColumns(PriceTable(market), universe, ())
    for name in (
        "hy_spread_percentile",
        "cpi_before",
        "claims_periods_as_high_before",
        "unemployment_highest_since",
    ):
        found = columns.column(name)
        assert found is not None
        np.testing.assert_array_equal(np.array(found.printed), table.printed(name), err_msg=name)


@pytest.fixture(scope="module")
def telling(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """An edition that tells a daily number and a monthly one."""
    path = tmp_path_factory.mktemp("words") / "numbers.md"
    path.write_text(WORDS, encoding="utf-8")
    fragment = read_fragment(path, "content/session/breadth/numbers.md")
    others = (one for one in desk.publication.fragments["session"] if not one.when)  # the few that are always true
    publication = replace(desk.publication, fragments={"session": (*others, fragment)})
    return finish(Desk.over(publication, "session", desk.market), SESSIONS[-1], pdf=False)


def test_a_page_names_the_office_and_the_day_of_what_it_states(telling: Finished) -> None:
    """A sentence cites its sources, and the list of sources has each with its address and day observed."""
    said = [one for one in telling.ledger["products"]["article"] if one["part"] == "breadth"]
    cited = {claim["source"] for record in said for claim in record["claims"]}
    assert len(cited) == 2
    assert cited <= set(telling.ledger["facts"])
    for line in cited:
        source = telling.ledger["facts"][line]
        dated = "published" if "published" in source else "observation of"
        named = f"{source['source']}, {dated} {source[dated]}. <{source['url']}>"
        assert named in telling.texts["article.md"]
        assert source["source"] in telling.texts["article.html"]


def test_a_number_on_the_page_tells_its_series_and_days(telling: Finished) -> None:
    """What a reader sees on hover is the formula and the observations, by series and day."""
    page = telling.texts["article.html"]
    figures = telling.ledger["figures"]
    stated = [one for one in figures.values() if "source" in one and 0 < len(one["inputs"]) <= 4]
    assert stated
    for record in stated:
        first = record["inputs"][0]
        assert f"{first['symbol']} " in page
        assert f" on {first['session']}" in page


def test_every_claim_about_a_release_holds_on_an_economy_that_nobody_foresaw(desk: Desk) -> None:
    """Prices, rates and ratios that no real history has had: each assertion is true wherever its rule holds."""
    told = re.compile(rf"\b(?:{'|'.join(desk.publication.universe.releases)})(?:_|\b)")
    apart = line_by_line(desk.publication, "session")
    kept = tuple(
        one for one in apart.fragments["session"] if told.search(" ".join([one.when, one.after, *one.asserts.values()]))
    )
    made = Newsroom.over(replace(apart, fragments={"session": kept}), "session", desk.table)
    assert [str(fault) for fault in check_against_history(made, simulated=True)] == []
    assert sum(bool(past.held.any()) for past in made.pasts.values()) >= len(kept) / 2
