"""What may be said on one session: which fragments, in which wordings, with which of their lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from generator.model import Bearing, Choices, Fragment, Picture, SmallTable, Variant, Weighed
from generator.narrative.newsroom.statements import Said, Statements
from generator.narrative.situations.newsworthiness import RulePast
from generator.narrative.writing.realisation import Realiser

if TYPE_CHECKING:
    from generator.narrative.newsroom.room import Newsroom

OLD_NEWS = 0.35
"""What is left of a situation's score if it held when the article before this one appeared."""
NUMBERS = 3
"""The most numbers in a paragraph, if sentences that may be left out can keep it to so many."""
OTHER_TEST = "another test is the issue's, or none"
"""Why a case with a test is passed over whose rule holds."""
STANDING = 1.5
"""Bits times weight below which a situation brings no news; such ones take turns."""


class Candidate(NamedTuple):
    """A fragment whose rule holds on the session.

    With its past: how many times it held before, its surprisal in bits, and its score: the bits times its weight, and
    less where it held the last time as well.
    """

    fragment: Fragment
    past: RulePast
    times: int
    surprisal: float
    score: float


class Place(NamedTuple):
    """Where in an article a passage is to stand: how it bears on the story, and what those above it have found."""

    bearing: Bearing
    found: Sequence[frozenset[str]] = ()


@dataclass(frozen=True)
class Tonight:
    """What one newsroom may say on one session."""

    newsroom: Newsroom
    row: int
    choices: Choices | None = None
    _offers: dict[tuple[str, str], tuple[tuple[Variant, Said], ...]] = field(default_factory=dict)

    @property
    def turn(self) -> int:
        """How many articles of this kind there were before: by this, words take turns."""
        return self.newsroom.axis.place(self.row)

    def allows(self, given: SmallTable | Picture) -> bool:
        """Whether a small table or a picture may stand in the article."""
        return not given.when or bool(self.newsroom.rule_holds(given.when, given.place)[self.row])

    @cached_property
    def statements(self) -> Statements:
        """What wordings state on this session."""
        disputes = len(self.newsroom.publication.lexicon.senses.disputes)
        return Statements(self.newsroom.scripts, self.row, disputes)

    @cached_property
    def realiser(self) -> Realiser:
        """The maker of sentences for this session."""
        newsroom = self.newsroom
        return Realiser(
            newsroom.publication, newsroom.figures, newsroom.verbs, newsroom.scripts, newsroom.recall, self.row
        )

    @cached_property
    def held(self) -> list[Candidate]:
        """Every fragment whose rule holds, in the publication's order."""
        fragments = self.newsroom.publication.fragments[self.newsroom.edition]
        found = []
        for number in np.flatnonzero(self.newsroom.held[self.row]).tolist():
            fragment = fragments[number]
            past = self.newsroom.pasts[fragment.key]
            times = past.times_before(self.row)
            surprisal = past.surprisal(self.row, times)
            score = fragment.weight * surprisal * (OLD_NEWS if self._held_before(number) else 1.0)
            found.append(Candidate(fragment, past, times, surprisal, score))
        return found

    @cached_property
    def trial(self) -> Fragment | None:
        """The case whose test the issue sets."""
        return self.newsroom.trials.on(self.row)

    @cached_property
    def own(self) -> tuple[Fragment, ...]:
        """An editor's own sentences for this issue."""
        return tuple(one.fragment for one in self.held if one.fragment.own_part)

    def wanted(self, part: str) -> tuple[str, ...]:
        """The fragments that an editor wants in a part: his own sentences, then what he chose."""
        own = tuple(one.key for one in self.own if one.own_part == part)
        return (*own, *self.choices.wanted(part)) if self.choices else own

    def _held_before(self, number: int) -> bool:
        """Whether the rule with that number held when the article before this one appeared."""
        return self.turn > 0 and bool(self.newsroom.held[self.newsroom.axis.rows[self.turn - 1], number])

    @cached_property
    def _slots(self) -> dict[str, list[Candidate]]:
        """Each slot's fragments whose rules hold: news, then what is true by turns, last what is always so."""
        found: dict[str, list[Candidate]] = {}
        for candidate in self.held:
            if candidate.fragment.trial is None or candidate.fragment is self.trial:
                found.setdefault(candidate.fragment.slot, []).append(candidate)
        for slot, candidates in found.items():
            candidates.sort(key=lambda candidate: (-candidate.score, candidate.fragment.key))
            if slot != self.newsroom.outline.angle:
                news = [candidate for candidate in candidates if candidate.score >= STANDING]
                others = sorted(candidates[len(news) :], key=lambda candidate: candidate.fragment.key)
                standing = [candidate for candidate in others if candidate.fragment.when]
                always = [candidate for candidate in others if not candidate.fragment.when]
                candidates[:] = [*news, *_turned(standing, self.turn), *_turned(always, self.turn)]
        return found

    def candidates(self, slot: str) -> list[Candidate]:
        """The slot's fragments whose rules hold, most newsworthy first."""
        return self._slots.get(slot, [])

    def wordings(self, candidate: Candidate, part: str) -> tuple[Variant, ...]:
        """The part's wordings that can be filled, the one whose turn it is first."""
        return tuple([variant for variant, _ in self.offers(candidate, part)])

    def offers(self, candidate: Candidate, part: str) -> tuple[tuple[Variant, Said], ...]:
        """The same, each with what may not have been said before it."""
        key = (candidate.fragment.key, part)
        found = self._offers.get(key)
        if found is None:
            variants = candidate.fragment.parts.get(part, ())
            says = self.choices.says(*key) if self.choices else ""
            turn = tuple(one for one in variants if one.spelled == says) if says else ()
            if variants and not turn:  # a choice that is there no more is told once the issue is made
                turn = candidate.past.in_turn(variants, self.row)
            ready = [variant for variant in turn if self.ready(variant, candidate)]
            found = self._offers[key] = tuple([(variant, self.statements.barred(variant)) for variant in ready])
        return found

    def spare(self, candidate: Candidate, part: str) -> tuple[Variant, ...]:
        """The wordings that can be filled and whose turn it is not; none where an editor chose one."""
        if self.choices and self.choices.says(candidate.fragment.key, part):
            return ()
        variants = candidate.fragment.parts.get(part, ())
        turn = {one.source for one in candidate.past.in_turn(variants, self.row)} if variants else set[str]()
        return tuple([one for one in variants if one.source not in turn and self.ready(one, candidate)])

    def ready(self, variant: Variant, candidate: Candidate) -> bool:
        """Whether every figure that the wording cannot do without is there on this session, be it its turn or not."""
        script, row = self.newsroom.scripts.of(variant), self.row
        if not script.there[row]:
            return False
        if not script.base_rates and not script.recalls:
            return True
        recall, fragment = self.newsroom.recall, candidate.fragment
        if not all(recall.there(fragment, name)[row] for name in script.base_rates):
            return False
        return not script.recalls or recall.past(fragment).last_row(row) >= 0

    def lines(self, candidate: Candidate, variant: Variant, said: Said, place: Place) -> tuple[Variant, ...]:
        """The wording's lines of today.

        A line that may be left out is, if it would repeat what is `said` or fill the paragraph with numbers; one that
        takes its place `again` then stands.
        """
        lines, numbers, missed = [variant], self.newsroom.scripts.of(variant).numbers, False
        for line in variant.then:
            if (line.again and not missed) or not self._belongs(candidate, line, place):
                missed = False
                continue
            more = self.newsroom.scripts.of(line).numbers if line.optional else 0
            missed = line.optional and bool(self.statements.barred(line) & said or (more and numbers + more > NUMBERS))
            if not missed:
                numbers += more
                lines.append(line)
        return tuple(lines)

    def speaks(self, candidate: Candidate, variant: Variant, said: Said, place: Place) -> bool:
        """Whether any line of the wording is said today: it may have none but those that can be left out."""
        return variant.always_speaks or any(line.worded for line in self.lines(candidate, variant, said, place))

    def _belongs(self, candidate: Candidate, line: Variant, place: Place) -> bool:
        """Whether a line's own conditions hold, and its figures are there."""
        if not line.optional:
            return True
        if line.bearing not in (None, place.bearing) or not self.ready(line, candidate):
            return False
        if line.link and not line.link.meets(place.found):
            return False
        holds = self.newsroom.line_holds
        if line.when and not holds(candidate.fragment, line.when, line.source)[self.row]:
            return False
        return not any(
            one.link.meets(place.found)
            and (not one.when or holds(candidate.fragment, one.when, f"{line.source} unless {number}")[self.row])
            for number, one in enumerate(line.unless)
        )

    def length(self, variant: Variant) -> int:
        """About how many words a wording makes."""
        return self.newsroom.scripts.of(variant).words

    def weigh(self, outcomes: dict[str, str], *, every: bool = False) -> tuple[Weighed, ...]:
        """The standing of each fragment whose rule holds (of `every` fragment, if so asked) and what became of it."""
        row, days = self.row, self.newsroom.days
        weighed = []
        for candidate in self._all() if every else self.held:
            fragment, past = candidate.fragment, candidate.past
            held = bool(past.held[row])
            day = days[past.last_row(row)] if candidate.times else None
            default = "others of its part were more newsworthy" if held else "its rule does not hold"
            if held and fragment.trial and fragment is not self.trial:
                default = OTHER_TEST
            outcome = outcomes.get(fragment.key, default)
            bits = round(candidate.surprisal, 4)
            weighed.append(Weighed(fragment.key, fragment.slot, held, bits, candidate.times, day, outcome))
        return tuple(weighed)

    def _all(self) -> Iterator[Candidate]:
        """Every fragment, whether its rule holds or not."""
        for fragment in self.newsroom.publication.fragments[self.newsroom.edition]:
            past = self.newsroom.pasts[fragment.key]
            times = past.times_before(self.row)
            yield Candidate(fragment, past, times, past.surprisal(self.row, times), 0.0)


def _turned(candidates: list[Candidate], turn: int) -> list[Candidate]:
    """The candidates, beginning with another one each time."""
    first = turn % len(candidates) if candidates else 0
    return [*candidates[first:], *candidates[:first]]
