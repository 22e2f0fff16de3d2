"""Charts are small, deterministic SVG that says in words what it shows."""

from __future__ import annotations

import re
from dataclasses import replace
from math import nan
from xml.etree import ElementTree

import pytest
from jinja2 import Environment

from generator.errors import DataError
from generator.model import Bar, BarChart, LineChart
from generator.rendering.pictures.charts import render_bar_chart, render_line_chart
from generator.rendering.pictures.drawings import NARROW, WIDE, bar_drawing, line_drawing
from generator.rendering.pictures.frame import line_path

from ..conftest import BARS, LINES

SVG = "{http://www.w3.org/2000/svg}"


def test_chart_names_and_describes_itself(env: Environment) -> None:
    """A chart is an image with a title and a description that its labels point to."""
    root = ElementTree.fromstring(render_line_chart(LINES, env))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", f"{title.get('id')} {desc.get('id')}")
    assert (title.text, desc.text) == (LINES.title, LINES.description)


def test_same_chart_same_bytes(env: Environment) -> None:
    """The same chart gives the same bytes, of a size that a page can carry."""
    first, second = render_line_chart(LINES, env), render_line_chart(LINES, env)
    assert (first == second, len(first) < 10_000) == (True, True)


def test_charts_on_one_page_share_no_id(env: Environment) -> None:
    """The wide and the narrow drawing and the bars can stand on one page."""
    drawn = [render_line_chart(LINES, env, size, standalone=False) for size in (WIDE, NARROW)]
    ids = re.findall(r' id="([^"]+)"', "".join([*drawn, render_bar_chart(BARS, env, standalone=False)]))
    assert len(ids) == len(set(ids)) == 6


def test_lines_differ_without_colour(env: Environment) -> None:
    """No two lines have both the same weight and the same dash."""
    root = ElementTree.fromstring(render_line_chart(LINES, env))
    strokes = [
        (path.get("stroke-width"), path.get("stroke-dasharray"))
        for path in root.iter(f"{SVG}path")
        if path.get("class", "").startswith("s")
    ]
    assert len(set(strokes)) == len(strokes) == 3


def test_labels_stand_at_line_ends_apart(env: Environment) -> None:
    """Two lines that end at one value have labels that can both be read."""
    chart = replace(LINES, lines=(LINES.lines[0], replace(LINES.lines[0], label="The same again")))
    places = [trace.label_y for trace in line_drawing(chart).traces]
    assert abs(places[0] - places[1]) >= WIDE.font


def test_chart_says_what_its_lines_begin_at(env: Environment) -> None:
    """Page, file and picture say what 100 is; a chart whose figures begin anywhere does not."""
    day = LINES.days[0]
    basis = f">{day:%B} {day.day}, {day.year} = 100</text>"
    drawn = [
        render_line_chart(LINES, env, size, standalone=alone) for size in (WIDE, NARROW) for alone in (True, False)
    ]
    assert [svg.count(basis) for svg in drawn] == [1] * 4
    others = (replace(LINES, base=0.0), replace(LINES, columns=True, base=0.0))
    assert [line_drawing(chart).basis for chart in others] == ["", ""]


def test_missing_session_leaves_a_gap() -> None:
    """A session without a value breaks the line rather than being drawn through."""
    assert line_path([0, 1, 2, 3, 4], [5, 6, nan, 7, 7.5]) == "M0 5l1 1M3 7l1 .5"


def test_rounding_does_not_add_up() -> None:
    """A thousand steps of a third of a tenth end where the line ends."""
    xs = [index * 0.333 for index in range(1000)]
    steps = re.findall(r"-?\d*\.?\d+", line_path(xs, [0.0] * 1000))
    assert sum(map(float, steps[::2])) == pytest.approx(xs[-1], abs=0.06)


@pytest.mark.parametrize("chart", [replace(LINES, lines=()), replace(LINES, days=LINES.days[:1])])
def test_line_chart_without_data_is_refused(chart: LineChart) -> None:
    """A chart with nothing to draw is an error that names it."""
    with pytest.raises(DataError, match="Small caps and large"):
        line_drawing(chart)


def test_bars_stand_on_either_side_of_zero() -> None:
    """A gain grows to the right of the zero line, a loss to the left, in proportion, inside the drawing."""
    drawing = bar_drawing(BARS)
    gain, loss = drawing.rows[0], drawing.rows[-1]
    assert (gain.x, loss.x + loss.width) == (pytest.approx(drawing.zero, abs=0.1), pytest.approx(drawing.zero, abs=0.2))
    assert gain.width / loss.width == pytest.approx(3.34 / 1.38, rel=0.01)
    assert all(0 <= row.x <= row.x + row.width <= drawing.width for row in drawing.rows)


def test_bars_print_their_percent(env: Environment) -> None:
    """Each bar carries its percentage as the page prints it."""
    svg = render_bar_chart(BARS, env)
    assert all(f">{bar.printed}</text>" in svg for bar in BARS.bars)


def test_bars_print_a_real_minus(env: Environment) -> None:
    """A loss is printed with a minus sign, whichever sign it came with."""
    assert ">−0.50%</text>" in render_bar_chart(BarChart("Moves", "Moves.", (Bar("A", -0.5, "-0.50%"),)), env)


@pytest.mark.parametrize("percents", [(0.0, 0.0), (1.0, 2.0), (-1.0, -2.0)])
def test_bars_of_one_sign(percents: tuple[float, ...]) -> None:
    """A day when all rose, all fell or nothing moved is drawn too."""
    drawing = bar_drawing(BarChart("Moves", "Moves.", tuple(Bar("A", percent, f"{percent}%") for percent in percents)))
    assert all(0 <= row.x <= row.x + row.width <= drawing.width for row in drawing.rows)


def test_a_zero_beside_losses_is_printed_inside_the_drawing() -> None:
    """The number of a bar of no length stands right of the zero line, and has room there."""
    drawing = bar_drawing(BarChart("Moves", "Moves.", (Bar("A", 0.0, "0.00%"), Bar("B", -1.0, "-1.00%"))))
    assert drawing.rows[0].printed_x + 5 * 0.55 * drawing.font <= drawing.width


def test_bar_chart_without_bars_is_refused() -> None:
    """A bar chart without bars is an error that names it."""
    with pytest.raises(DataError, match="Moves on Thursday"):
        bar_drawing(replace(BARS, bars=()))
