"""Closes in, the 52-week range out: its high and low, when they stood, and how far the close is from them.

A year is 252 sessions, the session itself included; all of them must be held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from generator.figures.horizons import RowNumbers
from generator.figures.measure import Columns, Recipe
from generator.figures.records import dates
from generator.figures.windows import moving_maximum, moving_maximum_row, quotient, shifted
from generator.model import Column, Kind, Segment, Unit

YEAR = 252


def highest(columns: Columns, segment: Segment) -> Column:
    """Highest close of the last 252 sessions."""
    return columns.shared(("high_52w", segment.key), lambda: moving_maximum(columns.closes(segment), YEAR))


def lowest(columns: Columns, segment: Segment) -> Column:
    """Lowest close of the last 252 sessions."""
    return columns.shared(("low_52w", segment.key), lambda: -moving_maximum(-columns.closes(segment), YEAR))


def highest_row(columns: Columns, segment: Segment) -> RowNumbers:
    """Row on which the highest close of the last 252 sessions first stood."""
    return columns.shared(("high_52w row", segment.key), lambda: moving_maximum_row(columns.closes(segment), YEAR))


def lowest_row(columns: Columns, segment: Segment) -> RowNumbers:
    """Row on which the lowest close of the last 252 sessions first stood."""
    return columns.shared(("low_52w row", segment.key), lambda: moving_maximum_row(-columns.closes(segment), YEAR))


def _new(columns: Columns, segment: Segment, sign: float) -> Column:
    close = sign * columns.closes(segment)
    others = shifted(moving_maximum(close, YEAR - 1))
    return np.where(np.isnan(close) | np.isnan(others), np.nan, close > others)


def _against(extreme: Callable[[Columns, Segment], Column]) -> Callable[[Columns, Segment], Column]:
    return lambda columns, segment: quotient(columns.closes(segment), extreme(columns, segment)) - 1.0


def _date(row: Callable[[Columns, Segment], RowNumbers]) -> Callable[[Columns, Segment], Column]:
    return lambda columns, segment: dates(row(columns, segment), columns)


def _has_range(segment: Segment) -> bool:
    return segment.kind not in (Kind.BASKET, Kind.YIELD)


def _recipes(side: str, word: str) -> Iterable[Recipe]:
    extreme, row, sign = (highest, highest_row, 1.0) if side == "high" else (lowest, lowest_row, -1.0)
    beyond = "above" if side == "high" else "below"
    formula = f"{word} {{close}} of the last 252 sessions"

    def rows(columns: Columns, segment: Segment, session: int) -> Iterable[int]:
        return int(row(columns, segment)[session]), session

    yield Recipe(f"{side}_52w", Unit.LEVEL, f"52-week {side}", formula, extreme, rows, fits=_has_range)
    yield Recipe(
        f"{side}_52w_date",
        Unit.DATE,
        f"date of the 52-week {side}",
        f"session of the {formula}",
        _date(row),
        rows,
        fits=_has_range,
    )
    yield Recipe(
        f"new_{side}_52w",
        Unit.FLAG,
        f"new 52-week {side}",
        f"{{close}} {beyond} every {{close}} of the 251 sessions before",
        lambda columns, segment: _new(columns, segment, sign),
        rows,
        fits=_has_range,
    )
    yield Recipe(
        "drawdown_52w" if side == "high" else "above_low_52w",
        Unit.PERCENT,
        f"{{basis}} from the 52-week {side}",
        f"{{close}} divided by the {formula}, less one",
        _against(extreme),
        rows,
        signed=side == "high",
        fits=_has_range,
    )


RECIPES = (*_recipes("high", "highest"), *_recipes("low", "lowest"))
