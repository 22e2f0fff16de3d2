"""The numbers of the two charts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from generator.figures.series import bar_chart, line_chart
from generator.figures.table import FigureTable
from generator.model import Kind, Segment, Universe

Table = Callable[..., FigureTable]
Make = Callable[..., Segment]
CLOSES = {"small": [90.0, 100.0, 110.0], "large": [190.0, 200.0, 190.0]}


def universe_of(figures: FigureTable) -> Universe:
    return figures.catalogue.universe


def test_every_line_starts_at_100(table: Table) -> None:
    """Each segment is rebased at the first session of the window, not of the history."""
    figures = table(CLOSES)
    chart = line_chart(figures, ["small", "large"], "1d", universe_of(figures), figures.sessions.size - 1)
    assert chart is not None
    assert [line.values for line in chart.lines] == [(100.0, 110.0), (100.0, 95.0)]
    assert [str(day) for day in chart.days] == ["2024-01-02", "2024-01-03"]


def test_a_chart_says_in_words_what_it_shows(table: Table) -> None:
    """Who cannot see the lines reads where they start and end, and on which basis."""
    figures = table(CLOSES)
    chart = line_chart(figures, ["small", "large"], "1d", universe_of(figures), figures.sessions.size - 1)
    assert chart is not None
    assert chart.title == "Small and Large over one session"
    assert chart.description == (
        "Line chart of price return, 100 on January 2, 2024. "
        "On January 3, 2024 Small ends at 110.00 and Large ends at 95.00."
    )


def test_a_segment_without_the_whole_window_is_left_out(table: Table) -> None:
    """One absent close is enough; with nobody left there is no chart. A short history is drawn whole, and told so."""
    figures = table({"small": [90.0, 100.0, 110.0], "young": [None, 50.0, 51.0]})
    chart = line_chart(figures, ["small", "young"], "1y", universe_of(figures), figures.sessions.size - 1)
    assert chart is not None
    assert [line.label for line in chart.lines] == ["Small"]
    assert chart.title == "Small since January 1, 2024"
    assert line_chart(figures, ["young"], "1y", universe_of(figures), figures.sessions.size - 1) is None


def test_an_index_beside_a_fund_is_drawn_with_dividends(table: Table, segment: Make) -> None:
    """All lines stand on total return; an index that has none is left out."""
    figures = table(
        {"small": [1.0, 2.0], "tracker": [10.0, 11.0], "fund": [20.0, 21.0], "bare": [1.0, 2.0]},
        segment("small", total="TRACKER"),
        segment("fund", Kind.FUND),
    )
    chart = line_chart(figures, ["small", "fund", "bare"], "1d", universe_of(figures), figures.sessions.size - 1)
    assert chart is not None
    assert [(line.symbol, line.values[-1]) for line in chart.lines] == [("TRACKER", 110.0), ("FUND", 105.0)]


def test_a_basket_is_drawn_from_equal_parts(table: Table, segment: Make) -> None:
    """Two stocks in equal parts, one up 10% and one up 20%, stand at 115."""
    stocks = [segment("one", Kind.STOCK), segment("two", Kind.STOCK)]
    figures = table(
        {"one": [1.0, 1.1], "two": [1.0, 1.2]}, *stocks, segment("both", Kind.BASKET, members=("one", "two"))
    )
    chart = line_chart(figures, ["both"], "1d", universe_of(figures), figures.sessions.size - 1)
    assert chart is not None
    assert chart.lines[0].values[-1] == pytest.approx(115.0)


def test_bars_are_sorted_largest_first(table: Table) -> None:
    """The day's printed moves, with a sign; what has no move is left out."""
    figures = table({**CLOSES, "flat": [1.0, 1.0, 1.0], "gone": [1.0, None, None]})
    chart = bar_chart(figures, ["large", "flat", "small", "gone"], universe_of(figures), figures.sessions.size - 1)
    assert [(bar.label, bar.percent, bar.printed) for bar in chart.bars] == [
        ("Small", 10.0, "+10.00%"),
        ("Flat", 0.0, "0.00%"),
        ("Large", -5.0, "-5.00%"),
    ]
    assert chart.description == (
        "Bar chart of price return on January 3, 2024, largest first: Small +10.00%, Flat 0.00% and Large -5.00%."
    )


def test_bars_stand_on_one_basis(table: Table, segment: Make) -> None:
    """Beside a fund an index shows its total return, as in every comparison."""
    figures = table(
        {"small": [100.0, 101.0], "tracker": [10.0, 10.2], "fund": [20.0, 20.2]},
        segment("small", total="TRACKER"),
        segment("fund", Kind.FUND),
    )
    assert [
        bar.percent
        for bar in bar_chart(figures, ["small", "fund"], universe_of(figures), figures.sessions.size - 1).bars
    ] == [2.0, 1.0]


def test_a_chart_of_a_year_ends_at_the_return_of_a_year(table: Table) -> None:
    """It starts from the close that the return starts from, the last up to the same day a year before."""
    days = np.busday_offset(np.datetime64("2024-06-20"), np.arange(265)).astype("datetime64[D]")
    figures = table({"small": [100.0 + row for row in range(days.size)]}, days=days)
    row = int(np.flatnonzero(days == np.datetime64("2025-06-24"))[0])
    chart = line_chart(figures, ["small"], "1y", universe_of(figures), row)
    assert chart is not None
    assert (chart.title, str(chart.days[0])) == ("Small over one year", "2024-06-24")
    assert chart.lines[0].values[-1] == round(100 + figures.printed("small_return_1y")[row], 2)
