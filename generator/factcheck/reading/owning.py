"""Moves told without a verb of their own subject: `outperformed, gaining 1.2%`, `November's 10.8% gain`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from generator.factcheck.reading.claims import Claim, Kind
from generator.factcheck.reading.frame import UPWARD, claim_of, number_of
from generator.factcheck.reading.matching import Match
from generator.factcheck.reading.moving import moves
from generator.factcheck.reading.sentence import Sentence

_AFTER = regex.compile(r"follow(?:ed|s|ing)|after|on top of|erased|reversed|topped|extended|undid", regex.I)


def leaning(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    """`outperformed, gaining 1.2%`: what hangs on a verb that tells no number."""
    if sentence.tokens[sentence.place(match, "v")].text.lower().endswith("ing"):
        yield from moves(sentence, match, claims)


def owned(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    """`November's 10.8% gain`: a move that a period has, of the one thing that is spoken of."""
    number, about, places = number_of(sentence, match, "n")
    low, high = sentence.kept[match.start()], sentence.kept[match.end() - 1]
    before = next((p for p in range(low - 1, -1, -1) if sentence.tokens[p].code != "~"), -1)
    has = before >= 0 and sentence.tokens[before].code == "T" and sentence.tokens[before].text.endswith(("'s", "’s"))
    behind = sentence.adjacent(high, "T") >= 0 and _followed(sentence, low)
    named = {one.value for one in sentence.tokens if one.code == "S"}
    subjects = tuple(named) if len(named) == 1 else sentence.context.before if not named else ()
    if number is None or not (has or behind) or len(subjects) != 1 or number.unit != "%":
        return
    made = claim_of(sentence, match, places, Kind.MOVE, subject="", number=number, about=about, sign=UPWARD[match["v"]])
    if made and made.span:
        span = sentence.tokens[before].value if has else made.span
        yield replace(made, subjects=subjects, span=span)


def _followed(sentence: Sentence, low: int) -> bool:
    """Whether a move is set behind another of the same thing: `followed a rise of 5.2% in May`."""
    return any(_AFTER.fullmatch(one.text) for one in sentence.tokens[max(low - 3, 0) : low])
