"""Plan one issue: the most newsworthy true situation is the story, then each part takes its passages.

Each part takes its least number of fragments, the parts that speak for and against take a pair of like length, and what
room is left goes to whatever is most newsworthy. A figure is said once: a fragment that would repeat one gives way.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from generator.model import OutlinePart, Trial
from generator.narrative.newsroom import Tonight
from generator.narrative.planning.openings import add, opened, take, take_wanted, thin
from generator.narrative.planning.planned import BOTTOM_LINE, TAKEAWAYS, Chosen, Plan
from generator.narrative.planning.sides import take_sides
from generator.narrative.planning.story import with_story

_FLOOR = 1.0
"""Bits times weight below which a fragment is not added for its own sake."""
_RARE = 7.0
"""Bits times weight from which a fragment is chosen before the sides are."""


def plan(tonight: Tonight) -> Plan:
    """The plan for one session."""
    made = with_story(tonight)
    _take_trial(made)
    outline = tonight.newsroom.outline
    sides = [part for part in outline.parts if part.key in outline.balance]
    sections = [part for part in outline.parts if part.key not in (*outline.balance, TAKEAWAYS)]
    for part in sections:
        take_wanted(made, part, tonight.wanted(part.key))
    for part in sections:
        take(made, part, part.minimum - len(made.parts.get(part.key, ())))
    _fill(made, sections, _RARE)  # before the sides, which find other figures more easily
    take_sides(made, sides)
    for part in sections:
        if part.key == BOTTOM_LINE:  # before the rest, that its figures are still to be told
            take(made, part, part.maximum - len(made.parts.get(part.key, ())))
    _fill(made, sections)
    for part in sections:
        made.parts.get(part.key, []).sort(key=partial(_place, part))
    return made


def _take_trial(made: Plan) -> None:
    """Give the issue's test its place before all others: a later issue answers it, so it has to be told."""
    case = made.tonight.trial
    for part in made.tonight.newsroom.outline.parts:
        if case and part.key == BOTTOM_LINE and part.slot == case.slot:
            found = next((one for one in opened(made, part) if one.fragment is case), None)
            if found:
                add(made, part, found)


def trial_told(made: Plan) -> Trial | None:
    """The test that the article sets, if its words are told."""
    case = made.tonight.trial
    return case.trial if case and made.outcomes.get(case.key) == "spoke" else None


def _place(part: OutlinePart, chosen: Chosen) -> int:
    return part.place(chosen.fragment.topic)


def _fill(made: Plan, sections: Sequence[OutlinePart], rare: float = 0.0) -> None:
    """Give the room that is left to sections that are still empty, then to the most newsworthy fragments of any.

    With `rare`, only fragments that weigh as much are chosen.
    """
    least, most = made.tonight.newsroom.outline.words
    refused: set[str] = set()
    while True:
        choices = []
        for number, part in enumerate(sections):
            open_to = opened(made, part) if len(made.parts.get(part.key, ())) < part.maximum else []
            silent = not made.parts.get(part.key)  # what is always so speaks where nothing else does
            told = (one for one in open_to if one.fragment.key not in refused and (silent or one.fragment.when))
            best = next(told, None)
            if best and best.candidate.score >= rare:
                choices.append((not made.parts.get(part.key), best.candidate.score, -number, part, best))
        if not choices:
            return
        empty, score, _, part, chosen = max(choices, key=lambda choice: choice[:3])
        dull = score < _FLOOR and not empty
        if thin(made, chosen):
            refused.add(chosen.fragment.key)
            continue
        if made.words >= least and (dull or made.words + made.length(chosen) > most):
            refused.add(chosen.fragment.key)
            made.outcomes.setdefault(chosen.fragment.key, "there was no room left, or too little news in it")
            continue
        add(made, part, chosen)
