"""Finds what is wrong with a placeholder: a name or a filter that is none, a filter that does not suit its figure."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import CommentaryError, ContentError, Fault
from generator.model import Call, Catalogue, Every, Publication, Slot, Unit, Variant
from generator.narrative.situations.baserates import told
from generator.narrative.writing.aggregation import event_of
from generator.narrative.writing.filters import FILTERS, SIGNED, misused
from generator.narrative.writing.realisation import LIST_FILTERS, NAME_FILTERS
from generator.narrative.writing.script import OWN_PAST
from generator.suggestion import alike

_BARE = SIGNED | {"size", "points", "whole", "nth", "nth_of", "times", "digits", "counted", "Counted"}
"""Filters for a figure whose sign matters; without one of them its direction is lost."""
OWN_UNITS = {name: Unit.DATE if name in ("last_time", "first_session") else Unit.COUNT for name in OWN_PAST}
"""The unit of each figure about a fragment's own past."""
_OF_BASE_RATES = frozenset({"size", "signed", "points", "digits", "counted", "Counted", "times", "nth"})
"""Filters for base rates. None of them picks a verb, as verbs are for the moves of one session."""


def name_faults(publication: Publication, variant: Variant, catalogue: Catalogue) -> Iterator[Fault]:
    """Names that nothing has, each with the one that was probably meant."""
    for name in dict.fromkeys(name for slot in variant.slots for name in slot.names):
        if _known_without_figures(name, publication):
            continue
        try:
            catalogue.define(name)
        except CommentaryError as error:
            message = error.faults[0].message if isinstance(error, ContentError) else str(error)
            near = alike(name, [*publication.universe.segments, *publication.lexicon.terms, *OWN_PAST])
            yield Fault(variant.source, f"'{name}' is no name here. Did you mean '{near}'?" if near else message)


def slot_faults(publication: Publication, slot: Slot, place: str, catalogue: Catalogue) -> Iterator[Fault]:
    """Unknown filters, and filters that do not suit their figure."""
    yield from _skipped(publication, slot, place)
    known = slot.names[0] in publication.universe.segments
    allowed = LIST_FILTERS if slot.many else NAME_FILTERS if known else tuple(FILTERS)
    for call in slot.calls:
        if call.name not in allowed:
            yield Fault(place, f"'{call.name}' is not a filter here; these are: {', '.join(allowed)}.")
    if slot.calls and slot.calls[0].name in allowed:
        yield from _misuses(publication, slot, place, catalogue)
    if slot.many and not slot.calls:
        yield Fault(place, "a list of figures needs the filter 'compared', a list of dates to come 'due'.")
    if told(slot.names[0]) and any(call.name not in _OF_BASE_RATES for call in slot.calls):
        yield Fault(place, f"'{slot.names[0]}' takes one of these filters: {', '.join(sorted(_OF_BASE_RATES))}.")
    if len(slot.calls) > 1:
        yield Fault(place, "a placeholder takes one filter.")
    used = slot.calls[0].name if slot.calls else ""
    for name in slot.names:
        if slot.many or used in _BARE or _known_without_figures(name, publication):
            continue
        try:
            signed = catalogue.define(name).signed
        except CommentaryError:
            continue
        if signed:
            message = f"'{name}' has a sign: show it with moved, updown or the like, or use | size where the words do."
            yield Fault(place, message)


def _misuses(publication: Publication, slot: Slot, place: str, catalogue: Catalogue) -> Iterator[Fault]:
    """Known filters that cannot be used on this figure, or with these arguments."""
    call = slot.calls[0]
    for name in slot.names:
        if call.name == "due":
            wrong = _undue(name, call, publication)
        elif slot.many or name in publication.universe.segments:
            wrong = "takes no words in brackets" if call.arguments else None
        else:
            unit = OWN_UNITS.get(name)
            try:
                unit = unit or catalogue.define(name).unit
            except CommentaryError:
                continue  # a term, or reported already
            wrong = misused(call.name, unit, len(call.arguments))
        if wrong:
            yield Fault(place, f"'{name} | {call.name}': the filter {wrong}.")


def _undue(name: str, call: Call, publication: Publication) -> str | None:
    """What is wrong with an entry of a list of dates to come."""
    if call.arguments:
        return "takes no words in brackets"
    if not name.endswith("_next") or event_of(name) not in publication.lexicon.due:
        return "is for dates to come, as 'fed_next', of the events under 'due' in content/lexicon.yaml"
    return None


def _skipped(publication: Publication, slot: Slot, place: str) -> Iterator[Fault]:
    """A daily number's value at the session before, which may lie two readings back: two can come out at once."""
    daily = [key for key, release in publication.universe.releases.items() if release.every is Every.DAY]
    for name in slot.names:
        if any(name in (f"{key}_before", f"{key}_step") for key in daily):
            yield Fault(place, f"'{name}' may lie two readings back; tell a daily number's level and day alone.")


def _known_without_figures(name: str, publication: Publication) -> bool:
    return name in publication.universe.segments or name in publication.lexicon.terms or name in OWN_PAST
