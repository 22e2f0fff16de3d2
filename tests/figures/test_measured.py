"""Moves since the day on which a cited fact was measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from generator.errors import UnknownFigureError
from generator.figures.table import FigureTable
from generator.model import Measured

from .test_since import of_two

FACTS = (
    Measured(date(2024, 1, 6), date(2024, 1, 9), date(2024, 1, 12)),  # a Saturday, public on the Tuesday after
    Measured(date(2024, 1, 10), date(2024, 1, 10), date(2024, 1, 11)),
)


def table(*facts: Measured) -> FigureTable:
    """Ten sessions from Wednesday, January 3, 2024, on which small caps gain ten points a day."""
    made = of_two([100.0 + 10 * row for row in range(10)], [100.0] * 10, start="2024-01-03")
    universe = replace(made.catalogue.universe, measured={"house": tuple(facts)} if facts else {})
    return FigureTable(made.market, universe)


def shown(figures: FigureTable, name: str) -> list[float | None]:
    """The printed column, None where it is absent."""
    return [None if np.isnan(one) else one for one in figures.printed(name)]


def test_the_move_runs_from_the_close_of_the_measurement_while_the_fact_speaks() -> None:
    """Measured on Saturday: from Friday's close, not before it is public; the newer one from the session after it."""
    found = shown(table(*FACTS), "small_return_since_house")
    friday, tuesday, thursday = 120.0, 140.0, 160.0
    expected = [(tuesday / friday - 1) * 100, None, (thursday / friday - 1) * 100]
    assert found[4:7] == [pytest.approx(one, abs=0.005) if one is not None else None for one in expected]
    assert [*found[:4], *found[7:]] == [None] * 7


def test_the_newest_fact_goes_on_after_it_has_expired() -> None:
    """It is measured from its own day, though another is in force."""
    figures = table(*FACTS)
    assert shown(figures, "small_return_since_last_house")[6:8] == [pytest.approx(160 / 150 * 100 - 100, abs=0.005),
                                                                    pytest.approx(170 / 150 * 100 - 100, abs=0.005)]  # fmt: skip
    assert shown(figures, "small_minus_large_since_last_house")[7] == pytest.approx(170 / 150 * 100 - 100, abs=0.005)
    quotes = figures.evidence("small_return_since_last_house", 7)
    assert [(one.day.isoformat(), one.value) for one in quotes] == [("2024-01-10", 150.0), ("2024-01-12", 170.0)]


def test_a_fact_of_before_the_history_has_no_move() -> None:
    """There is no close to count from."""
    old = Measured(date(2023, 12, 1), date(2024, 1, 3), date(2024, 2, 1))
    assert shown(table(old), "small_return_since_house") == [None] * 10


def test_an_old_fact_is_the_last_word_for_four_hundred_days() -> None:
    """Then nothing is counted from it any more: the 400th day after December 6, 2022 is January 10, 2024."""
    old = Measured(date(2024, 1, 3), date(2022, 12, 6), date(2022, 12, 7))
    assert shown(table(old), "small_return_since_last_house")[4:7] == [40.0, 50.0, None]


def test_a_key_without_facts_is_no_name() -> None:
    """Nor is the day of a measurement a figure: a fact may have a value of that name."""
    for name in ("small_return_since_house", "small_return_since_last_house"):
        with pytest.raises(UnknownFigureError):
            table().values(name)
    with pytest.raises(UnknownFigureError):
        table(*FACTS).values("house_date")
