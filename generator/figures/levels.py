"""The day's levels: close, high, low, and the range between high and low."""

from __future__ import annotations

from collections.abc import Iterable

from generator.figures.basis import own_series
from generator.figures.measure import Columns, Recipe, equity
from generator.figures.windows import quotient, shifted
from generator.model import Column, Kind, Segment, Unit


def closing(columns: Columns, segment: Segment) -> Column:
    """The close itself."""
    return columns.closes(segment)


def extreme(columns: Columns, segment: Segment, field: str) -> Column:
    """The day's `high` or `low` on the segment's own basis: adjusted for dividends if its closes are."""
    series = own_series(segment)
    symbol = series.symbol if series else ""
    raw = columns.price(symbol, field)
    if series is None or series.field == "close":
        return raw
    return raw * quotient(columns.closes(segment), columns.price(symbol, "close"))


def _against_yesterday(columns: Columns, segment: Segment, field: str) -> Column:
    return quotient(extreme(columns, segment, field), shifted(columns.closes(segment))) - 1.0


def _range(columns: Columns, segment: Segment) -> Column:
    reach = extreme(columns, segment, "high") - extreme(columns, segment, "low")
    return quotient(reach, shifted(columns.closes(segment)))


def _adjusted(segment: Segment, row: int) -> tuple[int, ...]:
    series = own_series(segment)
    return () if series is None or series.field == "close" else (row,)


def _today_adjusted(columns: Columns, segment: Segment, row: int) -> Iterable[int]:
    return _adjusted(segment, row)


def _yesterday(columns: Columns, segment: Segment, row: int) -> Iterable[int]:
    return (row - 1, *_adjusted(segment, row))


def _has_level(segment: Segment) -> bool:
    return segment.kind is not Kind.BASKET


RECIPES = (
    Recipe("level", Unit.LEVEL, "{close}", "{close}", closing, fits=_has_level),
    Recipe(
        "high_1d",
        Unit.LEVEL,
        "high of the session",
        "highest price of the session",
        lambda columns, segment: extreme(columns, segment, "high"),
        _today_adjusted,
        fits=equity,
        fields=("high",),
    ),
    Recipe(
        "low_1d",
        Unit.LEVEL,
        "low of the session",
        "lowest price of the session",
        lambda columns, segment: extreme(columns, segment, "low"),
        _today_adjusted,
        fields=("low",),
    ),
    Recipe(
        "high_return_1d",
        Unit.PERCENT,
        "{basis} from the close before to the session's high",
        "high of the session divided by the {close} one session earlier, less one",
        lambda columns, segment: _against_yesterday(columns, segment, "high"),
        _yesterday,
        signed=True,
        fields=("high",),
    ),
    Recipe(
        "low_return_1d",
        Unit.PERCENT,
        "{basis} from the close before to the session's low",
        "low of the session divided by the {close} one session earlier, less one",
        lambda columns, segment: _against_yesterday(columns, segment, "low"),
        _yesterday,
        signed=True,
        fields=("low",),
    ),
    Recipe(
        "range_1d",
        Unit.PERCENT,
        "range of the session, high to low",
        "high less low of the session, divided by the {close} one session earlier",
        _range,
        _yesterday,
        fields=("high", "low"),
    ),
)
