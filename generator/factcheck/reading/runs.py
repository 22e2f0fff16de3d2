"""Runs: so many days, weeks, months or quarters in a row, of moves or of leads; and so many of the last so many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.factcheck.reading.claims import Claim, Kind
from generator.factcheck.reading.frame import UPWARD, claim_of, names_of
from generator.factcheck.reading.matching import Match
from generator.factcheck.reading.sentence import Sentence


def runs(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    place = sentence.place(match, "r")
    run = sentence.tokens[place].value
    said = sentence.tokens[sentence.place(match, "ended")] if match.groupdict().get("ended") else None
    ended = said is not None and (said.code == "x" or said.text.lower().startswith("end"))
    low = sentence.kept[match.start()]
    if any(token.text.lower().startswith("had") for token in sentence.tokens[low:place] if token.code in "ej"):
        return  # what had been so before
    between = match.groupdict().get("between") or ""
    verbs = [UPWARD[code] for code in between if code in UPWARD]
    sign = run.sign or (verbs[-1] if verbs else 0)
    names = names_of(sentence, match, "s")
    several = "both" in match.re.groupindex
    if not sign or (len(names) != 1 and not several) or (not ended and any(code in between for code in "w<>x")):
        return
    claim = claim_of(sentence, match, [place], Kind.STREAK, also="", sign=sign, run=run, ended=ended)
    if claim:
        of = [one.value for one in sentence.tokens if one.code == "T" and one.value.tag in ("day", run.period)]
        for name in names:
            yield replace(claim, subjects=(name,), span=of[0] if of else None)


def ahead(sentence: Sentence, match: Match, claims: list[Claim]) -> Iterator[Claim]:
    """`the third consecutive quarter in which small caps lagged large caps`: a run of one ahead of another."""
    place, verb = sentence.place(match, "r"), sentence.place(match, "c")
    low = sentence.kept[match.start()]
    if place in sentence.taken or any(one.code in "MQ" for one in sentence.tokens[low : max(place, verb) + 1]):
        return
    run = sentence.tokens[place].value
    subject, other = names_of(sentence, match, "s"), names_of(sentence, match, "o")
    if run.of or len(subject) != 1 or len(other) != 1:
        return
    sentence.taken.update((place, verb) if "in" in match.re.groupindex else (place,))
    start, end = sentence.tokens[low].start, sentence.tokens[sentence.kept[match.end() - 1]].end
    of = [one.value for one in sentence.tokens if one.code == "T" and one.value.tag == run.period]
    yield Claim(Kind.GAP_STREAK, start, end, subject, other, sign=-1 if match["c"] == "<" else 1, run=run,
                span=of[0] if of else None)  # fmt: skip
