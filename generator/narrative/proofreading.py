"""Fragments in; faults out: everything in the words that can be seen to be wrong, before and against history."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from generator.errors import CommentaryError, ContentError, Fault
from generator.model import Catalogue, Figures, Fragment, Lexicon, Publication, Slot, Universe, Variant
from generator.narrative.filters import FILTERS, SIGNED
from generator.narrative.openings import opening, sentences
from generator.narrative.planning import ANGLE_PARTS
from generator.narrative.realisation import LIST_FILTERS, NAME_FILTERS, OWN_PAST
from generator.narrative.rules import read_rule

LEAST_WORDINGS = 3
_BARE = SIGNED | {"size", "points", "whole", "nth", "nth_of", "times"}
"""Filters that a figure whose sign carries meaning may pass through; without one its direction is lost."""


def proofread(publication: Publication, edition: str, catalogue: Catalogue) -> list[Fault]:
    """Every fault of an edition's fragments that needs no prices."""
    fragments = publication.fragments[edition]
    outline = publication.outlines[edition]
    faults: list[Fault] = []
    for fragment in fragments:
        faults += _fragment_faults(publication, fragment, catalogue, angle=fragment.slot == outline.angle)
    slots = {outline.angle, *(part.slot for part in outline.parts)}
    faults += [
        Fault(f"{item.path}:1", f"no part of the edition takes from the folder '{item.slot}'.")
        for item in fragments
        if item.slot not in slots
    ]
    faults += _lead_faults([fragment for fragment in fragments if fragment.slot == outline.angle])
    faults += _duplicate_faults(fragments)
    return faults


def check_against_history(publication: Publication, edition: str, figures: Figures) -> list[Fault]:
    """Assertions that fail on a session on which their rule holds, and rules that never hold; needs prices."""
    faults: list[Fault] = []
    for fragment in publication.fragments[edition]:
        try:
            rule = read_rule(fragment.when, figures.catalogue, f"{fragment.path}:{fragment.when_line}")
            held = rule.column(figures)
            if not held.any():
                faults.append(
                    Fault(
                        f"{fragment.path}:{fragment.when_line}", "the rule never held on any session of this history."
                    )
                )
            for word, claim in fragment.asserts.items():
                line = fragment.assert_lines[word]
                stated = read_rule(claim, figures.catalogue, f"{fragment.path}:{line}")
                broken = np.flatnonzero(held & ~stated.column(figures))
                if len(broken):
                    row = int(broken[0])
                    shown = ", ".join(f"{name} was {figures.printed(name)[row]:g}" for name in stated.names)
                    share = f"{len(broken)} of {held.sum()} sessions"
                    message = f"'{word}' is claimed, but on {figures.sessions[row]} {shown} ({share})."
                    faults.append(Fault(f"{fragment.path}:{line}", message))
        except ContentError as error:
            faults.extend(error.faults)
    return faults


def _fragment_faults(
    publication: Publication, fragment: Fragment, catalogue: Catalogue, angle: bool
) -> Iterator[Fault]:
    rules = [
        (fragment.when, fragment.when_line),
        *((rule, fragment.assert_lines[word]) for word, rule in fragment.asserts.items()),
    ]
    for text, line in rules:
        try:
            read_rule(text, catalogue, f"{fragment.path}:{line}")
        except ContentError as error:
            yield from error.faults
    parts = ANGLE_PARTS if angle else ("body",)
    yield from (
        Fault(f"{fragment.path}:1", f"lacks the part '# {part}'.") for part in parts if part not in fragment.parts
    )
    for part in fragment.parts:
        try:
            variants = fragment.parts[part]
        except ContentError as error:
            yield from error.faults
            continue
        least = 2 if part == "heading" else LEAST_WORDINGS
        if len(variants) < least:
            yield Fault(
                variants[0].source,
                f"part '{part}' has {len(variants)} wordings; write {least} or more, so that they can take turns.",
            )
        for variant in variants:
            yield from _variant_faults(publication, fragment, variant, catalogue, part)


def _variant_faults(
    publication: Publication, fragment: Fragment, variant: Variant, catalogue: Catalogue, part: str
) -> Iterator[Fault]:
    for slot in variant.slots:
        yield from _slot_faults(publication, slot, variant.source, catalogue)
    literal = " ".join(variant.plain)
    for number in re.findall(r"\S*\d(?:\S*[\w%])?", literal):
        yield Fault(
            variant.source, f"'{number}' is a number that no figure stands behind; quote a figure, a fact or a term."
        )
    yield from _word_faults(publication.lexicon, fragment, literal, variant.source)
    whole = "\u25a0".join(variant.plain).rstrip()
    if part not in ("headline", "heading") and not whole.endswith((".", "?", "”")) and variant.plain[-1].strip():
        yield Fault(variant.source, "a sentence ends with a full stop.")
    if "  " in whole or " ," in whole or " ." in whole or re.search(r"\b(\w+) \1\b", whole.lower()):
        yield Fault(variant.source, "has a doubled word or a stray space.")


def _slot_faults(publication: Publication, slot: Slot, place: str, catalogue: Catalogue) -> Iterator[Fault]:
    universe, lexicon = publication.universe, publication.lexicon
    allowed = LIST_FILTERS if slot.many else NAME_FILTERS if slot.names[0] in universe.segments else tuple(FILTERS)
    for call in slot.calls:
        if call.name not in allowed:
            yield Fault(place, f"'{call.name}' is not a filter here; these are: {', '.join(allowed)}.")
    if slot.many and not slot.calls:
        yield Fault(place, "a list of figures needs the filter 'compared'.")
    if len(slot.calls) > 1:
        yield Fault(place, "a placeholder takes one filter.")
    for name in slot.names:
        if _known_without_figures(name, universe, lexicon):
            continue
        try:
            definition = catalogue.define(name)
        except CommentaryError as error:
            message = error.faults[0].message if isinstance(error, ContentError) else str(error)
            yield Fault(place, message)
            continue
        used = slot.calls[0].name if slot.calls else ""
        if definition.signed and not slot.many and used not in _BARE:
            yield Fault(
                place,
                f"'{name}' has a sign: show it with moved, updown or the like, or use | size where the words do.",
            )


def _known_without_figures(name: str, universe: Universe, lexicon: Lexicon) -> bool:
    return name in universe.segments or name in lexicon.terms or name in OWN_PAST


def _word_faults(lexicon: Lexicon, fragment: Fragment, text: str, place: str) -> Iterator[Fault]:
    """Claim words without an assertion, and words that no sentence may carry."""
    lowered = text.lower()
    asserted = {word.strip() for key in fragment.asserts for word in key.split(",")}
    for word, forms in lexicon.claims.items():
        found = _any_of(forms).search(lowered)
        if found and word not in asserted and found[0] not in asserted:
            yield Fault(
                place, f"'{found[0]}' is a claim: list '{word}' under asserts with the rule that makes it true."
            )
    found = _any_of(lexicon.banned).search(lowered) if lexicon.banned else None
    if found:
        yield Fault(place, f"'{found[0]}' promises, exaggerates, advises or gives a cause; say it otherwise.")


@cache
def _any_of(forms: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])")


def _lead_faults(angles: Sequence[Fragment]) -> Iterator[Fault]:
    """Leads that may follow one another on two sessions and would begin alike."""
    seen: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for fragment in angles:
        for number, variant in enumerate(fragment.parts.get("lead", ())):
            start = opening(_skeleton(variant))
            other = seen[1 - number % 2].get(start)
            if other:
                yield Fault(
                    variant.source,
                    f"begins like the lead at {other} ('{start}'), which may speak on the session before or after.",
                )
            seen[number % 2].setdefault(start, variant.source)


def _skeleton(variant: Variant) -> str:
    """The wording with each placeholder as a word of its own."""
    text = variant.plain[0]
    for number, slot in enumerate(variant.slots):
        text += f"{'_'.join(slot.names)}{variant.plain[number + 1]}"
    return text


def _duplicate_faults(fragments: Sequence[Fragment]) -> Iterator[Fault]:
    """Sentences that stand twice."""
    seen: dict[str, str] = {}
    for fragment in fragments:
        for part in fragment.parts:
            for variant in fragment.parts[part]:
                for sentence in sentences(_skeleton(variant)):
                    key = sentence.lower()
                    if len(key) > 25 and key in seen and part != "heading":
                        yield Fault(variant.source, f"the same sentence stands at {seen[key]}.")
                    seen.setdefault(key, variant.source)
