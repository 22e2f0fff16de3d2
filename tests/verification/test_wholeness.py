"""A group is counted, ranked and averaged only when every member has a value: by both readers."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from generator.figures.table import FigureTable
from generator.model import Bars, Group, Kind, Market, Universe
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.prices import PriceTable

from .invented import SEGMENTS, _segment

MEMBERS = ("a", "b", "c", "d", "e")
MEASURES = (
    *("up", "down", "flat", "best", "second", "third", "worst", "second_worst", "third_worst", "best_return"),
    *("worst_return", "second_return", "spread", "mean"),
)


@cache
def readers(gap: tuple[str, int] | None, begins: date | None = None) -> tuple[FigureTable, SqlColumns]:
    """Both readers over five members, one of them without a price on one session."""
    segments = {key: _segment(key, Kind.FUND, None, key.upper()) for key in MEMBERS}
    segments["e"] = replace(segments["e"], begins=begins)
    universe = Universe({**SEGMENTS, **segments}, {"all": Group("all", MEMBERS, "one", "many")}, ("small", "large"))
    days = np.busday_offset("2024-01-01", np.arange(6)).astype("datetime64[D]")
    bars = {}
    for number, key in enumerate(MEMBERS):
        closes = 100.0 + np.arange(6) * (number - 2)
        if gap and gap[0] == key:
            closes[gap[1]] = np.nan
        if key == "e" and begins:
            closes[days < np.datetime64(begins)] = np.nan
        bars[key.upper()] = Bars(key.upper(), days, adj_close=closes)
    market = Market(days, date(2024, 1, 9), np.zeros(6, dtype=bool), bars, (), "csv", "nobody")
    return FigureTable(market, universe), SqlColumns(PriceTable(market), universe, ())


def values(made: tuple[FigureTable, SqlColumns], name: str) -> list[list[float]]:
    """The figure as each reader has it."""
    computed = made[1].column(name)
    assert computed is not None
    return [made[0].values(name).tolist(), list(computed.values)]


@pytest.mark.parametrize("member", MEMBERS)
@pytest.mark.parametrize("measure", MEASURES)
def test_a_group_without_one_of_its_members_is_told_nothing_of(measure: str, member: str) -> None:
    """Where one has no price, the session's figure is absent; before that it is there."""
    for column in values(readers((member, 5)), f"all_{measure}_1d"):
        assert not math.isnan(column[4])
        assert math.isnan(column[5])


def test_a_member_has_no_place_in_a_group_that_is_not_whole() -> None:
    """One of five is third of five, and of four it has no place."""
    for column in values(readers(("e", 5)), "c_rank_in_all_1d"):
        assert column[4] == 3.0
        assert math.isnan(column[5])


def test_how_many_are_held_is_known_all_the_same() -> None:
    """The count of members with a price says why the rest is absent."""
    for column in values(readers(("b", 5)), "all_n_1d"):
        assert column[4:] == [5.0, 4.0]


def test_a_group_is_whole_without_a_member_that_has_not_begun() -> None:
    """The eleventh sector came in 2018; until then there were ten, and on its first day it has no return yet."""
    for column in values(readers(None, begins=date(2024, 1, 4)), "all_up_1d"):
        assert [math.isnan(value) for value in column] == [True, False, False, True, False, False]
        assert column[2] == 1.0
        assert column[4] == 2.0


def watched(gap: tuple[str, int] | None, members: tuple[str, ...] = MEMBERS) -> tuple[FigureTable, SqlColumns]:
    """Both readers over a watch list of these companies."""
    first, second = readers(gap)
    universe = second.universe
    listed = replace(universe, groups={"watch": Group("watch", members, "one", "many", partly=True)})
    return FigureTable(first.market, listed), SqlColumns(PriceTable(first.market), listed, ())


@pytest.mark.parametrize("measure", [*(one for one in MEASURES if "third" not in one), "n"])
def test_a_watch_list_is_ranked_without_a_company_that_has_no_price(measure: str) -> None:
    """`e` rose most; without its price `d` did. Both readers give the same, and so they do where all are there."""
    one, two = values(watched(("e", 5)), f"watch_{measure}_1d")
    np.testing.assert_allclose(one, two, rtol=0, atol=1e-12)
    assert not math.isnan(one[5])
    if measure in ("best", "n"):
        assert (one[4], one[5]) == {"best": (4.0, 3.0), "n": (5.0, 4.0)}[measure]


def test_a_watch_list_of_nobody_has_figures_that_are_absent() -> None:
    """A passage names them whether or not there is a list."""
    for name in ("watch_best_1d", "watch_best_return_wtd", "watch_n_qtd", "watch_mean_1d"):
        made = watched(None, ())
        for column in values(made, name):
            assert all(map(math.isnan, column))
        first, second = made[0].catalogue.define(name), made[1].spec(name)
        assert second is not None
        assert (first.unit, first.label, first.formula) == (second.unit, second.label, second.formula)
        assert made[0].evidence(name, 5) == ()
