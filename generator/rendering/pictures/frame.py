"""The field that a chart with axes is drawn in: where its places and values stand, and the paths through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite, log10

from generator.model import LineChart

SHARE = 0.76
"""The share of the room of a group that its columns take."""


def line_path(xs: Sequence[float], ys: Sequence[float]) -> str:
    """SVG path data through the points, in steps of a tenth; a session without a value leaves a gap."""
    parts: list[str] = []
    x = y = 0  # tenths already drawn, so that rounding never adds up along the line
    joined = False
    for at, value in zip(xs, ys, strict=False):  # a line may end before the last place
        if not isfinite(value):
            joined = False
            continue
        next_x, next_y = round(at * 10), round(value * 10)
        parts.append(f"l{_tenths(next_x - x, next_y - y)}" if joined else f"M{_tenths(next_x, next_y)}")
        x, y, joined = next_x, next_y, True
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Frame:
    """The field that a chart is drawn in, and where its values stand."""

    left: float
    right: float
    top: float
    bottom: float
    ticks: tuple[float, ...]
    """The values on its vertical axis, from bottom to top."""
    chart: LineChart

    @property
    def step(self) -> float:
        """From one place to the next: lines reach from edge to edge, groups of columns have half a step beside them."""
        return (self.right - self.left) / (self.chart.places - (0 if self.chart.columns else 1))

    @property
    def xs(self) -> list[float]:
        """Each place, from left to right."""
        first = self.left + (self.step / 2 if self.chart.columns else 0.0)
        return [first + self.step * index for index in range(self.chart.places)]

    def y(self, value: float) -> float:
        """The height of a value."""
        low, high = self._measured(self.ticks[0]), self._measured(self.ticks[-1])
        return self.bottom - (self._measured(value) - low) * (self.bottom - self.top) / (high - low)

    def _measured(self, value: float) -> float:
        return log10(value) if self.chart.logarithmic else value

    def columns(self, number: int, ys: Sequence[float]) -> str:
        """The columns of one figure, each from the base to its value."""
        width = rounded(self.step * SHARE / len(self.chart.lines))
        first, base = self.step * SHARE / 2 - width * number, rounded(self.y(self.chart.base))
        drawn = ((rounded(x - first), rounded(y)) for x, y in zip(self.xs, ys, strict=True) if isfinite(y))
        return "".join(f"M{x} {base}h{width}v{rounded(y - base)}h-{width}z" for x, y in drawn)

    def stretch(self, first: int, last: int) -> tuple[float, float]:
        """The edges of a stretch of places, halfway to the places beside it."""
        xs, half = self.xs, self.step / 2
        return rounded(max(xs[first] - half, self.left)), rounded(min(xs[last] + half, self.right))

    @property
    def band(self) -> str:
        """The path around the band."""
        if not self.chart.low:
            return ""
        edge = [*map(self.y, self.chart.high), *map(self.y, reversed(self.chart.low))]
        return f"{line_path([*self.xs, *reversed(self.xs)], edge)}z"


@lru_cache(maxsize=1 << 14)
def _tenths(x: int, y: int) -> str:
    """Two coordinates in tenths, as short as SVG allows: `2.1-.4`."""
    first, second = _short(x), _short(y)
    return first + second if second.startswith("-") else f"{first} {second}"


def _short(tenths: int) -> str:
    sign, whole, part = "-" if tenths < 0 else "", *divmod(abs(tenths), 10)
    digits = f"{whole or ''}.{part}" if part else str(whole)
    return sign + digits


def rounded(value: float) -> float:
    """A coordinate in tenths."""
    tenths = round(value, 1)
    return int(tenths) if tenths == int(tenths) else tenths
