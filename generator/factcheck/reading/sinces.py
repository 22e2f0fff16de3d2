"""What a move or a superlative is counted from: `since March 2020`, `since the April low`, `from its peak of 2021`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import regex

from generator.factcheck.reading.axis import MONTHS, Axis, Since, begins, month, quarter
from generator.factcheck.reading.matching import Match
from generator.factcheck.reading.times import DATE, MONTH, MONTH_NAMES, WEEKDAYS, YEAR

Maker = Callable[[Match, Axis], "Since | None"]


def _since(match: Match, axis: Axis) -> Since | None:
    given = match.groupdict()
    part, least = (given.get("part") or "").lower(), bool(given.get("least"))
    if given.get("w"):
        number = next(n for n, name in enumerate(WEEKDAYS) if name[:3].lower() == given["w"][:3].lower())
        day = axis.today - timedelta(days=(axis.today.weekday() - number - 1) % 7 + 1)
        return Since(day, day, f"{WEEKDAYS[number]}, {day.isoformat()}", least)
    if given.get("d"):
        found = axis.date_of(match)
        return Since(found, found, found.isoformat(), least) if found else None
    if given.get("m"):
        first, last = axis.month_of(match["m"], given.get("y"))
        if not given.get("y") and first <= axis.today <= last:
            first, last = month(first.year - 1, first.month)
        words = f"{MONTHS[first.month - 1]} {first.year}"
    else:
        first, last, words = date(int(match["y"]), 1, 1), date(int(match["y"]), 12, 31), match["y"]
    return _part(first, last, part, words, least)


def _part(first: date, last: date, part: str, words: str, least: bool) -> Since:
    length = (last - first).days
    cuts = {"early": (0, 0.4), "mid": (0.25, 0.75), "late": (0.6, 1), "start": (0, 0), "end": (1, 1)}
    key = {"the beginning of": "start", "the start of": "start", "the end of": "end"}.get(
        part.strip(), part.strip("- ")
    )
    low, high = cuts.get(key, (0, 1))
    if key == "start":
        return Since(first - timedelta(days=1), first - timedelta(days=1), f"the start of {words}", least)
    opens, closes = first + timedelta(days=round(low * length)), first + timedelta(days=round(high * length))
    return Since(opens, closes, f"{part} {words}".strip(), least)


def _since_period(which: str, ago: int) -> Maker:
    def make(match: Match, axis: Axis) -> Since | None:
        last = begins(axis.today, which) - timedelta(days=1)
        first = last if not ago else begins(last, which)
        return Since(first, last, f"the {which} before" if ago else f"the start of the {which}")

    return make


def _since_quarter(match: Match, axis: Axis) -> Since | None:
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4}[match["q"].lower()] if match["q"] else int(match["n"])
    year = int(match["y"] or axis.today.year)
    first, last = quarter(year, number)
    if not match["y"] and last >= axis.today:
        first, last = quarter(year - 1, number)
    return Since(first, last, f"quarter {number} of {first.year}", bool(match["least"]))


def _turned(match: Match, axis: Axis) -> Since | None:
    """A high or a low that is named by when it was; `from its November peak to the April low`."""
    pieces = [_TURN.search(one) for one in (match["from"], match.groupdict().get("until")) if one]
    found = [_turning(one, axis) for one in pieces if one]
    if not found or None in found:
        return None
    first, last = found[0], found[1] if len(found) > 1 else None
    return replace(first, until=last) if first else None


def _turning(match: Match, axis: Axis) -> Since | None:
    side = -1 if match["side"].lower().startswith(("low", "trough", "bottom", "nadir", "closing low")) else 1
    if match["d"]:
        day = axis.date_of(match)
        return Since(day, day, match[0], side=side) if day else None
    if match["m"]:
        first, last = axis.month_of(match["m"], match["y"])
    else:
        first, last = date(int(match["y"]), 1, 1), date(int(match["y"]), 12, 31)
    return Since(first, last, match[0], side=side)


_SIDE = r"(?:closing )?(?:highs?|lows?|peak|trough|bottom|nadir)"
_WHEN = rf"(?:{MONTH_NAMES}(?: \d{{1,2}})?(?:,? (?:19|20)\d\d)?|(?:19|20)\d\d)"
_OF_WHEN = rf"(?:its |their |the )(?:(?:early|mid|late)[- ])?(?:{_WHEN}(?:'s)? {_SIDE}|{_SIDE} (?:of|in|on|(?:(?:it|they) )?(?:set|reached|hit)(?: in| on)?) {_WHEN})(?! of| for)"
_TURN = regex.compile(
    rf"(?:{DATE}|{MONTH},?(?: {YEAR})?|{YEAR})(?:'s)? (?P<side>{_SIDE})|(?P<side>{_SIDE})(?: (?:it|they))? \w+(?: in| on)? (?:{DATE}|{MONTH},?(?: {YEAR})?|{YEAR})",
    regex.I,
)

_PART = r"(?P<part>early |mid-|late |the (?:start|beginning|end) of )?"
_SINCE = r"since (?P<least>at least )?"

TURNED = (rf"(?P<from>{_OF_WHEN})", _turned)
"""A high or a low named by when it was."""
SINCES: tuple[tuple[str, Maker], ...] = (
    (rf"from (?:its |the |their )?(?:close|closing level) (?:of|on) {DATE}", _since),
    (rf"(?:(?:counted|measured) )?from (?P<part>the (?:start|beginning|end) of )(?:{MONTH} )?{YEAR}(?! to| through| until)", _since),
    (rf"{_SINCE}{_PART}{DATE}(?:'s)?", _since),
    (rf"{_SINCE}{_PART}{MONTH}(?: of|,)?(?: {YEAR})?(?! \d)", _since),
    (rf"{_SINCE}(?:the (?P<q>first|second|third|fourth) quarter|Q(?P<n>[1-4]))(?:,? (?:of )?{YEAR})?", _since_quarter),
    (rf"{_SINCE}{_PART}{YEAR}(?![-\d]|[,.]\d)", _since),
    (r"since (?:last |this past )?(?P<w>Mon|Tues|Wednes|Thurs|Fri)day", _since),
    (rf"(?:since|from) (?P<from>{_OF_WHEN})(?: to (?P<until>{_OF_WHEN}))?", _turned),
    (r"since last week", _since_period("week", 1)),
    (r"since last month", _since_period("month", 1)),
    (r"since last year", _since_period("year", 1)),
)  # fmt: skip
"""What may follow `since`."""
