"""Turns cited facts and dated events into columns beside the computed figures.

A rule or a sentence can name a fact (`fed_decision_upper`) or an event (`cpi_report_next`) just as it names a figure.
What each name means is said in `sources` and in `occasions`; `cpi_report_sessions_since_at_jump1` is what one was on a
session that a figure dates, here `jump1_date`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from generator.errors import CommentaryError, Fault, UnknownFigureError
from generator.model import Calendar, Catalogue, Column, Fact, FigureDefinition, Figures, PriceInput
from generator.narrative.situations import occasions, sources
from generator.narrative.situations.occasions import Occasions
from generator.narrative.situations.sources import Meaning, SourceColumns

AT = "_at_"
ANCHORS = ("jump1", "jump2", "jump3")
"""Sessions of the past whose events a sentence may cite."""


class CitedNames:
    """The names of facts and events, on the session itself or on one that a figure of the catalogue dates."""

    def __init__(self, catalogue: Catalogue, facts: Sequence[Fact], calendars: Sequence[Calendar] = ()) -> None:
        self._catalogue = catalogue
        meanings = list(sources.meanings(facts))
        self.meanings = {definition.name: meaning for meaning, definition in meanings}
        """What each name of a fact stands for."""
        self.occasions = {
            f"{one.key}_{suffix}": (one.key, suffix) for one in calendars for suffix in occasions.SUFFIXES
        }
        """The calendar and the figure that each name of an event stands for."""
        defined = [*(definition for _, definition in meanings), *_of_events(calendars)]
        self._cited = {definition.name: definition for definition in defined}

    @property
    def known(self) -> Iterable[str]:
        """Every name of the session itself."""
        return self._cited

    def define(self, name: str) -> FigureDefinition:
        """The definition of a fact or an event."""
        stem, key = self.parted(name)
        if key:
            of, words = self._cited[stem], self._catalogue.define(f"{key}_date").label.removeprefix("date of ")
            return replace(of, name=name, label=f"{of.label}, on {words}", formula=f"on {words}: {of.formula}")
        return self._cited[name]

    def has(self, name: str) -> bool:
        """Whether the name belongs to a fact or an event."""
        return name in self._cited or bool(self.parted(name)[1])

    def parted(self, name: str) -> tuple[str, str]:
        """The name of a fact or event and the anchor on whose session it is meant, empty if it is the session's own."""
        stem, at, key = name.rpartition(AT)
        return (stem, key) if at and stem in self._cited and is_figure(f"{key}_date", self._catalogue) else (name, "")


class Cited:
    """The columns of facts and events over the sessions of some figures, which date what happened long ago."""

    def __init__(self, figures: Figures, facts: Sequence[Fact], calendars: Sequence[Calendar] = ()) -> None:
        self._figures = figures
        self._facts = tuple(facts)
        self._calendars = tuple(calendars)
        self._columns: dict[str, Column] = {}
        self._anchors: dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]] = {}

    @cached_property
    def names(self) -> CitedNames:
        """What each name means."""
        return CitedNames(self._figures.catalogue, self._facts, self._calendars)

    @cached_property
    def _sources(self) -> SourceColumns:
        return SourceColumns(self._facts, self._figures.sessions)

    @cached_property
    def _occasions(self) -> dict[str, Occasions]:
        return {one.key: Occasions(one, self._figures.sessions) for one in self._calendars}

    def values(self, name: str) -> Column:
        """The column; NaN where it is absent."""
        if name not in self._columns:
            self._columns[name] = self._column(name)
        return self._columns[name]

    def printed(self, name: str) -> Column:
        """The same: what is cited is printed as it was published."""
        return self.values(name)

    def evidence(self, name: str, row: int) -> tuple[PriceInput, ...]:
        """None: what is cited has a source instead of prices (`fact`)."""
        return ()

    def fact(self, name: str, row: int) -> Fact:
        """The fact or the calendar's entry that `name` quotes on that row; raises `UnknownFigureError` without one."""
        stem, key = self.names.parted(name)
        meaning, occasion = self._meant(stem)
        row = int(self._anchored(key)[row]) if key else row
        if row < 0:
            raise UnknownFigureError(name)
        if meaning:
            found = self._sources.fact(meaning, row)
        else:
            found = self._occasions[occasion[0]].entry(occasion[1], row) if occasion else None
        if found is None:
            raise UnknownFigureError(name)
        return found

    def citable(self, row: int) -> Iterable[Fact]:
        """All facts and entries of calendars that a sentence of that row may cite."""
        yield from self._facts
        past = [int(self._anchored(key)[row]) for key in ANCHORS if is_figure(f"{key}_date", self._figures.catalogue)]
        for one in self._occasions.values():
            yield from one.entries(row)
            yield from filter(None, (one.entry("today", then) for then in past if then >= 0))

    def _meant(self, name: str) -> tuple[Meaning | None, tuple[str, str] | None]:
        return self.names.meanings.get(name), self.names.occasions.get(name)

    def _anchored(self, key: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """For each session, the row of the anchor; -1 where there is none."""
        if key not in self._anchors:
            days = self._figures.values(f"{key}_date")
            rows = np.searchsorted(self._figures.sessions.astype("datetime64[D]").astype(np.float64), days)
            self._anchors[key] = np.where(np.isnan(days), -1, rows)
        return self._anchors[key]

    def _column(self, name: str) -> Column:
        stem, key = self.names.parted(name)
        if key:
            return np.append(self.values(stem), np.nan)[self._anchored(key)]
        meaning, occasion = self._meant(name)
        if meaning:
            return self._sources.column(meaning, self.names.define(name).vocabulary)
        if occasion:
            return self._occasions[occasion[0]].column(occasion[1])
        raise UnknownFigureError(name)


def fact_faults(facts: Sequence[Fact], taken: Callable[[str], bool], calendars: Sequence[Calendar] = ()) -> list[Fault]:
    """Names of facts and events that mean something else too: a rule that means the one would read the other.

    `taken` tells of a name whether it is that of a figure.
    """
    lines: dict[str, str] = {}
    for fact in facts:
        lines.setdefault(fact.key, fact.line)
    owned = [
        *(
            (definition.name, meaning.key, lines.get(meaning.key, ""))
            for meaning, definition in sources.meanings(facts)
        ),
        *((definition.name, one.key, one.line) for one in calendars for definition in occasions.definitions(one)),
    ]
    faults, owners = [], dict[str, str]()
    for name, key, line in owned:
        if taken(name):
            faults.append(Fault(line, f"'{name}' is the name of a figure; call the file's key or the value otherwise."))
        elif name in owners:
            faults.append(Fault(line, f"'{name}' is a name of '{owners[name]}' too; call one of them otherwise."))
        owners[name] = key
    return faults


def _of_events(calendars: Iterable[Calendar]) -> Iterator[FigureDefinition]:
    for calendar in calendars:
        yield from occasions.definitions(calendar)


def is_figure(name: str, catalogue: Catalogue) -> bool:
    """Whether the catalogue knows the name."""
    try:
        catalogue.define(name)
    except CommentaryError:
        return False
    return True
