"""How much of what a reader has just read a sentence says over again."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.narrative.language.openings import sentences

ECHO = 0.65
"""The share of a heading's telling words from which the first sentence below it only says it twice."""
PLAIN = 0.5
"""The share of that sentence's telling words which are the heading's; one with more beside them tells what is new."""
_LITTLE = re.compile(
    "a|an|and|are|as|at|be|but|by|for|from|has|have|how|in|is|it|its|no|not|of|on|or|over|than|that|the|their|them"
    "|then|they|this|to|was|were|what|which|with|small|caps|companies|russell|s&p"
)
"""Words that tell nothing by themselves, and those that every second sentence of these letters has."""
_WORD = re.compile(r"[\w&’'-]+")


def likeness(words: str, sentence: str) -> float:
    """The share of the words that stand in a sentence; none of no words."""
    listed, there = words.lower().split(), set(sentence.lower().split())
    return sum(word in there for word in listed) / len(listed) if listed else 0.0


@lru_cache(maxsize=4096)
def echo(heading: str, text: str) -> float:
    """The share of a heading's telling words in the first sentence below it, where that has little beside them."""
    telling = _telling(heading)
    begins = _telling(sentences(text)[0]) if telling and text else frozenset[str]()
    both = len(telling & begins)
    return both / len(telling) if both and both >= PLAIN * len(begins) else 0.0


def _telling(words: str) -> frozenset[str]:
    found = (word.strip("'’-") for word in _WORD.findall(words.lower()))
    return frozenset(word for word in found if word and not word.isdigit() and not _LITTLE.fullmatch(word))
