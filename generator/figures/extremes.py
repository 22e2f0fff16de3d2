"""Highs and lows in closing prices, of one year, of a period to date and of 20 sessions: level, date and distance.

The past year is every session from the same day a year before up to and including this one; all of them must be held.
The 20 sessions include this one too: `small_high_20d_before` is the highest close of the 20 before it.
`small_low_qtd` is the lowest close of the quarter so far, `small_return_to_low_qtd` the way to it from the last close
of the quarter before, and `small_above_low_qtd` the rise since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np

from generator.figures.horizons import HORIZONS, SPOKEN, Horizon, RowNumbers
from generator.figures.measure import Columns, Recipe
from generator.figures.records import dates
from generator.figures.windows import at, highest_since, quotient
from generator.model import Column, Kind, Segment, Unit

LENGTH = 20
"""How many sessions the short highs and lows are of."""
SIGNS = {"high": 1.0, "low": -1.0}


def highest_row(columns: Columns, segment: Segment) -> RowNumbers:
    """Row of the highest close of the past year, the first if several tie; -1 unless the whole year is held."""
    opens = columns.year_opens
    return columns.shared(("high_1y row", segment.key), lambda: highest_since(columns.closes(segment), opens))


def lowest_row(columns: Columns, segment: Segment) -> RowNumbers:
    """Row of the lowest close of the past year, the first if several tie; -1 unless the whole year is held."""
    opens = columns.year_opens
    return columns.shared(("low_1y row", segment.key), lambda: highest_since(-columns.closes(segment), opens))


def highest(columns: Columns, segment: Segment) -> Column:
    """Highest close of the past year."""
    return at(columns.closes(segment), highest_row(columns, segment))


def lowest(columns: Columns, segment: Segment) -> Column:
    """Lowest close of the past year."""
    return at(columns.closes(segment), lowest_row(columns, segment))


def _new(row: RowNumbers) -> Column:
    """Whether the extreme was set on this very session."""
    return np.where(row < 0, np.nan, row == np.arange(row.size))


def _against(extreme: Callable[[Columns, Segment], Column]) -> Callable[[Columns, Segment], Column]:
    return lambda columns, segment: quotient(columns.closes(segment), extreme(columns, segment)) - 1.0


def _date(row: Callable[[Columns, Segment], RowNumbers]) -> Callable[[Columns, Segment], Column]:
    return lambda columns, segment: dates(row(columns, segment), columns)


def _has_range(segment: Segment) -> bool:
    return segment.kind not in (Kind.BASKET, Kind.YIELD)


def _recipes(side: str, word: str) -> Iterable[Recipe]:
    extreme, row = (highest, highest_row) if side == "high" else (lowest, lowest_row)
    beyond = "above" if side == "high" else "below"
    formula = f"{word} {{close}} since the same day a year before"

    def rows(columns: Columns, segment: Segment, session: int) -> Iterable[int]:
        return int(row(columns, segment)[session]), session

    yield Recipe(f"{side}_1y", Unit.LEVEL, f"one-year {side}", formula, extreme, rows, fits=_has_range)
    yield Recipe(
        f"{side}_1y_date",
        Unit.DATE,
        f"date of the one-year {side}",
        f"session of the {formula}",
        _date(row),
        rows,
        fits=_has_range,
    )
    yield Recipe(
        f"new_{side}_1y",
        Unit.FLAG,
        f"new one-year {side}",
        f"{{close}} {beyond} every earlier {{close}} since the same day a year before",
        lambda columns, segment: _new(row(columns, segment)),
        rows,
        fits=_has_range,
    )
    yield Recipe(
        "drawdown_1y" if side == "high" else "above_low_1y",
        Unit.PERCENT,
        f"{{basis}} from the one-year {side}",
        f"{{close}} divided by the {formula}, less one",
        _against(extreme),
        rows,
        signed=side == "high",
        fits=_has_range,
    )


def _short_row(columns: Columns, segment: Segment, *, side: str) -> RowNumbers:
    """Row of the highest or lowest of the last 20 closes, the first if several tie; -1 unless all are held."""
    opens = np.maximum(np.arange(columns.sessions.size) - (LENGTH - 1), -1)
    key = (f"{side}_{LENGTH}d row", segment.key)
    return columns.shared(key, lambda: highest_since(SIGNS[side] * columns.closes(segment), opens))


def _short(side: str, word: str) -> Iterable[Recipe]:
    row = partial(_short_row, side=side)
    formula = f"{word} of the last {LENGTH} {{close}}s"

    def level(columns: Columns, segment: Segment) -> Column:
        return at(columns.closes(segment), row(columns, segment))

    def rows(columns: Columns, segment: Segment, session: int) -> Iterable[int]:
        return int(row(columns, segment)[session]), session

    name, words = f"{side}_{LENGTH}d", f"{LENGTH}-session {side}"
    yield Recipe(name, Unit.LEVEL, words, formula, level, rows, fits=_has_range)
    date = f"date of the {words}"
    yield Recipe(f"{name}_date", Unit.DATE, date, f"session of the {formula}", _date(row), rows, fits=_has_range)


def _period_row(columns: Columns, segment: Segment, *, side: str, horizon: Horizon) -> RowNumbers:
    """Row of the highest or lowest close of the period so far, the first if several tie; -1 unless all are held."""
    before = columns.span(horizon)[1]
    key = (f"{side}_{horizon.key} row", segment.key)
    opens = np.where(before >= 0, before + 1, -1)
    return columns.shared(key, lambda: highest_since(SIGNS[side] * columns.closes(segment), opens))


def _of_period(side: str, word: str, horizon: Horizon) -> Iterable[Recipe]:
    row = partial(_period_row, side=side, horizon=horizon)
    spoken = f"the {SPOKEN[horizon.period]} to date"
    name, label, formula = f"{side}_{horizon.key}", f"{side} of {spoken}", f"{word} {{close}} of {spoken}"

    def level(columns: Columns, segment: Segment) -> Column:
        return at(columns.closes(segment), row(columns, segment))

    def fall(columns: Columns, segment: Segment) -> Column:
        return quotient(level(columns, segment), at(columns.closes(segment), columns.span(horizon)[1])) - 1.0

    def rows(columns: Columns, segment: Segment, session: int) -> Iterable[int]:
        return int(row(columns, segment)[session]), session

    def from_before(columns: Columns, segment: Segment, session: int) -> Iterable[int]:
        return int(columns.span(horizon)[1][session]), int(row(columns, segment)[session])

    yield Recipe(name, Unit.LEVEL, label, formula, level, rows, fits=_has_range)
    date = f"session of the {formula}"
    yield Recipe(f"{name}_date", Unit.DATE, f"date of the {label}", date, _date(row), rows, fits=_has_range)
    yield Recipe(
        f"drawdown_{horizon.key}" if side == "high" else f"above_low_{horizon.key}",
        Unit.PERCENT,
        f"{{basis}} from the {label}",
        f"{{close}} divided by the {formula}, less one",
        _against(level),
        rows,
        signed=side == "high",
        fits=_has_range,
    )
    yield Recipe(
        f"return_to_{name}",
        Unit.PERCENT,
        f"{{basis}} from the last close before to the {label}",
        f"{formula} divided by the last {{close}} of the {SPOKEN[horizon.period]} before, less one",
        fall,
        from_before,
        signed=True,
        fits=_has_range,
    )


LONG = tuple(HORIZONS[key] for key in ("qtd", "htd", "ytd"))
"""The periods to date whose highs and lows are told."""

RECIPES = (
    *_recipes("high", "highest"),
    *_recipes("low", "lowest"),
    *_short("high", "highest"),
    *_short("low", "lowest"),
    *(recipe for horizon in LONG for recipe in _of_period("high", "highest", horizon)),
    *(recipe for horizon in LONG for recipe in _of_period("low", "lowest", horizon)),
)
