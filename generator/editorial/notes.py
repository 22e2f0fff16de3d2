"""`content/sources/day/*.yaml`: an editor's notes of one session, what a named outlet or person said of it.

A note stays attributed: its words are printed as they are given, and nothing is concluded from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from generator.editorial.document import Document
from generator.editorial.schema import Shape, choice, matching, rule, some
from generator.editorial.values import Address, Day
from generator.errors import Fault
from generator.model import NOTED, Fact

_LONGEST = 500


class Topic(StrEnum):
    """What a note is about; each session has at most one note of each."""

    WHY = "why"
    STOCK = "stock"
    COMPANY = "company"
    NEXT = "next"


def _said_fault(text: str) -> str | None:
    if not text.strip():
        return "is empty; write some words."
    if "\n" in text.strip() or len(text) > _LONGEST:
        return f"should be on one line, of at most {_LONGEST} characters."
    return None


Said = Annotated[str, rule(_said_fault), matching(r"[^{}|]*", "holds a brace or a bar, which no words may.")]
Id = Annotated[
    str, matching(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}", "is not an id: letters, digits, -, _ and . only, no spaces.")
]
"""By which a fact or a note is known, wherever in its file it stands."""


class NoteShape(Shape):
    """One note."""

    what: ClassVar[str] = "note"
    id: Id
    topic: choice(Topic) = Topic.WHY  # type: ignore[valid-type]
    outlet: Said
    title: Said
    url: Address
    published: Day
    speaker: Said | None = None
    role: Said | None = None
    quote: Said | None = None
    """Exact words, without the marks of quotation."""
    says: Said | None = None
    """What the outlet says, in words that follow its name: `blamed a jump in bond yields`."""


class NotesShape(Shape):
    """The notes of one session."""

    what: ClassVar[str] = "a file of notes"
    session: Day
    notes: some(NoteShape, most=20)  # type: ignore[valid-type]

    def facts(self, document: Document) -> list[Fact]:
        """Each note as a fact that holds on its session alone."""
        return [
            Fact(
                key="note" if note.topic is Topic.WHY else f"note_{note.topic}",
                as_of=self.session,
                expires=self.session + timedelta(days=1),
                values={name: text for name in NOTED if (text := getattr(note, name))},
                source=_source(note),
                url=note.url,
                published=note.published,
                id=note.id,
                line=document.at("notes", number),
            )
            for number, note in enumerate(self.notes)
        ]

    def faults(self, document: Document) -> Iterator[Fault]:
        """Notes that say nothing, that came too late, or that share a topic."""
        topics: dict[str, int] = {}
        for number, note in enumerate(self.notes):
            place = document.at("notes", number)
            if note.quote is None and note.says is None:
                yield Fault(place, "a note has 'quote', somebody's exact words, or 'says', or both.")
            if note.published > self.session:
                yield Fault(place, f"it was published on {note.published}, after its session, {self.session}.")
            if topics.setdefault(note.topic, number) != number:
                yield Fault(place, f"there is a note on '{note.topic}' already; keep one of a topic.")


def _source(note: NoteShape) -> str:
    """The outlet and the title, as a list of sources prints them."""
    return f"{note.outlet}, \u201c{note.title}\u201d"
