"""A chart that is drawn as its closes run is believed, however little they moved; one that is not is caught."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Line, LineChart
from generator.project import bundled_root
from generator.rendering.environment import environment
from generator.rendering.pictures.charts import render_line_chart
from generator.verification.figures.charts import Drawn
from generator.verification.products.plots import line_faults
from generator.verification.sentences.tree import parse_svg

ENV = environment([bundled_root() / "templates"])
DAYS = [date(2024, 1, 1) + timedelta(days=number) for number in range(30)]


def faults(values: list[float], drawn: list[float]) -> list[str]:
    """What is wrong with a drawing of `drawn` where the closes give `values`."""
    days = DAYS[: len(values)]
    chart = LineChart("A over a month", "Line chart.", tuple(days), (Line("A", "^A", tuple(drawn)),))
    known = Drawn(
        chart.title, chart.description, ("A",), low=min(values), high=max(values), paths=(tuple(values),), days=days
    )
    return list(line_faults(parse_svg(render_line_chart(chart, ENV)), known))


@given(st.floats(0.2, 40.0), st.lists(st.floats(-1, 1), min_size=2, max_size=29))
def test_a_true_drawing_is_believed(width: float, moves: list[float]) -> None:
    """Values are drawn to two decimals; on an axis of a fifth of a point that is a good part of a pixel."""
    values = [100.0, *(100.0 + width * move for move in moves)]
    if max(values) - min(values) > 0.1:
        assert faults(values, [round(value, 2) for value in values]) == []


@pytest.mark.parametrize("width", [0.5, 5.0, 40.0])
def test_a_point_off_its_place_is_caught(width: float) -> None:
    """A fiftieth of the axis is seen."""
    values = [100.0 + width * ((number * 7) % 5) / 5 for number in range(20)]
    wrong = [*values[:9], values[9] + width / 50, *values[10:]]
    assert "leaves its closes" in faults(values, [round(value, 2) for value in wrong])[0]
