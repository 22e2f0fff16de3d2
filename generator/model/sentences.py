"""A sentence as it is printed: pieces of text, each with the claim that stands behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from generator.escaping import html_text, markdown_text
from generator.model.fragments import Tone


class Claim(NamedTuple):  # tuples where hundreds are made for each edition: they cost half of what a dataclass does
    """What stands behind one printed number, date or name."""

    kind: str
    """`figure`, `fact`, `rule` (a count or date of a rule's own past), `name`, `term`, or `word` (earned by size)."""
    name: str
    value: float | str | None = None
    """Full precision, in inside units; a date as ISO."""
    source: str = ""


class Piece(NamedTuple):
    """A run of text in a sentence; `claim` is set where the text was computed rather than written."""

    text: str
    markdown: str
    html: str
    claim: Claim | None = None

    @classmethod
    def of(cls, text: str, claim: Claim | None = None) -> Piece:
        """Plain words, no character of which marks anything up."""
        return cls(text, markdown_text(text), html_text(text), claim)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One bullet of a fragment, realised (it may hold more than one grammatical sentence)."""

    pieces: tuple[Piece, ...]
    fragment: str
    source: str
    tone: Tone = Tone.NEUTRAL
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "".join([piece.text for piece in self.pieces]))

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def markdown(self) -> str:
        return "".join([piece.markdown for piece in self.pieces])
