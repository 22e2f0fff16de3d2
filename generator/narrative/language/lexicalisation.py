"""Chooses words for rounded numbers: verbs, nouns, counts, ordinals, dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from generator.model import FigureDefinition, Kind, Lexicon, Unit, Universe, Verb

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = (
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "11th",
    "12th",
)
_HORIZON = re.compile(
    r"_(1d|5d|21d|63d|126d|252d|1m|3m|6m|1y|3y|10y|[wmqhy]td|prior_(?:week|month|quarter|half|year))(?:_before)?$"
)
_SINCE = re.compile(r"_since_|_over_wave$")
"""A move since a session of the past, over years as a rule."""
_FAMILIES = {Unit.BASIS_POINTS: "yield", Unit.VOLATILITY: "volatility"}


def count(number: float) -> str:
    """A whole number as written in prose: in words to twelve, then in figures with thousands separators."""
    whole = round(abs(number))
    return _SMALL[whole] if whole < len(_SMALL) else f"{whole:,}"


def ordinal(number: float) -> str:
    """`first` to `tenth` in words, then `11th`, `22nd`, `1,003rd`; the sign is ignored (-5 counts losses)."""
    whole = round(abs(number))
    if whole < len(_ORDINALS):
        return _ORDINALS[whole]
    suffix = "th" if whole % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole:,}{suffix}"


def times(number: float) -> str:
    """`once`, `twice`, `three times`, `98 times`; `never` for zero."""
    whole = round(abs(number))
    return {0: "never", 1: "once", 2: "twice"}.get(whole, f"{count(whole)} times")


def article_for(text: str) -> str:
    """`an` before a number pronounced with a vowel (8, 11, 18, 80 to 89 and their thousands), else `a`."""
    digits = re.match(r"[\d,]+", text)
    if digits is None:
        return "an" if text[:1].lower() in "aeiou" else "a"
    lead = digits[0].split(",")[0]
    return "an" if lead.startswith("8") or lead in ("11", "18") else "a"


@lru_cache(maxsize=4096)
def spelled_date(day: date, pattern: str) -> str:
    """The date in American English; `pattern` is `full`, `day`, `month`, `year` or `weekday`."""
    from babel.dates import format_date

    formats = {"full": "MMMM d, y", "day": "MMMM d", "month": "MMMM y", "year": "y", "weekday": "EEEE"}
    return format_date(day, formats[pattern], locale="en_US")


class Verbs:
    """The lexicon's words for a move, by its size relative to its instrument and horizon."""

    def __init__(self, lexicon: Lexicon, universe: Universe) -> None:
        self._lexicon = lexicon
        self._universe = universe
        self._scales: dict[str, float] = {}
        self._owners: dict[str, str | None] = {}

    def step(self, definition: FigureDefinition, printed: float) -> Verb:
        """The step of the lexicon that a rounded move has reached."""
        steps = self._steps(definition, printed)
        size = abs(printed) / self._scale(definition.name)
        if printed == 0:
            return self._lexicon.unchanged
        return next((verb for verb in reversed(steps) if size >= verb.at_least), steps[0])

    def rung(self, definition: FigureDefinition, printed: float) -> int:
        """The step's number, 0 for the smallest, -1 for no move; moves on different rungs do not share a verb."""
        return self._steps(definition, printed).index(self.step(definition, printed)) if printed else -1

    def neutral(self, definition: FigureDefinition, printed: float) -> str:
        """A past-tense verb that fits a move of any size."""
        steps = self._steps(definition, printed)
        return steps[min(1, len(steps) - 1)].past[0]

    def _steps(self, definition: FigureDefinition, printed: float) -> tuple[Verb, ...]:
        side: Mapping[str, tuple[Verb, ...]] = self._lexicon.rises if printed > 0 else self._lexicon.falls
        return side[_FAMILIES.get(definition.unit, "percent")]

    def _scale(self, name: str) -> float:
        if name not in self._scales:
            horizon = _HORIZON.search(name)
            span = horizon[1] if horizon else "since" if _SINCE.search(name) else ""
            scale = self._lexicon.scales.get(span, 1.0)
            kind = self._kind(name)
            self._scales[name] = scale * (self._lexicon.scales.get(kind, 1.0) if kind else 1.0)
        return self._scales[name]

    def _kind(self, name: str) -> Kind | None:
        owner = self.owner(name)
        if owner is None:
            return None
        group = self._universe.groups.get(owner)
        return self._universe.segments[group.members[0] if group else owner].kind

    def owner(self, name: str) -> str | None:
        """The segment or group that a figure's name begins with; the longest key that fits."""
        if name not in self._owners:
            keys = [key for key in (*self._universe.segments, *self._universe.groups) if name.startswith(key + "_")]
            self._owners[name] = max(keys, key=len, default=None)
        return self._owners[name]
