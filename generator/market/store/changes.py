"""Compares a reply with what was known: which days are new, which prices were restated, and which were rescaled.

A split divides the closes of all earlier days by one number, a dividend the adjusted closes. A difference that is
explained by one factor over a stretch of earlier days is a rescaling; any other difference is a restatement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from generator.market.source import PRICE_COLUMNS, Action
from generator.market.store.rows import Chunk, packed
from generator.model import Bars, Column, Days, Flags

_SAME = {"adj_close": 5e-6}
"""How far apart two readings of the same price may be, as a share of it. A supplier recomputes adjusted closes each
time, to about six digits, and sends every other price in single precision."""
_SINGLE = 1.2e-7
_STEADY = 1e-4
"""How far a ratio may stray from the common factor of an unannounced rescaling."""
_RUN = 5
"""How many days in a row must share a factor to count as an unannounced rescaling."""


@dataclass(frozen=True, slots=True)
class Restatement:
    """A price for which the supplier now gives another value."""

    session: date
    field: str
    old: float
    new: float


@dataclass(frozen=True, slots=True)
class Rescaling:
    """A factor applied to one field on all days from `first` to `last`."""

    field: str
    first: date
    last: date
    factor: float
    cause: str
    """`split`, `dividend`, or `unannounced`."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How a reply differs from what was known."""

    pieces: tuple[Chunk, ...] = ()
    new_days: int = 0
    restatements: tuple[Restatement, ...] = ()
    rescalings: tuple[Rescaling, ...] = ()


def changes(known: Bars | None, said: Bars, actions: Sequence[Action] = ()) -> Changes:
    """What `said` adds to what is `known`; `actions` are the splits and dividends that are new.

    A price absent from `said` changes nothing.
    """
    days = said.days if known is None else np.union1d(_from(known.days, said.days), said.days)
    merged: dict[str, Column] = {}
    differing: dict[str, Flags] = {}
    restatements: list[Restatement] = []
    rescalings: list[Rescaling] = []
    for name in PRICE_COLUMNS:
        if said.column(name) is None:
            continue
        old, new = laid(known, name, days), laid(said, name, days)
        differing[name] = differs = ~np.isnan(new) & ~_same(name, old, new)
        merged[name] = np.where(differs, new, old)
        restated = differs & ~np.isnan(old)
        if restated.any():
            rescalings += list(_rescalings(name, days, old, new, restated, actions))
            restatements += _restatements(name, days, old, new, restated)
    pieces = tuple(_pieces(days, merged, differing))
    fresh = days if known is None else np.setdiff1d(said.days, known.days)
    return Changes(pieces, len(fresh), tuple(restatements), tuple(rescalings))


def reaches_back(known: Bars, said: Bars) -> bool:
    """Whether they differ on the first day that both have, in which case earlier days may differ too."""
    days = np.intersect1d(_from(known.days, said.days), said.days)
    for name in PRICE_COLUMNS:
        old, new = laid(known, name, days), laid(said, name, days)
        both = np.flatnonzero(~np.isnan(old) & ~np.isnan(new))
        if len(both) and not _same(name, old[both[:1]], new[both[:1]]).all():
            return True
    return False


def laid(bars: Bars | None, name: str, days: Days) -> Column:
    """A column of the bars on `days`, NaN where they have no value."""
    column = np.full(len(days), np.nan)
    values = bars.column(name) if bars is not None else None
    if bars is not None and values is not None:
        rows = np.searchsorted(days, bars.days)
        rows[rows == len(days)] = 0
        there = days[rows] == bars.days if len(days) else np.zeros(len(rows), np.bool_)
        column[rows[there]] = values[there]
    return column


def _from(known: Days, said: Days) -> Days:
    """The known days from the first day of `said` on; the reply says nothing about earlier ones."""
    return known[int(np.searchsorted(known, said[0])) :] if len(said) else known[:0]


def _same(name: str, old: Column, new: Column) -> Flags:
    room = _SAME.get(name, _SINGLE) * np.maximum(np.abs(old), np.abs(new))
    return np.abs(new - old) <= room


def _rescalings(
    name: str, days: Days, old: Column, new: Column, restated: Flags, actions: Sequence[Action]
) -> Iterator[Rescaling]:
    """Find the factors, and clear the days that they explain from `restated`, in place."""
    both = ~np.isnan(old) & ~np.isnan(new) & (old != 0)
    first = np.datetime64("0001-01-01", "D")
    for action in sorted(actions, key=lambda each: each.day):
        last = np.datetime64(action.day, "D")
        stretch = np.flatnonzero(both & (days >= first) & (days < last))
        first = last
        if restated[stretch].any():
            factor = float(np.median(new[stretch] / old[stretch]))
            # Within a cent, because suppliers and files round rescaled prices.
            fits = np.abs(new[stretch] - factor * old[stretch]) <= 0.01 + 1e-5 * np.abs(new[stretch])
            if not _same(name, np.array([1.0]), np.array([factor])).all() and fits.mean() > 0.5:
                restated[stretch[fits]] = False
                yield _rescaling(name, days[stretch], factor, action.kind)
    shared = np.flatnonzero(both)
    run = shared[: int(np.argmin(restated[shared]))] if not restated[shared].all() else shared
    if len(run) >= _RUN:
        ratios = new[run] / old[run]
        factor = float(np.median(ratios))
        if (np.abs(ratios / factor - 1) <= _STEADY).all():
            restated[run] = False
            yield _rescaling(name, days[run], factor, "unannounced")


def _rescaling(name: str, days: Days, factor: float, cause: str) -> Rescaling:
    return Rescaling(name, days[0].astype(object), days[-1].astype(object), factor, cause)


def _restatements(name: str, days: Days, old: Column, new: Column, restated: Flags) -> list[Restatement]:
    rows = np.flatnonzero(restated)
    return [
        Restatement(day, name, one, other)
        for day, one, other in zip(
            days[rows].astype(object).tolist(), old[rows].tolist(), new[rows].tolist(), strict=True
        )
    ]


def _pieces(days: Days, merged: Mapping[str, Column], differing: Mapping[str, Flags]) -> Iterator[Chunk]:
    """The rows that differ, grouped by the fields in which they differ."""
    if not differing:
        return
    fields = np.sum([flags.astype(np.int64) << number for number, flags in enumerate(differing.values())], axis=0)
    for pattern in np.unique(fields[fields > 0]).tolist():
        rows = fields == pattern
        names = [name for number, name in enumerate(differing) if pattern >> number & 1]
        yield packed(days[rows], {name: merged[name][rows] for name in names})
