"""Takes wordings apart for the checks: each line that may be left out is tested under its own rule as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from generator.errors import ContentError
from generator.model import Fragment, Lexicon, Publication, Variant, Verb

LINE = ":"
"""Stands between a fragment's key and the place of one of its lines."""


def line_by_line(publication: Publication, edition: str) -> Publication:
    """The publication with a fragment of its own for every line that follows another, so that each can be tested alone.

    The fragment keeps what always stands first. A line's own fragment holds where the line may be said; its key is the
    fragment's with the line's place after it. An assertion goes with the lines in which its words stand.
    """
    found = [one for fragment in publication.fragments[edition] for one in lines_of(fragment, publication.lexicon)]
    return replace(publication, fragments={**publication.fragments, edition: tuple(found)})


def lines_of(fragment: Fragment, lexicon: Lexicon) -> Iterator[Fragment]:
    """The fragment with what always stands first in its wordings, then one fragment for each line that follows."""
    try:
        parts = dict(fragment.parts)
    except ContentError:  # reported where the words are parsed
        yield fragment
        return
    following = [(part, line) for part, wordings in parts.items() for wording in wordings for line in wording.then]
    if not following:
        yield fragment
        return
    first = {
        part: tuple(replace(wording, then=()) for wording in wordings if wording.worded)
        for part, wordings in parts.items()
    }
    yield _asserting(replace(fragment, parts={part: lines for part, lines in first.items() if lines}), lexicon)
    for part, line in following:
        key = key_of(fragment, line)
        yield _asserting(replace(fragment.during(line), key=key, parts={part: (line,)}), lexicon)


def key_of(fragment: Fragment, line: Variant) -> str:
    """The key of the fragment that is made of a line."""
    return f"{fragment.key}{LINE}{line.source.rpartition(':')[2]}"


def _asserting(fragment: Fragment, lexicon: Lexicon) -> Fragment:
    """The fragment with those of its assertions alone whose words stand in its lines."""
    text = text_of(fragment)
    kept = {words: rule for words, rule in fragment.asserts.items() if says(text, words, lexicon)}
    return replace(fragment, asserts=kept)


def text_of(fragment: Fragment) -> str:
    """All that the fragment's wordings say, in lower case, with a mark for each figure."""
    return " ".join("\u25a0".join(line.plain) for lines in fragment.parts.values() for line in lines).lower()


def says(text: str, words: str, lexicon: Lexicon) -> bool:
    """Whether a text has one of the words of an assertion, in any of its forms."""
    forms = {form for word in map(str.strip, words.split(",")) for form in (word, *_said_as(word, lexicon))}
    for move, steps in (("rose", lexicon.rises), ("fell", lexicon.falls)):
        if move in forms:
            forms |= {form for family in steps.values() for step in family for form in _forms(step)}
    return bool(_any_of(frozenset(forms)).search(text))


@cache
def _any_of(forms: frozenset[str]) -> re.Pattern[str]:
    written = (re.escape(form).replace("…", ".*") for form in sorted(forms))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(written)})(?![\w-])")


def _said_as(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The forms in which what an assertion lists may stand in a text."""
    supposed = lexicon.senses.supposes.get(word)
    scope = next((scope.words for scope in lexicon.scopes if scope.key == word), ())
    return (*lexicon.claims.get(word, ()), *(supposed.words if supposed else ()), *scope)


def _forms(step: Verb) -> tuple[str, ...]:
    return (*step.past, *step.present, *step.plural, *step.gerund, *step.noun)
