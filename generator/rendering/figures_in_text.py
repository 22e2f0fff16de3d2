"""Say of a piece of a sentence what a page needs to: its value for programs, derivation, source number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Claim, Fact, Inset, Piece, Sentence

SHOWN = frozenset({"figure", "fact", "rule"})
"""Kinds of claim marked up as figures; names, terms and earned words are words like any other on the page."""


def is_shown(piece: Piece) -> bool:
    """Whether a page marks the piece up as a figure that can be asked where it comes from."""
    return piece.claim is not None and piece.claim.kind in SHOWN


def machine_value(piece: Piece) -> str:
    """What a program should read for the piece: full precision, an ISO date, or the text itself."""
    value = piece.claim.value if piece.claim else None
    if value is None:
        return piece.text
    if isinstance(value, str):
        return value
    return repr(float(value))  # numpy scalars print as np.float64(...)


def derivation(piece: Piece, derivations: Mapping[str, str], sources: Sequence[Fact]) -> str:
    """In words, how the piece was made: its formula, or the source it is cited from; empty where neither is known."""
    claim = piece.claim
    if claim is None:
        return ""
    if claim.name in derivations:
        return derivations[claim.name]
    fact = _fact_behind(claim, sources)
    return f"{fact.source}, {fact.dated} {fact.published.isoformat()}" if fact else ""


def cites(said: Sentence | Inset, sources: Sequence[Fact]) -> list[int]:
    """Numbers, from 1, of the sources that a sentence's or a small table's facts come from, in order of mention."""
    numbers: dict[int, None] = {}
    if not sources:
        return []
    for piece in said.pieces:
        fact = _fact_behind(piece.claim, sources) if piece.claim else None
        if fact is not None:
            numbers[sources.index(fact) + 1] = None
    return list(numbers)


def prose(sentences: Sequence[Sentence], sources: Sequence[Fact]) -> str:
    """The sentences as one paragraph of Markdown, each followed by the footnotes of the sources that it cites."""
    if not sources:
        return " ".join([sentence.markdown for sentence in sentences])
    noted = [
        "".join([sentence.markdown, *(f"[^{number}]" for number in cites(sentence, sources))]) for sentence in sentences
    ]
    return " ".join(noted)


def cited(said: Sequence[Sentence | Inset], sources: Sequence[Fact]) -> frozenset[int]:
    """Numbers of the sources that at least one of the sentences and tables cites."""
    return frozenset(number for one in said for number in cites(one, sources))


def _fact_behind(claim: Claim, sources: Sequence[Fact]) -> Fact | None:
    """The source of a cited fact: by its id, or by key (`cpi.yoy` and `cpi_yoy` belong to `cpi`).

    A figure of a release has the release's id for its source's.
    """
    if claim.kind != "fact":
        return next((fact for fact in sources if claim.source == fact.id), None) if claim.source else None
    owners = [
        fact
        for fact in sources
        if claim.source == fact.id or claim.name == fact.key or claim.name.startswith((f"{fact.key}.", f"{fact.key}_"))
    ]
    return max(owners, key=lambda fact: (claim.source == fact.id, len(fact.key)), default=None)
