"""An edition's fragments and the figures in; what may be said on any session out.

A `Newsroom` is made once and serves every session: rules and their pasts are columns. `Newsroom.at` gives one
session's view of it, a `Tonight`, which remembers what it was asked, as planning asks the same things many times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from generator.errors import ContentError, Fault
from generator.model import Figures, Fragment, Outline, Publication, Unit, Variant, Weighed
from generator.narrative.citations import CitedFigures
from generator.narrative.lexicalisation import Verbs
from generator.narrative.newsworthiness import RulePast
from generator.narrative.realisation import OWN_PAST, Realiser
from generator.narrative.rotation import in_turn
from generator.narrative.rules import Rule, read_rule
from generator.narrative.voice import Register, Voice

Said = tuple[str, str, float]
_QUANTITIES = frozenset(
    {Unit.PERCENT, Unit.POINTS, Unit.LEVEL, Unit.YIELD, Unit.BASIS_POINTS, Unit.VOLATILITY, Unit.DOLLARS}
)
_COMMON = frozenset({"weekday", "session_date", "month_name", "quarter_number", "year_number"})
"""Figures that may be said as often as it takes: they only place the session."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fragment whose rule holds on the session, with its past and its score in bits times weight."""

    fragment: Fragment
    past: RulePast
    score: float


@dataclass(frozen=True)
class Newsroom:
    """One edition of one publication over one set of figures."""

    publication: Publication
    edition: str
    figures: CitedFigures

    @classmethod
    def over(cls, publication: Publication, edition: str, figures: Figures) -> Newsroom:
        """The newsroom over computed figures, with the publication's cited facts beside them."""
        return cls(publication, edition, CitedFigures(figures, publication.facts))

    @property
    def outline(self) -> Outline:
        return self.publication.outlines[self.edition]

    @cached_property
    def verbs(self) -> Verbs:
        return Verbs(self.publication.lexicon, self.publication.universe)

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Every fragment's rule, read once; the faults of all of them together."""
        rules: dict[str, Rule] = {}
        faults: list[Fault] = []
        for fragment in self.publication.fragments[self.edition]:
            try:
                rules[fragment.key] = read_rule(
                    fragment.when, self.figures.catalogue, f"{fragment.path}:{fragment.when_line}"
                )
            except ContentError as error:
                faults.extend(error.faults)
        if faults:
            raise ContentError(faults)
        return rules

    @cached_property
    def pasts(self) -> dict[str, RulePast]:
        """The past of every fragment's rule."""
        return {key: RulePast.of(*rule.evaluated(self.figures)) for key, rule in self.rules.items()}

    @cached_property
    def unsaid(self) -> frozenset[str]:
        """Names that state nothing when they are printed: what things are called, and what only places the session."""
        universe, lexicon = self.publication.universe, self.publication.lexicon
        return frozenset({*universe.segments, *lexicon.terms, *OWN_PAST, *_COMMON})

    @cached_property
    def named(self) -> frozenset[str]:
        """Names that are always there: segments and terms."""
        return frozenset({*self.publication.universe.segments, *self.publication.lexicon.terms})

    def at(self, row: int) -> Tonight:
        """The newsroom on the session of that row."""
        return Tonight(self, row)


@dataclass(frozen=True)
class Tonight:
    """What one newsroom may say on one session."""

    newsroom: Newsroom
    row: int
    _wordings: dict[tuple[str, str], tuple[Variant, ...]] = field(default_factory=dict)
    _said: dict[str, frozenset[Said]] = field(default_factory=dict)
    _lengths: dict[str, int] = field(default_factory=dict)

    @cached_property
    def realiser(self) -> Realiser:
        """The maker of sentences for this session."""
        newsroom = self.newsroom
        return Realiser(newsroom.publication, newsroom.figures, newsroom.verbs, self.row)

    @cached_property
    def _held(self) -> dict[str, list[Candidate]]:
        """Each slot's fragments whose rules hold, most newsworthy first."""
        found: dict[str, list[Candidate]] = {}
        for fragment in self.newsroom.publication.fragments[self.newsroom.edition]:
            past = self.newsroom.pasts[fragment.key]
            if past.held[self.row]:
                candidate = Candidate(fragment, past, fragment.weight * past.surprisal(self.row))
                found.setdefault(fragment.slot, []).append(candidate)
        for candidates in found.values():
            candidates.sort(key=lambda candidate: (-candidate.score, candidate.fragment.key))
        return found

    def candidates(self, slot: str) -> list[Candidate]:
        """The slot's fragments whose rules hold, most newsworthy first."""
        return self._held.get(slot, [])

    def wordings(self, candidate: Candidate, part: str) -> tuple[Variant, ...]:
        """The part's wordings that can be filled, the one whose turn it is first."""
        key = (candidate.fragment.key, part)
        if key not in self._wordings:
            variants = candidate.fragment.parts.get(part, ())
            turn = in_turn(variants, candidate.past, self.row) if variants else ()
            self._wordings[key] = tuple(variant for variant in turn if self._present(variant, candidate.past))
        return self._wordings[key]

    def _present(self, variant: Variant, past: RulePast) -> bool:
        for slot in variant.slots:
            there = [self._is_there(name, past) for name in slot.names]
            if not any(there) or not (slot.many or all(there)):
                return False
        return True

    def _is_there(self, name: str, past: RulePast) -> bool:
        if name in self.newsroom.named:
            return True
        if name in OWN_PAST:
            return name != "last_time" or past.last_row(self.row) >= 0
        return self.realiser.quote(name) is not None

    def said(self, variant: Variant) -> frozenset[Said]:
        """What a wording states: one entry per figure, the same for equal amounts of one segment."""
        if variant.source not in self._said:
            self._said[variant.source] = frozenset(self.stated(variant.figures))
        return self._said[variant.source]

    def stated(self, names: Iterable[str]) -> Iterator[Said]:
        """What printing the figures called `names` states."""
        for name in names:
            quoted = None if name in self.newsroom.unsaid or name.endswith("_first") else self.realiser.quote(name)
            if quoted is None:
                continue
            unit = quoted.definition.unit
            if unit in _QUANTITIES and quoted.printed:
                yield (self.newsroom.verbs.owner(name) or name, unit, abs(quoted.printed))
            else:
                yield (name, unit, 0.0)

    def length(self, candidate: Candidate, variant: Variant) -> int:
        """Words of a wording when its figures are poured in, names at their shorter; 0 where it cannot be filled."""
        if variant.source not in self._lengths:
            voice = Voice(self.row, Register.BRIEF)
            sentence = self.realiser.sentence(candidate.fragment, variant, candidate.past, voice)
            self._lengths[variant.source] = sentence.words if sentence else 0
        return self._lengths[variant.source]

    def weigh(self, outcomes: dict[str, str], *, every: bool = False) -> tuple[Weighed, ...]:
        """The standing of each fragment whose rule holds (of `every` fragment, if so asked) and what became of it."""
        weighed = []
        for fragment in self.newsroom.publication.fragments[self.newsroom.edition]:
            past = self.newsroom.pasts[fragment.key]
            held = bool(past.held[self.row])
            if not held and not every:
                continue
            last = past.last_row(self.row)
            day: date | None = self.newsroom.figures.sessions[last].astype(object) if last >= 0 else None
            default = "its rule does not hold" if not held else "others of its part were more newsworthy"
            outcome = outcomes.get(fragment.key, default)
            surprisal, times = round(past.surprisal(self.row), 4), past.times_before(self.row)
            weighed.append(Weighed(fragment.key, fragment.slot, held, surprisal, times, day, outcome))
        return tuple(weighed)
