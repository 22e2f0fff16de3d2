"""Makes a `Sentence` from a wording on a session, with every number tied to its figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

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
from generator.narrative.language.lexicalisation import Verbs
from generator.narrative.language.openings import openings
from generator.narrative.language.phrases import Context, Quoted, named, text
from generator.narrative.language.voice import Voice
from generator.narrative.situations.baserates import told
from generator.narrative.situations.figures import AllFigures
from generator.narrative.situations.newsworthiness import RulePast
from generator.narrative.situations.recall import Recall
from generator.narrative.writing.aggregation import compared, due
from generator.narrative.writing.filters import VOICED, apply, plain
from generator.narrative.writing.script import Reads, Scripts, Step, begins

NAME_FILTERS = ("possessive", "short", "headline", "full")
LIST_FILTERS = ("compared", "due")
_NAMES = frozenset({Reads.SEGMENT, Reads.LIST})
"""Placeholders that begin with a name."""


@dataclass(frozen=True)
class Realiser:
    """Makes sentences for one session (`row`)."""

    publication: Publication
    figures: AllFigures
    verbs: Verbs
    scripts: Scripts
    recall: Recall
    row: int
    _quotes: dict[str, Quoted | None] = field(default_factory=dict)
    _made: dict[str, list[Piece]] = field(default_factory=dict)
    """Pieces for placeholders whose text does not depend on the voice, by placeholder."""

    @cached_property
    def session(self) -> date:
        """The session that the sentences are about."""
        day: date = self.figures.sessions[self.row].astype(object)
        return day

    def sentence(self, fragment: Fragment, variant: Variant, past: RulePast, voice: Voice) -> Sentence | None:
        """The wording with its figures filled in, or None if one of them is absent on this session."""
        pieces = self.pieces(fragment, variant, past, voice)
        if pieces is None:
            return None
        return Sentence(tuple([piece for piece in pieces if piece.text]), fragment.key, variant.source, fragment.tone)

    def pieces(self, fragment: Fragment, variant: Variant, past: RulePast, voice: Voice) -> list[Piece] | None:
        """The pieces that make up the sentence; None if a figure is absent."""
        script = self.scripts.of(variant)
        context = Context(self.publication.universe, self.verbs, self.session, voice)
        pieces: list[Piece] = []
        for step in script.steps:
            if step.before.text:
                pieces.append(step.before)
            first = step.raised
            if first is None:
                first = begins(_text(pieces))
            if first and step.reads in _NAMES and (lead := _text(pieces).strip()):
                voice.last = openings(lead)[-1]
            made = self._filled(context.at_first if first else context, step, past, fragment)
            if made is None:
                return None
            pieces += _capitalised(made) if first and made else made
        pieces.append(script.closing)
        return pieces

    def _filled(self, context: Context, step: Step, past: RulePast, fragment: Fragment) -> list[Piece] | None:
        """The pieces for a placeholder; None if its figure is absent."""
        if step.key in self._made:
            return self._made[step.key]
        slot, name = step.slot, step.slot.names[0]
        if step.reads is Reads.LIST:
            quoted = [self.quote(name) for name in slot.names]
            present = [item for item in quoted if item is not None]
            if step.slot.calls[0].name == "due":
                return due(context, present, self.publication.lexicon.due)
            return compared(context, present) if present else None
        if step.reads is Reads.SEGMENT:
            return _named(context, name, slot)
        if step.reads is Reads.TERM:
            term = self.publication.lexicon.terms[name]
            return [Piece.of(term, Claim("term", name, term))]
        own = step.reads is Reads.PAST
        item = self._own_past(name, past, fragment) if own else self.quote(name)
        if item is None:
            return None
        call = slot.calls[0] if slot.calls else None
        made = apply(context, item, call.name, call.arguments) if call else plain(context, item)
        if not own and (call is None or call.name not in VOICED):
            self._made[step.key] = made
        return made

    def printed(self, name: str) -> float | None:
        """The figure or fact as it is printed on this session, or None if it is absent."""
        number: float = self.figures.known(name).printed.item(self.row)
        return number if number == number else None  # NaN is not equal to itself

    def quote(self, name: str) -> Quoted | None:
        """The figure or fact on this session, or None if it is absent."""
        if name not in self._quotes:
            self._quotes[name] = self._quote(name)
        return self._quotes[name]

    def _quote(self, name: str) -> Quoted | None:
        printed = self.printed(name)
        if printed is None:
            return None
        known = self.figures.known(name)
        value = known.values.item(self.row)
        if known.cited:
            return Quoted(known.definition, printed, value, "fact", self.figures.fact(name, self.row).id)
        return Quoted(known.definition, printed, value, source=known.definition.source)

    def _own_past(self, name: str, past: RulePast, fragment: Fragment) -> Quoted | None:
        if told(name):
            return self.recall.quote(fragment, name, self.row)
        if fragment.after:
            past = self.recall.past(fragment)
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


def _text(pieces: list[Piece]) -> str:
    return "".join([piece.text for piece in pieces])


def _capitalised(made: list[Piece]) -> list[Piece]:
    """The pieces with a capital letter, to begin a sentence."""
    first = made[0]
    raised = first.text[:1].upper() + first.text[1:]
    if raised == first.text:
        return made
    return [Piece.of(raised, first.claim), *made[1:]]
