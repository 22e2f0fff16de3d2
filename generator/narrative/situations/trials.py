"""The tests that issues set, and how they came out: of each kind of article, by rules alone.

Which test an issue sets is a rule of the session: of the cases with a test whose rule holds, that of the greatest
weight. So an issue that answers an earlier one's test finds it from prices, and needs no copy of the earlier issue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.model import (
    THEN,
    Catalogue,
    Choices,
    Column,
    Days,
    FigureDefinition,
    Figures,
    Flags,
    Fragment,
    Judged,
    PriceInput,
    Trial,
)
from generator.narrative.situations.newsworthiness import Axis
from generator.narrative.situations.rules import Rule, read_rule

PART = "bottom line"
"""The part of an article whose passages set tests."""
Rows = NDArray[np.int64]


class Outcome(NamedTuple):
    """One issue's test, and the answer: the row of the issue that judges it, and whether it was passed.

    `due` is -1 and `passed` None while it is open; `passed` is None too where a figure of the rule is absent.
    """

    trial: Trial
    where: str
    """`file:line` of its setting, or the saved issue."""
    made: int
    due: int
    passed: bool | None
    decided: int
    """Row of the session that decided it; -1 while it is open."""


class ThenCatalogue:
    """A catalogue in which `then_` before a name is that figure on the day on which a test was set."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def define(self, name: str) -> FigureDefinition:
        """The definition of the figure without `then_`."""
        return self._catalogue.define(name.removeprefix(THEN))


@dataclass(frozen=True)
class _Then:
    """Figures on some rows, each beside the row on which a test was set."""

    figures: Figures
    rows: Rows
    made: Rows

    @property
    def sessions(self) -> Days:
        return self.figures.sessions[self.rows]

    @property
    def catalogue(self) -> Catalogue:
        return ThenCatalogue(self.figures.catalogue)

    def values(self, name: str) -> Column:
        column = self.figures.values(name.removeprefix(THEN))
        return column[self.made if name.startswith(THEN) else self.rows]

    def printed(self, name: str) -> Column:
        column = self.figures.printed(name.removeprefix(THEN))
        return column[self.made if name.startswith(THEN) else self.rows]

    def evidence(self, name: str, row: int) -> tuple[PriceInput, ...]:
        at = self.made if name.startswith(THEN) else self.rows
        return self.figures.evidence(name.removeprefix(THEN), int(at[row]))


def scored(fragments: Iterable[Fragment]) -> tuple[Fragment, ...]:
    """The cases that set a test, the first of which whose rule holds is the issue's."""
    return tuple(sorted((one for one in fragments if one.trial), key=lambda one: (-one.weight, one.key)))


def trial_rule(trial: Trial, catalogue: Catalogue, where: str) -> Rule:
    """The rule that judges a test; raises `ContentError`."""
    return read_rule(trial.rule, ThenCatalogue(catalogue), where)


def judged(trial: Trial, rule: Rule, figures: Figures, made: Rows, due: Rows) -> tuple[list[bool | None], list[int]]:
    """For each pair of rows, on which a test was set and is judged: whether it was passed, and the row that decided."""
    if trial.judged is Judged.PASSES:
        held, there = rule.evaluated(_Then(figures, due, made))
        return [bool(one) if known else None for one, known in zip(held, there, strict=True)], due.tolist()
    rows = [np.arange(first + 1, last + 1) for first, last in zip(made.tolist(), due.tolist(), strict=True)]
    counts = [len(one) for one in rows]
    spans = _Then(figures, np.concatenate([np.empty(0, np.int64), *rows]), np.repeat(made, counts))
    held, there = rule.evaluated(spans)
    passed: list[bool | None] = []
    decided: list[int] = []
    ends = np.cumsum([0, *counts])
    for number, span in enumerate(rows):
        mine = slice(int(ends[number]), int(ends[number + 1]))
        once = bool(held[mine].any())
        known = once or bool(there[mine].all())
        passed.append((once is (trial.judged is Judged.PASSES_ONCE)) if known else None)
        decided.append(int(span[np.argmax(held[mine])]) if once else int(due[number]))
    return passed, decided


class Trials:
    """Every test that the issues of one kind set, over one set of figures."""

    def __init__(
        self, fragments: Iterable[Fragment], axis: Axis, figures: Figures, choices: Iterable[Choices] = ()
    ) -> None:
        self.cases = scored(fragments)
        self.axis, self._figures = axis, figures
        self._choices = tuple(choices)

    @property
    def sessions(self) -> Days:
        """The trading sessions, oldest first."""
        return self._figures.sessions

    @cached_property
    def set_on(self) -> Rows:
        """Per session, the place among the cases of the one whose test its issue sets; -1 if there is none."""
        found = np.full(len(self._figures.sessions), -1)
        held: list[Flags] = []
        for case in self.cases:
            rule = read_rule(case.when, self._figures.catalogue, f"{case.path}:{case.when_line}")
            held.append(rule.column(self._figures) & self.axis.appears)
        for place, holds in reversed(list(enumerate(held))):
            found[holds] = place
        for choice in self._choices:
            self._choose(found, held, choice)
        return found

    def _choose(self, found: Rows, held: Sequence[Flags], choice: Choices) -> None:
        """Put the test that an editor chose for one issue in the place of the rule's; none where he left it out."""
        wanted, left_out = choice.wanted(PART), choice.passed_over.get(PART, ())
        for row in np.flatnonzero(self._figures.sessions == np.datetime64(choice.session)).tolist():
            mine = [place for place, case in enumerate(self.cases) if case.key in wanted and held[place][row]]
            if mine:
                found[row] = mine[0]
            elif found[row] >= 0 and self.cases[found[row]].key in left_out:
                found[row] = -1

    def on(self, row: int) -> Fragment | None:
        """The case whose test the issue of that row sets."""
        place = int(self.set_on[row]) if self.cases else -1
        return self.cases[place] if place >= 0 else None

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every test in order of the day on which it was set, with its answer."""
        found: list[Outcome] = []
        for place, case in enumerate(self.cases):
            assert case.trial is not None  # `scored` leaves others out
            found += self.answered(case.trial, case.trial_line, np.flatnonzero(self.set_on == place))
        return tuple(sorted(found, key=lambda one: one.made))

    def answered(self, trial: Trial, where: str, made: Rows) -> Iterator[Outcome]:
        """The answer to one test that was set on these rows; the rows are on the axis."""
        later = np.searchsorted(self.axis.rows, made) + trial.issues
        known = later < len(self.axis.rows)
        due = self.axis.rows[later[known]]
        rule = trial_rule(trial, self._figures.catalogue, where)
        passed, decided = judged(trial, rule, self._figures, made[known], due)
        for row, at, answer, by in zip(made[known].tolist(), due.tolist(), passed, decided, strict=True):
            yield Outcome(trial, where, row, at, answer, by)
        for row in made[~known].tolist():
            yield Outcome(trial, where, row, -1, None, -1)

    @cached_property
    def due(self) -> dict[int, Outcome]:
        """By the row of an issue, the test that it answers: of several that which was set last."""
        return {one.due: one for one in self.outcomes if one.due >= 0 and one.passed is not None}

    def evidence(self, found: Outcome) -> tuple[PriceInput, ...]:
        """The prices behind an answer: of the day that decided it, and for `then_` of the day on which it was set."""
        at = _Then(self._figures, np.array([found.decided]), np.array([found.made]))
        rule = trial_rule(found.trial, self._figures.catalogue, found.where)
        return tuple(dict.fromkeys(quote for name in rule.names for quote in at.evidence(name, 0)))
