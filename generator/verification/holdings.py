"""Checks what a ledger says about the prices held against the raw prices."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from generator.model import Market
from generator.verification.figures.answers import Answers
from generator.verification.figures.columns import SqlColumns

WHERE = "edition.json"
Record = Mapping[str, Any]


class HoldingsReader:
    """Checks the part of a ledger that describes its prices."""

    def __init__(self, columns: SqlColumns, market: Market) -> None:
        self.columns, self.market = columns, market
        self._held: dict[tuple[str, str], list[int]] = {}

    def check(self, answers: Answers, record: Record, row: int) -> None:
        """Check source, supplier and sessions, and what is held of each symbol."""
        market, days = self.market, self.columns.prices.days
        fetched = market.fetched_at.isoformat() if market.fetched_at else None
        right = {"source": market.source, "supplier": market.supplier, "simulated": market.simulated,
                 "fetched_at": fetched, "first_session": days[0].isoformat(), "sessions": row + 1,
                 "series": {key: market.observations[key].origin for key in sorted(market.observations)}}  # fmt: skip
        for key, value in right.items():
            answers.check(record[key] == value, "market", WHERE, f"{key}: {record[key]}", f"it is {value}")
        symbols = {symbol: held for symbol in sorted(market.histories) if (held := self._symbol(symbol, row))}
        for symbol in {**symbols, **record["symbols"]}:
            said, held = record["symbols"].get(symbol), symbols.get(symbol)
            answers.check(said == held, "holdings", WHERE, f"{symbol}: {said}", f"the prices held are {held}")
        self._omitted(answers, record["omitted"], row)

    def _symbol(self, symbol: str, row: int) -> dict[str, object] | None:
        fields: dict[str, object] = {}
        for field in ("close", "adj_close"):
            rows = self._rows(symbol, field)
            count = bisect_right(rows, row)
            if count:
                days, last = self.columns.prices.days, rows[count - 1]
                value = self.columns.prices.values(symbol, field)[last]
                fields[field] = {"sessions": count, "first": days[rows[0]].isoformat(), "last": days[last].isoformat(),
                                 "last_value": value}  # fmt: skip
        return {"origin": self.market.histories[symbol].origin, **fields} if fields else None

    def _rows(self, symbol: str, field: str) -> list[int]:
        if (symbol, field) not in self._held:
            values = self.columns.prices.values(symbol, field)
            self._held[symbol, field] = [row for row, value in enumerate(values) if value is not None]
        return self._held[symbol, field]

    def begins_later(self, symbol: str, row: int) -> bool:
        """Whether a symbol's history begins only after the session, by its prices; without any, by its source."""
        firsts = [rows[0] for field in ("close", "adj_close") if (rows := self._rows(symbol, field))]
        if firsts:
            return min(firsts) > row
        return any(one.symbol == symbol and one.begins for one in self.market.omissions)

    def _omitted(self, answers: Answers, said: Mapping[str, str], row: int) -> None:
        """Check the symbols without a price on the session; for the last session, also the source's reasons."""
        if row == len(self.columns.prices.days) - 1:
            reasons = {omission.symbol: omission.reason for omission in self.market.omissions}
            answers.check(said == reasons, "omissions", WHERE, said, f"the prices lack {reasons}")
            return
        for symbol in self.columns.universe.symbols():
            if not self._fields(symbol):  # the future behind a release, which is not a segment
                continue
            lacking = [self.columns.prices.values(symbol, field)[row] is None for field in self._fields(symbol)]
            right = any(lacking) if symbol in said else not all(lacking)
            answers.check(right, "omissions", WHERE, f"{symbol}: {said.get(symbol)}", "the prices say otherwise")

    def _fields(self, symbol: str) -> list[str]:
        """The columns of a symbol that segments use."""
        segments = self.columns.universe.segments.values()
        used = {
            "close": any(one.price == symbol for one in segments),
            "adj_close": any(one.total == symbol for one in segments),
        }
        return [field for field, needed in used.items() if needed]
