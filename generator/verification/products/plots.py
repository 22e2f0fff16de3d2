"""Reads a chart with axes as a drawing, and checks where each line, column, band and shade runs by its own axes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.verification.figures.charts import Drawn
from generator.verification.figures.words import MINUS
from generator.verification.products.scales import place_marks, scale_fault
from generator.verification.products.strokes import (
    CENT,
    NEAR,
    NUMBER,
    boxes_of,
    heading_faults,
    level_of,
    marks_along,
    points_of,
)
from generator.verification.sentences.tree import Element


@dataclass(frozen=True, slots=True)
class Field:
    """A drawing's own axes: where they say that a place and a value stand."""

    chart: Drawn
    left: float
    right: float
    bottom: float
    top: float
    low: float
    high: float

    @property
    def step(self) -> float:
        """From one place to the next."""
        return (self.right - self.left) / max(self.chart.places - (0 if self.chart.columns else 1), 1)

    def x(self, place: int) -> float:
        """Where a place stands: a group of columns in the middle of its room."""
        return self.left + self.step * (place + (0.5 if self.chart.columns else 0.0))

    def y(self, value: float) -> float:
        """Where a value stands."""
        low, high, at = (math.log(one) if self.chart.logarithmic else one for one in (self.low, self.high, value))
        return self.bottom + (at - low) / (high - low) * (self.top - self.bottom)

    def near(self, value: float) -> float:
        """How far from its place a value may be drawn: values have two decimals, which shows on a short axis."""
        return NEAR + abs(self.y(value + CENT) - self.y(value))


def line_faults(svg: Element, chart: Drawn) -> Iterator[str]:
    yield from heading_faults(svg, chart)
    paths = svg.named("path")
    lines = [one for one in paths if re.fullmatch(rf"M{NUMBER} {NUMBER}H{NUMBER}", one.given["d"])]
    levels = [level_of(one) for one in lines]
    ticks = [points_of(one)[0][0] for one in paths if re.search(r"v[\d.]+$", one.given["d"])]
    up, across = marks_along(svg, "end"), marks_along(svg, "middle")
    if len(levels) != len(up) or len(ticks) != len(across) or len(levels) < 2:
        yield "its axes have not a mark for each of their lines"
        return
    if fault := scale_fault([label for _, _, label in up], chart):
        yield fault
        return
    heights = [y for _, _, y in levels]
    values = [float(label.replace(",", "").replace(MINUS, "-")) for _, _, label in up]
    if any(abs((y - height) - (up[0][1] - heights[0])) > NEAR for height, (_, y, _) in zip(heights, up, strict=True)):
        yield "a mark stands beside another line of its axis"
    if heights[-1] >= heights[0]:
        yield "its axis stands upside down"
        return
    field = Field(chart, levels[0][0], levels[0][1], heights[0], heights[-1], values[0], values[-1])
    if any(abs(field.y(value) - y) > NEAR for value, y in zip(values, heights, strict=True)):
        yield "its axis is not even"
    if any(("base" in one.classes) is not (value == chart.base) for one, value in zip(lines, values, strict=True)):
        yield "another level than that of its base is drawn strong"
    yield from _time_faults(ticks, [(x, label) for x, _, label in across], field)
    yield from ground_faults(svg, field)
    ends = list[float]()
    yield from (column_faults if chart.columns else _trace_faults)(svg, field, ends)
    yield from _name_faults(svg, chart, ends)


def _trace_faults(svg: Element, field: Field, ends: list[float]) -> Iterator[str]:
    """Faults of the lines; `ends` takes the height at which each ends."""
    chart = field.chart
    drawn = [one for one in svg.named("path") if one.classes and re.fullmatch(r"s\d", one.classes[0])]
    traces = {one.classes[0]: one for one in drawn}
    if len(drawn) != len(chart.paths):
        yield f"it has {len(drawn)} lines; the closes give {len(chart.paths)}"
        return
    for number, values in enumerate(chart.paths):
        points = points_of(traces[f"s{number % 6}"])
        held = [(place, value) for place, value in enumerate(values) if math.isfinite(value)]
        if len(points) != len(held):
            yield f"the line of {chart.labels[number]} has {len(points)} points; the closes give {len(held)}"
            return
        for (x, y), (place, value) in zip(points, held, strict=True):
            if abs(x - field.x(place)) > NEAR or abs(y - field.y(value)) > field.near(value):
                yield f"the line of {chart.labels[number]} leaves its closes at {x:.1f}, {y:.1f}"
                return
        ends.append(points[-1][1])


def column_faults(svg: Element, field: Field, ends: list[float]) -> Iterator[str]:
    """Faults of columns: each begins at the base and ends at its value, side by side in the room of its group."""
    chart, base = field.chart, field.y(field.chart.base)
    drawn = {one.classes[0]: one for one in svg.named("path") if one.classes and re.fullmatch(r"c\d", one.classes[0])}
    if len(drawn) != len(chart.paths) or svg.named("path")[-1] is not drawn.get(f"c{len(drawn) - 1}"):
        yield f"it has columns of {len(drawn)} figures; the closes give {len(chart.paths)}"
        return
    right = [-math.inf] * chart.places
    for number, values in enumerate(chart.paths):
        boxes = boxes_of(drawn[f"c{number}"])
        if len(boxes) != len(values):
            yield f"{chart.labels[number]} has {len(boxes)} columns; the closes give {len(values)}"
            return
        for place, (value, (x, y, width, height)) in enumerate(zip(values, boxes, strict=True)):
            inside = (
                field.left + field.step * place - NEAR <= x
                and x + width <= field.left + field.step * (place + 1) + NEAR
            )
            if not inside or x < right[place] - NEAR or width < 2:
                yield f"a column of {chart.labels[number]} stands in the place of another"
            if abs(y - base) > NEAR or abs(y + height - field.y(value)) > field.near(value) + NEAR:
                yield f"a column of {chart.labels[number]} is not as high as {value:.2f}"
            right[place] = x + width
        ends.append(boxes[-1][1] + boxes[-1][3])


def ground_faults(svg: Element, field: Field) -> Iterator[str]:
    """Faults of what lies behind the lines: shaded stretches, and the band."""
    chart = field.chart
    shades = [one for one in svg.named("path") if "shade" in one.classes]
    wanted = [(field.x(first) - field.step / 2, field.x(last) + field.step / 2) for first, last in chart.shaded]
    if len(shades) != len(wanted):
        yield f"{len(shades)} of its stretches are shaded; there are {len(wanted)}"
        return
    for one, (left, right) in zip(shades, wanted, strict=True):
        n = NUMBER
        found = re.fullmatch(rf"M({n}) ({n})H({n})V({n})H\1z", one.given["d"])
        edges = [float(found[place]) for place in (1, 3, 2, 4)] if found else [math.inf] * 4
        right_ones = (max(left, field.left), min(right, field.right), field.top, field.bottom)
        if any(abs(edge - other) > NEAR for edge, other in zip(edges, right_ones, strict=True)):
            yield "another stretch is shaded than the one on which its rule holds"
    bands = [one for one in svg.named("path") if "band" in one.classes]
    if len(bands) != bool(chart.edges):
        yield "it has a band where there is none, or none where there is one"
        return
    if chart.edges:
        low, high = chart.edges
        points = points_of(bands[0])
        around = [*enumerate(high), *reversed([*enumerate(low)])]
        off = len(points) != len(around) or any(
            abs(x - field.x(place)) > NEAR or abs(y - field.y(value)) > field.near(value)
            for (x, y), (place, value) in zip(points, around, strict=True)
        )
        if off:
            yield "its band is not the range that the closes give"


def _name_faults(svg: Element, chart: Drawn, ends: Sequence[float]) -> Iterator[str]:
    """Faults of the names at the lines' ends: each must be its line's, in its colour, and in the order of the ends."""
    name, mark, paint = ("n", "c", "fill") if chart.columns else ("t", "s", "stroke")
    traces = {one.classes[0]: one for one in svg.named("path") if one.classes}
    names: dict[str, list[Element]] = {}
    for one in svg.named("text"):
        if one.classes and re.fullmatch(rf"{name}\d", one.classes[0]):
            names.setdefault(one.classes[0], []).append(one)
    if len(names) != len(chart.labels) or len(ends) != len(names):
        yield f"{len(names)} of its lines are named; there are {len(chart.labels)}"
        return
    heights = []
    for number, label in enumerate(chart.labels):
        rows = names[f"{name}{number % 6}"]
        if " ".join(row.words for row in rows) != label:
            yield f"'{' '.join(row.words for row in rows)}' names the line of {label}"
        if rows[0].given.get("fill") != traces[f"{mark}{number % 6}"].given.get(paint):
            yield f"the name of {label} has another colour than its line"
        heights.append(sum(float(row.given["y"]) for row in rows) / len(rows))
    by_height, by_end = (sorted(range(len(of)), key=of.__getitem__) for of in (heights, ends))
    if by_height != by_end and all(abs(a - b) > 2 for a, b in pairwise(sorted(ends))):
        yield "its names stand in another order than its lines end"


def _time_faults(ticks: Sequence[float], labels: Sequence[tuple[float, str]], field: Field) -> Iterator[str]:
    """Faults of the horizontal axis: each mark must be at a place that it describes."""
    chart = field.chart
    for tick, (x, label) in zip(ticks, labels, strict=True):
        if abs(tick - x) > NEAR:
            yield f"'{label}' does not stand under its mark"
        place = round((x - field.x(0)) / field.step)
        if not 0 <= place < chart.places or abs(field.x(place) - x) > NEAR:
            yield f"'{label}' stands beside the sessions"
            return
        if label not in place_marks(chart, place):
            yield f"'{label}' stands at {chart.steps[place] if chart.steps else chart.days[place]}"
