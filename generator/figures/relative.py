"""Gaps between two segments' printed returns, always on one basis.

A gap is the difference of the two figures that the page prints, so that a reader's subtraction agrees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import permutations

import numpy as np

from generator.errors import MixedBasisError
from generator.figures.basis import (
    common_basis,
    comparable,
    has_returns,
    price_series,
    return_name,
    symbols_of,
    total_series,
)
from generator.figures.horizons import HORIZONS, Horizon
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.rounding import DECIMALS, rounded, unprinted
from generator.figures.streaks import runs
from generator.figures.windows import quotient, shifted
from generator.model import Basis, Column, FigureDefinition, Kind, Segment, Unit, Universe

MINUS, OVER = "_minus_", "_over_"
CHANGE = "_change"
"""Suffix for the change of a gap to date since the session before: how much a lead has grown or shrunk."""
TO_DATE = tuple(key for key, horizon in HORIZONS.items() if horizon.period and not horizon.prior)


def find(name: str, universe: Universe) -> Measure | None:
    """The measure of two segments with this name, or None; raises `MixedBasisError`."""
    if MINUS in name:
        first, _, rest = name.partition(MINUS)
        return _gap(name, first, rest, universe) if first in universe.segments else None
    first, _, second = name.partition(OVER)
    pair = _pair(first, second, universe)
    return _ratio(name, *pair, universe) if pair else None


def names(universe: Universe) -> Iterator[str]:
    """Every pair's names: gaps over each horizon, streaks, ratios, and gaps of yields."""
    for first, second in permutations(universe.segments.values(), 2):
        pair = f"{first.key}{MINUS}{second.key}"
        if first.kind is second.kind is Kind.YIELD:
            if first.quoted == second.quoted:
                yield pair
        elif comparable((first, second), universe):
            yield from (f"{pair}_{key}" for key in HORIZONS)
            yield from (f"{pair}_{key}{CHANGE}" for key in TO_DATE)
            yield f"{pair}_streak"
            if Kind.BASKET not in (first.kind, second.kind):
                yield f"{first.key}{OVER}{second.key}"


def _pair(first: str, second: str, universe: Universe) -> tuple[Segment, Segment] | None:
    if first == second or first not in universe.segments or second not in universe.segments:
        return None
    return universe.segments[first], universe.segments[second]


def _gap(name: str, first: str, rest: str, universe: Universe) -> Measure | None:
    yields = _pair(first, rest, universe)
    if yields:
        return _yield_gap(name, *yields) if yields[0].kind is yields[1].kind is Kind.YIELD else None
    for key, horizon in HORIZONS.items():
        pair = _pair(first, rest.removesuffix(f"_{key}"), universe)
        if pair and all(has_returns(segment, universe) for segment in pair):
            return _return_gap(name, *pair, horizon, universe)
    if rest.endswith(tuple(f"_{key}{CHANGE}" for key in TO_DATE)):
        of = _gap(name.removesuffix(CHANGE), first, rest.removesuffix(CHANGE), universe)
        return _change(name, of, HORIZONS[rest.removesuffix(CHANGE).rpartition("_")[2]]) if of else None
    pair = _pair(first, rest.removesuffix("_streak"), universe)
    if pair and all(has_returns(segment, universe) for segment in pair):
        return _lead_streak(name, *pair, universe)
    return None


def _return_gap(name: str, first: Segment, second: Segment, horizon: Horizon, universe: Universe) -> Measure:
    basis = common_basis(name, (first, second), universe)
    figures = (
        return_name(first, basis, horizon.key, universe),
        return_name(second, basis, horizon.key, universe),
    )
    definition = FigureDefinition(
        name,
        Unit.POINTS,
        basis,
        DECIMALS[Unit.POINTS],
        f"{first.short} minus {second.short}, {basis.value} {horizon.words}",
        f"printed {basis.value} of {first.short} less printed {basis.value} of {second.short}, both {horizon.words}",
        symbols_of(first, basis, universe) + symbols_of(second, basis, universe),
        signed=True,
    )
    return difference(definition, figures)


def _change(name: str, of: Measure, horizon: Horizon) -> Measure:
    """The change of a gap to date since the session before; absent on the first session of the period."""
    gap = of.definition.name
    words = f"change of the gap {horizon.words} from the session before"
    definition = replace(
        of.definition,
        name=name,
        label=f"{of.definition.label}, change from the session before",
        formula=f"{words}: printed gap less that of the session before, none on the first of the {horizon.period}",
    )

    def column(columns: Columns) -> Column:
        shown = columns.printed(gap)
        same = columns.values(f"{horizon.period}_opens") == 0
        return np.where(same, unprinted(rounded(shown - shifted(shown), 2), Unit.POINTS), np.nan)

    def inputs(columns: Columns, row: int) -> Inputs:
        return tuple(dict.fromkeys(columns.evidence(gap, row - 1) + columns.evidence(gap, row)))

    return Measure(definition, column, inputs)


def _yield_gap(name: str, first: Segment, second: Segment) -> Measure:
    if first.quoted != second.quoted:
        raise MixedBasisError(
            f"'{name}' would subtract '{second.key}', quoted as a {second.quoted}, from '{first.key}', quoted as a "
            f"{first.quoted}. Take both from series that are quoted alike, such as slope_3m does."
        )
    figures = (f"{first.key}_level", f"{second.key}_level")
    definition = FigureDefinition(
        name,
        Unit.BASIS_POINTS,
        Basis.NONE,
        DECIMALS[Unit.BASIS_POINTS],
        f"{first.short} minus {second.short}",
        f"printed {first.short} less printed {second.short}, in basis points",
        (first.price or "", second.price or ""),
        signed=True,
    )
    return difference(definition, figures)


def difference(definition: FigureDefinition, figures: tuple[str, str]) -> Measure:
    """One printed figure less another, in points or basis points, so that the page adds up."""

    def column(columns: Columns) -> Column:
        first, second = (columns.printed(figure) for figure in figures)
        gap, unit = rounded(first - second, 2), definition.unit
        return rounded(gap * 100.0, 0) if unit is Unit.BASIS_POINTS else unprinted(gap, unit)

    return Measure(definition, column, partial(_both, figures))


def _both(figures: tuple[str, str], columns: Columns, row: int) -> Inputs:
    first, second = (columns.evidence(figure, row) for figure in figures)
    return first + second


def _lead_streak(name: str, first: Segment, second: Segment, universe: Universe) -> Measure:
    gap = f"{name.removesuffix('_streak')}_1d"
    basis = common_basis(name, (first, second), universe)
    definition = FigureDefinition(
        name,
        Unit.COUNT,
        Basis.NONE,
        DECIMALS[Unit.COUNT],
        f"consecutive sessions of {first.short} ahead of {second.short} (above zero) or behind it (below)",
        f"count of consecutive sessions up to this one whose gap in {basis.value} has this session's sign",
        symbols_of(first, basis, universe) + symbols_of(second, basis, universe),
        signed=True,
    )

    def inputs(columns: Columns, row: int) -> Inputs:
        began = row - max(int(abs(columns.values(name)[row])) - 1, 0)
        return columns.evidence(gap, began) + (columns.evidence(gap, row) if began != row else ())

    return Measure(definition, lambda columns: runs(columns.printed(gap)), inputs)


def _ratio(name: str, first: Segment, second: Segment, universe: Universe) -> Measure | None:
    if Kind.BASKET in (first.kind, second.kind) or not all(has_returns(one, universe) for one in (first, second)):
        return None
    basis = common_basis(name, (first, second), universe)
    series = [(total_series if basis is Basis.TOTAL else price_series)(segment) for segment in (first, second)]
    above, below = (one for one in series if one is not None)
    definition = FigureDefinition(
        name,
        Unit.RATIO,
        basis,
        DECIMALS[Unit.RATIO],
        f"{first.short} divided by {second.short}",
        f"{above.close} of {first.short} divided by {below.close} of {second.short}",
        (above.symbol, below.symbol),
    )
    return Measure(
        definition,
        lambda columns: quotient(columns.price(above.symbol, above.field), columns.price(below.symbol, below.field)),
        lambda columns, row: (
            columns.quotes(above.symbol, above.field, (row,)) + columns.quotes(below.symbol, below.field, (row,))
        ),
    )
