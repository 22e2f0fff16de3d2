"""Economic numbers: what each form that tells of one claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.factcheck.reading.claims import Claim, Kind
from generator.factcheck.reading.frame import UPWARD, claim_of, number_of
from generator.factcheck.reading.matching import Match
from generator.factcheck.reading.sentence import Sentence


def earlier_number(sentence: Sentence, match: Match, claim: Claim) -> Iterator[Claim]:
    """`from 3.3%` after an economic number: that of the period before."""
    earlier, about, at = number_of(sentence, match, "from") if "from" in match.re.groupindex else (None, "", [])
    if earlier is not None:
        sentence.taken.update(at)
        start, end = sentence.tokens[at[0]].start, sentence.tokens[at[-1]].end
        yield replace(claim, number=earlier, about=about, word="earlier", sign=0, start=start, end=end)


def growths(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    number, about, places = number_of(sentence, match, "n")
    claim = claim_of(
        sentence,
        match,
        places,
        Kind.RELEASE,
        also="T",
        number=number,
        about=about,
        sign=UPWARD[match["v"]],
        word="growth",
    )
    if claim:
        yield claim
        yield from _now(sentence, match, claim)
        yield from earlier_number(sentence, match, claim)


def _now(sentence: Sentence, match: Match, claim: Claim) -> Iterator[Claim]:
    """`to 216,000` after the change of an economic number."""
    level, about, at = number_of(sentence, match, "lev")
    if level is not None:
        sentence.taken.update(at)
        start, end = sentence.tokens[at[0]].start, sentence.tokens[at[-1]].end
        yield replace(claim, number=level, about=about, word="level", sign=0, start=start, end=end)
