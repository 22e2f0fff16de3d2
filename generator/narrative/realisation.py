"""A wording and a session in; a `Sentence` out, with every number tied to its figure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape

import numpy as np

from generator.errors import CommentaryError
from generator.model import (
    Basis,
    Claim,
    FigureDefinition,
    Fragment,
    Piece,
    Publication,
    Sentence,
    Slot,
    Unit,
    Variant,
)
from generator.narrative.aggregation import compared
from generator.narrative.citations import CitedFigures
from generator.narrative.filters import apply, plain
from generator.narrative.lexicalisation import Verbs
from generator.narrative.newsworthiness import RulePast
from generator.narrative.openings import openings
from generator.narrative.phrases import Context, Quoted, named, text
from generator.narrative.voice import Voice

OWN_PAST = ("times_before", "times_now", "chances_before", "last_time", "sessions_held", "first_session")
"""Names with which a fragment speaks of its own rule."""
NAME_FILTERS = ("possessive", "short", "headline", "full")
LIST_FILTERS = ("compared",)
_SENTENCE_END = re.compile(r"(?:^|[.!?:]['”\"]?\s+)$")
_COLON_END = re.compile(r":\s+$")


@dataclass(frozen=True, slots=True)
class Realiser:
    """Makes sentences for one session (`row`)."""

    publication: Publication
    figures: CitedFigures
    verbs: Verbs
    row: int
    _quotes: dict[str, Quoted | None] = field(default_factory=dict)

    @property
    def session(self) -> date:
        day: date = self.figures.sessions[self.row].astype(object)
        return day

    def sentence(self, fragment: Fragment, variant: Variant, past: RulePast, voice: Voice) -> Sentence | None:
        """The wording with its figures poured in, or None where one of them is absent on this session."""
        context = Context(self.publication.universe, self.verbs, self.session, voice)
        pieces: list[Piece] = []
        for number, slot in enumerate(variant.slots):
            pieces.append(_literal(variant, number))
            lead = "".join(piece.text for piece in pieces)
            first = _begins_sentence(lead)
            if first and lead.strip():
                voice.last = openings(lead)[-1]
            made = self._slot(replace(context, first=first), slot, past, fragment)
            if made is None:
                return None
            pieces += _capitalised(made) if first else made
        pieces.append(_literal(variant, len(variant.slots)))
        return Sentence(tuple(piece for piece in pieces if piece.text), fragment.key, variant.source, fragment.tone)

    def _slot(self, context: Context, slot: Slot, past: RulePast, fragment: Fragment) -> list[Piece] | None:
        if slot.many:
            quoted = [self.quote(name) for name in slot.names]
            present = [item for item in quoted if item is not None]
            return compared(context, present) if present else None
        name = slot.names[0]
        if name in context.universe.segments:
            return _named(context, name, slot)
        if name in self.publication.lexicon.terms:
            term = self.publication.lexicon.terms[name]
            return [Piece(term, term, escape(term, quote=False), Claim("term", name, term))]
        item = self._own_past(name, past, fragment) if name in OWN_PAST else self.quote(name)
        if item is None:
            return None
        if not slot.calls:
            return plain(context, item)
        call = slot.calls[0]
        return apply(context, item, call.name, call.arguments)

    def quote(self, name: str) -> Quoted | None:
        """The figure or fact on this session, or None where it is absent."""
        if name not in self._quotes:
            self._quotes[name] = self._quote(name)
        return self._quotes[name]

    def _quote(self, name: str) -> Quoted | None:
        printed = float(self.figures.printed(name)[self.row])
        if np.isnan(printed):
            return None
        definition = self.figures.catalogue.define(name)
        value = float(self.figures.values(name)[self.row])
        if self.figures.catalogue.is_fact(name):
            return Quoted(definition, printed, value, "fact", self.figures.fact(name, self.row).line)
        return Quoted(definition, printed, value)

    def _own_past(self, name: str, past: RulePast, fragment: Fragment) -> Quoted | None:
        last = past.last_row(self.row)
        rows = {"last_time": last, "first_session": past.first_row}
        unit = Unit.DATE if name in rows else Unit.COUNT
        if name in rows:
            if rows[name] < 0:
                return None
            number = float(self.figures.sessions[rows[name]].astype("datetime64[D]").astype(int))
        else:
            before = past.times_before(self.row)
            counts = {
                "times_before": before,
                "times_now": before + 1,
                "chances_before": past.chances_before(self.row),
                "sessions_held": past.sessions_held(self.row),
            }
            number = float(counts[name])
        label = f"{name.replace('_', ' ')} of the rule: {fragment.when or 'always'}"
        definition = FigureDefinition(f"{fragment.key}:{name}", unit, Basis.NONE, 0, label, fragment.when, ())
        return Quoted(definition, number, number, "rule", f"{fragment.path}:{fragment.when_line}")


def _literal(variant: Variant, number: int) -> Piece:
    return Piece(variant.plain[number], variant.markdown[number], variant.html[number])


def _named(context: Context, key: str, slot: Slot) -> list[Piece]:
    segment = context.universe.segments[key]
    call = slot.calls[0].name if slot.calls else ""
    fixed = {"short": segment.short, "headline": segment.headline, "full": segment.names[0]}
    if call == "possessive":
        piece = named(context, segment)
        return [piece, text("’" if piece.text.endswith("s") else "’s")]
    if call and call not in fixed:
        raise CommentaryError(f"the filter '{call}' cannot be used on a name; these can: {', '.join(NAME_FILTERS)}.")
    return [named(context, segment, fixed.get(call))]


def _begins_sentence(lead: str) -> bool:
    """Whether what comes after `lead` is the first word of a sentence."""
    return bool(_SENTENCE_END.search(lead)) and not _COLON_END.search(lead)


def _capitalised(made: list[Piece]) -> list[Piece]:
    """The pieces with a capital at their beginning."""
    if not made:
        return made
    first = made[0]
    raised = first.text[:1].upper() + first.text[1:]
    return [Piece(raised, raised, escape(raised, quote=False), first.claim), *made[1:]]
