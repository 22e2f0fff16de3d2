"""An invented economy: every series that the universe's releases name, on its own days, by chance but always the same.

What comes out by the month, the quarter or the week comes with vintages: each period has a day of release, and each
release brings the newest periods anew, the last few of them revised.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zlib import crc32

import numpy as np

from generator.market.economy.vintages import Vintage, on_record
from generator.model import Every, Observations, Release, Universe

FIRST, LAST = "1990-01-01", "2025-06-30"
STARTS = {"fed_upper": 5.0, "fed_lower": 4.75, "hy_spread": 5.0, "claims": 3e5, "payrolls": 1.3e5, "unemployment": 5.0}
OUT = {Every.WEEK: 5, Every.MONTH: 38, Every.QUARTER: 119}
"""How many days after its own a period's number comes out."""
LISTED = 40
"""How many periods each release brings."""


def economy(universe: Universe, released_on: Iterable[date] = (), first: str = FIRST) -> dict[str, Observations]:
    """The series of every release; what does not come daily comes out on these days, beside its usual ones."""
    held, days = {}, tuple(released_on)
    for release in universe.releases.values():
        for name in release.series:
            held[name] = _series(name, release, days, first)
    return held


def _series(name: str, release: Release, released_on: tuple[date, ...], first: str) -> Observations:
    days = _days(release.every, first)
    random = np.random.default_rng(crc32(name.encode()))
    steps = random.standard_normal(len(days))
    if release.key in ("fed_upper", "fed_lower"):  # one course for both limits, in steps of a quarter
        turns = np.random.default_rng(1).standard_normal(len(days)) / 60
        values = STARTS[release.key] + np.round(np.cumsum(turns) * 4) / 4
    elif release.every is Every.DAY:
        values = STARTS.get(release.key, 4.0) + np.cumsum(steps) / 25
    elif release.key == "unemployment":
        values = 5.0 + np.round(np.cumsum(steps) / 8, 1)
    elif release.key == "gdp":
        values = np.round(2.0 + 2.5 * steps, 1)
    else:
        values = STARTS.get(release.key, 100.0) * np.exp(0.0015 * np.arange(len(days)) / 4 + 0.003 * np.cumsum(steps))
    values = np.round(values, 2)
    if release.lag is not None:
        return Observations(name, days, values, origin=f"macro/{name}.csv")
    return on_record(name, _vintages(days, values, release, released_on, random), f"vintages/as_of/{name}_as_of.csv")


def _vintages(
    days: np.ndarray, values: np.ndarray, release: Release, released_on: tuple[date, ...], random: np.random.Generator
) -> list[Vintage]:
    """One for each period's release, the last three of its numbers not yet what they will be; none on a weekend."""
    out = np.busday_offset(days + OUT[release.every], 0, roll="forward")
    for day in released_on:
        out[int(np.argmin(np.abs(out - np.datetime64(day))))] = np.datetime64(day)
    found = []
    for place, day in enumerate(out):
        listed = slice(max(place + 1 - LISTED, 0), place + 1)
        first_prints = values[listed].copy()
        if release.revisable:
            size = max(abs(float(first_prints[-1])) * 1e-3, 0.1)
            first_prints[-3:] += np.round(random.integers(-2, 3, len(first_prints[-3:])) * size, 1)
        found.append(Vintage(day.astype(object), days[listed], first_prints, exact=place > 0))
    return found


def _days(every: Every, first: str) -> np.ndarray:
    if every in (Every.MONTH, Every.QUARTER):
        months = np.arange(first[:7], LAST[:7], 3 if every is Every.QUARTER else 1, dtype="datetime64[M]")
        return months.astype("datetime64[D]")
    days = np.arange(first, LAST, 7 if every is Every.WEEK else 1, dtype="datetime64[D]")
    return days if every is Every.WEEK else days[np.is_busday(days)]
