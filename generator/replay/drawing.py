"""Works out where everything goes in the report's charts: columns over a scale, bars with names, lines over years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.rendering.pictures.axes import nice_ticks, tick_label

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 48, 8, 10, 24
NAMES, PRINTED, BAR = 210, 130, 22
"""Room for the names before the bars and for the numbers after them, and the height of each bar with its gap."""


@dataclass(frozen=True, slots=True)
class Box:
    """One column or bar, and the text shown when it is pointed at."""

    x: float
    y: float
    width: float
    height: float
    says: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A word beside an axis or a bar."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, and a description for readers who cannot see it."""

    key: str
    title: str
    says: str
    height: float
    boxes: tuple[Box, ...] = ()
    marks: tuple[Mark, ...] = ()
    rules: tuple[float, ...] = ()
    """Heights of the horizontal lines."""
    lines: tuple[tuple[str, str], ...] = ()
    """(name, points) of each line."""


def columns(key: str, title: str, spread: Mapping[str, object], unit: str) -> Chart:
    """How many sessions fall into each step of a spread."""
    bins: Sequence[tuple[float, int]] = spread["bins"]  # type: ignore[assignment]
    if not bins:
        return Chart(key, title, "Nothing was counted.", HEIGHT)
    ticks = nice_ticks(0, max(count for _, count in bins))
    base, rise = HEIGHT - BOTTOM, (HEIGHT - TOP - BOTTOM) / ticks[-1]
    wide = (WIDTH - LEFT - RIGHT) / len(bins)
    step = float(spread["step"])  # type: ignore[arg-type]
    boxes = [
        Box(
            round(LEFT + wide * place, 1),
            round(base - count * rise, 1),
            round(max(wide - 1, 0.5), 1),
            round(count * rise, 1),
            f"{start:g} to {start + step:g} {unit}: {count:,}",
        )
        for place, (start, count) in enumerate(bins)
    ]
    every = max(1, -(-len(bins) // 10))
    names = [
        Mark(round(LEFT + wide * place, 1), HEIGHT - 6, f"{bins[place][0]:g}") for place in range(0, len(bins), every)
    ]
    says = (
        f"From {spread['min']:,} to {spread['max']:,} {unit}, median {spread['median']:,}; "
        f"eight in ten lie between {spread['p10']:,} and {spread['p90']:,}."
    )
    rules = tuple(round(base - tick * rise, 1) for tick in ticks)
    return Chart(key, title, says, HEIGHT, tuple(boxes), (*names, *_scale(ticks, rules)), rules)


def bars(key: str, title: str, says: str, values: Sequence[tuple[str, float, str]]) -> Chart:
    """A bar for each (name, value, printed value), in the order given."""
    most = max((value for _, value, _ in values), default=0) or 1
    room = WIDTH - NAMES - PRINTED
    boxes, marks = [], []
    for place, (name, value, printed) in enumerate(values):
        y, wide = place * BAR, round(room * value / most, 1)
        boxes.append(Box(NAMES, y + 3, wide, BAR - 6, f"{name}: {printed}"))
        marks.append(Mark(NAMES - 8, y + 15, name if len(name) < 32 else f"{name[:30]}…", "end"))
        marks.append(Mark(NAMES + wide + 6, y + 15, printed, "start"))
    return Chart(key, title, says, max(BAR, BAR * len(values)), tuple(boxes), tuple(marks))


def lines(key: str, title: str, says: str, years: Sequence[int], series: Mapping[str, Sequence[float]]) -> Chart:
    """One line per series over the years, in percent."""
    top = max((value for values in series.values() for value in values), default=0.0)
    ticks = nice_ticks(0, 100 * top or 1)
    base, rise = HEIGHT - BOTTOM, (HEIGHT - TOP - BOTTOM) / ticks[-1]
    step = (WIDTH - LEFT - RIGHT) / max(len(years) - 1, 1)
    xs = [round(LEFT + step * place, 1) for place in range(len(years))]
    drawn = tuple(
        (name, " ".join(f"{x},{base - 100 * value * rise:.1f}" for x, value in zip(xs, values, strict=True)))
        for name, values in series.items()
    )
    every = max(1, -(-len(years) // 10))
    names = [Mark(xs[place], HEIGHT - 6, str(years[place])) for place in range(0, len(years), every)]
    rules = tuple(round(base - tick * rise, 1) for tick in ticks)
    return Chart(key, title, says, HEIGHT, marks=(*names, *_scale(ticks, rules)), rules=rules, lines=drawn)


def _scale(ticks: Sequence[float], heights: Sequence[float]) -> list[Mark]:
    return [Mark(LEFT - 6, height + 4, tick_label(tick), "end") for tick, height in zip(ticks, heights, strict=True)]
