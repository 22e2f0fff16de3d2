"""What it takes to fill in a wording, worked out once for all sessions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np

from generator.model import Column, Flags, Lexicon, Piece, Segment, Slot, Unit, Variant
from generator.narrative.language.lexicalisation import Verbs
from generator.narrative.language.rounding import said_column, whole_column
from generator.narrative.situations.baserates import told
from generator.narrative.situations.figures import AllFigures, Known
from generator.narrative.situations.sources import LAST
from generator.narrative.writing.aggregation import DATES
from generator.narrative.writing.disputes import Stand, stands
from generator.narrative.writing.to_date import told_of

OWN_PAST = ("times_before", "times_now", "chances_before", "last_time", "sessions_held", "first_session")
"""Names by which a fragment refers to its own rule's past."""
_QUANTITIES = frozenset(
    {Unit.PERCENT, Unit.POINTS, Unit.LEVEL, Unit.YIELD, Unit.BASIS_POINTS, Unit.VOLATILITY, Unit.DOLLARS}
)
_MOVES = frozenset({Unit.PERCENT, Unit.POINTS, Unit.VOLATILITY})
_COMMON = frozenset({"weekday", "session_date", "month_name", "quarter_number", "year_number"})
"""Figures that may be repeated freely, because they only say which session it is."""
_SENTENCE_END = re.compile(r"(?:^|[.!?:]['”\"]?\s+)$")
_COLON_END = re.compile(r":\s+$")
_TELLS = re.compile(r"\S\S\s+$|\S$")
"""The end of a literal that shows by itself whether a sentence begins after it."""


_WORDS_OF_FILTER = {
    **dict.fromkeys(("moved", "moves", "move", "moving", "updown", "higher"), 1),
    **dict.fromkeys(("verb", "verbs", "verb_plural", "noun", "nth", "nth_of", "digits", "whole", "year", "Counted"), 1),
    **dict.fromkeys(("a_noun", "counted", "years_ago", "times", "date", "month", "when"), 2),
    **dict.fromkeys(("points", "full_date"), 3),
    "ahead": 4,
}
"""How many words a filter usually makes: in all if it is one of `_BARE`, otherwise besides the size it prints."""
WORDS_NOTED = 18
"""How many words an editor's note of a session usually has."""
_BARE = frozenset(_WORDS_OF_FILTER) - {"moved", "moves", "move", "moving", "updown", "higher", "a_noun"}


class Reads(Enum):
    """What kind of thing a placeholder names."""

    SEGMENT = auto()
    TERM = auto()
    PAST = auto()
    FIGURE = auto()
    LIST = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """One placeholder with the words before it."""

    before: Piece
    slot: Slot
    reads: Reads
    key: str
    """The placeholder as written; equal placeholders make equal pieces."""
    raised: bool | None
    """Whether a sentence begins with it; None if that depends on what is filled in before."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that states something when printed, with the owner and unit by which equal amounts count as the same."""

    name: str
    owner: str
    unit: Unit
    quantity: bool
    printed: Column


@dataclass(frozen=True, slots=True)
class Script:
    """A line of a wording, resolved against universe, lexicon and catalogue.

    The first line stands for the whole: what it needs, states and takes in words includes the lines that always follow.
    """

    steps: tuple[Step, ...]
    closing: Piece
    there: Flags
    """Per session, whether every figure that it needs is present, and at least one figure of each list."""
    recalls: bool
    """Whether it names the last time its rule held."""
    base_rates: tuple[str, ...]
    """The base rates that it quotes, without which it cannot be used."""
    states: tuple[Stated, ...]
    stands: tuple[Stand, ...]
    """The sides that it takes in the lexicon's disputes."""
    words: int
    """About how many words it makes, whatever the figures are."""
    numbers: int
    """How many numbers and dates it prints."""


class Scripts:
    """The scripts of one publication over one catalogue, each made when first asked for."""

    def __init__(
        self,
        figures: AllFigures,
        verbs: Verbs,
        segments: Mapping[str, Segment],
        lexicon: Lexicon,
    ) -> None:
        self._figures, self._verbs = figures, verbs
        self._segments, self._terms = segments, lexicon.terms
        self._disputes = lexicon.senses.disputes
        self._scripts: dict[str, Script] = {}
        self._stated: dict[str, Stated | None] = {}
        self._needed: dict[frozenset[tuple[str, ...]], Flags] = {}
        self._nonzero: dict[tuple[str, bool], Flags] = {}

    def of(self, variant: Variant) -> Script:
        """The wording's script."""
        found = self._scripts.get(variant.source)
        if found is None:
            found = self._scripts[variant.source] = self._script(variant)
        return found

    def stated(self, name: str) -> Stated | None:
        """What printing a figure states; None for names, and for figures that only say which session it is."""
        if name not in self._stated:
            self._stated[name] = self._states(name)
        return self._stated[name]

    def _states(self, name: str) -> Stated | None:
        if name in self._segments or name in self._terms or name in OWN_PAST or name in _COMMON:
            return None
        if told(name) or name.endswith("_first"):
            return None
        known = self._figures.known(name)
        unit = known.definition.unit
        return Stated(name, self._verbs.owner(name) or name, unit, unit in _QUANTITIES, self.said(known))

    def _column(self, name: str) -> Column:
        return self._figures.known(name).printed

    def _script(self, variant: Variant) -> Script:
        literals = [Piece(*texts) for texts in zip(variant.plain, variant.markdown, variant.html, strict=True)]
        required = [self.of(line) for line in variant.required[1:]]
        steps = tuple(
            Step(literals[number], slot, self._reads(slot), repr(slot), _begins(literals[number].text, number))
            for number, slot in enumerate(variant.slots)
        )
        own = Script(
            steps=steps,
            closing=literals[-1],
            there=self._there(frozenset(step.slot.names for step in steps if step.reads in (Reads.FIGURE, Reads.LIST)))
            & self._sized(frozenset((step.slot.names[0], _bare(step)) for step in steps if step.reads is Reads.FIGURE)),
            recalls=any("last_time" in slot.names for slot in variant.slots),
            base_rates=tuple(name for name in variant.figures if told(name)),
            states=tuple(stated for name in variant.figures if (stated := self.stated(name))),
            stands=stands(self._disputes, variant),
            words=len("".join(_interleaved(variant.plain, map(self._stand_in, steps))).split()),
            numbers=sum(_many(step) for step in steps if self._counts(step)),
        )
        return _with(own, required) if required else own

    def _there(self, lists: frozenset[tuple[str, ...]]) -> Flags:
        """Whether at least one figure of each list is present; computed once for all wordings that need the same."""
        if lists not in self._needed:
            found = np.ones(len(self._figures.sessions), dtype=np.bool_)
            for names in lists:
                found &= np.any([told_of(name, self._column(name), self._figures.sessions) for name in names], axis=0)
            self._needed[lists] = found
        return self._needed[lists]

    def _sized(self, names: frozenset[tuple[str, str]]) -> Flags:
        """Whether none of the moves and gaps would print as zero: “within 0 points” says nothing."""
        found = np.ones(len(self._figures.sessions), dtype=np.bool_)
        for name, bare in names:
            known = self._figures.known(name)
            if bare and known.definition.unit in _MOVES and not known.cited:
                found &= self._some(known, whole=bare == "whole")
        return found

    def _some(self, known: Known, whole: bool) -> Flags:
        """Whether the figure prints as something, in whole numbers or as sentences usually give it."""
        name = known.definition.name
        if (name, whole) not in self._nonzero:
            said = whole_column(known.values, known.definition) if whole else self.said(known)
            self._nonzero[name, whole] = said != 0  # what is absent is not zero
        return self._nonzero[name, whole]

    @staticmethod
    def said(known: Known) -> Column:
        """The figure as sentences print it."""
        return said_column(known.values, known.printed, known.definition)

    def _stand_in(self, step: Step) -> str:
        """Text with as many words as the placeholder usually makes."""
        names, call = step.slot.names, step.slot.calls[0].name if step.slot.calls else ""
        if step.reads is Reads.SEGMENT:
            segment = self._segments[names[0]]
            return segment.short if call == "short" else segment.names[min(1, len(segment.names) - 1)]
        if step.reads is Reads.TERM:
            return self._terms[names[0]]
        if step.reads is Reads.LIST:
            return " ".join([self._short(name) for name in names])
        if names[0].removeprefix(LAST).startswith("note_") and names[0].endswith(("_says", "_quote")):
            return _words(WORDS_NOTED)
        unit = Unit.COUNT if step.reads is Reads.PAST else self._figures.known(names[0]).definition.unit
        return _words(_WORDS_OF_FILTER.get(call, 0) if call in _BARE else _WORDS_OF_FILTER.get(call, 0) + _size(unit))

    def _counts(self, step: Step) -> bool:
        """Whether the placeholder prints a number or a date, and not a name or a day of the week."""
        if step.reads in (Reads.PAST, Reads.LIST):
            return True
        return step.reads is Reads.FIGURE and self._figures.known(step.slot.names[0]).definition.unit is not Unit.NAME

    def _short(self, name: str) -> str:
        """The name and the move of one entry of a list."""
        segment = self._segments.get(self._verbs.owner(name) or "")
        return f"{segment.short if segment else name} {_words(1)}"

    def _reads(self, slot: Slot) -> Reads:
        if slot.many:
            return Reads.LIST
        name = slot.names[0]
        if name in self._segments:
            return Reads.SEGMENT
        if name in self._terms:
            return Reads.TERM
        return Reads.PAST if name in OWN_PAST or told(name) else Reads.FIGURE


def _with(first: Script, others: Sequence[Script]) -> Script:
    """A wording's first line, needing and stating what the lines that always follow it need and state as well."""
    scripts = (first, *others)
    return replace(
        first,
        there=np.all([script.there for script in scripts], axis=0),
        recalls=any(script.recalls for script in scripts),
        base_rates=tuple(dict.fromkeys(name for script in scripts for name in script.base_rates)),
        states=tuple(stated for script in scripts for stated in script.states),
        stands=tuple(stand for script in scripts for stand in script.stands),
        words=sum(script.words for script in scripts),
        numbers=sum(script.numbers for script in scripts),
    )


def _many(step: Step) -> int:
    """How many numbers or dates the placeholder prints at most."""
    many = len(step.slot.names)
    return min(many, DATES) if any(call.name == "due" for call in step.slot.calls) else many


def _bare(step: Step) -> str:
    """The filter, if it prints a size whatever it is; empty for those that have other words for none."""
    call = step.slot.calls[0].name if step.slot.calls else "size"
    return call if call in ("size", "signed", "points", "whole", "a_noun") else ""


def _size(unit: Unit) -> int:
    """How many words a size takes: `3.6%`, `4.5 percentage points`."""
    return {Unit.POINTS: 3, Unit.BASIS_POINTS: 3, Unit.DATE: 2, Unit.NAME: 2}.get(unit, 1)


def _words(number: int) -> str:
    return " ".join(["word"] * number)


def _interleaved(literals: Sequence[str], between: Iterable[str]) -> Iterator[str]:
    yield literals[0]
    for words, literal in zip(between, literals[1:], strict=True):
        yield words
        yield literal


def begins(lead: str) -> bool:
    """Whether a sentence begins after this text."""
    return bool(_SENTENCE_END.search(lead)) and not _COLON_END.search(lead)


def _begins(literal: str, number: int) -> bool | None:
    if number == 0 or _TELLS.search(literal):
        return begins(literal)
    return None
