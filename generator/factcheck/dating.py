"""The session that an article is about, from its own words: a dateline, or the day it was published."""

from __future__ import annotations

from datetime import date

import regex

from generator.factcheck.document import Article
from generator.factcheck.reading.axis import MONTHS
from generator.factcheck.reading.matching import Match

_MONTH = (
    r"(?P<m>" + "|".join(rf"{name[:3]}(?:{name[3:]}|\.)?" if len(name) > 3 else name for name in MONTHS) + r"|Sept\.)"
)
_WRITTEN = regex.compile(
    rf"\b{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>(?:19|20)\d\d)\b"
    rf"|\b(?P<d>\d{{1,2}}) {_MONTH},? (?P<y>(?:19|20)\d\d)\b"
)
_ISO = regex.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<n>\d\d)-(?P<d>\d\d)\b")
_HEAD = 1200
"""How much of an article is its head, where a dateline stands."""
_PAST = regex.compile(
    r"(?:since|on|from|in|of|until|by|after|before|ended|ending|through|until|to) (?:\w+day,? )?$", regex.I
)


def dated(article: Article) -> date | None:
    """The day of the article: the first whole date in its head that no preposition makes part of a sentence."""
    head = article.text[:_HEAD]
    found = sorted([*_WRITTEN.finditer(head), *_ISO.finditer(head)], key=lambda one: one.start())
    for match in found:
        if _PAST.search(head[: match.start()]):
            continue
        day = _day(match)
        if day is not None:
            return day
    return None


def _day(match: Match) -> date | None:
    given = match.groupdict()
    number = int(given["n"]) if given.get("n") else 1 + [name[:3] for name in MONTHS].index(given["m"][:3])
    try:
        return date(int(given["y"]), number, int(given["d"]))
    except ValueError:
        return None
