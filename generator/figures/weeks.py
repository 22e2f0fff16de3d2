"""Whole weeks: a week beside earlier weeks, the day that made it, and how many weeks one side has kept.

`small_return_week` is the return of the week to date on the last session of a week, and absent on all others, so that
`small_return_week_highest_since` and its like compare whole weeks. Any figure of the week to date has its like.
`small_return_week_best_day` is the session of the week with the highest return, `_best_1d` that return, and
`_up_days` counts the sessions of the week above zero. `small_minus_sp500_3m_week_streak` counts the ends of weeks in a
row on which the gap of three months had its present sign, `_week_last_so` is the last one before that run that had it,
and `_week_turns_ytd` counts how often the side changed from one end of a week to the next in the year. All go by
printed numbers, and the last three speak on the last session of a week alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from generator.figures.horizons import HORIZONS, RowNumbers, period_codes
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.records import dates
from generator.figures.rounding import DECIMALS
from generator.figures.streaks import runs
from generator.figures.windows import at, shifted
from generator.model import Basis, Column, FigureDefinition, Unit, Universe

WEEK, WTD, ONE_DAY = "_week", "_wtd", "_1d"
LONGEST = 7
"""The most sessions that a week can have."""
SIGNED = frozenset({Unit.PERCENT, Unit.POINTS, Unit.BASIS_POINTS, Unit.VOLATILITY})

Base = Callable[[str], Measure | None]
"""Finds the measure of another figure."""


def find(name: str, base: Base) -> Measure | None:
    """The measure of whole weeks with this name, or None."""
    stem, week, tail = name.rpartition(WEEK)
    if not week or not stem:
        return None
    if not tail:
        of = base(f"{stem}{WTD}")
        return _whole(name, of) if of else None
    if tail in DAYS:
        of = base(f"{stem}{ONE_DAY}")
        return DAYS[tail](name, of) if of and of.definition.unit in SIGNED else None
    if tail in SIDES:
        of = base(stem) or base(f"{stem}{WTD}")
        return SIDES[tail](name, of) if of and of.definition.unit in SIGNED and of.definition.signed else None
    return None


def names(universe: Universe) -> Iterator[str]:
    """The names of the core indices' weeks and of their gap's; other figures have them as well."""
    first, second = (*universe.core, *universe.core)[:2]
    gap = f"{first}_minus_{second}"
    for stem in (f"{first}_return", *([f"{second}_return", gap] if first != second else [])):
        yield f"{stem}{WEEK}"
        yield from (f"{stem}{WEEK}{tail}" for tail in (*DAYS, "_streak"))
    if first != second:
        spans = [key for key, horizon in HORIZONS.items() if horizon.months > 1]
        yield from (f"{gap}_{key}{WEEK}{tail}" for key in spans for tail in SIDES)


def week_ends(columns: Columns) -> RowNumbers:
    """The rows of the last sessions of weeks."""
    return columns.shared(("week ends",), lambda: np.flatnonzero(columns.values("week_ends") == 1.0))


# --- a whole week ---------------------------------------------------------------------------------


def _whole(name: str, of: Measure) -> Measure:
    given = of.definition
    definition = replace(
        given,
        name=name,
        label=f"{given.label}, a whole week",
        formula=f"{given.formula}; on the last session of a week alone",
    )

    def column(columns: Columns) -> Column:
        return np.where(columns.values("week_ends") == 1.0, columns.values(given.name), np.nan)

    return Measure(definition, column, lambda columns, row: columns.evidence(given.name, row))


# --- the days of a week ---------------------------------------------------------------------------


def _opens(columns: Columns) -> RowNumbers:
    """For each session, the first row of its week; -1 in the first week, of which some may not be held."""
    before = columns.span(HORIZONS["wtd"])[1]
    return np.where(before >= 0, before + 1, -1)


def _days(columns: Columns, name: str) -> tuple[Column, np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    """Whether each session's week is held so far, and the printed moves of it, the session's own first."""

    def found() -> tuple[Column, np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
        shown, first = columns.printed(name), _opens(columns)
        rows = np.arange(shown.size)
        inside = np.stack([rows - back >= np.maximum(first, 0) for back in range(LONGEST)])
        moves = np.stack([shifted(shown, back) if back else shown for back in range(LONGEST)])
        held = (first >= 0) & ~np.any(np.isnan(moves) & inside, axis=0)
        return held.astype(np.float64), np.where(inside, moves, np.nan)

    return columns.shared(("days of the week", name), found)


def _extreme_row(columns: Columns, name: str, sign: float) -> RowNumbers:
    """The row of the week's highest move (or lowest), the first if several tie; -1 where that is not known."""
    held, moves = _days(columns, name)
    ranked = np.where(np.isnan(moves), -np.inf, sign * moves)[::-1]
    back = LONGEST - 1 - np.argmax(ranked, axis=0)
    return np.where(held == 1.0, np.arange(held.size) - back, -1)


def _ends_of_days(of: str, columns: Columns, row: int) -> Inputs:
    found = columns.evidence(of, int(_opens(columns)[row])) + columns.evidence(of, row)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Extreme:
    """The best or the worst day of a week: its date, or its move."""

    sign: float
    word: str
    dated: bool

    def __call__(self, name: str, of: Measure) -> Measure:
        given = of.definition
        what = f"session of the week to date with the {self.word}est" if self.dated else f"{self.word}est of the week"
        label = f"{given.label}, {what}{'' if self.dated else ' to date'}"
        formula = f"{'session of the ' * self.dated}{self.word}est of the sessions of the week up to this one"
        definition = replace(given, name=name, label=label, formula=f"{formula}: {given.formula}")
        if self.dated:
            definition = replace(
                definition, unit=Unit.DATE, basis=Basis.NONE, decimals=DECIMALS[Unit.DATE], signed=False
            )

        def column(columns: Columns) -> Column:
            row = _extreme_row(columns, given.name, self.sign)
            return dates(row, columns) if self.dated else at(columns.values(given.name), row)

        return Measure(definition, column, partial(_ends_of_days, given.name))


@dataclass(frozen=True, slots=True)
class Days:
    """How many sessions of the week so far were above zero, or below."""

    sign: float
    lies: str

    def __call__(self, name: str, of: Measure) -> Measure:
        given = of.definition
        definition = FigureDefinition(
            name,
            Unit.COUNT,
            Basis.NONE,
            DECIMALS[Unit.COUNT],
            f"{given.label}, sessions of the week to date {self.lies} zero",
            f"count of the sessions of the week up to this one that are {self.lies} zero: {given.formula}",
            given.symbols,
        )

        def column(columns: Columns) -> Column:
            held, moves = _days(columns, given.name)
            counted = np.sum(self.sign * np.nan_to_num(moves) > 0.0, axis=0).astype(np.float64)
            return np.where(held == 1.0, counted, np.nan)

        return Measure(definition, column, partial(_ends_of_days, given.name))


DAYS: dict[str, Callable[[str, Measure], Measure]] = {
    "_best_1d": Extreme(1.0, "high", dated=False),
    "_best_day": Extreme(1.0, "high", dated=True),
    "_worst_1d": Extreme(-1.0, "low", dated=False),
    "_worst_day": Extreme(-1.0, "low", dated=True),
    "_up_days": Days(1.0, "above"),
    "_down_days": Days(-1.0, "below"),
}


# --- sides, from one end of a week to the next -----------------------------------------------------


def _spread(values: Column, columns: Columns) -> Column:
    """A value for each end of a week, put on its session; absent elsewhere."""
    found = np.full(columns.sessions.size, np.nan)
    found[week_ends(columns)] = values
    return found


def _weekly(columns: Columns, name: str) -> Column:
    """The figure on the last session of each week."""
    return columns.printed(name)[week_ends(columns)]


def _defined(
    name: str, of: FigureDefinition, unit: Unit, label: str, formula: str, *, signed: bool = False
) -> FigureDefinition:
    words = f"{of.label}, {label}", f"{formula}: {of.formula}"
    return FigureDefinition(name, unit, Basis.NONE, DECIMALS[unit], *words, of.symbols, signed=signed)


def _streak(name: str, of: Measure) -> Measure:
    given = of.definition
    definition = _defined(
        name,
        given,
        Unit.COUNT,
        "weeks in a row above zero (above zero) or below (below)",
        "count of ends of weeks in a row up to this one on which it has this one's sign",
        signed=True,
    )

    def inputs(columns: Columns, row: int) -> Inputs:
        ends = week_ends(columns)
        place = int(np.searchsorted(ends, row)) - max(int(abs(columns.values(name)[row])) - 1, 0)
        return tuple(dict.fromkeys(columns.evidence(given.name, int(ends[place])) + columns.evidence(given.name, row)))

    return Measure(definition, lambda columns: _spread(runs(_weekly(columns, given.name)), columns), inputs)


def _last_so_places(columns: Columns, name: str) -> RowNumbers:
    """For each end of a week, the place of the last one of its sign before the present run; -1 if that is not known."""
    values = _weekly(columns, name)
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


def _last_so(name: str, of: Measure) -> Measure:
    given = of.definition
    definition = _defined(
        name,
        given,
        Unit.DATE,
        "last week of its sign before the present run",
        "last end of a week before the present run of them on which it had this one's sign",
    )

    def rows(columns: Columns) -> RowNumbers:
        places = _last_so_places(columns, given.name)
        return np.where(places >= 0, week_ends(columns)[np.maximum(places, 0)], -1)

    def column(columns: Columns) -> Column:
        spread = _spread(rows(columns).astype(np.float64), columns)
        return dates(np.nan_to_num(spread, nan=-1.0).astype(np.int64), columns)

    def inputs(columns: Columns, row: int) -> Inputs:
        then = int(rows(columns)[np.searchsorted(week_ends(columns), row)])
        return tuple(dict.fromkeys(columns.evidence(given.name, then) + columns.evidence(given.name, row)))

    return Measure(definition, column, inputs)


def _years(columns: Columns) -> RowNumbers:
    return period_codes(columns.sessions, "year")[week_ends(columns)]


def _turns(name: str, of: Measure) -> Measure:
    given = of.definition
    definition = _defined(
        name,
        given,
        Unit.COUNT,
        "changes of sign from week to week in the year to date",
        "count of ends of weeks of the calendar year, up to this one, on which its sign is not that of the last end of "
        "a week on which it had one",
    )

    def column(columns: Columns) -> Column:
        sign, years = np.sign(_weekly(columns, given.name)), _years(columns)
        places = np.arange(sign.size)
        sided = np.maximum.accumulate(np.where(np.nan_to_num(sign) != 0.0, places, -1))
        side = np.append(np.nan_to_num(sign), 0.0)[sided]
        turned = np.append(False, (side[1:] != side[:-1]) & (sided[:-1] >= 0))
        first = np.searchsorted(years, years)
        total, gone = np.cumsum(np.append(0, turned)), np.cumsum(np.append(0, np.isnan(sign)))
        before = np.maximum(first - 1, 0)
        whole = (first > 0) & (gone[places + 1] == gone[before])
        return _spread(np.where(whole, total[places + 1] - total[first], np.nan), columns)

    def inputs(columns: Columns, row: int) -> Inputs:
        ends, years = week_ends(columns), _years(columns)
        place = int(np.searchsorted(ends, row))
        first = int(ends[np.searchsorted(years, years[place]) - 1])
        return tuple(dict.fromkeys(columns.evidence(given.name, first) + columns.evidence(given.name, row)))

    return Measure(definition, column, inputs)


SIDES: dict[str, Callable[[str, Measure], Measure]] = {
    "_streak": _streak,
    "_last_so": _last_so,
    "_turns_ytd": _turns,
}
