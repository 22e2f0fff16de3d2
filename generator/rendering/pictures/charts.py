"""A chart's numbers in, its drawing out: every coordinate, tick and label place that the SVG templates print.

Same chart, same bytes: coordinates are rounded to a tenth of a unit, and no measured text is involved (widths of
labels are estimated from their length).
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from jinja2 import Environment

from generator.errors import DataError
from generator.model import Bar, BarChart, LineChart
from generator.rendering.environment import pour
from generator.rendering.pictures.axes import day_ticks, nice_ticks, spread, tick_label

LINE_CHART_FILE = "charts/performance.svg"
BAR_CHART_FILE = "charts/moves.svg"

SANS_ADVANCE = 0.55
"""Width of an average sans-serif character, as a share of the size of its type."""


@dataclass(frozen=True, slots=True)
class Size:
    """A chart's outer size and the size of its type, in units of the drawing (pixels at natural size)."""

    key: str
    width: int
    height: int
    font: float
    label_length: int
    """Characters after which a line's label goes on below."""
    ticks: int
    """Dates on the horizontal axis, at most."""


WIDE = Size("wide", 640, 340, 13, 22, 7)
NARROW = Size("narrow", 360, 270, 12.5, 11, 4)
"""For telephones: drawn anew rather than scaled down, so that its type can be read."""

BARS_WIDTH, BARS_FONT, BAR_PITCH = 420, 13.0, 26


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and what is printed there."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Trace:
    """One line: its path, and where its label stands."""

    path: str
    end_x: float
    end_y: float
    label: tuple[str, ...]
    label_y: float


@dataclass(frozen=True, slots=True)
class LineDrawing:
    """Everything the line chart's template prints."""

    key: str
    size: Size
    heading: tuple[str, ...]
    left: float
    right: float
    top: float
    bottom: float
    across: tuple[Tick, ...]
    """Ticks of the horizontal axis."""
    up: tuple[Tick, ...]
    """Ticks of the vertical axis."""
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar, its label on the left and its printed percentage at its end."""

    label: str
    y: float
    x: float
    width: float
    falls: bool
    printed: str
    printed_x: float


@dataclass(frozen=True, slots=True)
class BarDrawing:
    """Everything the bar chart's template prints."""

    key: str
    width: int
    height: float
    font: float
    pitch: int
    heading: tuple[str, ...]
    top: float
    zero: float
    rows: tuple[BarRow, ...]


def render_line_chart(chart: LineChart, env: Environment, size: Size = WIDE, *, standalone: bool = True) -> str:
    """The line chart as SVG; `standalone` gives it a heading, a ground and its own styles, for use as a file."""
    return pour(
        env, "line-chart.svg.j2", chart=chart, drawing=line_drawing(chart, size, standalone), standalone=standalone
    )


def render_bar_chart(chart: BarChart, env: Environment, *, standalone: bool = True) -> str:
    """The bar chart as SVG; `standalone` as for the line chart."""
    return pour(env, "bar-chart.svg.j2", chart=chart, drawing=bar_drawing(chart, standalone), standalone=standalone)


def line_drawing(chart: LineChart, size: Size = WIDE, standalone: bool = True) -> LineDrawing:
    """Where everything in the line chart stands; raises `DataError` where there is nothing to draw."""
    finite = [value for line in chart.lines for value in line.values if isfinite(value)]
    if not finite or len(chart.days) < 2:
        raise DataError(f"The chart '{chart.title}' has fewer than two sessions to draw. Leave it out.")
    labels = [tuple(textwrap.wrap(line.label, size.label_length)) or ("",) for line in chart.lines]
    values = nice_ticks(min(finite), max(finite))
    heading = _heading(chart.title, size.width, size.font) if standalone else ()
    left = _advance(max((tick_label(value) for value in values), key=len), size.font) + 10
    right = size.width - _advance(max((text for label in labels for text in label), key=len), size.font) - 12
    top, bottom = _below(heading, size.font), size.height - size.font * 2
    xs = [left + (right - left) * index / (len(chart.days) - 1) for index in range(len(chart.days))]
    rise = (bottom - top) / (values[-1] - values[0])
    ys = [[bottom - (value - values[0]) * rise for value in line.values] for line in chart.lines]
    ends = [_end(xs, line) for line in ys]
    gap = size.font * 1.15 * max(len(label) for label in labels)
    places = spread([end[1] for end in ends], gap, top + gap / 2 - size.font / 2, bottom)
    return LineDrawing(
        key=f"performance-{'file' if standalone else size.key}",
        size=size,
        heading=heading,
        left=_round(left),
        right=_round(right),
        top=_round(top),
        bottom=_round(bottom),
        across=tuple(Tick(_round(xs[index]), label) for index, label in day_ticks(chart.days, size.ticks)),
        up=tuple(Tick(_round(bottom - (value - values[0]) * rise), tick_label(value)) for value in values),
        traces=tuple(
            Trace(line_path(xs, line), _round(end[0]), _round(end[1]), label, _round(place))
            for line, end, label, place in zip(ys, ends, labels, places, strict=True)
        ),
    )


def bar_drawing(chart: BarChart, standalone: bool = True) -> BarDrawing:
    """Where everything in the bar chart stands; raises `DataError` where there is nothing to draw."""
    if not chart.bars:
        raise DataError(f"The chart '{chart.title}' has no bars to draw. Leave it out.")
    heading = _heading(chart.title, BARS_WIDTH, BARS_FONT) if standalone else ()
    top = _below(heading, BARS_FONT)
    low = min(0.0, *(bar.percent for bar in chart.bars))
    high = max(0.0, *(bar.percent for bar in chart.bars))
    room = max(_advance(bar.printed, BARS_FONT) for bar in chart.bars) + 8
    first = max(_advance(bar.label, BARS_FONT) for bar in chart.bars) + 8 + (room if low < 0 else 0)
    last = BARS_WIDTH - (room if high > 0 or low == 0 else 0)
    scale = (last - first) / (high - low) if high > low else 0.0
    zero = first - low * scale
    return BarDrawing(
        key=f"moves-{'file' if standalone else 'page'}",
        width=BARS_WIDTH,
        height=_round(top + BAR_PITCH * len(chart.bars) + 4),
        font=BARS_FONT,
        pitch=BAR_PITCH,
        heading=heading,
        top=_round(top),
        zero=_round(zero),
        rows=tuple(_row(bar, top + BAR_PITCH * rank, zero, scale) for rank, bar in enumerate(chart.bars)),
    )


def line_path(xs: Sequence[float], ys: Sequence[float]) -> str:
    """SVG path data through the points, in steps of a tenth; a session without a value leaves a gap."""
    parts: list[str] = []
    x = y = 0  # tenths already drawn, so that rounding never adds up along the line
    joined = False
    for at, value in zip(xs, ys, strict=True):
        if not isfinite(value):
            joined = False
            continue
        next_x, next_y = round(at * 10), round(value * 10)
        parts.append(f"l{_tenths(next_x - x, next_y - y)}" if joined else f"M{_tenths(next_x, next_y)}")
        x, y, joined = next_x, next_y, True
    return "".join(parts)


def _row(bar: Bar, y: float, zero: float, scale: float) -> BarRow:
    length = abs(bar.percent) * scale
    falls = bar.percent < 0
    return BarRow(
        label=bar.label,
        y=_round(y),
        x=_round(zero - length if falls else zero),
        width=_round(max(length, 1.0) if bar.percent else 0.0),
        falls=falls,
        printed=bar.printed.replace("-", "−"),
        printed_x=_round(zero - length - 5 if falls else zero + length + 5),
    )


def _end(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float]:
    """The last point that has a value; a line that has none ends at the axis, where its label is harmless."""
    points = [(x, y) for x, y in zip(xs, ys, strict=True) if isfinite(y)]
    return points[-1] if points else (xs[-1], 0.0)


def _heading(title: str, width: int, font: float) -> tuple[str, ...]:
    return tuple(textwrap.wrap(title, int(width / ((font + 2) * SANS_ADVANCE))))


def _below(heading: Sequence[str], font: float) -> float:
    """Where the drawing may begin under a heading of so many lines."""
    return len(heading) * (font + 2) * 1.3 + (font if heading else font * 0.7)


def _advance(text: str, font: float) -> float:
    return len(text) * font * SANS_ADVANCE


@lru_cache(maxsize=1 << 14)
def _tenths(x: int, y: int) -> str:
    """Two coordinates in tenths, as short as SVG allows: `2.1-.4`."""
    first, second = _short(x), _short(y)
    return first + second if second.startswith("-") else f"{first} {second}"


def _short(tenths: int) -> str:
    sign, whole, part = "-" if tenths < 0 else "", *divmod(abs(tenths), 10)
    digits = f"{whole or ''}.{part}" if part else str(whole)
    return sign + digits


def _round(value: float) -> float:
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded
