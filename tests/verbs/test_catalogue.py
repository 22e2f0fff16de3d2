"""What figures there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.editorial.universe import read_universe
from generator.model import FigureDefinition, Settings
from generator.project import bundled_root
from generator.verbs.catalogue import catalogue_page, known_figures, matching, record

SETTINGS = Settings(source="sample", project=bundled_root())
PAGE = Path(__file__).parents[2] / "docs" / "figures.md"


@pytest.fixture(scope="module")
def every() -> list[FigureDefinition]:
    return known_figures(SETTINGS)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("drawdown small_", "small_drawdown"),  # by name
        ("Russell 2000, RISE needed", "small_to_record"),  # by label, in capitals or not
        ("vix change over one month", "vix_change_1m"),  # by the words for its span
    ],
)
def test_a_figure_is_found_by_its_name_or_its_words(every: list[FigureDefinition], search: str, found: str) -> None:
    """Every word has to be there, wherever it stands."""
    names = [one.name for one in matching(every, search)]
    assert found in names
    assert len(names) < 100


def test_without_words_it_is_every_figure(every: list[FigureDefinition]) -> None:
    """Those too that no sentence names; what there is no such figure of is not found."""
    names = [one.name for one in every]
    assert len(names) == len(set(names)) > 10_000
    assert {"weekday", "small_return_5d", "sectors_best_1d", "small_minus_sp500_1d", "cpi"} <= set(names)
    assert matching(every, "small unicorn") == []


def test_a_record_says_what_a_figure_is(every: list[FigureDefinition]) -> None:
    """For programs."""
    one = next(one for one in every if one.name == "weekday")
    assert record(one) == {
        "name": "weekday",
        "label": "day of the week",
        "formula": "day of the week of the session",
        "unit": "name",
        "basis": "not a return",
    }


def test_the_page_of_figures_is_up_to_date() -> None:
    """If not: `python -m generator figures --markdown > docs/figures.md`."""
    assert PAGE.read_text(encoding="utf-8") == catalogue_page(read_universe(bundled_root() / "content"))
