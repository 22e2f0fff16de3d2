"""A rule's column in; how rare it is out, session by session, from its own past alone.

Surprisal is -log2 of the share of past sessions on which the rule held, with one session of each kind
added to both counts (Laplace's rule of succession), so that what never happened is rare but not infinite.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.model import Column, Flags

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule's past on every session: all arrays have one element per session."""

    held: Flags
    surprisal: Column
    """Bits, of the rule holding on that session, from the sessions before it."""
    times_before: Counts
    chances_before: Counts
    """Earlier sessions, from the first on which every figure of the rule was there."""
    last_row: Counts
    """Row of the last earlier session on which it held; -1 if none."""
    sessions_held: Counts
    """Length of the present run of sessions on which it has held."""
    first_row: int
    """Row of the first session on which every figure of the rule was there; -1 if none."""


def standing(held: Flags, present: Flags) -> Standing:
    """The past of a rule that held on the sessions `held`, among those on which it could (`present`)."""
    rows = np.arange(len(held))
    times: Counts = np.cumsum(held) - held
    last = np.maximum.accumulate(np.where(held, rows, -1))
    before = np.concatenate(([-1], last[:-1]))
    broken = np.maximum.accumulate(np.where(held, -1, rows))
    first = int(np.argmax(present)) if present.any() else -1
    # A figure that is there on rare days alone (the date of a fact) makes its rule rare, not certain.
    chances: Counts = np.maximum(rows - first, 0) if first >= 0 else np.zeros(len(held), dtype=np.int64)
    surprisal = -np.log2((times + 1) / (chances + 2))
    return Standing(held, surprisal, times, chances, before, np.where(held, rows - broken, 0), first)
