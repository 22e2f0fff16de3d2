"""What explains a gap of years: the share of it that another choice would have closed, and pairs of sectors.

`sp600_gap_closed_10y` is the part of the gap between the first core index and the second that the S&P 600 makes up,
counted from the first; `equal_weight_gap_removed_10y` the part that goes if the equal-weighted fund takes the second's
place. Both are of total returns, and absent unless the first trails. `small_to_match_sp500_10y` is the rise that would
bring it level. `small_sectors_behind_sectors_10y` counts the members of one group that did worse than the other's of
the same name, `small_sectors_beside_sectors_10y` the pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from generator.figures.basis import common_basis, comparable, has_returns, own_basis, return_name, symbols_of
from generator.figures.horizons import HORIZONS
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.rounding import DECIMALS
from generator.figures.windows import quotient
from generator.model import Basis, Column, FigureDefinition, Group, Kind, Segment, Unit, Universe

LONG = tuple(key for key, horizon in HORIZONS.items() if horizon.months > 12)
CLOSED, REMOVED = "_gap_closed", "_gap_removed"
MATCH, BEHIND, BESIDE = "_to_match_", "_behind_", "_beside_"


def find(name: str, universe: Universe) -> Measure | None:
    """The measure with this name, or None."""
    horizon = next((key for key in LONG if name.endswith(f"_{key}")), "")
    if not horizon:
        return None
    stem = name.removesuffix(f"_{horizon}")
    for ending in (CLOSED, REMOVED):
        segment = universe.segments.get(stem.removesuffix(ending)) if stem.endswith(ending) else None
        if segment:
            return _part(name, segment, horizon, universe, closed=ending == CLOSED)
    first, match, second = stem.partition(MATCH)
    pair = [universe.segments[key] for key in (first, second) if match and key in universe.segments]
    if len(pair) == 2:
        return _to_match(name, pair, horizon, universe)
    for joint in (BEHIND, BESIDE):
        first, found, second = stem.partition(joint)
        groups = [universe.groups[key] for key in (first, second) if found and key in universe.groups]
        if len(groups) == 2:
            return _pairs(name, groups, horizon, universe, behind=joint == BEHIND)
    return None


def names(universe: Universe) -> Iterator[str]:
    """The names over the longest span: of funds outside all groups, and of groups with pairs; others have the like."""
    first, second = (*universe.core, *universe.core)[:2]
    grouped = {key for group in universe.groups.values() for key in group.members}
    for horizon in LONG[-1:]:
        if first != second:
            yield f"{first}{MATCH}{second}_{horizon}"
        for key, segment in universe.segments.items():
            shapes = (f"{key}{ending}_{horizon}" for ending in (CLOSED, REMOVED))
            if key not in grouped and segment.kind is Kind.FUND:
                yield from (shape for shape in shapes if find(shape, universe))
        for one in universe.groups:
            for other in universe.groups:
                shapes = (f"{one}{joint}{other}_{horizon}" for joint in (BEHIND, BESIDE))
                yield from (shape for shape in shapes if one != other and find(shape, universe))


def _part(name: str, segment: Segment, horizon: str, universe: Universe, *, closed: bool) -> Measure | None:
    core = [universe.segments[key] for key in universe.core[:2]]
    three = [*core, segment]
    if len({*three}) < 3 or not all(one.total and has_returns(one, universe) for one in three):
        return None
    small, large = core
    figures = [return_name(one, Basis.TOTAL, horizon, universe) for one in three]
    whose = "closed" if closed else "removed"
    words = HORIZONS[horizon].words
    gap = f"total return of {large.short} less that of {small.short}"
    part = f"total return of {segment.short} less that of {small.short}"
    part = part if closed else f"total return of {large.short} less that of {segment.short}"
    definition = FigureDefinition(
        name, Unit.PERCENT, Basis.NONE, 0,
        f"{segment.short}, share {whose} of the gap between {small.short} and {large.short} {words}",
        f"{part}, divided by {gap}, {words}; absent unless that is above zero",
        tuple(symbol for one in three for symbol in symbols_of(one, Basis.TOTAL, universe)),
    )  # fmt: skip

    def column(columns: Columns) -> Column:
        behind, ahead, other = (columns.values(figure) for figure in figures)
        gap = np.where(ahead > behind, ahead - behind, np.nan)
        return quotient(other - behind if closed else ahead - other, gap)

    return Measure(definition, column, partial(_of_all, figures))


def _to_match(name: str, pair: Sequence[Segment], horizon: str, universe: Universe) -> Measure | None:
    if not all(has_returns(one, universe) for one in pair):
        return None
    first, second = pair
    basis = common_basis(name, pair, universe)
    if any(own_basis(one, universe) is not basis for one in pair):
        return None
    figures = [return_name(one, basis, horizon, universe) for one in pair]
    words = HORIZONS[horizon].words
    definition = FigureDefinition(
        name, Unit.PERCENT, basis, DECIMALS[Unit.PERCENT],
        f"{first.short}, rise that would match the {basis.value} of {second.short} {words}",
        f"one more than the {basis.value} of {second.short} divided by one more than that of {first.short}, "
        f"less one, {words}; absent unless above zero",
        tuple(symbol for one in pair for symbol in symbols_of(one, basis, universe)),
    )  # fmt: skip

    def column(columns: Columns) -> Column:
        one, other = (columns.values(figure) for figure in figures)
        rise = quotient(1.0 + other, 1.0 + one) - 1.0
        return np.where(rise > 0.0, rise, np.nan)

    return Measure(definition, column, partial(_of_all, figures))


def _pairs(name: str, groups: Sequence[Group], horizon: str, universe: Universe, *, behind: bool) -> Measure | None:
    first, second = groups
    pairs = [
        (one, other) for one in first.members for other in second.members
        if one != other and one.endswith(f"_{other}") and one.rpartition(f"_{other}")[0].isidentifier()
    ]  # fmt: skip
    segments = [universe.segments[key] for pair in pairs for key in pair]
    if not pairs or not comparable(segments, universe):
        return None
    basis = common_basis(name, segments, universe)
    figures = [return_name(one, basis, horizon, universe) for one in segments]
    words = HORIZONS[horizon].words
    what = "pairs of their members" if not behind else "members that did worse than the other's of the same name"
    definition = FigureDefinition(
        name, Unit.COUNT, Basis.NONE, 0,
        f"{first.many} beside {second.many}, {what} {words}",
        f"count of {what} by printed {basis.value} {words}; absent unless all are held",
        tuple(dict.fromkeys(symbol for one in segments for symbol in symbols_of(one, basis, universe))),
    )  # fmt: skip

    def column(columns: Columns) -> Column:
        moves = [columns.printed(figure) for figure in figures]
        held = ~np.isnan(np.stack(moves)).any(axis=0)
        less = np.stack([one < other for one, other in zip(moves[::2], moves[1::2], strict=True)])
        return np.where(held, less.sum(axis=0) if behind else float(len(pairs)), np.nan)

    return Measure(definition, column, partial(_of_all, figures))


def _of_all(figures: Sequence[str], columns: Columns, row: int) -> Inputs:
    found = (quote for figure in figures for quote in columns.evidence(figure, row))
    return tuple(dict.fromkeys(found))
