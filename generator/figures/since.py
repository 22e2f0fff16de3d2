"""Moves since a named session of the past (`anchors`), and any figure as it was then.

`small_return_since_end_2009` is the return since the last close of 2009, `small_minus_sp500_since_…` the gap,
`small_multiple_since_first_year_end` today's close as a multiple of that one, `small_worst_fall_since_…` the deepest
fall from a high since a year's end, `sessions_since_wave_last` the sessions since. `jump1_date` is the day, and
`small_return_1d_at_jump1` another figure on it. `small_return_over_wave` runs from `wave_first` to `wave_last`. A key
of cited facts stands for the day of the one in force (`measured`): `small_return_since_bofa_valuation` is not listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from generator.figures import history, measured
from generator.figures.anchors import FIRST_YEAR_END, YEAR_END, Anchor, anchor_of, core_of, found_by_prices
from generator.figures.basis import common_basis, has_returns, own_basis, own_series
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.records import dates
from generator.figures.relative import difference
from generator.figures.rounding import DECIMALS
from generator.figures.windows import at, quotient
from generator.model import Basis, Column, FigureDefinition, Kind, Segment, Unit, Universe

SINCE, AT, DATE, WAVE = "_since_", "_at_", "_date", "_return_over_wave"
STATED = "end_2009"
"""The year whose end the catalogue takes for an example; any other has the like."""

Base = Callable[[str], Measure | None]


def find(name: str, universe: Universe, base: Base) -> Measure | None:
    """The measure with this name, or None."""
    if anchor := anchor_of(name.removesuffix(DATE), universe) if name.endswith(DATE) else None:
        return _dated(name, anchor, base)
    if name.endswith(WAVE):
        return _over_wave(name, universe)
    stem, at_, key = name.rpartition(AT)
    if at_ and (anchor := anchor_of(key, universe)):
        of = base(stem) or history.find(stem, base)
        return at_anchor(name, of, anchor) if of else None
    stem, since, key = name.rpartition(SINCE)
    anchor = anchor_of(key, universe) or measured.anchor_of(key, universe) if since else None
    if anchor is None:
        return None
    if stem == "sessions" and anchor.found_by:
        return _sessions(name, anchor, base)
    for ending, make in (("_return", _return), ("_multiple", _multiple)):
        segment = universe.segments.get(stem.removesuffix(ending)) if stem.endswith(ending) else None
        if segment and has_returns(segment, universe) and segment.kind is not Kind.BASKET:
            return make(name, segment, anchor)
    if stem.endswith("_worst_fall") and (segment := universe.segments.get(stem.removesuffix("_worst_fall"))):
        fixed = key == FIRST_YEAR_END or YEAR_END.fullmatch(key)
        return _worst_fall(name, segment, anchor) if fixed and own_series(segment) else None
    return _gap(name, stem, anchor, universe)


def names(universe: Universe) -> Iterator[str]:
    """The names for the core indices; other segments have returns and multiples as well."""
    core = core_of(universe)
    keys = [STATED, *([FIRST_YEAR_END, *found_by_prices(universe)] if core else [])]
    yield from (f"{key}{DATE}" for key in keys)
    yield from (f"sessions{SINCE}{key}" for key in keys[2:])
    for segment in core:
        yield from (f"{segment.key}_return{SINCE}{key}" for key in keys)
        yield from (f"{segment.key}_{what}{SINCE}{key}" for what in ("multiple", "worst_fall") for key in keys[:2])
        yield f"{segment.key}{WAVE}"
        yield f"{segment.key}_return_1d{AT}jump1"
    if core:
        yield from (f"{core[0].key}_minus_{core[1].key}{SINCE}{key}" for key in keys)


def _ends(level: str, anchor: Anchor, columns: Columns, row: int) -> Inputs:
    then = int(anchor.rows(columns)[row])
    return tuple(dict.fromkeys(columns.evidence(level, then) + columns.evidence(level, row)))


def _dated(name: str, anchor: Anchor, base: Base) -> Measure:
    of = base(anchor.found_by) if anchor.found_by else None
    symbols = of.definition.symbols if of else ()
    words = anchor.words.removeprefix("the ")
    definition = FigureDefinition(name, Unit.DATE, Basis.NONE, 0, f"date of {anchor.words}", words, symbols)

    def inputs(columns: Columns, row: int) -> Inputs:
        return columns.evidence(anchor.found_by, int(anchor.rows(columns)[row])) if of else ()

    return Measure(definition, lambda columns: dates(anchor.rows(columns), columns), inputs)


def _sessions(name: str, anchor: Anchor, base: Base) -> Measure:
    of = base(anchor.found_by)
    assert of is not None  # every anchor names a figure that there is
    words = f"sessions since {anchor.words}"
    definition = FigureDefinition(
        name, Unit.COUNT, Basis.NONE, 0, words, f"count of sessions from {anchor.words} to this one",
        of.definition.symbols,
    )  # fmt: skip

    def column(columns: Columns) -> Column:
        rows = anchor.rows(columns)
        return np.where(rows >= 0, np.arange(rows.size) - rows, np.nan)

    def inputs(columns: Columns, row: int) -> Inputs:
        return columns.evidence(anchor.found_by, int(anchor.rows(columns)[row]))

    return Measure(definition, column, inputs)


def at_anchor(name: str, of: Measure, anchor: Anchor) -> Measure:
    """The figure as it was on the session of the anchor."""
    given = of.definition
    label, formula = f"{given.label}, on {anchor.words}", f"on {anchor.words}: {given.formula}"

    def inputs(columns: Columns, row: int) -> Inputs:
        return columns.evidence(given.name, int(anchor.rows(columns)[row]))

    definition = replace(given, name=name, label=label, formula=formula)
    return Measure(definition, lambda columns: at(columns.values(given.name), anchor.rows(columns)), inputs)


def _return(name: str, segment: Segment, anchor: Anchor) -> Measure:
    series = own_series(segment)
    assert series is not None  # a segment with returns has closes
    definition = FigureDefinition(
        name, Unit.PERCENT, series.basis, DECIMALS[Unit.PERCENT],
        f"{segment.short}, {series.basis.value} since {anchor.words}",
        f"{series.close} divided by the {series.close} on {anchor.words}, less one",
        (series.symbol,), signed=True,
    )  # fmt: skip
    made = partial(_multiplied, segment, anchor)
    return Measure(definition, lambda columns: made(columns) - 1.0, partial(_ends, f"{segment.key}_level", anchor))


def _multiplied(segment: Segment, anchor: Anchor, columns: Columns) -> Column:
    closes = columns.closes(segment)
    return quotient(closes, at(closes, anchor.rows(columns)))


def _multiple(name: str, segment: Segment, anchor: Anchor) -> Measure:
    series = own_series(segment)
    assert series is not None  # a segment with returns has closes
    definition = FigureDefinition(
        name, Unit.RATIO, series.basis, 1,
        f"{segment.short}, {series.close} as a multiple of that on {anchor.words}",
        f"{series.close} divided by the {series.close} on {anchor.words}", (series.symbol,),
    )  # fmt: skip
    return Measure(definition, partial(_multiplied, segment, anchor), partial(_ends, f"{segment.key}_level", anchor))


def _worst_fall(name: str, segment: Segment, anchor: Anchor) -> Measure:
    """The deepest fall from a high since the anchor; absent after a missing close."""
    series = own_series(segment)
    assert series is not None  # asked for segments with closes alone
    definition = FigureDefinition(
        name, Unit.PERCENT, series.basis, DECIMALS[Unit.PERCENT],
        f"{segment.short}, worst fall from a high since {anchor.words}",
        f"lowest {series.close} divided by the highest {series.close} before it, less one, since {anchor.words}",
        (series.symbol,), signed=True,
    )  # fmt: skip

    def column(columns: Columns) -> Column:
        rows = anchor.rows(columns)
        start = int(rows.max(initial=-1))
        fall = np.full(rows.size, np.nan)
        if start >= 0:
            closes = columns.closes(segment)[start:]
            highest = np.maximum.accumulate(closes)  # NaN from a missing close on
            fall[start:] = np.minimum.accumulate(closes / highest - 1.0)
        return np.where(rows >= 0, fall, np.nan)

    return Measure(definition, column, partial(_ends, f"{segment.key}_level", anchor))


def _over_wave(name: str, universe: Universe) -> Measure | None:
    segment = universe.segments.get(name.removesuffix(WAVE))
    core = core_of(universe)
    series = own_series(segment) if segment and core else None
    if segment is None or series is None:
        return None
    began, ended = (found_by_prices(universe)[key] for key in ("wave_first", "wave_last"))
    definition = FigureDefinition(
        name, Unit.PERCENT, series.basis, DECIMALS[Unit.PERCENT],
        f"{segment.short}, {series.basis.value} from {began.words} to the later",
        f"{series.close} on {ended.words} divided by that on the earlier, less one", (series.symbol,), signed=True,
    )  # fmt: skip

    def column(columns: Columns) -> Column:
        closes = columns.closes(segment)
        return quotient(at(closes, ended.rows(columns)), at(closes, began.rows(columns))) - 1.0

    def inputs(columns: Columns, row: int) -> Inputs:
        level = f"{segment.key}_level"
        found = (columns.evidence(level, int(one.rows(columns)[row])) for one in (began, ended))
        return tuple(dict.fromkeys(quote for quotes in found for quote in quotes))

    return Measure(definition, column, inputs)


def _gap(name: str, stem: str, anchor: Anchor, universe: Universe) -> Measure | None:
    """The gap of two segments whose own returns share a basis."""
    first, minus, second = stem.partition("_minus_")
    pair = [universe.segments[key] for key in (first, second) if minus and key in universe.segments]
    if len(pair) != 2 or not all(has_returns(one, universe) and one.kind is not Kind.BASKET for one in pair):
        return None
    basis = common_basis(name, pair, universe)
    if any(own_basis(one, universe) is not basis for one in pair):
        return None
    figures = (f"{pair[0].key}_return{SINCE}{anchor.key}", f"{pair[1].key}_return{SINCE}{anchor.key}")
    symbols = tuple(series.symbol for one in pair if (series := own_series(one)))
    definition = FigureDefinition(
        name, Unit.POINTS, basis, DECIMALS[Unit.POINTS],
        f"{pair[0].short} minus {pair[1].short}, {basis.value} since {anchor.words}",
        f"printed {basis.value} of {pair[0].short} less printed {basis.value} of {pair[1].short}, "
        f"both since {anchor.words}", symbols, signed=True,
    )  # fmt: skip
    return difference(definition, figures)
