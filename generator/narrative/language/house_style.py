"""Finds words that make a claim without proof, and words that no sentence may contain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from generator.errors import Fault
from generator.model import Fragment, Lexicon, Variant


def word_faults(lexicon: Lexicon, fragment: Fragment, variant: Variant) -> Iterator[Fault]:
    """Claim words that no assertion of the fragment nor the line's own rule proves, and words that are forbidden."""
    text = _plain(" ".join(variant.plain))
    asserted = asserted_words(fragment)
    for word, forms in lexicon.claims.items() if not variant.vouched else ():
        for found in dict.fromkeys(_any_of(forms).findall(text)):
            if word not in asserted and found not in asserted:
                message = f"'{found}' is a claim: list '{word}' under asserts with the rule that makes it true."
                yield Fault(variant.source, message)
    yield from banned_faults(lexicon, variant)


def banned_faults(lexicon: Lexicon, variant: Variant) -> Iterator[Fault]:
    """Words that no sentence may contain."""
    text = _plain(" ".join(variant.plain))
    for found in dict.fromkeys(_any_of(lexicon.banned).findall(text)) if lexicon.banned else ():
        yield Fault(
            variant.source,
            f"'{found}' promises, exaggerates, advises, gives a cause, takes one side or says nothing; "
            "say it otherwise.",
        )


def asserted_words(fragment: Fragment) -> frozenset[str]:
    """The claim words that a fragment's assertions prove; one line may list several, separated by commas."""
    return frozenset(word for key in fragment.asserts for word in words_of(key))


def words_of(key: str) -> tuple[str, ...]:
    """The words of one line of `asserts`: `rose, led` is two."""
    return tuple(word.strip() for word in key.split(","))


def _plain(text: str) -> str:
    """The text in lower case, with one kind of apostrophe and single spaces, as the lists of words are written."""
    return " ".join(text.lower().replace("’", "'").split())


@cache
def _any_of(forms: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(map(_plain, forms), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
