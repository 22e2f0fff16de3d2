"""Rounds fractions to the numbers a person reads; no other module crosses from inside to printed.

Every figure is rounded here once, half away from zero as newspapers do. Rules compare this number, verbs are chosen
from it, and the page shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from generator.model import Column, FigureDefinition, Unit

DECIMALS: Mapping[Unit, int] = MappingProxyType(
    {
        Unit.PERCENT: 2,
        Unit.POINTS: 2,
        Unit.LEVEL: 2,
        Unit.DOLLARS: 2,
        Unit.YIELD: 2,
        Unit.RATE: 2,
        Unit.BASIS_POINTS: 0,
        Unit.VOLATILITY: 2,
        Unit.RATIO: 3,
        Unit.COUNT: 0,
        Unit.DATE: 0,
        Unit.NAME: 0,
        Unit.FLAG: 0,
    }
)
"""Decimals printed for each unit, unless a figure asks for others."""

WHOLE = frozenset({Unit.DATE, Unit.NAME, Unit.FLAG})
FRACTIONS = frozenset({Unit.PERCENT, Unit.POINTS})

# Slack for binary fractions: 1.005 may be stored as 1.00499999999999989 and must round up; 1.0049999 must not.
NOISE = 1e-9


def rounded(values: Column, decimals: int) -> Column:
    """`values` rounded to `decimals`, half away from zero; NaN stays NaN and zero has no sign."""
    scale = 10.0**decimals
    size = np.abs(values) * scale
    whole = np.floor(size * (1.0 + 1e-14) + (0.5 + NOISE))
    return np.copysign(whole, values) / scale + 0.0  # -0.0 + 0.0 is 0.0


def printed(values: Column, definition: FigureDefinition) -> Column:
    """A figure's values (fractions inside) as the reader sees them (percent), rounded once."""
    if definition.unit in WHOLE:
        return values
    return rounded(values * 100.0 if definition.unit in FRACTIONS else values, definition.decimals)


def unprinted(values: Column, unit: Unit) -> Column:
    """Turn printed percents back into fractions, for figures made of printed ones, such as gaps."""
    return values / 100.0 if unit in FRACTIONS else values
