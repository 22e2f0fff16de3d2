"""Splits a ledger's record into sentences, each with its claims and their positions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

Record = Mapping[str, Any]
_STOP = re.compile(r"[.?!][”’\"]?(?=\s+[A-Z“\d+−-])")
_BREAK = re.compile(r"[,;:()?!]|\.(?=\s|$)|\b(?:and|but|while|whereas|after|which|though|although)\b")


@dataclass(frozen=True, slots=True)
class Placed:
    """One claim and its position in the sentence."""

    start: int
    end: int
    kind: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Laid:
    """One finished sentence: its text in lower case and its claims in order."""

    text: str
    placed: tuple[Placed, ...]

    @property
    def words(self) -> str:
        """The text with figures and names blanked out, so that no name is taken for a word."""
        letters = list(self.text)
        for one in self.placed:
            letters[one.start : one.end] = "_" * (one.end - one.start)
        return "".join(letters)

    def beside(self, one: Placed) -> tuple[str, str]:
        """The words of the clause before and after a claim, up to the neighbouring claims."""
        words = self.words
        before, after = words[: one.start], words[one.end :]
        edges = [found.end() for found in _BREAK.finditer(before)] + [before.rfind("_") + 1]
        ends = [found.start() for found in _BREAK.finditer(after)] + [at for at in [after.find("_")] if at >= 0]
        return before[max(edges) :], after[: min(ends, default=len(after))]


def lay(record: Record) -> list[Laid]:
    """The record's sentences in order; claims that do not occur in its text, in order, are left out."""
    text, at, placed = str(record["text"]), 0, []
    for claim in record["claims"]:
        start = text.find(claim["text"], at)
        if start >= 0:
            at = start + len(claim["text"])
            placed.append(Placed(start, at, claim["kind"], claim["name"], claim["text"]))
    cuts = [
        found.end()
        for found in _STOP.finditer(text)
        if not any(one.start < found.end() - 1 < one.end for one in placed)
    ]
    edges = [0, *cuts, len(text)]
    return [_part(text, placed, start, end) for start, end in pairwise(edges) if text[start:end].strip()]


def _part(text: str, placed: Sequence[Placed], start: int, end: int) -> Laid:
    start += len(text[start:end]) - len(text[start:end].lstrip())
    inside = (one for one in placed if start <= one.start and one.end <= end)
    moved = tuple(Placed(one.start - start, one.end - start, one.kind, one.name, one.text) for one in inside)
    return Laid(text[start:end].lower(), moved)


def has(words: Iterable[str], text: str) -> str:
    """The first of the words or phrases found in a text; `…` in one matches a figure or a name."""
    found = _whole(tuple(words)).search(text)
    return found[0] if found else ""


def starts(words: Iterable[str], text: str) -> str:
    """The one of the words or phrases that the text begins with; empty if there is none."""
    found = _whole(tuple(words)).match(text.lstrip())
    return found[0] if found else ""


@lru_cache(maxsize=512)
def _whole(words: tuple[str, ...]) -> re.Pattern[str]:
    made = [re.escape(word.lower().replace("'", "’")).replace("…", r"_+(?: _+)*") for word in words]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(made, key=len, reverse=True)) or '(?!)'})(?![\w-])")


def like(name: str, patterns: Iterable[str]) -> bool:
    """Whether a figure's name matches a pattern: `*` is anything, `?` one character, `[0-9]` a digit."""
    return any(_pattern(pattern).fullmatch(name) for pattern in patterns)


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".").replace(r"\[0\-9\]", r"\d"))
