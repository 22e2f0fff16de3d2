"""The sessions on which a wording can be said, and the first of those on which it would be wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.model import Flags
from generator.narrative.newsroom import Newsroom

Rows = NDArray[np.int64]
"""The sessions, by their place among all, on which a wording can be said."""


@dataclass(frozen=True, slots=True)
class Case:
    """The first session on which a wording that can be said would be wrong."""

    row: int
    """Its place among all sessions."""
    day: np.datetime64
    share: str
    """On how many sessions it would be wrong, of those on which it can be said."""


def first_case(newsroom: Newsroom, rows: Rows, wrong: Flags) -> Case | None:
    """The first of the rows on which it is wrong; None if it is on none."""
    found = rows[wrong]
    if not len(found):
        return None
    share = f"{len(found):,} of the {len(rows):,} sessions on which it can be said"
    return Case(int(found[0]), newsroom.figures.sessions[found[0]], share)


def fewest(wrong: Mapping[str, Flags]) -> str:
    """Of several figures, of which one has to be right, that which is wrong on the fewest sessions."""
    return min(wrong, key=lambda name: int(wrong[name].sum()))
