"""The filters: each turns a figure into pieces of text.

Each public function up to `FILTERS`, and in `filters_of_moves` and `filters_of_dates`, is one that an editor may write
after a name, as in `{{ small_return_1d | moved }}`. `FILTERS` lists them all, with an example of each.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache

from generator.errors import CommentaryError
from generator.model import Piece, Unit
from generator.narrative.language import rounding
from generator.narrative.language.lexicalisation import count, ordinal, times
from generator.narrative.language.phrases import Context, Quoted, amount, claimed, text
from generator.narrative.writing.filters_of_dates import (
    dated,
    dated_full,
    in_month,
    in_quarter,
    month,
    on,
    weekday,
    when,
    year,
    years_ago,
)
from generator.narrative.writing.filters_of_moves import (
    a_noun,
    ahead,
    higher,
    move,
    moved,
    moves,
    moving,
    noun,
    points,
    size,
    updown,
    verb,
    verb_plural,
    verbs,
)


def plain(context: Context, quoted: Quoted) -> list[Piece]:
    match quoted.definition.unit:
        case Unit.DATE:
            return dated(context, quoted)
        case Unit.NAME:
            segment = context.universe.segments.get(quoted.word)
            return [claimed(segment.names[0] if segment else quoted.word, quoted)]
        case Unit.LEVEL | Unit.DOLLARS | Unit.CITED | Unit.RATE if quoted.printed < 0:
            return [claimed(f"\u2212{amount(quoted)}", quoted)]
    return [claimed(amount(quoted), quoted)]


def signed(context: Context, quoted: Quoted) -> list[Piece]:
    sign = "+" if quoted.said > 0 else "\u2212" if quoted.said < 0 else ""
    return [claimed(f"{sign}{amount(quoted)}", quoted)]


def digits(context: Context, quoted: Quoted) -> list[Piece]:
    return [claimed(f"{abs(round(quoted.printed)):,}", quoted)]


def whole(context: Context, quoted: Quoted) -> list[Piece]:
    number = f"{rounding.whole(quoted.value, quoted.definition):,.0f}"
    return [
        claimed(f"{number}%" if quoted.definition.unit in (Unit.PERCENT, Unit.YIELD, Unit.RATE) else number, quoted)
    ]


# --- counts -------------------------------------------------------------------------------------


def nth(context: Context, quoted: Quoted) -> list[Piece]:
    return [claimed(ordinal(quoted.printed), quoted)]


def nth_of(context: Context, quoted: Quoted, superlative: str) -> list[Piece]:
    """`fourth-widest`; for rank one just the superlative."""
    place = abs(round(quoted.printed))
    return [claimed(superlative if place == 1 else f"{ordinal(place)}-{superlative}", quoted)]


def as_times(context: Context, quoted: Quoted) -> list[Piece]:
    return [claimed(times(quoted.printed), quoted)]


def counted(context: Context, quoted: Quoted, singular: str, many: str | None = None) -> list[Piece]:
    """`four sessions`, `one session`: the count with its noun."""
    size = abs(round(quoted.printed))
    return [claimed(count(size), quoted), text(f" {singular if size == 1 else many or singular + 's'}")]


def Counted(context: Context, quoted: Quoted) -> list[Piece]:
    words = count(quoted.printed)
    return [claimed(words[:1].upper() + words[1:], quoted)]


# --- names --------------------------------------------------------------------------------------


def short(context: Context, quoted: Quoted) -> list[Piece]:
    segment = context.universe.segments.get(quoted.word)
    return [claimed(segment.short if segment else quoted.word, quoted)]


def does(context: Context, quoted: Quoted) -> list[Piece]:
    """What a listed company is: `a drug developer`."""
    segment = context.universe.segments.get(quoted.word)
    return [claimed((segment and segment.does) or quoted.word, quoted)]


def sector(context: Context, quoted: Quoted) -> list[Piece]:
    """The sector of a listed company: `health care`."""
    segment = context.universe.segments.get(quoted.word)
    return [claimed((segment and segment.sector) or quoted.word, quoted)]


FILTERS: dict[str, Callable[..., list[Piece]]] = {
    "moved": moved,  # jumped 3.6%
    "moves": moves,  # jumps 3.6%
    "move": move,  # jump 3.6%
    "moving": moving,  # jumping 3.6%
    "verb": verb,  # jumped
    "verbs": verbs,  # jumps
    "verb_plural": verb_plural,  # jump
    "noun": noun,  # jump
    "a_noun": a_noun,  # a 3.6% jump
    "updown": updown,  # up 3.6%
    "higher": higher,  # 3.6% higher
    "ahead": ahead,  # 4.5 percentage points ahead, 4.5 percentage points behind
    "size": size,  # 3.6%, 4.5 percentage points: the sign is in the words around it
    "signed": signed,  # +3.6%
    "points": points,  # 4.5 percentage points
    "whole": whole,  # 13%
    "digits": digits,  # 7
    "nth": nth,  # fourth
    "nth_of": nth_of,  # fourth-widest
    "times": as_times,  # twice
    "counted": counted,  # four sessions
    "Counted": Counted,  # Four
    "date": dated,  # July 10
    "full_date": dated_full,  # July 10, 2024
    "month": month,  # March 2022
    "year": year,  # 1987
    "when": when,  # the day if it is near, else month and year
    "weekday": weekday,  # Tuesday, or July 10 if that is a week ago or more
    "on": on,  # on Friday, on July 31, on January 9, 2026
    "in_month": in_month,  # May, or December 2024
    "in_quarter": in_quarter,  # first quarter, or fourth quarter of 2024
    "years_ago": years_ago,  # 36 years
    "short": short,  # a name figure by its short name
    "does": does,  # of a company on the watch list: a drug developer
    "sector": sector,  # of a company on the watch list: health care
}
SIGNED = frozenset(
    [
        "moved",
        "moves",
        "move",
        "moving",
        "verb",
        "verbs",
        "verb_plural",
        "noun",
        "a_noun",
        "updown",
        "higher",
        "ahead",
        "signed",
    ]
)
"""Filters that show which way a figure points."""
VOICED = frozenset(["moved", "moves", "move", "moving", "verb", "verbs", "verb_plural", "noun", "a_noun"])
"""Filters whose words take turns within a document, so that one figure need not read the same twice."""


OF_DATES = frozenset(
    ["date", "full_date", "month", "year", "when", "weekday", "on", "in_month", "in_quarter", "years_ago"]
)
OF_NAMES = frozenset(["short", "does", "sector"])


@cache
def _takes(name: str) -> tuple[int, int]:
    """The fewest and the most arguments that a filter takes in brackets."""
    parameters = list(inspect.signature(FILTERS[name]).parameters.values())[2:]
    return sum(parameter.default is parameter.empty for parameter in parameters), len(parameters)


def misused(name: str, unit: Unit, arguments: int) -> str | None:
    """What is wrong with using filter `name` on this unit with this number of arguments; None if nothing is."""
    if (name in OF_DATES) is not (unit is Unit.DATE) and name not in OF_NAMES:
        return f"is for dates; this is {unit}" if name in OF_DATES else "is not for dates"
    if (name in OF_NAMES) is not (unit is Unit.NAME):
        return f"is for names; this is {unit}" if name in OF_NAMES else "is not for names"
    least, most = _takes(name)
    if not least <= arguments <= most:
        wanted = f"{least}" if least == most else f"{least} or {most}"
        return f"is given {arguments} words in brackets and takes {wanted}" if most else "takes no words in brackets"
    return None


def apply(context: Context, quoted: Quoted, name: str, arguments: tuple[str | int | float, ...]) -> list[Piece]:
    """The pieces that filter `name` makes of the figure; raises `CommentaryError` if it cannot be used on it."""
    try:
        return FILTERS[name](context, quoted, *arguments)
    except (TypeError, KeyError, IndexError) as error:
        raise CommentaryError(f"the filter '{name}' cannot be used on '{quoted.name}'.") from error
