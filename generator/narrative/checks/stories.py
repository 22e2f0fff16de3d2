"""Finds stories that cannot be told on days that are theirs, so that a lesser one takes their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.errors import Fault
from generator.narrative.newsroom import Newsroom
from generator.narrative.planning import untold

EVERY = 7
"""One session in so many is tried: odd, so that both halves of the wordings have their turns."""
FEW = 0.05
"""The share of its days on which a story may fail: on a session among the first of a history, say."""


def story_faults(newsroom: Newsroom) -> Iterator[Fault]:
    """Stories with no words for a part of the page on more than a few of the days on which they weigh the most."""
    tried: Counter[str] = Counter()
    failed: dict[str, list[tuple[int, str]]] = {}
    for row in range(0, len(newsroom.days), EVERY):
        tonight = newsroom.at(row)
        best = next(iter(tonight.candidates(newsroom.outline.angle)), None)
        if best is None:
            continue
        tried[best.fragment.key] += 1
        if found := untold(tonight):
            failed.setdefault(found[0].fragment.key, []).append((row, found[1]))
    paths = {one.key: one for one in newsroom.publication.fragments[newsroom.edition]}
    for key, rows in failed.items():
        if len(rows) < 2 or len(rows) <= FEW * tried[key]:
            continue
        row, part = rows[-1]
        lacks = f"no wording of '# {part}' has anything to say" if part else "its parts repeat each other's figures"
        message = f"this story could not be told on {len(rows)} of the {tried[key]} sessions tried that are its own"
        end = f"On {newsroom.days[row]} {lacks}. Let a wording at an odd and one at an even place always stand."
        yield Fault(f"{paths[key].path}:{paths[key].when_line}", f"{message}. {end}")
