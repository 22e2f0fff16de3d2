"""What a sentence says, as far as it was understood: one claim for each number, comparison, superlative and run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.factcheck.reading.axis import Since, Span
from generator.factcheck.reading.names import Name
from generator.factcheck.reading.numbers import Number
from generator.factcheck.reading.words import Breadth, Run, Superlative


class Kind(StrEnum):
    """What kind of thing a claim says."""

    MOVE = "move"
    DIRECTION = "direction"
    LEVEL = "level"
    CAME_FROM = "earlier level"
    RECORD = "record"
    RECORDS = "number of records"
    DISTANCE = "distance from a record"
    EXTREME = "superlative"
    CROSSING = "first time"
    STREAK = "run"
    GAP_STREAK = "run of leads"
    COMPARISON = "comparison"
    MULTIPLE = "multiple"
    GAP_EXTREME = "superlative of a gap"
    BREADTH = "breadth"
    BEST = "best of a group"
    RELEASE = "economic number"
    POLICY = "Federal Reserve"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a sentence says; what it does not say is empty."""

    kind: Kind
    start: int
    end: int
    """Where in the sentence its words stand."""
    subjects: tuple[Name, ...] = ()
    others: tuple[Name, ...] = ()
    """What the subjects are compared with."""
    sign: int = 0
    number: Number | None = None
    about: str = ""
    """`about`, `nearly`, `over`, `under`; empty for a number as it stands."""
    span: Span | None = None
    carried: Span | None = None
    """The span of the sentence before, which may be meant where this one names none."""
    also: tuple[Name, ...] = ()
    """What else its `the index` or `it` may have meant: the other indices spoken of."""
    told: tuple[Span, ...] = ()
    """The spans told of earlier in the article, which a claim that names none may still be about."""
    since: Since | None = None
    superlative: Superlative | None = None
    run: Run | None = None
    ended: bool = False
    """Whether the run is said to have ended."""
    breadth: Breadth | None = None
    word: str = ""
    """What only some kinds have: `best`, or whether a level is of an instant."""
    ever: bool = False
    """Whether a superlative is of all of history."""
    ranges: tuple[float, float] | None = None
    votes: tuple[int, int] | None = None
    unspanned: bool = False
    """Whether the span that it is about was not understood, or is not named."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one sentence."""

    claims: tuple[Claim, ...]
    relevant: bool
    """Whether it says something that could be checked: a name we hold, and a number, a comparison or a superlative."""
    numbers: int
    """How many numbers it has that are about something."""
    unread: tuple[tuple[int, int], ...]
    """Where the numbers and superlatives stand that no claim was understood of."""
    named: tuple[Name, ...] = ()
    """Every series that it names."""
    spans: tuple[Span, ...] = ()
    """Every span that it names."""
