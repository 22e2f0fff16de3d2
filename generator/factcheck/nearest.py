"""Find the nearest form of a refused sentence that prices bear out, in its own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import regex

from generator.factcheck.checker import Checker
from generator.factcheck.judging.verdicts import Judged, Verdict
from generator.factcheck.reading.axis import Axis
from generator.factcheck.reading.claims import Kind
from generator.factcheck.reading.lexer import tokens_of
from generator.factcheck.reading.mending import Token
from generator.factcheck.reading.numbers import CARDINALS
from generator.factcheck.report import Checked

_VALUE = regex.compile(r"[+\-]?\d[\d,]*(?:\.\d+)?")
_GAP = regex.compile(r"\(([+\-]?\d[\d,]*\.\d+) percentage points\)")
_SINCE = regex.compile(r"since (\d{4}-\d\d-\d\d)")
_AGO = regex.compile(
    r"in (?:more than |over |at least |nearly |almost |about |roughly )?[\w-]+(?: and a half)? \w+", regex.I
)
_WORDS = {number: word for word, number in CARDINALS.items()}
_VERBS = {1: "rose", -1: "fell"}

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Nearest:
    """What could be said in place of a sentence."""

    text: str
    """The sentence with other numbers, verbs or dates, which holds; empty where no such form was found."""
    instead: tuple[str, ...]
    """Of each claim that does not hold, what the prices say."""


def nearest(checker: Checker, text: str, session: date) -> Nearest | None:
    """The nearest form of a sentence that holds; None where nothing in it is refused."""
    checked, _ = checker.sentence(text, session)
    refused = [one for one in checked.judged if one.verdict in (Verdict.FALSE, Verdict.DEPENDS)]
    if not refused:
        return None
    axis = checker.about(session)[0]
    instead = tuple(dict.fromkeys(one.nearest or one.value for one in refused))
    changed = _changed(text, refused, axis)
    for form in dict.fromkeys(changed):
        if form != text and _holds(checker.sentence(form, session)[0], checked):
            return Nearest(form, instead)
    return Nearest("", instead)


def _holds(now: Checked, before: Checked) -> bool:
    """Whether all that was read before is still read, and is borne out."""
    kept = len(now.judged) >= len(before.judged) and len(now.unread) <= len(before.unread)
    return kept and all(one.verdict in (Verdict.HOLDS, Verdict.UNKNOWN) for one in now.judged)


def _changed(text: str, refused: list[Judged], axis: Axis) -> Iterator[str]:
    """The sentence with each refused claim put right: rounded the one way, or the other."""
    tokens = tokens_of(text, axis)
    for nudge in (0.0, 1.0, -1.0):
        edits = [edit for one in refused for edit in _edits(text, tokens, one, nudge, axis)]
        made = text
        for start, end, words in sorted(set(edits), reverse=True):
            made = made[:start] + words + made[end:]
        yield made


def _edits(text: str, tokens: list[Token], one: Judged, nudge: float, axis: Axis) -> Iterator[Edit]:
    claim = one.claim
    inside = [token for token in tokens if claim.start <= token.start and token.end <= claim.end]
    if claim.kind in (Kind.EXTREME, Kind.GAP_EXTREME):
        yield from _since(text, tokens, one, axis)
    elif claim.kind is Kind.BREADTH and (counted := regex.match(r"\d+", one.value)):
        yield from _counted(text, inside, int(counted[0]))
    elif claim.kind is Kind.DIRECTION:
        yield from _turned(inside, -claim.sign)
    elif claim.number is not None and one.value:
        yield from _numbered(text, inside, one, nudge)


def _numbered(text: str, inside: list[Token], one: Judged, nudge: float) -> Iterator[Edit]:
    """The number as prices have it, with as many places as were written; and the verb, where it goes the other way."""
    number = one.claim.number
    gap = _GAP.search(one.value) if one.claim.kind is Kind.COMPARISON else None
    match = gap or _VALUE.match(one.value)
    token = next((token for token in inside if token.value == number), None)
    if number is None or match is None or token is None:
        return
    value = float(match[1 if gap else 0].replace(",", ""))
    if number.unit in ("pp", "%", "bp") and one.claim.kind is Kind.COMPARISON:
        value *= 100 if number.unit == "bp" else 1
    places = max(0, len(f"{number.step:.6f}".rstrip("0").partition(".")[2]))
    size = round(abs(value) + nudge * number.step / 20, places)
    written = regex.search(r"\d[\d,]*(?:\.\d+)?", token.text)
    if written is None:
        return
    at = token.start + written.start()
    yield at, at + len(written[0]), f"{size:,.{places}f}"
    if one.claim.kind is Kind.MOVE and one.claim.sign and value and (value > 0) != (one.claim.sign > 0):
        yield from _turned(inside, 1 if value > 0 else -1)


def _turned(inside: list[Token], sign: int) -> Iterator[Edit]:
    """The claim's verb in the other direction."""
    verb = next((token for token in inside if token.code == ("D" if sign > 0 else "U")), None)
    if verb is not None:
        words = {"up": "down", "down": "up"}.get(verb.text.lower(), _VERBS[sign])
        yield verb.start, verb.end, words


def _since(text: str, tokens: list[Token], one: Judged, axis: Axis) -> Iterator[Edit]:
    """The day since which a superlative holds, in place of the one that was named."""
    claim, found = one.claim, _SINCE.search(one.nearest)
    if found is None:
        return
    day = date.fromisoformat(found[1])
    words = f"since {day:%B} {day.day}" + (f", {day.year}" if day.year != axis.today.year else "")
    named = next((token for token in tokens if token.code == "Z" and token.end >= claim.end > token.start), None)
    if named is not None:
        yield named.start, named.end, words
    elif ago := _AGO.search(text, claim.start, claim.end):
        yield ago.start(), ago.end(), words


def _counted(text: str, inside: list[Token], count: int) -> Iterator[Edit]:
    """How many, in words or digits as it was written."""
    group = next((token for token in inside if token.code == "Y"), None)
    first = regex.match(r"[\w-]+", group.text) if group else None
    if group is None or first is None:
        return
    words = str(count) if first[0].isdigit() else _WORDS.get(count, str(count))
    words = words.capitalize() if first[0][0].isupper() else words
    yield group.start, group.start + len(first[0]), words
