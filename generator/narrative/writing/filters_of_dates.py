"""The filters that say when: days, months, quarters, and the day a past event lies on."""

from __future__ import annotations

from generator.model import Piece
from generator.narrative.language.lexicalisation import count, ordinal, spelled_date
from generator.narrative.language.phrases import Context, Quoted, claimed, day_of, text

WEEK = 7
"""Days within which a day of the week means one day alone."""


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
