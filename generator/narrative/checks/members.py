"""Finds a group told of by its best or worst member, or by a count, that hides which way the group went."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from generator.errors import Fault
from generator.model import Flags, Fragment, Slot, Variant
from generator.narrative.checks.backing import MARK, marked, slots_after
from generator.narrative.checks.recency import Rows
from generator.narrative.newsroom import Newsroom

_MEMBER = re.compile(r"(?P<group>\w+)_(?P<which>best|worst)_(?P<span>[a-z0-9]+)")
_COUNT = re.compile(r"(?P<group>\w+)_(?:up|down)_(?P<span>[a-z0-9]+)")
_OF_THEM = re.compile(
    rf"{MARK} of (?!(?:the |their )?(?:seven|nine|ten|eleven)\b)(?:(?:them|its|their|the)\b ?)?(?P<next>{MARK})?"
)
_WHICH_WAY = re.compile(
    r"\b(?:rose|rise|rises|gain|gains|gained|up|higher|fell|fall|falls|lost|loss|losses|lose|down|lower)\b"
)
SOME = 0.05
"""A member has moved if its move is printed as one."""


def member_faults(newsroom: Newsroom, fragment: Fragment, variant: Variant, rows: Rows) -> Iterator[Fault]:
    """The best member where it fell, the worst where it rose, and “eleven of them” where there are eleven."""
    for slot in variant.slots:
        yield from _unsaid(newsroom, variant, slot, rows)
    text = marked(variant)
    for found in _OF_THEM.finditer(text):
        count, *following = (slot.names[0] for slot in slots_after(variant, text, found.start()))
        if not (found["next"] and following and re.search(r"_n_[a-z0-9]+$", following[0])):
            yield from _whole(newsroom, variant, count, rows)


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
    yield from _fault(
        newsroom, variant, rows, other, f"'{slot.names[0]}' is named, and that it moved the other way is not said"
    )


def _whole(newsroom: Newsroom, variant: Variant, name: str, rows: Rows) -> Iterator[Fault]:
    """A fault if the count can be that of all members, who are told as some of them."""
    found = _COUNT.fullmatch(name)
    if found and found["group"] in newsroom.publication.universe.groups:
        count = newsroom.figures.printed(name)[rows]
        every = newsroom.figures.printed(f"{found['group']}_n_{found['span']}")[rows]
        yield from _fault(
            newsroom, variant, rows, count == every, f"'{name}' of them is said where that is all of them"
        )


def _fault(newsroom: Newsroom, variant: Variant, rows: Rows, wrong: Flags, message: str) -> Iterator[Fault]:
    broken = np.flatnonzero(wrong)
    if len(broken):
        day = newsroom.figures.sessions[rows[int(broken[0])]]
        against = f"{len(broken):,} of the {len(rows):,} sessions on which it can be said"
        yield Fault(variant.source, f"{message}, as on {day} ({against}).")
