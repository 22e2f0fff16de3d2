"""The numbers of the pictures inside an article: figures over time, side by side, or around events."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from generator.figures.horizons import RowNumbers
from generator.figures.rounding import rounded
from generator.figures.series import DECIMALS, in_words, listed
from generator.model import Column, Draw, Figures, Flags, Line, LineChart, Picture

EVERY_SESSION = 2
"""Up to so many years each session is drawn; from there on the last of each month, and the newest."""
LEAST = 2
"""The fewest events, or groups of columns, that are worth a picture."""
MINUS = "\u2212"


def picture(figures: Figures, given: Picture, row: int, flags: Mapping[str, Flags]) -> LineChart | None:
    """The picture up to `row`; `flags` says where its rules hold. None where there is too little to draw."""
    if given.draw is Draw.AROUND:
        return _around(figures, given, row, flags["events"])
    return _columns(figures, given, row) if given.draw is Draw.COLUMNS else _lines(figures, given, row, flags)


def _lines(figures: Figures, given: Picture, row: int, flags: Mapping[str, Flags]) -> LineChart | None:
    """Figures as they are printed, or each at `start` on the first day that has all of them."""
    held = {name: (figures.values if given.start else figures.printed)(name) for _, name in given.figures}
    rows = _sampled(figures, given.years, row)
    there = np.flatnonzero(np.all([np.isfinite(column[rows]) for column in held.values()], axis=0))
    rows = rows[there[0] :] if there.size else rows[:0]
    if rows.size < LEAST:
        return None
    lines = tuple(_line(label, name, _from(held[name][rows], given.start)) for label, name in given.figures)
    days = tuple(figures.sessions[rows].astype("datetime64[D]").astype(object).tolist())
    shaded = _stretches(flags["shaded"][rows]) if "shaded" in flags else ()
    said = [_course(line, [in_words(day) for day in days]) for line in lines]
    stretches = "stretch" if len(shaded) == 1 else "stretches"
    told = f" {len(shaded)} {stretches} shaded." if "shaded" in flags else ""
    monthly = " by the last sessions of months" if not 0 < given.years <= EVERY_SESSION else ""
    return LineChart(
        title=given.title,
        description=f"Line chart{', logarithmic' if given.logarithmic else ''}{monthly}. {' '.join(said)}{told}",
        days=days,
        lines=lines,
        base=given.start,
        logarithmic=given.logarithmic,
        shaded=shaded,
    )


def _columns(figures: Figures, given: Picture, row: int) -> LineChart | None:
    """The last sessions on which all of the figures are there, each a group of columns."""
    held = {name: figures.printed(name)[: row + 1] for _, name in given.figures}
    rows = np.flatnonzero(np.all([np.isfinite(column) for column in held.values()], axis=0))[-given.last :]
    if rows.size < LEAST:
        return None
    lines = tuple(_line(label, name, held[name][rows]) for label, name in given.figures)
    days = tuple(figures.sessions[rows].astype("datetime64[D]").astype(object).tolist())
    groups = [
        f"{in_words(day)}: {listed(f'{line.label} {signed(line.values[place])}' for line in lines)}"
        for place, day in enumerate(days)
    ]
    return LineChart(
        given.title, f"Column chart, up to each day. {'; '.join(groups)}.", days, lines, base=0.0, columns=True
    )


def _around(figures: Figures, given: Picture, row: int, events: Flags) -> LineChart | None:
    """The first level's move since each event less the second's: range and median of the events that are complete.

    The newest, if its sessions are not complete, has a line of its own as far as it has come.
    """
    (first, one), (second, other) = given.figures
    levels = figures.values(one), figures.values(other)
    rows = np.flatnonzero(events[: row + 1])
    rows = rows[rows >= given.before]
    complete = [_gaps(*levels, int(at), given.before, given.sessions) for at in rows if at + given.sessions <= row]
    paths = np.array([path for path in complete if np.isfinite(path).all()])
    if len(paths) < LEAST:
        return None
    lines = [_line("Median", "", np.median(paths, axis=0))]
    newest = int(rows[-1])
    if newest + given.sessions > row:
        lines.insert(0, _line("This time", "", _gaps(*levels, newest, given.before, row - newest)))
    low, high = (tuple(rounded(edge, DECIMALS).tolist()) for edge in (paths.min(axis=0), paths.max(axis=0)))
    steps = tuple(range(-given.before, given.sessions + 1))
    end = f"from {signed(low[-1])} to {signed(high[-1])}"
    said = listed(f"{line.label} {_end(line, given.before)}" for line in lines)
    return LineChart(
        title=given.title,
        description=f"Line chart of the move of {first} less that of {second}, in percentage points, over sessions "
        f"around {len(paths)} events; a band shows their range, {end} after {given.sessions}. {said}.",
        days=(),
        lines=tuple(lines),
        steps=steps,
        base=0.0,
        low=low,
        high=high,
    )


def _end(line: Line, before: int) -> str:
    """Where a line ends; of one that ends with the event itself, where it begins."""
    after = len(line.values) - before - 1
    return f"{signed(line.values[-1])} after {after}" if after else f"{signed(line.values[0])} at {before} before"


def _gaps(one: Column, other: Column, at: int, before: int, after: int) -> Column:
    """Percentage points by which one level has moved more than another, 0 on the event's session."""
    span = slice(at - before, at + after + 1)
    return np.asarray((one[span] / one[at] - other[span] / other[at]) * 100)


def _sampled(figures: Figures, years: int, row: int) -> RowNumbers:
    """The rows that are drawn: the last session of each month and the newest, or each session of a few years."""
    months = figures.sessions[: row + 1].astype("datetime64[M]")
    ends = np.flatnonzero(np.append(months[1:] != months[:-1], True))
    if not years:
        return ends
    since = int(np.searchsorted(months, months[-1] - np.timedelta64(12 * years, "M"), side="right")) - 1
    return np.arange(max(since, 0), row + 1) if years <= EVERY_SESSION else ends[ends >= since]


def _from(values: Column, start: float) -> Column:
    return values / values[0] * start if start else values


def _stretches(held: Flags) -> tuple[tuple[int, int], ...]:
    """First and last place of each run of sessions on which a rule holds."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], held, [False]]).astype(np.int8)))
    return tuple((int(first), int(last) - 1) for first, last in zip(edges[::2], edges[1::2], strict=True))


def _line(label: str, name: str, values: Column) -> Line:
    return Line(label, name, tuple(rounded(values, DECIMALS).tolist()))


def _course(line: Line, days: list[str]) -> str:
    """Where a line begins and ends, and its lowest and highest, with their days: the first of equals."""
    there = {place: value for place, value in enumerate(line.values) if value == value}
    low, high = min(there, key=lambda place: there[place]), max(there, key=lambda place: there[place])
    first, last = min(there), max(there)
    return (
        f"{line.label} begins at {signed(there[first], plus='')} on {days[first]} and ends at "
        f"{signed(there[last], plus='')} on {days[last]}; lowest {signed(there[low], plus='')} on {days[low]}, "
        f"highest {signed(there[high], plus='')} on {days[high]}."
    )


def signed(value: float, plus: str = "+") -> str:
    """A value of a picture in words: `+3.41`, `−0.20`, `0.00`."""
    return f"{MINUS if value < 0 else plus if value > 0 else ''}{abs(value):,.{DECIMALS}f}"
