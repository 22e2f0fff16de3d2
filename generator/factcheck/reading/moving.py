"""Moves, levels and economic numbers: what each form that tells of one claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import regex

from generator.factcheck.reading.claims import Claim, Kind
from generator.factcheck.reading.frame import UPWARD, ago_behind, claim_of, is_vague, names_of, number_of
from generator.factcheck.reading.grammar import DIRECTION, ELIDED, TAIL
from generator.factcheck.reading.matching import Match
from generator.factcheck.reading.multiples import multiples
from generator.factcheck.reading.names import Name
from generator.factcheck.reading.numbers import Number
from generator.factcheck.reading.releases import earlier_number
from generator.factcheck.reading.sentence import BESIDE, Sentence

_SCORED = regex.compile(r"(?:,|i)?v(?P<n>A?%)(?P<v>[ud])")
"""`for a 6.6% weekly gain` after a move."""
_LISTED = regex.compile(r"(?:,|,?&)A?%(?:(?:,|,?&)A?%|,?$|a|,w)")
"""More numbers than names: which is whose is not understood."""
_IN_DOLLARS = ("gold", "bitcoin", "ether")
_YET = ("but", "yet", "though", "although")
_CONTINUED = regex.compile(r"(?:,|,?&|,?(?P<yet>a))[ejc]*(?P<v>[UDhl])?b?(?P<n>A?%)(?P<w>[hl])?(?![ud<>k])")


def moves(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    number, about, places = number_of(sentence, match, "n")
    if number is None or match["v"] not in UPWARD:
        return
    names = names_of(sentence, match, "s")
    if number.unit == "pp" and not all(_in_percent(name) for name in names):
        return  # percentage points are between two moves, or of a yield
    if _LISTED.match(sentence.codes, match.end()) and not _goes_on(sentence, match.end()):
        return
    sign = UPWARD[match["v"]]
    claim = claim_of(sentence, match, places, Kind.MOVE, number=number, about=about, sign=sign)
    if claim is None:
        return
    if is_vague(sentence, match, claim):
        claim = replace(claim, unspanned=True, word="vague")
    elif sentence.tokens[sentence.place(match, "v")].text.lower().startswith(("return", "compound")):
        claim = replace(claim, word="returned")
    yield claim
    yield from besides(sentence, match, claim)
    yield from _tails(sentence, match.end(), claim)
    yield from multiples(sentence, match.end(), claim)
    yield from _elided(sentence, match.end(), claim)


def _goes_on(sentence: Sentence, place: int) -> bool:
    """Whether the next number is the same series' over a span of its own."""
    match = _CONTINUED.match(sentence.codes, place)
    return match is not None and sentence.adjacent(sentence.kept[match.end() - 1], "TZ") >= 0


def besides(sentence: Sentence, match: Match, claim: Claim) -> Iterator[Claim]:
    """The second number, the level and the earlier level that stand in the same form."""
    groups = match.re.groupindex
    for group, kind in (("n2", Kind.MOVE), ("lev", Kind.LEVEL), ("from", Kind.CAME_FROM)):
        number, about, places = number_of(sentence, match, group) if group in groups else (None, "", [])
        if number is None or any(place in sentence.taken for place in places):
            continue
        sentence.taken.update(places)
        if group == "n2" and not number.unit:
            number = replace(number, unit="pt")
        start, end = sentence.tokens[places[0]].start, sentence.tokens[places[-1]].end
        made = replace(claim, kind=kind, number=number, about=about, start=start, end=end)
        ago = ago_behind(sentence, places[-1]) if kind is Kind.CAME_FROM else -1
        yield _a_period_ago(sentence, made, ago) if ago >= 0 else made
    if "x" in groups and match["x"] and claim.subjects:
        place = sentence.place(match, "x")
        sentence.taken.add(place)
        token = sentence.tokens[place]
        yield replace(
            claim, kind=Kind.RECORD, number=None, superlative=token.value, start=token.start, end=token.end, ever=True
        )


def _a_period_ago(sentence: Sentence, claim: Claim, ago: int) -> Claim:
    """An earlier level `a month earlier`: than the end of the span told of, or than the session."""
    span = claim.span
    if span is None or not span.windows or span.windows[0].end == sentence.axis.row:
        return replace(claim, span=sentence.tokens[ago].value, since=None)
    return claim if span.tag in sentence.tokens[ago].text else replace(claim, unspanned=True)


def _tails(sentence: Sentence, place: int, claim: Claim) -> Iterator[Claim]:
    """`, against 12.4% for small-cap value`: another's number behind a move, over the same span."""
    match = TAIL.match(sentence.codes, place)
    if match is None or sentence.tokens[sentence.kept[match.start("n") - 1]].text.lower() not in BESIDE:
        return
    number, about, places = number_of(sentence, match, "n")
    made = claim_of(sentence, match, places, Kind.MOVE, number=number, about=about, sign=claim.sign)
    if made is not None and number is not None and claim.number is not None:
        sign = int(np.sign(number.value)) if number.signed else claim.sign
        yearly = number.yearly or claim.number.yearly
        made = replace(made, sign=sign, number=replace(number, yearly=yearly), word=made.word or claim.word)
        span, since = (made.span, made.since) if made.span or made.since else (claim.span, claim.since)
        yield replace(made, span=span, since=since, unspanned=made.unspanned or claim.unspanned)


def _elided(sentence: Sentence, place: int, claim: Claim) -> Iterator[Claim]:
    """What follows without a verb of its own: `and the Nasdaq 0.9%`, `and is up 5% this month`."""
    while match := ELIDED.match(sentence.codes, place):
        number, about, places = number_of(sentence, match, "n")
        sign = int(np.sign(number.value)) if number is not None and number.signed else claim.sign
        made = claim_of(sentence, match, places, Kind.MOVE, number=number, about=about, sign=sign)
        if made is None:
            return
        unspanned, word = made.unspanned or claim.unspanned, made.word or claim.word
        if number is not None and claim.number is not None and claim.number.yearly:
            made = replace(made, number=replace(number, yearly=True))
        span, since = made.span or claim.span, made.since or claim.since
        yield replace(made, span=span, since=since, unspanned=unspanned, word=word)
        place = match.end()
    if match := _SCORED.match(sentence.codes, place):
        number, about, places = number_of(sentence, match, "n")
        made = claim_of(
            sentence, match, places, Kind.MOVE, subject="", number=number, about=about, sign=UPWARD[match["v"]]
        )
        if made and made.span:
            yield replace(made, subjects=claim.subjects)
    elif match := _CONTINUED.match(sentence.codes, place):
        number, about, places = number_of(sentence, match, "n")
        verb = match["v"] or match["w"]
        high = sentence.kept[match.end() - 1]
        yet = sentence.place(match, "yet")
        joined = yet < 0 or sentence.tokens[yet].text.lower() in _YET
        inside = any(one.code == "T" for one in sentence.tokens[sentence.kept[match.start()] : high])
        if joined and (inside or sentence.adjacent(high, "TZ") >= 0) and number is not None:
            sign = UPWARD[verb] if verb else int(np.sign(number.value)) if number.signed else claim.sign
            made = claim_of(sentence, match, places, Kind.MOVE, subject="", number=number, about=about, sign=sign)
            if made:
                yield replace(made, subjects=claim.subjects)


def each(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    subjects = sentence.places(match, "s", "S")
    numbers = sentence.places(match, "ns", "%")
    if len(subjects) != len(numbers):
        return
    claim = claim_of(sentence, match, numbers, Kind.MOVE, sign=UPWARD[match["v"]])
    if claim is None or is_vague(sentence, match, claim):
        return
    for subject, place in zip(subjects, numbers, strict=True):
        before = sentence.tokens[place - 1]
        about = before.value if before.code == "A" else ""
        token = sentence.tokens[place]
        yield replace(
            claim,
            subjects=(sentence.tokens[subject].value,),
            number=token.value,
            about=about,
            start=token.start,
            end=token.end,
        )


def signed(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    number, about, places = number_of(sentence, match, "n")
    if number is None or not number.signed:
        return
    claim = claim_of(sentence, match, places, Kind.MOVE, number=number, about=about, sign=1 if number.value > 0 else -1)
    if claim:
        yield claim
        yield from besides(sentence, match, claim)
        yield from _elided(sentence, match.end(), claim)


def levels(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    number, about, places = number_of(sentence, match, "lev")
    names = names_of(sentence, match, "s")
    if number is None or not names or any(sentence.tokens[p].text.lower() == "close to" for p in places):
        return
    if number.unit == "$" and names[0].key not in _IN_DOLLARS:
        return
    if number.signed and not number.unit:
        return  # a row of a table set in words: `Russell 2000 -17.49`
    if any(sentence.tokens[p].text.lower() == "had" for p in range(sentence.place(match, "s"), places[0])):
        return  # `on the eve it had closed at 452.57`: of a time before
    if sentence.tokens[places[-1]].code == "p" and not set(match[0]) & set("@i"):
        return  # `was 6 points` is no level
    economic = sentence.tokens[sentence.place(match, "s")].code == "R"
    if sentence.tokens[places[-1]].code == "%" and not (economic or _in_percent(names[0])):
        return
    if sentence.tokens[places[-1]].code == "n" and not economic and not _plain_level(match, number):
        return
    kind = Kind.RELEASE if economic else Kind.LEVEL
    sign = UPWARD.get(match.groupdict().get("v") or "", 0)
    claim = claim_of(
        sentence, match, places, kind, also="T", number=number, about=about, sign=sign, word="level" if economic else ""
    )
    if claim:
        yield claim
        if economic:
            yield from earlier_number(sentence, match, claim)
        else:
            yield from (one for one in besides(sentence, match, claim) if one.kind is not Kind.LEVEL)


def _in_percent(name: Name) -> bool:
    return name.key in ("ust10y", "note_2y", "note_5y", "bond_30y", "bill_3m", "note_10y")


def _plain_level(match: Match, number: Number) -> bool:
    """Whether a whole number is a level: after `at` or `to`."""
    form = match[0]
    return ("@" in form or "i" in form) and number.value >= 8


def directions(sentence: Sentence) -> Iterator[Claim]:
    """`the Dow also rose on Thursday`: only where the span is named, or the verb is of a close."""
    for match in DIRECTION.finditer(sentence.codes):
        high = sentence.kept[match.end() - 1]
        first = sentence.kept[match.start()]
        if any(
            sentence.tokens[first].start < one.end and one.start < sentence.tokens[high].end for one in _read(sentence)
        ):
            continue
        if "c" not in match[0] and sentence.span_of(first, high)[1] < 0:
            continue
        than = sentence.follows(high, "a") and "than" in sentence.text[sentence.tokens[high].end :][:6]
        if than or sentence.follows(high, "%ABPpfXs@iwgGudkK<>O") or not match["v"]:
            continue
        claim = claim_of(sentence, match, [high], Kind.DIRECTION, sign=UPWARD[match["v"]])
        if claim and not is_vague(sentence, match, claim):
            yield claim


def _read(sentence: Sentence) -> list[Claim]:
    return []
