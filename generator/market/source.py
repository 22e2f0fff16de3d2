"""Symbols in, daily bars out: what every supplier of prices has to offer.

The three that ship are `csv_source` (files), `sample_source` (a simulated market) and `yahoo_source`
(Yahoo Finance); `registry` chooses among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from generator.model import Bars, Observations

PRICE_COLUMNS = ("open", "high", "low", "close", "adj_close")


@dataclass(frozen=True, slots=True)
class SourceReply:
    """What a source could give. Each symbol asked for stands in exactly one of the three mappings."""

    bars: Mapping[str, Bars]
    """History by symbol: days ascending and distinct, none after the last one asked for, absent values NaN."""
    omissions: Mapping[str, str] = field(default_factory=dict)
    """Symbols the source could not give, with the reason in words."""
    begins: Mapping[str, date] = field(default_factory=dict)
    """Symbols whose history begins only after the last day asked for, with the day it begins."""
    fetched_at: datetime | None = None
    """When the prices were asked for, where that matters: not for files, nor for the simulated market."""


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

    def history(self, symbols: Sequence[str], through: date) -> SourceReply:
        """All daily history of `symbols` up to and including `through`.

        One symbol's failure is an omission. `DataError` is for what a person has to put right first:
        a missing folder, a file with a fault in it.
        """
        ...

    def observations(self, series: Sequence[str], through: date) -> Mapping[str, Observations]:
        """The economic series that it holds, each up to and including the day `through`; the others are left out.

        None of them is needed for an edition. `DataError` is for a file with a fault in it.
        """
        ...
