"""How often a gap lay on one side over whole periods: of the last so many, of all earlier ones, of those of a kind.

`small_minus_sp500_quarter_behind_of_20` counts, of the last 20 quarters with this one, those in which the gap was below
zero; `…_ahead_of_20_with_equal_weight` those in which that segment's gap was above zero as well.
`small_minus_sp500_quarter_ahead_share` is the share of all earlier quarters in which it was above zero, and
`…_ahead_share_on_sp500_up_10` that of the earlier ones in which the S&P 500 rose 10% or more; `…_cases` and
`…_cases_on_sp500_up_10` say of how many. `…_repeat_share` is the share of quarters with the present one's sign after
which the next had it again, of `…_repeat_cases`. All go by printed numbers; a share is told of ten periods or more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from generator.figures.horizons import SPOKEN, RowNumbers
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.whole_sides import at_ends, defined, period_ends, spread
from generator.model import Column, FigureDefinition, Flags, Unit

LEAST = 10
"""The fewest periods of which a share is told."""
SIGNS = {"ahead": 1.0, "behind": -1.0, "up": 1.0, "down": -1.0}
_LAST = re.compile(r"_(ahead|behind)_of_([1-9]\d)(?:_with_(\w+))?")
_EARLIER = re.compile(r"_(?:(ahead|behind)_(share|count)|cases)(?:_on_(\w+)_(up|down)_([1-9]\d?))?")
_REPEATS = ("_repeat_share", "_repeat_cases")
_GAP = "_minus_"

Base = Callable[[str], Measure | None]


def fits(tail: str) -> bool:
    """Whether a gap has a figure with the tail."""
    return bool(_LAST.fullmatch(tail) or _EARLIER.fullmatch(tail)) or tail in _REPEATS


def examples(second: str) -> Iterator[str]:
    """The tails for the catalogue, beside the segment with that key."""
    yield from ("_ahead_of_20", "_behind_of_20", "_ahead_share", "_behind_share", "_ahead_count", "_cases", *_REPEATS)
    yield from (
        f"_{kind}_on_{second}_{way}_10" for kind in ("ahead_share", "ahead_count", "cases") for way in ("up", "down")
    )


def measure(name: str, of: Measure, stem: str, period: str, tail: str, base: Base) -> Measure | None:
    """The measure of how often the gap `of` lay on a side, or None where there is none."""
    if _GAP not in stem:
        return None
    if tail in _REPEATS:
        return _repeats(name, of.definition, period, share=tail == _REPEATS[0])
    if last := _LAST.fullmatch(tail):
        other = base(f"{last[3]}{_GAP}{of.definition.name.partition(_GAP)[2]}") if last[3] else None
        if last[3] and other is None:
            return None
        return _of_last(name, of.definition, period, SIGNS[last[1]], int(last[2]), other.definition if other else None)
    found = _EARLIER.fullmatch(tail)
    occasion = base(f"{found[3]}_return_{period[0]}td") if found and found[3] else None
    if found is None or (found[3] and occasion is None):
        return None
    on = Occasion(occasion.definition, SIGNS[found[4]], int(found[5])) if occasion else None
    return _of_earlier(name, of.definition, period, (SIGNS.get(found[1] or ""), found[2] or "cases"), on)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A move of a segment over the whole period: how far it has to rise or to fall, in percent."""

    of: FigureDefinition
    sign: float
    least: int

    @property
    def words(self) -> str:
        """`in which the printed … is 10 or more`."""
        size = f"{self.least} or more" if self.sign > 0 else f"-{self.least} or less"
        return f" in which the printed {self.of.label} is {size}"

    def holds(self, columns: Columns, period: str) -> Flags:
        """Whether each period was one of these."""
        found: Flags = self.sign * at_ends(columns, self.of.name, period) >= self.least
        return found


def _first(values: Column) -> int:
    """The place of the first value."""
    return int(np.argmax(~np.isnan(values))) if values.size else 0


def _sum_before(holds: Flags) -> Column:
    """How many hold of those before each place."""
    total: Column = np.cumsum(np.append(0.0, holds))[:-1]
    return total


def _lies(sign: float) -> str:
    return "above" if sign > 0 else "below"


def _of_last(
    name: str, of: FigureDefinition, period: str, sign: float, length: int, other: FigureDefinition | None
) -> Measure:
    spoken = SPOKEN[period]
    names = (of.name, *([other.name] if other else []))
    too = f", and so is: {other.formula}" if other else ""
    definition = defined(
        name,
        of,
        Unit.COUNT,
        f"of the last {length} {spoken}s those {_lies(sign)} zero" + (f", as was {other.label}" if other else ""),
        f"count of the last {length} {spoken}s, this one included, at whose end it is {_lies(sign)} zero{too}",
    )

    def column(columns: Columns) -> Column:
        gaps = [at_ends(columns, one, period) for one in names]
        sided = np.all([sign * gap > 0.0 for gap in gaps], axis=0)
        known = ~np.any([np.isnan(gap) for gap in gaps], axis=0)
        total, held = (np.cumsum(np.append(0.0, flags)) for flags in (sided, known))
        back = np.maximum(np.arange(sided.size) + 1 - length, 0)
        whole = held[1:] - held[back] == length
        return spread(np.where(whole, total[1:] - total[back], np.nan), columns, period)

    def inputs(columns: Columns, row: int) -> Inputs:
        ends = period_ends(columns, period)
        place = int(np.searchsorted(ends, row))
        return _evidence(columns, names, (int(ends[place - length + 1]), row))

    return Measure(_of_symbols(definition, other), column, inputs)


def _of_earlier(
    name: str, of: FigureDefinition, period: str, what: tuple[float | None, str], on: Occasion | None
) -> Measure:
    spoken, (sign, kind) = SPOKEN[period], what
    which = f"earlier {spoken}s{on.words if on else ''}"
    label, formula = f"{'share' if kind == 'share' else 'count'} of {which}", f"count of {which}"
    if sign:
        label, formula = f"{label} that were {_lies(sign)} zero", f"{formula} at whose end it is {_lies(sign)} zero"
    if kind == "share":
        formula = f"{formula}, divided by that of all; absent for fewer than {LEAST}"
    definition = _shared(defined(name, of, Unit.COUNT, label, formula), share=kind == "share")

    def column(columns: Columns) -> Column:
        gaps = at_ends(columns, of.name, period)
        moves = at_ends(columns, on.of.name, period) if on else gaps
        mine = on.holds(columns, period) if on else ~np.isnan(gaps)
        seen = np.arange(gaps.size) > _first(gaps)
        gone = _sum_before(np.isnan(gaps) | np.isnan(moves)) - _sum_before(np.arange(gaps.size) < _first(gaps))
        cases = _sum_before(mine & ~np.isnan(gaps))
        led = _sum_before(mine & (sign * gaps > 0.0)) if sign else cases
        told = seen & (gone == 0.0)
        if kind == "share":
            return spread(np.where(told & (cases >= LEAST), led / np.maximum(cases, 1.0), np.nan), columns, period)
        return spread(np.where(told, led, np.nan), columns, period)

    names = (of.name, *([on.of.name] if on else []))
    return Measure(_of_symbols(definition, on.of if on else None), column, partial(_stretch, names, period, True))


def _repeats(name: str, of: FigureDefinition, period: str, *, share: bool) -> Measure:
    spoken = SPOKEN[period]
    which = f"earlier {spoken}s at whose end it has this one's sign"
    label = formula = f"count of {which}"
    if share:
        label = f"share of {which} after which the next one had it too"
        formula = f"{formula} and at the next one's end again, divided by that of all"
    definition = _shared(defined(name, of, Unit.COUNT, label, f"{formula}; absent for fewer than {LEAST}"), share=share)

    def column(columns: Columns) -> Column:
        gaps = at_ends(columns, of.name, period)
        signs = np.sign(gaps)
        found = np.full(gaps.size, np.nan)
        known = np.isnan(gaps) & (np.arange(gaps.size) >= _first(gaps))
        whole = np.cumsum(known) == 0
        for sign in (1.0, -1.0):
            mine = signs == sign
            kept = np.append(False, mine[:-1] & mine[1:])
            cases, again = _sum_before(mine), np.cumsum(kept)
            told = mine & whole & (cases >= LEAST)
            found = np.where(told, again / np.maximum(cases, 1.0) if share else cases, found)
        return spread(found, columns, period)

    return Measure(definition, column, partial(_stretch, (of.name,), period, False))


def _shared(definition: FigureDefinition, *, share: bool) -> FigureDefinition:
    return replace(definition, unit=Unit.PERCENT, decimals=0) if share else definition


def _of_symbols(definition: FigureDefinition, other: FigureDefinition | None) -> FigureDefinition:
    symbols = dict.fromkeys((*definition.symbols, *(other.symbols if other else ())))
    return replace(definition, symbols=tuple(symbols))


def _stretch(names: tuple[str, ...], period: str, earlier: bool, columns: Columns, row: int) -> Inputs:
    """The prices behind the first period with a value, and behind this one or the one before it."""
    ends: RowNumbers = period_ends(columns, period)
    first = int(ends[_first(at_ends(columns, names[0], period))])
    last = int(ends[np.searchsorted(ends, row) - 1]) if earlier else row
    return _evidence(columns, names, (first, last))


def _evidence(columns: Columns, names: tuple[str, ...], rows: tuple[int, ...]) -> Inputs:
    found = (price for row in rows for one in names for price in columns.evidence(one, row))
    return tuple(dict.fromkeys(found))
