"""Turns cited facts into columns: each fact holds from its session until it expires.

`CitedFigures` wraps the computed figures, so that a rule or a sentence can name a fact
(`fed_decision_upper`) just as it names a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from generator.errors import CommentaryError, Fault, UnknownFigureError
from generator.model import Basis, Catalogue, Column, Days, Fact, FigureDefinition, Figures, PriceInput, Unit
from generator.narrative.situations.baserates import define as base_rate


class CitedCatalogue:
    """The catalogue of figures, extended by the names of the facts and the base rates."""

    def __init__(self, catalogue: Catalogue, facts: Sequence[Fact]) -> None:
        self._catalogue = catalogue
        self._facts = {definition.name: definition for definition in _definitions(facts)}

    def define(self, name: str) -> FigureDefinition:
        """The definition of a figure, fact or base rate; raises `UnknownFigureError`."""
        return self._facts.get(name) or base_rate(name) or self._catalogue.define(name)

    def is_fact(self, name: str) -> bool:
        """Whether the name belongs to a fact."""
        return name in self._facts


@dataclass(frozen=True, slots=True)
class Known:
    """A figure's or a fact's definition and columns, looked up once."""

    definition: FigureDefinition
    printed: Column
    values: Column
    cited: bool


class CitedFigures:
    """Computed figures and cited facts under one set of names (`model.Figures`)."""

    def __init__(self, figures: Figures, facts: Sequence[Fact]) -> None:
        self._figures = figures
        self._facts = tuple(facts)
        self._columns: dict[str, Column] = {}
        self._known: dict[str, Known] = {}

    @property
    def sessions(self) -> Days:
        return self._figures.sessions

    @property
    def computed(self) -> Figures:
        """The figures, readings among them, without the facts."""
        return self._figures

    @cached_property
    def catalogue(self) -> CitedCatalogue:
        return CitedCatalogue(self._figures.catalogue, self._facts)

    def known(self, name: str) -> Known:
        """Definition and columns together; raises `UnknownFigureError`."""
        found = self._known.get(name)
        if found is None:
            cited = self.catalogue.is_fact(name)
            known = Known(self.catalogue.define(name), self.printed(name), self.values(name), cited)
            found = self._known[name] = known
        return found

    def values(self, name: str) -> Column:
        """The column at full precision; a fact's is NaN outside its sessions."""
        if not self.catalogue.is_fact(name):
            return self._figures.values(name)
        if name not in self._columns:
            self._columns[name] = self._column(name)
        return self._columns[name]

    def printed(self, name: str) -> Column:
        """The column as a reader sees it."""
        return self.values(name) if self.catalogue.is_fact(name) else self._figures.printed(name)

    def evidence(self, name: str, row: int) -> tuple[PriceInput, ...]:
        """The prices behind a figure; a fact has a source instead (`fact`)."""
        return () if self.catalogue.is_fact(name) else self._figures.evidence(name, row)

    def fact(self, name: str, row: int) -> Fact:
        """The fact that `name` quotes on that row; raises `UnknownFigureError` if there is none."""
        day = self.sessions[row].astype(object)
        for fact in reversed(self._facts):
            if fact.as_of <= day < fact.expires and name in {f"{fact.key}_{value}" for value in fact.values}:
                return fact
        raise UnknownFigureError(name)

    def _column(self, name: str) -> Column:
        column = np.full(len(self.sessions), np.nan)
        vocabulary = self.catalogue.define(name).vocabulary
        for fact in self._facts:
            for key, value in fact.values.items():
                if f"{fact.key}_{key}" == name:
                    held = (self.sessions >= np.datetime64(fact.as_of)) & (self.sessions < np.datetime64(fact.expires))
                    column[held] = float(value) if isinstance(value, Decimal) else vocabulary.index(value)
        return column


def fact_faults(facts: Sequence[Fact], catalogue: Catalogue) -> list[Fault]:
    """Facts with the same name as a figure: a rule that means the figure would read the fact."""
    first: dict[str, Fact] = {}
    for fact in facts:
        first |= {name: fact for value in fact.values if (name := f"{fact.key}_{value}") not in first}
    return [
        Fault(fact.line, f"'{name}' is the name of a figure; call the file's key or the value otherwise.")
        for name, fact in first.items()
        if base_rate(name) or _is_figure(name, catalogue)
    ]


def _is_figure(name: str, catalogue: Catalogue) -> bool:
    try:
        catalogue.define(name)
    except CommentaryError:
        return False
    return True


def _definitions(facts: Sequence[Fact]) -> list[FigureDefinition]:
    texts: dict[str, dict[str, None]] = {}
    numbers: dict[str, int] = {}
    for fact in facts:
        for key, value in fact.values.items():
            name = f"{fact.key}_{key}"
            if isinstance(value, Decimal):
                exponent = value.as_tuple().exponent
                numbers[name] = max(numbers.get(name, 0), -exponent if isinstance(exponent, int) else 0)
            else:
                texts.setdefault(name, {})[value] = None
    label = "cited fact"
    return [
        FigureDefinition(name, Unit.CITED, Basis.NONE, decimals, label, "as published", ())
        for name, decimals in numbers.items()
    ] + [
        FigureDefinition(name, Unit.NAME, Basis.NONE, 0, label, "as published", (), tuple(words))
        for name, words in texts.items()
    ]
