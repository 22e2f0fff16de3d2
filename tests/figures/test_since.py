"""Moves since a named session, and what was so on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from generator.errors import UnknownFigureError
from generator.figures.table import FigureTable
from generator.model import Universe

from .conftest import bars_of, made_segment, weekdays

Table = Callable[..., FigureTable]


def of_two(small: list[float], large: list[float], start: str = "2009-12-29") -> FigureTable:
    """A table whose core are two indices, `small` and `large`."""
    from datetime import timedelta

    from generator.model import Market

    days = weekdays(len(small), start)
    made = {key: made_segment(key) for key in ("small", "large")}
    universe = Universe(made, {}, ("small", "large"))
    bars = {key.upper(): bars_of(key.upper(), days, closes) for key, closes in (("small", small), ("large", large))}
    following = days[-1].astype(object) + timedelta(days=1)
    market = Market(days, following, np.zeros(days.size, dtype=bool), bars, (), "sample", "invented", True)
    return FigureTable(market, universe)


def day(number: float) -> str:
    """The day that a date figure gives."""
    return str(np.datetime64(int(number), "D"))


@pytest.fixture
def turns() -> FigureTable:
    """Three sessions of 2009, then the small index falls behind, wins it all back and more, and slips."""
    return of_two([100, 100, 100, 90, 80, 100, 130, 120], [100, 100, 100, 100, 100, 100, 104, 104])


def test_a_year_end_is_the_last_close_of_the_year(turns: FigureTable) -> None:
    """Before the next year begins there is nothing to tell."""
    assert day(turns.values("end_2009_date")[3]) == "2009-12-31"
    assert np.isnan(turns.values("small_return_since_end_2009")[:3]).all()
    assert turns.printed("small_return_since_end_2009")[3:].tolist() == [-10, -20, 0, 30, 20]
    assert turns.printed("small_minus_large_since_end_2009")[7] == 16
    assert turns.printed("small_multiple_since_first_year_end")[7] == 1.2
    assert np.isnan(turns.values("small_return_since_end_2008")).all()


def test_the_worst_fall_is_from_the_highest_close_before_it(turns: FigureTable) -> None:
    """From 100 to 80 is deeper than from 130 to 120."""
    assert turns.printed("small_worst_fall_since_end_2009")[3:].tolist() == [-10, -20, -20, -20, -20]


def test_the_wave_runs_between_the_lowest_and_the_highest_ratio(turns: FigureTable) -> None:
    """In the order in which they came; the first is the high until a low has been passed by a higher one."""
    first, last = turns.values("wave_first_date"), turns.values("wave_last_date")
    assert np.isnan(first[:3]).all()
    assert (day(first[4]), day(last[4])) == ("2009-12-29", "2010-01-04")
    assert (day(first[7]), day(last[7])) == ("2010-01-04", "2010-01-06")
    assert turns.printed("small_return_over_wave")[7] == 62.5
    assert turns.printed("large_return_over_wave")[7] == 4
    assert turns.printed("small_return_since_wave_last")[7] == -7.69
    assert turns.values("sessions_since_wave_last")[7] == 1


def test_best_days_of_the_year_and_what_was_so_on_them(turns: FigureTable) -> None:
    """The best two are its two gains; the third is its smallest loss."""
    assert [day(turns.values(f"jump{place}_date")[7]) for place in (1, 2, 3)] == [
        "2010-01-06", "2010-01-05", "2010-01-07",
    ]  # fmt: skip
    assert turns.printed("small_return_1d_at_jump2")[7] == 25
    assert turns.printed("small_return_since_jump2")[7] == 20
    assert np.isnan(turns.values("jump2_date")[3])


def test_evidence_is_both_ends(turns: FigureTable) -> None:
    """The closes that the return is made of."""
    closes = [price.value for price in turns.evidence("small_return_since_jump1", 7)]
    assert closes == [130, 120]


def test_one_index_alone_has_years_only(table: Table) -> None:
    """Where there is no second core index, there is no wave and no rally."""
    made = table({"small": [100.0, 110.0]}, days=weekdays(2, "2009-12-31"))
    assert made.printed("small_return_since_end_2009")[1] == 10
    for name in ("wave_first_date", "small_return_since_first_year_end", "small_return_1d_at_jump1"):
        with pytest.raises(UnknownFigureError):
            made.catalogue.define(name)


def test_a_ratio_without_a_close_ends_the_wave() -> None:
    """What is missing may have been the highest."""
    made = of_two([100, 90, 95, 120], [100, 100, 100, 100])
    gone = replace(made.market, gaps={("SMALL", "close"): made.sessions[2:3]})
    again = FigureTable(gone, made._catalogue.universe)
    assert np.isnan(again.values("wave_last_date")).tolist() == [True, False, True, True]
