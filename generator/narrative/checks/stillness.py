"""Finds words for something that hardly moved where it did move."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

import numpy as np

from generator.errors import Fault
from generator.model import Fragment, Still, Variant
from generator.narrative.checks.backing import any_of, behind, marked
from generator.narrative.checks.cases import Rows, fewest, first_case
from generator.narrative.newsroom import Newsroom


def still_faults(newsroom: Newsroom, fragment: Fragment, variant: Variant, rows: Rows) -> Iterator[Fault]:
    """“Hardly moved”, unless one figure behind the wording stays within its limit on every session."""
    still = newsroom.publication.lexicon.still
    text = marked(variant)
    said = next((one for one in any_of(still.words).finditer(text) if not text[: one.start()].endswith("not ")), None)
    if said is None:
        return
    names = sorted(behind(fragment, variant))
    limits = {name: most for name in names if (most := _limit(still, name.removesuffix("_before")))}
    if not limits:
        yield Fault(variant.source, f"'{said[0]}' is said, and no figure behind it tells how far that moved.")
        return
    sizes = {name: np.abs(newsroom.figures.printed(name)) for name in limits}
    wide = {name: ~(sizes[name][rows] <= most) for name, most in limits.items()}
    name = fewest(wide)
    if case := first_case(newsroom, rows, wide[name]):
        but = f"on {case.day} '{name}' was {sizes[name][case.row]:g} ({case.share})"
        yield Fault(variant.source, f"'{said[0]}' is said of moves up to {limits[name]:g}, but {but}.")


def _limit(still: Still, name: str) -> float | None:
    return next((most for pattern, most in still.limits.items() if fnmatchcase(name, pattern)), None)
