"""The story of the day: the most newsworthy that is true and can be told without repeating itself."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np

from generator.errors import CommentaryError, CoreSymbolError
from generator.model import CHOSEN, Bearing, Variant
from generator.narrative.newsroom import Candidate, Place, Tonight
from generator.narrative.planning.planned import ANGLE_PARTS, Plan, count, said_by


def with_story(tonight: Tonight) -> Plan:
    """A plan with the day's story and nothing beside it: the editor's, or the most newsworthy that can be told."""
    story = tonight.choices.story if tonight.choices else ""
    candidates = tonight.candidates(tonight.newsroom.outline.angle)
    for candidate in sorted(candidates, key=lambda one: one.fragment.key != story) if story else candidates:
        if made := told_as(tonight, candidate):
            if candidate.fragment.key == story:
                over = candidates[: candidates.index(candidate)]
                made.outcomes |= {one.fragment.key: CHOSEN for one in over}
            return made
    newsroom = tonight.newsroom
    if missing := _without_close(tonight):
        raise CoreSymbolError(f"{tonight.realiser.session}: no edition without a close of {' and '.join(missing)}.")
    raise CommentaryError(
        f"content/{newsroom.edition}/{newsroom.outline.angle}/: no angle can be told on this session. "
        "Add a fragment without a `when` that names only figures which are always there."
    )


def told_as(tonight: Tonight, candidate: Candidate) -> Plan | None:
    """A plan that has this story for its angle, and nothing beside it yet; None where the story cannot be told."""
    variants = _angle_variants(tonight, candidate)
    if variants is None:
        return None
    made = Plan(tonight, candidate, variants)
    for part in said_by(candidate.fragment):
        count(made, candidate, part, variants[part][0])
    made.topics |= candidate.fragment.topics
    made.outcomes[candidate.fragment.key] = "spoke"
    return made


def _without_close(tonight: Tonight) -> list[str]:
    """The core segments that have no close on the session."""
    universe, figures = tonight.newsroom.publication.universe, tonight.newsroom.figures
    levels = {universe.segments[key].price or key: figures.printed(f"{key}_level") for key in universe.core}
    return [symbol for symbol, level in levels.items() if np.isnan(level[tonight.row])]


def untold(tonight: Tonight) -> tuple[Candidate, str] | None:
    """The most newsworthy story, if it cannot be told, and the part of the page that it has no words for.

    The part is empty where each has some, but none that do not repeat each other's figures.
    """
    best, *others = tonight.candidates(tonight.newsroom.outline.angle)
    if _angle_variants(tonight, best) is not None or not any(_angle_variants(tonight, one) for one in others):
        return None  # where none can be told, the session has no article
    return best, next((part for part, found in _speaking(tonight, best).items() if not found), "")


def _speaking(tonight: Tonight, candidate: Candidate) -> dict[str, tuple[Variant, ...]]:
    """A story's wordings, by part, that say anything on this session."""
    place = Place(Bearing.of(candidate.fragment.tone, candidate.fragment.tone))
    return {
        part: tuple([one for one in tonight.wordings(candidate, part) if tonight.speaks(candidate, one, 0, place)])
        for part in dict.fromkeys((*ANGLE_PARTS, *said_by(candidate.fragment)))
    }


def _angle_variants(tonight: Tonight, candidate: Candidate) -> dict[str, tuple[Variant, ...]] | None:
    """The angle's wordings by part, so that no part of the article repeats another's figures; None if none do."""
    found, parts = _speaking(tonight, candidate), said_by(candidate.fragment)
    for choice in product(*(found[part] for part in parts)):
        if not any(
            tonight.statements.barred(one) & tonight.statements.said(other) for one, other in combinations(choice, 2)
        ):
            first = {part: (variant, *found[part]) for part, variant in zip(parts, choice, strict=True)}
            return found | first if all(found.values()) else None
    return None
