"""Turns a figure on one session into pieces of text, with each number tied to the figure it states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from generator.model import Claim, FigureDefinition, Piece, Segment, Unit, Universe
from generator.narrative.language.lexicalisation import Verbs, count
from generator.narrative.language.rounding import said, shortened, tenths
from generator.narrative.language.voice import Voice


class Quoted(NamedTuple):
    """One figure on one session: its definition, the printed number, the full value and the source."""

    definition: FigureDefinition
    printed: float
    value: float
    kind: str = "figure"
    source: str = ""

    @property
    def name(self) -> str:
        return self.definition.name

    @property
    def said(self) -> float:
        """The number as a sentence prints it, signed: from it words are chosen, and zero is what prints as zero."""
        return said(self.value, self.printed, self.definition)

    @property
    def word(self) -> str:
        """The vocabulary entry that the value of a name figure refers to."""
        return self.definition.vocabulary[round(self.printed)]


@dataclass(frozen=True, slots=True)
class Context:
    """What the filters need to know: the universe, the lexicon's verbs, the session, the document's voice."""

    universe: Universe
    verbs: Verbs
    session: date
    voice: Voice
    first: bool = False
    """Whether the piece being made begins a sentence."""

    @property
    def at_first(self) -> Context:
        """The same context at the beginning of a sentence."""
        return Context(self.universe, self.verbs, self.session, self.voice, first=True)


def text(words: str) -> Piece:
    """A run of plain words."""
    return Piece.of(words)


def claimed(words: str, quoted: Quoted, kind: str | None = None) -> Piece:
    """Words that state a figure; `kind` `word` marks a verb or noun chosen by the figure's size or sign."""
    claim = Claim(kind or quoted.kind, quoted.name, _value(quoted), quoted.source)
    return Piece.of(words, claim)


def _value(quoted: Quoted) -> float | str:
    """The value for programs: the name itself, the date in ISO form, or the unrounded number."""
    if quoted.definition.unit is Unit.NAME:
        return quoted.word
    return day_of(quoted).isoformat() if quoted.definition.unit is Unit.DATE else quoted.value


def day_of(quoted: Quoted) -> date:
    """The day that a date figure gives."""
    return date(1970, 1, 1) + timedelta(days=round(quoted.printed))


def named(context: Context, segment: Segment, words: str | None = None) -> Piece:
    """A segment's name, claimed as a name, so that its digits (`Russell 2000`) need no figure."""
    said = context.voice.name(segment, first=context.first) if words is None else words
    return Piece.of(said, Claim("name", segment.key))


def amount(quoted: Quoted) -> str:
    """The size of a figure without its sign, in its unit: `3.6%`, `4.5 percentage points`, `2,125.04`."""
    size, unit = abs(quoted.said), quoted.definition.unit
    number = f"{size:,.{decimals(quoted.definition)}f}"
    short = number.rstrip("0").rstrip(".") if "." in number else number
    match unit:
        case Unit.PERCENT:
            return f"{short}%"
        case Unit.YIELD | Unit.RATE:
            return f"{number}%"
        case Unit.POINTS:
            return f"{short} percentage {plural('point', size)}"
        case Unit.BASIS_POINTS:
            return f"{count(size) if size < 10 else number} basis {plural('point', size)}"
        case Unit.COUNT:
            return count(size)
        case Unit.DOLLARS:
            return f"${number}"
    return number


def decimals(definition: FigureDefinition) -> int:
    """How many decimals a sentence gives the figure."""
    return tenths(definition) if shortened(definition) else definition.decimals


def plural(noun: str, size: float) -> str:
    return noun if size == 1 else f"{noun}s"
