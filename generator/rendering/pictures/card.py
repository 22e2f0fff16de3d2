"""Draw the picture that stands for an article where its link is shared, and say it in words.

The drawing is an SVG template like the charts, with every place computed here; resvg turns it into PNG with the
packaged fonts. Same article, same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import isfinite
from types import ModuleType

from jinja2 import Environment

from generator.errors import CardUnavailableError, ContentError, Fault
from generator.model import Article, Imprint, Line, LineChart
from generator.rendering.environment import pour, shown_path
from generator.rendering.filters import long_date
from generator.rendering.paper.fonts import PACKAGES, SANS, SANS_SEMIBOLD, SERIF_BOLD, font_files, text_width
from generator.rendering.paper.typesetting import SetLines, fit, wrap
from generator.rendering.pictures.axes import spread
from generator.rendering.pictures.card_link import HEIGHT, WIDTH
from generator.rendering.pictures.frame import line_path
from generator.rendering.pictures.plain_svg import svg_fault

ALT_FILE = "card-alt.txt"
TEMPLATE, ALT_TEMPLATE = "card.svg.j2", "card-alt.txt.j2"

ALT_LIMIT = 1_000
"""Longest description of a picture, in characters, that X takes."""

MARGIN = 56
LABEL_SIZE, LABEL_LEADING, LABEL_WIDTH = 30, 1.2, 330
HEADLINE_LEADING = 1.1


@dataclass(frozen=True, slots=True)
class CardTrace:
    """One line of the card's chart, its label broken into rows, and the value it ends at."""

    path: str
    label: tuple[str, ...]
    label_y: float
    """Baseline of the label's first row."""
    end: str
    end_x: float
    end_y: float


@dataclass(frozen=True, slots=True)
class CardChart:
    """The line chart without its axes: the lines, their ends, and the level that all of them start from."""

    start: str
    base_y: float
    right: float
    label_x: float
    label_size: float
    row: float
    """From one row of a label to the next."""
    traces: tuple[CardTrace, ...]


@dataclass(frozen=True, slots=True)
class CardDrawing:
    """Everything the card's template prints."""

    width: int
    height: int
    left: float
    right: float
    top: float
    """Height of the band at the head, which carries the mark of a simulated market."""
    title: SetLines
    title_y: float
    date: str
    rule_y: float
    headline: SetLines
    headline_y: float
    """Baseline of the headline's first line."""
    leading: float
    chart: CardChart | None


def render_card(article: Article, imprint: Imprint, env: Environment, *, simulated: bool) -> bytes:
    """The card as PNG, 1200 by 628; raises `CardUnavailableError` where a package is missing."""
    resvg = _resvg()
    drawing = card_drawing(article, imprint, simulated=simulated)
    svg = pour(env, TEMPLATE, article=article, imprint=imprint, drawing=drawing, simulated=simulated)
    if found := svg_fault(svg):
        line, message = found
        raise ContentError(
            [Fault(shown_path(env, TEMPLATE), f"{message} Mend the template (line {line} of what it makes).")]
        )
    fonts = [str(font_files()[name]) for name in (SERIF_BOLD, SANS, SANS_SEMIBOLD)]
    try:
        png: bytes = resvg.svg_to_bytes(
            svg_string=svg, width=WIDTH, height=HEIGHT, skip_system_fonts=True, font_files=fonts
        )
    except ValueError as error:
        raise ContentError([Fault(shown_path(env, TEMPLATE), f"{error}. Mend the template.")]) from error
    return png


def card_alt(article: Article, env: Environment, *, simulated: bool = False) -> str:
    """The card in words, under 1,000 characters: its headline, and what its lines show with the values they end at."""
    charts = (_shown_chart(article), None)
    texts = (pour(env, ALT_TEMPLATE, article=article, chart=chart, simulated=simulated).strip() for chart in charts)
    return next((text for text in texts if len(text) < ALT_LIMIT), article.headline.text)


def card_drawing(article: Article, imprint: Imprint, *, simulated: bool) -> CardDrawing:
    """Where everything on the card stands; the headline takes the room it needs, and the chart what is left."""
    left, right = MARGIN, WIDTH - MARGIN
    top = 54 if simulated else 14
    day = long_date(article.session)
    room = right - left - text_width(day, SANS, 28) - 40
    rule, shown = top + 82, _shown_chart(article)
    height = 206 if shown else HEIGHT - rule - 2 * MARGIN
    sizes = range(78 if shown else 104, 23, -2)
    headline = fit(article.headline.text, SERIF_BOLD, sizes, right - left, height, HEADLINE_LEADING)
    leading = headline.size * HEADLINE_LEADING
    above = rule + 22 + leading * len(headline.lines)
    return CardDrawing(
        width=WIDTH,
        height=HEIGHT,
        left=left,
        right=right,
        top=top,
        title=fit(imprint.title, SERIF_BOLD, range(40, 9, -1), room, 48, 1.0),
        title_y=top + 57,
        date=day,
        rule_y=rule,
        headline=headline,
        headline_y=_round(rule + 20 + headline.size * 0.9),
        leading=_round(leading),
        chart=_chart(shown, above + 28, HEIGHT - 80) if shown else None,
    )


def _shown_chart(article: Article) -> LineChart | None:
    """The article's line chart, if it holds a line to draw."""
    chart = article.line_chart
    drawn = chart is not None and len(chart.days) > 1 and any(_held(line) for line in chart.lines)
    return chart if drawn else None


def _chart(chart: LineChart, top: float, bottom: float) -> CardChart:
    lines = [line for line in chart.lines if _held(line)]
    ends = [f"{_held(line)[-1]:.2f}" for line in lines]
    labels = [wrap(line.label, SANS_SEMIBOLD, LABEL_SIZE, LABEL_WIDTH) for line in lines]
    widest = max(text_width(text, SANS_SEMIBOLD, LABEL_SIZE) for text in (*chain.from_iterable(labels), *ends))
    label_x = WIDTH - MARGIN - widest
    right = label_x - 24
    values = [100.0, *chain.from_iterable(map(_held, lines))]
    low, rise = min(values), (bottom - top) / max(max(values) - min(values), 1e-9)
    step = (right - MARGIN) / (len(chart.days) - 1)
    xs = [MARGIN + step * index for index in range(len(chart.days))]
    ys = [[bottom - (value - low) * rise for value in line.values] for line in lines]
    last = [[(x, y) for x, y in zip(xs, line, strict=True) if isfinite(y)][-1] for line in ys]
    size, places = _label_places(labels, [y for _, y in last], top - 20, bottom + 20)
    traces = (
        CardTrace(line_path(xs, line), label, place, end, _round(x), _round(y))
        for line, label, place, end, (x, y) in zip(ys, labels, places, ends, last, strict=True)
    )
    base = _round(bottom - (100 - low) * rise)
    row = _round(size * LABEL_LEADING)
    return CardChart(long_date(chart.days[0]), base, _round(right), _round(label_x), size, row, tuple(traces))


def _label_places(
    labels: Sequence[tuple[str, ...]], wanted: Sequence[float], top: float, bottom: float
) -> tuple[float, list[float]]:
    """The labels' size, and the baseline of each one's first row: its middle at its line's end, as near as fits.

    Each label is as many rows as it has, and the value in one row more; where many lines end, all are set smaller.
    """
    most = max(len(label) + 1 for label in labels)
    size = _round(min(LABEL_SIZE, (bottom - top) / len(labels) / most / LABEL_LEADING))
    block = most * size * LABEL_LEADING
    middles = spread(wanted, block, top + block / 2, bottom - block / 2)
    blocks = [size * LABEL_LEADING * (len(label) + 1) for label in labels]
    return size, [_round(middle - own / 2 + size * 0.8) for middle, own in zip(middles, blocks, strict=True)]


def _held(line: Line) -> list[float]:
    return [value for value in line.values if isfinite(value)]


def _round(value: float) -> float:
    return round(value, 1)


def _resvg() -> ModuleType:
    try:
        import fontTools.ttLib  # type: ignore[import-untyped]  # noqa: F401
        import resvg_py

        font_files()
    except ImportError as error:
        raise CardUnavailableError(f"No card.png: {error}. Install resvg-py, fonttools, {PACKAGES}.") from error
    return resvg_py
