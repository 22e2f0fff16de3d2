"""How often one segment did better or worse than another: of all sessions, or of those on which something rose or fell.

`small_ahead_share_on_sp500_up_ytd` counts, of the sessions on which the S&P 500 rose, those on which small caps did
better; `small_behind_share_on_sp500_down_ytd`, of those on which it fell, those on which they did worse.
`small_behind_sp500_count_63d` counts all sessions on which they did worse, and
`small_behind_sp500_share_on_ust10y_up_63d` those among the sessions on which a yield rose. All go by printed numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from generator.figures.basis import common_basis, comparable, has_returns, return_name, symbols_of
from generator.figures.horizons import HORIZONS, RowNumbers, period_codes
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.relative import MINUS
from generator.figures.rounding import DECIMALS
from generator.model import Basis, Column, FigureDefinition, Flags, Kind, Segment, Unit, Universe

LEAST = 10
"""The fewest sessions of which a share is told."""
YEARS = 10

Window = tuple[RowNumbers, RowNumbers]
"""For each session, the first and the last row counted; a first of -1 if they are not all held."""


def _of_horizon(key: str, columns: Columns) -> Window:
    """The sessions whose moves make a return over the horizon."""
    rows, before = columns.span(HORIZONS[key])
    return np.where(before >= 0, before + 1, -1), rows


def _prior_years(columns: Columns) -> Window:
    """The ten calendar years before the session's own; the close before the first of them has to be held."""
    years = period_codes(columns.sessions, "year")
    first = np.searchsorted(years, years - YEARS)
    return np.where(first > 0, first, -1), np.searchsorted(years, years) - 1


@dataclass(frozen=True, slots=True)
class Over:
    """A stretch of sessions, and the words for it."""

    rows: Callable[[Columns], Window]
    words: str


OVER: Mapping[str, Over] = {
    "ytd": Over(partial(_of_horizon, "ytd"), HORIZONS["ytd"].words),
    f"prior_{YEARS}y": Over(_prior_years, "in the ten years before"),
    "63d": Over(partial(_of_horizon, "63d"), HORIZONS["63d"].words),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A sign, and the words for a lead, a figure and a move of that sign."""

    sign: float
    did: str
    lies: str
    moved: str


AHEAD = Way(1.0, "better", "above zero", "rose")
BEHIND = Way(-1.0, "worse", "below zero", "fell")
WAYS: Mapping[str, Way] = {"up": AHEAD, "down": BEHIND}
OF_RETURNS: Mapping[str, Way] = {"_ahead_share_on_{}_up": AHEAD, "_behind_share_on_{}_down": BEHIND}
WITHIN_YEARS = ("ytd", f"prior_{YEARS}y")


@dataclass(frozen=True, slots=True)
class Lead:
    """One segment's lead over another, or its lag, on the basis that both share."""

    first: Segment
    second: Segment
    way: Way
    basis: Basis
    symbols: tuple[str, ...]

    @property
    def gap(self) -> str:
        """The figure whose sign tells who is ahead."""
        return f"{self.first.key}{MINUS}{self.second.key}_1d"

    @property
    def label(self) -> str:
        """`sessions on which Russell 2000 did better than S&P 500`."""
        return f"sessions on which {self.first.short} did {self.way.did} than {self.second.short}"

    @property
    def formula(self) -> str:
        """The count in words."""
        gap = f"the gap in {self.basis.value}, {self.first.short} less {self.second.short},"
        return f"count of sessions on which {gap} is {self.way.lies}"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What rose or fell on the sessions that count: its figure, its symbols and the words for it."""

    figure: str
    symbols: tuple[str, ...]
    short: str
    what: str
    way: Way


def find(name: str, universe: Universe) -> Measure | None:
    """The measure of how often one led or lagged with this name, or None; raises `MixedBasisError`."""
    key = next((key for key in OVER if name.endswith(f"_{key}")), "")
    stem = name.removesuffix(f"_{key}")
    for first in universe.segments.values() if key else ():
        rest = stem.removeprefix(first.key)
        if rest != stem and rest.startswith(("_ahead_", "_behind_")):
            return _measure(name, first, rest, key, universe)
    return None


def names(segment: Segment, universe: Universe) -> Iterator[str]:
    """The names of a segment's leads and lags against every segment that it can be compared with."""
    yields = [one.key for one in universe.segments.values() if one.kind is Kind.YIELD]
    for other in universe.segments.values():
        if other is segment or not comparable((segment, other), universe):
            continue
        yield from (f"{segment.key}{shape.format(other.key)}_{key}" for shape in OF_RETURNS for key in WITHIN_YEARS)
        lag = f"{segment.key}_behind_{other.key}"
        yield f"{lag}_count_63d"
        yield from (f"{lag}_share_on_{key}_{way}_63d" for key in yields for way in WAYS)


def _measure(name: str, first: Segment, rest: str, key: str, universe: Universe) -> Measure | None:
    for second in universe.segments.values():
        if second is first or not (has_returns(first, universe) and has_returns(second, universe)):
            continue
        way = next((way for shape, way in OF_RETURNS.items() if rest == shape.format(second.key)), None)
        if way and key in WITHIN_YEARS:
            lead = _lead(name, first, second, way, universe)
            return _share(name, lead, _return_of(second, way, lead.basis, universe), key)
        lag = f"_behind_{second.key}"
        if rest == f"{lag}_count" and key == "63d":
            return _count(name, _lead(name, first, second, BEHIND, universe), key)
        for yielding in universe.segments.values() if rest.startswith(f"{lag}_share_on_") and key == "63d" else ():
            for side, moving in WAYS.items():
                if yielding.kind is Kind.YIELD and rest == f"{lag}_share_on_{yielding.key}_{side}":
                    return _share(name, _lead(name, first, second, BEHIND, universe), _yield_of(yielding, moving), key)
    return None


def _lead(name: str, first: Segment, second: Segment, way: Way, universe: Universe) -> Lead:
    basis = common_basis(name, (first, second), universe)
    symbols = symbols_of(first, basis, universe) + symbols_of(second, basis, universe)
    return Lead(first, second, way, basis, symbols)


def _return_of(segment: Segment, way: Way, basis: Basis, universe: Universe) -> Occasion:
    figure = return_name(segment, basis, "1d", universe)
    return Occasion(figure, (), segment.short, f"printed {basis.value} of {segment.short}", way)


def _yield_of(segment: Segment, way: Way) -> Occasion:
    what = f"printed change of {segment.short}"
    return Occasion(f"{segment.key}_change_1d", (segment.price or "",), segment.short, what, way)


def _count(name: str, lead: Lead, key: str) -> Measure:
    label, formula = f"{lead.label}, {OVER[key].words}", f"{lead.formula}, {OVER[key].words}"
    definition = FigureDefinition(name, Unit.COUNT, Basis.NONE, DECIMALS[Unit.COUNT], label, formula, lead.symbols)

    def column(columns: Columns) -> Column:
        first, last = OVER[key].rows(columns)
        gaps = columns.printed(lead.gap)
        held = _whole(gaps, first, last)
        return np.where(held, _counted(_on(gaps, lead.way), first, last), np.nan)

    return Measure(definition, column, partial(_ends, (lead.gap,), key))


def _share(name: str, lead: Lead, on: Occasion, key: str) -> Measure:
    """The share of sessions, absent for fewer than ten; for a yield, unless it rose on ten and fell on ten."""
    moved = f"{on.short} {on.way.moved}"
    definition = FigureDefinition(
        name,
        Unit.PERCENT,
        Basis.NONE,
        0,
        f"share of {lead.label}, of those on which {moved}, {OVER[key].words}",
        f"{lead.formula}, divided by the count of all, both on sessions on which the {on.what} is {on.way.lies}, "
        f"{OVER[key].words}; absent for fewer than {LEAST}{' of either sign' * bool(on.symbols)}",
        lead.symbols + on.symbols,
    )

    def column(columns: Columns) -> Column:
        first, last = OVER[key].rows(columns)
        gaps, moves = columns.printed(lead.gap), columns.printed(on.figure)
        counted = _on(moves, on.way)
        count = _counted(counted, first, last)
        least = np.minimum(count, _counted(_on(-moves, on.way), first, last)) if on.symbols else count
        told = _whole(gaps, first, last) & (least >= LEAST)
        led = _counted(counted & _on(gaps, lead.way), first, last)
        return np.where(told, led / np.maximum(count, 1.0), np.nan)

    # A yield without a change, on a holiday of bonds, neither rose nor fell; the gaps have to be held on every session.
    return Measure(definition, column, partial(_ends, (lead.gap, *([on.figure] * bool(on.symbols))), key))


def _on(values: Column, way: Way) -> Flags:
    found: Flags = way.sign * values > 0.0
    return found


def _counted(holds: Flags, first: RowNumbers, last: RowNumbers) -> Column:
    """How many sessions from row `first` to row `last` it holds on."""
    total = np.cumsum(np.append(0.0, holds))
    counted: Column = total[last + 1] - total[first]
    return counted


def _whole(gaps: Column, first: RowNumbers, last: RowNumbers) -> Flags:
    """Whether the stretch is held, with a gap on every session of it."""
    held: Flags = (first >= 0) & (_counted(np.isnan(gaps), first, last) == 0.0)
    return held


def _window(key: str, columns: Columns) -> Window:
    """The sessions counted, worked out once for all the figures and sessions that need them."""
    return columns.shared(("counted over", key), lambda: OVER[key].rows(columns))


def _ends(figures: tuple[str, ...], key: str, columns: Columns, row: int) -> Inputs:
    """The prices behind the first and the last session counted."""
    first, last = _window(key, columns)
    found = (
        price
        for end in (int(first[row]), int(last[row]))
        for figure in figures
        for price in columns.evidence(figure, end)
    )
    return tuple(dict.fromkeys(found))
