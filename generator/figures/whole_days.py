"""The days of a week, a month, a quarter, a half-year or a year: its best and its worst, and how many rose or fell.

`small_return_week_best_day` is the session of the week to date with the highest return, `_best_1d` that return, and
`_up_days` counts the sessions of the week so far above zero. All go by printed numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from generator.figures.horizons import HORIZONS, SPOKEN, RowNumbers
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.records import dates
from generator.figures.rounding import DECIMALS
from generator.figures.windows import at, highest_since
from generator.model import Basis, Column, FigureDefinition, Flags, Unit


def opens(columns: Columns, period: str) -> RowNumbers:
    """For each session, the first row of its period; -1 in the first one, of which some may not be held."""
    before = columns.span(HORIZONS[f"{period[0]}td"])[1]
    return np.where(before >= 0, before + 1, -1)


def counted(holds: Flags, first: RowNumbers) -> Column:
    """On how many rows it holds from row `first` up to each one; a first row of -1 counts from the history's start."""
    total = np.cumsum(np.append(0.0, holds))
    found: Column = total[1:] - total[np.maximum(first, 0)]
    return found


def _ends(of: str, period: str, columns: Columns, row: int) -> Inputs:
    found = columns.evidence(of, int(opens(columns, period)[row])) + columns.evidence(of, row)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Extreme:
    """The best or the worst day of a period: its date, or its move."""

    sign: float
    word: str
    dated: bool

    def __call__(self, name: str, of: Measure, period: str) -> Measure:
        given, spoken = of.definition, SPOKEN[period]
        what = (
            f"session of the {spoken} to date with the {self.word}est"
            if self.dated
            else f"{self.word}est of the {spoken}"
        )
        label = f"{given.label}, {what}{'' if self.dated else ' to date'}"
        formula = f"{'session of the ' * self.dated}{self.word}est of the sessions of the {spoken} up to this one"
        definition = replace(given, name=name, label=label, formula=f"{formula}: {given.formula}")
        if self.dated:
            definition = replace(
                definition, unit=Unit.DATE, basis=Basis.NONE, decimals=DECIMALS[Unit.DATE], signed=False
            )

        def column(columns: Columns) -> Column:
            row = highest_since(self.sign * columns.printed(given.name), opens(columns, period))
            return dates(row, columns) if self.dated else at(columns.values(given.name), row)

        return Measure(definition, column, partial(_ends, given.name, period))


@dataclass(frozen=True, slots=True)
class Days:
    """How many sessions of the period so far were above zero, or below."""

    sign: float
    lies: str

    def __call__(self, name: str, of: Measure, period: str) -> Measure:
        given, spoken = of.definition, SPOKEN[period]
        definition = FigureDefinition(
            name,
            Unit.COUNT,
            Basis.NONE,
            DECIMALS[Unit.COUNT],
            f"{given.label}, sessions of the {spoken} to date {self.lies} zero",
            f"count of the sessions of the {spoken} up to this one that are {self.lies} zero: {given.formula}",
            given.symbols,
        )

        def column(columns: Columns) -> Column:
            shown, first = columns.printed(given.name), opens(columns, period)
            held = (first >= 0) & (counted(np.isnan(shown), first) == 0.0)
            return np.where(held, counted(self.sign * shown > 0.0, first), np.nan)

        return Measure(definition, column, partial(_ends, given.name, period))


TAILS: dict[str, Callable[[str, Measure, str], Measure]] = {
    "_best_1d": Extreme(1.0, "high", dated=False),
    "_best_day": Extreme(1.0, "high", dated=True),
    "_worst_1d": Extreme(-1.0, "low", dated=False),
    "_worst_day": Extreme(-1.0, "low", dated=True),
    "_up_days": Days(1.0, "above"),
    "_down_days": Days(-1.0, "below"),
}
