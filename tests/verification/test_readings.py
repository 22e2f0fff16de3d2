"""Readings by both readers: the same counts from the same prices, and an edition that states one is proved."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.assembly import Desk, make_edition
from generator.editorial.fragments import read_fragment
from generator.figures.table import FigureTable
from generator.model import Bars, Market, Reading, Signal
from generator.narrative.situations.readings import Readings, names_of
from generator.products import make_pages
from generator.rendering.paper.press import Press
from generator.verification.figures.answers import Answers
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.prices import PriceTable
from generator.verification.reader import SecondReader
from generator.verification.sentences.evidence import Evidence

from .invented import UNIVERSE

WORDS = """---
when: falling_rates_for >= 4 and falling_rates_for > falling_rates_against and not falling_rates_gold_up
weight: 1000
---
- {{ falling_rates_for | Counted }} of {{ falling_rates_signals | digits }} were there, {{ falling_rates_against | digits }} were not. They are looked for anew when the prices of an evening are in.
"""
RULES = ("small_return_1d >= 0.5", "large_return_1d >= 0.5 or small_return_1d <= -1", "small_minus_large_1d > 0",
         "not nerves_change_1d > 1", "both_best_1d == 'small'", "abs(fund_return_1d) * 2 <= 1")  # fmt: skip
BOOM = Reading(
    "boom",
    "All is well.",
    tuple(Signal(f"sign{number}", when, f"r:{number}") for number, when in enumerate(RULES)),
    "r:1",
)
closes = st.lists(st.none() | st.integers(95, 105).map(float), min_size=6, max_size=6)


@settings(max_examples=30)
@given(st.tuples(*[closes] * 4))
def test_both_readers_count_alike_on_prices_that_nobody_foresaw(prices: Sequence[Sequence[float | None]]) -> None:
    """With prices missing anywhere: every count, every signal, and every price behind them."""
    days = np.busday_offset("2024-01-01", np.arange(6)).astype("datetime64[D]")
    bars = {}
    for number, symbols in enumerate((("S", "ST"), ("L", "LT"), ("F",), ("V",))):
        column = np.array([np.nan if value is None else value for value in prices[number]])
        bars |= {symbol: Bars(symbol, days, close=column, adj_close=column) for symbol in symbols}
    market = Market(days, date(2024, 1, 9), np.zeros(6, dtype=bool), bars, (), "csv", "nobody")
    figures = Readings(FigureTable(market, UNIVERSE), (BOOM,))
    _alike(figures, SqlColumns(PriceTable(market), UNIVERSE, (), (), (BOOM,)), (BOOM,), range(6))


def test_both_readers_agree_on_the_bundled_readings(desk: Desk, reader: SecondReader) -> None:
    """Over the whole simulated market, and in the words of each name."""
    _alike(Readings(desk.table, desk.publication.readings), reader.columns, desk.publication.readings, (3000, -1))


def _alike(figures: Readings, columns: SqlColumns, readings: Sequence[Reading], rows: Sequence[int]) -> None:
    evidence = Evidence(columns)
    for name in (name for reading in readings for name in names_of(reading)):
        one, other = figures.names.define(name), columns.column(name)
        assert other is not None, name
        spec = other.spec
        assert (spec.unit, spec.basis, spec.label, spec.formula, spec.decimals, spec.signals) == (
            one.unit, one.basis, one.label, one.formula, one.decimals, one.signals,
        )  # fmt: skip
        np.testing.assert_array_equal(np.array(other.values), figures.values(name), err_msg=name)
        np.testing.assert_array_equal(np.array(other.printed), figures.printed(name), err_msg=name)
        for row in (row % len(columns.prices.days) for row in rows):
            quotes = figures.evidence(name, row)
            assert evidence.of(name, row) == {(q.symbol, q.field, q.day.isoformat(), q.value) for q in quotes}, name
            assert len(set(quotes)) == len(quotes)


def test_a_name_that_no_reading_gives_is_no_figure() -> None:
    """Nor is anything one without its reading."""
    market = Market(
        np.array(["2024-01-01"], dtype="datetime64[D]"), date(2024, 1, 2), np.array([False]), {}, (), "csv", "nobody"
    )
    columns = SqlColumns(PriceTable(market), UNIVERSE, (), (), (BOOM,))
    assert [columns.column(name) for name in ("boom_sign9", "boom", "bust_for")] == [None] * 3


@pytest.fixture(scope="module")
def stating(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> tuple[SecondReader, dict[str, str], dict[str, Any]]:
    """An edition that states the counts of a reading, with a reader over it."""
    path = tmp_path_factory.mktemp("words") / "rates.md"
    path.write_text(WORDS, encoding="utf-8")
    fragment = read_fragment(path, "content/session/breadth/rates.md")
    others = (one for one in desk.publication.fragments["session"] if not one.when)  # the few that are always true
    fragments = {"session": (*others, fragment)}
    publication = replace(desk.publication, fragments=fragments)
    made = Desk.over(publication, "session", desk.market)
    row = int(np.flatnonzero(made.newsroom.pasts[fragment.key].held)[-1])
    edition = make_edition(made, row)
    with Press(wanted=False) as press:
        pages, _ = make_pages(edition, made.templates, ("markdown", "html", "x"), press, dict)
    files = {page.path: page.content for page in pages}
    texts = {name: content.decode() for name, content in files.items() if name.endswith((".md", ".html", ".txt"))}
    return SecondReader(publication, "session", desk.market), texts, orjson.loads(files["edition.json"])


def test_an_edition_that_states_a_count_is_proved(stating: tuple[SecondReader, dict[str, str], dict[str, Any]]) -> None:
    """Its ledger has the count as a figure, with the signals that hold and the prices behind them."""
    reader, texts, ledger = stating
    answers = reader.verify(texts, ledger)
    assert [str(fault) for fault in answers.faults] == []
    record = ledger["figures"]["falling_rates_for"]
    assert record["printed"] == sum(record["signals"].values())
    assert ledger["figures"]["falling_rates_signals"]["printed"] == len(record["signals"])
    assert record["signals"]["falling_rates_gold_up"] is False
    assert record["inputs"]


@pytest.mark.parametrize("alter", ["turned", "left out", "made up", "none", "of a figure that has none"])
def test_an_altered_signal_is_found(stating: tuple[SecondReader, dict[str, str], dict[str, Any]], alter: str) -> None:
    """Whether it is said the other way, left out or made up."""
    reader, _, ledger = stating
    plain = next(name for name, one in ledger["figures"].items() if "signals" not in one)
    name = plain if alter == "of a figure that has none" else "falling_rates_for"
    record = copy.deepcopy(ledger["figures"][name])
    match alter:
        case "turned":
            record["signals"]["falling_rates_gold_up"] = True
        case "left out":
            del record["signals"]["falling_rates_gold_up"]
        case "made up":
            record["signals"]["falling_rates_full_moon"] = True
        case "none":
            del record["signals"]
        case _:
            record["signals"] = {}
    answers = Answers()
    reader.ledgers.figure(answers, name, record, reader.columns.prices.rows[ledger["session"]])
    assert [answer.said.partition(":")[0] for answer in answers.faults] == [f"{name} signals"]
