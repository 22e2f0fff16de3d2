"""Pour charts into SVG: as files of their own, and as drawings that stand in a page."""

from __future__ import annotations

from jinja2 import Environment
from markupsafe import Markup

from generator.model import BarChart, BarsBlock, LineChart, LinesBlock, PictureBlock
from generator.rendering.environment import pour
from generator.rendering.pictures.drawings import NARROW, WIDE, Size, bar_drawing, line_drawing

LINE_CHART_FILE = "charts/performance.svg"
BAR_CHART_FILE = "charts/moves.svg"


def render_line_chart(
    chart: LineChart, env: Environment, size: Size = WIDE, *, standalone: bool = True, name: str = "performance"
) -> str:
    """The line chart as SVG; `standalone` gives it a heading, a ground and its own styles, for use as a file.

    `name` is the chart's own on its page.
    """
    drawing = line_drawing(chart, size, standalone, name)
    return pour(env, "line-chart.svg.j2", chart=chart, drawing=drawing, standalone=standalone)


def render_bar_chart(chart: BarChart, env: Environment, *, standalone: bool = True) -> str:
    """The bar chart as SVG; `standalone` as for the line chart."""
    return pour(env, "bar-chart.svg.j2", chart=chart, drawing=bar_drawing(chart, standalone), standalone=standalone)


def drawn_file(block: LinesBlock | BarsBlock | PictureBlock, env: Environment) -> str:
    """A block's chart as the file of its own that it names."""
    if isinstance(block, BarsBlock):
        return render_bar_chart(block.chart, env)
    return render_line_chart(block.chart, env, name=name_of(block.file))


def drawn_inline(block: LinesBlock | BarsBlock | PictureBlock, env: Environment) -> dict[str, Markup]:
    """A block's chart as drawings to stand in a page: one, or one for each size of screen."""
    if isinstance(block, BarsBlock):
        return {"only": Markup(render_bar_chart(block.chart, env, standalone=False))}
    name = name_of(block.file)
    return {
        size.key: Markup(render_line_chart(block.chart, env, size, standalone=False, name=name))
        for size in (WIDE, NARROW)
    }


def name_of(file: str) -> str:
    """`ratio` for `charts/ratio.svg`."""
    return file.rpartition("/")[2].partition(".")[0]
