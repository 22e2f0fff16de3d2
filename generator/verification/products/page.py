"""Strikes out of a product's text everything that is accounted for, to find what is missing and what nothing backs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import inf

from generator.verification.figures.charts import Drawn
from generator.verification.figures.words import MINUS

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TICK = re.compile(r"[−-]?[\d,]+(?:\.\d+)?|Q[1-4]|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d{1,4})?")
_GONE = "\0"
_LEFT = re.compile(r"[^\0\w]*\w[^\0]*")
_SIGNS = re.compile(r"[^\0\w\s.,|]+")
"""Marks that our pages never have between sentences."""
_FOLIO = re.compile(r"Page(\d+)of(\d+)")


class PageText:
    """The text of one product, from which everything accounted for is struck out.

    `tight` is for text from a PDF, where lines break anywhere: spaces do not count, and a sentence may be split.
    """

    def __init__(self, text: str, tight: bool = False) -> None:
        self.tight = tight
        self.text = self._even(text)
        self.said: list[tuple[int, str]] = []
        """Where each sentence stands, with its part; empty where they may be split."""
        self.alone: list[str] = []
        """What may be left on its own once everything else is struck out: the numbers of a list on paper."""

    def _even(self, text: str) -> str:
        text = text.replace(MINUS, "-")  # posts use the plain hyphen
        return "".join(text.split()) if self.tight else " ".join(text.split())

    def take(self, phrase: str) -> int:
        """Strike out the first occurrence of the phrase; return its position, or -1 if there is none."""
        wanted = self._even(phrase)
        at = self.text.find(wanted) if wanted else -1
        while at >= 0 and not self._whole(at, at + len(wanted)):
            at = self.text.find(wanted, at + 1)
        if at >= 0:
            self._strike(at, at + len(wanted))
        return at

    def is_below(self, at: int, part: str) -> bool:
        """Whether a place comes after the part's last sentence and before the next one of another."""
        ends = max((place for place, of in self.said if of == part), default=-1)
        return ends <= at <= min((place for place, _ in self.said if place > ends), default=at)

    def take_all(self, phrases: Iterable[str]) -> None:
        """Strike out each phrase wherever it occurs, the longest first."""
        for phrase in sorted({one for one in phrases if one}, key=len, reverse=True):
            for _ in range(12):
                if self.text.find(self._even(phrase)) < 0 or self.take(phrase) < 0:
                    break

    def _take_alone(self, phrase: str) -> None:
        """Strike out the phrase unless it touches text not yet accounted for: not the `11.` of `July 11.`"""
        wanted, at = self._even(phrase), -1
        while wanted and (at := self.text.find(wanted, at + 1)) >= 0:
            around = self.text[max(at - 1, 0) : at] + self.text[at + len(wanted) : at + len(wanted) + 1]
            if not around.strip(_GONE):
                self._strike(at, at + len(wanted))

    def _whole(self, start: int, end: int) -> bool:
        """Whether no word is cut: `13%` does not occur in `113%`."""
        if self.tight:
            return True
        before, after = self.text[start - 1 : start], self.text[end : end + 1]
        return not (before.isalnum() and self.text[start].isalnum()) and not (
            after.isalnum() and self.text[end - 1].isalnum()
        )

    def _strike(self, start: int, end: int) -> None:
        self.text = self.text[:start] + _GONE * (end - start) + self.text[end:]

    def take_parted(self, phrase: str) -> int:
        """Strike out, in two pieces, a phrase that continues in another column or on another page; as `take`."""
        words = phrase.split()
        wanted = self._even(phrase)
        breaks = [len(self._even(" ".join(words[:count]))) for count in range(1, len(words))]
        longest = self._longest(wanted)
        for size in (size for size in reversed(breaks) if size <= longest):
            other = self.text.find(wanted[size:])
            if other >= 0:
                at = max(self.text.find(_GONE + wanted[:size]) + 1, 0) or self.text.find(wanted[:size])
                self._strike(at, at + size)
                self._strike(other, other + len(wanted) - size)
                return at
        return -1

    def _longest(self, wanted: str) -> int:
        low, high = 0, len(wanted)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if wanted[:middle] in self.text else (low, middle - 1)
        return low

    def differs(self, wanted: str) -> tuple[str, str]:
        """Where a missing sentence starts to differ: the text found there, and the text expected."""
        wanted = self._even(wanted)
        size = self._longest(wanted)
        while size and wanted[size - 1].isalnum() and not self.tight:
            size -= 1
        at = self.text.find(wanted[:size]) + size
        return self.text[at : at + 32].replace(_GONE, "").strip() or "nothing", wanted[size : size + 32].strip()

    def drop(self, wanted: str) -> None:
        """Strike out a sentence already reported as different, if its beginning and its end are found."""
        wanted = self._even(wanted)
        size = self._longest(wanted)
        at = self.text.find(wanted[:size])
        tail = next((i for i in range(size, len(wanted)) if self.text.find(wanted[i:], at + size) >= 0), len(wanted))
        after = self.text.find(wanted[tail:], at + size) if tail < len(wanted) else -1
        if size and 0 <= after <= at + len(wanted):
            self._strike(at, after + len(wanted) - tail)

    def left(self, standing: Mapping[str, int]) -> list[str]:
        """Runs of words, and signs, that neither a claim nor the publication's standing text accounts for.

        Each standing phrase may occur as often as in its template; paper repeats some on every page.
        """
        if self.tight:
            self.text = _FOLIO.sub(_GONE, self.text)
            self.take_all(one for one in standing if len(one) > 3)
            for phrase in self.alone:
                self._take_alone(phrase)
            return [run.strip() for run in _LEFT.findall(self.text)]
        rest = Counter({_evened(phrase): often for phrase, often in standing.items()})

        def gone(found: re.Match[str]) -> str:
            rest[found[0]] -= 1
            return _GONE if rest[found[0]] >= 0 else found[0]

        text = _pattern(frozenset(rest)).sub(gone, self.text)
        return [run.strip() for run in _LEFT.findall(text)] + _SIGNS.findall(text)


def _evened(text: str) -> str:
    return " ".join(text.replace(MINUS, "-").split())


@lru_cache(maxsize=16)
def _pattern(standing: frozenset[str]) -> re.Pattern[str]:
    phrases = sorted(standing, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")


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
        steps = {step_mark(step) for step in chart.steps}
        falls = (n for n in range(1, len(labels)) if _number(labels[n]) <= _number(labels[n - 1]))
        return next(falls, 0 if set(labels) <= steps and chart.low not in (0, 1) else len(labels))
    years = {str(day.year) for day in chart.days}
    first_time = next((i for i, label in enumerate(labels) if re.search("[A-Z]", label)), len(labels))
    while first_time and labels[first_time - 1] in years:
        first_time -= 1
    return first_time


def step_mark(step: int) -> str:
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
        return {step_mark(chart.steps[place])}
    day = chart.days[place]
    quarters = [one.year * 4 + (one.month - 1) // 3 for one in chart.days] if chart.columns else []
    if quarters and all(later - earlier == 1 for earlier, later in pairwise(quarters)):
        number = quarters[place] % 4
        return {f"Q{number + 1}" if number else str(day.year)}
    month = MONTHS[day.month - 1]
    return {month, str(day.year) if day.month == 1 else f"{month} {day.year}", f"{month} {day.day}"}


def _time_fault(labels: Sequence[str], days: Sequence[date]) -> str:
    """What is wrong with time marks: they must be evenly spaced months (a January as its year), or sessions."""
    months = sorted({(day.year, day.month) for day in days})
    sessions = {f"{MONTHS[day.month - 1]} {day.day}" for day in days}
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
    name = MONTHS[month - 1]
    return (str(year),) if month == 1 else (name, f"{name} {year}")
