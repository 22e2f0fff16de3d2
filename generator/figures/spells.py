"""How often and for how long a gap has been above zero, over all month-ends to date or over all sessions.

`small_minus_sp500_10y_monthly_share` is the share of month-ends so far on which the gap of ten years was above zero,
`_n` how many there were, `_last` the last of them above zero, `_worst` that of the lowest; `_spell` counts the
month-ends in a row with the present sign, `_spell_rank` ranks that run among those of its sign, longest first, an
earlier one as long before it. `_leads` counts the runs above zero of twelve month-ends or more, `_leads_first` is the
first month-end of the first, `_leads_last` the last one of the last. `_daily_n`, `_share` and `_last` count sessions.
Between month-ends all are as on the last one. They go by printed numbers; a run begins where the history does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

import numpy as np

from generator.figures.horizons import HORIZONS, RowNumbers
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.windows import at
from generator.model import Basis, Column, FigureDefinition, Unit, Universe

LONG = 12
"""Month-ends from which a run above zero counts as a lead that was kept."""
AXES = {"_monthly_": "month-ends", "_daily_": "sessions"}
SIGNED = frozenset({Unit.PERCENT, Unit.POINTS})

Base = Callable[[str], Measure | None]


class Runs(NamedTuple):
    """Runs of one sign along an axis: for each place, the first place of its run."""

    sign: Column
    began: RowNumbers

    def lengths(self) -> RowNumbers:
        """How long each place's run is by then."""
        found: RowNumbers = np.arange(self.sign.size) - self.began + 1
        return found


def find(name: str, base: Base) -> Measure | None:
    """The measure with this name, or None."""
    for axis, words in AXES.items():
        stem, between, tail = name.rpartition(axis)
        told = TAILS.get(tail) if between else None
        of = base(stem) if told and (axis == "_monthly_" or tail in DAILY) else None
        if told and of and of.definition.signed and of.definition.unit in SIGNED:
            return _measure(name, of, axis, words, told)
    return None


def names(universe: Universe) -> Iterator[str]:
    """The names for the gap of the core indices."""
    first, second = (*universe.core, *universe.core)[:2]
    for key in ([key for key, horizon in HORIZONS.items() if horizon.months][-1:]) if first != second else ():
        yield from (f"{first}_minus_{second}_{key}_monthly_{tail}" for tail in TAILS)
        yield from (f"{first}_minus_{second}_{key}_daily_{tail}" for tail in DAILY)


def _rows(columns: Columns, axis: str) -> RowNumbers:
    """The sessions that are counted."""
    if axis == "_daily_":
        return np.arange(columns.sessions.size)
    return columns.shared(("month ends",), lambda: np.flatnonzero(columns.values("month_ends") == 1.0))


def _places(columns: Columns, axis: str) -> RowNumbers:
    """For each session, the place of the last one counted up to it; -1 if there is none."""
    return np.searchsorted(_rows(columns, axis), np.arange(columns.sessions.size), side="right") - 1


class Told(NamedTuple):
    """What a tail tells: its unit, words, and the value for each place on the axis (of dates, a place)."""

    unit: Unit
    label: str
    formula: str
    make: Callable[[Column], Column]


def _measure(name: str, of: Measure, axis: str, words: str, told: Told) -> Measure:
    given = of.definition
    definition = FigureDefinition(
        name,
        told.unit,
        Basis.NONE,
        0,
        f"{given.label}, {told.label.format(words)}",
        f"{told.formula.format(words)}: {given.formula}",
        given.symbols,
        signed=told.label.endswith("(below)"),
    )

    def column(columns: Columns) -> Column:
        rows, places = _rows(columns, axis), _places(columns, axis)
        values = columns.printed(given.name)[rows]
        found = np.where(np.cumsum(~np.isnan(values)) > 0, told.make(values), np.nan)
        if told.unit is Unit.DATE:
            days = columns.sessions.astype("datetime64[D]").astype(np.float64)[rows]
            found = at(days, np.nan_to_num(found, nan=-1.0).astype(np.int64))
        return at(found, places)

    return Measure(definition, column, partial(_ends, given.name, axis))


def _ends(of: str, axis: str, columns: Columns, row: int) -> Inputs:
    """The first session counted that has a value, and the last one counted."""
    rows = _rows(columns, axis)
    held = rows[~np.isnan(columns.printed(of)[rows])]
    last = int(rows[_places(columns, axis)[row]])
    return tuple(dict.fromkeys(columns.evidence(of, int(held[0])) + columns.evidence(of, last)))


def _runs(values: Column) -> Runs:
    sign = np.sign(values)
    rows = np.arange(sign.size)
    turns = np.ones(sign.size, dtype=bool)
    turns[1:] = ~(sign[1:] == sign[:-1])  # what is absent is like nothing, itself included
    return Runs(sign, np.maximum.accumulate(np.where(turns, rows, 0)))


def _count(values: Column) -> Column:
    return np.cumsum(~np.isnan(values)).astype(np.float64)


def _share(values: Column) -> Column:
    above = np.cumsum(np.nan_to_num(values) > 0.0).astype(np.float64)
    return above / np.maximum(_count(values), 1.0)


def _last(values: Column) -> Column:
    found = np.maximum.accumulate(np.where(np.nan_to_num(values) > 0.0, np.arange(values.size), -1))
    return np.where(found >= 0, found, np.nan).astype(np.float64)


def _worst(values: Column) -> Column:
    level = np.where(np.isnan(values), np.inf, values)
    earlier = np.append(np.inf, np.minimum.accumulate(level)[:-1])
    return np.maximum.accumulate(np.where(level < earlier, np.arange(values.size), -1)).astype(np.float64)


def _spell(values: Column) -> Column:
    runs = _runs(values)
    return runs.sign * runs.lengths() + 0.0


def _spell_rank(values: Column) -> Column:
    runs, ended = _runs(values), {1.0: [], -1.0: []}  # type: ignore[var-annotated]
    lengths, found = runs.lengths(), np.full(values.size, np.nan)
    for place in range(values.size):
        if place and runs.began[place] == place and (before := float(runs.sign[place - 1])) in ended:
            ended[before].append(int(lengths[place - 1]))
        if (sign := float(runs.sign[place])) in ended:
            found[place] = 1 + sum(length >= lengths[place] for length in ended[sign])
    return found


def _long(values: Column) -> tuple[np.ndarray[tuple[int], np.dtype[np.bool_]], Runs]:
    """Where a lead has been kept for twelve month-ends, and all runs."""
    runs = _runs(values)
    return (runs.sign > 0.0) & (runs.lengths() >= LONG), runs


def _leads(values: Column) -> Column:
    kept, runs = _long(values)
    return np.cumsum(kept & (runs.lengths() == LONG)).astype(np.float64)


def _leads_first(values: Column) -> Column:
    kept, runs = _long(values)
    first = np.flatnonzero(kept)
    start = float(runs.began[first[0]]) if first.size else np.nan
    return np.where(np.cumsum(kept) > 0, start, np.nan)


def _leads_last(values: Column) -> Column:
    kept, _ = _long(values)
    found = np.maximum.accumulate(np.where(kept, np.arange(values.size), -1))
    return np.where(found >= 0, found, np.nan).astype(np.float64)


_KEPT = f"{LONG} {{}} or more in a row above zero"
TAILS: Mapping[str, Told] = {
    "n": Told(Unit.COUNT, "{} counted", "count of {} to date with a value", _count),
    "share": Told(
        Unit.PERCENT, "share of {} above zero", "share of {} to date with a value on which it is above zero", _share
    ),
    "last": Told(Unit.DATE, "last of the {} above zero", "last of the {} to date on which it is above zero", _last),
    "worst": Told(Unit.DATE, "lowest of the {}", "first of the {} to date on which it is lowest", _worst),
    "spell": Told(
        Unit.COUNT,
        "{} in a row above zero (above zero) or below (below)",
        "count of {} in a row, up to the last, on which it has the sign of the last",
        _spell,
    ),
    "spell_rank": Told(
        Unit.COUNT,
        "rank of the present run of {} among those of its sign",
        "one more than the count of earlier runs of {} of that sign that were as long or longer",
        _spell_rank,
    ),
    "leads": Told(Unit.COUNT, f"runs of {_KEPT}", f"count of runs of {_KEPT}", _leads),
    "leads_first": Told(
        Unit.DATE, f"beginning of the first run of {_KEPT}", f"first of the first run of {_KEPT}", _leads_first
    ),
    "leads_last": Told(Unit.DATE, f"last of the last run of {_KEPT}", f"last of the last run of {_KEPT}", _leads_last),
}
DAILY = ("n", "share", "last")
"""What sessions are counted for."""
