"""A form of the grammar found in a sentence: its names, its number, and the claim that it makes, if nothing forbids one."""

from __future__ import annotations

from typing import Any

import regex

from generator.factcheck.reading.axis import Since, Span
from generator.factcheck.reading.claims import Claim, Kind
from generator.factcheck.reading.forbidding import blocked, of_another_time
from generator.factcheck.reading.matching import Match
from generator.factcheck.reading.names import Name
from generator.factcheck.reading.numbers import Number
from generator.factcheck.reading.sentence import UNSURE, Sentence

UPWARD = {"U": 1, "u": 1, "h": 1, "ch": 1, "D": -1, "d": -1, "l": -1, "cl": -1}
_AGO = regex.compile(r"yesterday|.*(?:before|previous|prior|earlier).*", regex.I)


def names_of(sentence: Sentence, match: Match, group: str) -> tuple[Name, ...]:
    return tuple(sentence.tokens[place].value for place in sentence.places(match, group, "SR"))


def number_of(sentence: Sentence, match: Match, group: str) -> tuple[Number | None, str, list[int]]:
    """A number of a form, how exactly it was meant, and the places of both."""
    places = sentence.places(match, group, "A%PBpLn$")
    if not places:
        return None, "", []
    about = sentence.tokens[places[0]].value if sentence.tokens[places[0]].code == "A" else ""
    return sentence.tokens[places[-1]].value, about, places


def claim_of(
    sentence: Sentence,
    match: Match,
    places: list[int],
    kind: Kind,
    *,
    also: str = "TZ",
    subject: str = "s",
    **given: Any,
) -> Claim | None:
    """The claim of a form, unless the words around it forbid one or its number is read already."""
    low, high = sentence.kept[match.start()], sentence.kept[match.end() - 1]
    aside = (*(between := aside_of(sentence, match)), *_of_earlier(sentence, match))
    span, where = sentence.span_of(low, high, also, aside)
    if _from(match) and where >= 0 and _of_day_before(sentence, span, where, high):
        span = None  # it is the earlier level that was of the day before
    if sentence.taken & set(places) or blocked(sentence, low, high, aside, codes="Q"):
        return None
    subjects = sentence.places(match, subject, "SR")
    unspanned = where == UNSURE or (where < 0 and of_another_time(sentence, low, high))
    unspanned = unspanned or sentence.follows_after(subjects, where, low) or blocked(sentence, low, high, aside)
    if unspanned and kind not in (Kind.MOVE, Kind.COMPARISON):
        return None
    compared = bool(subjects) and sentence.code_before(subjects[0]) in ("<", ">")
    subjects = subjects[compared and len(subjects) > 1 :]
    told = bool(subjects) and any(place < subjects[0] for place in places)
    whole = not subjects or (sentence.object_ends(subjects[-1]) if told else sentence.subject_stands(subjects[0]))
    if not whole or (compared and between):
        return None
    sentence.taken.update(places)
    return Claim(
        kind,
        sentence.tokens[low].start,
        sentence.tokens[max(high, where)].end,
        tuple(sentence.tokens[p].value for p in subjects),
        span=span if isinstance(span, Span) else None,
        unspanned=unspanned,
        since=span if isinstance(span, Since) else None,
        **given,
    )


def _from(match: Match) -> bool:
    """Whether a form tells the level that a move came from."""
    return "from" in match.re.groupindex and bool(match["from"])


def _of_day_before(sentence: Sentence, span: Span | Since | None, where: int, high: int) -> bool:
    """Whether a span is `a day ago`, or stands behind the earlier level as the day before the article's own:
    `to 1.85% from 1.87% late Tuesday`."""
    if _AGO.fullmatch(sentence.tokens[where].text):
        return True
    if where <= high or not isinstance(span, Span) or span.tag != "day" or not span.windows:
        return False
    return span.windows[0].end == sentence.axis.row - 1


def _of_earlier(sentence: Sentence, match: Match) -> tuple[int, ...]:
    """The span between `from` and the earlier level, which is of that: `from May's 4%`; and the one behind it,
    where the level now has its own: `ended June at 4.2%, from 4.1% in May`, `from 4.1% a month earlier`."""
    if not _from(match):
        return ()
    last = first = sentence.kept[match.start("from")]
    while first > 0 and sentence.tokens[first].code != "f":
        first -= 1
    end = sentence.kept[match.end("from") - 1]
    named = any(one.code == "T" for one in sentence.tokens[sentence.kept[match.start()] : first])
    behind = (
        sentence.adjacent(end, "T" if named else "") if ago_behind(sentence, end) < 0 else ago_behind(sentence, end)
    )
    return (*range(first, last), *((behind,) if behind >= 0 else ()))


def ago_behind(sentence: Sentence, place: int) -> int:
    """Where `a month earlier` follows an earlier level; -1 without it."""
    found = sentence.adjacent(place, "t")
    return found if found >= 0 and isinstance(sentence.tokens[found].value, Span) else -1


def aside_of(sentence: Sentence, match: Match) -> tuple[int, ...]:
    """The places of what is put between a subject and its verb, which says nothing of the claim."""
    if "ins" not in match.re.groupindex or not match["ins"]:
        return ()
    return tuple(range(sentence.kept[match.start("ins")], sentence.kept[match.end("ins") - 1]))


def is_vague(sentence: Sentence, match: Match, claim: Claim | None) -> bool:
    """Whether a move is told in the perfect or the present, and over no span that is named."""
    if claim is None or claim.span or claim.since:
        return False
    low, high = sentence.kept[match.start()], sentence.kept[match.end() - 1]
    words = {token.text.lower() for token in sentence.tokens[low : high + 1] if token.code in "ej"}
    return bool(words & {"had", "had been", "is", "are", "has", "have", "has been", "have been", "remains", "remain"})
