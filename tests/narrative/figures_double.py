"""Columns written by hand, in place of computed figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from generator.errors import UnknownFigureError
from generator.model import Basis, Column, Days, FigureDefinition, PriceInput, Unit

UNITS = {
    "return": Unit.PERCENT,
    "minus": Unit.POINTS,
    "level": Unit.LEVEL,
    "rank": Unit.COUNT,
    "since": Unit.DATE,
    "record": Unit.FLAG,
    "change": Unit.BASIS_POINTS,
}


class HandCatalogue:
    """Knows the names it was given."""

    def __init__(self, definitions: Mapping[str, FigureDefinition]) -> None:
        self._definitions = definitions

    def define(self, name: str) -> FigureDefinition:
        if name not in self._definitions:
            raise UnknownFigureError(name)
        return self._definitions[name]


class HandFigures:
    """`model.Figures` over columns in the reader's units."""

    def __init__(self, columns: Mapping[str, Sequence[float | None]], first: date = date(2024, 7, 8)) -> None:
        self._columns = {
            name: np.array([np.nan if value is None else value for value in column], dtype=np.float64)
            for name, column in columns.items()
        }
        length = len(next(iter(self._columns.values())))
        self.sessions: Days = np.array([first + timedelta(days=n) for n in range(length)], dtype="datetime64[D]")
        self.catalogue = HandCatalogue({name: definition(name) for name in columns})

    def values(self, name: str) -> Column:
        column = self.printed(name)
        percent = self.catalogue.define(name).unit in (Unit.PERCENT, Unit.POINTS)
        return column / 100 if percent else column

    def printed(self, name: str) -> Column:
        self.catalogue.define(name)
        return self._columns[name]

    def evidence(self, name: str, row: int) -> tuple[PriceInput, ...]:
        return (PriceInput("^X", "close", self.sessions[row].astype(object), 100.0),)


def definition(name: str) -> FigureDefinition:
    """A definition guessed from the words in the name."""
    unit = next((unit for word, unit in UNITS.items() if word in name.split("_")), Unit.COUNT)
    signed = unit in (Unit.PERCENT, Unit.POINTS, Unit.BASIS_POINTS)
    decimals = 2 if unit in (Unit.PERCENT, Unit.POINTS, Unit.LEVEL) else 0
    vocabulary = ("small", "large") if name.endswith("_best") else ()
    unit = Unit.NAME if vocabulary else unit
    source = "content/universe.yaml:1" if name.startswith("release_") else ""
    return FigureDefinition(
        name, unit, Basis.PRICE, decimals, name.replace("_", " "), "by hand", (), vocabulary, signed, source
    )
