"""Remembers what a document has said so far, so that names and verbs take turns. The only state of a realisation."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from generator.model import Segment
from generator.narrative.language.openings import opening


class Register(StrEnum):
    """Which of a segment's names a part of the page uses."""

    BODY = "body"  # the full name first, then the others in turn
    BRIEF = "brief"  # the second name: takeaways, standfirst, posts
    HEADLINE = "headline"


@dataclass(slots=True)
class Voice:
    """The names and verbs used so far in one document; `turn` makes each session start with another verb."""

    turn: int
    register: Register = Register.BODY
    mentions: dict[str, int] = field(default_factory=dict)
    verbs: int = 0
    last: str | None = None
    """The opening of the sentence before the one being made."""

    def copy(self, register: Register | None = None) -> Voice:
        """An independent copy, for trying out a sentence or for a part with its own names."""
        return Voice(self.turn, register or self.register, dict(self.mentions), self.verbs, self.last)

    def name(self, segment: Segment, *, first: bool = False) -> str:
        """The name to use for the segment here; this counts as a mention.

        If it comes `first` in its sentence, a name that the sentence before began with is skipped for the next one.
        """
        if self.register is Register.HEADLINE:
            return segment.headline
        full, *others = segment.names
        said = 1 if self.register is Register.BRIEF else self.mentions.get(segment.key, 0)
        if said and others and first and opening(others[(said - 1) % len(others)]) == self.last:
            said += 1
        self.mentions[segment.key] = said + 1
        return others[(said - 1) % len(others)] if said and others else full

    def word(self, words: tuple[str, ...]) -> str:
        """One of several words with the same meaning, in turn."""
        self.verbs += 1
        return words[(self.turn + self.verbs) % len(words)]
