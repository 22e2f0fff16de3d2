"""Choose the ticks that a reader expects on an axis, and move labels apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import ceil, floor, isclose, log10

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


def nice_ticks(low: float, high: float, about: int = 5) -> tuple[float, ...]:
    """Round values (1, 2, 2.5 or 5 times a power of ten apart) that enclose `low` to `high`, about `about` of them."""
    if isclose(low, high, abs_tol=1e-9):
        low, high = low - 1, high + 1
    rough = (high - low) / max(about - 1, 1)
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(round(index * step, 10) for index in range(first, last + 1))


_LOG_STEPS = ((1,), (1, 3), (1, 2, 5), (1, 1.5, 2, 3, 5, 7), (1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9))


def log_ticks(low: float, high: float, least: int = 4) -> tuple[float, ...]:
    """Round values that enclose `low` to `high` on a logarithmic axis, as few as `least` where such steps are found."""
    powers = range(floor(log10(low)) - 1, ceil(log10(high)) + 2)
    chosen: tuple[float, ...] = ()
    for steps in _LOG_STEPS:
        values = [round(10.0**power * step, 10) for power in powers for step in steps]
        first = max(value for value in values if value <= low)
        last = min(value for value in values if value >= high)
        chosen = tuple(value for value in values if first <= value <= last)
        if len(chosen) >= least:
            break
    return chosen if len(chosen) > 1 else (chosen[0], chosen[0] * 2)


def step_ticks(steps: Sequence[int], about: int = 7) -> tuple[tuple[int, str], ...]:
    """(place, label): sessions before and after an event, at multiples of a month, a quarter, a half-year or a year."""
    chosen: list[tuple[int, str]] = []
    for every in (21, 63, 126, 252, 504):
        chosen = [(place, tick_label(step)) for place, step in enumerate(steps) if step % every == 0]
        if len(chosen) <= about:
            break
    return tuple(chosen)


def group_ticks(days: Sequence[date], about: int) -> tuple[tuple[int, str], ...]:
    """(place, label): quarters, the first of a year by the year, where each day is of another quarter; else months."""
    quarters = [day.year * 4 + (day.month - 1) // 3 for day in days]
    if any(later - earlier != 1 for earlier, later in pairwise(quarters)):
        return _month_labels(days, range(0, len(days), ceil(len(days) / about)))
    every = next((step for step in (1, 2, 4, 8) if len(days) <= about * step), 16)
    shown = [(place, *divmod(quarter, 4)) for place, quarter in enumerate(quarters) if quarter % every == 0]
    return tuple((place, f"Q{number + 1}" if number else str(year)) for place, year, number in shown)


def tick_label(value: float) -> str:
    """`105`, `2.5`, `−4`: a tick as a page prints it."""
    return f"{value:,.10g}".replace("-", "−")


def day_ticks(days: Sequence[date], about: int = 7) -> tuple[tuple[int, str], ...]:
    """(index of the session, label): years, months or weeks, at their first sessions, at most `about` of them."""
    starts = [index for index in range(len(days)) if index == 0 or days[index].month != days[index - 1].month]
    if starts and days[0].day > 5:
        starts = starts[1:]  # the run begins inside a month: its first day is no month's beginning
    if len(starts) < 3:
        return _week_ticks(days, about)
    for step in MONTH_STEPS:
        chosen = [index for index in starts if (days[index].year * 12 + days[index].month - 1) % step == 0]
        if len(chosen) <= about:
            break
    return _month_labels(days, chosen)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Positions as near to `wanted` as keeps every two `gap` apart and all between `low` and `high`, in its order.

    Neighbours that collide form a block centred on the mean of their wishes (the pool-adjacent-violators rule).
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    blocks: list[list[int]] = []
    for index in order:
        blocks.append([index])
        while len(blocks) > 1 and _top(blocks[-1], wanted, gap, low, high) < (
            _top(blocks[-2], wanted, gap, low, high) + gap * len(blocks[-2])
        ):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    placed = [0.0] * len(wanted)
    for block in blocks:
        for rank, index in enumerate(block):
            placed[index] = _top(block, wanted, gap, low, high) + rank * gap
    return tuple(placed)


def _top(block: Sequence[int], wanted: Sequence[float], gap: float, low: float, high: float) -> float:
    height = gap * (len(block) - 1)
    middle = sum(wanted[index] for index in block) / len(block)
    return max(low, min(high - height, middle - height / 2))


def _week_ticks(days: Sequence[date], about: int) -> tuple[tuple[int, str], ...]:
    weeks = [
        index
        for index in range(len(days))
        if index == 0 or days[index].isocalendar()[1] != days[index - 1].isocalendar()[1]
    ]
    chosen = weeks[:: max(1, ceil(len(weeks) / about))]
    return tuple((index, f"{MONTHS[days[index].month - 1]} {days[index].day}") for index in chosen)


def _month_labels(days: Sequence[date], chosen: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """A January stands as its year; where no January is shown, the first month carries the year."""
    dated = any(days[index].month == 1 for index in chosen)
    labels = []
    for rank, index in enumerate(chosen):
        month, year = MONTHS[days[index].month - 1], str(days[index].year)
        labels.append(
            (index, year if days[index].month == 1 else f"{month} {year}" if rank == 0 and not dated else month)
        )
    return tuple(labels)
