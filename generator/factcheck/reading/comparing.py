"""Comparisons, records, runs and counts: what each form that tells of one claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import regex

from generator.factcheck.reading.axis import to_date
from generator.factcheck.reading.claims import Claim, Kind
from generator.factcheck.reading.frame import UPWARD, claim_of, is_vague, names_of, number_of
from generator.factcheck.reading.grammar import SCORE
from generator.factcheck.reading.matching import Match
from generator.factcheck.reading.names import Name
from generator.factcheck.reading.sentence import Sentence

_OFTEN = regex.compile(
    r"\s*(?:,? ?(?:about|nearly|just|almost) )?(?:(?:as|more|less) often|(?:most|half|much) of the time|on (?:most|many|half|\d))",
    regex.I,
)
_PRESENT = frozenset(
    [
        "outpaces",
        "outperforms",
        "beats",
        "tops",
        "leads",
        "lags",
        "trails",
        "surpasses",
        "lag",
        "trail",
        "outpace",
        "outperform",
    ]
)
"""Comparisons in the present tense, which name no span by themselves."""


def compares(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    number, about, places = number_of(sentence, match, "n")
    objects = sentence.places(match, "o", "S")
    ends = sentence.kept[match.end() - 1]
    if (not sentence.object_ends(objects[-1]) and not sentence.follows(objects[-1], "'")) or sentence.follows(
        ends, "%An"
    ):
        return
    if _OFTEN.match(sentence.text, sentence.tokens[ends].end):
        return  # a count of days, not a comparison of moves
    sign = -1 if match["c"] in "<Dd" else 1
    verb = sentence.place(match, "c")
    others = tuple(sentence.tokens[place].value for place in objects)
    if set(others) & set(names_of(sentence, match, "s")):
        return  # `the index` is then another
    claim = claim_of(
        sentence, match, [*places, verb], Kind.COMPARISON, number=number, about=about, sign=sign, others=others
    )
    present = _present(sentence.tokens[verb].text) and number is None
    if claim and (is_vague(sentence, match, claim) or (present and not (claim.span or claim.since))):
        claim = replace(claim, unspanned=True)  # a headline's `outpaces` may be of the day or of the month
    if claim:
        yield claim
        yield from _scores(sentence, match, claim)


def _scores(sentence: Sentence, match: Match, claim: Claim) -> Iterator[Claim]:
    """`trails the S&P 500, 20.1% to 26.5%`: the two moves of a comparison, the greater that of what is ahead."""
    score = SCORE.match(sentence.codes, match.end())
    if score is None or len(claim.subjects) != 1 or len(claim.others) != 1:
        return
    told = [number_of(sentence, score, group) for group in ("n", "m")]
    ordered = sorted(told, key=lambda one: one[0].value if one[0] else 0, reverse=claim.sign > 0)
    for name, (number, about, places) in zip((*claim.subjects, *claim.others), ordered, strict=True):
        assert number is not None
        sentence.taken.update(places)
        start, end = sentence.tokens[places[0]].start, sentence.tokens[places[-1]].end
        sign = int(np.sign(number.value)) if number.signed else 0
        yield replace(claim, kind=Kind.MOVE, subjects=(name,), others=(), number=number, about=about, sign=sign,
                      start=start, end=end)  # fmt: skip


def _present(verb: str) -> bool:
    return verb.lower() in _PRESENT


def beside(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    """`, outpacing the S&P 500`: of what the sentence was about until then."""
    verb = sentence.place(match, "c")
    token = sentence.tokens[verb]
    behind = [one for one in claims if one.end <= token.start and one.subjects]
    if (
        verb in sentence.taken
        or not behind
        or not sentence.text[token.start : token.end].lower().endswith(("ing", "of", "ed", "behind", "beat"))
    ):
        return
    last = max(behind, key=lambda one: one.end)
    number, about, places = number_of(sentence, match, "n")
    objects = sentence.places(match, "o", "S")
    others = tuple(sentence.tokens[place].value for place in objects)
    if (
        len(last.subjects) > 1
        or last.kind not in (Kind.MOVE, Kind.LEVEL, Kind.RECORD)
        or set(others) & set(last.subjects)
    ):
        return
    claim = claim_of(sentence, match, [*places, verb], Kind.COMPARISON, subject="", number=number, about=about,
                   sign=-1 if match["c"] == "<" else 1, others=others)  # fmt: skip
    if claim:
        yield replace(claim, subjects=last.subjects, span=claim.span or last.span, since=claim.since or last.since)


def again(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    """`That performance outpaced the Dow`: of the one thing that the sentence before was about."""
    if len(sentence.context.before) == 1 and not any(
        name in _names_of(sentence, match) for name in sentence.context.before
    ):
        for claim in compares(sentence, match, claims):
            yield replace(claim, subjects=sentence.context.before)


def _names_of(sentence: Sentence, match: Match) -> tuple[Name, ...]:
    return tuple(sentence.tokens[place].value for place in sentence.places(match, "o", "S"))


def breadths(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    place = sentence.place(match, "y")
    if sentence.code_before(place) in ("'", "O", "S", "n", "A") or sentence.follows(
        sentence.kept[match.end() - 1], "%AiLbn"
    ):
        return
    claim = claim_of(
        sentence,
        match,
        [place],
        Kind.BREADTH,
        subject="",
        sign=UPWARD[match["v"]],
        breadth=sentence.tokens[place].value,
    )
    if claim:
        yield claim


def alone(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    """`energy was the only sector to fall, losing 6.4%`."""
    place, subject = sentence.place(match, "y"), names_of(sentence, match, "s")
    said = sentence.tokens[place].value
    number, about, places = number_of(sentence, match, "n")
    claim = claim_of(sentence, match, [place, *places], Kind.BREADTH, sign=said.sign, breadth=said)
    if claim is None:
        return
    claim = replace(
        claim, subjects=subject, span=claim.span or (to_date(sentence.axis, said.period) if said.period else None)
    )
    yield claim
    if number is not None:
        yield replace(claim, kind=Kind.MOVE, breadth=None, number=number, about=about, sign=UPWARD[match["v"]])


def led(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    """`seven of 11 sectors rose, led by energy at 2.1%`: the best of a group, and its own move."""
    groups = [one for one in claims if one.kind is Kind.BREADTH]
    verb = next(p for p in sentence.kept[match.start() : match.end()] if sentence.tokens[p].code in "><E")
    number, about, places = number_of(sentence, match, "n")
    if not groups or verb in sentence.taken or "led" not in sentence.tokens[verb].text.lower():
        return
    claim = claim_of(sentence, match, [verb, *places], Kind.BEST, word="best" if groups[-1].sign > 0 else "worst")
    subjects = names_of(sentence, match, "s")
    if claim:
        claim = replace(claim, span=claim.span or groups[-1].span, subjects=subjects)
        yield claim
        if number is not None:
            sign = UPWARD.get(match["v"] or "", groups[-1].sign)
            yield replace(claim, kind=Kind.MOVE, subjects=subjects, number=number, about=about, sign=sign, word="")


def bests(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    place = sentence.place(match, "e")
    if "among" in sentence.text[sentence.tokens[place].start : sentence.tokens[place].end].lower():
        return
    number, about, places = number_of(sentence, match, "n")
    claim = claim_of(sentence, match, [place, *places], Kind.BEST, word=sentence.tokens[place].value)
    if claim:
        yield claim
        if number is not None:
            yield replace(
                claim,
                kind=Kind.MOVE,
                number=number,
                about=about,
                sign=UPWARD[match["v"]] if match["v"] else int(np.sign(number.value)),
                word="",
            )


def several(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    """`Energy and health care were the weakest sectors, falling 8.5% and 7.2%`: the last, or the first, of a group."""
    place, numbers = sentence.place(match, "e"), sentence.places(match, "ns", "%")
    names = names_of(sentence, match, "s")
    if "among" in sentence.tokens[place].text.lower() or (numbers and len(numbers) != len(names)):
        return
    claim = claim_of(sentence, match, [place, *numbers], Kind.BEST, word=sentence.tokens[place].value)
    if claim is None:
        return
    yield claim
    for name, at in zip(names, numbers, strict=False):
        token = sentence.tokens[at]
        about = sentence.tokens[at - 1].value if sentence.tokens[at - 1].code == "A" else ""
        yield replace(claim, kind=Kind.MOVE, subjects=(name,), number=token.value, about=about, word="",
                      sign=UPWARD[match["v"]], start=token.start, end=token.end)  # fmt: skip
