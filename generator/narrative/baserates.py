"""A rule's column and an index's closes in; what followed its past occurrences out, beside what followed any session.

A past record and no forecast: a window counts once it is complete by the session asked about, and occurrences whose
windows overlap are thinned to the earliest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generator.model import Column, Flags

HORIZONS = (5, 21, 63, 252)
"""Sessions ahead."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Changes over one horizon, fractions: how many there were, their median, and the share of them above zero."""

    n: int
    median: float
    positive: float


@dataclass(frozen=True, slots=True)
class BaseRate:
    """What followed a rule over `horizon` sessions, and what followed all sessions over the same."""

    horizon: int
    after: Outcomes
    always: Outcomes


def base_rates(held: Flags, changes: dict[int, Column], row: int) -> tuple[BaseRate, ...]:
    """One base rate a horizon, from sessions before `row` alone; horizons without one complete window are left out.

    `changes[h]` gives on each session the change over the h sessions that ended there.
    """
    found = []
    for horizon, change in changes.items():
        starts = np.arange(max(row + 1 - horizon, 0))  # the window of each of these ends by `row`
        ahead = change[horizon : row + 1]
        there = ~np.isnan(ahead)
        after = [start for start in thinned(np.flatnonzero(held[: len(starts)]).tolist(), horizon) if there[start]]
        if after:
            found.append(BaseRate(horizon, _outcomes(ahead[after]), _outcomes(ahead[there])))
    return tuple(found)


def thinned(rows: list[int], apart: int) -> list[int]:
    """The earliest of the rows, and each later one that is at least so many sessions after the last kept."""
    kept: list[int] = []
    for row in rows:
        if not kept or row - kept[-1] >= apart:
            kept.append(row)
    return kept


def changes_over(level: Column, horizons: tuple[int, ...] = HORIZONS) -> dict[int, Column]:
    """For each horizon h, the change of a level over the h sessions that end on each session; NaN where none does."""
    found: dict[int, Column] = {}
    for horizon in horizons:
        change = np.full(len(level), np.nan)
        if len(level) > horizon:
            change[horizon:] = level[horizon:] / level[:-horizon] - 1.0
        found[horizon] = change
    return found


def _outcomes(changes: Column) -> Outcomes:
    return Outcomes(len(changes), float(np.median(changes)), float(np.mean(changes > 0)))
