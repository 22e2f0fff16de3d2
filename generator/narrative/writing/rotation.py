"""The order in which a rule's wordings are tried on a session.

Wordings take turns by the number of past firings. Those at odd places in the list are used only on every second
session, those at even places on the others, and each half counts its own sessions. So two sessions in a row can never
share a wording, whichever ones had to be skipped, and nothing needs to be remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from generator.narrative.situations.newsworthiness import RulePast

_T = TypeVar("_T")


def in_turn(wordings: Sequence[_T], past: RulePast, row: int) -> tuple[_T, ...]:
    """The wordings that may be used on session `row`, beginning with the one whose turn it is."""
    if len(wordings) == 1:
        return tuple(wordings)
    pool = wordings[past.axis.place(row) % 2 :: 2]
    first = past.turns_before(row) % len(pool)
    return (*pool[first:], *pool[:first])
