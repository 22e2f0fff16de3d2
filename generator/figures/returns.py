"""Price and total returns over every horizon; for yields and volatility indices, changes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np

from generator.figures.basis import own_series, total_series
from generator.figures.horizons import HORIZONS, Horizon
from generator.figures.measure import Columns, Recipe, of_kind
from generator.figures.windows import at, quotient
from generator.model import Column, Kind, Segment, Unit


def return_over(columns: Columns, closes: Column, horizon: Horizon) -> Column:
    """Close at the horizon's end over close at its start, less one: a fraction."""
    end, start = columns.span(horizon)
    return quotient(at(closes, end), at(closes, start)) - 1.0


def change_over(columns: Columns, closes: Column, horizon: Horizon) -> Column:
    """Close at the horizon's end less close at its start, in the unit of the closes."""
    end, start = columns.span(horizon)
    return at(closes, end) - at(closes, start)


def ends(columns: Columns, segment: Segment, row: int, *, horizon: Horizon) -> Iterable[int]:
    """The two sessions whose closes make a return."""
    end, start = columns.span(horizon)
    return start.item(row), end.item(row)


def _of_a_day(columns: Columns, symbol: str | None, horizon: Horizon, moved: Column) -> Column:
    """A one-session move, absent if the symbol's two closes are not one day of its own market apart."""
    apart = columns.market.not_a_day.get(symbol or "")
    if horizon.sessions != 1 or apart is None:
        return moved
    return np.where(np.isin(columns.market.sessions, apart), np.nan, moved)


def _own_return(columns: Columns, segment: Segment, *, horizon: Horizon) -> Column:
    return _of_a_day(columns, segment.price, horizon, return_over(columns, columns.closes(segment), horizon))


def _total_return(columns: Columns, segment: Segment, *, horizon: Horizon) -> Column:
    series = total_series(segment)
    if series == own_series(segment):
        return columns.values(f"{segment.key}_return_{horizon.key}")
    moved = return_over(columns, columns.price(segment.total or "", "adj_close"), horizon)
    return _of_a_day(columns, segment.total, horizon, moved)


def _basis_points(columns: Columns, segment: Segment, *, horizon: Horizon) -> Column:
    return _of_a_day(columns, segment.price, horizon, change_over(columns, columns.closes(segment), horizon) * 100.0)


def _points(columns: Columns, segment: Segment, *, horizon: Horizon) -> Column:
    return change_over(columns, columns.closes(segment), horizon)


def _recipes(horizon: Horizon) -> Iterable[Recipe]:
    key, words = horizon.key, horizon.words
    share = horizon.between("{close}", "divided by") + ", less one"
    difference = horizon.between("close", "less")
    rows = partial(ends, horizon=horizon)
    yield Recipe(
        f"return_{key}",
        Unit.PERCENT,
        f"{{basis}} {words}",
        share,
        partial(_own_return, horizon=horizon),
        rows,
        signed=True,
    )
    yield Recipe(
        f"total_return_{key}",
        Unit.PERCENT,
        f"{{basis}} {words}",
        share,
        partial(_total_return, horizon=horizon),
        rows,
        signed=True,
        series=total_series,
    )
    yield Recipe(
        f"change_{key}",
        Unit.BASIS_POINTS,
        f"change in yield {words}",
        f"{difference}, in basis points",
        partial(_basis_points, horizon=horizon),
        rows,
        signed=True,
        fits=of_kind(Kind.YIELD),
    )
    yield Recipe(
        f"change_{key}",
        Unit.VOLATILITY,
        f"change in points {words}",
        difference,
        partial(_points, horizon=horizon),
        rows,
        signed=True,
        fits=of_kind(Kind.VOLATILITY),
    )


def _volatility_return(horizon: Horizon) -> Recipe:
    """A volatility index moves in points; its one-day move is also quoted in percent."""
    return Recipe(
        f"return_{horizon.key}",
        Unit.PERCENT,
        f"change in percent {horizon.words}",
        horizon.between("close", "divided by") + ", less one",
        partial(_own_return, horizon=horizon),
        partial(ends, horizon=horizon),
        signed=True,
        fits=of_kind(Kind.VOLATILITY),
    )


RECIPES = (
    *(recipe for horizon in HORIZONS.values() for recipe in _recipes(horizon)),
    _volatility_return(HORIZONS["1d"]),
)
