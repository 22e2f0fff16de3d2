"""`content/sources/day/*.yaml`: an editor's notes of one session, what a named outlet or person said of it.

A note stays attributed: its words and numbers are printed as they are given, and nothing is concluded from them. Its
topic says what it tells and where in the article it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from generator.editorial.document import Document
from generator.editorial.schema import Shape, choice, matching, rule, some
from generator.editorial.values import Address, Day
from generator.errors import Fault
from generator.model import NOTED, Fact

_LONGEST = 500
_AHEAD = timedelta(days=30)
"""How far ahead of its session a note may tell of a day."""
_SOURCE = ("outlet", "title", "url", "published")


class Topic(StrEnum):
    """What a note is about; each session has at most one note of each."""

    WHY = "why"
    STOCK = "stock"
    COMPANY = "company"
    NEXT = "next"
    EXPECTED = "expected"
    ODDS = "odds"
    BEFORE = "before"
    STATEMENT = "statement"
    DUE = "due"

    @property
    def key(self) -> str:
        """The key of its fact."""
        return "note" if self is Topic.WHY else f"note_{self}"


class Measure(StrEnum):
    """What the numbers of a forecast are."""

    CHANGE = "change"  # percent, told as a rise or a fall
    PERCENT = "percent"
    INDEX = "index"
    COUNT = "count"


_NEEDS: dict[Topic, tuple[str, ...]] = {
    Topic.COMPANY: ("says",),
    Topic.NEXT: ("says",),
    Topic.EXPECTED: ("of", "unit", "forecast", "actual"),
    Topic.ODDS: ("of", "tool", "moment"),
    Topic.BEFORE: ("move_of", "says"),
    Topic.STATEMENT: ("speaker", "document"),
    Topic.DUE: ("company", "day"),
}
"""What a note cannot be told without, beside its source; those of other topics have `quote` or `says`."""


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
Chance = Annotated[int, rule(lambda one: None if 0 <= one <= 100 else "is no chance: it is told in percent, 0 to 100.")]
Published = Annotated[
    float, rule(lambda one: None if round(one, 1) == one and abs(one) < 1e9 else "has more than one decimal.")
]


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
    of: Said | None = None
    """What was forecast, `consumer prices from the month before`, or what the chance is of, `a cut in September`."""
    unit: choice(Measure) | None = None  # type: ignore[valid-type]
    forecast: Published | None = None
    actual: Published | None = None
    """What the report then showed."""
    chance: Chance | None = None
    above: Chance | None = None
    """In place of `chance`, what it was said to be above."""
    before: Chance | None = None
    since: Said | None = None
    """When it was what it was `before`: `a day earlier`."""
    tool: Said | None = None
    moment: Said | None = None
    """When the chance was that: `by early afternoon`."""
    leading: Said | None = None
    """The words between the speaker and the quotation: `agreed that they were`."""
    move_of: Day | None = None
    """The session whose move had the reason."""
    document: Said | None = None
    """Where the words stand: `the minutes of its May meeting`."""
    company: Said | None = None
    day: Day | None = None
    """When its result is due: after the close, if that is the session's own day."""

    @property
    def given(self) -> dict[str, Any]:
        """The settings that are there, without the source."""
        names = [name for name in NoteShape.model_fields if name not in ("id", "topic", *_SOURCE)]
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    @property
    def values(self) -> dict[str, Decimal | str | date]:
        """What it has to print; a count is kept apart from numbers with a decimal, which a sentence prints alike."""
        counted = "_count" if self.unit is Measure.COUNT else ""
        found: dict[str, Decimal | str | date] = {"outlet": self.outlet, "title": self.title}
        for name, value in self.given.items():
            if isinstance(value, float):
                found[f"{name}{counted}"] = Decimal(f"{value:.{0 if counted else 1}f}")
            else:
                found[name] = Decimal(value) if isinstance(value, int) else value
        return {name: str(value) if isinstance(value, StrEnum) else value for name, value in found.items()}

    def faults(self, session: date) -> Iterator[str]:
        """What is wrong with it as a note of its topic."""
        given, allowed = self.given, {*NOTED[self.topic.key]}
        if missing := [name for name in _NEEDS.get(self.topic, ()) if name not in given]:
            yield f"a note on '{self.topic}' has to have {_listed(missing)}."
        elif self.topic not in _NEEDS and not {"quote", "says"} & {*given}:
            yield "a note has 'quote', somebody's exact words, or 'says', or both."
        if strange := [name for name in given if name not in allowed]:
            yield f"{_listed(strange)} cannot stand in a note on '{self.topic}'."
        if self.topic is Topic.ODDS and (self.chance is None) is (self.above is None):
            yield "a note on 'odds' has either 'chance' or 'above'."
        if self.topic is Topic.STATEMENT and (self.says is None) is (not self.quote or not self.leading):
            yield "a note on 'statement' has either 'says', or 'quote' with the words 'leading' to it."
        if (self.before is None) is not (self.since is None):
            yield "'before' and 'since', when the chance was that, go together."
        if self.unit is Measure.COUNT and any(one is not None and one % 1 for one in (self.forecast, self.actual)):
            yield "a count is a whole number."
        if self.published > session:
            yield f"it was published on {self.published}, after its session, {session}."
        if self.move_of and not session - timedelta(days=7) <= self.move_of < session:
            yield f"'move_of' is the session before {session}, and not {self.move_of}."
        if self.day and not session <= self.day <= session + _AHEAD:
            yield f"'day' is {self.day}; a company's result is told that is due on {session} or within thirty days."


class NotesShape(Shape):
    """The notes of one session."""

    what: ClassVar[str] = "a file of notes"
    session: Day
    notes: some(NoteShape, most=20)  # type: ignore[valid-type]

    def facts(self, document: Document) -> list[Fact]:
        """Each note as a fact that holds on its session alone."""
        return [
            Fact(
                key=note.topic.key,
                as_of=self.session,
                expires=self.session + timedelta(days=1),
                values=note.values,
                source=f"{note.outlet}, \u201c{note.title}\u201d",
                url=note.url,
                published=note.published,
                id=note.id,
                line=document.at("notes", number),
            )
            for number, note in enumerate(self.notes)
        ]

    def faults(self, document: Document) -> Iterator[Fault]:
        """Notes that cannot be told as notes of their topic, and those that share one."""
        topics: dict[str, int] = {}
        for number, note in enumerate(self.notes):
            place = document.at("notes", number)
            yield from (Fault(place, fault) for fault in note.faults(self.session))
            if topics.setdefault(note.topic, number) != number:
                yield Fault(place, f"there is a note on '{note.topic}' already; keep one of a topic.")


def _listed(names: list[str]) -> str:
    *others, last = [f"'{name}'" for name in names]
    return f"{', '.join(others)} and {last}" if others else last
