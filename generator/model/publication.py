"""A publication: all that an editor owns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.model.calendar import Calendar
from generator.model.channels import Channel
from generator.model.choices import Choices
from generator.model.figures import Fact
from generator.model.fragments import Fragment
from generator.model.kinds import Outline
from generator.model.lexicon import Lexicon
from generator.model.masthead import Imprint
from generator.model.trial import Trial
from generator.model.universe import Universe


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign of a reading: the rule that says on which sessions it is seen."""

    key: str
    when: str
    line: str
    """`file:line` where it is defined."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A familiar pattern of a session across the market, known by its signals, from `content/readings.yaml`."""

    key: str
    says: str
    """What it means, for whoever edits; never printed."""
    signals: tuple[Signal, ...]
    line: str
    """`file:line` where it is defined."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything an editor owns, read once."""

    root: Path
    templates: tuple[Path, ...]
    """Template folders, the publication's own first."""
    imprint: Imprint
    channels: tuple[Channel, ...]
    """The networks that posts are made for, in the file's order."""
    universe: Universe
    lexicon: Lexicon
    outlines: Mapping[str, Outline]
    fragments: Mapping[str, tuple[Fragment, ...]]
    """Per edition."""
    facts: tuple[Fact, ...] = ()
    readings: tuple[Reading, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    choices: Mapping[tuple[date, str], Choices] = field(default_factory=dict)
    """By session and kind, what an editor chose for an issue."""

    def choices_of(self, edition: str) -> tuple[Choices, ...]:
        """What an editor chose for issues of that kind."""
        return tuple(one for (_, kind), one in self.choices.items() if kind == edition)

    @property
    def trials(self) -> tuple[Trial, ...]:
        """Every test that a case of any kind sets."""
        return tuple(one.trial for cases in self.fragments.values() for one in cases if one.trial)
