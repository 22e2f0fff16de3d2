"""The session on which a cited fact was measured, from which what has moved since is counted.

`small_return_since_bofa_valuation` runs from the last close up to the day that the fact of this key in force was
measured, `small_minus_sp500_since_last_bofa_valuation` from that of the newest fact, in force or not. Both are absent
where the fact is, and on the session of the measurement itself. Which fact speaks is said in `model.Measured`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from generator.figures.anchors import Anchor
from generator.figures.horizons import RowNumbers
from generator.figures.measure import Columns
from generator.model import Measured, Universe

LAST = "last_"
LONGEST_KEPT = 400
"""Days after which the newest fact of a key is too old to be its last word."""


def anchor_of(key: str, universe: Universe) -> Anchor | None:
    """The anchor of the facts with this key, `last_` before it for the newest of them; None if there are none."""
    bare = key.removeprefix(LAST)
    newest = bare != key and key not in universe.measured
    facts = universe.measured.get(bare if newest else key)
    if not facts:
        return None
    which = "newest" if newest else "cited"
    words = f"the last session up to the day on which the {which} {bare if newest else key} was measured"
    return Anchor(key, words, partial(_rows, facts, newest))


def _rows(facts: Sequence[Measured], newest: bool, columns: Columns) -> RowNumbers:
    sessions = columns.sessions.astype("datetime64[D]")
    found = np.full(sessions.size, -1)
    for fact in facts:  # the one that speaks where two overlap comes last
        begins = np.datetime64(fact.begins, "D")
        speaks = sessions >= begins
        if not newest:
            speaks &= sessions < np.datetime64(fact.expires, "D")
        kept = sessions <= begins + LONGEST_KEPT if newest else speaks
        row = int(np.searchsorted(sessions, np.datetime64(fact.day, "D"), side="right")) - 1
        found[speaks] = np.where(kept, row, -1)[speaks]
    return np.where(found < np.arange(sessions.size), found, -1)
