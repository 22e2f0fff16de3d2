"""Finds assertions that prove nothing: of a word that no wording says, or on figures that cannot tell of it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import ContentError, Fault
from generator.model import Catalogue, Fragment, Lexicon, Senses
from generator.narrative.checks.lines import lines_of, says, text_of
from generator.narrative.language.house_style import words_of
from generator.narrative.language.stretches import fits
from generator.narrative.situations.rules import read_rule


def assertion_faults(lexicon: Lexicon, fragment: Fragment, catalogue: Catalogue) -> Iterator[Fault]:
    """Every line of `asserts` that no wording needs, that names no figure, or too few that could prove its words."""
    for words, rule in fragment.asserts.items():
        place = f"{fragment.path}:{fragment.assert_lines[words]}"
        yield from _unsaid(lexicon, fragment, words, place)
        try:
            names = read_rule(rule, catalogue, place).names
        except ContentError:
            continue  # reported already
        if not names:
            yield Fault(place, f"the claim '{words}' rests on no figure; write the rule that makes it true.")
            continue
        for word in words_of(words):
            patterns, least = _grounds(lexicon.senses, word)
            if sum(fits(name, patterns) for name in names) < least:
                message = (
                    f"'{word}' has to rest on figures that can tell of it: {least} or more of {', '.join(patterns)}."
                )
                yield Fault(place, message)


def _unsaid(lexicon: Lexicon, fragment: Fragment, words: str, place: str) -> Iterator[Fault]:
    """Words that no wording says: their rule would vouch for whatever else the fragment says."""
    try:
        texts = [text_of(piece) for piece in lines_of(fragment, lexicon)]
    except ContentError:
        return  # reported where the words are parsed
    for word in words_of(words):
        if not any(says(text, word, lexicon) for text in texts):
            yield Fault(place, f"no wording says '{word}'; take it out of asserts.")


def _grounds(senses: Senses, word: str) -> tuple[tuple[str, ...], int]:
    """The names of figures that can prove a word, as patterns, and how many of them its rule has to name."""
    if word in senses.supposes:
        return senses.supposes[word].rests_on, senses.supposes[word].least
    return (senses.proved_by[word], 1) if word in senses.proved_by else ((), 0)
