"""Holds the marks along a chart's axes against what the chart shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import inf

from generator.verification.figures.charts import Drawn
from generator.verification.figures.words import MINUS

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TICK = re.compile(r"[−-]?[\d,]+(?:\.\d+)?|Q[1-4]|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d{1,4})?")


def without_scales(text: str) -> tuple[str, list[list[str]]]:
    """A PDF's text without its charts' axis marks, which are on lines of their own, and those marks."""
    lines, scales, run = [], [], []
    for line in [*text.split("\n"), ""]:
        if _TICK.fullmatch(line.strip()):
            run.append(line.strip())
            continue
        if len(run) >= 3 and (last := _TICK.match(line)) and line[last.end() : last.end() + 1] == " ":
            run.append(last[0])  # the name of a line begins beside the last mark of the axis below it
            line = line[last.end() + 1 :]
        if len(run) >= 3:
            scales.append(run)
        else:
            lines += run
        run = []
        lines.append(line)
    return "\n".join(lines), scales


def scale_fault(labels: Sequence[str], chart: Drawn) -> str:
    """What is wrong with the marks of one axis, or of the two of a chart in a row; empty if nothing is."""
    at = _second_axis(labels, chart)
    return _range_fault(labels[:at], chart) or _across_fault(labels[at:], chart)


def _second_axis(labels: Sequence[str], chart: Drawn) -> int:
    """Where the marks of the horizontal axis begin."""
    if chart.steps:
        steps = {_step_mark(step) for step in chart.steps}
        falls = (n for n in range(1, len(labels)) if _number(labels[n]) <= _number(labels[n - 1]))
        return next(falls, 0 if set(labels) <= steps and chart.low not in (0, 1) else len(labels))
    years = {str(day.year) for day in chart.days}
    first_time = next((i for i, label in enumerate(labels) if re.search("[A-Z]", label)), len(labels))
    while first_time and labels[first_time - 1] in years:
        first_time -= 1
    return first_time


def _step_mark(step: int) -> str:
    """How a session before or after an event is marked."""
    return f"{step:,}".replace("-", MINUS)


def _number(label: str) -> float:
    try:
        return float(label.replace(",", "").replace(MINUS, "-"))
    except ValueError:
        return -inf


def _range_fault(labels: Sequence[str], chart: Drawn) -> str:
    if not labels:
        return ""
    values = [_number(label) for label in labels]
    if -inf in values:
        return "its marks are no numbers"
    steps = {round(later - earlier, 9) for earlier, later in pairwise(values)}
    if min(steps, default=0) <= 0 or (len(steps) != 1 and not chart.logarithmic):
        return "its marks are not evenly spaced"
    cent = 0.005 + 1e-6  # what is drawn is rounded to two decimals
    held = values[0] <= chart.low + cent and chart.high - cent <= values[-1]
    close = values[1] > chart.low - cent and values[-2] < chart.high + cent
    return "" if held and close else "its marks do not enclose the lines"


def _across_fault(labels: Sequence[str], chart: Drawn) -> str:
    """What is wrong with the marks of the horizontal axis."""
    if not chart.steps and not chart.columns:
        return _time_fault(labels, chart.days)
    places = (place_marks(chart, place) for place in range(chart.places))
    left = iter(places)
    wrong = next((label for label in labels if not any(label in marks for marks in left)), "")
    return f"'{wrong}' is no mark of its axis" if wrong else ""


def place_marks(chart: Drawn, place: int) -> set[str]:
    """How a place may be marked: a session around an event by its number, a quarter's columns by quarter or year."""
    if chart.steps:
        return {_step_mark(chart.steps[place])}
    day = chart.days[place]
    quarters = [one.year * 4 + (one.month - 1) // 3 for one in chart.days] if chart.columns else []
    if quarters and all(later - earlier == 1 for earlier, later in pairwise(quarters)):
        number = quarters[place] % 4
        return {f"Q{number + 1}" if number else str(day.year)}
    month = _MONTHS[day.month - 1]
    return {month, str(day.year) if day.month == 1 else f"{month} {day.year}", f"{month} {day.day}"}


def _time_fault(labels: Sequence[str], days: Sequence[date]) -> str:
    """What is wrong with time marks: they must be evenly spaced months (a January as its year), or sessions."""
    months = sorted({(day.year, day.month) for day in days})
    sessions = {f"{_MONTHS[day.month - 1]} {day.day}" for day in days}
    if not labels or all(label in sessions for label in labels):
        return ""
    found: list[int] = []
    for label in labels:
        after = found[-1] + 1 if found else 0
        fitting = (i for i in range(after, len(months)) if label in _month_names(*months[i]))
        found.append(next(fitting, -1))
        if found[-1] < 0:
            return f"'{label}' is no month of its sessions"
    steps = {later - earlier for earlier, later in pairwise(found)}
    return "" if len(steps) <= 1 else "its months are not evenly spaced"


def _month_names(year: int, month: int) -> tuple[str, ...]:
    name = _MONTHS[month - 1]
    return (str(year),) if month == 1 else (name, f"{name} {year}")
