"""Records, how many of them, and the distance from one: what each form that tells of one claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.factcheck.reading.axis import Span
from generator.factcheck.reading.claims import Claim, Kind
from generator.factcheck.reading.frame import claim_of, number_of
from generator.factcheck.reading.matching import Match
from generator.factcheck.reading.sentence import Sentence


def distances(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    number, about, places = number_of(sentence, match, "n")
    at = sentence.place(match, "x")
    if sentence.tokens[sentence.place(match, "k")].code == "D" and "f" not in match["k"]:
        return
    claim = claim_of(sentence, match, [*places, at], Kind.DISTANCE, also="", number=number, about=about,
                   superlative=sentence.tokens[at].value)  # fmt: skip
    if claim:
        yield replace(claim, span=set_in(sentence, at))


def set_in(sentence: Sentence, place: int) -> Span | None:
    """The day, month or year in which a record is said to have been set, where that is told behind it."""
    found = sentence.adjacent(place, "T")
    span = sentence.tokens[found].value if found >= 0 else None
    told = sentence.text[sentence.tokens[place].end : sentence.tokens[found].start].strip() if found >= 0 else ""
    return span if isinstance(span, Span) and not told and span.tag in ("day", "month", "year") else None


def counted(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    """`posted 41 record closes during the year`: over a span that is named."""
    number, about, places = number_of(sentence, match, "n")
    place = sentence.place(match, "x")
    value = sentence.tokens[place].value
    if number is None or not sentence.tokens[place].text.lower().endswith("s"):
        return
    claim = claim_of(sentence, match, [*places, place], Kind.RECORDS, number=number, about=about, superlative=value)
    behind = sentence.adjacent(place, "T")
    span = sentence.tokens[behind].value if behind >= 0 else claim.span if claim else None
    if claim and span and span.tag != "day":
        yield replace(claim, sign=value.sign, span=span)


def records(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    place = sentence.place(match, "x")
    between = match["between"]
    value = sentence.tokens[place].value
    itself = sentence.tokens[place].text.lower().startswith(("clos", "end", "finish"))
    if place in sentence.taken or (not itself and set(between) <= set("e,&h")):
        return
    claim = claim_of(sentence, match, [place], Kind.RECORD, superlative=value, ever=True)
    if claim and not (claim.since or (claim.span and claim.span.tag != "day")):
        yield replace(claim, word="closing" if value.closing or ("c" in between and "@" in between) else "")
