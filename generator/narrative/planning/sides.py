"""The two sides for and against: one or two passages each, of like length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from generator.model import OutlinePart
from generator.narrative.newsroom import Said
from generator.narrative.planning.openings import add, opened, take, thin
from generator.narrative.planning.planned import Chosen, Plan

_ALIKE = 0.75
"""The shorter of the two sides has at least this share of the longer one's words."""
_ANSWERS = 1.3
"""How much more a pair is worth whose second side takes up what the first found."""


@dataclass(frozen=True, slots=True)
class _Side:
    """A way to fill one of the two sides: what it states and the topics it takes, its length, its worth."""

    chosen: tuple[Chosen, ...]
    states: Said
    barred: Said
    words: int
    worth: float

    def __add__(self, other: _Side) -> _Side:
        states, barred = self.states | other.states, self.barred | other.barred
        return _Side(self.chosen + other.chosen, states, barred, self.words + other.words, self.worth + other.worth)


def take_sides(made: Plan, sides: Sequence[OutlinePart]) -> None:
    """One or two fragments for each side, so that the two sides come out of like length."""
    first, second = (_ways(made, part) for part in sides)
    best = _best_pair(made, first, second)
    if best is None:
        for part in sides:
            take(made, part, 1)
        return
    for part, side in zip(sides, best, strict=True):
        for chosen in side.chosen:
            add(made, part, chosen)


def _best_pair(made: Plan, first: Iterable[_Side], second: Sequence[_Side]) -> tuple[_Side, _Side] | None:
    """Two sides that repeat nothing of each other: of like length if any are, and of those the most newsworthy, where
    an answer counts for more.
    """
    best, merit = None, (False, -1.0)
    for one in first:
        for other in second:
            shorter, longer = (one.words, other.words) if one.words < other.words else (other.words, one.words)
            likeness = shorter / (longer or 1)
            alike = likeness >= _ALIKE
            worth = (alike, (one.worth + other.worth if alike else likeness) * _answers(made, one, other))
            if worth > merit and not one.barred & other.states:
                best, merit = (one, other), worth
    return best


def _answers(made: Plan, one: _Side, other: _Side) -> float:
    """What a pair is worth more by, if a line of the second that is said below the first takes up what that found."""
    found = [chosen.fragment.finds for chosen in one.chosen if chosen.fragment.finds]
    said = (
        line
        for chosen in other.chosen
        if found
        for line in made.lines(chosen.candidate, chosen.variants[0], made.said | one.states, found)
    )
    return _ANSWERS if any(line.link and line.link.meets(found) for line in said) else 1.0


def _ways(made: Plan, part: OutlinePart) -> list[_Side]:
    """Ways to fill one side: one of its best fragments, or two that do not repeat each other."""
    wanted = set(made.tonight.wanted(part.key))
    openings = sorted(opened(made, part), key=lambda one: one.fragment.key not in wanted)
    single = [_side(made, chosen) for chosen in openings if not thin(made, chosen)][:6]
    double = [one + other for one, other in combinations(single, 2) if not one.barred & other.states]
    ways = single + double if part.maximum > 1 else single
    return [one for one in ways if wanted <= {chosen.fragment.key for chosen in one.chosen}] or ways


def _side(made: Plan, chosen: Chosen) -> _Side:
    topic = chosen.fragment.topic
    told = made.tonight.statements.bit(("topic", topic)) if topic else 0
    first = chosen.variants[0]
    states, barred = made.tonight.statements.said(first) | told, made.tonight.statements.barred(first) | told
    return _Side((chosen,), states, barred, made.length(chosen), chosen.candidate.score)
