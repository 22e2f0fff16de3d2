"""Joins several moves into one clause, grouped by sign, largest first, or several dates to come, the nearest first.

`The S&P 500 added 0.5% and the Nasdaq 0.4%, while the Dow slipped 0.1%.` Every second session it is joined
differently (`The S&P 500 added 0.5%, the Nasdaq 0.4%, but the Dow slipped 0.1%.`), so that two successive editions
do not share the sentence. Moves that print alike are given alike: which was larger in the second decimal is not said.

`Producer prices on Friday, retail sales on Tuesday and a Federal Reserve decision on July 31`: of the events that are
near enough, those named first in the list are told, in the order of their dates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from generator.model import Piece
from generator.narrative.language.phrases import Context, Quoted, amount, claimed, day_of, named, text
from generator.narrative.writing.filters_of_dates import on
from generator.narrative.writing.filters_of_moves import moved

DATES = 5
"""How many dates to come a list tells at most."""


def compared(context: Context, quoted: Sequence[Quoted]) -> list[Piece]:
    """The moves as one clause. The side with more members comes first; `while` or `but` marks a difference of sign."""
    ranked = sorted(quoted, key=lambda item: -abs(item.printed))
    up = [item for item in ranked if item.said > 0]
    down = [item for item in ranked if item.said < 0]
    still = [item for item in ranked if item.said == 0]
    moving = sorted((side for side in (up, down) if side), key=lambda side: (-len(side), -abs(side[0].printed)))
    clauses = [_clause(context, side) for side in moving]
    if still:
        clauses.append(_still(context, still))
    pieces = list(clauses[0])
    for number, clause in enumerate(clauses[1:], 1):
        contrast = ", but " if context.voice.turn % 2 else ", while "
        joined = contrast if number == 1 and len(moving) == 2 else " and " if number == 2 else ", and "
        pieces += [text(joined), *clause]
    return pieces


def due(context: Context, quoted: Sequence[Quoted], called: Mapping[str, tuple[str, int]]) -> list[Piece] | None:
    """The first five of the events that are near enough, by date; those of one day together. None if none is."""
    near = [item for item in quoted if (day_of(item) - context.session).days <= called[event_of(item.name)][1]]
    told = sorted(near[:DATES], key=day_of)
    days = [list(items) for _, items in groupby(told, key=day_of)]
    pieces: list[Piece] = []
    for number, items in enumerate(days):
        if number:
            last = number == len(days) - 1
            pieces.append(text((", and " if max(map(len, days)) > 1 else " and ") if last else ", "))
        names = [called[event_of(item.name)][0] for item in items]
        pieces += [text(" and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names) + " ")]
        pieces += on(context, items[0])
    return pieces or None


def event_of(name: str) -> str:
    """The event whose next date a figure is: `fed` of `fed_next`."""
    return name.removesuffix("_next")


def _clause(context: Context, side: Sequence[Quoted]) -> list[Piece]:
    """`A added 0.5%, B 0.4% and C 0.4%`: one verb that fits all of them."""
    first, rest = side[0], side[1:]
    rungs = {context.verbs.rung(item.definition, item.said) for item in side}
    pieces = [_name(context, first), text(" ")]
    if len(rungs) == 1:
        pieces += moved(context, first)
    else:
        pieces += [
            claimed(context.verbs.neutral(first.definition, first.said), first, "word"),
            text(" "),
            claimed(amount(first), first),
        ]
    for number, item in enumerate(rest, 1):
        joint = " and " if number == len(rest) and not context.voice.turn % 2 else ", "
        pieces += [text(joint), _name(context, item), text(" "), claimed(amount(item), item)]
    return pieces


def _still(context: Context, side: Sequence[Quoted]) -> list[Piece]:
    pieces: list[Piece] = []
    for number, item in enumerate(side):
        if number:  # the first piece may have to begin a sentence, so there is none before the name
            pieces.append(text(" and " if number == len(side) - 1 else ", "))
        pieces.append(_name(context, item))
    words = context.verbs.step(side[0].definition, 0.0).past if len(side) == 1 else ("were little changed",)
    return [*pieces, text(" "), claimed(words[0], side[0], "word")]


def _name(context: Context, item: Quoted) -> Piece:
    owner = context.verbs.owner(item.name)
    segment = context.universe.segments.get(owner or "")
    return named(context, segment) if segment else text(item.name)
