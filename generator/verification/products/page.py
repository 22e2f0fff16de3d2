"""Strikes out of a product's text everything that is accounted for, to find what is missing and what nothing backs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from generator.verification.figures.words import MINUS

_GONE = "\0"
_LEFT = re.compile(r"[^\0\w]*\w[^\0]*")
_SIGNS = re.compile(r"[^\0\w\s.,|]+")
"""Marks that our pages never have between sentences."""
_FOLIO = re.compile(r"Page(\d+)of(\d+)")


class PageText:
    """The text of one product, from which everything accounted for is struck out.

    `tight` is for text from a PDF, where lines break anywhere: spaces do not count, and a sentence may be split.
    """

    def __init__(self, text: str, tight: bool = False) -> None:
        self.tight = tight
        self.text = self._even(text)
        self.said: list[tuple[int, str]] = []
        """Where each sentence stands, with its part; empty where they may be split."""
        self.alone: list[str] = []
        """What may be left on its own once everything else is struck out: the numbers of a list on paper."""

    def _even(self, text: str) -> str:
        text = text.replace(MINUS, "-")  # posts use the plain hyphen
        return "".join(text.split()) if self.tight else " ".join(text.split())

    def take(self, phrase: str) -> int:
        """Strike out the first occurrence of the phrase; return its position, or -1 if there is none."""
        wanted = self._even(phrase)
        at = self.text.find(wanted) if wanted else -1
        while at >= 0 and not self._whole(at, at + len(wanted)):
            at = self.text.find(wanted, at + 1)
        if at >= 0:
            self._strike(at, at + len(wanted))
        return at

    def is_below(self, at: int, part: str) -> bool:
        """Whether a place comes after the part's last sentence and before the next one of another."""
        ends = max((place for place, of in self.said if of == part), default=-1)
        return ends <= at <= min((place for place, _ in self.said if place > ends), default=at)

    def take_all(self, phrases: Iterable[str]) -> None:
        """Strike out each phrase wherever it occurs, the longest first."""
        for phrase in sorted({one for one in phrases if one}, key=len, reverse=True):
            for _ in range(12):
                if self.text.find(self._even(phrase)) < 0 or self.take(phrase) < 0:
                    break

    def _take_alone(self, phrase: str) -> None:
        """Strike out the phrase unless it touches text not yet accounted for: not the `11.` of `July 11.`"""
        wanted, at = self._even(phrase), -1
        while wanted and (at := self.text.find(wanted, at + 1)) >= 0:
            around = self.text[max(at - 1, 0) : at] + self.text[at + len(wanted) : at + len(wanted) + 1]
            if not around.strip(_GONE):
                self._strike(at, at + len(wanted))

    def _whole(self, start: int, end: int) -> bool:
        """Whether no word is cut: `13%` does not occur in `113%`."""
        if self.tight:
            return True
        before, after = self.text[start - 1 : start], self.text[end : end + 1]
        return not (before.isalnum() and self.text[start].isalnum()) and not (
            after.isalnum() and self.text[end - 1].isalnum()
        )

    def _strike(self, start: int, end: int) -> None:
        self.text = self.text[:start] + _GONE * (end - start) + self.text[end:]

    def take_parted(self, phrase: str) -> int:
        """Strike out, in two pieces, a phrase that continues in another column or on another page; as `take`."""
        words = phrase.split()
        wanted = self._even(phrase)
        breaks = [len(self._even(" ".join(words[:count]))) for count in range(1, len(words))]
        longest = self._longest(wanted)
        for size in (size for size in reversed(breaks) if size <= longest):
            other = self.text.find(wanted[size:])
            if other >= 0:
                at = max(self.text.find(_GONE + wanted[:size]) + 1, 0) or self.text.find(wanted[:size])
                self._strike(at, at + size)
                self._strike(other, other + len(wanted) - size)
                return at
        return -1

    def _longest(self, wanted: str) -> int:
        low, high = 0, len(wanted)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if wanted[:middle] in self.text else (low, middle - 1)
        return low

    def differs(self, wanted: str) -> tuple[str, str]:
        """Where a missing sentence starts to differ: the text found there, and the text expected."""
        wanted = self._even(wanted)
        size = self._longest(wanted)
        while size and wanted[size - 1].isalnum() and not self.tight:
            size -= 1
        at = self.text.find(wanted[:size]) + size
        return self.text[at : at + 32].replace(_GONE, "").strip() or "nothing", wanted[size : size + 32].strip()

    def drop(self, wanted: str) -> None:
        """Strike out a sentence already reported as different, if its beginning and its end are found."""
        wanted = self._even(wanted)
        size = self._longest(wanted)
        at = self.text.find(wanted[:size])
        tail = next((i for i in range(size, len(wanted)) if self.text.find(wanted[i:], at + size) >= 0), len(wanted))
        after = self.text.find(wanted[tail:], at + size) if tail < len(wanted) else -1
        if size and 0 <= after <= at + len(wanted):
            self._strike(at, after + len(wanted) - tail)

    def left(self, standing: Mapping[str, int]) -> list[str]:
        """Runs of words, and signs, that neither a claim nor the publication's standing text accounts for.

        Each standing phrase may occur as often as in its template; paper repeats some on every page.
        """
        if self.tight:
            self.text = _FOLIO.sub(_GONE, self.text)
            self.take_all(one for one in standing if len(one) > 3)
            for phrase in self.alone:
                self._take_alone(phrase)
            return [run.strip() for run in _LEFT.findall(self.text)]
        rest = Counter({_evened(phrase): often for phrase, often in standing.items()})

        def gone(found: re.Match[str]) -> str:
            rest[found[0]] -= 1
            return _GONE if rest[found[0]] >= 0 else found[0]

        text = _pattern(frozenset(rest)).sub(gone, self.text)
        return [run.strip() for run in _LEFT.findall(text)] + _SIGNS.findall(text)


def _evened(text: str) -> str:
    return " ".join(text.replace(MINUS, "-").split())


@lru_cache(maxsize=16)
def _pattern(standing: frozenset[str]) -> re.Pattern[str]:
    phrases = sorted(standing, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")
