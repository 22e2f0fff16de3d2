"""Reads the part of `content/claims.yaml` on words beside figures: directions, suppositions, names, spans, disputes."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from generator.editorial.schema import Shape, some
from generator.editorial.values import Key, Line
from generator.model import Calling, Direction, Dispute, Senses, Supposition

Words = some(Line)


class DirectionShape(Shape):
    """Words that may not stand beside certain percentages, because those are measured from the other number."""

    what: ClassVar[str] = "direction"
    measures: Words  # type: ignore[valid-type]
    beside: list[Line] = Field(default=[])
    anywhere: list[Line] = Field(default=[])
    why: Line

    def direction(self) -> Direction:
        """The model's own object."""
        return Direction(tuple(self.measures), tuple(self.beside), tuple(self.anywhere), self.why)


class SuppositionShape(Shape):
    """Words that presuppose something, and the figures that an assertion of it must name."""

    what: ClassVar[str] = "supposition"
    words: Words  # type: ignore[valid-type]
    rests_on: Words  # type: ignore[valid-type]
    harmless: list[Line] = Field(default=[])
    least: Annotated[int, Field(ge=1, le=9)] = 1

    def supposition(self) -> Supposition:
        """The model's own object."""
        return Supposition(tuple(self.words), tuple(self.rests_on), tuple(self.harmless), self.least)


class CallingShape(Shape):
    """Measures, and the words that a sentence uses for them."""

    what: ClassVar[str] = "entry"
    measures: Words  # type: ignore[valid-type]
    words: Words  # type: ignore[valid-type]

    def calling(self) -> Calling:
        """The model's own object."""
        return Calling(tuple(self.measures), tuple(self.words))


class DisputeShape(Shape):
    """Two groups of phrases; an issue may use only one of them."""

    what: ClassVar[str] = "dispute"
    one: Words  # type: ignore[valid-type]
    other: Words  # type: ignore[valid-type]
    why: Line

    def dispute(self) -> Dispute:
        """The model's own object."""
        return Dispute(tuple(self.one), tuple(self.other), self.why)


class SensesShape(Shape):
    """The sections about words beside figures; a missing section is empty."""

    directions: list[DirectionShape] = Field(default=[])
    up: list[Line] = Field(default=[])
    down: list[Line] = Field(default=[])
    sides: list[Line] = Field(default=[])
    supposes: dict[Line, SuppositionShape] = Field(default={})
    proved_by: dict[Line, Words] = Field(default={})  # type: ignore[valid-type]
    called: list[CallingShape] = Field(default=[])
    spoken: dict[Key, Words] = Field(default={})  # type: ignore[valid-type]
    frames: dict[Line, CallingShape] = Field(default={})
    expletive: list[Line] = Field(default=[])
    disputes: list[DisputeShape] = Field(default=[])

    def senses(self) -> Senses:
        """The model's own object."""
        return Senses(
            directions=tuple(one.direction() for one in self.directions),
            up=tuple(self.up),
            down=tuple(self.down),
            sides=tuple(self.sides),
            supposes={key: one.supposition() for key, one in self.supposes.items()},
            proved_by={word: tuple(patterns) for word, patterns in self.proved_by.items()},
            called=tuple(one.calling() for one in self.called),
            spoken={key: tuple(words) for key, words in self.spoken.items()},
            frames={key: one.calling() for key, one in self.frames.items()},
            expletive=tuple(self.expletive),
            disputes=tuple(one.dispute() for one in self.disputes),
        )
