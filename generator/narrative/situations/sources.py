"""Cited facts as columns: what is in force on a session, and what was the newest of its kind.

`fed_decision_upper` holds while its fact does; `last_fed_decision_upper` is that of the newest fact that has begun,
until the next one; `fed_decision_sessions_since` counts from the session on which that one began. Where two facts of
a key overlap, the newer one speaks alone: a value that it lacks is absent, because two sources are never mixed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from generator.model import NOTED, Basis, Column, Days, Fact, FigureDefinition, Unit

LAST = "last_"
SINCE = "sessions_since"
LONGEST_KEPT = 400
"""Days after which the newest fact of a key is too old to be its last word."""
LONGEST_AGO = 20
"""Sessions after which the beginning of a fact is no longer told."""
EPOCH = date(1970, 1, 1)
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name of a fact stands for."""

    key: str
    value: str = ""
    """The name of the value; empty for the flag of a note and for the count of sessions."""
    newest: bool = False
    """Whether it is the newest fact's, however long ago it ended."""


def meanings(facts: Sequence[Fact]) -> Iterator[tuple[Meaning, FigureDefinition]]:
    """Every name that the facts give, with its meaning."""
    values: dict[str, dict[str, list[Decimal | str | date]]] = {key: {name: [] for name in NOTED[key]} for key in NOTED}
    for fact in facts:
        of_key = values.setdefault(fact.key, {})
        for name, value in fact.values.items():
            of_key.setdefault(name, []).append(value)
    for key, of_key in values.items():
        for name, found in of_key.items():
            unit = NOTED.get(key, {}).get(name)
            yield Meaning(key, name), _definition(f"{key}_{name}", found, unit, "cited fact", "as published")
            formula = "as published, of the newest fact so far"
            yield (
                Meaning(key, name, newest=True),
                _definition(f"{LAST}{key}_{name}", found, unit, "newest cited fact", formula),
            )
        label, formula = f"sessions since the newest {key}", "sessions from that on which the newest fact began"
        yield (
            Meaning(key, newest=True),
            FigureDefinition(f"{key}_{SINCE}", Unit.COUNT, Basis.NONE, 0, label, formula, ()),
        )
        if key in NOTED:
            label, formula = "a note of the session", "an editor noted what somebody said of the session"
            yield Meaning(key), FigureDefinition(f"{key}_today", Unit.FLAG, Basis.NONE, 0, label, formula, ())


def _definition(
    name: str, values: Sequence[Decimal | str | date], noted: Unit | None, label: str, formula: str
) -> FigureDefinition:
    words = tuple(dict.fromkeys(value for value in values if isinstance(value, str)))
    unit = noted or (Unit.NAME if words else Unit.CITED)
    numbers = [value.as_tuple().exponent for value in values if isinstance(value, Decimal)]
    decimals = max(0, -min((places for places in numbers if isinstance(places, int)), default=0))
    return FigureDefinition(name, unit, Basis.NONE, decimals, label, formula, (), words, noted=noted is not None)


def number_of(value: Decimal | str | date, vocabulary: Sequence[str]) -> float:
    """The number that stands for a fact's value in a column: a word's place among all, a day's count from 1970."""
    if isinstance(value, str):
        return vocabulary.index(value)
    return float((value - EPOCH).days if isinstance(value, date) else value)


class SourceColumns:
    """Cited facts over sessions."""

    def __init__(self, facts: Sequence[Fact], sessions: Days) -> None:
        self._facts, self._sessions = facts, sessions
        self._places: dict[tuple[str, bool], Places] = {}

    def column(self, meaning: Meaning, vocabulary: Sequence[str]) -> Column:
        """The column of a name; NaN where it is absent."""
        places = self._of(meaning)
        if not meaning.value:
            return self._since(meaning.key, places) if meaning.newest else (places >= 0).astype(np.float64)
        numbers = [np.nan]
        for fact in self._by_key.get(meaning.key, ()):
            value = fact.values.get(meaning.value)
            numbers.append(np.nan if value is None else number_of(value, vocabulary))
        return np.array(numbers)[places + 1]

    def fact(self, meaning: Meaning, row: int) -> Fact | None:
        """The fact that a name quotes on that row."""
        place = int(self._of(meaning)[row])
        return self._by_key[meaning.key][place] if place >= 0 else None

    def _of(self, meaning: Meaning) -> Places:
        """Per session, the place among the key's facts of the one that speaks; -1 if none does."""
        wanted = (meaning.key, meaning.newest)
        if wanted not in self._places:
            self._places[wanted] = self._speaking(*wanted)
        return self._places[wanted]

    def _speaking(self, key: str, newest: bool) -> Places:
        places = np.full(len(self._sessions), -1)
        for place, fact in enumerate(self._by_key.get(key, ())):  # oldest first, so that the newest has the last word
            begun = self._sessions >= np.datetime64(fact.begins)
            places[begun if newest else begun & (self._sessions < np.datetime64(fact.expires))] = place
        if newest:
            kept = self._begins(key)[places] + LONGEST_KEPT >= self._sessions
            places[~kept] = -1
        return places

    def _begins(self, key: str) -> Days:
        """The first day of each of the key's facts, and no day for the place -1."""
        days = [np.datetime64(fact.begins, "D") for fact in self._by_key.get(key, ())]
        return np.array([*days, np.datetime64("NaT")], dtype="datetime64[D]")

    def _since(self, key: str, places: Places) -> Column:
        """Sessions since the one on which the newest fact began; absent where that was before the first session."""
        begins = self._begins(key)[places]
        ago = np.arange(len(places)) - np.searchsorted(self._sessions, begins).astype(np.float64)
        known = (places >= 0) & (begins >= self._sessions[:1])
        return np.where(known & (ago <= LONGEST_AGO), ago, np.nan)

    @cached_property
    def _by_key(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = {}
        for fact in sorted(self._facts, key=lambda fact: (fact.as_of, fact.published, fact.id)):
            found.setdefault(fact.key, []).append(fact)
        return found
