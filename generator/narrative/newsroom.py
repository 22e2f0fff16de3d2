"""An edition's fragments and the figures in; what may be said on any session out.

A `Newsroom` is made once and serves every session: rules and their pasts are columns. `Newsroom.at` gives one
session's view of it, a `Tonight`, which remembers what it was asked, as planning asks the same things many times.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.caching import kept
from generator.errors import ContentError, Fault
from generator.model import (
    Bearing,
    Choices,
    Figures,
    Flags,
    Fragment,
    Outline,
    Picture,
    Publication,
    SmallTable,
    Variant,
    Weighed,
)
from generator.narrative.language.lexicalisation import Verbs
from generator.narrative.situations.figures import AllFigures
from generator.narrative.situations.newsworthiness import Axis, RulePast
from generator.narrative.situations.recall import BaseRates, Recall
from generator.narrative.situations.rules import Rule, read_rule
from generator.narrative.situations.trials import EarlierTest, Trials
from generator.narrative.writing.disputes import Stand
from generator.narrative.writing.realisation import Realiser
from generator.narrative.writing.rotation import in_turn
from generator.narrative.writing.script import Scripts, Stated

Said = int
"""What has been stated on one session, one bit for each figure; equal amounts of one segment share theirs."""


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


def _axis(outline: Outline, figures: Figures) -> Axis:
    """The sessions on which a kind of article appears."""
    flag = outline.appears.flag
    return Axis(figures.printed(flag) == 1 if flag else np.ones(len(figures.sessions), dtype=np.bool_))


@dataclass(frozen=True)
class Newsroom:
    """One edition of one publication over one set of figures."""

    publication: Publication
    edition: str
    figures: AllFigures
    trials: Trials
    _lines: dict[str, Flags] = field(default_factory=dict)

    @classmethod
    def over(cls, publication: Publication, edition: str, figures: Figures) -> Newsroom:
        """The newsroom over computed figures, with the publication's readings and cited facts beside them."""
        first = AllFigures.of(publication, figures)
        axis = _axis(publication.outlines[edition], first)
        trials = Trials(publication.fragments[edition], axis, first, publication.choices_of(edition))
        return cls(publication, edition, first.beside(EarlierTest(trials, publication.trials)), trials)

    def printed_for(self, publication: Publication) -> Newsroom:
        """The same newsroom, and all it knows, for a publication that differs in its imprint and table alone."""
        other = copy(self)
        object.__setattr__(other, "publication", publication)
        return other

    @property
    def outline(self) -> Outline:
        return self.publication.outlines[self.edition]

    @cached_property
    def axis(self) -> Axis:
        """The sessions on which this kind of article appears."""
        return _axis(self.outline, self.figures)

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
        fragments = self.publication.fragments[self.edition]
        evaluated = {item.key: self.rules[item.key].evaluated(self.seen_by(item)) for item in fragments}
        return {key: RulePast.of(held, present, self.axis) for key, (held, present) in evaluated.items()}

    def remember(self, of: Iterable[bytes]) -> None:
        """Take the rules' pasts as they were worked out before, if that was of the same content and prices, `of`.

        Rules that were read once without fault are not read again for it.
        """
        place = f"{self.publication.root}\n{self.edition}\n{self.figures.sessions[-1]}"
        keys, firsts, packed = kept("pasts", place, of, self._packed)
        held = np.unpackbits(packed, axis=1, count=len(self.days)).view(np.bool_)
        found = zip(keys, firsts, held, strict=True)
        self.__dict__["pasts"] = {key: RulePast(on, first, self.axis) for key, first, on in found}

    def _packed(self) -> tuple[list[str], list[int], NDArray[np.uint8]]:
        pasts = self.pasts
        held = np.packbits(self.held.T, axis=1)
        return [*pasts], [past.first_row for past in pasts.values()], held

    @cached_property
    def recall(self) -> Recall:
        """What each fragment's situation has been followed by."""
        return Recall(self.publication.universe, self.figures, self.axis)

    def seen_by(self, fragment: Fragment) -> Figures:
        """The figures, with the base rates of the fragment's own situation."""
        return self.figures.beside(BaseRates(self.recall, fragment))

    @cached_property
    def held(self) -> Flags:
        """Whether each rule holds (across, in the fragments' order) on each session (down)."""
        columns = [past.held for past in self.pasts.values()]
        return np.stack(columns, axis=1) if columns else np.zeros((len(self.days), 0), dtype=np.bool_)

    @cached_property
    def by_key(self) -> dict[str, Fragment]:
        """Every fragment by its key."""
        return {fragment.key: fragment for fragment in self.publication.fragments[self.edition]}

    @cached_property
    def days(self) -> list[date]:
        """The sessions as dates."""
        days: list[date] = self.figures.sessions.astype("datetime64[D]").astype(object).tolist()
        return days

    def line_holds(self, fragment: Fragment, line: Variant) -> Flags:
        """Whether the rule of a wording's line holds, per session."""
        found = self._lines.get(line.source)
        if found is None:
            rule = read_rule(line.when, self.figures.catalogue, line.source)
            found = self._lines[line.source] = rule.column(self.seen_by(fragment))
        return found

    def rule_holds(self, rule: str, place: str) -> Flags:
        """Whether a rule of a small table or a picture holds, per session."""
        key = f"{place} {rule}"
        if key not in self._lines:
            self._lines[key] = read_rule(rule, self.figures.catalogue, place).column(self.figures)
        return self._lines[key]

    @cached_property
    def scripts(self) -> Scripts:
        """What filling in each wording takes."""
        return Scripts(self.figures, self.verbs, self.publication.universe.segments, self.publication.lexicon)

    def at(self, row: int, choices: Choices | None = None) -> Tonight:
        """The newsroom on the session of that row, with what an editor chose for its issue (default: as it is kept)."""
        kept = self.publication.choices.get((self.days[row], self.edition)) if self.publication.choices else None
        return Tonight(self, row, kept if choices is None else choices)


@dataclass(frozen=True)
class Tonight:
    """What one newsroom may say on one session."""

    newsroom: Newsroom
    row: int
    choices: Choices | None = None
    _offers: dict[tuple[str, str], tuple[tuple[Variant, Said], ...]] = field(default_factory=dict)
    _said: dict[str, Said] = field(default_factory=dict)
    _figures: dict[str, Said] = field(default_factory=dict)
    _bits: dict[Hashable, Said] = field(default_factory=dict)

    @property
    def turn(self) -> int:
        """How many articles of this kind there were before: by this, words take turns."""
        return self.newsroom.axis.place(self.row)

    def allows(self, given: SmallTable | Picture) -> bool:
        """Whether a small table or a picture may stand in the article."""
        return not given.when or bool(self.newsroom.rule_holds(given.when, given.place)[self.row])

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
                turn = in_turn(variants, candidate.past, self.row)
            ready = [variant for variant in turn if self._present(variant, candidate)]
            found = self._offers[key] = tuple([(variant, self.barred(variant)) for variant in ready])
        return found

    def ready(self, variant: Variant, candidate: Candidate) -> bool:
        """Whether the wording can be filled on this session, be it its turn or not."""
        return self._present(variant, candidate)

    def _present(self, variant: Variant, candidate: Candidate) -> bool:
        """Whether every figure that the wording cannot do without is there."""
        script, row = self.newsroom.scripts.of(variant), self.row
        if not script.there[row]:
            return False
        if not script.base_rates and not script.recalls:
            return True
        recall, fragment = self.newsroom.recall, candidate.fragment
        if not all(recall.there(fragment, name)[row] for name in script.base_rates):
            return False
        return not script.recalls or recall.past(fragment).last_row(row) >= 0

    def lines(self, candidate: Candidate, variant: Variant, said: Said, bearing: Bearing) -> tuple[Variant, ...]:
        """The wording's lines of today.

        A line that may be left out is, if it would repeat what is `said` or fill the paragraph with numbers.
        """
        lines, numbers = [variant], self.newsroom.scripts.of(variant).numbers
        for line in variant.then:
            if self._stands(candidate, line, said, bearing):
                more = self.newsroom.scripts.of(line).numbers if line.optional else 0
                if more and numbers + more > NUMBERS:
                    continue
                numbers += more
                lines.append(line)
        return tuple(lines)

    def speaks(self, candidate: Candidate, variant: Variant, said: Said, bearing: Bearing) -> bool:
        """Whether any line of the wording is said today: it may have none but those that can be left out."""
        return variant.always_speaks or any(line.worded for line in self.lines(candidate, variant, said, bearing))

    def _stands(self, candidate: Candidate, line: Variant, said: Said, bearing: Bearing) -> bool:
        if not line.optional:
            return True
        if line.bearing not in (None, bearing) or not self._present(line, candidate):
            return False
        if line.when and not self.newsroom.line_holds(candidate.fragment, line)[self.row]:
            return False
        return not self.barred(line) & said

    def said(self, variant: Variant) -> Said:
        """What the lines of a wording that always stand state, and the sides that they take."""
        found = self._said.get(variant.source)
        if found is None:
            script = self.newsroom.scripts.of(variant)
            found = self._said[variant.source] = self._stated(script.states) | self._bits_of(script.stands)
        return found

    def barred(self, variant: Variant) -> Said:
        """What keeps a wording off the page once it is said: its own figures, and the other sides of its stands."""
        script = self.newsroom.scripts.of(variant)
        if not script.stands:
            return self.said(variant)
        return self._stated(script.states) | self._bits_of(stand.other for stand in script.stands)

    def sides(self, said: Said) -> Said:
        """The sides alone of what has been said: all that binds a part of the page which may repeat figures."""
        return said & self._sides

    @cached_property
    def _sides(self) -> Said:
        disputes = range(len(self.newsroom.publication.lexicon.senses.disputes))
        return self._bits_of(Stand(number, first) for number in disputes for first in (True, False))

    def _bits_of(self, stands: Iterable[Stand]) -> Said:
        taken = 0
        for stand in stands:
            taken |= self.bit(stand)
        return taken

    def stated(self, names: Iterable[str]) -> Said:
        """What printing the figures called `names` states."""
        known = (self.newsroom.scripts.stated(name) for name in names)
        return self._stated(stated for stated in known if stated)

    def bit(self, what: Hashable) -> Said:
        """The bit that stands for `what` on this session."""
        found = self._bits.get(what)
        if found is None:
            found = self._bits[what] = 1 << len(self._bits)
        return found

    def _stated(self, states: Iterable[Stated]) -> Said:
        said = 0
        for stated in states:
            found = self._figures.get(stated.name)
            said |= self._figure(stated) if found is None else found
        return said

    def _figure(self, stated: Stated) -> Said:
        printed: float = stated.printed.item(self.row)
        if printed != printed:  # NaN: absent
            found = 0
        elif stated.quantity and printed:
            found = self.bit((stated.owner, stated.unit, abs(printed)))
        else:
            found = self.bit(stated.name)
        self._figures[stated.name] = found
        return found

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
