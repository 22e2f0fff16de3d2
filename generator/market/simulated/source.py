"""Thirty years of a simulated market for the whole universe: no file, no network, well under a second.

The market's course (`courses`) is the same for every symbol; each responds to it through its own loadings
(`instruments`) and adds a little noise of its own. Everything is made forward from January 1996, each session from
the ones before it, so that asking for a later day leaves every earlier price unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from generator.market.sessions import next_session, trading_days
from generator.market.simulated.courses import YEAR, SimulatedCourse, simulate, stream
from generator.market.simulated.instruments import EPOCH, Instrument, instrument_of
from generator.market.source import Finding, Held, SourceReply, Status
from generator.model import Bars, Column, Days, Kind, Observations, Universe

_DECIMALS = {Kind.YIELD: 3, Kind.CURRENCY: 3, Kind.STOCK: 4}
_TYPICAL_DAY = 0.009  # the market volatility at which an instrument's own noise is as listed


@dataclass(frozen=True, slots=True)
class SampleSource:
    """A market that never was, for demonstrations and tests; every page made from it says so."""

    universe: Universe
    key: str = "sample"
    supplier: str = "a simulated market"
    simulated: bool = True

    def history(self, symbols: Sequence[str], through: date, held: Mapping[str, Held] | None = None) -> SourceReply:
        """Bars of each symbol up to `through`. A day's bar is always the same, whatever else is asked for."""
        days = trading_days(EPOCH, through)
        course = simulate(len(days))
        kinds, indices, totals = self.universe.kinds(), _followed(self.universe), _totals(self.universe)

        def made(symbol: str) -> _History:
            return _History(symbol, kinds[symbol], instrument_of(symbol, kinds[symbol]), days, course)

        bars: dict[str, Bars] = {}
        findings: dict[str, Finding] = {}
        begins: dict[str, date] = {}
        for symbol in symbols:
            if symbol not in kinds:
                unknown = "the simulated market is made of the universe's symbols only"
                findings[symbol] = Finding(symbol, Status.MISSING, unknown)
                continue
            history = made(symbol)
            if history.instrument.inception > through:
                begins[symbol] = _first_session(history.instrument)
                continue
            index = indices.get(symbol)
            columns = history.following(made(index)) if index else history.columns()
            bars[symbol] = history.bars(columns, symbol in totals)
            findings[symbol] = Finding(symbol)
        return SourceReply(bars, findings, begins)

    def observations(self, series: Sequence[str], through: date) -> Mapping[str, Observations]:
        """Always empty: the simulated market has no economy behind it."""
        return {}

    def pinned(self, symbols: Sequence[str], series: Sequence[str]) -> None:
        """None: the simulated market is made anew each time."""


@dataclass(frozen=True, slots=True)
class _History:
    """One symbol in the making."""

    symbol: str
    kind: Kind
    instrument: Instrument
    days: Days
    course: SimulatedCourse

    def columns(self) -> dict[str, Column]:
        """Unrounded prices from the first session of the course, even before the symbol's own first day."""
        if self.kind is Kind.YIELD:
            return {"close": self._yield_level()}
        close = self._fear() if self.kind is Kind.VOLATILITY else self._price()
        return self._within_the_day(close)

    def following(self, index: _History) -> dict[str, Column]:
        """The prices of a fund on an index: a share of the index, give or take a fiftieth of a percent."""
        error = np.exp(0.0002 * stream(self.symbol).standard_normal(len(self.days)))
        return {name: column * self.instrument.share * error for name, column in index.columns().items()}

    def bars(self, columns: dict[str, Column], with_total: bool) -> Bars:
        """The columns from the symbol's first session on, rounded as quoted, with an adjusted close if `with_total`."""
        first = int(np.searchsorted(self.days, np.datetime64(self.instrument.inception, "D")))
        decimals = _DECIMALS.get(self.kind, 2)
        rounded = {name: np.round(column[first:], decimals) for name, column in columns.items()}
        if with_total:
            rounded["adj_close"] = np.round((columns["close"] * self._reinvested())[first:], 4)
        return Bars(self.symbol, self.days[first:], **rounded, origin="simulated")

    def _noise(self) -> Column:
        return stream(self.symbol).standard_normal(len(self.days))

    def _price(self) -> Column:
        """The path from the symbol's starting price that its loadings and its own noise produce."""
        course, its = self.course, self.instrument
        steps = np.diff(course.ten_year, prepend=course.ten_year[:1])
        returns = (
            its.market * course.market
            + its.size * course.size
            + its.growth * course.growth
            + its.rates * steps
            + its.commodities * course.commodities
            + its.dollar * course.dollar
            + its.crypto * course.crypto
            + its.own * np.sqrt(course.volatility / _TYPICAL_DAY) * self._noise()
            + its.drift / YEAR
        )
        path = np.cumsum(returns)
        first = int(np.searchsorted(self.days, np.datetime64(its.inception, "D")))
        level: Column = its.start * np.exp(path - path[first])
        return level

    def _yield_level(self) -> Column:
        """A point on the curve between the policy rate and the ten-year yield, in percent."""
        course, its = self.course, self.instrument
        level = course.policy_rate + its.curve * (course.ten_year - course.policy_rate) + its.own * self._noise()
        return np.maximum(level, 0.01)

    def _fear(self) -> Column:
        level: Column = self.course.fear * np.exp(self.instrument.own * self._noise())
        return level

    def _within_the_day(self, close: Column) -> dict[str, Column]:
        """Open, high and low around each close: part of the move overnight, the rest within the range."""
        before = np.concatenate([close[:1], close[:-1]])
        spread = self.course.volatility * _restlessness(self.kind, self.instrument)
        chance = stream(f"{self.symbol} within the day").standard_normal((len(close), 3)).T
        opened = before * np.exp(0.35 * np.log(close / before) + 0.30 * spread * chance[0])
        high = np.maximum(opened, close) * np.exp(0.35 * spread * np.abs(chance[1]))
        low = np.minimum(opened, close) * np.exp(-0.35 * spread * np.abs(chance[2]))
        return {"open": opened, "high": high, "low": low, "close": close}

    def _reinvested(self) -> Column:
        """The factor from close to adjusted close, with dividends reinvested quarterly.

        A supplier sets today's factor to one and rescales the past with every dividend. Here the past must not change,
        so the factor reaches one at the end of 2026 and exceeds it afterwards; returns are the same either way.
        """
        months = self.days.astype("datetime64[M]").astype(np.int64)
        late = (self.days - self.days.astype("datetime64[M]")).astype(np.int64) >= 17
        due = late & (months % 3 == 2)
        paid = np.cumsum(due & ~np.concatenate([[False], due[:-1]]))
        quarters = paid - 4 * (2027 - EPOCH.year)
        factor: Column = (1 + self.instrument.payout / 4) ** quarters
        return factor


def _restlessness(kind: Kind, its: Instrument) -> float:
    """How far a symbol ranges within the day, as a multiple of the market's volatility."""
    if kind is Kind.VOLATILITY:
        return 6.0
    return max(float(np.hypot(abs(its.market) + abs(its.crypto), its.own / _TYPICAL_DAY)), 0.4)


def _followed(universe: Universe) -> dict[str, str]:
    """The index that each fund follows, for segments that have both."""
    both = ((segment.total, segment.price) for segment in universe.segments.values())
    return {total: price for total, price in both if total and price and total != price}


def _totals(universe: Universe) -> frozenset[str]:
    return frozenset(segment.total for segment in universe.segments.values() if segment.total)


def _first_session(instrument: Instrument) -> date:
    """The day of its inception, or the next session if that day was not one."""
    before = date.fromordinal(instrument.inception.toordinal() - 1)
    return next_session(before)
