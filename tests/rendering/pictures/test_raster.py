"""The chart in a letter can be read on light paper and on dark."""

from __future__ import annotations

import re

import pytest
from jinja2 import Environment

from generator.rendering.environment import sheet
from generator.rendering.pictures.charts import render_line_chart
from generator.rendering.pictures.raster import EITHER_GROUND, MAIL

from ..conftest import LINES

LEAST = 4.5
"""The contrast that WCAG asks for between letters and what is behind them."""


def brightness(code: str) -> float:
    """The relative luminance of a colour, by WCAG."""
    shares = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("style", ["mail.css", "mail-screen.css"])
def test_each_colour_stands_out_from_the_letters_paper(env: Environment, style: str) -> None:
    """Light or dark: whatever the picture draws contrasts with the paper behind it."""
    paper = re.search(r"\.sheet \{[^}]*background-color: (#\w{6})", sheet(env, style))
    assert paper is not None
    inks = {re.findall(r"#\w{6}", either)[0] for either in EITHER_GROUND.values()}
    pairs = [sorted((brightness(ink), brightness(paper[1]))) for ink in inks]
    assert [light for dark, light in pairs if (light + 0.05) / (dark + 0.05) < LEAST] == []


def test_no_colour_of_the_page_is_left(env: Environment) -> None:
    """Every colour of the drawing has one in its place."""
    drawn = set(re.findall(r'"#\w{6}"', render_line_chart(LINES, env, MAIL, standalone=False)))
    assert drawn <= set(EITHER_GROUND)
