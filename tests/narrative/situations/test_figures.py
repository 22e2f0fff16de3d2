"""One face over figures: whatever a rule may name is found behind it, and asked of who has it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from generator.errors import UnknownFigureError
from generator.model import Fact, Judged, Reading, Signal, Trial
from generator.narrative.situations.baserates import RateNames
from generator.narrative.situations.citations import Cited
from generator.narrative.situations.earlier import EARLIER, EarlierNames
from generator.narrative.situations.figures import AllFigures
from generator.narrative.situations.readings import Readings

from ..figures_double import HandFigures

DAY = date(2024, 7, 8)
CUT = Fact(
    "cut", DAY, date(2024, 7, 9), {"size": Decimal(25)}, "Bank", "https://bank.example", DAY, "cut-1"
)  # fmt: skip
SIGNALS = tuple(Signal(f"sign{number}", "small_return_1d > 0", "r.yaml:3") for number in range(4))


class Answer:
    """An earlier test that was passed on every session."""

    names = EarlierNames([Trial("up", "it holds", Judged.PASSES, "small_return_1d > 0")])

    def values(self, name: str) -> np.ndarray:
        return np.array([1.0, 1.0])

    printed = values

    def evidence(self, name: str, row: int) -> tuple[()]:
        return ()


@pytest.fixture
def figures() -> AllFigures:
    computed = HandFigures({"small_return_1d": [1.0, -1.0]}, DAY)
    readings = Readings(computed, (Reading("boom", "All is well.", SIGNALS, "r.yaml:2"),))
    return AllFigures(computed, Cited(computed, (CUT,)), [readings]).beside(Answer())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("small_return_1d", [1.0, -1.0]),
        ("boom_for", [4.0, 0.0]),
        ("cut_size", [25.0, np.nan]),
        (f"{EARLIER}passed", [1.0, 1.0]),
    ],
    ids=["computed", "reading", "cited", "earlier test"],
)
def test_a_column_comes_from_who_has_it(figures: AllFigures, name: str, column: list[float]) -> None:
    """And its definition stands in one catalogue with all others."""
    np.testing.assert_array_equal(figures.printed(name), column)
    assert figures.catalogue.define(name).name == name
    assert figures.catalogue.is_fact(name) is (name == "cut_size")
    assert figures.catalogue.is_figure(name) is (name != "cut_size")
    assert figures.known(name).cited is (name == "cut_size")


def test_base_rates_are_named_everywhere_and_have_columns_for_a_fragment_alone(figures: AllFigures) -> None:
    """A rule may be read without them; whoever asks for the column has to say whose."""
    name = "followed_1m_higher"
    assert RateNames().has(name)
    assert figures.catalogue.define(name).label.startswith("windows in which")
    with pytest.raises(UnknownFigureError):
        figures.printed(name)


def test_a_misspelt_name_is_told_with_the_right_one_whoever_has_it(figures: AllFigures) -> None:
    """Of a fact as well as of a reading."""
    with pytest.raises(UnknownFigureError, match=r"'cut_szie' is not a figure\. Did you mean 'cut_size'"):
        figures.catalogue.define("cut_szie")
