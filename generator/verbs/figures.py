"""Look figures up on a session, each with its unit, basis, window and the prices behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from math import isnan
from typing import Any

from generator.errors import UnknownFigureError
from generator.figures.catalogue import FigureCatalogue
from generator.figures.table import FigureTable
from generator.loading import load_prices, open_publication
from generator.model import Claim, Figures, Publication, Settings, Unit
from generator.narrative.newsroom import Newsroom
from generator.narrative.situations.baserates import told
from generator.narrative.situations.figures import AllFigures, all_names
from generator.narrative.situations.readings import names_of
from generator.narrative.situations.rules import read_rule
from generator.publishing.provenance import figure_records


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure on the session: what it is, what it came to, and the prices it was made of."""

    name: str
    label: str
    formula: str
    unit: str
    basis: str
    value: float | str | None
    """In full, inside units; a name is a name. None where the figure is absent."""
    printed: float | None
    """As it is rounded, in the reader's units."""
    inputs: Sequence[Mapping[str, Any]]
    """Symbol, field, session and value of each price."""
    source: str = ""
    """Who published it, for an economic number."""
    signals: Mapping[str, bool] = field(default_factory=dict)
    """Whether each known signal holds, for a count of a reading."""

    @property
    def text(self) -> str:
        """The figure as a person reads it: a date as a date, a name as a name, a flag as yes or no."""
        if self.value is None or self.printed is None:
            return "absent"
        if self.unit == Unit.NAME:
            return str(self.value)
        if self.unit == Unit.DATE:
            return str(date(1970, 1, 1) + timedelta(days=round(self.printed)))
        if self.unit == Unit.FLAG:
            return "yes" if self.printed else "no"
        return f"{self.printed:,.0f}" if self.unit == Unit.COUNT else f"{self.printed:,.2f}"

    @property
    def window(self) -> str:
        """The first and the last session whose prices the figure reads."""
        days = sorted(item["session"] for item in self.inputs)
        return f"{days[0]} to {days[-1]}" if days else ""

    @property
    def record(self) -> dict[str, Any]:
        """The row for programs."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        known = {key: value for key, value in told.items() if key not in ("source", "signals") or value}
        return known | {"text": self.text, "window": self.window}


def figure_rows(settings: Settings, names: Sequence[str]) -> list[FigureRow]:
    """The figures of these names, or those that the content quotes, on the session."""
    publication = open_publication(settings)
    market = load_prices(settings, publication)
    figures = Newsroom.over(publication, settings.edition, FigureTable(market, publication.universe)).figures
    return rows_over(figures, list(names) or _quoted(publication), len(market.sessions) - 1)


def rows_over(figures: AllFigures, wanted: Sequence[str], row: int) -> list[FigureRow]:
    """The figures of these names on the session of that row; raises `UnknownFigureError`, also for what is cited."""
    for name in filter(figures.catalogue.is_fact, wanted):
        raise UnknownFigureError(name)
    present = [Claim("figure", name) for name in wanted if not isnan(figures.values(name)[row])]
    records = figure_records(present, figures, row)
    return [FigureRow(name, **records[name]) if name in records else _absent(figures, name) for name in wanted]


def _absent(figures: Figures, name: str) -> FigureRow:
    definition = figures.catalogue.define(name)
    unit, basis = str(definition.unit), str(definition.basis)
    return FigureRow(name, definition.label, definition.formula, unit, basis, value=None, printed=None, inputs=())


def _quoted(publication: Publication) -> list[str]:
    """Every figure that a rule or a sentence of the content names, and what the readings give."""
    catalogue = all_names(publication, FigureCatalogue(publication.universe))
    names = {name: None for reading in publication.readings for name in names_of(reading)}
    signals = [one for reading in publication.readings for one in reading.signals]
    names |= {name: None for one in signals for name in read_rule(one.when, catalogue, one.line).names}
    for fragments in publication.fragments.values():
        for fragment in fragments:
            names |= dict.fromkeys(read_rule(fragment.when, catalogue, fragment.path).names)
    return sorted(name for name in names if not catalogue.is_fact(name) and not told(name))
