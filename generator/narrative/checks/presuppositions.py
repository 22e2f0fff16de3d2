"""Finds words that presuppose something no assertion guarantees: “by more” when the other side may not have risen."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Fault
from generator.model import Fragment, Publication, Variant
from generator.narrative.language.house_style import asserted_words
from generator.narrative.language.stretches import Stretch, any_of, sentences

HYPOTHETICAL = any_of(
    [
        "would",
        "could",
        "can",
        "may",
        "might",
        "if",
        "until",
        "unless",
        "needs",
        "need",
        "has to",
        "have to",
        "takes",
        "yet to",
        "would be",
    ]
)
"""Words that mark a sentence as about the future, so that it presupposes nothing about the past."""


def supposition_faults(publication: Publication, fragment: Fragment, variant: Variant) -> Iterator[Fault]:
    """Words that presuppose something, without an assertion of it."""
    asserted = asserted_words(fragment)
    for sentence in sentences(variant):
        for key, said in suppositions(publication, sentence):
            if key not in asserted:
                message = (
                    f"'{said}' supposes more than it says: list '{key}' under asserts with the rule that makes it so."
                )
                yield Fault(variant.source, message)


def suppositions(publication: Publication, sentence: Stretch) -> Iterator[tuple[str, str]]:
    """Each thing that a sentence presupposes, with the words that do so."""
    if HYPOTHETICAL.search(sentence.text):
        return
    for key, supposed in publication.lexicon.senses.supposes.items():
        text = any_of(supposed.harmless).sub(" ", sentence.text)
        if found := any_of(supposed.words).search(text):
            yield key, found[0]
