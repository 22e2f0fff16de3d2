"""Reads the elements of a drawing: paths as points, boxes and levels, the marks of axes, and all words in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.errors import DataError
from generator.verification.figures.charts import Drawn
from generator.verification.sentences.tree import Element

NEAR = 0.16
"""How far a point may be from its place, because coordinates are rounded to tenths in both directions."""
CENT = 0.005
"""How far a drawn value may be from the value itself."""
NUMBER = r"-?(?:\d+\.?\d*|\.\d+)"
_STEP = re.compile(rf"([MlHhVvZz])\s*({NUMBER})?[ ,]*({NUMBER})?")
Point = tuple[float, float]


def heading_faults(svg: Element, chart: Drawn) -> Iterator[str]:
    """Faults of the title, the description and any other text, which must all be the chart's own."""
    titles, described = ([one.words for one in svg.named(tag)] for tag in ("title", "desc"))
    if titles != [chart.title]:
        yield f"its title is not '{chart.title}'"
    if described != [chart.description]:
        yield f"its description is not '{chart.description}'"
    heading = " ".join(one.words for one in svg.named("text") if "heading" in one.classes)
    if heading not in ("", chart.title):
        yield f"'{heading}' stands over it"
    based = [one.words for one in svg.named("text") if "basis" in one.classes]
    if based != [chart.basis] * bool(chart.basis):
        yield f"it says {based} of what its lines begin at, which is '{chart.basis}'"
    loose = [one for one in svg.all() for text in one.content if isinstance(text, str) and text.strip()
             and one.tag not in ("text", "title", "desc", "style")]  # fmt: skip
    if loose:
        yield f"'{loose[0].words.strip()[:40]}' stands outside its texts"
    grounds = svg.named("rect")
    shown = [one for one in svg.all() if one.tag in ("rect", "path", "text", "g")]
    if grounds and (len(grounds) > 1 or shown[0] is not grounds[0]):
        yield "something covers it"
    own = re.compile(r"heading|basis|[tn]\d")
    known = sum(1 for one in svg.named("text") if own.match(" ".join(one.classes)))
    in_groups = sum(
        1 for group in svg.named("g") for one in group.content if isinstance(one, Element) and one.tag == "text"
    )
    if known + in_groups != len(svg.named("text")):
        yield "it says more than a chart of ours"


def marks_along(svg: Element, anchor: str) -> list[tuple[float, float, str]]:
    """Position and text of the marks along one axis."""
    group = next(one for one in svg.named("g") if one.given.get("text-anchor") == anchor)
    return [(float(one.given["x"]), float(one.given["y"]), one.words) for one in group.named("text")]


def level_of(path: Element) -> tuple[float, float, float]:
    """Left end, right end and height of a horizontal line."""
    found = re.fullmatch(rf"M({NUMBER}) ({NUMBER})H({NUMBER})", path.given["d"])
    if not found:
        raise DataError("a line of its axis is not level")
    return float(found[1]), float(found[3]), float(found[2])


def box_of(path: Element) -> tuple[float, float, float, float]:
    """Left, top, width and height of a bar."""
    n = NUMBER
    found = re.fullmatch(rf"M({n}) ({n})h({n})v({n})h-({n})z", path.given["d"])
    if not found or found[3] != found[5]:
        raise DataError("a bar is no rectangle")
    return float(found[1]), float(found[2]), float(found[3]), float(found[4])


def points_of(path: Element) -> list[Point]:
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


def boxes_of(path: Element) -> list[tuple[float, float, float, float]]:
    """Left edge, base, width and height (down is more) of each column."""
    n = NUMBER
    found = re.findall(rf"M({n}) ({n})h({n})v({n})h-({n})z", path.given["d"])
    if "".join(f"M{x} {y}h{w}v{h}h-{back}z" for x, y, w, h, back in found) != path.given["d"]:
        raise DataError("a column is no rectangle")
    if any(one[2] != one[4] for one in found):
        raise DataError("a column is no rectangle")
    return [(float(x), float(y), float(w), float(h)) for x, y, w, h, _ in found]
