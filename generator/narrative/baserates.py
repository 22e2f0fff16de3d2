"""A situation's column and two indices' closes in; what followed its past occurrences, and any session, out.

A past record and no forecast. A window counts on a session once it is complete by then; of occurrences whose windows
overlap the earliest counts, and there is no edge to tell where all of them together point the other way; what fewer
than twenty windows show is not told. Every session is answered at once.
"""

from __future__ import annotations

import re
from bisect import insort
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.model import Basis, Column, FigureDefinition, Flags, Unit

HORIZONS = (5, 21, 63, 252)
"""Sessions ahead."""
NEGLIGIBLE = 3
"""Points of an edge that are none."""
LEAST = 20
"""Windows below which nothing is told."""
FOLLOWED, ALL = "followed", "all"

Rows = NDArray[np.int64]


class Statistic(NamedTuple):
    """One number told of the windows to date; `{one}` and `{other}` are the first two core segments."""

    unit: Unit
    decimals: int
    words: str
    signed: bool = False


_LESS = "less all sessions'; none where the share after every occurrence lies on the other side of all sessions'"

STATISTICS = {
    "n": Statistic(Unit.COUNT, 0, "windows complete"),
    "higher": Statistic(Unit.COUNT, 0, "windows in which {one} rose"),
    "lower": Statistic(Unit.COUNT, 0, "windows in which {one} fell"),
    "ahead": Statistic(Unit.COUNT, 0, "windows in which {one} did better than {other}"),
    "behind": Statistic(Unit.COUNT, 0, "windows in which {one} did worse than {other}"),
    "higher_share": Statistic(Unit.PERCENT, 0, "share of windows in which {one} rose"),
    "lower_share": Statistic(Unit.PERCENT, 0, "share of windows in which {one} fell"),
    "ahead_share": Statistic(Unit.PERCENT, 0, "share of windows in which {one} did better than {other}"),
    "behind_share": Statistic(Unit.PERCENT, 0, "share of windows in which {one} did worse than {other}"),
    "median": Statistic(Unit.PERCENT, 1, "median price return of {one}", signed=True),
    "gap_median": Statistic(Unit.POINTS, 1, "median price return of {one} less that of {other}", signed=True),
    "higher_edge": Statistic(Unit.POINTS, 0, f"printed share of windows in which {{one}} rose, {_LESS}", True),
    "ahead_edge": Statistic(
        Unit.POINTS, 0, f"printed share of windows in which {{one}} did better than {{other}}, {_LESS}", True
    ),
}
_EDGES = ("higher_edge", "ahead_edge")
SIDES = {"higher": "higher", "lower": "higher", "ahead": "ahead", "behind": "ahead"}
"""The edge that goes with each count."""
_NAME = re.compile(rf"({FOLLOWED}|{ALL})_({'|'.join(map(str, HORIZONS))})d_({'|'.join(STATISTICS)})")


class Told(NamedTuple):
    """A base rate's name taken apart: of what occasions, over how many sessions, which number."""

    of: str
    horizon: int
    statistic: str


def told(name: str) -> Told | None:
    """What a base rate's name means, or None if it is not one."""
    found = _NAME.fullmatch(name)
    if found is None or (found[1] == ALL and found[3] in _EDGES):
        return None
    return Told(found[1], int(found[2]), found[3])


@cache
def define(name: str, one: str = "the index", other: str = "large caps") -> FigureDefinition | None:
    """The definition of a base rate, or None if the name is not one's; `one` and `other` name the core segments."""
    found = told(name)
    if found is None:
        return None
    unit, decimals, words, signed = STATISTICS[found.statistic]
    label = f"{words.format(one=one, other=other)}, over {found.horizon} sessions"
    occasions = "each earlier session"
    if found.of == FOLLOWED:
        occasions = "each earlier occurrence of the rule, the earliest of any less than that many sessions apart"
    formula = f"{label} from {occasions}"
    basis = Basis.PRICE if found.statistic in ("median", "gap_median") else Basis.NONE
    return FigureDefinition(name, unit, basis, decimals, label, formula, (), signed=signed)


def agreed(edge: Column, every: Column) -> Column:
    """The edge of separate occurrences where that of every occurrence points the same way, or both are next to none."""
    apart = (edge * every <= 0) & (np.maximum(np.abs(edge), np.abs(every)) > NEGLIGIBLE)
    return np.where(apart, np.nan, edge)


def thinned(rows: list[int], apart: int) -> list[int]:
    """The earliest of the rows, and each later one that is at least so many sessions after the last kept."""
    kept: list[int] = []
    for row in rows:
        if not kept or row - kept[-1] >= apart:
            kept.append(row)
    return kept


@dataclass(frozen=True)
class Windows:
    """Windows of one horizon that began on the rows `starts`; each column says what was known of them on a session."""

    starts: Rows
    horizon: int
    moves: Column
    """The change of the first segment over each window, a fraction."""
    gaps: Column
    """That change less the second segment's."""
    sessions: int

    @classmethod
    def over(cls, starts: list[int], horizon: int, one: Column, other: Column) -> Windows:
        """The windows from `starts` that end within the levels of both segments."""
        rows = np.array([row for row in starts if row + horizon < len(one)], dtype=np.int64)
        moves = one[rows + horizon] / one[rows] - 1.0
        gaps = moves - (other[rows + horizon] / other[rows] - 1.0)
        there = ~np.isnan(gaps)
        return cls(rows[there], horizon, moves[there], gaps[there], len(one))

    @property
    def ends(self) -> Rows:
        return self.starts + self.horizon

    @cached_property
    def n(self) -> Column:
        """How many were complete; NaN while they were too few to tell of."""
        found = self._count(np.ones(len(self.starts), dtype=np.bool_))
        return np.where(found >= LEAST, found, np.nan)

    def values(self, statistic: str) -> Column:
        """One statistic of the windows complete by each session, inside units; NaN while they were too few."""
        told = ~np.isnan(self.n)
        counts = {"higher": self.moves > 0, "lower": self.moves < 0, "ahead": self.gaps > 0, "behind": self.gaps < 0}
        if statistic == "n":
            return self.n
        if statistic.endswith("_share"):
            return self._count(counts[statistic.removesuffix("_share")]) / self.n
        if statistic in counts:
            return np.where(told, self._count(counts[statistic]), np.nan)
        return np.where(told, self._median(self.gaps if statistic == "gap_median" else self.moves), np.nan)

    def span(self, row: int) -> tuple[int, int]:
        """The rows on which the first and the last window complete by that session began."""
        return int(self.starts[0]), int(self.starts[int(np.searchsorted(self.ends, row, side="right")) - 1])

    def _count(self, chosen: Flags) -> Column:
        found = np.zeros(self.sessions)
        found[self.ends[chosen]] = 1.0
        return np.cumsum(found)

    def _median(self, values: Column) -> Column:
        """The running median, carried on from each window's end to the next one's."""
        ordered: list[float] = []
        medians = np.full(len(values) + 1, np.nan)
        for number, value in enumerate(values.tolist(), 1):
            insort(ordered, value)
            half = number // 2
            medians[number] = ordered[half] if number % 2 else (ordered[half - 1] + ordered[half]) / 2
        return medians[np.searchsorted(self.ends, np.arange(self.sessions), side="right")]


def printed(values: Column, definition: FigureDefinition) -> Column:
    """A base rate as a reader sees it: percents of fractions, rounded once, halves away from zero."""
    scale = 10.0**definition.decimals
    fraction = definition.unit in (Unit.PERCENT, Unit.POINTS)
    whole = np.floor(np.round(np.abs(values * 100.0 if fraction else values) * scale, 7) + 0.5)
    return np.copysign(whole, values) / scale + 0.0  # -0.0 + 0.0 is 0.0
