"""Drawings as PNG, for readers that show no SVG."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment

from generator.errors import ContentError, Fault, LetterUnavailableError
from generator.model import LineChart
from generator.rendering.environment import shown_path
from generator.rendering.paper.fonts import PACKAGES, SANS, SANS_SEMIBOLD, font_files
from generator.rendering.pictures.charts import render_line_chart
from generator.rendering.pictures.drawings import Size
from generator.rendering.pictures.plain_svg import svg_fault

CHART_FILE = "charts/performance.png"
MAIL = Size("wide", 420, 252, 13.5, 11, 4)
"""The chart as it is drawn for a letter: with type that can still be read on a telephone."""
SHOWN = (552, 331)
"""Width and height of the picture in a letter, whose column is that wide; a telephone makes it smaller."""
EITHER_GROUND = {
    '"#dcd8ce"': '"#777570" stroke-opacity=".35"',
    '"#e6e1d5"': '"#777570" fill-opacity=".2"',
    '"#0b5361"': '"#12809a"',
    '"#8a5a17"': '"#a06a1c"',
    **dict.fromkeys(['"#1c1b19"', '"#6b675f"', '"#5d5a53"'], '"#777570"'),
}
"""The page's colours, and those that a letter's picture has in their place: it has no ground of its own, and each of
these stands out 4.5 to 1 from a light letter's paper as from a dark one's."""
SHARP = 1.5
"""Dots of the picture for each of the drawing's units."""


@dataclass(frozen=True, slots=True)
class MailChart:
    """A chart as a picture in the letter."""

    source: str
    width: int = SHOWN[0]
    height: int = SHOWN[1]


def png_of(file: str) -> str:
    """The picture of a chart that is drawn to that file: `charts/ratio.png` for `charts/ratio.svg`."""
    return file.removesuffix(".svg") + ".png"


def render_chart_picture(chart: LineChart, env: Environment) -> bytes:
    """A line chart as PNG without a ground, half as fine again as it is drawn: a mail program's own shows through.

    Raises `LetterUnavailableError` where a package is missing.
    """
    try:
        import resvg_py

        fonts = [str(font_files()[name]) for name in (SANS, SANS_SEMIBOLD)]
    except ImportError as error:
        raise LetterUnavailableError(f"No chart in the newsletter: {error}. Install resvg-py, {PACKAGES}.") from error
    drawn = render_line_chart(chart, env, MAIL, standalone=False)
    svg = drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    for page, either in EITHER_GROUND.items():
        svg = svg.replace(page, either)
    template = shown_path(env, "line-chart.svg.j2")
    if found := svg_fault(svg):
        raise ContentError([Fault(template, f"{found[1]} Mend the template (line {found[0]} of what it makes).")])
    try:
        png: bytes = resvg_py.svg_to_bytes(
            svg_string=svg,
            width=round(MAIL.width * SHARP),
            height=round(MAIL.height * SHARP),
            skip_system_fonts=True,
            font_files=fonts,
        )
    except ValueError as error:
        raise ContentError([Fault(template, f"{error}. Mend the template.")]) from error
    return png
