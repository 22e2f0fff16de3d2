"""What every supplier of prices has to offer.

Three sources ship: `files.source` (files), `simulated.source` (a simulated market) and `yahoo.source` (Yahoo Finance);
`registry` chooses among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from generator.model import Bars, Observations

PRICE_COLUMNS = ("open", "high", "low", "close", "adj_close")


class Status(StrEnum):
    """How one symbol fared, for the last session asked for and the days that were fetched."""

    OK = "ok"
    STALE = "stale"
    """Nothing yet for the last session; everything before it is good."""
    INCOMPLETE = "incomplete"
    """Something for the last session, but no settled close; everything before it is good."""
    GAP = "gap"
    """A session within the days fetched is missing."""
    SUSPECT = "suspect"
    """A value that contradicts the quote, or a move without an explanation."""
    MISSING = "missing"
    """The supplier does not know the symbol, or has no prices for it."""
    RATE_LIMITED = "rate_limited"
    """The supplier asks for a pause."""
    NETWORK = "network"
    """The supplier could not be reached, or broke down while answering."""
    BAD_DATA = "bad_data"
    """An answer that cannot be right: not in the form expected, a day twice, an impossible price."""


_WAITING_HELPS = frozenset({Status.STALE, Status.INCOMPLETE, Status.RATE_LIMITED, Status.NETWORK})


@dataclass(frozen=True, slots=True)
class Finding:
    """What a source reports about one symbol."""

    symbol: str
    status: Status = Status.OK
    reason: str = ""
    """Why it is not ok, in words."""

    @property
    def waiting_helps(self) -> bool:
        """Whether asking again later may bring a better answer."""
        return self.status in _WAITING_HELPS


@dataclass(frozen=True, slots=True)
class Action:
    """A split or dividend, which rescales the history before it."""

    day: date
    """The first session at the new scale."""
    kind: str
    """`split` or `dividend`."""
    amount: float
    """A split's ratio (2.0: two shares for one), or a dividend in dollars a share."""


@dataclass(frozen=True, slots=True)
class SourceReply:
    """What a source could supply for each symbol asked for."""

    bars: Mapping[str, Bars]
    """History by symbol: days ascending and distinct, none after the last one asked for, absent values NaN.

    Only for symbols that are ok, stale or incomplete; the latter two lack the last session.
    """
    findings: Mapping[str, Finding] = field(default_factory=dict)
    """One for each symbol asked for, except those in `begins`."""
    begins: Mapping[str, date] = field(default_factory=dict)
    """Symbols whose history begins only after the last day asked for, with the day it begins."""
    fetched_at: datetime | None = None
    """When the prices were asked for; None where it does not matter, for files and the simulated market."""
    provisional: Mapping[str, Bars] = field(default_factory=dict)
    """Unsettled bars from after the last session asked for: nothing may be computed from them."""
    withheld: Mapping[str, Bars] = field(default_factory=dict)
    """Bars of symbols with a gap: right as far as they go, in case the store holds the session they lack."""
    actions: Mapping[str, tuple[Action, ...]] = field(default_factory=dict)
    """Splits and dividends on the days fetched, by symbol, oldest first."""
    notices: tuple[str, ...] = ()
    """Anything else the user should know about the prices."""

    @property
    def omissions(self) -> Mapping[str, str]:
        """The symbols that are not ok, with the reason in words."""
        return {symbol: found.reason for symbol, found in self.findings.items() if found.status is not Status.OK}


@dataclass(frozen=True, slots=True)
class Held:
    """What is already known of a symbol, so that only new days need to be fetched."""

    since: date
    """The first day to fetch again."""
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
        """All daily history of `symbols` up to and including `through`; for those `held`, only from their `since` on.

        One symbol's failure is a finding. `DataError` is for faults that a person has to put right first, such as a
        missing folder. A source that reads everything anyway may return everything.
        """
        ...

    def observations(self, series: Sequence[str], through: date) -> Mapping[str, Observations]:
        """The economic series that the source holds, each up to and including `through`; others are left out.

        An edition needs none of them. Raises `DataError` for a faulty file.
        """
        ...

    def pinned(self, symbols: Sequence[str], series: Sequence[str]) -> Pinned | None:
        """The source as it would answer of these now, and all that it would answer from, so that what is made of its
        answers can be kept; None for a source that cannot tell, or whose answers are made as soon as compared.
        """
        ...


class Pinned(NamedTuple):
    """A source that goes on answering from what its files held at one moment."""

    source: PriceSource
    place: str
    """Where the files are."""
    of: list[bytes]
    """All that its answers are made from, beside the session and the calendar."""
