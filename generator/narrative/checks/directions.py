"""Finds words that get a figure's direction wrong: a rise given as a fall, a wrong side, a gap without a side."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from generator.errors import CommentaryError, Fault
from generator.model import Catalogue, Fragment, Publication, Slot, Unit, Variant
from generator.narrative.language.stretches import (
    MARK,
    Stretch,
    any_of,
    fits,
    named_in,
    other_side,
    owner,
    sentences,
    subject,
)
from generator.narrative.newsroom import Newsroom

_OF_GAPS = ("ahead", "behind", "better", "worse", "short")
"""Words that say who is in front. “More” and “less” do not: they may be about losses."""
_OBJECT = re.compile(r"\s*(?:ahead of|behind|better than|worse than|short of) (.*)")
UNSIGNED = frozenset({"size", "points", "whole"})
"""Filters that leave the sign to the words."""


def direction_faults(publication: Publication, variant: Variant, catalogue: Catalogue) -> Iterator[Fault]:
    """Words that do not fit the number a measure is based on, and gaps that do not say who is ahead."""
    for sentence in sentences(variant):
        for at, slot in sentence.places:
            yield from _turned(publication, sentence, at, slot, variant.source)
            sides = publication.lexicon.senses.sides
            if sides and _is_gap(slot, catalogue) and not any_of(sides).search(sentence.text):
                message = f"'{slot.names[0]}' is a gap, and the sentence does not say who is ahead."
                yield Fault(variant.source, message)


def _turned(publication: Publication, sentence: Stretch, at: int, slot: Slot, place: str) -> Iterator[Fault]:
    clause = " | ".join(sentence.around(at))
    for direction in publication.lexicon.senses.directions:
        if not fits(slot.names[0], direction.measures):
            continue
        for words, text in ((direction.beside, clause), (direction.anywhere, sentence.text)):
            if found := any_of(words).search(text):
                yield Fault(place, f"'{found[0]}' cannot be said of '{slot.names[0]}': {direction.why}.")


def unsigned(slot: Slot) -> bool:
    """Whether a placeholder prints a size without its sign."""
    return bool(slot.calls) and slot.calls[0].name in UNSIGNED


def _is_gap(slot: Slot, catalogue: Catalogue) -> bool:
    if slot.many or not unsigned(slot):
        return False
    try:
        known = catalogue.define(slot.names[0])
    except CommentaryError:
        return False  # reported already
    return (
        known.unit is Unit.POINTS
        and known.signed
        and fits(slot.names[0], ("*_minus_*",))
        and not fits(slot.names[0], ("*_change",))
    )


def side_faults(newsroom: Newsroom, fragment: Fragment) -> Iterator[Fault]:
    """Sizes that on some session of history had the opposite sign to the one the word after them implies."""
    held, figures = newsroom.pasts[fragment.key].held, newsroom.seen_by(fragment)
    for variant in (variant for variants in fragment.parts.values() for variant in variants):
        for sentence in sentences(variant):
            for at, slot in sentence.places:
                said, name = side_said(newsroom.publication, sentence, at, slot), slot.names[0]
                if not said or not figures.catalogue.define(name).signed:
                    continue
                broken = np.flatnonzero(held & (figures.printed(name) * said < 0))
                if len(broken):
                    word = "above or ahead" if said > 0 else "below or behind"
                    day, value = figures.sessions[broken[0]], figures.printed(name)[broken[0]]
                    often = f"{len(broken):,} of the {held.sum():,} sessions on which the rule holds"
                    message = f"says that '{name}' lies {word}, but on {day} it was {value:,.2f} ({often})."
                    yield Fault(variant.source, message)


def side_said(publication: Publication, sentence: Stretch, at: int, slot: Slot) -> int:
    """1 if the word right after a size says that the figure is positive, -1 if negative, 0 if it does not say.

    “{sp500} is x behind {small}” says that small less large is positive.
    """
    senses = publication.lexicon.senses
    second = other_side(slot.names[0], publication.universe)
    word = any_of((*senses.up, *senses.down) if second is None else _OF_GAPS).match(sentence.text[at + 1 :].lstrip())
    if not unsigned(slot) or not word:
        return 0
    sign = 1 if any_of(senses.up).fullmatch(word[0]) else -1
    return sign if second is None else sign * _facing(publication, sentence, at, slot.names[0], second)


def _facing(publication: Publication, sentence: Stretch, at: int, name: str, second: str) -> int:
    """1 if the sentence is about the first side of a pair, -1 if about the second, 0 if it does not say."""
    universe, first = publication.universe, owner(name, publication.universe)
    # Words such as “large caps” are also part of the names of funds.
    spoken = publication.lexicon.senses.spoken if first == universe.core[0] else {}
    number = sentence.text[:at].count(MARK)
    beyond = _OBJECT.match(sentence.text[at + 1 :])
    if beyond:
        objects = named_in(beyond[1], sentence.slots[number + 1 :], universe, spoken)
        if objects and objects[0].at == 0 and objects[0].segment in (first, second):
            return 1 if objects[0].segment == second else -1
    speaker = subject(sentence.text[:at], sentence.slots, universe, spoken)
    return 1 if speaker == first else -1 if speaker == second else 0
