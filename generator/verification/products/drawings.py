"""Reads charts as drawings, and checks against the closes where each line and bar runs by the chart's own axes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from generator.errors import DataError
from generator.verification.figures.answers import Answers
from generator.verification.figures.charts import Drawn
from generator.verification.figures.words import MINUS
from generator.verification.products.page import MONTHS, scale_fault
from generator.verification.sentences.evening import Evening
from generator.verification.sentences.tree import Element

NEAR = 0.16
"""How far a point may be from its place, because coordinates are rounded to tenths in both directions."""
CENT = 0.005
"""How far a drawn value may be from the value itself."""
_NUMBER = r"-?(?:\d+\.?\d*|\.\d+)"
_STEP = re.compile(rf"([MlHhVvZz])\s*({_NUMBER})?[ ,]*({_NUMBER})?")
Point = tuple[float, float]


def check_drawings(answers: Answers, name: str, drawings: Sequence[Element], evening: Evening) -> None:
    """Check that a page has the line chart, once for wide and once for narrow screens, and the bars, all correct."""
    lines = [one for one in drawings if "bars" not in one.classes]
    bars = [one for one in drawings if "bars" in one.classes]
    wanted = (2 if evening.line else 0, 1 if evening.bars.labels else 0)
    found = (len(lines), len(bars))
    answers.check(found == wanted, "charts", name, f"{found[0]} line and {found[1]} bar charts", f"there are {wanted}")
    for one in lines:
        check_lines(answers, name, one, evening)
    for one in bars:
        check_bars(answers, name, one, evening.bars)


def check_file(answers: Answers, name: str, root: Element, evening: Evening) -> None:
    """Check a chart in a file of its own."""
    if name.endswith("moves.svg"):
        check_bars(answers, name, root, evening.bars)
    else:
        check_lines(answers, name, root, evening)


def check_lines(answers: Answers, name: str, svg: Element, evening: Evening) -> None:
    """Check that every line follows the rebased closes by the drawing's own axes, and has its name at its end."""
    chart = evening.line
    if chart is None:
        answers.uncovered(name, "a line chart", "the closes give no line")
        return
    try:
        fault = next(_line_faults(svg, chart, evening.days), "")
    except (DataError, ValueError, IndexError, KeyError) as error:
        fault = f"it cannot be read as a drawing ({error})"
    answers.check(not fault, "drawings", name, chart.title, fault)


def check_bars(answers: Answers, name: str, svg: Element, chart: Drawn) -> None:
    """Check that every bar is as long as its move and on the right side of zero, with its name and number beside it."""
    try:
        fault = next(_bar_faults(svg, chart), "")
    except (DataError, ValueError, IndexError, KeyError) as error:
        fault = f"it cannot be read as a drawing ({error})"
    answers.check(not fault, "drawings", name, chart.title, fault)


def _line_faults(svg: Element, chart: Drawn, days: Sequence[date]) -> Iterator[str]:
    yield from _heading_faults(svg, chart)
    paths = svg.named("path")
    levels = [_across(one) for one in paths if "M" in one.given["d"] and "H" in one.given["d"]]
    ticks = [_points(one)[0][0] for one in paths if re.search(r"v[\d.]+$", one.given["d"])]
    up, across = _marks(svg, "end"), _marks(svg, "middle")
    if len(levels) != len(up) or len(ticks) != len(across) or len(levels) < 2:
        yield "its axes have not a mark for each of their lines"
        return
    if fault := scale_fault([label for _, _, label in up], chart.low, chart.high, days):
        yield fault
    heights = [y for _, _, y in levels]
    values = [float(label.replace(",", "").replace(MINUS, "-")) for _, _, label in up]
    if any(abs((y - height) - (up[0][1] - heights[0])) > NEAR for height, (_, y, _) in zip(heights, up, strict=True)):
        yield "a mark stands beside another line of its axis"
    rise = (heights[-1] - heights[0]) / (values[-1] - values[0])
    if rise >= 0 or any(
        abs(heights[0] + rise * (v - values[0]) - y) > NEAR for v, y in zip(values, heights, strict=True)
    ):
        yield "its axis is not even, or stands upside down"
    left, right = levels[0][0], levels[0][1]
    step = (right - left) / max(len(days) - 1, 1)
    yield from _time_faults(ticks, [(x, label) for x, _, label in across], left, step, days)
    traces = {one.classes[0]: one for one in paths if one.classes and re.fullmatch(r"s\d", one.classes[0])}
    if sum(1 for one in paths if one.classes and re.fullmatch(r"s\d", one.classes[0])) != len(chart.paths):
        yield f"it has {len(traces)} lines; the closes give {len(chart.paths)}"
    near = NEAR + abs(rise) * CENT  # values are drawn to two decimals, which shows on a short axis
    ends = []
    for number, values_of in enumerate(chart.paths):
        points = _points(traces[f"s{number % 6}"])
        wanted = [
            (left + step * i, heights[0] + rise * (value - values[0]))
            for i, value in enumerate(values_of)
            if math.isfinite(value)
        ]
        if len(points) != len(wanted):
            yield f"the line of {chart.labels[number]} has {len(points)} points; the closes give {len(wanted)}"
            return
        for (x, y), (right_x, right_y) in zip(points, wanted, strict=True):
            if abs(x - right_x) > NEAR or abs(y - right_y) > near:
                yield f"the line of {chart.labels[number]} leaves its closes at {x:.1f}, {y:.1f}"
                return
        ends.append(points[-1][1])
    yield from _name_faults(svg, chart, traces, ends)


def _name_faults(svg: Element, chart: Drawn, traces: dict[str, Element], ends: Sequence[float]) -> Iterator[str]:
    """Faults of the names at the lines' ends: each must be its line's, in its colour, and in the order of the ends."""
    names: dict[str, list[Element]] = {}
    for one in svg.named("text"):
        if one.classes and re.fullmatch(r"t\d", one.classes[0]):
            names.setdefault(one.classes[0], []).append(one)
    if len(names) != len(chart.labels):
        yield f"{len(names)} of its lines are named; there are {len(chart.labels)}"
        return
    heights = []
    for number, label in enumerate(chart.labels):
        rows = names[f"t{number % 6}"]
        if " ".join(row.words for row in rows) != label:
            yield f"'{' '.join(row.words for row in rows)}' names the line of {label}"
        if rows[0].given.get("fill") != traces[f"s{number % 6}"].given.get("stroke"):
            yield f"the name of {label} has another colour than its line"
        heights.append(sum(float(row.given["y"]) for row in rows) / len(rows))
    by_height, by_end = (sorted(range(len(of)), key=of.__getitem__) for of in (heights, ends))
    if by_height != by_end and all(abs(a - b) > 2 for a, b in pairwise(sorted(ends))):
        yield "its names stand in another order than its lines end"


def _time_faults(
    ticks: Sequence[float], labels: Sequence[tuple[float, str]], left: float, step: float, days: Sequence[date]
) -> Iterator[str]:
    """Faults of the time axis: each mark must be at a session that it describes."""
    for tick, (x, label) in zip(ticks, labels, strict=True):
        if abs(tick - x) > NEAR:
            yield f"'{label}' does not stand under its mark"
        row = round((x - left) / step)
        if not 0 <= row < len(days) or abs(left + step * row - x) > NEAR:
            yield f"'{label}' stands beside the sessions"
            return
        day = days[row]
        month = MONTHS[day.month - 1]
        year = str(day.year) if day.month == 1 else f"{month} {day.year}"
        if label not in (month, year, f"{month} {day.day}"):
            yield f"'{label}' stands at {day}"


def _bar_faults(svg: Element, chart: Drawn) -> Iterator[str]:
    yield from _heading_faults(svg, chart)
    groups = [[one for one in group.content if isinstance(one, Element)] for group in svg.named("g")]
    if [len(group) for group in groups] != [len(chart.labels)] * 2:
        yield f"it has not a name and a number for each of {len(chart.labels)} bars"
        return
    names, numbers = groups
    bars = [one for one in svg.named("path") if one.classes and one.classes[0] in ("rise", "fall")]
    zero = next(_points(one)[0][0] for one in svg.named("path") if "base" in one.classes)
    moves = [values[0] for values in chart.paths]
    largest = max(range(len(moves)), key=lambda number: abs(moves[number]))
    scale = _box(bars[largest])[2] / abs(moves[largest]) if moves[largest] else 0.0
    if len(bars) != len(moves):
        yield f"it has {len(bars)} bars; the closes give {len(moves)}"
        return
    for number, (move, bar) in enumerate(zip(moves, bars, strict=True)):
        x, y, width, height = _box(bar)
        label, printed = chart.labels[number], chart.numbers[number]
        wanted = max(abs(move) * scale, 1.0) if move else 0.0
        if abs(width - wanted) > NEAR or abs((x + width if move < 0 else x) - zero) > NEAR:
            yield f"the bar of {label} is not as long as {printed}, or does not begin at zero"
        if (bar.classes[0] == "fall") is not (move < 0):
            yield f"the bar of {label} has the other side's colour"
        for one, text in ((names[number], label), (numbers[number], printed)):
            if one.words != text:
                yield f"'{one.words}' stands where '{text}' belongs"
            if not y <= float(one.given["y"]) <= y + height + 2:
                yield f"'{one.words}' stands beside another bar"


def _heading_faults(svg: Element, chart: Drawn) -> Iterator[str]:
    """Faults of the title, the description and any other text, which must all be the chart's own."""
    titles, described = ([one.words for one in svg.named(tag)] for tag in ("title", "desc"))
    if titles != [chart.title]:
        yield f"its title is not '{chart.title}'"
    if described != [chart.description]:
        yield f"its description is not '{chart.description}'"
    heading = " ".join(one.words for one in svg.named("text") if "heading" in one.classes)
    if heading not in ("", chart.title):
        yield f"'{heading}' stands over it"
    loose = [one for one in svg.all() for text in one.content if isinstance(text, str) and text.strip()
             and one.tag not in ("text", "title", "desc", "style")]  # fmt: skip
    if loose:
        yield f"'{loose[0].words.strip()[:40]}' stands outside its texts"
    grounds = svg.named("rect")
    shown = [one for one in svg.all() if one.tag in ("rect", "path", "text", "g")]
    if grounds and (len(grounds) > 1 or shown[0] is not grounds[0]):
        yield "something covers it"
    known = sum(1 for one in svg.named("text") if "heading" in one.classes or re.match(r"t\d", " ".join(one.classes)))
    in_groups = sum(
        1 for group in svg.named("g") for one in group.content if isinstance(one, Element) and one.tag == "text"
    )
    if known + in_groups != len(svg.named("text")):
        yield "it says more than a chart of ours"


def _marks(svg: Element, anchor: str) -> list[tuple[float, float, str]]:
    """Position and text of the marks along one axis."""
    group = next(one for one in svg.named("g") if one.given.get("text-anchor") == anchor)
    return [(float(one.given["x"]), float(one.given["y"]), one.words) for one in group.named("text")]


def _across(path: Element) -> tuple[float, float, float]:
    """Left end, right end and height of a horizontal line."""
    found = re.fullmatch(rf"M({_NUMBER}) ({_NUMBER})H({_NUMBER})", path.given["d"])
    if not found:
        raise DataError("a line of its axis is not level")
    return float(found[1]), float(found[3]), float(found[2])


def _box(path: Element) -> tuple[float, float, float, float]:
    """Left, top, width and height of a bar."""
    n = _NUMBER
    found = re.fullmatch(rf"M({n}) ({n})h({n})v({n})h-({n})z", path.given["d"])
    if not found or found[3] != found[5]:
        raise DataError("a bar is no rectangle")
    return float(found[1]), float(found[2]), float(found[3]), float(found[4])


def _points(path: Element) -> list[Point]:
    """The points that a path passes through."""
    x = y = 0.0
    points = []
    for letter, first, second in _STEP.findall(path.given["d"]):
        if letter in "Ml" and not second:
            raise DataError("a step of a line has one coordinate")
        if letter == "M":
            x, y = float(first), float(second)
        elif letter == "l":
            x, y = x + float(first), y + float(second)
        elif letter not in "HhVv":
            continue
        points.append((x, y))
    return points
