"""An invented economy: every series that the universe's releases name, on its own days, by chance but always the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zlib import crc32

import numpy as np

from generator.model import Every, Observations, Release, Universe

FIRST, LAST = "1990-01-01", "2025-06-30"
STARTS = {"fed_upper": 5.0, "fed_lower": 4.75, "hy_spread": 5.0, "claims": 3e5, "payrolls": 1.3e5, "unemployment": 5.0}


def economy(universe: Universe, released_on: Iterable[date] = (), first: str = FIRST) -> dict[str, Observations]:
    """The series of every release; what is observed monthly or weekly comes out sooner than its lag on these days."""
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
    else:
        values = STARTS.get(release.key, 100.0) * np.exp(0.0015 * np.arange(len(days)) / 4 + 0.003 * np.cumsum(steps))
    seen = np.full(len(days), "NaT", dtype="datetime64[D]")
    if release.every is not Every.DAY:
        for day in released_on:
            known = int(np.searchsorted(days + release.lag, np.datetime64(day), side="right"))
            if known < len(days) and days[known] < np.datetime64(day):
                seen[known] = np.datetime64(day)
    return Observations(name, days, np.round(values, 2), seen, f"macro/{name}.csv")


def _days(every: Every, first: str) -> np.ndarray:
    if every in (Every.MONTH, Every.QUARTER):
        months = np.arange(first[:7], LAST[:7], 3 if every is Every.QUARTER else 1, dtype="datetime64[M]")
        return months.astype("datetime64[D]")
    days = np.arange(first, LAST, 7 if every is Every.WEEK else 1, dtype="datetime64[D]")
    return days if every is Every.WEEK else days[np.is_busday(days)]
