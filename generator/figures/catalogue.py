"""Every figure that a rule may name, and what each name means. This needs the universe but no prices.

The grammar is `<segment>_<measure>[_<horizon>][_<operator>]`; pairs are `<segment>_minus_<segment>_<horizon>`, groups
`<group>_<measure>_<horizon>`; how often one led another has names of its own (`leads`). A name is parsed only when it
is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from generator.errors import CommentaryError, UnknownFigureError
from generator.figures import (
    baskets,
    between,
    breadth,
    drawdown,
    events,
    explained,
    extremes,
    history,
    leads,
    levels,
    moves,
    periods,
    policy,
    rallies,
    records,
    relative,
    releases,
    returns,
    since,
    spells,
    streaks,
    volatility,
    wholes,
)
from generator.figures.measure import Measure, Recipe
from generator.model import FigureDefinition, Universe

RECIPES: tuple[Recipe, ...] = (
    *levels.RECIPES,
    *returns.RECIPES,
    *moves.RECIPES,
    *records.RECIPES,
    *drawdown.RECIPES,
    *extremes.RECIPES,
    *streaks.RECIPES,
    *volatility.RECIPES,
)
BY_SUFFIX: dict[str, tuple[Recipe, ...]] = {
    suffix: tuple(recipe for recipe in RECIPES if recipe.suffix == suffix) for suffix in {one.suffix for one in RECIPES}
}


class FigureCatalogue:
    """Every name that a rule may use."""

    def __init__(self, universe: Universe) -> None:
        self.universe = universe
        self._bases: dict[str, Measure | None] = {}
        self._measures: dict[str, Measure] = {}
        self._releases: dict[str, dict[str, Measure]] = {}
        self._named: dict[str, tuple[str, ...]] = {}

    def define(self, name: str) -> FigureDefinition:
        """What `name` means.

        Raises `UnknownFigureError` with the nearest known name, and `MixedBasisError` where the name would set a
        price return beside a total return.
        """
        return self.measure(name).definition

    def measure(self, name: str) -> Measure:
        """How `name` is computed; raises as `define` does."""
        if name not in self._measures:
            found = self._any(name)
            if found is None:
                from generator.figures.suggestion import nearest

                raise UnknownFigureError(name, nearest(name, self._subjects(), self._is_known))
            self._measures[name] = found
        return self._measures[name]

    def names(self) -> Iterator[str]:
        """Every figure without operators: calendar, then segments, groups, releases, pairs, periods, decisions."""
        yield from periods.names()
        for key in self._subjects():
            yield from self.names_of(key)
        yield from relative.names(self.universe)
        yield from wholes.names(self.universe)
        for subject in (since, rallies, spells, explained):
            yield from subject.names(self.universe)
        yield from policy.names()
        for subject in (between, events):
            yield from subject.names(self.universe)

    def names_of(self, key: str) -> Iterator[str]:
        """Every figure of one segment, group or release, without operators and pairs; empty for an unknown key."""
        segment, group = self.universe.segments.get(key), self.universe.groups.get(key)
        if segment:
            fitting = (recipe.suffix for recipe in RECIPES if recipe.measure(segment))
            yield from dict.fromkeys(f"{key}_{suffix}" for suffix in fitting)
            yield from baskets.names(segment, self.universe)
            yield from breadth.rank_names(segment, self.universe)
            yield from leads.names(segment, self.universe)
        if group:
            yield from breadth.names(group, self.universe)
        if key in self.universe.releases:
            yield from self._released(key)

    def _subjects(self) -> dict[str, Callable[[], Iterable[str]]]:
        subjects = (*self.universe.segments, *self.universe.groups, *self.universe.releases)
        return {key: partial(self._all_of, key) for key in subjects}

    def _all_of(self, key: str) -> tuple[str, ...]:
        """What `names_of` yields, listed once for all who look for a name like theirs."""
        if key not in self._named:
            self._named[key] = tuple(self.names_of(key))
        return self._named[key]

    def _any(self, name: str) -> Measure | None:
        """The figure with this name, with an operator or without, else None."""
        return self._base(name) or history.find(name, self._base)

    def _base(self, name: str) -> Measure | None:
        """The figure with this name if it has no operator, else None."""
        if name not in self._bases:
            self._bases[name] = self._parsed(name)
        return self._bases[name]

    def _parsed(self, name: str) -> Measure | None:
        return (
            self._single(name)
            or periods.find(name)
            or baskets.find(name, self.universe)
            or breadth.find(name, self.universe)
            or relative.find(name, self.universe)
            or leads.find(name, self.universe)
            or self._of_release(name)
            or wholes.find(name, self._base)
            or spells.find(name, self._base)
            or explained.find(name, self.universe)
            or rallies.find(name, self.universe)
            or since.find(name, self.universe, self._base)
            or policy.find(name, self.universe)
            or between.find(name, self.universe, self._any)
            or events.find(name, self.universe, self._any)
        )

    def _of_release(self, name: str) -> Measure | None:
        for key in self.universe.releases:
            if name == key or name.startswith(f"{key}_"):
                found = self._released(key).get(name)
                if found:
                    return found
        return None

    def _released(self, key: str) -> dict[str, Measure]:
        """The figures of one release, built when the first of them is asked for."""
        if key not in self._releases:
            self._releases[key] = releases.measures(self.universe.releases[key])
        return self._releases[key]

    def _single(self, name: str) -> Measure | None:
        for at, letter in enumerate(name):
            segment = self.universe.segments.get(name[:at]) if letter == "_" else None
            found = (recipe.measure(segment) for recipe in BY_SUFFIX.get(name[at + 1 :], ())) if segment else ()
            if measure := next(filter(None, found), None):
                return measure
        return None

    def _is_known(self, name: str) -> bool:
        try:
            return bool(self._any(name))
        except CommentaryError:
            return False
