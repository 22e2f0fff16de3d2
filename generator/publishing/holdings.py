"""Which prices were held by any session, for the ledger and the article's notes."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.model import Column, Flags, Market, Omission

FIELDS = ("close", "adj_close")
RowNumbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class HeldSymbol:
    """One price column of one symbol, and the rows on which it holds a value."""

    field: str
    rows: array[int]
    counts: array[int]
    """For each row, how many rows up to it hold a value."""
    first: str
    """The first session with a value, as an ISO date."""
    column: Column

    @classmethod
    def of(cls, field: str, column: Column, days: Sequence[str]) -> HeldSymbol:
        """The column, with the rows that hold a value."""
        there = np.isfinite(column)
        rows, counts = np.flatnonzero(there), np.cumsum(there)
        return cls(field, _numbers(rows), _numbers(counts), days[rows[0]] if len(rows) else "", column)


class Holdings:
    """Which prices a market holds, symbol by symbol; made once for all the sessions of its history."""

    def __init__(self, market: Market) -> None:
        self.market = market

    @cached_property
    def _columns(self) -> dict[str, tuple[HeldSymbol, ...]]:
        found: dict[str, tuple[HeldSymbol, ...]] = {}
        for symbol in sorted(self.market.histories):
            columns = {field: self.market.histories[symbol].column(field) for field in FIELDS}
            found[symbol] = tuple(
                [HeldSymbol.of(field, column, self._days) for field, column in columns.items() if column is not None]
            )
        return found

    @cached_property
    def _there(self) -> Flags:
        """Whether each symbol (columns) has any value on each session (rows)."""
        there = np.zeros((len(self.market.sessions), len(self._columns)), dtype=np.bool_)
        for number, columns in enumerate(self._columns.values()):
            for held in columns:
                there[:, number] |= np.isfinite(held.column)
        return there

    @cached_property
    def _days(self) -> list[str]:
        """The sessions as ISO dates."""
        days: list[str] = self.market.sessions.astype("datetime64[D]").astype(str).tolist()
        return days

    def omissions(self, row: int) -> tuple[Omission, ...]:
        """Each symbol without a value on the session of that row, and why.

        For the last session the reasons come from the source; for earlier ones, from the symbol's own history.
        """
        if row == len(self.market.sessions) - 1:
            return self.market.omissions
        # A symbol with no prices at all has no history to go by, so the source's reason applies on every session.
        never = [omission for omission in self.market.omissions if omission.symbol not in self.market.histories]
        symbols = list(self._columns)
        return (
            *never,
            *(self._missing(symbols[number], row) for number in np.flatnonzero(~self._there[row]).tolist()),
        )

    def _missing(self, symbol: str, row: int) -> Omission:
        firsts = [held.rows[0] for held in self._columns[symbol] if held.rows]
        if not firsts:
            return Omission(symbol, "no value")
        if min(firsts) > row:
            return Omission(symbol, begins=date.fromisoformat(self._days[min(firsts)]))
        return Omission(symbol, f"no value for {self._days[row]}")

    def record(self, row: int) -> dict[str, Any]:
        """The source, and each symbol's first and last session up to that row, as the ledger keeps them."""
        market = self.market
        symbols = {symbol: self._symbol(symbol, row) for symbol in self._columns}
        return {
            "source": market.source,
            "supplier": market.supplier,
            "simulated": market.simulated,
            "fetched_at": market.fetched_at.isoformat() if market.fetched_at else None,
            "first_session": self._days[0],
            "sessions": row + 1,
            "symbols": {symbol: record for symbol, record in symbols.items() if record is not None},
            "series": {series: self.market.observations[series].origin for series in sorted(self.market.observations)},
            "omitted": {omission.symbol: omission.reason for omission in self.omissions(row)},
        }

    def _symbol(self, symbol: str, row: int) -> dict[str, Any] | None:
        record: dict[str, Any] = {"origin": self.market.histories[symbol].origin}
        for held in self._columns[symbol]:
            count = held.counts[row]
            if count:
                last = held.rows[count - 1]
                record[held.field] = {
                    "sessions": count,
                    "first": held.first,
                    "last": self._days[last],
                    "last_value": held.column.item(last),
                }
        return record if len(record) > 1 else None


def _numbers(values: RowNumbers) -> array[int]:
    return array("i", values.astype(np.intc).tobytes())
