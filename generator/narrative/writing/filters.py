"""The filters: each turns a figure into pieces of text.

Each public function up to `FILTERS` is one filter that an editor may write after a name, as in
`{{ small_return_1d | moved }}`. `FILTERS` lists them all, with an example of each.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache

from generator.errors import CommentaryError
from generator.model import Piece, Unit
from generator.narrative.language import rounding
from generator.narrative.language.lexicalisation import article_for, count, ordinal, spelled_date, times
from generator.narrative.language.phrases import Context, Quoted, amount, claimed, day_of, plural, text

WEEK = 7
"""Days within which a day of the week means one day alone."""


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


def size(context: Context, quoted: Quoted) -> list[Piece]:
    return [claimed(amount(quoted), quoted)]


def signed(context: Context, quoted: Quoted) -> list[Piece]:
    sign = "+" if quoted.said > 0 else "\u2212" if quoted.said < 0 else ""
    return [claimed(f"{sign}{amount(quoted)}", quoted)]


def points(context: Context, quoted: Quoted) -> list[Piece]:
    return [claimed(_points(quoted), quoted)]


def _points(quoted: Quoted) -> str:
    """The size in points that say what they are of: those of an index or of volatility are bare."""
    size, unit = amount(quoted), quoted.definition.unit
    if unit in (Unit.POINTS, Unit.BASIS_POINTS):
        return size
    of = "percentage " if unit in (Unit.PERCENT, Unit.YIELD, Unit.RATE) else ""
    return f"{size.rstrip('%')} {of}{plural('point', abs(quoted.said))}"


def digits(context: Context, quoted: Quoted) -> list[Piece]:
    return [claimed(f"{abs(round(quoted.printed)):,}", quoted)]


def whole(context: Context, quoted: Quoted) -> list[Piece]:
    number = f"{rounding.whole(quoted.value, quoted.definition):,.0f}"
    return [
        claimed(f"{number}%" if quoted.definition.unit in (Unit.PERCENT, Unit.YIELD, Unit.RATE) else number, quoted)
    ]


# --- moves --------------------------------------------------------------------------------------


def moved(context: Context, quoted: Quoted) -> list[Piece]:
    return _move(context, quoted, "past")


def moves(context: Context, quoted: Quoted) -> list[Piece]:
    return _move(context, quoted, "present")


def move(context: Context, quoted: Quoted) -> list[Piece]:
    return _move(context, quoted, "plural")


def moving(context: Context, quoted: Quoted) -> list[Piece]:
    return _move(context, quoted, "gerund")


def _move(context: Context, quoted: Quoted, form: str) -> list[Piece]:
    verb = [_verb(context, quoted, form)]
    return verb if quoted.said == 0 else [*verb, text(" "), claimed(_size(quoted), quoted)]


def _verb(context: Context, quoted: Quoted, form: str) -> Piece:
    words: tuple[str, ...] = getattr(context.verbs.step(quoted.definition, quoted.said), form)
    return claimed(context.voice.word(words), quoted, "word")


def _size(quoted: Quoted) -> str:
    """The amount after a verb: a volatility index moves by points."""
    if quoted.definition.unit is Unit.VOLATILITY:
        return f"{amount(quoted)} {plural('point', abs(quoted.said))}"
    return amount(quoted)


def verb(context: Context, quoted: Quoted) -> list[Piece]:
    return [_verb(context, quoted, "past")]


def verbs(context: Context, quoted: Quoted) -> list[Piece]:
    return [_verb(context, quoted, "present")]


def verb_plural(context: Context, quoted: Quoted) -> list[Piece]:
    return [_verb(context, quoted, "plural")]


def noun(context: Context, quoted: Quoted) -> list[Piece]:
    return [_verb(context, quoted, "noun")]


def a_noun(context: Context, quoted: Quoted) -> list[Piece]:
    size = _size(quoted)
    return [text(f"{article_for(size)} "), claimed(size, quoted), text(" "), _verb(context, quoted, "noun")]


def updown(context: Context, quoted: Quoted) -> list[Piece]:
    return _direction(quoted, "up", "down", "little changed")


def higher(context: Context, quoted: Quoted) -> list[Piece]:
    if quoted.said == 0:
        return [claimed("little changed", quoted, "word")]
    side = "higher" if quoted.said > 0 else "lower"
    return [claimed(_size(quoted), quoted), text(" "), claimed(side, quoted, "word")]


def ahead(context: Context, quoted: Quoted) -> list[Piece]:
    """The size and side of a gap: `4.5 percentage points ahead`, `4.5 percentage points behind`, `level`."""
    if quoted.said == 0:
        return [claimed("level", quoted, "word")]
    side = "ahead" if quoted.said > 0 else "behind"
    return [*points(context, quoted), text(" "), claimed(side, quoted, "word")]


def _direction(quoted: Quoted, up: str, down: str, still: str) -> list[Piece]:
    if quoted.said == 0:
        return [claimed(still, quoted, "word")]
    return [claimed(up if quoted.said > 0 else down, quoted, "word"), text(" "), claimed(_size(quoted), quoted)]


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


# --- dates --------------------------------------------------------------------------------------


def dated(context: Context, quoted: Quoted) -> list[Piece]:
    """The date, without its year if that is the session's own."""
    day = day_of(quoted)
    return [claimed(spelled_date(day, "day" if day.year == context.session.year else "full"), quoted)]


def dated_full(context: Context, quoted: Quoted) -> list[Piece]:
    return [claimed(spelled_date(day_of(quoted), "full"), quoted)]


def month(context: Context, quoted: Quoted) -> list[Piece]:
    return [claimed(spelled_date(day_of(quoted), "month"), quoted)]


def year(context: Context, quoted: Quoted) -> list[Piece]:
    return [claimed(spelled_date(day_of(quoted), "year"), quoted)]


def when(context: Context, quoted: Quoted) -> list[Piece]:
    """The date in the detail a reader needs: the day if within half a year, else the month and year."""
    day = day_of(quoted)
    near = (context.session - day).days < 183
    pattern = "month" if not near else "day" if day.year == context.session.year else "full"
    return [claimed(spelled_date(day, pattern), quoted)]


def weekday(context: Context, quoted: Quoted) -> list[Piece]:
    """The day of the week, where the date is the session's own or within the six days before it; else the date."""
    day = day_of(quoted)
    if 0 <= (context.session - day).days < WEEK:
        return [claimed(f"{day:%A}", quoted)]
    return dated(context, quoted)


def on(context: Context, quoted: Quoted) -> list[Piece]:
    """When something is due: `on Friday` within the next six days, else `on July 31`, with the year if another."""
    day = day_of(quoted)
    if 0 < (day - context.session).days < WEEK:
        return [text("on "), claimed(f"{day:%A}", quoted)]
    return [text("on "), *dated(context, quoted)]


def in_month(context: Context, quoted: Quoted) -> list[Piece]:
    """The month of a monthly number: `May`, or with its year if that is not the session's own."""
    return _period(context, quoted, spelled_date(day_of(quoted), "month").rpartition(" ")[0], " ")


def in_quarter(context: Context, quoted: Quoted) -> list[Piece]:
    """The quarter of a quarterly number: `first quarter`, `fourth quarter of 2024`."""
    return _period(context, quoted, f"{ordinal((day_of(quoted).month + 2) // 3)} quarter", " of ")


def _period(context: Context, quoted: Quoted, words: str, of: str) -> list[Piece]:
    year = day_of(quoted).year
    return [claimed(words if year == context.session.year else f"{words}{of}{year}", quoted)]


def years_ago(context: Context, quoted: Quoted) -> list[Piece]:
    """Whole years from the date to the session: `36 years`."""
    day = day_of(quoted)
    full = context.session.year - day.year - ((context.session.month, context.session.day) < (day.month, day.day))
    return [claimed(count(full), quoted), text(" year" if full == 1 else " years")]


# --- names --------------------------------------------------------------------------------------


def short(context: Context, quoted: Quoted) -> list[Piece]:
    segment = context.universe.segments.get(quoted.word)
    return [claimed(segment.short if segment else quoted.word, quoted)]


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
OF_NAMES = frozenset(["short"])


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
