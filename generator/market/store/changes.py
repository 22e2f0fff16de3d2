"""What was known of a symbol and what is said now in; what is new, what was restated and what was rescaled out.

A split divides the closes of all earlier days by one number, a dividend the adjusted closes. Whatever a factor common
to a stretch of earlier days explains is a rescaling; whatever differs beside that is a restatement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from generator.market.source import PRICE_COLUMNS, Action
from generator.market.store.rows import Piece, packed
from generator.model import Bars, Column, Days, Flags

_SAME = {"adj_close": 5e-6}
"""How far, as a share of the price, two readings of one price may lie apart: a supplier works adjusted closes out anew
each time, to about six digits; any other price it merely sends, in single precision."""
_SINGLE = 1.2e-7
_STEADY = 1e-4
"""How far a ratio may stray from a factor that is taken for one although nothing announced it."""
_RUN = 5
"""How many days in a row a factor takes to be one if nothing announced it."""


@dataclass(frozen=True, slots=True)
class Restatement:
    """A price that the supplier now gives otherwise."""

    session: date
    field: str
    old: float
    new: float


@dataclass(frozen=True, slots=True)
class Rescaling:
    """A factor on one field of all days from `first` to `last`."""

    field: str
    first: date
    last: date
    factor: float
    cause: str
    """`split`, `dividend`, or `unannounced`."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How a reply differs from what was known."""

    pieces: tuple[Piece, ...] = ()
    new_days: int = 0
    restatements: tuple[Restatement, ...] = ()
    rescalings: tuple[Rescaling, ...] = ()


def changes(known: Bars | None, said: Bars, actions: Sequence[Action] = ()) -> Changes:
    """What `said` adds to what is `known`; `actions` are the splits and dividends that were not known.

    A price that is absent in `said` changes nothing.
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
    """Whether they differ on the first day that both have, so that the days before may differ as well."""
    days = np.intersect1d(_from(known.days, said.days), said.days)
    for name in PRICE_COLUMNS:
        old, new = laid(known, name, days), laid(said, name, days)
        both = np.flatnonzero(~np.isnan(old) & ~np.isnan(new))
        if len(both) and not _same(name, old[both[:1]], new[both[:1]]).all():
            return True
    return False


def laid(bars: Bars | None, name: str, days: Days) -> Column:
    """A column of the bars on `days`, NaN where they have none."""
    column = np.full(len(days), np.nan)
    values = bars.column(name) if bars is not None else None
    if bars is not None and values is not None:
        rows = np.searchsorted(days, bars.days)
        rows[rows == len(days)] = 0
        there = days[rows] == bars.days if len(days) else np.zeros(len(rows), np.bool_)
        column[rows[there]] = values[there]
    return column


def _from(known: Days, said: Days) -> Days:
    """The days known from the first day said on: nothing is said of any before."""
    return known[int(np.searchsorted(known, said[0])) :] if len(said) else known[:0]


def _same(name: str, old: Column, new: Column) -> Flags:
    room = _SAME.get(name, _SINGLE) * np.maximum(np.abs(old), np.abs(new))
    return np.abs(new - old) <= room


def _rescalings(
    name: str, days: Days, old: Column, new: Column, restated: Flags, actions: Sequence[Action]
) -> Iterator[Rescaling]:
    """The factors found; the days that they explain are struck from `restated`."""
    both = ~np.isnan(old) & ~np.isnan(new) & (old != 0)
    first = np.datetime64("0001-01-01", "D")
    for action in sorted(actions, key=lambda each: each.day):
        last = np.datetime64(action.day, "D")
        stretch = np.flatnonzero(both & (days >= first) & (days < last))
        first = last
        if restated[stretch].any():
            factor = float(np.median(new[stretch] / old[stretch]))
            # Within a cent, as suppliers and files round what they have rescaled.
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


def _pieces(days: Days, merged: Mapping[str, Column], differing: Mapping[str, Flags]) -> Iterator[Piece]:
    """The rows that differ, those together that differ in the same fields."""
    if not differing:
        return
    fields = np.sum([flags.astype(np.int64) << number for number, flags in enumerate(differing.values())], axis=0)
    for pattern in np.unique(fields[fields > 0]).tolist():
        rows = fields == pattern
        names = [name for number, name in enumerate(differing) if pattern >> number & 1]
        yield packed(days[rows], {name: merged[name][rows] for name in names})
