"""A sentence's words with their codes, and the codes that hang on the words around: `over 2%` beside `over the year`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import regex


@dataclass(frozen=True, slots=True)
class Token:
    """A run of words: its code, where it stands, and what it means."""

    code: str
    start: int
    end: int
    text: str
    value: Any = None


_NUMERIC = "%PBpLn$"
_EVER = regex.compile(r"ever|on record|in (?:its )?history", regex.I)
_TIMES = {"half": 0.5, "twice": 2.0, "double": 2.0, "triple": 3.0, "three times": 3.0, "four times": 4.0}
_ABOUT = {"more than": "over", "over": "over", "just over": "over", "less than": "under", "under": "under",
          "nearly": "nearly", "almost": "nearly", "about": "about", "roughly": "about", "around": "about"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Multiple:
    """`more than twice`: how many times, and how exactly."""

    factor: float
    about: str


def _again(found: list[Token], place: int) -> Token:
    """The word; a name's ticker right behind the name says nothing more: `the S&P 500 SPX`."""
    token, before = found[place], found[place - 1] if place else None
    same = before is not None and before.code == token.code == "S" and before.value.key == token.value.key
    return replace(token, code="~") if same else token


_ELSE = {
    "under": "k",
    "below": "k",
    "above": "K",
    "over": "I",
    "about": "w",
    "around": "w",
    "near": "w",
    "close to": "w",
}
"""What words that may stand before a number are where none follows."""


def mended(found: list[Token]) -> list[Token]:
    """The same with the codes that hang on what follows: `over 2%` beside `over the year`."""
    made = [_again(found, place) for place in range(len(found))]
    for place, token in enumerate(made[1:], 1):
        if made[place - 1].code == "H" and _EVER.fullmatch(token.text):
            made[place] = replace(token, code="~")  # what a superlative is of, and no span of a move
    for place, token in enumerate(made):
        if token.code == "A":
            after = next((one for one in made[place + 1 :] if one.code != "~" or one.text == "~"), None)
            if after is None or after.code not in _NUMERIC:
                made[place] = replace(token, code=_ELSE.get(token.text.lower(), "~"))
        elif token.code == "Q" and _each(made, place):
            made[place] = replace(token, code="~")
        elif token.code == "Q" and (multiple := _multiple(made, place)):
            made[place] = multiple
    return made


def _each(made: list[Token], place: int) -> bool:
    """Whether `each` only spreads a verb over the names before it: `banks and industrials each lost 4%`."""
    before = [one.code for one in made[:place] if one.code != "~"]
    after = [one.code for one in made[place + 1 :] if one.code != "~"]
    return made[place].text.lower() == "each" and before[-2:] == ["&", "S"] and after[:1] in (["U"], ["D"])


def _multiple(made: list[Token], place: int) -> Token | None:
    """`more than twice the S&P 500's loss`: a multiple of what another did."""
    token = made[place]
    after = [one.code for one in made[place + 1 :] if one.code != "~"][:3]
    if token.text.lower() not in _TIMES or after[:2] != ["S", "'"] or not (after[2:] and after[2] in "%Aud"):
        return None
    before = made[place - 1].text.lower() if place else ""
    return replace(token, code="*", value=Multiple(_TIMES[token.text.lower()], _ABOUT.get(before, "")))
