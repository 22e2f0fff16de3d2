"""Turns readings into columns: of each, how many signals hold, how many do not, how many are known.

A rule or a sentence can name a count (`falling_rates_for`) or one signal (`falling_rates_yield_down`) just as it names
a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from generator.model import Basis, Catalogue, Column, FigureDefinition, Figures, PriceInput, Reading, Signal, Unit
from generator.narrative.situations.rules import Rule, read_rule

LEAST = 4
"""The fewest known signals on which anything is counted."""
COUNTS = {
    "for": ("signals that hold", "how many hold"),
    "against": ("signals that do not hold", "how many are known and do not hold"),
    "signals": ("signals known", "how many are known"),
}
"""How the name of each count ends, with its label and its formula."""


class Read(NamedTuple):
    """What a name means: a count over a reading's signals, or one of them."""

    reading: Reading
    what: str
    """`for`, `against` or `signals`; empty for one signal."""
    signals: tuple[Signal, ...]


def names_of(reading: Reading) -> dict[str, Read]:
    """Every name that a reading gives, with its meaning: the counts, then the signals."""
    counts = {f"{reading.key}_{count}": Read(reading, count, reading.signals) for count in COUNTS}
    return {f"{reading.key}_{one.key}": Read(reading, "", (one,)) for one in reading.signals} | counts


class ReadingNames:
    """The names that readings give, whose rules name figures of a catalogue."""

    def __init__(self, catalogue: Catalogue, readings: Sequence[Reading]) -> None:
        self._catalogue = catalogue
        self._read = {name: read for reading in readings for name, read in names_of(reading).items()}
        self._rules: dict[Signal, Rule] = {}

    @property
    def known(self) -> Iterable[str]:
        """Every name that the readings give."""
        return self._read

    def has(self, name: str) -> bool:
        """Whether a reading gives the name."""
        return name in self._read

    def read(self, name: str) -> Read:
        """What one of the names means."""
        return self._read[name]

    def rule(self, signal: Signal) -> Rule:
        """The signal's rule; raises `ContentError`."""
        if signal not in self._rules:
            self._rules[signal] = read_rule(signal.when, self._catalogue, signal.line)
        return self._rules[signal]

    def figures(self, read: Read) -> tuple[str, ...]:
        """The figures that its signals name, each once."""
        return tuple(dict.fromkeys(name for signal in read.signals for name in self.rule(signal).names))

    def define(self, name: str) -> FigureDefinition:
        """The definition of one of the names; raises `ContentError` for a rule that cannot be read."""
        read = self._read[name]
        parts = (self._catalogue.define(figure) for figure in self.figures(read))
        symbols = tuple(dict.fromkeys(symbol for part in parts for symbol in part.symbols))
        pattern = _words(read.reading.key)
        if not read.what:
            (signal,) = read.signals
            label, formula = f"{pattern}: {_words(signal.key)}", f"whether {signal.when}"
            return FigureDefinition(name, Unit.FLAG, Basis.NONE, 0, label, formula, symbols)
        what, how = COUNTS[read.what]
        listed = ", ".join(_words(signal.key) for signal in read.signals)
        formula = f"{how} of the {len(read.signals)} signals {listed}; absent where fewer than {LEAST} are known"
        flags = tuple(f"{read.reading.key}_{signal.key}" for signal in read.signals)
        label = f"{pattern}, {what}"
        return FigureDefinition(name, Unit.COUNT, Basis.NONE, 0, label, formula, symbols, signals=flags)


class Readings:
    """The columns of readings over some figures."""

    def __init__(self, figures: Figures, readings: Sequence[Reading]) -> None:
        self._figures = figures
        self._readings = tuple(readings)
        self._columns: dict[str, Column] = {}

    @cached_property
    def names(self) -> ReadingNames:
        """What each name means."""
        return ReadingNames(self._figures.catalogue, self._readings)

    def values(self, name: str) -> Column:
        """The column; a signal is NaN where a figure that its rule names is absent."""
        if name not in self._columns:
            read = self.names.read(name)
            self._columns[name] = self._counted(read) if read.what else self._flag(*read.signals)
        return self._columns[name]

    def printed(self, name: str) -> Column:
        """The same, as counts and flags are not rounded."""
        return self.values(name)

    def evidence(self, name: str, row: int) -> tuple[PriceInput, ...]:
        """The prices behind every figure that its signals name."""
        if np.isnan(self.values(name)[row]):
            return ()
        behind = (self._figures.evidence(figure, row) for figure in self.names.figures(self.names.read(name)))
        return tuple(dict.fromkeys(quote for quotes in behind for quote in quotes))

    def _flag(self, signal: Signal) -> Column:
        held, present = self.names.rule(signal).evaluated(self._figures)
        return np.where(present, held.astype(np.float64), np.nan)

    def _counted(self, read: Read) -> Column:
        flags = np.array([self.values(f"{read.reading.key}_{signal.key}") for signal in read.signals])
        known = np.sum(~np.isnan(flags), axis=0)
        held = np.nansum(flags, axis=0)
        counts: Mapping[str, Column] = {"for": held, "against": known - held, "signals": known.astype(np.float64)}
        return np.where(known >= LEAST, counts[read.what], np.nan)


def _words(key: str) -> str:
    return key.replace("_", " ")
