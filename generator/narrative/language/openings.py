"""Text in; the first two words of each of its sentences out, so that neighbours need not begin alike."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

_BOUNDARY = re.compile(r"(?<=[.!?])['”\"]?\s+(?=[A-Z0-9“\"])")
_COLLISION = re.compile(r"\d \d[\d,]*(?= [a-z])")  # "it took the Russell 2000 624 sessions"
_ABBREVIATIONS = re.compile(r"\b(U\.S|St|Jan|Feb|Aug|Sept|Oct|Nov|Dec|vs)\.$")

_PUNCTUATION = re.compile(r"[^\w\s&’'-]")
_NUMERAL = re.compile(r"[\d$]")


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[str, ...]:
    """The grammatical sentences of a text; the last few are kept, as several questions are put to each."""
    found: list[str] = []
    for part in _BOUNDARY.split(text):
        if found and _ABBREVIATIONS.search(found[-1]):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return tuple([sentence for sentence in found if sentence])


def opening(sentence: str) -> str:
    """The first two words, without case, figures or punctuation."""
    first = sentence.split(None, 4)
    words = _PUNCTUATION.sub("", " ".join(first[:4]).lower()).split()
    if len(words) < 2 and len(first) > 4:  # dashes and the like in place of words
        words = _PUNCTUATION.sub("", sentence.lower()).split()
    return " ".join(words[:2])


@lru_cache(maxsize=256)
def openings(text: str) -> tuple[str, ...]:
    """The opening of each sentence of a text; kept as sentences are."""
    return tuple([opening(sentence) for sentence in sentences(text)])


def reads_well(before: str | None, text: str) -> bool:
    """Whether no sentence begins with a numeral or as its neighbour does, and no count runs into a name’s number."""
    if _COLLISION.search(text) or repeats(before, text):
        return False
    return not any(_NUMERAL.match(sentence) for sentence in sentences(text))


def repeats(before: str | None, text: str) -> bool:
    """Whether any sentence of `text` begins as the one before it does; `before` is the opening that precedes it."""
    found = openings(text)
    chain = found if before is None else (before, *found)
    return any(one == other for one, other in itertools.pairwise(chain))
