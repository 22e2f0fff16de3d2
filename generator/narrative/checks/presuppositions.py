"""Finds words that presuppose something no assertion guarantees: “by more” when the other side may not have risen."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import ContentError, Fault
from generator.model import Catalogue, Fragment, Publication, Variant
from generator.narrative.language.house_style import asserted_words, words_of
from generator.narrative.language.stretches import Stretch, any_of, fits, sentences
from generator.narrative.situations.rules import read_rule

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


def hollow_suppositions(publication: Publication, fragment: Fragment, catalogue: Catalogue) -> Iterator[Fault]:
    """Assertions of a supposition that name too few of the figures that could prove it."""
    supposes = publication.lexicon.senses.supposes
    for words, text in fragment.asserts.items():
        place = f"{fragment.path}:{fragment.assert_lines[words]}"
        try:
            names = read_rule(text, catalogue, place).names
        except ContentError:
            continue  # reported already
        for key in set(words_of(words)) & set(supposes):
            found = sum(fits(name, supposes[key].rests_on) for name in names)
            if found < supposes[key].least:
                expected = f"{supposes[key].least} or more of {', '.join(supposes[key].rests_on)}"
                yield Fault(place, f"'{key}' has to rest on figures that show what it supposes: {expected}.")
