"""A rule's column in; how rare it is out, on any session, from the sessions before it alone.

Surprisal is -log2 of the share of past sessions on which the rule held, with one session of each kind
added to both counts (Laplace's rule of succession), so that what never happened is rare but not infinite.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2

import numpy as np

from generator.model import Flags


@dataclass(frozen=True, slots=True)
class RulePast:
    """The sessions on which a rule held; each question is put for one session, `row`, and counts what lies before."""

    held: Flags
    first_row: int
    """Row of the first session on which every figure of the rule was there; -1 if none."""

    @classmethod
    def of(cls, held: Flags, present: Flags) -> RulePast:
        """The past of a rule that held on the sessions `held`, among those on which it could (`present`)."""
        return cls(held, int(np.argmax(present)) if present.any() else -1)

    def times_before(self, row: int) -> int:
        """Earlier sessions on which it held."""
        return int(np.count_nonzero(self.held[:row]))

    def turns_before(self, row: int) -> int:
        """Earlier sessions on which it held that lie an even number of sessions back."""
        return int(np.count_nonzero(self.held[row % 2 : row : 2]))

    def chances_before(self, row: int) -> int:
        """Earlier sessions, from the first on which every figure of the rule was there.

        A figure that is there on rare days alone (a cited decision's) makes its rule rare, not certain.
        """
        return max(row - self.first_row, 0) if self.first_row >= 0 else 0

    def last_row(self, row: int) -> int:
        """Row of the last earlier session on which it held; -1 if none."""
        back = self.held[:row][::-1]
        steps = int(np.argmax(back)) if row else 0
        return row - 1 - steps if row and back[steps] else -1

    def sessions_held(self, row: int) -> int:
        """Length of the run of sessions, up to this one, on which it has held."""
        back = self.held[: row + 1][::-1]
        return len(back) if back.all() else int(np.argmin(back))

    def surprisal(self, row: int) -> float:
        """Bits of the rule holding on this session."""
        return -log2((self.times_before(row) + 1) / (self.chances_before(row) + 2))
