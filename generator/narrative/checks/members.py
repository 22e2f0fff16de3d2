"""Finds a group told of by its best or worst member, which hides which way the group went."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.errors import Fault
from generator.model import Flags, Fragment, Slot, Variant
from generator.narrative.checks.backing import marked
from generator.narrative.checks.cases import Rows, first_case
from generator.narrative.newsroom import Newsroom

_MEMBER = re.compile(r"(?P<group>\w+)_(?P<which>best|worst)_(?P<span>[a-z0-9]+)")
_WHICH_WAY = re.compile(
    r"\b(?:rose|rise|rises|gain|gains|gained|up|higher|fell|fall|falls|lost|loss|losses|lose|down|lower)\b"
)
SOME = 0.05
"""A member has moved if its move is printed as one."""


def member_faults(newsroom: Newsroom, fragment: Fragment, variant: Variant, rows: Rows) -> Iterator[Fault]:
    """The best member where it fell, and the worst where it rose."""
    for slot in variant.slots:
        yield from _unsaid(newsroom, variant, slot, rows)


def _unsaid(newsroom: Newsroom, variant: Variant, slot: Slot, rows: Rows) -> Iterator[Fault]:
    """A fault if the member can have moved the other way, and nothing in the wording says how any of them moved."""
    found = _MEMBER.fullmatch(slot.names[0])
    if not found or found["group"] not in newsroom.publication.universe.groups:
        return
    group, which, span = found["group"], found["which"], found["span"]
    told = re.compile(rf"{group}_(?:best_return|worst_return|second\w*_return|up|down)_{span}")
    if any(map(told.fullmatch, variant.figures)) or _WHICH_WAY.search(marked(variant)):
        return
    move = newsroom.figures.printed(f"{group}_{which}_return_{span}")[rows]
    other: Flags = move <= -SOME if which == "best" else move >= SOME
    if case := first_case(newsroom, rows, other):
        message = f"'{slot.names[0]}' is named, and that it moved the other way is not said"
        yield Fault(variant.source, f"{message}, as on {case.day} ({case.share}).")
