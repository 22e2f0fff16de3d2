"""Cut a sentence into words and give each run of them a code: the part it can play in a claim."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

import regex

from generator.factcheck.reading import words
from generator.factcheck.reading.axis import Axis
from generator.factcheck.reading.matching import Match, Pattern
from generator.factcheck.reading.mending import Token, mended
from generator.factcheck.reading.names import RELEASES, Name, patterns
from generator.factcheck.reading.numbers import Number, cardinal, number_at, ordinal
from generator.factcheck.reading.sinces import SINCES, TURNED
from generator.factcheck.reading.times import AGO, SPANS

_WORD = regex.compile(r"[\w&]+(?:['’]t)?|[^\w\s]")
_PUNCTUATION = {
    ",": ",",
    ";": "a",
    ":": ":",
    "(": "(",
    ")": ")",
    "—": "_",
    "–": "_",
    "-": "-",
    "|": ",",
    "/": ",",
    "…": "a",
}
_NUMBERS = {"%": "%", "pp": "P", "bp": "B", "pt": "p", "$": "$"}
_DASH = regex.compile(r"--+")
_POSSESSIVE = regex.compile(r"['’]s?(?!\w)")
_PERIODS = {"day": "day", "session": "day", "daily": "day", "one-day": "day", "single-day": "day",
            "single-session": "day", "one-session": "day", "trading day": "day", "week": "week", "weekly": "week",
            "one-week": "week", "month": "month", "monthly": "month", "one-month": "month", "quarter": "quarter",
            "quarterly": "quarter", "year": "year", "annual": "year", "yearly": "year"}  # fmt: skip
_DOWN = regex.compile(
    r"drop|decline|loss|fall|slide|plunge|tumble|sell|pull|losing|decrease|setback|retreat|slump|dip|negative|down",
    regex.I,
)
_UP = regex.compile(r"gain|rise|jump|advance|rall|win|increase|surge|rebound|climb|leap|positive|\bup\b", regex.I)


@cache
def _compiled() -> tuple[tuple[str, Pattern, Any], ...]:
    """Every pattern with its code and what makes its value, in the order of rank."""
    return tuple(_patterns())


def _pattern(source: str, cased: bool = False) -> Pattern:
    return regex.compile(rf"(?:{source})(?!\w)", 0 if cased else regex.I)


def _patterns() -> Iterator[tuple[str, Pattern, Any]]:
    for source, name, cased in patterns():
        yield "S", _pattern(source, cased), name
    for key, source in RELEASES:
        yield "R", _pattern(source), Name(key)
    yield from (("T", _pattern(source), span) for source, span in SPANS)
    yield from (("Z", _pattern(source), since) for source, since in SINCES)
    yield "V", _pattern(TURNED[0]), TURNED[1]
    for source in words.SUPERLATIVES:
        yield "H", _pattern(source), _superlative
    yield "X", _pattern(words.RECORDS), _record
    for source in words.STREAKS:
        yield "s", _pattern(source), _run
    yield "x", _pattern(words.ENDED), None
    for source in words.BREADTH:
        yield "Y", _pattern(source), _breadth
    for which, source in words.BEST:
        yield "E", _pattern(source), which
    yield "F", _pattern(words.FIRST), None
    for sign, source in words.ALONE:
        yield "1", _pattern(source), partial(_alone, sign)
    for how, source in words.APPROXIMATE:
        yield "A", _pattern(source), how
    for code, source in words.WORDS:
        yield code, _pattern("|".join(sorted(_alternatives(source), key=len, reverse=True))), None


def _alternatives(source: str) -> Iterator[str]:
    """The alternatives of a pattern: of two that fit, the longer is meant."""
    depth, start, escaped = 0, 0, False
    for place, letter in enumerate(source):
        depth += 0 if escaped else {"(": 1, ")": -1}.get(letter, 0)
        if letter == "|" and not depth and not escaped:
            yield source[start:place]
            start = place + 1
        escaped = letter == "\\" and not escaped
    yield source[start:]


def _superlative(match: Match, axis: Axis) -> words.Superlative:
    given = match.groupdict()
    size, what = given["size"].lower(), (given.get("what") or "").lower()
    of = [one.lower() for one in match.captures("of")] if "of" in given else []
    period = next((_PERIODS[one] for one in of if one in _PERIODS), "") or _PERIODS.get(what.rstrip("s"), "")
    rank = ordinal(given["rank"]) if given.get("rank") else 1
    if size in ("highest", "lowest"):
        return words.Superlative("level", 1 if size == "highest" else -1, "", rank, what.startswith("clos"))
    if regex.match(r"margin|lead|gap|spread|outperf|edge|advantage", what) or size == "widest":
        return words.Superlative("gap", 1, period, rank)
    sign = -1 if size in ("worst", "steepest", "weakest", "poorest") else 1 if size in ("best", "strongest") else 0
    sign = -1 if _DOWN.search(what) else 1 if _UP.search(what) else sign
    return words.Superlative("move", sign, period, rank)


def _record(match: Match, axis: Axis) -> words.Superlative:
    text = match[0].lower()
    sign = -1 if regex.search(r"low(?:s|est)?\b", text) else 1
    return words.Superlative("level", sign, "", closing=bool(regex.search(r"clos|finish", text)))


def _run(match: Match, axis: Axis) -> words.Run:
    given = match.groupdict()
    count = ordinal(given["nth"]) if given.get("nth") else cardinal(given["n"])
    period = _PERIODS.get((given.get("u") or "session").lower().rstrip("s"), "day")
    what = given.get("what") or ""
    of = cardinal(given["m"]) if given.get("m") else 0
    return words.Run(count, period, -1 if _DOWN.search(what) else 1 if _UP.search(what) else 0, of)


def _alone(sign: int, match: Match, axis: Axis) -> words.Breadth:
    return words.Breadth(1, None, False, sign, (match.groupdict().get("p") or "").lower())


def _breadth(match: Match, axis: Axis) -> words.Breadth | None:
    word = match["n"].lower()
    total = cardinal(match["total"]) if match["total"] else None
    if word in ("both",):
        return None
    if word in ("all", "every", "each") or word.startswith("all but"):
        count = -1 - (cardinal(match["but"]) if match["but"] else 0)
    else:
        count = 0 if word in ("no", "none") else cardinal(word.split()[-1])
    return words.Breadth(count, total, bool(match["small"]) or (total == 9 and "S&P 500" not in match[0]))


def tokens_of(text: str, axis: Axis) -> list[Token]:
    """The sentence's words with their codes."""
    found: list[Token] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        token = _token(text, place, axis)
        found.append(token)
        place = token.end
    return mended(found)


def _token(text: str, start: int, axis: Axis) -> Token:
    best: Token | None = None
    word_starts = start == 0 or not text[start - 1].isalnum()
    if word_starts:
        number = number_at(text, start)
        if number:
            best = Token(
                _number_code(number[1], text[start : number[0]]), start, number[0], text[start : number[0]], number[1]
            )
        for code, pattern, value in _compiled():
            match = pattern.match(text, start)
            if match is None or match.end() <= start or (best and match.end() <= best.end and code not in _VALUED):
                continue
            if best and match.end() < best.end:
                continue
            made = value(match, axis) if callable(value) else value
            if code in _VALUED and made is None:
                continue
            if best is None or match.end() > best.end or best.code in "%PBpLn$t":
                ago = code == "T" and made.tag == AGO
                best = Token("t" if ago else code, start, match.end(), match[0], made)
    return best or _unknown(text, start)


def _unknown(text: str, start: int) -> Token:
    if match := _POSSESSIVE.match(text, start):
        return Token("'", start, match.end(), match[0])
    if match := _DASH.match(text, start):
        return Token("_", start, match.end(), match[0])
    match = _WORD.match(text, start)
    end = match.end() if match else start + 1
    piece = text[start:end]
    return Token(_PUNCTUATION.get(piece, "w" if piece[0].isalnum() else "~"), start, end, piece)


def _number_code(number: Number, text: str) -> str:
    if number.unit:
        return _NUMBERS[number.unit]
    if regex.fullmatch(r"(?:19|20)\d\d", text):
        return "t"
    return "L" if "," in text or "." in text else "n"


_VALUED = "TZVHsYX"
"""Codes of words that mean nothing where nothing could be made of them."""
