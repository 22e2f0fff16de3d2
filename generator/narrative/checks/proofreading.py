"""Finds everything in the fragments that can be seen to be wrong without prices."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from generator.errors import ContentError, Fault
from generator.model import Catalogue, Fragment, Outline, Publication, Variant
from generator.narrative.checks.assertions import assertion_faults
from generator.narrative.checks.directions import direction_faults
from generator.narrative.checks.greatest import greatest_faults
from generator.narrative.checks.headings import heading_faults
from generator.narrative.checks.houses import Houses, house_faults
from generator.narrative.checks.inboxes import length_faults
from generator.narrative.checks.kept import each_kept
from generator.narrative.checks.likeness import likeness_faults
from generator.narrative.checks.lines import lines_of
from generator.narrative.checks.links import link_faults
from generator.narrative.checks.placeholders import name_faults, slot_faults
from generator.narrative.checks.presuppositions import supposition_faults
from generator.narrative.checks.scopes import scope_faults, set_faults, unknown_scopes
from generator.narrative.checks.spans import span_faults
from generator.narrative.composing.tables import picture_faults, table_faults
from generator.narrative.language.house_style import banned_faults, word_faults
from generator.narrative.planning import ANGLE_PARTS
from generator.narrative.situations.baserates import FOLLOWED, SIDES, told
from generator.narrative.situations.rules import read_rule
from generator.narrative.writing.referents import referent_faults
from generator.suggestion import alike

LEAST_WORDINGS = 3
_SPAN_TWICE = re.compile(
    r"\b(over (?:the past )?(?:day|week|month|year|five sessions|(?:three|six|twelve) months))\b.*\b\1\b"
)


def proofread(publication: Publication, edition: str, catalogue: Catalogue) -> list[Fault]:
    """Every fault of an edition's fragments that needs no prices."""
    fragments = publication.fragments[edition]
    outline = publication.outlines[edition]
    faults = [*unknown_scopes(publication.lexicon, publication.universe), *table_faults(outline, catalogue)]
    faults += picture_faults(outline, catalogue)
    faults += each_kept(publication, edition, lambda one: _fragment_faults(publication, one, catalogue, outline))
    faults += _together(publication, edition, fragments)
    slots = {outline.angle, *(part.slot for part in outline.parts)}
    faults += [
        Fault(f"{item.path}:1", f"no part of the edition takes from the folder '{item.slot}'.")
        for item in fragments
        if item.slot not in slots
    ]
    faults += greatest_faults(fragments)
    whole = [fragment for fragment in fragments if not fragment.own_part and not _unparsed(fragment)]
    faults += likeness_faults(whole)
    return faults


def proofread_spoken(
    publication: Publication, edition: str, catalogue: Catalogue, spoken: Collection[str]
) -> dict[str, list[Fault]]:
    """Every fault within each of the fragments with these keys; an edition may not be published with any."""
    outline = publication.outlines[edition]
    found: dict[str, list[Fault]] = {key: [] for key in spoken}
    for one in publication.fragments[edition]:
        if one.key in found:
            found[one.key] += _fragment_faults(publication, one, catalogue, outline)
            found[one.key] += _together(publication, edition, [one])
    return found


def _together(publication: Publication, edition: str, fragments: Iterable[Fragment]) -> Iterator[Fault]:
    """The faults of fragments that show beside what else the publication holds: houses, what other passages find."""
    houses = Houses(publication.facts)
    findings = {key for one in publication.fragments[edition] for key in one.finds}
    for fragment in fragments:
        yield from house_faults(fragment, houses)
        yield from link_faults(fragment, findings)


def _fragment_faults(
    publication: Publication, fragment: Fragment, catalogue: Catalogue, outline: Outline
) -> Iterator[Fault]:
    yield from _reading_faults(publication, fragment, catalogue)
    if not fragment.own_part:
        slots = {part.slot for part in outline.parts}
        others = publication.fragments[outline.edition] if fragment.covers else ()
        yield from _shape_faults(fragment, outline, [one.topic for one in others if one.slot in slots])
    if not fragment.taken_on_by:
        yield from assertion_faults(publication.lexicon, fragment, catalogue)
    for line in lines_of(fragment, publication.lexicon):
        yield from _wording_faults(publication, line, catalogue)
        yield from _edgeless(line, catalogue)


def legible(publication: Publication, edition: str, catalogue: Catalogue) -> Publication:
    """The publication without the edition's unreadable fragments, so that the others can be tested."""
    found = [item for item in publication.fragments[edition] if not any(_reading_faults(publication, item, catalogue))]
    return replace(publication, fragments={**publication.fragments, edition: tuple(found)})


def unreadable(publication: Publication, edition: str, catalogue: Catalogue) -> list[Fault]:
    """The faults because of which a fragment cannot be tested at all."""
    return [fault for item in publication.fragments[edition] for fault in _reading_faults(publication, item, catalogue)]


def _reading_faults(publication: Publication, fragment: Fragment, catalogue: Catalogue) -> Iterator[Fault]:
    """Rules, placeholders and names that cannot be understood."""
    for text, place in _rules(fragment):
        try:
            read_rule(text, catalogue, place)
        except ContentError as error:
            yield from error.faults
    yield from _circular(fragment, catalogue)
    yield from _unparsed(fragment)
    for variant in _variants(fragment):
        yield from name_faults(publication, variant, catalogue)


def _circular(fragment: Fragment, catalogue: Catalogue) -> Iterator[Fault]:
    """Base rates used in the situation that they are counted for; it has to be given under `after` without them."""
    place = f"{fragment.path}:{fragment.when_line}"
    try:
        rates = [name for name in read_rule(fragment.after or fragment.when, catalogue, place).names if told(name)]
    except ContentError:
        return  # reported already
    if not (fragment.after or fragment.when):
        told_of = (name for variant in _variants(fragment) for name in variant.figures if told(name))
        rates = list(told_of)
    if rates:
        message = f"'{rates[0]}' is what followed a situation: name that situation under 'after', without base rates."
        yield Fault(place, message)


def _edgeless(fragment: Fragment, catalogue: Catalogue) -> Iterator[Fault]:
    """Base rates quoted without their edge in the rule; the edge is absent if it depends on how cases are counted."""
    try:
        named = set(read_rule(fragment.when, catalogue, fragment.path).names)
    except ContentError:
        return  # reported already
    for name in sorted({name for variant in _variants(fragment) for name in variant.figures}):
        rate = told(name)
        side = rate and SIDES.get(rate.statistic.removesuffix("_share"))
        edge = f"followed_{rate.horizon}_{side}_edge" if rate and side else ""
        if rate and edge and rate.of == FOLLOWED and edge not in named:
            place = f"{fragment.path}:{fragment.when_line}"
            yield Fault(
                place, f"'{name}' is told, and the rule does not name '{edge}', without which it may be chance."
            )


def _rules(fragment: Fragment) -> list[tuple[str, str]]:
    """Every rule in the fragment with its place."""
    lines = [(line.when, line.source) for line in _variants(fragment) if line.when]
    asserted = [(rule, f"{fragment.path}:{fragment.assert_lines[words]}") for words, rule in fragment.asserts.items()]
    return [(fragment.when, f"{fragment.path}:{fragment.when_line}"), *asserted, *lines]


def _unparsed(fragment: Fragment) -> list[Fault]:
    """The faults of parts whose bullets cannot be parsed."""
    faults: list[Fault] = []
    for part in fragment.parts:
        try:
            _ = fragment.parts[part]
        except ContentError as error:
            faults += error.faults
    return faults


def _variants(fragment: Fragment) -> Iterator[Variant]:
    """Every line of every wording that can be parsed."""
    for part in fragment.parts:
        try:
            yield from (line for wording in fragment.parts[part] for line in wording.lines)
        except ContentError:
            continue


def _shape_faults(fragment: Fragment, outline: Outline, topics: Sequence[str]) -> Iterator[Fault]:
    """Missing parts, parts with too few wordings, and sections or topics that a story names and nobody knows."""
    keys = [part.key for part in outline.parts]
    unknown: list[tuple[str, Sequence[str], str]] = [
        (key, keys, "put in order, is no part") for key in fragment.order if key not in keys
    ]
    unknown += [(key, topics, "covered, is the topic of no passage") for key in fragment.covers if key not in topics]
    for key, known, what in unknown:
        near = alike(key, known)
        message = f"'{key}', {what} of this kind of article."
        yield Fault(f"{fragment.path}:1", f"{message} Did you mean '{near}'?" if near else message)
    if fragment.slot == outline.angle and not _unparsed(fragment):
        yield from length_faults(fragment)
    yield from heading_faults(fragment, outline)
    parts = ANGLE_PARTS if fragment.slot == outline.angle else ("body",)
    there = list(fragment.parts)  # `in` would parse the part
    yield from (Fault(f"{fragment.path}:1", f"lacks the part '# {part}'.") for part in parts if part not in there)
    for part in fragment.parts:
        try:
            variants = fragment.parts[part]
        except ContentError:
            continue
        least = 2 if part == "heading" else LEAST_WORDINGS
        if len(variants) < least:
            message = f"part '{part}' has {len(variants)} wordings; write {least} or more, so that they can take turns."
            yield Fault(variants[0].source, message)


def _wording_faults(publication: Publication, fragment: Fragment, catalogue: Catalogue) -> Iterator[Fault]:
    for part in fragment.parts:
        try:
            variants = fragment.parts[part]
        except ContentError:
            continue
        for variant in variants:
            for slot in variant.slots:
                yield from slot_faults(publication, slot, variant.source, catalogue)
            yield from _literal_faults(variant, part)
            yield from direction_faults(publication, variant, catalogue)
            yield from referent_faults(publication, variant, part)
            if fragment.taken_on_by:  # a person answers for its words; for no number, and for none that is banned
                yield from banned_faults(publication.lexicon, variant)
                continue
            yield from word_faults(publication.lexicon, fragment, variant)
            yield from supposition_faults(publication, fragment, variant)
            yield from scope_faults(publication.lexicon, publication.universe, fragment, variant)
            yield from set_faults(publication.lexicon, fragment, variant)
            yield from span_faults(publication, catalogue, fragment, variant)


def _literal_faults(variant: Variant, part: str) -> Iterator[Fault]:
    """Digits without a figure, and typing errors."""
    for number in re.findall(r"\S*\d(?:\S*[\w%])?", " ".join([*variant.plain, *_arguments(variant)])):
        message = f"'{number}' is a number that no figure stands behind; quote a figure, a fact or a term."
        yield Fault(variant.source, message)
    whole = "\u25a0".join(variant.plain).rstrip()
    if part not in ("headline", "subject", "heading") and not whole.endswith((".", "”")) and variant.plain[-1].strip():
        yield Fault(variant.source, "a sentence ends with a full stop.")
    if "?" in whole:
        yield Fault(variant.source, "asks the reader; a report answers.")
    for sentence in whole.lower().split(". "):
        if twice := _SPAN_TWICE.search(sentence):
            yield Fault(variant.source, f"says '{twice[1]}' twice in one sentence.")
    if "  " in whole or " ," in whole or " ." in whole or re.search(r"\b(\w+) \1\b", whole.lower()):
        yield Fault(variant.source, "has a doubled word or a stray space.")


def _arguments(variant: Variant) -> list[str]:
    """The words that filters are given as arguments to print."""
    calls = [call for slot in variant.slots for call in slot.calls]
    return [argument for call in calls for argument in call.arguments if isinstance(argument, str)]
