"""What has moved since the last decision on interest rates: `small_return_since_decision`, gaps and yields likewise.

Each runs from the close on the session of the last decision before the session; its `_before` is the way into one.
`small_return_1d_at_decision` is a figure as it was on the session of the newest decision, be it the session itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from generator.figures.anchors import Anchor
from generator.figures.basis import common_basis, has_returns, own_series, return_name, symbols_of
from generator.figures.horizons import RowNumbers
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.policy import course
from generator.figures.relative import MINUS, difference
from generator.figures.rounding import DECIMALS
from generator.figures.since import at_anchor
from generator.figures.windows import at, quotient
from generator.model import Basis, Column, FigureDefinition, Kind, Segment, Unit, Universe

SINCE, AT = "_since_decision", "_at_decision"
_WHEN = "from the close on the session of the last decision on interest rates before this one"


def names(universe: Universe) -> Iterator[str]:
    """What the core indices, their gap and yields have moved since the last decision, and on the day of the newest."""
    first, second = (*universe.core, *universe.core)[:2]
    yield from (f"{key}_return{SINCE}" for key in dict.fromkeys((first, second)))
    if first != second:
        yield f"{first}{MINUS}{second}{SINCE}"
    yields = (one for one in universe.segments.values() if one.kind is Kind.YIELD and one.price)
    yield from (f"{one.key}_change{SINCE}" for one in yields)
    yield from (f"{key}_return_1d{AT}" for key in dict.fromkeys((first, second)))
    if first != second:
        yield f"{first}{MINUS}{second}_1d{AT}"


def _rows(universe: Universe, columns: Columns, *, own: bool = False) -> RowNumbers:
    """For each session, the row of the last decision before it, or of its `own` if it has one; -1 if there is none."""
    rows = course(columns, universe).rows
    held = rows[rows >= 0]
    places = np.searchsorted(held, np.arange(columns.sessions.size), side="right" if own else "left") - 1
    return np.append(held, -1)[places].astype(np.int64)


def find(name: str, universe: Universe, base: Callable[[str], Measure | None]) -> Measure | None:
    """The measure of what has moved since the last decision, or of the day of the newest, with this name; or None."""
    if name.endswith(AT):
        of = base(name.removesuffix(AT))
        newest = Anchor(
            "decision", "the session of the newest decision on interest rates", partial(_rows, universe, own=True)
        )
        return at_anchor(name, of, newest) if of else None
    stem = name.removesuffix(SINCE)
    if stem == name:
        return None
    first, minus, second = stem.partition(MINUS)
    if minus:
        pair = [universe.segments.get(first), universe.segments.get(second)]
        return _gap(name, [one for one in pair if one and has_returns(one, universe)], universe)
    for suffix, kinds in (("_return", ()), ("_change", (Kind.YIELD,))):
        segment = universe.segments.get(stem.removesuffix(suffix)) if stem.endswith(suffix) else None
        if segment and (segment.kind in kinds if kinds else _closes(segment)):
            return _own(name, segment, universe)
    return None


def _closes(segment: Segment) -> bool:
    return segment.kind not in (Kind.BASKET, Kind.YIELD, Kind.VOLATILITY) and own_series(segment) is not None


def _own(name: str, segment: Segment, universe: Universe) -> Measure | None:
    series = own_series(segment)
    if series is None:
        return None
    level, of_yield = f"{segment.key}_level", segment.kind is Kind.YIELD
    unit = Unit.BASIS_POINTS if of_yield else Unit.PERCENT
    what = "change in yield" if of_yield else series.basis.value
    how = "less that then, in basis points" if of_yield else "divided by that then, less one"
    definition = FigureDefinition(
        name, unit, series.basis, DECIMALS[unit], f"{segment.short}, {what} since the last decision",
        f"{series.close} {how}: {what} {_WHEN}", (series.symbol,), signed=True,
    )  # fmt: skip

    def column(columns: Columns) -> Column:
        now = columns.closes(segment)
        then = at(now, _rows(universe, columns))
        return (now - then) * 100.0 if of_yield else quotient(now, then) - 1.0

    def inputs(columns: Columns, row: int) -> Inputs:
        then = int(_rows(universe, columns)[row])
        return tuple(dict.fromkeys(columns.evidence(level, then) + columns.evidence(level, row)))

    return Measure(definition, column, inputs)


def _gap(name: str, pair: Sequence[Segment], universe: Universe) -> Measure | None:
    if len(pair) != 2:
        return None
    basis = common_basis(name, pair, universe)
    moves = (f"{pair[0].key}_return{SINCE}", f"{pair[1].key}_return{SINCE}")
    if basis is not Basis.PRICE or any(
        return_name(one, basis, "1d", universe) != f"{one.key}_return_1d" for one in pair
    ):
        return None
    definition = FigureDefinition(
        name, Unit.POINTS, basis, DECIMALS[Unit.POINTS],
        f"{pair[0].short} minus {pair[1].short}, {basis.value} since the last decision",
        f"printed {basis.value} of {pair[0].short} less printed {basis.value} of {pair[1].short}, both {_WHEN}",
        tuple(symbol for one in pair for symbol in symbols_of(one, basis, universe)), signed=True,
    )  # fmt: skip
    return difference(definition, moves)
