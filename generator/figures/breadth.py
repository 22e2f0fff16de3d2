"""Breadth of a group's returns: how many members rose, which led, which trailed, and by how much."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import numpy as np

from generator.figures.basis import common_basis, comparable, members_of, return_name, symbols_of
from generator.figures.horizons import HORIZONS, Horizon
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.ranking import Ranking, rank, taken
from generator.figures.rounding import DECIMALS, rounded, unprinted
from generator.figures.windows import absent
from generator.model import Basis, Column, FigureDefinition, Flags, Group, Segment, Unit, Universe

GROUP_HORIZONS = tuple(key for key, horizon in HORIZONS.items() if not horizon.prior)
RANK, AHEAD = "_rank_in_", "_ahead_of_"


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


def find(name: str, universe: Universe) -> Measure | None:
    """The group measure with this name, or None; raises `MixedBasisError`."""
    stem, _, horizon = name.rpartition("_")
    if horizon not in GROUP_HORIZONS:
        return None
    member, between, ranked_in = stem.partition(RANK)
    if between:
        group = universe.groups.get(ranked_in)
        contest = _contest(name, group, horizon, universe) if group and member in group.members else None
        return _place_of(member, universe).measure(name, contest) if contest else None
    grouped, between, beside = stem.partition(AHEAD)
    if between and grouped in universe.groups and beside in universe.segments:
        return _ahead_of(name, universe.groups[grouped], universe.segments[beside], horizon, universe)
    for key, group in universe.groups.items():
        found = MEASURES.get(stem.removeprefix(f"{key}_"))
        contest = _contest(name, group, horizon, universe) if found and stem.startswith(f"{key}_") else None
        if found and contest:
            return found.measure(name, contest)
    return None


def names(group: Group, universe: Universe) -> Iterator[str]:
    """The names of a group's figures."""
    if comparable(members_of(group.members, universe), universe):
        yield from (f"{group.key}_{measure}_{horizon}" for measure in MEASURES for horizon in GROUP_HORIZONS)
    for core in members_of(universe.core, universe):
        if core.key not in group.members and comparable((core, *members_of(group.members, universe)), universe):
            yield from (f"{group.key}{AHEAD}{core.key}_{horizon}" for horizon in GROUP_HORIZONS)


def rank_names(segment: Segment, universe: Universe) -> Iterator[str]:
    """The names of a segment's ranks in the groups that it belongs to."""
    for group in universe.groups.values():
        if segment.key in group.members and comparable(members_of(group.members, universe), universe):
            yield from (f"{segment.key}{RANK}{group.key}_{horizon}" for horizon in GROUP_HORIZONS)


def _contest(name: str, group: Group, horizon: str, universe: Universe) -> Contest | None:
    members = members_of(group.members, universe)
    if not members:
        return None
    basis = common_basis(name, members, universe)
    figures = tuple(return_name(segment, basis, horizon, universe) for segment in members)
    symbols = tuple(symbol for segment in members for symbol in symbols_of(segment, basis, universe))
    begins = tuple(segment.begins for segment in members)
    return Contest(group, HORIZONS[horizon], basis, figures, symbols, begins)


def _ahead_of(name: str, group: Group, beside: Segment, horizon: str, universe: Universe) -> Measure | None:
    """How many members did better than a segment outside the group, on the basis that all of them share."""
    contest, basis = (
        _contest(name, group, horizon, universe),
        common_basis(name, (beside, *members_of(group.members, universe)), universe),
    )
    if contest is None or beside.key in group.members or contest.basis is not basis:
        return None
    other = return_name(beside, basis, horizon, universe)

    def column(contest: Contest, columns: Columns) -> Column:
        above = contest.ranking(columns).printed > columns.printed(other)
        return np.where(np.isnan(columns.printed(other)), np.nan, above.sum(axis=0))

    measure = GroupMeasure(
        Unit.COUNT,
        f"{{many}} ahead of {beside.short}, {{words}}",
        f"count of {{many}} whose printed {{words}} is above that of {beside.short}",
        column,
    ).measure(name, contest)
    definition = replace(measure.definition, symbols=contest.symbols + symbols_of(beside, basis, universe))
    return Measure(definition, measure.column, lambda c, row: measure.inputs(c, row) + c.evidence(other, row))


def _place_of(member: str, universe: Universe) -> GroupMeasure:
    def column(contest: Contest, columns: Columns) -> Column:
        ranking, index = contest.ranking(columns), contest.group.members.index(member)
        ranked = ~np.isnan(ranking.printed[index]) & (ranking.present >= 2)
        return np.where(ranked, ranking.places[index], np.nan)

    label = f"{universe.segments[member].short}, rank among the {{many}} by {{words}}"
    return GroupMeasure(Unit.COUNT, label, "one more than the count of {many} with a higher printed {words}", column)


def _count(holds: Callable[[Column], Flags]) -> Callable[[Contest, Columns], Column]:
    def column(contest: Contest, columns: Columns) -> Column:
        ranking = contest.ranking(columns)
        return np.where(ranking.present > 0, holds(ranking.printed).sum(axis=0), np.nan)

    return column


def _who(place: int, least: int, contest: Contest, columns: Columns) -> Column:
    who = contest.ranking(columns).member(place, least)
    return np.where(who >= 0, who, np.nan)


def _how_much(place: int, least: int, contest: Contest, columns: Columns) -> Column:
    return taken(contest.values(columns), contest.ranking(columns).member(place, least))


def _spread(contest: Contest, columns: Columns) -> Column:
    ranking = contest.ranking(columns)
    best, worst = (taken(ranking.printed, ranking.member(place, 2, alone=False)) for place in (0, -1))
    return unprinted(rounded(best - worst, 2), Unit.POINTS)


def _mean(contest: Contest, columns: Columns) -> Column:
    values = contest.values(columns)
    count = contest.ranking(columns).present
    total = np.where(np.isnan(values), 0.0, values).sum(axis=0)
    mean: Column = np.divide(total, count, out=absent(total.size), where=count >= 2)
    return mean


# Each place asks for enough members that best, second and third never overlap with worst and its neighbours.
PLACES = (
    ("best", "highest", 0, 2),
    ("second", "second-highest", 1, 3),
    ("third", "third-highest", 2, 5),
    ("worst", "lowest", -1, 2),
    ("second_worst", "second-lowest", -2, 3),
    ("third_worst", "third-lowest", -3, 5),
)


def _places() -> Iterator[tuple[str, GroupMeasure]]:
    for key, word, place, least in PLACES:
        whose = f"{{one}} with the {word} {{words}}"
        yield key, GroupMeasure(Unit.NAME, whose, whose, partial(_who, place, least))
        yield (
            f"{key}_return",
            GroupMeasure(
                Unit.PERCENT,
                f"{word} {{words}} among the {{many}}",
                f"{{words}} of the {whose}",
                partial(_how_much, place, least),
                signed=True,
            ),
        )


def _held(printed: Column) -> Flags:
    return ~np.isnan(printed)


def _counts() -> Iterator[tuple[str, GroupMeasure]]:
    counted = "count of {many} whose printed {words} is "
    yield "n", GroupMeasure(Unit.COUNT, "{many} held, {words}", counted + "known", _count(_held), partly=True)
    yield "up", GroupMeasure(Unit.COUNT, "{many} up, {words}", counted + "above zero", _count(lambda x: x > 0))
    yield "down", GroupMeasure(Unit.COUNT, "{many} down, {words}", counted + "below zero", _count(lambda x: x < 0))
    yield "flat", GroupMeasure(Unit.COUNT, "{many} unchanged, {words}", counted + "zero", _count(lambda x: x == 0))


MEASURES: Mapping[str, GroupMeasure] = {
    **dict(_counts()),
    **dict(_places()),
    "spread": GroupMeasure(
        Unit.POINTS,
        "highest less lowest {words} among the {many}",
        "highest printed {words} among the {many} less the lowest",
        _spread,
    ),
    "mean": GroupMeasure(
        Unit.PERCENT,
        "mean {words} of the {many}",
        "mean of the {words} of the {many}, each counted alike",
        _mean,
        True,
    ),
}
