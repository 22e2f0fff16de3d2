"""Work out a chart's drawing: every coordinate, tick and label place that the SVG templates print.

Same chart, same bytes: coordinates are rounded to a tenth of a unit, and no measured text is involved (widths of
labels are estimated from their length).
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from generator.errors import DataError
from generator.model import Bar, BarChart, LineChart
from generator.rendering.pictures.axes import (
    day_ticks,
    group_ticks,
    log_ticks,
    nice_ticks,
    spread,
    step_ticks,
    tick_label,
)
from generator.rendering.pictures.frame import Frame, line_path, rounded

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
    strong: bool = False
    """Whether its line is the one that the others are read against."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One line, or all columns of one figure: its path, and where its label stands."""

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
    basis: str
    """What the lines are measured against; empty where they are not."""
    basis_y: float
    left: float
    right: float
    top: float
    bottom: float
    across: tuple[Tick, ...]
    """Ticks of the horizontal axis."""
    up: tuple[Tick, ...]
    """Ticks of the vertical axis."""
    traces: tuple[Trace, ...]
    shades: tuple[tuple[float, float], ...] = ()
    """Left and right edge of each stretch that is shaded."""
    band: str = ""
    """The path around a band; empty where there is none."""


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


def line_drawing(
    chart: LineChart, size: Size = WIDE, standalone: bool = True, name: str = "performance"
) -> LineDrawing:
    """Where everything in the line chart stands; raises `DataError` where there is nothing to draw."""
    drawn = (*(line.values for line in chart.lines), chart.low, chart.high)
    finite = [value for values in drawn for value in values if isfinite(value)]
    if not finite or chart.places < 2:
        raise DataError(f"The chart '{chart.title}' has fewer than two sessions to draw. Leave it out.")
    labels = [tuple(textwrap.wrap(line.label, size.label_length)) or ("",) for line in chart.lines]
    finite += [chart.base] if chart.columns else []
    values = (log_ticks if chart.logarithmic else nice_ticks)(min(finite), max(finite))
    heading = _heading(chart.title, size.width, size.font) if standalone else ()
    basis = basis_of(chart)
    top = _below(heading, size.font) + (size.font * 1.5 if basis else 0.0)
    left = _advance(max((tick_label(value) for value in values), key=len), size.font) + 10
    right = size.width - _advance(max((text for label in labels for text in label), key=len), size.font) - 12
    frame = Frame(left, right, top, size.height - size.font * 2, values, chart)
    xs, ys = frame.xs, [[frame.y(value) for value in line.values] for line in chart.lines]
    ends = [_end(xs, line) for line in ys]
    gap = size.font * 1.15 * max(len(label) for label in labels)
    places = spread([end[1] for end in ends], gap, frame.top + gap / 2 - size.font / 2, frame.bottom)
    paths = [frame.columns(number, line) if chart.columns else line_path(xs, line) for number, line in enumerate(ys)]
    return LineDrawing(
        key=f"{name}-{'file' if standalone else size.key}",
        size=size,
        heading=heading,
        basis=basis,
        basis_y=rounded(top - size.font * 1.2),
        left=rounded(left),
        right=rounded(right),
        top=rounded(frame.top),
        bottom=rounded(frame.bottom),
        across=tuple(Tick(rounded(xs[index]), label) for index, label in _across(chart, size)),
        up=tuple(Tick(rounded(frame.y(value)), tick_label(value), value == chart.base) for value in values),
        traces=tuple(
            Trace(path, rounded(end[0]), rounded(end[1]), label, rounded(place))
            for path, end, label, place in zip(paths, ends, labels, places, strict=True)
        ),
        shades=tuple(frame.stretch(*stretch) for stretch in chart.shaded),
        band=frame.band,
    )


def basis_of(chart: LineChart) -> str:
    """`July 11, 2023 = 100`, where all lines begin at one value."""
    if not chart.days or chart.columns or not chart.base:
        return ""
    return f"{chart.days[0]:%B} {chart.days[0].day}, {chart.days[0].year} = {chart.base:g}"


def _across(chart: LineChart, size: Size) -> tuple[tuple[int, str], ...]:
    """(place, label) along the horizontal axis."""
    if chart.steps:
        return step_ticks(chart.steps, size.ticks)
    return group_ticks(chart.days, size.ticks * 2) if chart.columns else day_ticks(chart.days, size.ticks)


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
    last = BARS_WIDTH - (room if any(bar.percent >= 0 for bar in chart.bars) else 0)
    scale = (last - first) / (high - low) if high > low else 0.0
    zero = first - low * scale
    return BarDrawing(
        key=f"moves-{'file' if standalone else 'page'}",
        width=BARS_WIDTH,
        height=rounded(top + BAR_PITCH * len(chart.bars) + 4),
        font=BARS_FONT,
        pitch=BAR_PITCH,
        heading=heading,
        top=rounded(top),
        zero=rounded(zero),
        rows=tuple(_row(bar, top + BAR_PITCH * rank, zero, scale) for rank, bar in enumerate(chart.bars)),
    )


def _row(bar: Bar, y: float, zero: float, scale: float) -> BarRow:
    length = abs(bar.percent) * scale
    falls = bar.percent < 0
    return BarRow(
        label=bar.label,
        y=rounded(y),
        x=rounded(zero - length if falls else zero),
        width=rounded(max(length, 1.0) if bar.percent else 0.0),
        falls=falls,
        printed=bar.printed.replace("-", "−"),
        printed_x=rounded(zero - length - 5 if falls else zero + length + 5),
    )


def _end(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float]:
    """The last point that has a value; a line that has none ends at the axis, where its label is harmless."""
    points = [(x, y) for x, y in zip(xs, ys, strict=False) if isfinite(y)]
    return points[-1] if points else (xs[-1], 0.0)


def _heading(title: str, width: int, font: float) -> tuple[str, ...]:
    return tuple(textwrap.wrap(title, int(width / ((font + 2) * SANS_ADVANCE))))


def _below(heading: Sequence[str], font: float) -> float:
    """Where the drawing may begin under a heading of so many lines."""
    return len(heading) * (font + 2) * 1.3 + (font if heading else font * 0.7)


def _advance(text: str, font: float) -> float:
    return len(text) * font * SANS_ADVANCE
