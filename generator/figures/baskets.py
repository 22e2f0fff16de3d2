"""The return of a basket that holds its members in equal parts.

The parts are equal at the start of the horizon. If one member has no return the basket has none: a basket of six is not
the basket of seven.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from generator.figures.basis import comparable, has_returns, members_of, own_basis, own_series, return_name, symbols_of
from generator.figures.horizons import HORIZONS, Horizon
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.rounding import DECIMALS
from generator.model import Basis, Column, FigureDefinition, Kind, Segment, Unit, Universe

RETURN = "_return_"


def find(name: str, universe: Universe) -> Measure | None:
    """The basket measure with this name, or None; raises `MixedBasisError`."""
    key, between, horizon = name.rpartition(RETURN)
    basket = universe.segments.get(key if between else name.removesuffix("_n"))
    if basket is None or basket.kind is not Kind.BASKET or not has_returns(basket, universe):
        return None
    if not between:
        return _count(basket, universe)
    return _return(basket, HORIZONS[horizon], universe) if horizon in HORIZONS else None


def names(segment: Segment, universe: Universe) -> Iterator[str]:
    """The names of a basket's figures; none for any other segment."""
    if segment.kind is Kind.BASKET and comparable((segment,), universe):
        yield from (f"{segment.key}{RETURN}{horizon}" for horizon in HORIZONS)
        yield f"{segment.key}_n"


def _return(basket: Segment, horizon: Horizon, universe: Universe) -> Measure:
    basis = own_basis(basket, universe)
    members = members_of(basket.members, universe)
    figures = tuple(return_name(member, basis, horizon.key, universe) for member in members)
    definition = FigureDefinition(
        f"{basket.key}{RETURN}{horizon.key}",
        Unit.PERCENT,
        basis,
        DECIMALS[Unit.PERCENT],
        f"{basket.short}, {basis.value} {horizon.words}",
        f"mean of the {basis.value} of {len(members)} members {horizon.words}, in equal parts at the start",
        symbols_of(basket, basis, universe),
        signed=True,
    )

    def inputs(columns: Columns, row: int) -> Inputs:
        return tuple(price for figure in figures for price in columns.evidence(figure, row))

    return Measure(definition, partial(_mean, figures), inputs)


def _mean(figures: tuple[str, ...], columns: Columns) -> Column:
    mean: Column = np.stack([columns.values(figure) for figure in figures]).mean(axis=0)
    return mean


def _count(basket: Segment, universe: Universe) -> Measure:
    members = members_of(basket.members, universe)
    definition = FigureDefinition(
        f"{basket.key}_n",
        Unit.COUNT,
        Basis.NONE,
        DECIMALS[Unit.COUNT],
        f"{basket.short}, members with a close",
        "count of members with a close on the session",
        symbols_of(basket, own_basis(basket, universe), universe),
    )

    def column(columns: Columns) -> Column:
        held = ~np.isnan(np.stack([columns.closes(member) for member in members]))
        return np.asarray(held.sum(axis=0), dtype=np.float64)

    def inputs(columns: Columns, row: int) -> Inputs:
        series = [own_series(member) for member in members]
        return tuple(quote for one in series if one for quote in columns.quotes(one.symbol, one.field, (row,)))

    return Measure(definition, column, inputs)
