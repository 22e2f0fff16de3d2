"""One kind's fragments over the figures of all sessions: their rules, and the pasts of these, as columns.

A `Newsroom` is made once and serves every session. `Newsroom.at` gives one session's view of it, a `Tonight`, which
remembers what it was asked, as planning asks the same things many times.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from generator.caching import kept
from generator.errors import ContentError, Fault
from generator.model import (
    Choices,
    Figures,
    Flags,
    Fragment,
    Outline,
    Publication,
)
from generator.narrative.language.lexicalisation import Verbs
from generator.narrative.newsroom.tonight import Tonight
from generator.narrative.situations.earlier import EarlierTest
from generator.narrative.situations.figures import AllFigures
from generator.narrative.situations.newsworthiness import Axis, RulePast
from generator.narrative.situations.recall import BaseRates, Recall
from generator.narrative.situations.rules import Rule, read_rule
from generator.narrative.situations.trials import Trials
from generator.narrative.writing.script import Scripts


def _axis(outline: Outline, figures: Figures, *, regular: bool) -> Axis:
    """The sessions on which a kind of article appears; unless `regular`, with the last one of a kind on demand."""
    flag = outline.appears.flag
    appears = figures.printed(flag) == 1 if flag else np.ones(len(figures.sessions), dtype=np.bool_)
    if outline.on_demand and not regular:
        appears[-1:] = True
    return Axis(appears)


@dataclass(frozen=True)
class Newsroom:
    """One edition of one publication over one set of figures."""

    publication: Publication
    edition: str
    figures: AllFigures
    trials: Trials
    _lines: dict[str, Flags] = field(default_factory=dict)

    @classmethod
    def over(cls, publication: Publication, edition: str, figures: Figures, *, regular: bool = False) -> Newsroom:
        """The newsroom over computed figures, with the publication's readings and cited facts beside them.

        Of a kind on demand the last session counts as one on which it appears, unless `regular`.
        """
        first = AllFigures.of(publication, figures)
        axis = _axis(publication.outlines[edition], first, regular=regular)
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
        return self.trials.axis

    @property
    def regular(self) -> Flags:
        """The sessions on which it appears without being asked for."""
        return _axis(self.outline, self.figures, regular=True).appears

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

    def line_holds(self, fragment: Fragment, when: str, place: str) -> Flags:
        """Whether a rule of a wording's line holds, per session."""
        found = self._lines.get(place)
        if found is None:
            rule = read_rule(when, self.figures.catalogue, place)
            found = self._lines[place] = rule.column(self.seen_by(fragment))
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
        made = self.publication.choices.get((self.days[row], self.edition)) if self.publication.choices else None
        return Tonight(self, row, made if choices is None else choices)
