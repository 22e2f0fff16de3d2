"""Axes carry round numbers and real dates, and labels do not overlap."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.rendering.pictures.axes import (
    day_ticks,
    group_ticks,
    log_ticks,
    nice_ticks,
    spread,
    step_ticks,
    tick_label,
)

VALUES = st.floats(-1e6, 1e6, allow_nan=False)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (96.8, 116.4, (95, 100, 105, 110, 115, 120)),
        (-2.2, 4.9, (-4, -2, 0, 2, 4, 6)),
        (100, 100, (99, 99.5, 100, 100.5, 101)),
    ],
)
def test_ticks_are_round(low: float, high: float, ticks: tuple[float, ...]) -> None:
    """Ticks stand at round values around the data, and a flat line still gets an axis."""
    assert nice_ticks(low, high) == ticks


@given(VALUES, VALUES)
def test_ticks_enclose_the_data(first: float, second: float) -> None:
    """Whatever the range, the ticks enclose it, evenly, and there are at most nine."""
    low, high = sorted((first, second))
    ticks = nice_ticks(low, high)
    slack = (ticks[-1] - ticks[0]) * 1e-6
    steps = {round((after - before) / (ticks[1] - ticks[0]), 6) for before, after in pairwise(ticks)}
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack
    assert (len(ticks) <= 9, steps) == (True, {1.0})


@pytest.mark.parametrize(("value", "label"), [(100.0, "100"), (2.5, "2.5"), (-4.0, "−4"), (1250.0, "1,250")])
def test_tick_label(value: float, label: str) -> None:
    """A tick is printed without needless zeros and with a real minus sign."""
    assert tick_label(value) == label


def weekdays(first: date, count: int) -> list[date]:
    """`count` weekdays from `first`."""
    days = (first + timedelta(days=offset) for offset in range(count * 2))
    return [day for day in days if day.weekday() < 5][:count]


@pytest.mark.parametrize(
    ("first", "count", "labels"),
    [
        (date(2031, 7, 7), 20, ["Jul 7", "Jul 14", "Jul 21", "Jul 28"]),
        (date(2031, 2, 3), 126, ["Feb 2031", "Mar", "Apr", "May", "Jun", "Jul"]),
        (date(2030, 7, 24), 252, ["Sep", "Nov", "2031", "Mar", "May", "Jul"]),
        (date(2011, 1, 3), 252 * 20, ["2015", "2020", "2025", "2030"]),
    ],
)
def test_dates_suit_the_span(first: date, count: int, labels: list[str]) -> None:
    """Weeks for a month, months for a year, years for decades; the year stands where January begins."""
    assert [label for _, label in day_ticks(weekdays(first, count))] == labels


@given(st.lists(st.floats(0, 300), min_size=1, max_size=6))
def test_labels_never_overlap(wanted: list[float]) -> None:
    """However lines end, their labels stand a gap apart, within the chart, in the order of the lines."""
    placed = spread(wanted, 15, 0, 300)
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    ranked = [placed[index] for index in order]
    assert all(after - before >= 15 - 1e-6 for before, after in pairwise(ranked))
    assert 0 - 1e-6 <= min(placed) <= max(placed) <= 300 + 1e-6


def test_label_without_neighbours_stays() -> None:
    """A label that nothing pushes stands at its line's end."""
    assert spread([50, 200], 15, 0, 300) == (50, 200)


@given(st.floats(0.001, 1e6), st.floats(1.0, 500.0))
def test_logarithmic_ticks_enclose_what_multiplies(low: float, factor: float) -> None:
    """They rise, are no more than a dozen, and only the first and the last lie outside."""
    ticks = log_ticks(low, low * factor)
    assert ticks[0] <= low * (1 + 1e-9)
    assert ticks[-1] >= low * factor * (1 - 1e-9)
    assert all(earlier < later for earlier, later in pairwise(ticks))
    assert 2 <= len(ticks) <= 12
    assert len(ticks) == 2 or (ticks[1] > low * (1 - 1e-9) and ticks[-2] < low * factor * (1 + 1e-9))


def test_sessions_around_an_event_are_marked_by_quarters() -> None:
    """The event itself is marked; a telephone has fewer marks."""
    steps = range(-63, 253)
    assert [label for _, label in step_ticks(steps, 7)] == ["−63", "0", "63", "126", "189", "252"]
    assert [(steps[place], label) for place, label in step_ticks(steps, 4)] == [(0, "0"), (126, "126"), (252, "252")]


def test_quarters_are_marked_as_such() -> None:
    """The first of a year by the year; where there is less room, every other one; months where they are no quarters."""
    ends = [date(2023, 6, 30), date(2023, 9, 29), date(2023, 12, 29), date(2024, 3, 28), date(2024, 6, 28)]
    assert group_ticks(ends, 8) == ((0, "Q2"), (1, "Q3"), (2, "Q4"), (3, "2024"), (4, "Q2"))
    assert group_ticks(ends, 3) == ((1, "Q3"), (3, "2024"))
    assert [label for _, label in group_ticks(ends[::2], 4)] == ["Jun 2023", "Dec", "Jun"]
