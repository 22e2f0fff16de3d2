"""The side that a figure keeps from the end of one period to the next: runs, the last time before, and turns.

`small_minus_sp500_3m_week_streak` counts the ends of weeks in a row on which the gap of three months had its present
sign, `_week_last_so` is the last one before that run that had it, and `_week_turns_ytd` counts how often the side
changed from one end of a week to the next in the year. Without a span the figure is that of the period itself:
`small_minus_sp500_quarter_streak`. All go by printed numbers and speak on the last session of a period alone.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from generator.figures.horizons import SPOKEN, RowNumbers, period_codes
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.records import dates
from generator.figures.rounding import DECIMALS
from generator.figures.streaks import runs
from generator.model import Basis, Column, FigureDefinition, Unit


def fits(tail: str) -> bool:
    """Whether a figure of these has the tail."""
    return tail in TAILS


def measure(name: str, of: Measure, period: str, tail: str) -> Measure | None:
    """The measure of the side that `of` keeps, or None for another tail."""
    return TAILS[tail](name, of, period) if tail in TAILS else None


def period_ends(columns: Columns, period: str) -> RowNumbers:
    """The rows of the last sessions of periods."""
    return columns.shared(("ends", period), lambda: np.flatnonzero(columns.values(f"{period}_ends") == 1.0))


def spread(values: Column, columns: Columns, period: str) -> Column:
    """A value for each end of a period, put on its session; absent elsewhere."""
    found = np.full(columns.sessions.size, np.nan)
    found[period_ends(columns, period)] = values
    return found


def at_ends(columns: Columns, name: str, period: str) -> Column:
    """The figure on the last session of each period."""
    return columns.printed(name)[period_ends(columns, period)]


def defined(
    name: str, of: FigureDefinition, unit: Unit, label: str, formula: str, *, signed: bool = False
) -> FigureDefinition:
    """The definition of a figure made of another one at the ends of periods."""
    words = f"{of.label}, {label}", f"{formula}: {of.formula}"
    return FigureDefinition(name, unit, Basis.NONE, DECIMALS[unit], *words, of.symbols, signed=signed)


def _streak(name: str, of: Measure, period: str) -> Measure:
    given, spoken = of.definition, SPOKEN[period]
    definition = defined(
        name,
        given,
        Unit.COUNT,
        f"{spoken}s in a row above zero (above zero) or below (below)",
        f"count of ends of {spoken}s in a row up to this one on which it has this one's sign",
        signed=True,
    )

    def column(columns: Columns) -> Column:
        return spread(runs(at_ends(columns, given.name, period)), columns, period)

    def inputs(columns: Columns, row: int) -> Inputs:
        ends = period_ends(columns, period)
        place = int(np.searchsorted(ends, row)) - max(int(abs(columns.values(name)[row])) - 1, 0)
        return tuple(dict.fromkeys(columns.evidence(given.name, int(ends[place])) + columns.evidence(given.name, row)))

    return Measure(definition, column, inputs)


def _last_so_places(values: Column) -> RowNumbers:
    """For each end of a period, the place of the last of its sign before the present run; -1 if that is not known."""
    sign, lengths = np.sign(values), np.abs(runs(values))
    found = np.full(values.size, -1)
    last = {1.0: -1, -1.0: -1}
    for place in range(values.size):
        if np.isnan(sign[place]):
            last = {1.0: -1, -1.0: -1}
        elif sign[place]:
            if lengths[place] == 1.0 or np.isnan(lengths[place]):
                found[place] = last[sign[place]] if lengths[place] == 1.0 else -1
            else:
                found[place] = found[place - 1]
            last[sign[place]] = place
    return found


def _last_so(name: str, of: Measure, period: str) -> Measure:
    given, spoken = of.definition, SPOKEN[period]
    definition = defined(
        name,
        given,
        Unit.DATE,
        f"last {spoken} of its sign before the present run",
        f"last end of a {spoken} before the present run of them on which it had this one's sign",
    )

    def rows(columns: Columns) -> RowNumbers:
        places = _last_so_places(at_ends(columns, given.name, period))
        return np.where(places >= 0, period_ends(columns, period)[np.maximum(places, 0)], -1)

    def column(columns: Columns) -> Column:
        found = spread(rows(columns).astype(np.float64), columns, period)
        return dates(np.nan_to_num(found, nan=-1.0).astype(np.int64), columns)

    def inputs(columns: Columns, row: int) -> Inputs:
        then = int(rows(columns)[np.searchsorted(period_ends(columns, period), row)])
        return tuple(dict.fromkeys(columns.evidence(given.name, then) + columns.evidence(given.name, row)))

    return Measure(definition, column, inputs)


def _years(columns: Columns, period: str) -> RowNumbers:
    return period_codes(columns.sessions, "year")[period_ends(columns, period)]


def _turns(name: str, of: Measure, period: str) -> Measure:
    given, spoken = of.definition, SPOKEN[period]
    definition = defined(
        name,
        given,
        Unit.COUNT,
        f"changes of sign from {spoken} to {spoken} in the year to date",
        f"count of ends of {spoken}s of the calendar year, up to this one, on which its sign is not that of the last "
        f"end of a {spoken} on which it had one",
    )

    def column(columns: Columns) -> Column:
        sign, years = np.sign(at_ends(columns, given.name, period)), _years(columns, period)
        places = np.arange(sign.size)
        sided = np.maximum.accumulate(np.where(np.nan_to_num(sign) != 0.0, places, -1))
        side = np.append(np.nan_to_num(sign), 0.0)[sided]
        turned = np.append(False, (side[1:] != side[:-1]) & (sided[:-1] >= 0))
        first = np.searchsorted(years, years)
        total, gone = np.cumsum(np.append(0, turned)), np.cumsum(np.append(0, np.isnan(sign)))
        before = np.maximum(first - 1, 0)
        whole = (first > 0) & (gone[places + 1] == gone[before])
        return spread(np.where(whole, total[places + 1] - total[first], np.nan), columns, period)

    def inputs(columns: Columns, row: int) -> Inputs:
        ends, years = period_ends(columns, period), _years(columns, period)
        place = int(np.searchsorted(ends, row))
        first = int(ends[np.searchsorted(years, years[place]) - 1])
        return tuple(dict.fromkeys(columns.evidence(given.name, first) + columns.evidence(given.name, row)))

    return Measure(definition, column, inputs)


TAILS: dict[str, Callable[[str, Measure, str], Measure]] = {
    "_streak": _streak,
    "_last_so": _last_so,
    "_turns_ytd": _turns,
}
