"""A market in; what was held of it by any session out, for the ledger and the article's notes."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.model import Column, Market, Omission

FIELDS = ("close", "adj_close")
Held = tuple[NDArray[np.int64], Column]
"""The rows on which a column holds a value, and the column."""


class Holdings:
    """What a market holds, symbol by symbol; made once for all the sessions of its history."""

    def __init__(self, market: Market) -> None:
        self.market = market

    @cached_property
    def _columns(self) -> dict[str, dict[str, Held]]:
        found: dict[str, dict[str, Held]] = {}
        for symbol in sorted(self.market.histories):
            columns = {field: self.market.histories[symbol].column(field) for field in FIELDS}
            found[symbol] = {
                field: (np.flatnonzero(np.isfinite(column)), column)
                for field, column in columns.items()
                if column is not None
            }
        return found

    def omissions(self, row: int) -> tuple[Omission, ...]:
        """Each symbol without a value on the session of that row, and why.

        For the last session it is what the source had to say; for an earlier one, what its own history tells.
        """
        if row == len(self.market.sessions) - 1:
            return self.market.omissions
        found = []
        for symbol, columns in self._columns.items():
            rows = [held for held, _ in columns.values() if len(held)]
            first = min((int(held[0]) for held in rows), default=row + 1)
            if first > row:
                begins = f"begins on {self.market.sessions[first]}" if rows else "no value"
                found.append(Omission(symbol, begins))
            elif not any(held[np.searchsorted(held, row) % len(held)] == row for held in rows):
                found.append(Omission(symbol, f"no value for {self.market.sessions[row]}"))
        return tuple(found)

    def record(self, row: int) -> dict[str, Any]:
        """The source, and each symbol's first and last session by then, as the ledger keeps them."""
        market = self.market
        symbols = {symbol: self._symbol(symbol, row) for symbol in self._columns}
        return {
            "source": market.source,
            "supplier": market.supplier,
            "simulated": market.simulated,
            "fetched_at": market.fetched_at.isoformat() if market.fetched_at else None,
            "first_session": str(market.sessions[0]),
            "sessions": row + 1,
            "symbols": {symbol: record for symbol, record in symbols.items() if record is not None},
            "omitted": {omission.symbol: omission.reason for omission in self.omissions(row)},
        }

    def _symbol(self, symbol: str, row: int) -> dict[str, Any] | None:
        fields: dict[str, Any] = {}
        for field, (held, column) in self._columns[symbol].items():
            count = int(np.searchsorted(held, row, side="right"))
            if count:
                last = held[count - 1]
                fields[field] = {
                    "sessions": count,
                    "first": str(self.market.sessions[held[0]]),
                    "last": str(self.market.sessions[last]),
                    "last_value": float(column[last]),
                }
        return {"origin": self.market.histories[symbol].origin, **fields} if fields else None
