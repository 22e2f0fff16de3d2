"""The one clause that must state several moves: the side with more members first, the largest move of a side first.

Or several dates to come, the nearest first.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.verification.figures.words import Shown, amount
from generator.verification.sentences.saying import Part, Said, Setting, names_of, owner_of, rung, say


def compared(setting: Setting, moves: Sequence[Shown]) -> list[Part]:
    """The parts of `A added 0.5% and B 0.4%, while C slipped 0.1%`; on odd rows of `A …, B …, but C …`."""
    contrast = ", but " if setting.turn % 2 else ", while "
    ranked = sorted(moves, key=lambda move: -abs(move.printed))
    sides = [[move for move in ranked if move.told > 0], [move for move in ranked if move.told < 0]]
    moving = sorted((side for side in sides if side), key=lambda side: (-len(side), -abs(side[0].printed)))
    clauses = [_clause(setting, side) for side in moving]
    still = [move for move in ranked if move.told == 0]
    if still:
        clauses.append(_still(setting, still))
    parts = clauses[0]
    for number, clause in enumerate(clauses[1:], 1):
        parts += [contrast if number == 1 and len(moving) == 2 else " and " if number == 2 else ", and ", *clause]
    return parts


def due(setting: Setting, dates: Sequence[Shown]) -> list[Part] | None:
    """The parts of `producer prices on Friday, retail sales and the Fed on July 31`; None if no date is near enough."""
    called = {f"{event}_next": one for event, one in setting.lexicon.due.items()}
    near = [one for one in dates if one.day.toordinal() - setting.session.toordinal() <= called[one.name][1]][:5]
    if not near:
        return None
    days = sorted({one.day for one in near})
    parts: list[Part] = []
    for day in days:
        shared = [one for one in near if one.day == day]
        *others, last = [called[one.name][0] for one in shared]
        if day != days[0]:
            joint = ", " if day != days[-1] else ", and " if len(near) > len(days) else " and "
            parts.append(joint)
        parts.append(f"{', '.join(others)} and {last} " if others else f"{last} ")
        parts += say(setting, shared[0], "on", ()) or []
    return parts


def _clause(setting: Setting, side: Sequence[Shown]) -> list[Part]:
    first = side[0]
    steps = [rung(setting, move) for move in side]
    if len({number for number, _ in steps}) == 1:
        verbs = steps[0][1].past
    else:  # a verb that fits a move of any size
        rises = setting.lexicon.rises if first.told > 0 else setting.lexicon.falls
        family = rises["percent"]
        verbs = family[min(1, len(family) - 1)].past[:1]
    parts: list[Part] = [_name(setting, first), " ", Said("word", first.name, verbs, first), " "]
    parts.append(Said(first.kind, first.name, (amount(first),), first))
    for number, move in enumerate(side[1:], 1):
        last = number == len(side) - 1 and not setting.turn % 2
        parts += [" and " if last else ", ", _name(setting, move), " "]
        parts.append(Said(move.kind, move.name, (amount(move),), move))
    return parts


def _still(setting: Setting, side: Sequence[Shown]) -> list[Part]:
    parts: list[Part] = []
    for number, move in enumerate(side):
        parts += ["" if number == 0 else " and " if number == len(side) - 1 else ", ", _name(setting, move)]
    words = setting.lexicon.unchanged.past[:1] if len(side) == 1 else ("were little changed",)
    return [*parts, " ", Said("word", side[0].name, words, side[0])]


def _name(setting: Setting, move: Shown) -> Part:
    owner = owner_of(move.name, setting.universe)
    segment = setting.universe.segments.get(owner)
    return Said("name", owner, names_of(segment)) if segment else move.name
