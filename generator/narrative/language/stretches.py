"""Splits a wording into sentences and clauses, with the placeholders in each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from typing import NamedTuple

from generator.model import Slot, Universe, Variant

MARK = "\u25a0"
"""Takes the place of a placeholder in the text."""
Spoken = Mapping[str, tuple[str, ...]]
"""By segment, words for it besides its own names."""
_ENDS = re.compile(rf"(?<=[.?!])[’”\"]?\s+(?=[A-Z{MARK}“])")
_PREPOSITION = re.compile(
    r"\b(?:not|against|beside|besides|next to|set against|set beside|with|over|for|of|than|to|behind|by|from|on|at|in|"
    r"into|like|beneath|under|above|between|among)(?: the| its| both)?\s+$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:.?!()]|\s(?:and|but|while|whereas|after|which|though|although)(?=\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One sentence of a wording: its text with a mark for each placeholder, and the placeholders in order."""

    text: str
    slots: tuple[Slot, ...]

    @property
    def places(self) -> Iterator[tuple[int, Slot]]:
        """Each placeholder with its position in the text."""
        yield from zip((found.start() for found in re.finditer(MARK, self.text)), self.slots, strict=True)

    def around(self, at: int) -> tuple[str, str]:
        """The words of the clause before and after the placeholder at `at`, up to the next placeholder on each side."""
        before, after = self.text[:at], self.text[at + 1 :]
        ends = [found.end() for found in _CLAUSE.finditer(before)]
        start = max([before.rfind(MARK) + 1, *ends])
        stop = _CLAUSE.search(after)
        end = min(one for one in (after.find(MARK), stop.start() if stop else -1, len(after)) if one >= 0)
        return before[start:], after[:end]


def sentences(variant: Variant) -> tuple[Stretch, ...]:
    """The wording's sentences in order."""
    found, slots = [], list(variant.slots)
    for text in _ENDS.split(MARK.join(variant.plain)):
        number = text.count(MARK)
        found.append(Stretch(text, tuple(slots[:number])))
        del slots[:number]
    return tuple(found)


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the phrases as whole words, ignoring case; `…` in a phrase matches a placeholder."""
    return _pattern(tuple(words))


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted((word.replace("'", "’").replace("…", MARK) for word in words), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest)) or '(?!)'})(?![\w-])", re.IGNORECASE)


def fits(name: str, patterns: Iterable[str]) -> bool:
    """Whether a figure's name matches any of the patterns."""
    return _fits(name, patterns if isinstance(patterns, tuple) else tuple(patterns))


@cache
def _fits(name: str, patterns: tuple[str, ...]) -> bool:
    return bool(_matching(patterns).match(name))


@cache
def _matching(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(translate, patterns)) or "(?!)")


def owner(name: str, universe: Universe) -> str | None:
    """The segment that a figure is about; for a pair, the first one."""
    return next(
        (key for key in _by_length(tuple(universe.segments)) if name == key or name.startswith(f"{key}_")), None
    )


@cache
def _by_length(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(keys, key=len, reverse=True))


def other_side(name: str, universe: Universe) -> str | None:
    """The second segment of a pair's figure; None for any other figure."""
    first = owner(name, universe)
    rest = name.removeprefix(f"{first}_minus_") if first else name
    return owner(rest, universe) if first and rest != name else None


class Named(NamedTuple):
    """A segment named in a text, and its position."""

    at: int
    segment: str


def named_in(
    text: str, slots: Iterable[Slot], universe: Universe, spoken: Mapping[str, tuple[str, ...]]
) -> list[Named]:
    """The segments named in a text, in order: by placeholders, in lists of moves, and in words."""
    marks = zip(re.finditer(MARK, text), slots, strict=False)
    found = [Named(at.start(), key) for at, slot in marks if (key := _named(slot, universe))]
    for key, words in spoken.items():
        found += [Named(at.start(), key) for at in any_of(words).finditer(text)]
    return sorted(found)


def _named(slot: Slot, universe: Universe) -> str | None:
    if slot.names[0] in universe.segments:
        return slot.names[0]
    return owner(slot.names[0], universe) if slot.many else None


def subject(text: str, slots: Iterable[Slot], universe: Universe, spoken: Spoken) -> str | None:
    """The last segment named in a text without a preposition before it: what the text is about at its end."""
    named = (one for one in named_in(text, slots, universe, spoken) if not _PREPOSITION.search(text[: one.at]))
    return max(named, default=Named(-1, "")).segment or None
