"""Superlatives: `its highest close since March 2022`, `the best week in four months`, `the biggest gain this year`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from generator.factcheck.reading.axis import Since, Span, to_date
from generator.factcheck.reading.claims import Claim, Kind
from generator.factcheck.reading.forbidding import blocked
from generator.factcheck.reading.frame import number_of
from generator.factcheck.reading.matching import Match
from generator.factcheck.reading.names import Name
from generator.factcheck.reading.numbers import CARDINAL, Number, cardinal
from generator.factcheck.reading.sentence import Sentence
from generator.factcheck.reading.words import Superlative

_AGO = regex.compile(
    rf"\s*in (?P<a>more than |over |at least |nearly |almost |about |roughly )?(?P<n>a|an|{CARDINAL}|\d+)(?P<half> and a half)?[ -](?P<u>session|trading day|day|week|month|year|decade)s?(?P<h> and a half)?(?!\w)",
    regex.I,
)
_OF_EITHER = ("most", "biggest", "largest", "greatest", "best")
_OF_THE = regex.compile(r"\s*of the (?P<p>year|quarter|month)(?= so far|[.,;]|$)", regex.I)
_LEAD = regex.compile(r"lead|edge|advantage|outperformance", regex.I)
_ONE_OF = regex.compile(r"\b(?:one|some|two|three|among) (?:of )?(?:\w+ )?$", regex.I)
_NOT_ABOUT = ("<", ">", "O", "I", "'", "b", "Q", "*")
_IN_A = regex.compile(r"\s*in (?:a|one) (?:single )?(?P<u>day|session|week|month)(?= since)", regex.I)
_EVER = regex.compile(r"\s*(?:ever|on record|in (?:its )?history)\b", regex.I)
_ABOUT = {
    "more than": "over",
    "over": "over",
    "at least": "over",
    "nearly": "nearly",
    "almost": "nearly",
    "about": "about",
    "roughly": "about",
}


def extremes(sentence: Sentence, claims: Sequence[Claim], before: tuple[Name, ...]) -> Iterator[Claim]:
    """The claim of each superlative that has both a subject and a stretch of history."""
    for place, token in enumerate(sentence.tokens):
        if token.code == "H" and place not in sentence.taken:
            claim = _extreme(sentence, place, claims, before)
            if claim:
                sentence.taken.add(place)
                yield claim


def crossing(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    """`closed above 6,000 for the first time since January`: a level that none since has been beyond."""
    number, about, places = number_of(sentence, match, "n")
    place, name = sentence.place(match, "f"), sentence.tokens[sentence.place(match, "s")].value
    low = sentence.kept[match.start()]
    if number is None or about not in ("over", "under") or blocked(sentence, low, place, codes="Q"):
        return
    said = Superlative("level", 1 if about == "over" else -1, "")
    token = sentence.tokens[place]
    made = Claim(Kind.CROSSING, sentence.tokens[low].start, token.end, (name,), sign=said.sign, superlative=said,
                 ranges=(number.value, number.value))  # fmt: skip
    following = sentence.adjacent(place, "TZ")
    ever = token.text.lower().endswith(("ever", "history")) or (following < 0 and sentence.next_code(place) == "")
    claim = replace(made, ever=True) if ever else _over(sentence, made, following)
    if claim is not None and claim.word != "within":
        sentence.taken.update((*places, place))
        yield claim


def _extreme(sentence: Sentence, place: int, claims: Sequence[Claim], before: tuple[Name, ...]) -> Claim | None:
    token, value = sentence.tokens[place], sentence.tokens[place].value
    if _ONE_OF.search(sentence.text[: token.start]):
        return None
    of, after = _object(sentence, place)
    back = [token.code for token in sentence.tokens[:place] if token.code != "~"][-2:]
    if value.measure == "level" and of is not None and back[1:] == [","] and back[0] in "L%":
        return None  # `the level to watch is 2,263.67, the highest close of the Russell 2000 in a year`
    end = sentence.tokens[after].end
    if match := _IN_A.match(sentence.text, end):
        value = replace(value, period=value.period or match["u"].replace("session", "day"))
        after = max(p for p, one in enumerate(sentence.tokens) if one.end <= match.end())
        end = match.end()
    following = sentence.adjacent(after, "TZ")
    made = _over(sentence, Claim(Kind.EXTREME, token.start, end, superlative=value, sign=value.sign), following)
    if made is None:
        return None
    if value.measure == "gap" or (token.text.lower() in _OF_EITHER and _after_gap(claims, token.start)):
        return _gap(sentence, made, claims) or _lead(sentence, place, made, of)
    subject = of or _subject(sentence, place, before)
    if value.measure == "move" and not value.period and sentence.follows(max(after, following), "e"):
        return None  # `the worst fall since 2009 was 43%`: not that of a day
    if subject is None or blocked(sentence, place, max(place, following), codes="Q"):
        return None
    return _with_period(sentence, replace(made, subjects=(subject,)), claims)


def _over(sentence: Sentence, claim: Claim, following: int) -> Claim | None:
    """With the stretch of history that is named behind it, `following` being where a span stands; None without one."""
    if match := _AGO.match(sentence.text, claim.end):
        about = _ABOUT.get((match["a"] or "").strip().lower(), "")
        count = cardinal(match["n"]) + (0.5 if match["half"] or match["h"] else 0)
        return replace(claim, number=Number(count, match["u"].lower(), 1), about=about, end=match.end())
    if _EVER.match(sentence.text, claim.end):
        return replace(claim, ever=True)
    if (of := _OF_THE.match(sentence.text, claim.end)) and (whole := to_date(sentence.axis, of["p"])):
        return replace(claim, word="within", span=whole, end=of.end())
    if following < 0:
        return None
    named: Span | Since = sentence.tokens[following].value
    claim = replace(claim, end=sentence.tokens[following].end)
    if isinstance(named, Since):
        return replace(claim, since=named)
    period = claim.superlative.period if claim.superlative else ""
    if named.tag in ("year", "month", "quarter", "week", "half") and named.windows and period != named.tag:
        return replace(claim, word="within", span=named)
    return None


def _object(sentence: Sentence, place: int) -> tuple[Name | None, int]:
    """`the biggest gain for the Russell 2000 since March`: the name that follows, and where the superlative ends."""
    nearby = [p for p in range(place + 1, min(place + 5, len(sentence.tokens))) if sentence.tokens[p].code != "~"]
    if len(nearby) >= 2 and sentence.tokens[nearby[0]].code in "IvO" and sentence.tokens[nearby[1]].code == "S":
        return sentence.tokens[nearby[1]].value, nearby[1]
    return None, place


def _subject(sentence: Sentence, place: int, before: tuple[Name, ...]) -> Name | None:
    """The last name before that is no object of a comparison; or, after `it` or `its`, what the sentence before was about."""
    names = [p for p in range(place) if sentence.tokens[p].code in "S" and sentence.code_before(p) not in _NOT_ABOUT]
    if names:
        later = [
            p
            for p in range(names[-1] + 1, place)
            if sentence.tokens[p].code in "SRY" and sentence.code_before(p) not in _NOT_ABOUT
        ]
        if not sentence.object_ends(names[-1]) and sentence.tokens[names[-1] + 1].text[:1].isupper():
            return None
        lists = (
            sentence.code_before(names[-1]) == "&"
            and len(names) > 1
            and "," not in [t.code for t in sentence.tokens[names[-2] : names[-1]]]
        )
        if later or (lists and not any(t.code in "UDejc%" for t in sentence.tokens[names[-2] : names[-1]])):
            return None
        found: Name = sentence.tokens[names[-1]].value
        return found
    if any(token.code in "SRY" for token in sentence.tokens[:place]) or len(before) != 1:
        return None
    if sentence.tokens[0].code == "T" and sentence.codes[:2] in ("de", "ue", "'d", "'u"):
        return before[0]  # `December's decline was the worst since March 2020`
    pronoun = any(token.code == "J" or token.text.lower() == "its" for token in sentence.tokens[:place])
    return before[0] if pronoun else None


def _with_period(sentence: Sentence, claim: Claim, claims: Sequence[Claim]) -> Claim | None:
    """With the period that a gain is of: its own word, or that of the move told beside it."""
    value = claim.superlative
    assert value is not None
    beside = [
        one
        for one in claims
        if one.kind in (Kind.MOVE, Kind.LEVEL, Kind.DIRECTION) and claim.subjects[0] in one.subjects
    ]
    if value.measure == "move" and not value.sign:
        signs = {one.sign for one in beside if one.kind is not Kind.LEVEL} or _owned_signs(sentence, claim)
        if len(signs) != 1 or 0 in signs:
            return None
        value = replace(value, sign=next(iter(signs)))
        claim = replace(claim, superlative=value, sign=value.sign)
    spans = [one.span for one in beside if one.span] or [
        t.value for t in sentence.tokens if t.code == "T" and t.start < claim.start
    ]
    spans += [t.value for t in sentence.tokens if t.code == "T" and t.start >= claim.end]
    period = value.period
    bare = next((" " not in one.text for one in sentence.tokens if one.start == claim.start), False)
    if value.measure == "move" and not period and bare and not spans and not beside:
        return None  # `a hard quarter: the worst since 2011`
    if value.measure == "move" and not period:
        if any(one.unspanned for one in beside):
            return None
        tag = spans[0].tag if spans else "day"
        if tag not in ("day", "week", "month", "quarter", "year"):
            return None
        period = tag
    of = [span for span in spans if span.tag in ("day", period) and span.windows] if claim.word != "within" else []
    return replace(claim, superlative=replace(value, period=period), span=claim.span or (of[0] if of else None))


def _owned_signs(sentence: Sentence, claim: Claim) -> set[int]:
    """Which way `December's decline` went, before `was the largest since`."""
    return {
        1 if token.code == "u" else -1 for token in sentence.tokens if token.code in "ud" and token.end <= claim.start
    }


def _gap(sentence: Sentence, claim: Claim, claims: Sequence[Claim]) -> Claim | None:
    """`beat the S&P 500 by its widest margin since March 2020`: of the comparison before it."""
    pairs = [one for one in claims if one.kind is Kind.COMPARISON and one.start < claim.start and len(one.others) == 1]
    if not pairs or len(pairs[-1].subjects) != 1 or not (claim.since or claim.span or claim.number):
        return None
    pair, said = pairs[-1], claim.superlative
    period = pair.span.tag if pair.span else said.period if said else ""
    if period not in ("day", "week", "month", "quarter", "year", "") or said is None:
        return None
    value = replace(said, measure="gap", period=period or "day")
    return replace(
        claim,
        kind=Kind.GAP_EXTREME,
        subjects=pair.subjects,
        others=pair.others,
        sign=pair.sign,
        superlative=value,
        span=claim.span or pair.span,
    )


def _lead(sentence: Sentence, place: int, claim: Claim, of: Name | None) -> Claim | None:
    """`its widest lead over large caps since March 2020`: of the one other thing that is named before."""
    named = {
        one.value for one in sentence.tokens[:place] if one.code == "S" and (of is None or one.value.key != of.key)
    }
    said = claim.superlative
    if of is None or said is None or len(named) != 1 or not _LEAD.search(sentence.tokens[place].text):
        return None
    days = [one.value for one in sentence.tokens if one.code == "T" and one.value.tag in ("day", said.period)]
    value = replace(said, measure="gap", period=said.period or "day")
    return replace(claim, kind=Kind.GAP_EXTREME, subjects=tuple(named), others=(of,), sign=1, superlative=value,
                   span=claim.span or (days[0] if days else None))  # fmt: skip


def _after_gap(claims: Sequence[Claim], start: int) -> bool:
    """Whether what was told last before is how far one was ahead of another: `by 4.4 points, the most since 2020`."""
    before = max((one for one in claims if one.end <= start), key=lambda one: (one.end, one.start), default=None)
    return before is not None and before.kind is Kind.COMPARISON and before.number is not None
