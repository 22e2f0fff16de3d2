"""What a document has said so far, so that names and verbs take turns. The only state of a realisation."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from generator.model import Segment
from generator.narrative.language.openings import opening


class Register(StrEnum):
    """Which names a part of the page calls things by."""

    BODY = "body"  # the full name first, then the others in turn
    BRIEF = "brief"  # the second name: takeaways, standfirst, posts
    HEADLINE = "headline"


@dataclass(slots=True)
class Voice:
    """The names and verbs used so far in one document; `turn` starts the verbs on a new foot each session."""

    turn: int
    register: Register = Register.BODY
    mentions: dict[str, int] = field(default_factory=dict)
    verbs: int = 0
    last: str | None = None
    """The opening of the sentence before the one that is being made."""

    def copy(self, register: Register | None = None) -> Voice:
        """A voice that may go its own way: for trying a sentence, or for a part with names of its own."""
        return Voice(self.turn, register or self.register, dict(self.mentions), self.verbs, self.last)

    def name(self, segment: Segment, *, first: bool = False) -> str:
        """The name the segment goes by here, and one mention more.

        Where it stands `first` in its sentence, a name that the sentence before began with gives way to the next.
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
        """One of several words of the same meaning, in turn."""
        self.verbs += 1
        return words[(self.turn + self.verbs) % len(words)]
