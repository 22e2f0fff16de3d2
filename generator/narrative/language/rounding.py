"""The number that a sentence prints for a figure: rounded once, from the full value, to what prose has room for.

Moves, gaps, shares and volatility have one decimal in a sentence, and moves, gaps and shares none from ten up. What a
table shows and a rule compares has two and is another rounding of the same value; neither is made from the other.
"""

from __future__ import annotations

import math

import numpy as np

from generator.model import Column, FigureDefinition, Unit

FRACTIONS = frozenset({Unit.PERCENT, Unit.POINTS})
"""Units whose values are fractions inside and percents outside."""
_SHORTENED = frozenset({*FRACTIONS, Unit.VOLATILITY})
_TEN = 10.0
_PLACES = 7  # a half may be stored as 0.4999999999999999 of the last place and must still round up


def shortened(definition: FigureDefinition) -> bool:
    """Whether prose rounds the figure differently from a table; a release's number is quoted as it came out."""
    return definition.unit in _SHORTENED and not definition.source


def said(value: float, printed: float, definition: FigureDefinition) -> float:
    """The number for a sentence, with its sign, in the reader's unit; for most units the printed one."""
    if not shortened(definition):
        return printed
    fraction = definition.unit in FRACTIONS
    size = abs(value) * (100.0 if fraction else 1.0)
    number = _half_away(size, tenths(definition))
    if fraction and number >= _TEN:
        number = _half_away(size, 0)
    return math.copysign(number, value) if number else 0.0


def said_column(values: Column, printed: Column, definition: FigureDefinition) -> Column:
    """The same for every session."""
    if not shortened(definition):
        return printed
    fraction = definition.unit in FRACTIONS
    size = np.abs(values) * (100.0 if fraction else 1.0)
    number = rounded(size, tenths(definition))
    if fraction:
        number = np.where(number >= _TEN, rounded(size, 0), number)
    return np.copysign(number, values) + 0.0  # -0.0 + 0.0 is 0.0


def tenths(definition: FigureDefinition) -> int:
    """How many decimals a shortened number below ten has: one, or none if the figure itself has none."""
    return min(1, definition.decimals)


def whole(value: float, definition: FigureDefinition) -> float:
    """The size in whole percents or points, from the full value: 7.4973 is 7, not the 8 that 7.50 would give."""
    return _half_away(abs(value) * (100.0 if definition.unit in FRACTIONS else 1.0), 0)


def whole_column(values: Column, definition: FigureDefinition) -> Column:
    """The same for every session."""
    return rounded(np.abs(values) * (100.0 if definition.unit in FRACTIONS else 1.0), 0)


def rounded(sizes: Column, decimals: int) -> Column:
    """Sizes without their signs, rounded to `decimals`, halves up."""
    scale = 10.0**decimals
    column: Column = np.floor(np.round(sizes * scale, _PLACES) + 0.5) / scale
    return column


def _half_away(size: float, decimals: int) -> float:
    scale = 10.0**decimals
    return math.floor(round(size * scale, _PLACES) + 0.5) / scale
