"""Finds words for something that hardly moved where it did move."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

import numpy as np

from generator.errors import Fault
from generator.model import Fragment, Still, Variant
from generator.narrative.checks.backing import any_of, behind, marked
from generator.narrative.checks.recency import Rows
from generator.narrative.newsroom import Newsroom


def still_faults(newsroom: Newsroom, fragment: Fragment, variant: Variant, rows: Rows) -> Iterator[Fault]:
    """“Hardly moved”, unless one figure behind the wording stays within its limit on every session."""
    still = newsroom.publication.lexicon.still
    text = marked(variant)
    said = next((one for one in any_of(still.words).finditer(text) if not text[: one.start()].endswith("not ")), None)
    if said is None:
        return
    limits = sorted(
        (name, most) for name in behind(fragment, variant) if (most := _limit(still, name.removesuffix("_before")))
    )
    if not limits:
        yield Fault(variant.source, f"'{said[0]}' is said, and no figure behind it tells how far that moved.")
        return
    sizes = [(name, most, np.abs(newsroom.figures.printed(name)[rows])) for name, most in limits]
    wide = [(name, most, size, np.flatnonzero(~(size <= most))) for name, most, size in sizes]
    name, most, size, broken = min(wide, key=lambda one: len(one[3]))
    if len(broken):
        row = int(broken[0])
        day = newsroom.figures.sessions[rows[row]]
        against = f"{len(broken):,} of the {len(rows):,} sessions on which it can be said"
        message = f"'{said[0]}' is said of moves up to {most:g}, but on {day} '{name}' was {size[row]:g} ({against})."
        yield Fault(variant.source, message)


def _limit(still: Still, name: str) -> float | None:
    return next((most for pattern, most in still.limits.items() if fnmatchcase(name, pattern)), None)
