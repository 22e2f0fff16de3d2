"""Reads the part of `content/claims.yaml` that says which figures, ages, runs and spans may back which words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from generator.editorial.document import Document
from generator.editorial.schema import Shape, some
from generator.editorial.senses import SensesShape
from generator.editorial.values import Key, Line, Size
from generator.errors import Fault
from generator.model import Definition, Mean, Recency, Runs, Scope, SpanWords, Still, Whole

Words = some(Line)
Count = Annotated[int, Field(ge=0, le=10_000)]


class ScopeShape(Shape):
    """Words that name a part of the market."""

    what: ClassVar[str] = "scope"
    words: Words  # type: ignore[valid-type]
    of: list[Line] = Field(default=[])
    all: list[Line] = Field(default=[])
    figures: list[Line] = Field(default=[])

    def scope(self, key: str, line: str) -> Scope:
        """The model's own object."""
        return Scope(key, tuple(self.words), tuple(self.of), tuple(self.all), tuple(self.figures), line)


class RecencyShape(Shape):
    """Words that say how long ago something was."""

    what: ClassVar[str] = "recency"
    words: Words  # type: ignore[valid-type]
    sessions: Count = 0
    months: Count = 0
    figures: list[Line] = Field(default=[])

    def recency(self, key: str) -> Recency:
        """The model's own object."""
        return Recency(key, tuple(self.words), self.sessions, self.months, tuple(self.figures))


class RunsShape(Shape):
    """Words that turn a number into the length of a run."""

    what: ClassVar[str] = "runs"
    words: list[Line] = Field(default=[])
    figures: list[Line] = Field(default=[])

    def runs(self) -> Runs:
        """The model's own object."""
        return Runs(tuple(self.words), tuple(self.figures))


class StillShape(Shape):
    """Words that say that something hardly moved."""

    what: ClassVar[str] = "still"
    words: list[Line] = Field(default=[])
    limits: dict[Line, Annotated[Size, Field(gt=0)]] = Field(default={})

    def still(self) -> Still:
        """The model's own object."""
        return Still(tuple(self.words), {pattern: float(most) for pattern, most in self.limits.items()})


class MeanShape(Shape):
    """A mean that can hide how far its members differ."""

    what: ClassVar[str] = "mean"
    best: Key
    worst: Key
    large: Annotated[Size, Field(gt=0)]
    up: Words  # type: ignore[valid-type]
    down: Words  # type: ignore[valid-type]

    def mean(self, key: str) -> Mean:
        """The model's own object."""
        return Mean(key, self.best, self.worst, float(self.large), tuple(self.up), tuple(self.down))


class DefinitionShape(Shape):
    """Words with what they mean, as rules of which each holds."""

    what: ClassVar[str] = "definition"
    words: Words  # type: ignore[valid-type]
    rules: Words  # type: ignore[valid-type]

    def definition(self, key: str) -> Definition:
        """The model's own object."""
        return Definition(key, tuple(self.words), " and ".join(self.rules))


class WholeShape(Shape):
    """Counts that a sentence tells otherwise where they are complete."""

    what: ClassVar[str] = "whole"
    figures: Words  # type: ignore[valid-type]
    whole: Line
    words: Words  # type: ignore[valid-type]

    def entire(self, key: str) -> Whole:
        """The model's own object."""
        return Whole(key, tuple(self.figures), self.whole, tuple(self.words))


class SpanShape(Shape):
    """Words for one span of time."""

    what: ClassVar[str] = "span"
    words: Words  # type: ignore[valid-type]
    of: list[Line]
    named_by: list[Line] = Field(default=[])
    since: Count = 0
    free: bool = False

    def span(self, key: str) -> SpanWords:
        """The model's own object."""
        return SpanWords(key, tuple(self.words), tuple(self.of), tuple(self.named_by), self.since, self.free)


class ClaimsShape(SensesShape):
    """The lists of words that claim something, or that no sentence may contain."""

    what: ClassVar[str] = "the lists of words"
    claims: dict[Line, Words] = Field(default={})  # type: ignore[valid-type]
    banned: list[Line] = Field(default=[])
    opposites: list[some(Line, least=2, most=2)] = Field(default=[])  # type: ignore[valid-type]
    spans: dict[Line, SpanShape] = Field(default={})
    scopes: dict[Line, ScopeShape] = Field(default={})
    recency: dict[Line, RecencyShape] = Field(default={})
    runs: RunsShape = RunsShape()
    still: StillShape = StillShape()
    means: dict[Key, MeanShape] = Field(default={})
    definitions: dict[Key, DefinitionShape] = Field(default={})
    wholes: dict[Key, WholeShape] = Field(default={})
    bands: list[Line] = Field(default=[])
    vague: list[Line] = Field(default=[])
    sizes: list[Line] = Field(default=[])
    bounds: list[Line] = Field(default=[])

    def faults(self, document: Document) -> Iterator[Fault]:
        """Contradictions between two settings."""
        for number, pair in enumerate(self.opposites):
            if not all(word in self.claims for word in pair):
                message = "a pair of opposites is two of the claim words above, such as [rose, fell]."
                yield Fault(document.at("opposites", number), message)
        for key, one in self.recency.items():
            if bool(one.sessions) is bool(one.months):
                yield Fault(document.at("recency", key), f"'{key}' needs either 'sessions' or 'months'.")
