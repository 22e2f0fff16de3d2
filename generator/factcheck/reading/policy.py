"""Decisions of the Federal Reserve as people write them: `cut rates by half a point`, `a range of 4.25% to 4.5%`."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from generator.factcheck.reading.axis import Span
from generator.factcheck.reading.claims import Claim, Kind
from generator.factcheck.reading.matching import Match
from generator.factcheck.reading.numbers import CARDINAL, Number, cardinal
from generator.factcheck.reading.sentence import Sentence

_FED = regex.compile(
    r"\b(?:Federal Reserve|the Fed\b|Fed (?=cut|raised|held|lowered|left|kept|hiked|officials|policymakers|decision)|FOMC|Federal Open Market Committee|central bank|policymakers)",
    regex.I,
)
_RATES = r"(?:(?:its |the |benchmark |key |short-term |main |target |federal |fed |funds |policy |borrowing |interest )*(?:rates?|range|costs)(?: target| range)?(?: for (?:the )?federal funds rate)?)"
_MOVED = regex.compile(
    rf"\b(?P<v>cut|cuts|cutting|lowered|reduced|slashed|raised|hiked|lifted|increased|held|kept|left|maintained|holding|keeping|leaving)\s+{_RATES}",
    regex.I,
)
_SIZE = r"(?:(?P<bp>\d+)[- ](?:basis[- ]points?|bps?)|(?:a |one )?(?P<part>quarter|half|three[- ]quarters|full)(?:[- ]of)?(?:[- ]a)?[- ](?:percentage[- ])?point|(?P<pp>\d(?:\.\d+)?) (?:of a )?percentage points?)"
_BY = regex.compile(rf"(?:by )?(?:an? )?{_SIZE}", regex.I)
_NOUN = regex.compile(
    rf"\b{_SIZE}[- ](?:rate )?(?:(?P<cut>cut|reduction)|(?P<rise>hike|increase|rise))\b(?: in (?:interest )?rates)?",
    regex.I,
)
_RANGE = regex.compile(
    r"(?:to|at|in|of|between) (?:a |the )?(?:target )?(?:range (?:of |between )?)?(?P<a>\d(?:\.\d+)?)\s?%?\s?(?:-|–|to|and) ?(?P<b>\d(?:\.\d+)?)\s?(?:%|percent)",
    regex.I,
)
_VOTE = regex.compile(
    rf"\b(?P<for>\d{{1,2}}|{CARDINAL})(?:-|–| to )(?P<against>\d|{CARDINAL})(?: vote| in favor)|\bvot\w+ (?:of |was |by )*(?P<for>\d{{1,2}}|{CARDINAL})(?:-|–| to )(?P<against>\d|{CARDINAL})",
    regex.I,
)
_PARTS = {"quarter": 25, "half": 50, "three-quarters": 75, "full": 100}
_UNSURE = regex.compile(
    r"\b(?:would|could|might|may(?= \w)|will|should|expect\w*|forecast\w*|project\w*|if|not|never|no longer|likely|probably|predict\w*|odds|chance|bet(?:s|ting)|pric\w+|anticipat\w+|hope\w*|total|altogether|combined|cumulative\w*|last|previous|next|first|another|since|times|series|more)\b",
    regex.I,
)


def policy(sentence: Sentence) -> Iterator[Claim]:
    """What a sentence says of a decision on rates: its size, its range and its vote."""
    text = sentence.text
    moved, noun = _MOVED.search(text), _NOUN.search(text)
    if noun and _UNSURE.search(text) and (dated := _dated_noun(sentence, noun)) is not None:
        yield dated
        return
    if (
        not (_FED.search(text) or (noun and regex.search(r"\brate", text)))
        or _UNSURE.search(text)
        or not (moved or noun)
    ):
        return
    span = next((t.value for t in sentence.tokens if t.code == "T" and t.value.period), None)
    if any(t.code == "T" and not t.value.period for t in sentence.tokens):
        return
    found: list[tuple[int, int]] = []
    size = _BY.search(text, moved.end()) if moved else None
    if moved and (size is None or size.start() - moved.end() > 40):
        size = None
    if moved or noun:
        yield from _sized(moved, size, noun, span, found)
    if match := _RANGE.search(text):
        found.append(match.span())
        low, high = float(match["a"]), float(match["b"])
        yield Claim(Kind.POLICY, match.start(), match.end(), span=span, word="range", ranges=(low, high))
    if match := _VOTE.search(text):
        found.append(match.span())
        yield Claim(
            Kind.POLICY,
            match.start(),
            match.end(),
            span=span,
            word="vote",
            votes=(cardinal(match["for"]), cardinal(match["against"])),
        )
    for place, token in enumerate(sentence.tokens):
        if any(first <= token.start < last for first, last in found):
            sentence.taken.add(place)


def _dated_noun(sentence: Sentence, noun: Match) -> Claim | None:
    """`a 50-basis-point cut in September 2024`, whatever else the sentence says: the day or month follows at once."""
    after = [p for p, token in enumerate(sentence.tokens) if token.start >= noun.end()][:1]
    if not after or sentence.tokens[after[0]].code != "T" or not regex.search(r"\b(?:rate|Fed\b|FOMC)", sentence.text):
        return None
    span = sentence.tokens[after[0]].value
    if span.period is None or span.period[0] > sentence.axis.today or span.tag not in ("day", "month"):
        return None
    found: list[tuple[int, int]] = []
    claims = list(_sized(None, None, noun, span, found))
    for place, token in enumerate(sentence.tokens):
        if found[0][0] <= token.start < found[0][1]:
            sentence.taken.add(place)
    return claims[0]


def _sized(
    moved: Match | None, size: Match | None, noun: Match | None, span: Span | None, found: list[tuple[int, int]]
) -> Iterator[Claim]:
    """The size of a change, or its direction alone."""
    match = size or noun
    if match is None:
        if moved is not None:
            found.append(moved.span())
            sign = _way(moved["v"])
            yield Claim(Kind.POLICY, moved.start(), moved.end(), span=span, word="direction", sign=sign)
        return
    if match["bp"] or match["pp"]:
        points = float(match["bp"]) if match["bp"] else float(match["pp"]) * 100
    else:
        points = _PARTS[match["part"].lower().replace(" ", "-")]
    sign = (-1 if match["cut"] else 1) if match is noun or moved is None else _way(moved["v"])
    found.append(match.span())
    number = Number(points, "bp", 1)
    yield Claim(Kind.POLICY, match.start(), match.end(), span=span, word="size", sign=sign, number=number)


def _way(verb: str) -> int:
    """Which way a verb moves rates; 0 for one that leaves them."""
    if regex.match("held|kept|left|main|hold|keep|leav", verb, regex.I):
        return 0
    return -1 if regex.match("cut|low|redu|slash", verb, regex.I) else 1
