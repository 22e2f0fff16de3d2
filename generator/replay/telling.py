"""What the replay compares and counts in the text of a bullet, with its numbers blanked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

from generator.narrative.language.openings import opening, sentences

BLANK = "0"
"""What every number is replaced by, so that sentences that differ only in their figures are the same."""
_NUMBER = re.compile(r"\$?\d[\d,]*(?:\.\d+)?(?:%|(?:st|nd|rd|th)\b)?")
_WORD = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One bullet without its numbers: its sentences, and the counts made of them."""

    sentences: tuple[tuple[str, str], ...]
    """(key, text) of each grammatical sentence."""
    openings: tuple[str, ...]
    """The first two words of each."""
    bigrams: tuple[str, ...]
    """Every pair of neighbouring words in a sentence."""
    words: int
    letters: int


def blanked(text: str) -> str:
    """The text with every number replaced by `BLANK`."""
    return _NUMBER.sub(BLANK, text)


@lru_cache(maxsize=8192)
def told(text: str) -> Fingerprint:
    """The counts for a blanked bullet; cached, because the content says the same things on many days."""
    found = tuple(sentences(text))
    words = [_WORD.findall(sentence.lower()) for sentence in found]
    return Fingerprint(
        sentences=tuple(
            (blake2b(sentence.lower().encode(), digest_size=8).hexdigest(), sentence) for sentence in found
        ),
        openings=tuple(opening(sentence) for sentence in found),
        bigrams=tuple(f"{one} {other}" for sentence in words for one, other in pairwise(sentence)),
        words=len(text.split()),
        letters=sum(map(str.isalpha, text)),
    )


def grade(letters: int, words: int, sentences: int) -> float:
    """The Coleman-Liau index: the years of school in the United States that a text demands.

    0.0588 x letters per 100 words - 0.296 x sentences per 100 words - 15.8 (Coleman and Liau, Journal of Applied
    Psychology 60, 1975). It counts letters rather than syllables, so there is nothing to guess, and figures add no
    letters.
    """
    return 0.0588 * (100 * letters / words) - 0.296 * (100 * sentences / words) - 15.8 if words else 0.0
