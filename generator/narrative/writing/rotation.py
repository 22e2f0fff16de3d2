"""The order in which a rule's wordings are tried on a session.

Wordings take turns by the count of past firings. Those with an odd place in the list speak only on every
second session, those with an even place on the others, and each half counts its own sessions: two sessions
in a row can never share a wording, whichever of them had to be passed over, and nothing needs to be remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from generator.narrative.situations.newsworthiness import RulePast

_T = TypeVar("_T")


def in_turn(wordings: Sequence[_T], past: RulePast, row: int) -> tuple[_T, ...]:
    """The wordings that may speak on session `row`, the one whose turn it is first."""
    if len(wordings) == 1:
        return tuple(wordings)
    pool = wordings[past.axis.place(row) % 2 :: 2]
    first = past.turns_before(row) % len(pool)
    return (*pool[first:], *pool[:first])
