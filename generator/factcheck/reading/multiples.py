"""How many times another's move one was: `nearly twice the S&P 500's 4.4%`, `less than half the S&P 500's gain`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.factcheck.reading.claims import Claim, Kind
from generator.factcheck.reading.frame import UPWARD
from generator.factcheck.reading.grammar import MULTIPLE
from generator.factcheck.reading.numbers import Number
from generator.factcheck.reading.sentence import Sentence


def multiples(sentence: Sentence, place: int, claim: Claim) -> Iterator[Claim]:
    """The multiple behind a move, and the other's own number where it stands there."""
    match = MULTIPLE.match(sentence.codes, place)
    if match is None or len(claim.subjects) != 1:
        return
    at, name = sentence.place(match, "m"), sentence.tokens[sentence.place(match, "s")].value
    said = sentence.tokens[at].value
    sign = UPWARD[match["v"]] if match["v"] else claim.sign
    end = sentence.tokens[sentence.kept[match.end() - 1]].end
    if sign != claim.sign:
        return
    yield replace(claim, kind=Kind.MULTIPLE, others=(name,), number=Number(said.factor, "", 0.1), about=said.about,
                  start=sentence.tokens[at].start, end=end)  # fmt: skip
    number = sentence.place(match, "n")
    if number >= 0:
        token = sentence.tokens[sentence.kept[match.end("n") - 1]]
        about = sentence.tokens[number].value if sentence.tokens[number].code == "A" else ""
        sentence.taken.add(sentence.kept[match.end("n") - 1])
        yield replace(claim, subjects=(name,), number=token.value, about=about, start=token.start, end=token.end)
