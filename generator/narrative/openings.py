"""Text in; the first two words of each of its sentences out, so that neighbours need not begin alike."""

from __future__ import annotations

import itertools
import re

_BOUNDARY = re.compile(r"(?<=[.!?])['”\"]?\s+(?=[A-Z0-9“\"])")
_COLLISION = re.compile(r"\d \d[\d,]*(?= [a-z])")  # "it took the Russell 2000 624 sessions"
_ABBREVIATIONS = re.compile(r"\b(U\.S|St|Jan|Feb|Aug|Sept|Oct|Nov|Dec|vs)\.$")


def sentences(text: str) -> list[str]:
    """The grammatical sentences of a text."""
    found: list[str] = []
    for part in _BOUNDARY.split(text):
        if found and _ABBREVIATIONS.search(found[-1]):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return [sentence for sentence in found if sentence]


def opening(sentence: str) -> str:
    """The first two words, without case, figures or punctuation."""
    words = re.sub(r"[^\w\s&’'-]", "", sentence.lower()).split()
    return " ".join(words[:2])


def openings(text: str) -> list[str]:
    """The opening of each sentence of a text."""
    return [opening(sentence) for sentence in sentences(text)]


def reads_well(before: str | None, text: str) -> bool:
    """Whether no sentence begins with a numeral or as its neighbour does, and no count runs into a name’s number."""
    if repeats(before, text) or _COLLISION.search(text):
        return False
    return not any(re.match(r"[\d$]", sentence) for sentence in sentences(text))


def repeats(before: str | None, text: str) -> bool:
    """Whether any sentence of `text` begins as the one before it does; `before` is the opening that precedes it."""
    found = openings(text)
    chain = found if before is None else [before, *found]
    return any(one == other for one, other in itertools.pairwise(chain))
