"""What a sentence goes on to say of the one thing it told of last: `, climbing 1.4%`, `and is 10.7% below its record`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.factcheck.reading.claims import Claim, Kind
from generator.factcheck.reading.frame import UPWARD, claim_of, number_of
from generator.factcheck.reading.matching import Match
from generator.factcheck.reading.recording import set_in
from generator.factcheck.reading.sentence import Sentence


def going(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    """`, climbing by 1.4%`: of the one thing that was told of last."""
    verb = sentence.place(match, "v")
    behind = [one for one in claims if one.end <= sentence.tokens[verb].start and one.subjects]
    number, about, places = number_of(sentence, match, "n")
    noun = sentence.tokens[verb].code in "ud"
    if number is None or not behind or not (noun or sentence.tokens[verb].text.lower().endswith("ing")):
        return
    last = max(behind, key=lambda one: (one.end, one.start))
    if len(last.subjects) == 1 and last.kind in (Kind.RECORD, Kind.LEVEL, Kind.DIRECTION, Kind.EXTREME):
        sign = UPWARD[match["v"]]
        made = claim_of(sentence, match, places, Kind.MOVE, subject="", number=number, about=about, sign=sign)
        if made:
            yield replace(made, subjects=last.subjects, span=made.span or last.span)


def still(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    """`and is now 10.7% below its all-time high`."""
    last = _last(sentence, match, claims)
    number, about, places = number_of(sentence, match, "n")
    if last is None or number is None:
        return
    at = sentence.place(match, "x")
    value = sentence.tokens[at].value
    made = claim_of(
        sentence,
        match,
        [*places, at],
        Kind.DISTANCE,
        also="",
        subject="",
        number=number,
        about=about,
        superlative=value,
    )
    if made:
        yield replace(made, subjects=last.subjects, span=set_in(sentence, at))


def turned(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    """`24% above its October low`: how far it has come from a high or a low; without a name, of what was told last."""
    own = "s" in match.re.groupindex
    last = None if own else _last(sentence, match, claims)
    number, about, places = number_of(sentence, match, "n")
    if number is None or not (own or last):
        return
    at, sign = sentence.place(match, "x"), 1 if match["k"] == "K" else -1
    made = claim_of(sentence, match, [*places, at], Kind.MOVE, also="", number=number, about=about, sign=sign)
    if made:
        subjects = last.subjects if last else made.subjects
        yield replace(made, subjects=subjects, span=None, since=sentence.tokens[at].value, unspanned=False)


def recorded(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    """`, and closed at a record`."""
    last, place = _last(sentence, match, claims), sentence.place(match, "x")
    if last is None or last.kind not in (Kind.MOVE, Kind.LEVEL, Kind.EXTREME) or place in sentence.taken:
        return
    closed = sentence.tokens[place].text.lower().startswith(("clos", "end", "finish"))
    if not closed and len(match[0].lstrip(",&")) == 1:
        return
    value = sentence.tokens[place].value
    made = claim_of(sentence, match, [place], Kind.RECORD, subject="", superlative=value, ever=True)
    if made and not made.since:
        yield replace(made, subjects=last.subjects, span=None, word="closing" if closed or "c" in match[0] else "")


def closing(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    """`and closed at 6,204.95`."""
    last = _last(sentence, match, claims)
    number, about, places = number_of(sentence, match, "lev")
    if last is None or number is None or last.kind is not Kind.MOVE or sentence.adjacent(places[-1], "S") >= 0:
        return
    made = claim_of(sentence, match, places, Kind.LEVEL, also="T", subject="", number=number, about=about)
    if made:
        yield replace(made, subjects=last.subjects, span=made.span or last.span)


def _last(sentence: Sentence, match: Match, claims: list[Claim]) -> Claim | None:
    """The claim told before, if it is of one thing and nothing else was named since."""
    start = sentence.kept[match.start()]
    behind = [one for one in claims if one.end <= sentence.tokens[start].end and one.subjects]
    last = max(behind, key=lambda one: (one.end, one.start), default=None)
    if last is None or len(last.subjects) != 1:
        return None
    since = [token for token in sentence.tokens[:start] if token.start >= last.end and token.code in "SRY"]
    return None if since else last
