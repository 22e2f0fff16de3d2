"""The situations that no fragment covers: on which kinds of day each part has no news."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.errors import CommentaryError
from generator.model import Flags, Fragment, OutlinePart
from generator.narrative.checks.proof import always_holds
from generator.narrative.checks.turns import Turns
from generator.narrative.language.rounding import said_column
from generator.narrative.newsroom import Newsroom
from generator.narrative.planning import ANGLE_PARTS

_KINDS = 5
"""How many kinds of day to show for each part."""
_NO_DAY = ""
"""The kind of a session on which a core segment has no move, so that there is no edition."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The sessions on which one part has too little news, and what kind of days they were."""

    part: str
    sessions: int
    """Sessions that can have an edition, because every core segment has a move."""
    last_resort: int
    """Sessions on which the part has to fall back on a situation that is always true."""
    empty: int
    """Sessions on which the part has nothing to say."""
    kinds: tuple[tuple[str, int, str], ...]
    """(kind of day, how many of them, the last of them), the most frequent first."""

    @property
    def short(self) -> int:
        """Sessions on which the part has no news of its own."""
        return self.last_resort + self.empty


def coverage(newsroom: Newsroom) -> list[Gap]:
    """Every part's gap, the largest first."""
    turns, kinds = Turns(newsroom), _kinds_of_day(newsroom)
    outline = newsroom.outline
    angle = OutlinePart(outline.angle, outline.angle, 1, 1)
    gaps = [_gap(turns, angle, ANGLE_PARTS, kinds), *(_gap(turns, part, ("body",), kinds) for part in outline.parts)]
    return sorted(gaps, key=lambda gap: -gap.short)


def _gap(turns: Turns, part: OutlinePart, needed: tuple[str, ...], kinds: NDArray[np.str_]) -> Gap:
    newsroom = turns.newsroom
    fragments = [
        item
        for item in newsroom.publication.fragments[newsroom.edition]
        if item.slot == part.slot and part.tone in (None, item.tone)
    ]
    news = [item for item in fragments if item.when and not always_holds(newsroom.pasts[item.key])]
    sessions = newsroom.figures.sessions
    short = (_topics(turns, news, needed) < max(part.minimum, 1)) & (kinds != _NO_DAY)
    anything = _topics(turns, fragments, needed) > 0
    rows = np.flatnonzero(short)
    found = Counter(kinds[rows].tolist()).most_common(_KINDS)
    shown = tuple((kind, times, str(sessions[rows[kinds[rows] == kind][-1]])) for kind, times in found)
    days = int((kinds != _NO_DAY).sum())
    return Gap(part.key, days, int((short & anything).sum()), int((short & ~anything).sum()), shown)


def _topics(turns: Turns, fragments: Sequence[Fragment], needed: tuple[str, ...]) -> NDArray[np.int64]:
    """Per session, how many different topics the fragments could cover; each topic counts once."""
    topics: dict[str, Flags] = {}
    for fragment in fragments:
        topic = fragment.topic or fragment.key
        speaks = turns.speaks(fragment, needed)
        topics[topic] = topics[topic] | speaks if topic in topics else speaks
    return np.sum(list(topics.values()), axis=0, dtype=np.int64) if topics else _none(turns)


def _none(turns: Turns) -> NDArray[np.int64]:
    return np.zeros(len(turns.newsroom.figures.sessions), dtype=np.int64)


def _kinds_of_day(newsroom: Newsroom) -> NDArray[np.str_]:
    """Each session in a few words: what the core segments did, in the lexicon's verbs for moves of that size."""
    universe = newsroom.publication.universe
    columns = [_deeds(newsroom, f"{key}_return_1d", universe.segments[key].short) for key in universe.core]
    return np.array([", ".join(words) if all(words) else _NO_DAY for words in zip(*columns, strict=True)])


def _deeds(newsroom: Newsroom, name: str, who: str) -> Sequence[str]:
    """What one segment did on each session; empty if its move is absent."""
    try:
        definition = newsroom.figures.catalogue.define(name)
    except CommentaryError:
        return [who] * len(newsroom.figures.sessions)
    printed, values = newsroom.figures.printed(name), newsroom.figures.values(name)
    moves, place = np.unique(said_column(values, printed, definition), return_inverse=True)
    steps = [None if np.isnan(move) else newsroom.verbs.step(definition, float(move)) for move in moves]
    deeds = [f"{who} {step.past[0]}" if step else "" for step in steps]
    return [deeds[row] for row in place]
