"""What explains a gap of ten years."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from generator.errors import UnknownFigureError
from generator.figures.table import FigureTable
from generator.model import Group, Kind, Market, Universe

from .conftest import bars_of, made_segment

ENDS = {
    "small": 2.0,
    "large": 4.0,
    "sound": 2.5,
    "equal": 3.0,
    "tech": 5.0,
    "small_tech": 2.0,
    "oil": 1.0,
    "small_oil": 1.5,
}


def ended(**others: float) -> FigureTable:
    """Two sessions ten years and a day apart, on which each closes at 1 and at its end."""
    days = np.array(["2010-01-04", "2020-01-06"], dtype="datetime64[D]")
    closes = ENDS | others
    made = {key: made_segment(key, Kind.FUND) for key in closes}
    made |= {key: made_segment(key, total=key.upper()) for key in ("small", "large")}
    groups = {"few": Group("few", ("small_tech", "small_oil"), "", ""), "many": Group("many", ("tech", "oil"), "", "")}
    bars = {key.upper(): bars_of(key.upper(), days, [1.0, close]) for key, close in closes.items()}
    market = Market(days, days[-1].astype(object), np.zeros(2, dtype=bool), bars, (), "sample", "invented", True)
    return FigureTable(market, Universe(made, groups, ("small", "large")))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sound_gap_closed_10y", 25),  # 150 of returns against 100, of a gap of 200
        ("equal_gap_removed_10y", 50),
        ("small_to_match_large_10y", 100),
        ("few_behind_many_10y", 1),
        ("few_beside_many_10y", 2),
    ],
)
def test_worked_answers(name: str, value: float) -> None:
    """A return of 100% against 300%."""
    assert ended().printed(name)[1] == value


def test_nothing_is_explained_where_nothing_is_missing() -> None:
    """Where small companies lead, no share of the gap and no rise to match."""
    made = ended(small=6.0)
    for name in ("sound_gap_closed_10y", "equal_gap_removed_10y", "small_to_match_large_10y"):
        assert np.isnan(made.values(name)).all()


def test_what_has_no_such_figures(table: Callable[..., FigureTable]) -> None:
    """The core themselves, groups without pairs, spans of a year."""
    made = ended()
    for name in (
        "small_gap_closed_10y",
        "many_behind_few_10y",
        "sound_gap_closed_1y",
        "small_to_match_small_level_10y",
    ):
        with pytest.raises(UnknownFigureError):
            made.catalogue.define(name)
