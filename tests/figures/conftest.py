"""Small invented markets for the tests of figures: closes by segment, on real-looking weekdays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import settings

from generator.figures.table import FigureTable
from generator.model import Bars, Group, Kind, Market, Segment, Universe

# A shared machine is slow now and then; that is no fault of what is tested.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ALWAYS = date(1980, 1, 1)


def made_segment(key: str, kind: Kind = Kind.INDEX, **fields: object) -> Segment:
    """A segment as the universe would hold it: indices by close, funds and stocks by adjusted close."""
    symbol = key.upper()
    pays = kind in (Kind.FUND, Kind.STOCK)
    made = Segment(
        key=key,
        kind=kind,
        price=None if pays or kind is Kind.BASKET else symbol,
        total=symbol if pays else None,
        names=(key,),
        short=key.replace("_", " ").title(),
        headline=key,
        records_from=ALWAYS,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def weekdays(count: int, start: str = "2024-01-01") -> np.ndarray:
    """So many weekdays, from a Monday that opens a year."""
    return np.busday_offset(np.datetime64(start), np.arange(count))


def floats(values: Sequence[float | None]) -> np.ndarray:
    """A column of these values; None is absent."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


@pytest.fixture
def segment() -> Callable[..., Segment]:
    """Makes a segment: `segment("gold", Kind.COMMODITY, records_from=None)`."""
    return made_segment


@pytest.fixture
def universe() -> Callable[..., Universe]:
    """Makes a universe of segments, or of indices where a key alone is given; `group=members` makes groups."""

    def make(*parts: Segment | str, **groups: tuple[str, ...]) -> Universe:
        segments = [part if isinstance(part, Segment) else made_segment(part) for part in parts]
        sets = {key: Group(key, members, "member", "members") for key, members in groups.items()}
        return Universe({one.key: one for one in segments}, sets, (segments[0].key,))

    return make


@pytest.fixture
def table(universe: Callable[..., Universe]) -> Callable[..., FigureTable]:
    """Makes a table from closes by segment key (indices unless `segments` holds them), one close a weekday."""

    def make(
        closes: Mapping[str, Sequence[float | None]],
        *segments: Segment,
        days: np.ndarray | None = None,
        bars: Mapping[str, Mapping[str, Sequence[float | None]]] | None = None,
        next_session: date | None = None,
        half_days: Sequence[bool] | None = None,
        **groups: tuple[str, ...],
    ) -> FigureTable:
        given = {one.key for one in segments}
        of = universe(*(made_segment(key) for key in closes if key not in given), *segments, **groups)
        count = len(next(iter(closes.values())))
        sessions = weekdays(count) if days is None else days
        histories = {key.upper(): bars_of(key.upper(), sessions, column) for key, column in closes.items()}
        for symbol, columns in (bars or {}).items():
            held = histories.get(symbol, Bars(symbol, sessions))
            histories[symbol] = replace(held, **{name: floats(column) for name, column in columns.items()})
        following = next_session or sessions[-1].astype(object) + timedelta(days=1)
        early = np.array(half_days or [False] * count)
        return FigureTable(Market(sessions, following, early, histories, (), "sample", "invented", True), of)

    return make


def bars_of(symbol: str, sessions: np.ndarray, closes: Sequence[float | None]) -> Bars:
    """Bars whose close and adjusted close are the same."""
    column = floats(closes)
    return Bars(symbol, sessions, close=column, adj_close=column)
