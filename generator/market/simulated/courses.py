"""The course of the simulated market, and the random streams behind it.

The only file that draws random numbers. Every stream is seeded by a fixed number and its own name and is drawn
forward from a fixed first session, so that a longer history begins with the shorter one, and a symbol added to the
universe leaves the others unchanged.

The market passes through regimes, each with its own drift, volatility and length. A return is the regime's drift
plus a fat-tailed shock, scaled by a volatility that follows the regime's with a lag; a crash adds days of panic and
of relief.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from generator.model import Column

SEED = 2994
YEAR = 252
"""Sessions in a year, for rates and yields quoted by the year."""


@dataclass(frozen=True, slots=True)
class Regime:
    """A way for the market to behave for some weeks or months."""

    name: str
    drift: float
    """Of the large-company market, log return a year."""
    volatility: float
    """Daily, of the large-company market."""
    sessions: float
    """Mean length."""
    churn: float
    """How lively size and style are, as a multiple of usual."""
    policy: float
    """How fast the central bank moves, percentage points a year."""
    then: tuple[float, ...]
    """Odds of the next regime, in the order of `REGIMES`."""


REGIMES = (
    Regime("advance", 0.19, 0.0088, 140, 1.0, 0.45, (0.0, 0.46, 0.30, 0.22, 0.02)),
    Regime("calm", 0.13, 0.0056, 90, 0.8, 0.20, (0.44, 0.0, 0.32, 0.23, 0.01)),
    Regime("rotation", 0.05, 0.0105, 60, 1.8, 0.0, (0.52, 0.24, 0.0, 0.21, 0.03)),
    Regime("retreat", -0.26, 0.0140, 55, 1.2, -1.8, (0.56, 0.12, 0.14, 0.0, 0.18)),
    Regime("crash", -1.40, 0.0245, 20, 1.6, -18.0, (0.74, 0.0, 0.10, 0.16, 0.0)),
)
_CRASH = 4


@dataclass(frozen=True, slots=True)
class SimulatedCourse:
    """What moves every symbol, one value per session. Returns are logarithmic, yields in percent."""

    regimes: NDArray[np.int64]
    """Index into `REGIMES`."""
    market: Column
    """Return of large companies."""
    volatility: Column
    """Expected daily volatility of that return."""
    size: Column
    """Return of small companies over large."""
    growth: Column
    """Return of growth over value."""
    commodities: Column
    dollar: Column
    crypto: Column
    ten_year: Column
    policy_rate: Column
    fear: Column
    """The volatility index, in its points."""


def stream(name: str) -> np.random.Generator:
    """The random stream for `name`: always the same, and independent of every other name's."""
    return np.random.Generator(np.random.PCG64([SEED, crc32(name.encode())]))


def simulate(sessions: int) -> SimulatedCourse:
    """The first `sessions` sessions of the simulated market."""
    regimes, size_drift, growth_drift = _episodes(sessions)
    churn = np.array([regime.churn for regime in REGIMES])[regimes]
    volatility = _lagged(np.array([regime.volatility for regime in REGIMES])[regimes], 0.10, start=0.008)
    drift = np.array([regime.drift for regime in REGIMES])[regimes] / YEAR
    market = _anchored(drift + volatility * _fat_tailed("market", sessions) + _panic(regimes), trend=0.075, pull=0.0010)
    livelier = churn * (0.5 + 0.5 * volatility / 0.008)
    rate_shocks = 0.048 * stream("ten-year").standard_normal(sessions) + 1.1 * market
    dollar = _anchored(0.0042 * _fat_tailed("dollar", sessions) - 0.05 * market)
    return SimulatedCourse(
        regimes=regimes,
        market=market,
        volatility=volatility,
        size=_anchored(size_drift + 0.0050 * livelier * _fat_tailed("size", sessions), trend=-0.005),
        growth=_anchored(growth_drift + 0.0045 * livelier * _fat_tailed("growth", sessions), trend=0.012),
        commodities=_anchored(0.0095 * _fat_tailed("commodities", sessions) - 0.3 * dollar),
        dollar=dollar,
        crypto=0.38 / YEAR + 0.034 * _fat_tailed("crypto", sessions),
        ten_year=_mean_reverting(rate_shocks, start=5.6, mean=4.0, pull=0.0009, floor=0.5),
        policy_rate=_policy_rate(regimes),
        fear=_fear(market, volatility),
    )


def _episodes(sessions: int) -> tuple[NDArray[np.int64], Column, Column]:
    """The regime of each session, and the drifts of size and of growth, which are constant within an episode."""
    chance = stream("episodes")
    regimes, size, growth = np.zeros(sessions, np.int64), np.zeros(sessions), np.zeros(sessions)
    regime, start = 0, 0
    while start < sessions:
        length = 8 + int(chance.exponential(REGIMES[regime].sessions - 8))
        leadership = 0.10 * REGIMES[regime].churn / YEAR * chance.standard_normal(2)
        episode = slice(start, start + length)
        regimes[episode], size[episode], growth[episode] = regime, leadership[0], leadership[1]
        start += length
        regime = int(np.searchsorted(np.cumsum(REGIMES[regime].then), chance.random(), side="right"))
    return regimes, size, growth


def _fat_tailed(name: str, sessions: int) -> Column:
    """Shocks of unit variance with the tails of a Student t with 5 degrees of freedom, capped at 5."""
    shocks: Column = stream(name).standard_t(5, sessions) / np.sqrt(5 / 3)
    return np.clip(shocks, -5.0, 5.0)


def _panic(regimes: NDArray[np.int64]) -> Column:
    """The worst days of a crash, and the best."""
    chance, sizes = stream("panic").random(len(regimes)), stream("panic sizes").standard_normal(len(regimes))
    crash = regimes == _CRASH
    fall = np.where(crash & (chance < 0.07), -0.045 + 0.012 * sizes, 0.0)
    return fall + np.where(crash & (chance > 0.94), 0.035 + 0.010 * sizes, 0.0)


def _anchored(returns: Column, trend: float = 0.0, pull: float = 0.0008) -> Column:
    """The returns, adjusted so that the level they add up to is pulled back to a trend (log return a year).

    Otherwise thirty years of chance could take the market anywhere.
    """
    gaps = accumulate((returns - trend / YEAR).tolist(), lambda gap, surprise: (1 - pull) * gap + surprise, initial=0.0)
    return trend / YEAR + np.diff(np.array(list(gaps)))


def _lagged(target: Column, share: float, start: float) -> Column:
    """A level that starts at `start` and follows `target`, closing `share` of the gap each session."""
    levels = accumulate(target.tolist(), lambda held, goal: held + share * (goal - held), initial=start)
    return np.array(list(levels)[1:])


def _mean_reverting(shocks: Column, *, start: float, mean: float, pull: float, floor: float) -> Column:
    """A level pulled back towards `mean` by `pull` of the gap each session, and kept at or above `floor`."""

    def moved(held: float, shock: float) -> float:
        return max(held + pull * (mean - held) + shock, floor)

    return np.array(list(accumulate(shocks.tolist(), moved, initial=start))[1:])


def _policy_rate(regimes: NDArray[np.int64]) -> Column:
    """A short rate in percent, from 0.1 to 5.5, that climbs while markets do well and is cut when they do not."""
    steps = np.array([regime.policy for regime in REGIMES])[regimes] / YEAR
    rates = accumulate(steps.tolist(), lambda held, step: min(max(held + step, 0.1), 5.5), initial=5.0)
    return np.array(list(rates)[1:])


def _fear(market: Column, volatility: Column) -> Column:
    """A volatility index: expected and recent volatility, annualised, raised by a fall on the day."""
    felt = _lagged(1.25 * np.abs(market), 0.07, start=0.008)
    noise = _lagged(stream("fear").standard_normal(len(market)), 0.15, start=0.0)
    expected = 100 * np.sqrt(YEAR) * (0.55 * volatility + 0.45 * felt)
    level: Column = 1.20 * expected * np.exp(0.12 * noise - 3.0 * np.clip(market, -0.12, 0.12))
    return np.minimum(np.hypot(6.5, level), 90.0)  # nobody insures a market for free, so the index flattens out near 9
