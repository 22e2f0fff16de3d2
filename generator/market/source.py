"""Symbols in, daily bars out: what every supplier of prices has to offer.

The three that ship are `csv_source` (files), `sample_source` (a simulated market) and `yahoo_source`
(Yahoo Finance); `registry` chooses among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from generator.model import Bars, Observations

PRICE_COLUMNS = ("open", "high", "low", "close", "adj_close")


class Status(StrEnum):
    """How one symbol fared, as of the last session asked for and in the days that were fetched."""

    OK = "ok"
    STALE = "stale"
    """Nothing yet for the last session; what lies before it is good."""
    INCOMPLETE = "incomplete"
    """Something for the last session, but no settled close; what lies before it is good."""
    GAP = "gap"
    """A session within the days fetched is not there."""
    SUSPECT = "suspect"
    """A value that contradicts the quote, or a move that nothing explains."""
    MISSING = "missing"
    """The supplier does not know the symbol, or holds nothing of it."""
    RATE_LIMITED = "rate_limited"
    """The supplier asks for a pause."""
    NETWORK = "network"
    """The supplier could not be reached, or broke down while answering."""
    BAD_DATA = "bad_data"
    """An answer that cannot be right: not in the form expected, a day twice, an impossible price."""


_WAITING_HELPS = frozenset({Status.STALE, Status.INCOMPLETE, Status.RATE_LIMITED, Status.NETWORK})


@dataclass(frozen=True, slots=True)
class Finding:
    """What a source has to say of one symbol."""

    symbol: str
    status: Status = Status.OK
    reason: str = ""
    """Why it is not ok, in words."""

    @property
    def waiting_helps(self) -> bool:
        """Whether the same question may be answered better later on."""
        return self.status in _WAITING_HELPS


@dataclass(frozen=True, slots=True)
class Action:
    """What a company or fund did that rescales the history before it."""

    day: date
    """The first session at the new scale."""
    kind: str
    """`split` or `dividend`."""
    amount: float
    """A split's ratio (2.0: two shares for one), or a dividend in dollars a share."""


@dataclass(frozen=True, slots=True)
class SourceReply:
    """What a source could give of each symbol asked for."""

    bars: Mapping[str, Bars]
    """History by symbol: days ascending and distinct, none after the last one asked for, absent values NaN.

    Only of symbols that are ok, stale or incomplete; the last session of the latter two is absent.
    """
    findings: Mapping[str, Finding] = field(default_factory=dict)
    """One for each symbol asked for, but for those in `begins`."""
    begins: Mapping[str, date] = field(default_factory=dict)
    """Symbols whose history begins only after the last day asked for, with the day it begins."""
    fetched_at: datetime | None = None
    """When the prices were asked for, where that matters: not for files, nor for the simulated market."""
    provisional: Mapping[str, Bars] = field(default_factory=dict)
    """Bars after the last session asked for, not settled: nothing may be computed from them."""
    withheld: Mapping[str, Bars] = field(default_factory=dict)
    """Bars of symbols with a gap: right as far as they go, for a store that may hold the session they lack."""
    actions: Mapping[str, tuple[Action, ...]] = field(default_factory=dict)
    """Splits and dividends by symbol, oldest first, on the days fetched."""
    notices: tuple[str, ...] = ()
    """What the user should be told of the prices besides."""

    @property
    def omissions(self) -> Mapping[str, str]:
        """The symbols that are not ok, with the reason in words."""
        return {symbol: found.reason for symbol, found in self.findings.items() if found.status is not Status.OK}


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of a symbol already, so that only what is new need be fetched."""

    since: date
    """The first day that is needed again."""
    largest_move: float
    """The largest one-day move of its closes so far, as `moves.largest_move` gives it."""


class PriceSource(Protocol):
    """A supplier of daily prices."""

    @property
    def key(self) -> str:
        """The name it is chosen by: `yahoo`, `csv` or `sample`."""
        ...

    @property
    def supplier(self) -> str:
        """Who supplies the prices, as the disclosure names it."""
        ...

    @property
    def simulated(self) -> bool:
        """Whether the prices are invented, so that every page has to say so."""
        ...

    def history(self, symbols: Sequence[str], through: date, held: Mapping[str, Held] | None = None) -> SourceReply:
        """All daily history of `symbols` up to and including `through`; of those `held`, from the day needed on.

        One symbol's failure is a finding. `DataError` is for what a person has to put right first: a missing
        folder, a file with a fault in it. A source that reads everything anyway may give everything.
        """
        ...

    def observations(self, series: Sequence[str], through: date) -> Mapping[str, Observations]:
        """The economic series that it holds, each up to and including the day `through`; the others are left out.

        None of them is needed for an edition. `DataError` is for a file with a fault in it.
        """
        ...
