"""The numbers of two charts: segments rebased to 100, and the day's moves largest first.

A chart is a comparison, so its lines or bars share one basis: price returns if that is the own basis of every segment
named, otherwise total returns, without the segments that have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from generator.figures.basis import has_returns, own_basis, price_series, return_name, symbols_of, total_series
from generator.figures.horizons import HORIZONS, SPOKEN
from generator.figures.periods import MONTHS
from generator.figures.rounding import rounded
from generator.figures.table import FigureTable
from generator.figures.windows import absent, quotient
from generator.model import Bar, BarChart, Basis, Column, Kind, Line, LineChart, Segment, Universe

START = 100.0
DECIMALS = 2
TO_DATE = {f"{period[0]}td": f"the {spoken} to " for period, spoken in SPOKEN.items()}
"""How a chart says over what its bars run, where that is not a day."""


def line_chart(
    table: FigureTable, segment_keys: Sequence[str], span: str, universe: Universe, row: int
) -> LineChart | None:
    """The segments' closes over the horizon `span` up to `row`, each rebased to 100 on its first, to two decimals.

    The lines start where the returns of that horizon start, so that their ends agree with those returns. A history that
    does not reach back that far is drawn whole.

    A segment that had not begun by then, or has no close on the last session, is left out; None if none is left. A
    missing session is a gap in the line; if it is the first, all lines begin on the next session that all of them have.
    """
    basis, segments = _on_one_basis(table, segment_keys, universe)
    horizon = HORIZONS[span]
    start = int(table.span(horizon)[1][row])
    since = max(start, 0)
    drawn = {one: path for one in segments if _covers(path := path_of(table, one, basis, universe), since, row)}
    if not drawn:
        return None
    shared = np.flatnonzero(np.all([np.isfinite(path[since : row + 1]) for path in drawn.values()], axis=0))
    window = slice(since + int(shared[0]), row + 1)
    paths = [(one, rebased(table, one, basis, universe, window)) for one in drawn]
    lines = tuple(_line(segment, path, basis, universe) for segment, path in paths)
    days = tuple(table.days[window])
    first, last = in_words(days[0]), in_words(days[-1])
    labels = listed(line.label for line in lines)
    ends = listed(f"{line.label} ends at {line.values[-1]:.{DECIMALS}f}" for line in lines)
    return LineChart(
        title=f"{labels} {horizon.words if window.start == start else f'since {first}'}",
        description=f"Line chart of {basis.value}, {START:.0f} on {first}. On {last} {ends}.",
        days=days,
        lines=lines,
    )


def bar_chart(
    table: FigureTable, segment_keys: Sequence[str], universe: Universe, row: int, horizon: str = "1d"
) -> BarChart:
    """The segments' printed returns over the horizon up to `row`, largest first; absent ones are left out."""
    basis, segments = _on_one_basis(table, segment_keys, universe)
    moves = [(segment, _move(table, segment, basis, universe, row, horizon)) for segment in segments]
    held = sorted(((segment, move) for segment, move in moves if move == move), key=lambda pair: -pair[1])
    bars = tuple(Bar(segment.short, move, _percent(move)) for segment, move in held)
    day = in_words(table.days[row])
    moved = listed(f"{bar.label} {bar.printed}" for bar in bars) or "none held"
    spoken = f"over {TO_DATE[horizon]}".rstrip() if horizon in TO_DATE else "on"
    return BarChart(
        title=f"Moves of {TO_DATE.get(horizon, '')}{day}",
        description=f"Bar chart of {basis.value} {spoken} {day}, largest first: {moved}.",
        bars=bars,
    )


def rebased(table: FigureTable, segment: Segment, basis: Basis, universe: Universe, window: slice) -> Column:
    """A segment's closes on `basis` over `window`, 100 on its first session; a basket starts in equal parts."""
    if segment.kind is Kind.BASKET:
        members = (universe.segments[key] for key in segment.members)
        paths: Column = np.stack([rebased(table, member, basis, universe, window) for member in members])
        return np.asarray(paths.mean(axis=0))
    series = total_series(segment) if basis is Basis.TOTAL else price_series(segment)
    closes = table.price(series.symbol, series.field)[window] if series else absent(table.sessions[window].size)
    return quotient(closes, np.broadcast_to(closes[:1], closes.shape)) * START


def path_of(table: FigureTable, segment: Segment, basis: Basis, universe: Universe) -> Column:
    """The closes that a line is drawn from; for a basket, 1 on each session on which all members have a close."""
    if segment.kind is Kind.BASKET:
        parts: Column = np.stack([path_of(table, universe.segments[key], basis, universe) for key in segment.members])
        return 1.0 + 0.0 * np.asarray(parts.sum(axis=0))
    series = total_series(segment) if basis is Basis.TOTAL else price_series(segment)
    return table.price(series.symbol, series.field) if series else absent(table.sessions.size)


def _covers(path: Column, start: int, row: int) -> bool:
    """Whether a line has begun by `start` and has a close on `row`."""
    return bool(np.isfinite(path[: start + 1]).any() and np.isfinite(path[row]))


def _on_one_basis(table: FigureTable, keys: Sequence[str], universe: Universe) -> tuple[Basis, tuple[Segment, ...]]:
    return table.shared(("on one basis", *keys), lambda: _with_basis(keys, universe))


def _with_basis(keys: Sequence[str], universe: Universe) -> tuple[Basis, tuple[Segment, ...]]:
    segments = [universe.segments[key] for key in keys if has_returns(universe.segments[key], universe)]
    if all(own_basis(segment, universe) is Basis.PRICE for segment in segments):
        return Basis.PRICE, tuple(segments)
    with_total = (segment for segment in segments if segment.total or own_basis(segment, universe) is Basis.TOTAL)
    return Basis.TOTAL, tuple(with_total)


def _line(segment: Segment, values: Column, basis: Basis, universe: Universe) -> Line:
    symbol = ", ".join(symbols_of(segment, basis, universe))
    return Line(segment.short, symbol, tuple(rounded(values, DECIMALS).tolist()))


def _move(table: FigureTable, segment: Segment, basis: Basis, universe: Universe, row: int, horizon: str) -> float:
    move: float = table.printed(return_name(segment, basis, horizon, universe)).item(row)
    return move


def _percent(move: float) -> str:
    return f"{move:+.{DECIMALS}f}%" if move else f"{0:.{DECIMALS}f}%"


def listed(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *others, last = [*words] or [""]
    return f"{', '.join(others)} and {last}" if others else last


def in_words(day: date) -> str:
    """`July 11, 2024`."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
