"""For each session, how much of the article its readers had already read on the sessions before."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from generator.replay.tally import Tally

MEMORY = 20
"""How many sessions a reader is assumed to remember."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """Shares of an article's sentences, numbers blanked."""

    day: float
    """The share that also appeared on the session before."""
    twenty: float
    """The share that also appeared on any of the twenty sessions before."""
    again: tuple[str, ...]
    """Keys of the sentences that appeared on any of those twenty."""


def repetitions(tallies: Sequence[Tally]) -> list[Repetition]:
    """One for each tally, in order; the first repeats nothing."""
    found = []
    before: deque[frozenset[str]] = deque(maxlen=MEMORY)
    for tally in tallies:
        yesterday = before[-1] if before else frozenset[str]()
        remembered = frozenset[str]().union(*before)
        again = tuple(dict.fromkeys(key for key in tally.sentences if key in remembered))
        count = len(tally.sentences) or 1
        day = sum(key in yesterday for key in tally.sentences)
        twenty = sum(key in remembered for key in tally.sentences)
        found.append(Repetition(round(day / count, 4), round(twenty / count, 4), again))
        before.append(frozenset(tally.sentences))
    return found
