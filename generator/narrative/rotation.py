"""How often a rule has held before; the order in which its wordings are tried.

Wordings take turns by the count of past firings. Those with an odd place in the list speak only on every
second session, those with an even place on the others, and each half counts its own sessions: two sessions
in a row can never share a wording, whichever of them had to be passed over, and nothing needs to be remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from generator.model import Flags

_T = TypeVar("_T")


def in_turn(wordings: Sequence[_T], held: Flags, row: int) -> tuple[_T, ...]:
    """The wordings of a rule that `held` which may speak on session `row`, the one whose turn it is first."""
    if len(wordings) == 1:
        return tuple(wordings)
    half = row % 2
    pool = wordings[half::2]
    first = int(np.count_nonzero(held[half:row:2])) % len(pool)
    return (*pool[first:], *pool[:first])
