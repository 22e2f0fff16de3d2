"""The suffixes that set a figure against its own past."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from generator.errors import UnknownFigureError
from generator.figures.table import FigureTable
from generator.model import Kind, Segment, Unit

Table = Callable[..., FigureTable]
Make = Callable[..., Segment]

# Daily returns from the second session on: 1%, 2%, -1%, 2%, 3%.
CLOSES = [100.0, 101.0, 103.02, 101.9898, 104.029596, 107.15048388]


@pytest.fixture
def figures(table: Table) -> FigureTable:
    return table({"small": CLOSES})


def test_rank_counts_the_better_sessions_to_date(figures: FigureTable) -> None:
    """Equal moves share a rank; only sessions so far are counted."""
    assert figures.values("small_return_1d_rank")[1:].tolist() == [1, 1, 3, 1, 1]
    assert figures.values("small_return_1d_rank_low")[1:].tolist() == [1, 2, 1, 3, 5]
    assert figures.values("small_return_1d_n")[1:].tolist() == [1, 2, 3, 4, 5]


def test_the_percentile_is_the_share_no_higher(figures: FigureTable) -> None:
    """Of four returns to date all are no higher than 2%; of three, one is no higher than -1%."""
    assert figures.printed("small_return_1d_percentile")[3:5].tolist() == [33.0, 100.0]


def test_since_names_the_last_session_as_high(figures: FigureTable) -> None:
    """The second 2% is the highest since the first; 3% has no session to name."""
    since = figures.values("small_return_1d_highest_since")
    assert np.datetime64(int(since[4]), "D") == figures.sessions[2]
    assert np.isnan(since[5])
    assert figures.values("small_return_1d_sessions_since_higher")[4] == 2.0
    assert figures.values("small_return_1d_highest")[4:].tolist() == [0.0, 1.0]


def test_since_works_downwards_too(figures: FigureTable) -> None:
    """The second 2% is the lowest since the -1% the session before; -1% itself is the lowest to date."""
    assert figures.values("small_return_1d_sessions_since_lower")[4] == 1.0
    assert np.datetime64(int(figures.values("small_return_1d_lowest_since")[4]), "D") == figures.sessions[3]
    assert figures.values("small_return_1d_lowest")[3] == 1.0


def test_moves_that_print_alike_are_alike(table: Table) -> None:
    """1.001% after 1.002% is as high as it, because the page shows 1.00% twice."""
    figures = table({"small": [100.0, 101.002, 102.01303]})
    assert figures.values("small_return_1d_rank")[2] == 1.0
    assert figures.values("small_return_1d_highest")[2] == 0.0


def test_levels_are_compared_in_full(table: Table) -> None:
    """A close above another by less than a hundredth is above it, as for records."""
    assert table({"small": [100.001, 100.004]}).values("small_level_highest")[1] == 1.0


def test_before_is_yesterdays_figure(figures: FigureTable, table: Table, segment: Make) -> None:
    """Yesterday's value, of any figure, also of one that has a suffix already."""
    assert figures.printed("small_return_1d_before")[2] == 1.0
    assert figures.values("small_return_1d_rank_before")[4] == 3.0
    assert figures.catalogue.define("small_record_close_before").unit is Unit.FLAG


def test_the_first_observation_and_the_average_of_a_year(table: Table) -> None:
    """From the first return on its date is known; an average waits for a year of them."""
    closes = [100.0 * 1.01**row for row in range(264)]
    figures = table({"small": closes})
    first = figures.values("small_return_1d_first")
    assert np.isnan(first[0])
    assert np.datetime64(int(first[-1]), "D") == figures.sessions[1]
    assert np.isnan(figures.values("small_return_1d_average_1y")[262])
    assert figures.printed("small_return_1d_average_1y")[263] == 1.0


def test_an_average_of_whole_numbers_has_a_decimal(table: Table, segment: Make) -> None:
    """The mean of basis points is printed with one decimal."""
    catalogue = table({"note": [4.0]}, segment("note", Kind.YIELD)).catalogue
    assert catalogue.define("note_change_1d_average_1y").decimals == 1


@pytest.mark.parametrize(
    "name",
    [
        "small_return_1d_rank_n",
        "small_return_1d_before_rank",
        "small_return_1d_before_before",
        "small_record_close_rank",
        "small_record_date_highest",
    ],
)
def test_suffixes_do_not_pile_up(figures: FigureTable, name: str) -> None:
    """Only `_before` may follow another suffix, and dates, names and flags are not ranked."""
    with pytest.raises(UnknownFigureError):
        figures.catalogue.define(name)


def test_asking_for_one_suffix_does_not_admit_two(figures: FigureTable) -> None:
    """What is known does not depend on what was asked for earlier."""
    figures.catalogue.define("small_return_1d_rank")
    with pytest.raises(UnknownFigureError):
        figures.catalogue.define("small_return_1d_rank_n")


def test_the_evidence_of_since_is_that_of_both_sessions(figures: FigureTable) -> None:
    """Today's two closes and the two of the session named; a price used twice is shown once."""
    days = [str(price.day) for price in figures.evidence("small_return_1d_highest_since", 4)]
    assert days == ["2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05"]
    assert [price.value for price in figures.evidence("small_level_before", 3)] == [CLOSES[2]]


def test_a_suffix_is_explained_before_the_figure_it_belongs_to(figures: FigureTable) -> None:
    """Label and formula say in words what was done to what."""
    definition = figures.catalogue.define("small_return_1d_rank")
    assert definition.label.startswith("Small, price return over one session, rank among all sessions")
    assert definition.formula.endswith("close divided by the close one session earlier, less one")
