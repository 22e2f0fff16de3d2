"""Every figure that a rule or a sentence may name: those computed from prices, and what stands beside them.

Beside them stand readings, the test that an earlier issue set, cited facts and dated events, and for one fragment the
base rates of its own situation. Each says which names are its own and gives their columns; to whoever asks, all of
them are figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Protocol

from generator.errors import UnknownFigureError
from generator.model import Catalogue, Column, Days, Fact, FigureDefinition, Figures, PriceInput, Publication
from generator.narrative.situations.baserates import RateNames
from generator.narrative.situations.citations import Cited, CitedNames, is_figure
from generator.narrative.situations.earlier import EarlierNames
from generator.narrative.situations.readings import ReadingNames, Readings


class Names(Protocol):
    """Further names, and what each means."""

    @property
    def known(self) -> Iterable[str]:
        """Names to suggest for a misspelt one."""
        ...

    def has(self, name: str) -> bool:
        """Whether the name is one of them."""
        ...

    def define(self, name: str) -> FigureDefinition:
        """What one of them means."""
        ...


class Beside(Protocol):
    """Columns of further names, NaN where they are absent."""

    @property
    def names(self) -> Names: ...

    def values(self, name: str) -> Column: ...

    def printed(self, name: str) -> Column: ...

    def evidence(self, name: str, row: int) -> tuple[PriceInput, ...]: ...


class AllNames:
    """The names of the computed figures and of all that stands beside them; no prices are needed."""

    def __init__(self, computed: Catalogue, cited: CitedNames, beside: Iterable[Names] = ()) -> None:
        self.computed = computed
        self.cited = cited
        self._beside: tuple[Names, ...] = (cited, RateNames(), *beside)

    def define(self, name: str) -> FigureDefinition:
        """The definition of `name`; raises `UnknownFigureError` with the nearest known one."""
        for one in self._beside:
            if one.has(name):
                return one.define(name)
        try:
            return self.computed.define(name)
        except UnknownFigureError as error:
            from generator.suggestion import alike  # few runs meet a misspelt name

            near = error.suggestion or alike(name, chain.from_iterable(one.known for one in self._beside))
            raise UnknownFigureError(name, near) from error

    def is_figure(self, name: str) -> bool:
        """Whether the name belongs to a figure that is not cited."""
        others = (one for one in self._beside if one is not self.cited)
        return any(one.has(name) for one in others) or is_figure(name, self.computed)

    def is_fact(self, name: str) -> bool:
        """Whether the name belongs to a fact or an event, which has a source instead of prices."""
        return self.cited.has(name)


def all_names(publication: Publication, computed: Catalogue) -> AllNames:
    """Every name that the publication's rules and sentences may use."""
    cited = CitedNames(computed, publication.facts, publication.calendars)
    return AllNames(computed, cited, (EarlierNames(publication.trials), ReadingNames(computed, publication.readings)))


@dataclass(frozen=True, slots=True)
class Known:
    """A figure's definition and columns, looked up once."""

    definition: FigureDefinition
    printed: Column
    values: Column
    cited: bool


class AllFigures:
    """Computed figures and all that stands beside them under one set of names (`model.Figures`)."""

    def __init__(self, computed: Figures, cited: Cited, beside: Iterable[Beside] = ()) -> None:
        self.computed = computed
        """Those computed from prices alone."""
        self._cited = cited
        self._others = tuple(beside)
        self._owners: dict[str, Figures | Beside] = {}
        self._known: dict[str, Known] = {}

    @classmethod
    def of(cls, publication: Publication, computed: Figures) -> AllFigures:
        """Computed figures with the publication's readings and what it cites."""
        cited = Cited(computed, publication.facts, publication.calendars)
        return cls(computed, cited, (Readings(computed, publication.readings),))

    def beside(self, more: Beside) -> AllFigures:
        """The same with more beside them."""
        return AllFigures(self.computed, self._cited, (more, *self._others))

    @property
    def sessions(self) -> Days:
        """The trading sessions, oldest first."""
        return self.computed.sessions

    @cached_property
    def catalogue(self) -> AllNames:
        """What every name means."""
        return AllNames(self.computed.catalogue, self._cited.names, [one.names for one in self._others])

    def _owner(self, name: str) -> Figures | Beside:
        """Who has the name's column: the first of those beside that knows it, else the computed figures."""
        found = self._owners.get(name)
        if found is None:
            beside: Iterable[Beside] = (self._cited, *self._others)
            found = next((one for one in beside if one.names.has(name)), self.computed)
            self._owners[name] = found
        return found

    def values(self, name: str) -> Column:
        """The column in full precision; raises `UnknownFigureError`."""
        return self._owner(name).values(name)

    def printed(self, name: str) -> Column:
        """The column as a reader sees it."""
        return self._owner(name).printed(name)

    def evidence(self, name: str, row: int) -> tuple[PriceInput, ...]:
        """The prices behind a figure; what is cited has a source instead (`fact`)."""
        return self._owner(name).evidence(name, row)

    def known(self, name: str) -> Known:
        """Definition and columns together; raises `UnknownFigureError`."""
        found = self._known.get(name)
        if found is None:
            cited = self.catalogue.is_fact(name)
            found = Known(self.catalogue.define(name), self.printed(name), self.values(name), cited)
            self._known[name] = found
        return found

    def fact(self, name: str, row: int) -> Fact:
        """The fact or the calendar's entry that `name` quotes on that row; raises `UnknownFigureError` without one."""
        return self._cited.fact(name, row)

    def citable(self, row: int) -> Iterable[Fact]:
        """All facts and entries of calendars that a sentence of that row may cite."""
        return self._cited.citable(row)
