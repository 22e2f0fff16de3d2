"""The record of a series on successive days, as observations that each know from when to when they stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from generator.model import Column, Days, Observations


@dataclass(frozen=True, slots=True)
class Vintage:
    """The record of one series, or the newest part of it, as it stood at the end of one day."""

    day: date
    days: Days
    """The periods on record, oldest first."""
    values: Column
    exact: bool = True
    """Whether the differences from the vintage before came out on this very day, not some day in between."""


def on_record(series: str, vintages: Iterable[Vintage], origin: str, through: date = date.max) -> Observations:
    """The vintages up to the day `through`: one row for each value a period had, with its first and its last day.

    A value that a later vintage drops or changes is confirmed only up to the vintage before that one.
    """
    held = sorted((one for one in vintages if one.day <= through), key=lambda one: one.day)
    if not held:
        return Observations(series, _dates([]), np.array([]), _dates([]), origin, _dates([]), _dates([]))
    periods = np.unique(np.concatenate([one.days for one in held]))
    table = np.full((len(held) + 2, periods.size), np.nan)
    for number, one in enumerate(held, 1):
        table[number, np.searchsorted(periods, one.days)] = one.values
    there = ~np.isnan(table)
    begins, ends = (there & (table != np.roll(table, step, axis=0)) for step in (1, -1))
    place, first = np.nonzero(begins.T)
    _, last = np.nonzero(ends.T)
    days = _dates([date.min, *(one.day for one in held)])
    out = _dates(["NaT", *(one.day if one.exact else "NaT" for one in held)])
    return Observations(series, periods[place], table[first, place], days[first], origin, out[first], days[last])


def listed(rows: Sequence[tuple[date, date, float]], first_is_exact: bool = True) -> list[Vintage]:
    """Rows of (day of the record, period, value) as vintages."""
    by_day: dict[date, dict[date, float]] = {}
    for day, period, value in rows:
        by_day.setdefault(day, {})[period] = value
    return [
        Vintage(
            day,
            _dates(sorted(by_day[day])),
            np.array([by_day[day][period] for period in sorted(by_day[day])]),
            first_is_exact or number > 0,
        )
        for number, day in enumerate(sorted(by_day))
    ]


def vintages_of(out: Days, days: Days, values: Column, first_is_exact: bool = True) -> list[Vintage]:
    """The same from columns: the day of each record, the period and the value; no period twice on one day."""
    order = np.lexsort((days, out))
    out, days, values = out[order], days[order], values[order]
    starts = np.flatnonzero(np.append(True, out[1:] != out[:-1])).tolist() if out.size else []
    return [
        Vintage(out[first].astype(object), days[first:end], values[first:end], first_is_exact or number > 0)
        for number, (first, end) in enumerate(zip(starts, [*starts[1:], out.size], strict=False))
    ]


def _dates(days: Sequence[object]) -> Days:
    return np.array(days, dtype="datetime64[D]")
