"""Who led a group, who trailed it, how many rose: one measure over the members of a group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np

from generator.figures.horizons import Horizon
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.ranking import Ranking, rank
from generator.figures.rounding import DECIMALS
from generator.model import Basis, Column, FigureDefinition, Flags, Group, Unit


@dataclass(frozen=True, slots=True)
class Contest:
    """A group over one horizon, on the one basis that its members share."""

    group: Group
    horizon: Horizon
    basis: Basis
    figures: tuple[str, ...]
    """The members' returns."""
    symbols: tuple[str, ...]
    begins: tuple[date | None, ...]
    """The first day on which each member counts; None if it always does."""

    @property
    def words(self) -> str:
        """`total return over one session`."""
        return f"{self.basis.value} {self.horizon.words}"

    def printed(self, columns: Columns) -> Column:
        """The members' printed returns, one row per member."""
        return np.stack([columns.printed(figure) for figure in self.figures])

    def values(self, columns: Columns) -> Column:
        """The members' unrounded returns, one row per member."""
        return np.stack([columns.values(figure) for figure in self.figures])

    def ranking(self, columns: Columns) -> Ranking:
        """The members in order, worked out once for all the figures that need it."""
        return columns.shared(("ranking", self.group.key, self.horizon.key), lambda: rank(self.printed(columns)))

    def whole(self, columns: Columns) -> Flags:
        """Per session, whether every member that belongs to the group by then has a return."""
        dues = [columns.sessions >= np.datetime64(day or date.min, "D") for day in self.begins]
        there = ~np.isnan(self.ranking(columns).printed)
        if self.group.partly:
            return np.asarray(there.any(axis=0))
        return np.asarray((there | ~np.stack(dues)).all(axis=0) & there.any(axis=0))

    @property
    def count(self) -> str:
        """The figure that counts the members; all the other figures share its evidence."""
        return f"{self.group.key}_n_{self.horizon.key}"

    def inputs(self, columns: Columns, row: int) -> Inputs:
        """The two closes of each member."""
        return tuple([price for figure in self.figures for price in columns.evidence(figure, row)])

    def inputs_of_count(self, columns: Columns, row: int) -> Inputs:
        """The same prices from the table's cache for the count, so that they are collected once a session."""
        return columns.evidence(self.count, row)


@dataclass(frozen=True, slots=True)
class GroupMeasure:
    """One measure of any group; the group fills in `{one}`, `{many}` and `{words}` in the text."""

    unit: Unit
    label: str
    formula: str
    column: Callable[[Contest, Columns], Column]
    signed: bool = False
    partly: bool = False
    """Whether it has a value even if a member has no return: the count of those held does, the leader does not."""

    def column_of(self, contest: Contest, columns: Columns) -> Column:
        """The measure, absent unless the group is whole: six of seven members are neither counted nor ranked."""
        column = self.column(contest, columns)
        return column if self.partly else np.where(contest.whole(columns), column, np.nan)

    def measure(self, name: str, contest: Contest) -> Measure:
        """The measure of one group over one horizon."""
        words = {"one": contest.group.one, "many": contest.group.many, "words": contest.words}
        definition = FigureDefinition(
            name,
            self.unit,
            contest.basis if self.unit in (Unit.PERCENT, Unit.POINTS) else Basis.NONE,
            DECIMALS[self.unit],
            self.label.format(**words),
            self.formula.format(**words),
            contest.symbols,
            contest.group.members if self.unit is Unit.NAME else (),
            self.signed,
        )
        inputs = contest.inputs if name == contest.count else contest.inputs_of_count
        return Measure(definition, partial(self.column_of, contest), inputs)
