"""Which wording's turn it is, on every session at once, and which wordings never get a turn.

It computes as columns what `Tonight.wordings` says for one session, so that all of history can be checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from generator.errors import Fault
from generator.model import Flags, Fragment, Variant
from generator.narrative.newsroom import Newsroom
from generator.narrative.situations.baserates import told
from generator.narrative.situations.newsworthiness import RulePast
from generator.narrative.writing.script import OWN_PAST
from generator.narrative.writing.to_date import told_of

Turn = NDArray[np.int64]
"""Per session, the place of the wording that would be used; -1 if none can be."""


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of one newsroom's wordings; whether a figure is present is looked up only once."""

    newsroom: Newsroom
    _there: dict[str, Flags] = field(default_factory=dict)

    def fillable(self, variant: Variant, fragment: Fragment) -> Flags:
        """The sessions on which the wording has every figure it needs; for a list, one figure is enough."""
        found: Flags = np.ones(len(self.newsroom.figures.sessions), dtype=np.bool_)
        for slot in (slot for line in variant.required for slot in line.slots):
            there: Turn = np.sum([self.present(name, fragment) for name in slot.names], axis=0)
            found &= np.greater_equal(there, 1 if slot.many else len(slot.names))
        return found

    def present(self, name: str, fragment: Fragment) -> Flags:
        """The sessions on which the name has something to print."""
        if told(name):
            return self.newsroom.recall.there(fragment, name)
        if name == "last_time":
            past = self.newsroom.recall.past(fragment)
            return np.greater(np.arange(len(past.held)), np.argmax(past.held)) & past.held.any()
        if name not in self._there:
            publication = self.newsroom.publication
            always = name in publication.universe.segments or name in publication.lexicon.terms or name in OWN_PAST
            sessions = np.ones(len(self.newsroom.figures.sessions), dtype=np.bool_)
            self._there[name] = sessions if always else self._told(name)
        return self._there[name]

    def _told(self, name: str) -> Flags:
        figures = self.newsroom.figures
        return told_of(name, figures.printed(name), figures.sessions)

    def first(self, fragment: Fragment, part: str) -> Turn:
        """Per session on which the rule holds, the first of the part's wordings, in turn, that can be filled."""
        past = self.newsroom.pasts[fragment.key]
        found = np.full(len(past.held), -1)
        variants = fragment.parts.get(part, ())
        if not variants or not past.held.any():
            return found
        ready = np.array([self.fillable(variant, fragment) for variant in variants])
        for half in (0, 1):
            pool, rows = _half(len(variants), half), _rows(past, half)
            if not len(rows):
                continue
            order = (np.arange(len(rows)) + np.arange(len(pool))[:, None]) % len(pool)
            usable = np.take_along_axis(ready[np.ix_(pool, rows)], order, axis=0)
            turn = pool[order[usable.argmax(axis=0), np.arange(len(rows))]]
            found[rows] = np.where(usable.any(axis=0), turn, -1)
        return found

    def speaks(self, fragment: Fragment, parts: tuple[str, ...]) -> Flags:
        """The sessions on which the rule holds and each of the parts has a wording that can be filled."""
        return np.asarray(np.all([self.first(fragment, part) >= 0 for part in parts], axis=0))


def idle_faults(turns: Turns, fragment: Fragment) -> Iterator[Fault]:
    """Wordings that are never used, although their rule held often enough to give each of them a turn."""
    past = turns.newsroom.pasts[fragment.key]
    for part, variants in fragment.parts.items():
        spoken = set(np.unique(turns.first(fragment, part)).tolist())
        for place, variant in enumerate(variants):
            half = place % 2
            due = len(_rows(past, half)) if len(variants) > 1 else int(past.held.sum())
            if place not in spoken and due >= len(_half(len(variants), half)):
                yield Fault(variant.source, _why_idle(turns, variant, fragment))


def _why_idle(turns: Turns, variant: Variant, fragment: Fragment) -> str:
    past = turns.newsroom.pasts[fragment.key]
    times = f"{past.held.sum():,} session{'' if past.held.sum() == 1 else 's'}"
    if turns.fillable(variant, fragment)[past.held].any():
        return f"never gets a turn: the rule held on {times}, but whenever its turn came, a figure of it was absent."
    names = [name for slot in variant.slots for name in slot.names]
    absent = [name for name in names if not turns.present(name, fragment)[past.held].any()]
    which = f"'{absent[0]}' is absent" if absent else "one figure or another of it is absent"
    return f"never gets a turn: on each of the {times} on which the rule held, {which}."


def _half(wordings: int, half: int) -> NDArray[np.int64]:
    """The places of the wordings for every second session (`RulePast.in_turn`); a single wording serves them all."""
    return np.arange(half, wordings, 2) if wordings > 1 else np.zeros(1, dtype=np.int64)


def _rows(past: RulePast, half: int) -> NDArray[np.int64]:
    """The rows of that half on which the rule held."""
    rows = past.axis.rows[half::2]
    return rows[past.held[rows]]
