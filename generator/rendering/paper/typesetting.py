"""Break a line of text evenly, in type as large as fits its room."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.rendering.paper.fonts import text_width

BREAK = re.compile(r" (?!\d)")
"""Where a line may end: at a space, but not between a name and its number (S&P 500, July 11) or at a no-break space."""


@dataclass(frozen=True, slots=True)
class SetLines:
    """Text broken into lines, and the size its type is set in (pixels)."""

    lines: tuple[str, ...]
    size: int


def fit(text: str, font: str, sizes: Sequence[int], width: float, height: float, leading: float) -> SetLines:
    """The text in the largest of `sizes` (largest first) whose lines, `leading` times the size apart, fit the room.

    Where none fits it is the smallest one. Lines are as even as their number allows.
    """
    for size in sizes:
        lines = wrap(text, font, size, width)
        inside = all(text_width(line, font, size) <= width for line in lines)
        if inside and len(lines) * size * leading <= height:
            break
    return SetLines(_even(text, font, size, width), size)


def wrap(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """The text in lines no wider than `width`, each as full as it can be; a longer word has a line of its own."""
    lines: list[str] = []
    for word in BREAK.split(text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, font, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _even(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """As many lines as `wrap` gives, but the narrowest so many can be: no single word is left over at the end."""
    lines = wrap(text, font, size, width)
    low, high = 0.0, width
    while high - low > size / 8:
        middle = (low + high) / 2
        tried = wrap(text, font, size, middle)
        if len(tried) <= len(lines):
            high, lines = middle, tried
        else:
            low = middle
    return lines
