"""Breadth of a group's returns: how many members rose, which led, which trailed, and by how much."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

import numpy as np

from generator.figures.basis import common_basis, comparable, members_of, return_name, symbols_of
from generator.figures.contests import Contest, GroupMeasure
from generator.figures.horizons import HORIZONS
from generator.figures.measure import Columns, Measure
from generator.figures.ranking import taken
from generator.figures.rounding import rounded, unprinted
from generator.figures.windows import absent
from generator.model import Basis, Column, Flags, Group, Segment, Unit, Universe

GROUP_HORIZONS = tuple(key for key, horizon in HORIZONS.items() if not horizon.prior)
RANK, AHEAD = "_rank_in_", "_ahead_of_"


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
        if found and not group.members and stem.startswith(f"{key}_"):
            return _of_nobody(name, found, group, horizon)
    return None


def _of_nobody(name: str, found: GroupMeasure, group: Group, horizon: str) -> Measure:
    """The measure of a group without members: known by its name, and always absent."""
    contest = Contest(group, HORIZONS[horizon], Basis.TOTAL, (), (), ())
    nothing = replace(found, partly=True, column=lambda contest, columns: absent(columns.sessions.size))
    return replace(nothing.measure(name, contest), inputs=lambda columns, row: ())


def names(group: Group, universe: Universe) -> Iterator[str]:
    """The names of a group's figures."""
    if comparable(members_of(group.members, universe), universe):
        yield from (f"{group.key}_{measure}_{horizon}" for measure in MEASURES for horizon in GROUP_HORIZONS)
    for core in members_of(universe.core, universe) if group.members else ():
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
