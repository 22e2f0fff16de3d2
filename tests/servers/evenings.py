"""Invented histories for the loopback Yahoo: an ordinary evening's, on which faults are then played."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from generator.market.sessions import close_time, trading_days
from generator.model import Kind
from tests.servers.yahoo import Listing

NEW_YORK = ZoneInfo("America/New_York")
_DAY = timedelta(days=1)


def sessions(first: date, last: date) -> list[date]:
    """The exchange's own days."""
    return [day.astype(object) for day in trading_days(first, last)]


def every_day(first: date, last: date) -> list[date]:
    """Crypto's own days."""
    return [first + count * _DAY for count in range((last - first).days + 1)]


def wandering(days: Iterable[date], start: float = 100.0, size: float = 0.01, seed: str = "") -> dict[date, float]:
    """Closes that rise and fall by at most `size` a day, on one of the first by three times as much."""
    chance, price, closes = random.Random(seed), start, {}
    for count, day in enumerate(days):
        price *= 1 + (3 * size if count == 2 else chance.uniform(-size, size))
        closes[day] = round(price, 4)
    return closes


def listing(kind: Kind, closes: Mapping[date, float | None], **more: Any) -> Listing:
    """The closes as an instrument of that kind is listed, its quote taken when its last day ended."""
    last = max(closes)
    forms: dict[Kind, dict[str, Any]] = {
        Kind.CRYPTO: {"zone": "UTC", "opens": time(0), "shuts": time(23, 59), "kind": "CRYPTOCURRENCY"},
        Kind.YIELD: {"zone": "America/Chicago", "opens": time(8, 20), "shuts": time(14, 59), "kind": "INDEX"},
        Kind.COMMODITY: {"opens": time(0), "shuts": time(16, 59), "kind": "FUTURE"},
        Kind.CURRENCY: {"opens": time(0), "shuts": time(16, 59), "kind": "INDEX"},
        Kind.INDEX: {"kind": "INDEX"},
    }
    usual: dict[str, Any] = {"shuts": close_time(last).time()} if kind not in forms or kind is Kind.INDEX else {}
    return Listing(closes, **usual, **forms.get(kind, {}), **more)


def edited(whole: Listing, *edits: Callable[[dict[str, Any]], None]) -> Listing:
    """The listing with its chart changed before it is sent."""

    def apply(result: dict[str, Any]) -> None:
        for edit in edits:
            edit(result)

    return replace(whole, edit=apply)


# --- what is done to a chart ----------------------------------------------------------------------


def setting(name: str, value: float | None, row: int = -1) -> Callable[[dict[str, Any]], None]:
    """One column's value in one row; the adjusted close goes with the close."""

    def edit(result: dict[str, Any]) -> None:
        result["indicators"]["quote"][0][name][row] = value
        if name == "close":
            result["indicators"]["adjclose"][0]["adjclose"][row] = value

    return edit


def whole_row(value: float | None, row: int = -1) -> Sequence[Callable[[dict[str, Any]], None]]:
    """The same in every column but volume."""
    return [setting(name, value, row) for name in ("open", "high", "low", "close")]


def without_row(row: int) -> Callable[[dict[str, Any]], None]:
    """A row that is not there."""

    def edit(result: dict[str, Any]) -> None:
        for column in _columns(result):
            del column[row]

    return edit


def row_again(
    row: int = -1, by: float | None = 1.0, later: int = 0, *, first: bool = False
) -> Callable[[dict[str, Any]], None]:
    """A row twice, the second `later` seconds after the first; the prices of it (or of the `first`) multiplied `by`.

    None in place of a factor empties the row.
    """

    def edit(result: dict[str, Any]) -> None:
        at = len(result["timestamp"]) + row + 1 if row < 0 else row + 1
        for column in _columns(result):
            column.insert(at, column[at - 1])
        result["timestamp"][at] += later
        for column in _columns(result)[1:5] if by is not None else _columns(result)[1:]:
            column[at - first] = None if by is None else column[at - first] * by

    return edit


def scaled(by: float, until: int) -> Callable[[dict[str, Any]], None]:
    """All prices before the row `until` multiplied: a split that has not been worked in."""

    def edit(result: dict[str, Any]) -> None:
        for column in _columns(result)[1:5] + _columns(result)[6:]:
            column[:until] = [None if value is None else value * by for value in column[:until]]

    return edit


def rescaled(
    by: float, rows: slice, names: Sequence[str] = ("open", "high", "low", "close", "adjclose")
) -> Callable[[dict[str, Any]], None]:
    """Some columns of some rows multiplied."""

    def edit(result: dict[str, Any]) -> None:
        quote = {**result["indicators"]["quote"][0], **result["indicators"]["adjclose"][0]}
        for name in names:
            quote[name][rows] = [None if value is None else value * by for value in quote[name][rows]]

    return edit


def meta(**values: Any) -> Callable[[dict[str, Any]], None]:
    """Something else in the chart's description of itself; None takes it out."""

    def edit(result: dict[str, Any]) -> None:
        for key, value in values.items():
            result["meta"].pop(key) if value is None else result["meta"].update({key: value})

    return edit


def quoted(day: date, at: time, price: float) -> tuple[float, datetime]:
    """A quote at a time of day in New York."""
    return price, datetime.combine(day, at, NEW_YORK)


def _columns(result: dict[str, Any]) -> list[list[Any]]:
    quote = result["indicators"]["quote"][0]
    prices = [quote[name] for name in ("open", "high", "low", "close")]
    return [result["timestamp"], *prices, quote["volume"], result["indicators"]["adjclose"][0]["adjclose"]]
