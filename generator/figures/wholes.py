"""Whole weeks, months, quarters, half-years and years: each beside earlier ones, its days, and the side kept.

`small_return_quarter` is the return of the quarter to date on the last session of a quarter, and absent on all others,
so that `small_return_quarter_highest_since` and its like compare whole quarters. Any figure of the period to date has
its like; `small_drawdown_quarter_end` is any other figure on those sessions. What the days of a period add up to is in
`whole_days`, the side kept from one period to the next in `whole_sides`, and how often one led in `whole_counts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from generator.figures import whole_counts, whole_days, whole_sides
from generator.figures.horizons import HORIZONS, PERIODS, SPOKEN
from generator.figures.measure import Columns, Measure
from generator.model import Column, Unit, Universe

END = "_end"
SIGNED = frozenset({Unit.PERCENT, Unit.POINTS, Unit.BASIS_POINTS, Unit.VOLATILITY})

Base = Callable[[str], Measure | None]
"""Finds the measure of another figure."""


def find(name: str, base: Base) -> Measure | None:
    """The measure of whole periods with this name, or None."""
    for period in PERIODS:
        stem, between, tail = name.rpartition(f"_{period}")
        found = _of_period(name, stem, period, tail, base) if between and stem else None
        if found:
            return found
    return None


def _of_period(name: str, stem: str, period: str, tail: str, base: Base) -> Measure | None:
    to_date = f"{stem}_{period[0]}td"
    if tail in ("", END):
        of = base(stem if tail else to_date)
        return _whole(name, of, period) if of else None
    if tail in whole_days.TAILS:
        of = base(f"{stem}_1d")
        return whole_days.TAILS[tail](name, of, period) if of and of.definition.unit in SIGNED else None
    of = _sided(stem, base) or _sided(to_date, base) if whole_sides.fits(tail) or whole_counts.fits(tail) else None
    if of is None:
        return None
    return whole_sides.measure(name, of, period, tail) or whole_counts.measure(name, of, stem, period, tail, base)


def _sided(name: str, base: Base) -> Measure | None:
    of = base(name)
    return of if of and of.definition.unit in SIGNED and of.definition.signed else None


def names(universe: Universe, periods: Sequence[str] = PERIODS) -> Iterator[str]:
    """The names of the core indices' whole periods and of their gap's; other figures have them as well."""
    first, second = (*universe.core, *universe.core)[:2]
    gap = f"{first}_minus_{second}"
    pair = first != second
    for period in periods:
        for stem in (f"{first}_return", *([f"{second}_return", gap] if pair else [])):
            yield f"{stem}_{period}"
            yield from (f"{stem}_{period}{tail}" for tail in (*whole_days.TAILS, "_streak"))
        yield f"{first}_level_{period}{END}"
        if pair:
            spans = [key for key, horizon in HORIZONS.items() if horizon.months > 1]
            yield from (f"{gap}_{key}_{period}{tail}" for key in spans for tail in whole_sides.TAILS)
            yield from (f"{gap}_{period}{tail}" for tail in whole_counts.examples(second))


def _whole(name: str, of: Measure, period: str) -> Measure:
    given, spoken = of.definition, SPOKEN[period]
    definition = replace(
        given,
        name=name,
        label=f"{given.label}, {'at the end of a' if name.endswith(END) else 'a whole'} {spoken}",
        formula=f"{given.formula}; on the last session of a {spoken} alone",
    )

    def column(columns: Columns) -> Column:
        ends = columns.values(f"{period}_ends") == 1.0
        return np.where(ends, columns.values(given.name), np.nan)

    return Measure(definition, column, lambda columns, row: columns.evidence(given.name, row))
