"""What a single value in content/ may be: a line, prose, a key, a symbol, an address, a day, a size, a rule."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from generator.editorial.schema import EARLIEST, LATEST, LONGEST, given, matching, rule


def _line_fault(text: str) -> str | None:
    if not text.strip():
        return "is empty; write some words."
    if "\n" in text.strip():
        return "should stand on one line."
    return f"is longer than {LONGEST} characters." if len(text) > LONGEST else None


def _prose_fault(text: str) -> str | None:
    if not text.strip():
        return "is empty; write some words."
    return "is longer than 5,000 characters." if len(text) > 5_000 else None


Line = Annotated[str, rule(_line_fault)]
"""A name or title: a few words on one line."""
Prose = Annotated[str, rule(_prose_fault)]
"""Standing text, which may run over several lines."""
Name = Annotated[Line, matching(r"[^{}|]*", "holds a brace or a bar, which no words on a page may.")]
"""Words that are printed within a sentence."""
Key = Annotated[
    str,
    matching(
        r"[A-Za-z][A-Za-z0-9_]{0,59}", "cannot be a name here: letters, digits and underscores only, a letter first."
    ),
]
Symbol = Annotated[
    str,
    matching(r"[A-Za-z0-9^](?:[A-Za-z0-9=_^-]|\.(?!\.)){0,29}", "is not a symbol such as ^RUT, IWM or DX-Y.NYB."),
]
"""A supplier's name for a series. It also names a file, so it cannot contain anything that leads out of a folder."""
Address = Annotated[
    str,
    matching(
        r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:[/?#][^\s<>\"'\\^`|]*)?",
        "should be a whole address: https://…, without spaces.",
    ),
]
Day = Annotated[
    date, rule(lambda day: None if EARLIEST <= day < LATEST else f"is a day outside {EARLIEST.year} to {LATEST.year}.")
]
Size = Annotated[float, rule(lambda size: None if abs(size) <= 1e12 else "is too large a number.")]


def _rule_fault(value: object) -> str | None:
    if not isinstance(value, str | bool):
        return f"should be a rule such as small_return_1d >= 0.5, or true; it is {given(value)}."
    return None


def _number_or_word_fault(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return f"should be a number or a word; it is {given(value)}."
    if isinstance(value, str):
        return _line_fault(value) or ("holds a brace or a bar." if re.search(r"[{}|]", value) else None)
    return None if abs(value) <= 1e12 else "is too large a number, or none."


Rule = Annotated[Any, rule(_rule_fault)]
"""A rule as an editor writes it; `true` means always."""
NumberOrWord = Annotated[Any, rule(_number_or_word_fault)]
