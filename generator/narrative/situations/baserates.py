"""What followed past occurrences of a situation, and what followed any session, in the core segments' closes.

This is a record of the past, not a forecast. A week ends seven days later; a month or a year ends on the same day of a
later month, or on the first session after that day. A window counts on a session if it is complete by then. If windows
overlap, only the earliest counts; there is no edge if all occurrences together point the other way; and nothing is said
on the basis of fewer than twenty windows. Every session is computed at once.
"""

from __future__ import annotations

import re
from bisect import insort
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.model import Basis, Column, Days, FigureDefinition, Flags, Unit
from generator.narrative.language.rounding import FRACTIONS, rounded

HORIZONS = {"1w": "one week", "1m": "one month", "3m": "three months", "1y": "one year"}
"""How far ahead, with the words for it."""
_DAYS = {"1w": 7}
_MONTHS = {"1m": 1, "3m": 3, "1y": 12}
NEGLIGIBLE = 3
"""Edges of up to this many points count as no edge."""
LEAST = 20
"""The fewest windows on which anything is said."""
FOLLOWED, ALL = "followed", "all"

Rows = NDArray[np.int64]


class Statistic(NamedTuple):
    """One number about the windows to date; `{one}` and `{other}` are the first two core segments."""

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
_NAME = re.compile(rf"({FOLLOWED}|{ALL})_({'|'.join(HORIZONS)})_({'|'.join(STATISTICS)})")


class Told(NamedTuple):
    """A base rate's name, parsed: after which sessions, over which horizon, which number."""

    of: str
    horizon: str
    statistic: str


def told(name: str) -> Told | None:
    """What a base rate's name means, or None if it is not one."""
    found = _NAME.fullmatch(name)
    if found is None or (found[1] == ALL and found[3] in _EDGES):
        return None
    return Told(found[1], found[2], found[3])


@cache
def define(name: str, one: str = "the index", other: str = "large caps") -> FigureDefinition | None:
    """The definition of a base rate, or None for any other name; `one` and `other` name the core segments."""
    found = told(name)
    if found is None:
        return None
    unit, decimals, words, signed = STATISTICS[found.statistic]
    label = f"{words.format(one=one, other=other)}, over {HORIZONS[found.horizon]}"
    occasions = "each earlier session"
    if found.of == FOLLOWED:
        occasions = "each earlier occurrence of the rule, the earliest of any whose windows overlap"
    formula = f"{label} from {occasions}"
    basis = Basis.PRICE if found.statistic in ("median", "gap_median") else Basis.NONE
    return FigureDefinition(name, unit, basis, decimals, label, formula, (), signed=signed)


class RateNames:
    """The names of base rates; each fragment has columns of its own for them."""

    known: tuple[str, ...] = ()
    """None is suggested for a misspelt name."""

    def has(self, name: str) -> bool:
        """Whether the name is that of a base rate."""
        return told(name) is not None

    def define(self, name: str) -> FigureDefinition:
        """What one of them means."""
        found = define(name)
        assert found is not None  # `has` was asked first
        return found


def agreed(edge: Column, every: Column) -> Column:
    """The edge of non-overlapping occurrences, if that of all occurrences has the same sign or both are negligible."""
    apart = (edge * every <= 0) & (np.maximum(np.abs(edge), np.abs(every)) > NEGLIGIBLE)
    return np.where(apart, np.nan, edge)


def ends(sessions: Days, horizon: str) -> Rows:
    """For each session, the row on which a window that begins there is complete; past the last row if none is yet.

    A month ends on the same day of the next month, or the first session after it; if the next month has no such day,
    its last day is used.
    """
    days = sessions.astype("datetime64[D]")
    if horizon in _DAYS:
        weeks: Rows = np.searchsorted(days, days + _DAYS[horizon])
        return weeks
    month = days.astype("datetime64[M]")
    later = month + _MONTHS[horizon]
    same_day = later.astype("datetime64[D]") + (days - month.astype("datetime64[D]"))
    found: Rows = np.searchsorted(days, np.minimum(same_day, (later + 1).astype("datetime64[D]") - 1))
    return found


def thinned(rows: list[int], ends: Rows) -> list[int]:
    """The rows without those that fall inside the window of an earlier row that was kept."""
    kept: list[int] = []
    for row in rows:
        if not kept or row >= ends[kept[-1]]:
            kept.append(row)
    return kept


@dataclass(frozen=True)
class Windows:
    """Windows of one horizon that began on the rows `starts`; each column gives what was known on each session."""

    starts: Rows
    ends: Rows
    moves: Column
    """The change of the first segment over each window, a fraction."""
    gaps: Column
    """That change less the second segment's."""
    sessions: int

    @classmethod
    def over(cls, starts: list[int], ends: Rows, one: Column, other: Column) -> Windows:
        """The windows from `starts` that end within the levels of both segments; `ends` is as `ends` gives it."""
        rows = np.array([row for row in starts if ends[row] < len(one)], dtype=np.int64)
        to = ends[rows]
        moves = one[to] / one[rows] - 1.0
        gaps = moves - (other[to] / other[rows] - 1.0)
        there = ~np.isnan(gaps)
        return cls(rows[there], to[there], moves[there], gaps[there], len(one))

    @cached_property
    def n(self) -> Column:
        """How many windows were complete on each session; NaN while there were too few."""
        found = self._count(np.ones(len(self.starts), dtype=np.bool_))
        return np.where(found >= LEAST, found, np.nan)

    def values(self, statistic: str) -> Column:
        """One statistic of the windows complete by each session, in internal units; NaN while there were too few."""
        told = ~np.isnan(self.n)
        counts = {"higher": self.moves > 0, "lower": self.moves < 0, "ahead": self.gaps > 0, "behind": self.gaps < 0}
        if statistic == "n":
            return self.n
        if statistic.endswith("_share"):
            return self._count(counts[statistic.removesuffix("_share")]) / self.n
        if statistic in counts:
            return np.where(told, self._count(counts[statistic]), np.nan)
        return np.where(told, self._median(self.gaps if statistic == "gap_median" else self.moves), np.nan)

    def span(self, row: int) -> tuple[int, int, int]:
        """Of the windows complete by `row`, the rows where the first and the last began, and where the last ended."""
        last = int(np.searchsorted(self.ends, row, side="right")) - 1
        return int(self.starts[0]), int(self.starts[last]), int(self.ends[last])

    def _count(self, chosen: Flags) -> Column:
        """How many of the chosen windows were complete by each session; several may end on the same day."""
        found: Column = np.cumsum(np.bincount(self.ends[chosen], minlength=self.sessions).astype(np.float64))
        return found

    def _median(self, values: Column) -> Column:
        """The running median, unchanged from each window's end to the next one's."""
        ordered: list[float] = []
        medians = np.full(len(values) + 1, np.nan)
        for number, value in enumerate(values.tolist(), 1):
            insort(ordered, value)
            half = number // 2
            medians[number] = ordered[half] if number % 2 else (ordered[half - 1] + ordered[half]) / 2
        return medians[np.searchsorted(self.ends, np.arange(self.sessions), side="right")]


def printed(values: Column, definition: FigureDefinition) -> Column:
    """A base rate as a reader sees it: fractions as percents, rounded once, halves away from zero."""
    sizes = np.abs(values) * (100.0 if definition.unit in FRACTIONS else 1.0)
    return np.copysign(rounded(sizes, definition.decimals), values) + 0.0  # -0.0 + 0.0 is 0.0
