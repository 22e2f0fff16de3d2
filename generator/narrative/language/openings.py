"""The first two words of each sentence of a text, so that neighbouring sentences need not begin alike."""

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
    """The grammatical sentences of a text; cached, because each text is asked about several times."""
    found: list[str] = []
    for part in _BOUNDARY.split(text):
        if found and _ABBREVIATIONS.search(found[-1]):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return tuple([sentence for sentence in found if sentence])


def opening(sentence: str) -> str:
    """The first two words, in lower case and without punctuation."""
    first = sentence.split(None, 4)
    words = _PUNCTUATION.sub("", " ".join(first[:4]).lower()).split()
    if len(words) < 2 and len(first) > 4:  # dashes and the like in place of words
        words = _PUNCTUATION.sub("", sentence.lower()).split()
    return " ".join(words[:2])


@lru_cache(maxsize=256)
def openings(text: str) -> tuple[str, ...]:
    """The opening of each sentence of a text; cached like `sentences`."""
    return tuple([opening(sentence) for sentence in sentences(text)])


def reads_well(before: str | None, text: str) -> bool:
    """Whether no sentence begins with a numeral or like its neighbour, and no count follows a name’s number."""
    if _COLLISION.search(text) or repeats(before, text):
        return False
    return not any(_NUMERAL.match(sentence) for sentence in sentences(text))


def repeats(before: str | None, text: str) -> bool:
    """Whether any sentence of `text` begins like the one before it; `before` is the opening that precedes `text`."""
    found = openings(text)
    chain = found if before is None else (before, *found)
    return any(one == other for one, other in itertools.pairwise(chain))
