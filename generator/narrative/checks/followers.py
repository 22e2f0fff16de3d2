"""Finds lines that begin with “it” or “the index” where the sentence before them can be about something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from generator.errors import ContentError, Fault
from generator.model import Flags, Fragment, Variant
from generator.narrative.checks.cases import first_case
from generator.narrative.checks.lines import key_of
from generator.narrative.checks.proof import sayable
from generator.narrative.newsroom import Newsroom
from generator.narrative.writing.referents import ends_about, goes_on


def follower_faults(newsroom: Newsroom, fragments: Iterable[Fragment]) -> Iterator[Fault]:
    """Of fragments as they are written; the newsroom has them line by line."""
    for fragment in fragments:
        try:
            wordings = [wording for part in fragment.parts.values() for wording in part]
        except ContentError:  # reported where the words are parsed
            continue
        for wording in wordings:
            first = [replace(wording, then=())] if wording.worded else []
            lines = [*first, *wording.then]
            for place in range(len(first), len(lines)):
                yield from _misread(newsroom, fragment, lines[:place], lines[place])


def _misread(newsroom: Newsroom, fragment: Fragment, before: list[Variant], line: Variant) -> Iterator[Fault]:
    """A fault if a line that may stand right before is about another segment; those between are left out then."""
    if not (going_on := goes_on(newsroom.publication, line)):
        return
    begins, of = going_on
    left = _said(newsroom, fragment, line)
    rows = np.flatnonzero(left)
    for one in reversed(before):
        here = left & _said(newsroom, fragment, one)
        about = ends_about(newsroom.publication, one)
        if about not in (None, of) and (case := first_case(newsroom, rows, here[rows])):
            message = f"begins with '{begins}' and goes on with '{of}', though on {case.day} the sentence before it"
            yield Fault(line.source, f"{message} is about '{about}' ({case.share}): name it.")
            return
        if one.bearing is None and not one.looks_up:
            left = left & ~here


def _said(newsroom: Newsroom, fragment: Fragment, line: Variant) -> Flags:
    """Whether a line may be said, per session."""
    of = newsroom.by_key[key_of(fragment, line) if line.follows else fragment.key]
    said: Flags = np.zeros(len(newsroom.days), dtype=np.bool_)
    said[sayable(newsroom, of, line)] = True
    return said
