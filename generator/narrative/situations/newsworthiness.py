"""How rare it is that a rule holds, on any session, judged by the sessions before it alone.

Surprisal is -log2 of the share of past sessions on which the rule held, with one session of each kind
added to both counts (Laplace's rule of succession), so that an event without precedent is rare but not infinitely so.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2
from typing import TypeVar

import numpy as np

from generator.model import Flags

_T = TypeVar("_T")


class Axis:
    """The sessions on which a kind of article appears: rarity, turns and "the nth time" count these alone."""

    def __init__(self, appears: Flags) -> None:
        self.appears = appears
        self.rows = np.flatnonzero(appears)
        self._places: list[int] | None = None if appears.all() else np.append(0, np.cumsum(appears)).tolist()

    def place(self, row: int) -> int:
        """How many articles there were before the session on `row`; in all, for the row after the last."""
        return row if self._places is None else self._places[row]


@dataclass(frozen=True)
class RulePast:
    """The sessions on which a rule held; each method is about one session, `row`, and counts earlier ones."""

    held: Flags
    first_row: int
    """Row of the first session on which every figure of the rule was there; -1 if none."""
    axis: Axis

    @classmethod
    def of(cls, held: Flags, present: Flags, axis: Axis | None = None) -> RulePast:
        """The past of a rule that held on the sessions `held`, among those on which it could (`present`).

        Without an axis every session counts.
        """
        axis = axis or Axis(np.ones(len(held), dtype=np.bool_))
        present = present & axis.appears
        return cls(held & axis.appears, int(np.argmax(present)) if present.any() else -1, axis)

    @cached_property
    def _rows(self) -> array[int]:
        """The rows on which it held."""
        return _rows(self.held)

    @cached_property
    def _turns(self) -> tuple[array[int], array[int]]:
        """The even and the odd places on which it held, each halved."""
        held = self.held[self.axis.rows]
        return _rows(held[::2]), _rows(held[1::2])

    def times_before(self, row: int) -> int:
        """Earlier sessions on which it held."""
        return bisect_left(self._rows, row)

    def turns_before(self, row: int) -> int:
        """Earlier sessions on which it held that lie an even number of sessions back."""
        place = self.axis.place(row)
        return bisect_left(self._turns[place % 2], place // 2)

    def chances_before(self, row: int) -> int:
        """Earlier sessions, from the first on which every figure of the rule was present.

        So a figure that is present only on rare days (that of a cited decision) makes its rule rare, not certain.
        """
        return max(self.axis.place(row) - self.axis.place(self.first_row), 0) if self.first_row >= 0 else 0

    def last_row(self, row: int) -> int:
        """Row of the last earlier session on which it held; -1 if none."""
        times = self.times_before(row)
        return self._rows[times - 1] if times else -1

    def sessions_held(self, row: int) -> int:
        """Length of the run of sessions, up to this one, on which it has held."""
        back = self.held[self.axis.rows][: self.axis.place(row) + 1][::-1]
        return len(back) if back.all() else int(np.argmin(back))

    def in_turn(self, wordings: Sequence[_T], row: int) -> tuple[_T, ...]:
        """The wordings that may be used on this session, beginning with the one whose turn it is.

        They take turns by the number of past firings. Those at odd places are used only on every second session, those
        at even places on the others, and each half counts its own sessions. So two sessions in a row never share a
        wording, whichever had to be skipped, and nothing needs to be remembered.
        """
        if len(wordings) == 1:
            return tuple(wordings)
        pool = wordings[self.axis.place(row) % 2 :: 2]
        first = self.turns_before(row) % len(pool)
        return (*pool[first:], *pool[:first])

    def surprisal(self, row: int, times: int | None = None) -> float:
        """Surprisal of the rule on this session, in bits; `times` is `times_before`, if already known."""
        before = self.times_before(row) if times is None else times
        return -log2((before + 1) / (self.chances_before(row) + 2))


def _rows(held: Flags) -> array[int]:
    return array("i", np.flatnonzero(held).astype(np.intc).tobytes())
