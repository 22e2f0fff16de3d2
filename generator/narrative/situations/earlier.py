"""The figures of an earlier issue's test: whether it was passed, of which day it was, what it asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from generator.model import (
    Basis,
    Column,
    FigureDefinition,
    PriceInput,
    Trial,
    Unit,
)
from generator.narrative.situations.trials import Trials

EARLIER = "earlier_test_"
"""What the names of the figures of an earlier test begin with."""
_HOW = "the earlier issue's test, judged by its rule"
_WORDS = {
    "passed": (Unit.FLAG, "earlier test passed", f"whether {_HOW} was passed"),
    "failed": (Unit.FLAG, "earlier test failed", f"whether {_HOW} was failed"),
    "date": (Unit.DATE, "day of the earlier test", "session of the earlier issue that set the test judged now"),
    "name": (Unit.NAME, "earlier test", "name of the earlier issue's test judged now"),
    "says": (Unit.NAME, "what the earlier test asked", "what the earlier issue's test judged now asked"),
}


def names(trials: Iterable[Trial]) -> tuple[FigureDefinition, ...]:
    """The figures of an earlier test, for content whose cases set these tests."""
    set_by = list(trials)
    words = {"name": tuple(sorted({one.name for one in set_by})), "says": tuple(sorted({one.says for one in set_by}))}
    return tuple(
        FigureDefinition(f"{EARLIER}{key}", unit, Basis.NONE, 0, label, formula, (), words.get(key, ()))
        for key, (unit, label, formula) in _WORDS.items()
    )


class EarlierNames:
    """The names of an earlier test's figures."""

    def __init__(self, trials: Iterable[Trial]) -> None:
        self.trials = {definition.name: definition for definition in names(trials)}

    @property
    def known(self) -> Iterable[str]:
        """Every one of them."""
        return self.trials

    def has(self, name: str) -> bool:
        """Whether the name is one of them."""
        return name in self.trials

    def define(self, name: str) -> FigureDefinition:
        """What one of them means."""
        return self.trials[name]


class EarlierTest:
    """The columns of the test that an issue answers, over all sessions."""

    def __init__(self, trials: Trials, known: Iterable[Trial]) -> None:
        self._trials = trials
        self.names = EarlierNames(known)
        self._columns: dict[str, Column] = {}

    def values(self, name: str) -> Column:
        """The column; NaN where no test is answered."""
        if name not in self._columns:
            self._columns[name] = self._column(name.removeprefix(EARLIER), self.names.define(name).vocabulary)
        return self._columns[name]

    def printed(self, name: str) -> Column:
        """The same, as answers are not rounded."""
        return self.values(name)

    def evidence(self, name: str, row: int) -> tuple[PriceInput, ...]:
        """The prices behind every figure that the rule of the test names."""
        found = self._trials.due.get(row)
        return () if found is None else self._trials.evidence(found)

    def _column(self, key: str, vocabulary: Sequence[str]) -> Column:
        column = np.full(len(self._trials.sessions), np.nan)
        for row, found in self._trials.due.items():
            match key:
                case "passed" | "failed":
                    column[row] = float(found.passed is (key == "passed"))
                case "date":
                    column[row] = self._trials.sessions[found.made].astype("datetime64[D]").astype(np.float64)
                case _:
                    column[row] = vocabulary.index(getattr(found.trial, key))
        return column
