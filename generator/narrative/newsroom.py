"""An edition's fragments and the figures in; what may be said on any session out.

A `Newsroom` is made once and serves every session: rules, their pasts and their scores are columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from generator.errors import ContentError, Fault
from generator.model import Figures, Fragment, Outline, Publication, Unit, Variant, Weighed
from generator.narrative.citations import CitedFigures
from generator.narrative.lexicalisation import Verbs
from generator.narrative.newsworthiness import RulePast
from generator.narrative.realisation import OWN_PAST, Realiser
from generator.narrative.rotation import in_turn
from generator.narrative.rules import Rule, read_rule

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

    def candidates(self, row: int, slot: str) -> list[Candidate]:
        """The slot's fragments whose rules hold on that session, most newsworthy first."""
        found = [
            Candidate(fragment, past, fragment.weight * past.surprisal(row))
            for fragment in self.publication.fragments[self.edition]
            if fragment.slot == slot and (past := self.pasts[fragment.key]).held[row]
        ]
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.fragment.key))

    def realiser(self, row: int) -> Realiser:
        """The maker of sentences for that session."""
        return Realiser(self.publication, self.figures, self.verbs, row)

    def wordings(self, candidate: Candidate, part: str, row: int) -> tuple[Variant, ...]:
        """The part's wordings that can be filled on that session, the one whose turn it is first."""
        variants = candidate.fragment.parts.get(part, ())
        if not variants:
            return ()
        turn = in_turn(variants, candidate.past, row)
        return tuple(variant for variant in turn if self._present(variant, candidate.past, row))

    def _present(self, variant: Variant, past: RulePast, row: int) -> bool:
        for slot in variant.slots:
            there = [self._is_there(name, past, row) for name in slot.names]
            if not any(there) or not (slot.many or all(there)):
                return False
        return True

    def _is_there(self, name: str, past: RulePast, row: int) -> bool:
        if name in self.publication.universe.segments or name in self.publication.lexicon.terms:
            return True
        if name in OWN_PAST:
            return name != "last_time" or bool(past.last_row(row) >= 0)
        return not np.isnan(self.figures.printed(name)[row])

    def said(self, variant: Variant, row: int) -> frozenset[Said]:
        """What a wording states on that session: one entry per figure, the same for equal amounts of one segment."""
        return frozenset(self.stated(variant.figures, row))

    def stated(self, names: Iterable[str], row: int) -> Iterator[Said]:
        """What printing the figures called `names` states on that session."""
        skipped = (
            self.publication.universe.segments.keys() | self.publication.lexicon.terms.keys() | set(OWN_PAST) | _COMMON
        )
        for name in set(names) - skipped:
            if name.endswith("_first"):
                continue
            printed = float(self.figures.printed(name)[row])
            unit = self.figures.catalogue.define(name).unit
            if unit in _QUANTITIES and printed:
                yield (self.verbs.owner(name) or name, unit, abs(printed))
            else:
                yield (name, unit, 0.0)

    def weigh(self, row: int, outcomes: dict[str, str]) -> tuple[Weighed, ...]:
        """Every fragment's standing on that session, with its outcome or the reason it was passed over."""
        weighed = []
        for fragment in self.publication.fragments[self.edition]:
            past = self.pasts[fragment.key]
            last = past.last_row(row)
            held = bool(past.held[row])
            day: date | None = self.figures.sessions[last].astype(object) if last >= 0 else None
            default = "its rule does not hold" if not held else "others of its part were more newsworthy"
            outcome = outcomes.get(fragment.key, default)
            surprisal = round(past.surprisal(row), 4)
            weighed.append(Weighed(fragment.key, fragment.slot, held, surprisal, past.times_before(row), day, outcome))
        return tuple(weighed)
