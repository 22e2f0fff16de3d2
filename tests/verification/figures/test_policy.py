"""The two readers compute the course of policy and the event studies alike, from decisions of an invented history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from generator.editorial.decisions import decisions_of, peaks_of
from generator.figures import between, events, policy
from generator.figures.table import FigureTable
from generator.model import Bars, Fact, Market
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.prices import PriceTable
from generator.verification.sentences.evidence import Evidence

from ..invented import UNIVERSE

SIZE = 760
NARROWED = (
    "first_cuts_in_gains", "cuts_in_losses", "first_rises_in_recession", "cuts_in_expansion", "rises_elsewhere",
    "emergency_cuts", "holds", "decisions",
)  # fmt: skip
OTHERS = (
    *(f"small_minus_large_63d_after_{which}_{what}" for which in NARROWED for what in ("n", "median", "last")),
    *(f"small_return_21d_after_cuts_{number}" for number in (1, 3, 40)),
    *(f"small_return_1d_before_at_{which}_most" for which in ("cuts", "first_rises")),
    *(
        f"small_minus_large_21d_after_{which}_{what}"
        for which in ("cuts", "sessions")
        for what in ("mean", "above_share")
    ),
    "note_level_at_first_cuts_2",
    "session_date_at_decision",
    "note_change_1d_at_decision",
    "fund_return_21d_after_rises_above",
)


def _facts(days: np.ndarray) -> tuple[Fact, ...]:
    """A decision every three weeks from before the history on, one of them on a Sunday, and two recessions."""
    moves = ["raised", "left unchanged", *["lowered"] * 6, "left unchanged", "raised", "raised", "lowered", "raised"]
    facts = []
    for number in range(45):
        day = (days[0] - 40 + 23 * number).astype(object)
        values: dict[str, Decimal | str] = {
            "move": moves[number % len(moves)],
            "scheduled": "no" if number % 5 == 2 else "yes",
        }
        if number % 4:
            values["votes_against"] = Decimal(number % 3)
        facts.append(_fact("fed_decision", day, day, values))
    for peak, public in (("2015-02-28", "2015-08-01"), ("2016-05-31", "2017-01-20")):
        facts.append(_fact("recession", date.fromisoformat(peak), date.fromisoformat(public), {"peak": "a peak"}))
    return tuple(facts)


def _fact(key: str, day: date, public: date, values: dict[str, Decimal | str]) -> Fact:
    return Fact(key, day, date(2100, 1, 1), values, "a source", "https://example.com/", public, f"{key}-{day}")


@pytest.fixture(scope="module")
def readers() -> tuple[FigureTable, SqlColumns]:
    """Both readers over three years of prices that wander; large caps lack a close."""
    days = np.busday_offset("2014-06-02", np.arange(SIZE))
    walk = np.random.default_rng(11)
    bars = {}
    for symbol in ("S", "ST", "L", "LT", "F", "N", "B", "V", "O"):
        closes = 100.0 * np.cumprod(1.0 + walk.normal(0.0, 0.01, SIZE))
        if symbol == "L":
            closes[400] = np.nan
        bars[symbol] = Bars(symbol, days, **{"adj_close" if symbol in ("ST", "LT", "F", "O") else "close": closes})
    facts = _facts(days)
    market = Market(days, date(2017, 5, 1), np.zeros(SIZE, dtype=bool), bars, (), "csv", "nobody")
    universe = replace(UNIVERSE, decisions=decisions_of(facts)[0], peaks=peaks_of(facts))
    return FigureTable(market, universe), SqlColumns(PriceTable(market), UNIVERSE, facts)


def _named() -> list[str]:
    """The names that are listed, and others."""
    return [*policy.names(), *between.names(UNIVERSE), *events.names(UNIVERSE), *OTHERS]


def test_both_readers_find_the_same_numbers(readers: tuple[FigureTable, SqlColumns]) -> None:
    """On every session, with the same words for what they are."""
    first, second = readers
    for name in _named():
        other = second.column(name)
        assert other is not None, name
        np.testing.assert_allclose(first.printed(name), np.array(other.printed), rtol=0, atol=1e-9, err_msg=name)
        one, two = first.catalogue.define(name), other.spec
        assert (one.unit, one.basis, one.label, one.formula) == (two.unit, two.basis, two.label, two.formula)
    told = [name for name in _named() if not np.isnan(first.values(name)).all()]
    assert len(told) > 0.9 * len(_named())  # the history is one that has nearly all of them to tell


def test_both_readers_find_the_same_prices_behind_them(readers: tuple[FigureTable, SqlColumns]) -> None:
    """Those of the first and of the last decision that counts."""
    first, second = readers
    evidence = Evidence(second)
    for name in _named():
        for row in (SIZE // 2, SIZE - 1):
            quotes = {(one.symbol, one.field, one.day.isoformat(), one.value) for one in first.evidence(name, row)}
            assert quotes == set(evidence.of(name, row)), name
