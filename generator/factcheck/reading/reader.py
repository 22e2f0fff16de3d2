"""Try every form of the grammar on a sentence; what no form fits stays unread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import regex

from generator.factcheck.reading.axis import Axis, Span, to_date
from generator.factcheck.reading.claims import Claim, Kind, Reading
from generator.factcheck.reading.comparing import (
    again,
    alone,
    beside,
    bests,
    breadths,
    compares,
    led,
    several,
)
from generator.factcheck.reading.context import NOTHING, Context
from generator.factcheck.reading.continuing import closing, going, recorded, still, turned
from generator.factcheck.reading.extremes import crossing, extremes
from generator.factcheck.reading.grammar import COMPILED
from generator.factcheck.reading.matching import Match
from generator.factcheck.reading.moving import directions, each, levels, moves, signed
from generator.factcheck.reading.names import SECTORS, Name
from generator.factcheck.reading.owning import leaning, owned
from generator.factcheck.reading.policy import policy
from generator.factcheck.reading.pronouns import resolve
from generator.factcheck.reading.recording import counted, distances, records
from generator.factcheck.reading.releases import growths
from generator.factcheck.reading.runs import ahead, runs
from generator.factcheck.reading.sentence import Sentence

_LARGE_ALONE = ("real_estate", "communications")
"""Sectors of the S&P 500 that have no small-cap sector beside them."""
SMALL_SECTORS = regex.compile(
    r"\b(?:small-cap|nine) (?:industry )?sectors?\b|\b(?:among|within|inside) (?:the )?small(?:er)?[- ](?:caps|companies)\b",
    regex.I,
)
"""Words after which a sector's name means the small-cap sector."""


def read_sentence(text: str, axis: Axis, context: Context = NOTHING) -> Reading:
    """What a sentence claims, in the context of those before it."""
    sentence = Sentence(text, axis, context)
    _in_small_caps(sentence)
    meant = resolve(sentence)
    claims = list(policy(sentence))
    for name, form in COMPILED:
        for match in form.finditer(sentence.codes):
            claims += _MAKERS[name](sentence, match, claims)
    claims += extremes(sentence, claims, context.before)
    claims += directions(sentence)
    claims = sorted(claims, key=lambda one: one.start)
    claims = [
        one
        if one.span
        else replace(one, carried=_earlier_span(sentence, one, claims) or context.carried, told=context.told)
        for one in claims
    ]
    claims = [
        replace(one, also=tuple(name for name in context.indices if name not in one.subjects))
        if set(one.subjects) & meant
        else one
        for one in claims
    ]
    claims = [_doubted(one, claims, context) for one in claims]
    unread = tuple((sentence.tokens[p].start, sentence.tokens[p].end) for p in sentence.unread())
    relevant = bool(claims) or sentence.relevant
    spans = tuple(token.value for token in sentence.tokens if token.code == "T")
    named = tuple(dict.fromkeys(token.value for token in sentence.tokens if token.code == "S"))
    return Reading(tuple(claims), relevant, sentence.numbers, unread if relevant else (), named, spans)


def _doubted(claim: Claim, claims: list[Claim], context: Context) -> Claim:
    """A claim that names no span, behind one whose span was not understood, may be of that."""
    bare = claim.kind in (Kind.MOVE, Kind.COMPARISON, Kind.DIRECTION) and not (claim.span or claim.since)
    before = [one for one in claims if one.start < claim.start and one.unspanned and one.word != "vague"]
    return replace(claim, unspanned=True, carried=None) if bare and (before or context.doubt) else claim


def _earlier_span(sentence: Sentence, claim: Claim, claims: list[Claim]) -> Span | None:
    """The span told before it in the same sentence, which may hold on: `ended the month down 15%, while the Dow fell 12%`."""
    named = [one.span for one in claims if one.start < claim.start and one.span and one.kind is not Kind.EXTREME]
    if named:
        return named[-1]
    for token in sentence.tokens:
        if token.code == "H" and token.value.period in ("week", "month", "quarter"):
            return to_date(sentence.axis, token.value.period)
    told = [token.value for token in sentence.tokens if token.code == "T" and token.end <= claim.start]
    return told[-1] if told and told[-1].windows else None


def _in_small_caps(sentence: Sentence) -> None:
    """Take a sector's name for that of the small-cap sector where the sentence counts those."""
    counted = any(token.code == "Y" and token.value.small for token in sentence.tokens)
    large = any(token.code == "S" and token.value.key in _LARGE_ALONE for token in sentence.tokens)
    before = sentence.context.small and "S&P 500 sector" not in sentence.text and not large
    if counted or before or SMALL_SECTORS.search(sentence.text):
        for place, token in enumerate(sentence.tokens):
            if token.code == "S" and token.value.loose and token.value.key in SECTORS:
                name = Name(f"small_{token.value.key}", loose=True)
                sentence.tokens[place] = replace(token, value=name)


_MAKERS: dict[str, Callable[[Sentence, Match, list[Claim]], Iterator[Claim]]] = {
    "each": each, "move": moves, "signed": signed, "going": going, "level": levels, "growth": growths, "compare": compares,
    "beside": beside, "distance": distances, "breadth": breadths, "best": bests, "bests": several, "leaning": leaning, "owned": owned, "again": again, "led": led, "alone": alone, "run": runs, "ahead": ahead, "record": records, "still": still, "turned": turned, "recorded": recorded, "crossing": crossing, "counted": counted, "closing": closing,
}  # fmt: skip


def section_span(sentences: tuple[str, ...], axis: Axis, before: Span | None) -> Span | None:
    """The span of the section that a line of its own opens, `For the week:`; an ordinary paragraph of words closes none."""
    if len(sentences) != 1:
        return None
    if len(sentences[0].split()) > 6:
        others = [one.value for one in Sentence(sentences[0], axis).tokens if one.code == "T"]
        return before if before is None or all(one.tag == before.tag for one in others) else None
    tokens = [token for token in Sentence(sentences[0], axis).tokens if token.code not in "~:,"]
    return tokens[0].value if len(tokens) == 1 and tokens[0].code == "T" else before
