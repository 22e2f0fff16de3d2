"""Fractions in, the rounded numbers a person reads out: the only crossing from inside to printed.

Every figure is rounded here once, half away from zero as newspapers do. What rules compare, what verbs
are chosen from and what the page shows is this one number.
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
"""Decimals printed for each unit, where a figure does not ask for others."""

WHOLE = frozenset({Unit.DATE, Unit.NAME, Unit.FLAG})
FRACTIONS = frozenset({Unit.PERCENT, Unit.POINTS})

# A quotient that is 1.005 on paper is 1.00499999999999989 in binary; one that is 1.0049999 is not.
NOISE = 1e-9


def rounded(values: Column, decimals: int) -> Column:
    """`values` to so many decimals, half away from zero; NaN stays NaN and zero has no sign."""
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
    """Printed numbers back inside: percents become fractions; for figures made of printed ones, such as gaps."""
    return values / 100.0 if unit in FRACTIONS else values
