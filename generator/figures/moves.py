"""The day's move beside others: how many moves of the year were as large, and how much of the day before it undid."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np

from generator.figures.horizons import HORIZONS
from generator.figures.measure import Columns, Recipe
from generator.figures.windows import absent, quotient, shifted
from generator.model import Column, Segment, Unit

YEAR = HORIZONS["ytd"]


def _as_large(columns: Columns, segment: Segment) -> Column:
    sizes = np.abs(columns.printed(f"{segment.key}_return_1d"))
    _, before = columns.span(YEAR)
    counts = absent(sizes.size)
    for eve in np.unique(before[before >= 0]).tolist():
        year = before == eve
        so_far = sizes[year]
        counts[year] = np.tril(so_far[None, :] >= so_far[:, None]).sum(axis=1)
        counts[year] = np.where(np.logical_or.accumulate(np.isnan(so_far)), np.nan, counts[year])
    return counts


def _year_so_far(columns: Columns, segment: Segment, row: int) -> Iterable[int]:
    """The closes of the first and of the last move counted."""
    before = int(columns.span(YEAR)[1][row])
    return before, before + 1, row - 1, row


def _undone(columns: Columns, segment: Segment, *, sign: float) -> Column:
    """The part of the move before that the day's contrary move undid; absent unless the move before had this sign."""
    move = sign * columns.printed(f"{segment.key}_return_1d")
    closes = columns.closes(segment)
    step = closes - shifted(closes)
    return np.where((shifted(move) > 0.0) & (move < 0.0), -quotient(step, shifted(step)), np.nan)


def _two_days(columns: Columns, segment: Segment, row: int) -> Iterable[int]:
    return row - 2, row - 1, row


def _undoing(suffix: str, move: str, contrary: str, verb: str, sign: float) -> Recipe:
    return Recipe(
        suffix,
        Unit.PERCENT,
        f"share of the {move} of the session before that was {verb}",
        f"{contrary} of the {{close}} divided by its {move} one session earlier, if both show in the printed {{basis}}",
        partial(_undone, sign=sign),
        _two_days,
        decimals=0,
    )


RECIPES = (
    Recipe(
        "moves_as_large_ytd",
        Unit.COUNT,
        "moves of the year to date as large or larger, up or down",
        "count of sessions of the calendar year, this one included, whose printed {basis} is as large or larger, "
        "whatever its sign",
        _as_large,
        _year_so_far,
    ),
    _undoing("given_back_1d", "rise", "fall", "given back", 1.0),
    _undoing("regained_1d", "fall", "rise", "regained", -1.0),
)
