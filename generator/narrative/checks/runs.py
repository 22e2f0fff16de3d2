"""Finds numbers that a wording gives as the length of a run when no run has that length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache

import numpy as np

from generator.errors import Fault
from generator.model import Fragment, Runs, Variant
from generator.narrative.checks.backing import MARK, any_of, behind, marked
from generator.narrative.checks.cases import Rows, fewest, first_case
from generator.narrative.language.lexicalisation import count, ordinal
from generator.narrative.newsroom import Newsroom


def run_faults(newsroom: Newsroom, fragment: Fragment, variant: Variant, rows: Rows) -> Iterator[Fault]:
    """Numbers given as a run's length, unless a run behind the wording has that length on every session."""
    runs = newsroom.publication.lexicon.runs
    text = marked(variant)
    for found in _pattern(runs.words).finditer(text):
        number, phrase = found["number"], found[0].strip()
        if number == MARK:
            slot = variant.slots[text.count(MARK, 0, found.start("number"))]
            if not _measures_run(runs, slot.names[0]):
                yield Fault(variant.source, f"'{phrase}' tells a run, and '{slot.names[0]}' measures none.")
            continue
        yield from _pinned(newsroom, fragment, variant, rows, phrase, _NUMBERS[number], bool(found["more"]))


def _pinned(
    newsroom: Newsroom, fragment: Fragment, variant: Variant, rows: Rows, phrase: str, length: int, more: bool
) -> Iterator[Fault]:
    """A fault unless one run behind the wording has this length on every session on which it can be used."""
    named = sorted(name for name in behind(fragment, variant) if _measures_run(newsroom.publication.lexicon.runs, name))
    if not named:
        yield Fault(variant.source, f"'{phrase}' tells a run, and no figure behind it measures one; quote a streak.")
        return
    sizes = {name: np.abs(newsroom.figures.values(name)) for name in named}
    wrong = {name: ~(size[rows] >= length if more else size[rows] == length) for name, size in sizes.items()}
    name = fewest(wrong)
    if case := first_case(newsroom, rows, wrong[name]):
        was = f"on {case.day} '{name}' was {sizes[name][case.row]:g} ({case.share})"
        yield Fault(variant.source, f"'{phrase}' is said, but {was}.")


def _measures_run(runs: Runs, name: str) -> bool:
    return any(fnmatchcase(name, one) for one in runs.figures)


_NUMBERS = {way(number): number for number in range(1, 100) for way in (count, ordinal)}


_OTHER = r"(?![ -](?:percent|points?|months?|weeks?|years?)\b)"
"""A number of these is not a count of sessions."""


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for a number followed, within a few words, by words for a run: `a second gain in a row`."""
    number = rf"(?:{MARK}|\b(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\b)"
    between = rf"(?:[ -](?!{number})[\w'-]+){{0,4}}?[ -]"
    return re.compile(rf"(?P<number>{number}){_OTHER}{between}{any_of(words).pattern}(?P<more> or more)?")
