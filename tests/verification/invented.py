"""A universe of a few parts and prices made by hand, for sums that can be done on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from generator.model import Bars, Group, Kind, Market, Segment, Universe
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.prices import PriceTable


def _segment(key: str, kind: Kind, price: str | None = None, total: str | None = None, **other: object) -> Segment:
    return Segment(key, kind, price, total, (key,), key.capitalize(), key, **other)  # type: ignore[arg-type]


SEGMENTS = {
    one.key: one
    for one in (
        _segment("small", Kind.INDEX, "S", "ST", records_from=date(2024, 1, 1)),
        _segment("large", Kind.INDEX, "L", "LT"),
        _segment("fund", Kind.FUND, "F", "F"),
        _segment("note", Kind.YIELD, "N"),
        _segment("bill", Kind.YIELD, "B"),
        _segment("nerves", Kind.VOLATILITY, "V"),
        _segment("pair", Kind.BASKET, members=("fund", "other")),
        _segment("other", Kind.FUND, None, "O"),
    )
}
UNIVERSE = Universe(SEGMENTS, {"both": Group("both", ("small", "large"), "index", "indices")}, ("small", "large"))


def columns(closes: Mapping[str, Sequence[float]], first: str = "2024-01-01") -> SqlColumns:
    """The second reader's columns over closes by symbol (`ST` and its like are adjusted closes), on weekdays."""
    length = max(map(len, closes.values()))
    days = np.busday_offset(first, np.arange(length), roll="forward").astype("datetime64[D]")
    bars = {}
    for symbol, values in closes.items():
        column = np.full(length, np.nan)
        column[: len(values)] = values
        adjusted = symbol in ("ST", "LT", "F", "O")
        prices = {"adj_close": column} if adjusted else {"close": column}
        bars[symbol] = Bars(symbol, days, **prices)
    following = np.busday_offset(days[-1], 1).astype(object)
    market = Market(days, following, np.zeros(length, dtype=bool), bars, (), "csv", "nobody")
    return SqlColumns(PriceTable(market), UNIVERSE, ())


def printed(made: SqlColumns, name: str) -> list[float]:
    """The figure as a reader sees it, NaN where it is absent."""
    computed = made.column(name)
    assert computed is not None
    return list(computed.printed)
