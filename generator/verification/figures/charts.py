"""What an outline's charts must show: titles, descriptions, and the path of each line, computed from the closes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.model import Basis, Kind, Outline, Segment, Universe
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.of_segments import horizon_words
from generator.verification.figures.of_several import basis_of, return_of, series_on
from generator.verification.figures.words import MINUS, spelled

WITHOUT = (Kind.YIELD, Kind.VOLATILITY)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One chart in words, with the labels and numbers printed in it."""

    title: str
    description: str
    labels: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    ends: tuple[dict[str, object], ...] = ()
    low: float = 0.0
    high: float = 0.0
    paths: tuple[tuple[float, ...], ...] = ()
    """The values that each line passes through, or each bar's value."""
    file: str = ""
    after: str = ""
    """The part below which it stands."""
    days: Sequence[date] = ()
    """The sessions from left to right."""
    steps: tuple[int, ...] = ()
    """Instead of them: sessions before and after an event."""
    base: float = 100.0
    logarithmic: bool = False
    columns: bool = False
    shaded: tuple[tuple[int, int], ...] = ()
    """The first and last place of each stretch that is shaded."""
    edges: tuple[tuple[float, ...], ...] = ()
    """The lower and the upper edge of a band; empty where there is none."""

    @property
    def basis(self) -> str:
        """What is printed over lines that all begin at one value: the day and the value."""
        rebased = bool(self.days) and not self.columns and self.base != 0
        return f"{spelled(self.days[0], 'full')} = {self.base:g}" if rebased else ""

    @property
    def places(self) -> int:
        """How many places there are from left to right."""
        return len(self.steps or self.days)


def chart_start(columns: SqlColumns, outline: Outline, row: int) -> int | None:
    """The row on which the line chart's span starts; None if the history does not reach back that far."""
    found = columns.asked(f"SELECT s FROM span_{outline.line_span} ORDER BY n")[row][0]
    return found if isinstance(found, int) and found >= 0 else None


def line_chart(columns: SqlColumns, outline: Outline, row: int) -> Drawn | None:
    """The segments rebased to 100 on the first session that they all have; those that had not begun are left out."""
    universe, days = columns.universe, columns.prices.days
    basis, segments = _together(outline.line_segments, universe)
    start, first = chart_start(columns, outline, row), first_drawn(columns, outline, row)
    if first is None:
        return None
    chosen = _drawn(columns, segments, basis, outline, row)
    lines = [(segment, _path(columns, segment, basis, first, row)) for segment in chosen]
    labels = [segment.short for segment, _ in lines]
    ends = [cents(path[-1]) for _, path in lines]
    from_day, to_day = spelled(days[first], "full"), spelled(days[row], "full")
    said = listed([f"{label} ends at {end:.2f}" for label, end in zip(labels, ends, strict=True)])
    records = tuple(
        {"label": segment.short, "symbol": ", ".join(_symbols(segment, basis, universe)),
         "from": days[first].isoformat(), "to": days[row].isoformat(), "rebased_to_100": end}
        for (segment, _), end in zip(lines, ends, strict=True)
    )  # fmt: skip
    values = [value for _, path in lines for value in path if math.isfinite(value)]
    return Drawn(
        f"{listed(labels)} {horizon_words(outline.line_span) if first == start else f'since {from_day}'}",
        f"Line chart of {basis.value}, 100 on {from_day}. On {to_day} {said}.",
        tuple(labels), ends=records, low=min(values), high=max(values),
        paths=tuple(tuple(path) for _, path in lines), file="charts/performance.svg", days=days[first : row + 1],
    )  # fmt: skip


def first_drawn(columns: SqlColumns, outline: Outline, row: int) -> int | None:
    """The row on which the lines begin: the first in the outline's span on which they all have a close."""
    basis, segments = _together(outline.line_segments, columns.universe)
    chosen = _drawn(columns, segments, basis, outline, row)
    start = chart_start(columns, outline, row) or 0
    whole = [_closes(columns, segment, basis) for segment in chosen]
    shared = (n for n in range(start, row + 1) if all(closes[n] is not None for closes in whole))
    return next(shared, None) if chosen else None


def _drawn(columns: SqlColumns, segments: Sequence[Segment], basis: Basis, outline: Outline, row: int) -> list[Segment]:
    """The segments that have a close on the session and had one by the start of the outline's span."""
    start = chart_start(columns, outline, row) or 0
    chosen = []
    for segment in segments:
        closes = _closes(columns, segment, basis)
        if closes and closes[row] is not None and any(value is not None for value in closes[: start + 1]):
            chosen.append(segment)
    return chosen


def _closes(columns: SqlColumns, segment: Segment, basis: Basis) -> list[float | None]:
    """A segment's closes; for a basket, 1.0 on each session on which all its members have one."""
    if segment.kind is Kind.BASKET:
        parts = [_closes(columns, columns.universe.segments[key], basis) for key in segment.members]
        return [None if None in values else 1.0 for values in zip(*parts, strict=True)]
    series = series_on(segment, basis)
    return columns.prices.values(series.symbol, series.field) if series else [None] * len(columns.prices.days)


def bar_chart(columns: SqlColumns, outline: Outline, row: int) -> Drawn:
    """The segments' printed moves of the kind's horizon, the largest first."""
    basis, segments = _together(outline.bar_segments, columns.universe)
    moves = []
    for segment in segments:
        computed = columns.column(return_of(segment, basis, outline.horizon, columns.universe))
        if computed and not math.isnan(computed.printed[row]):
            moves.append((segment.short, computed.printed[row]))
    moves.sort(key=lambda move: -move[1])
    printed = [f"{move:+.2f}%" if move else "0.00%" for _, move in moves]
    day = spelled(columns.prices.days[row], "full")
    period = {"wtd": "week", "mtd": "month", "qtd": "quarter", "htd": "half-year", "ytd": "year"}.get(outline.horizon)
    over = f"the {period} to " if period else ""
    moved = listed([f"{label} {text}" for (label, _), text in zip(moves, printed, strict=True)]) or "none held"
    return Drawn(
        f"Moves of {over}{day}",
        f"Bar chart of {basis.value} {f'over {over}' if over else 'on '}{day}, largest first: {moved}.",
        tuple(label for label, _ in moves), tuple(text.replace("-", MINUS) for text in printed),
        paths=tuple((move,) for _, move in moves),
    )  # fmt: skip


def _together(keys: Sequence[str], universe: Universe) -> tuple[Basis, list[Segment]]:
    segments = [universe.segments[key] for key in keys if universe.segments[key].kind not in WITHOUT]
    if all(basis_of(segment, universe) is Basis.PRICE for segment in segments):
        return Basis.PRICE, segments
    return Basis.TOTAL, [one for one in segments if one.total or basis_of(one, universe) is Basis.TOTAL]


def _path(columns: SqlColumns, segment: Segment, basis: Basis, first: int, row: int) -> list[float]:
    if segment.kind is Kind.BASKET:
        paths = [_path(columns, columns.universe.segments[key], basis, first, row) for key in segment.members]
        return [sum(values) / len(values) for values in zip(*paths, strict=True)]
    series = series_on(segment, basis)
    closes = columns.prices.values(series.symbol, series.field)[first : row + 1] if series else []
    start = closes[0] if closes else None
    return [math.nan if close is None or not start else close / start * 100 for close in closes]


def _symbols(segment: Segment, basis: Basis, universe: Universe) -> list[str]:
    if segment.kind is Kind.BASKET:
        return [symbol for key in segment.members for symbol in _symbols(universe.segments[key], basis, universe)]
    series = series_on(segment, basis)
    return [series.symbol] if series else []


def cents(value: float) -> float:
    """The value rounded to two decimals, half up."""
    return math.floor(round(value * 100, 7) + 0.5) / 100


def listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
