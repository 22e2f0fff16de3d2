"""Realised volatility and moving averages.

Volatility is annualised: the sample standard deviation of daily log returns times the square root of 252.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np

from generator.figures.horizons import HORIZONS, Horizon
from generator.figures.measure import Columns, Recipe
from generator.figures.returns import ends
from generator.figures.windows import absent, deviation_since, moving_mean, quotient, shifted
from generator.model import Column, Segment, Unit

SESSIONS_A_YEAR = 252
AVERAGES = (50, 200)


def log_returns(columns: Columns, segment: Segment) -> Column:
    """Daily log returns, absent where a close is absent or not above zero."""
    ratio = quotient(columns.closes(segment), shifted(columns.closes(segment)))
    out: Column = np.log(ratio, out=absent(ratio.size), where=ratio > 0.0)
    return out


def _volatility(columns: Columns, segment: Segment, *, horizon: Horizon) -> Column:
    returns = columns.shared(("log returns", segment.key), lambda: log_returns(columns, segment))
    _, start = columns.span(horizon)
    first = np.where(start >= 0, start + 1, -1)  # the first return is that of the day after the span's first close
    return float(np.sqrt(SESSIONS_A_YEAR)) * deviation_since(returns, first)


def _average(columns: Columns, segment: Segment, *, length: int) -> Column:
    return moving_mean(columns.closes(segment), length)


def _above_average(columns: Columns, segment: Segment, *, length: int) -> Column:
    return quotient(columns.closes(segment), columns.values(f"{segment.key}_average_{length}d")) - 1.0


def _window(columns: Columns, segment: Segment, row: int, *, length: int) -> Iterable[int]:
    return row - length, row


def _volatilities() -> Iterable[Recipe]:
    for key in ("1m", "3m", "1y"):
        horizon = HORIZONS[key]
        yield Recipe(
            f"volatility_{key}",
            Unit.PERCENT,
            f"realised volatility {horizon.words}, annualised",
            f"square root of 252 times the sample standard deviation of the daily log returns {horizon.words}",
            partial(_volatility, horizon=horizon),
            partial(ends, horizon=horizon),
            decimals=1,
        )


def _averages() -> Iterable[Recipe]:
    for length in AVERAGES:
        formula = f"mean of the last {length} {{close}}s"
        rows = partial(_window, length=length - 1)
        yield Recipe(
            f"average_{length}d",
            Unit.LEVEL,
            f"{length}-session average",
            formula,
            partial(_average, length=length),
            rows,
        )
        yield Recipe(
            f"above_average_{length}d",
            Unit.PERCENT,
            f"{{basis}} from the {length}-session average",
            f"{{close}} divided by the {formula}, less one",
            partial(_above_average, length=length),
            rows,
            signed=True,
        )


RECIPES = (*_volatilities(), *_averages())
