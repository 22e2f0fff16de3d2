"""Finds words that name a part of the market for which the wording has no figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache

from generator.errors import Fault
from generator.model import Fragment, Lexicon, Scope, Universe, Variant
from generator.narrative.checks.backing import MARK, any_of, banded, behind, marked, measures_of, of_rule, parts_of
from generator.narrative.language.house_style import words_of
from generator.narrative.situations.baserates import told
from generator.narrative.writing.script import OWN_PAST

_ALL_THERE_ARE = re.compile(rf"\bthe ({MARK}) earlier\b")
COUNTED = frozenset({"times_before", "times_now", "last_time"})
"""Names that count or date earlier sessions on which a wording's rule held."""


def scope_faults(lexicon: Lexicon, universe: Universe, fragment: Fragment, variant: Variant) -> Iterator[Fault]:
    """Words for a part of the market that no figure of the wording, its rule or its assertions measures."""
    for word, scope in spoken(lexicon, variant).items():
        names = _vouching(fragment, scope, word) or behind(fragment, variant)
        missing = lacking(scope, names, universe)
        if missing:
            yield Fault(variant.source, f"'{word}' is said, and {missing}.")


def set_faults(lexicon: Lexicon, fragment: Fragment, variant: Variant) -> Iterator[Fault]:
    """Words that misdescribe the earlier sessions counted: a band given as a threshold, a vague bound."""
    text = marked(variant)
    band = banded(fragment.after) if any(map(told, variant.figures)) else ""
    if band and lexicon.bands and not any_of(lexicon.bands).search(text):
        message = f"what followed is counted for a band of '{band}'; say both its bounds, as in '{lexicon.bands[0]}'."
        yield Fault(variant.source, message)
    likened = any_of(lexicon.sizes).search(text) if lexicon.sizes and any(map(told, variant.figures)) else None
    if likened and not any_of(lexicon.bounds).search(text):
        message = f"'{likened[0]}' makes the cases as large as the day; they are counted from a threshold: name it."
        yield Fault(variant.source, message)
    for found in _ALL_THERE_ARE.finditer(text):
        name = variant.slots[text.count(MARK, 0, found.start(1))].names[0]
        if "_after_" in name and name.endswith("_n"):
            message = (
                f"'{name}' leaves out those whose span is not over, and “the … earlier” tells them as all there are."
            )
            yield Fault(variant.source, message)
    if variant.figures & COUNTED or any(map(told, variant.figures)):
        measured = measures_of(fragment.after or fragment.when)
        if len(measured) > 1:
            why = f"earlier sessions are counted by {len(measured)} conditions ({', '.join(sorted(measured))})"
            yield Fault(variant.source, f"{why}, of which a reader knows one. Count by one, or leave the count out.")
    if variant.figures & set(OWN_PAST) and lexicon.vague:
        for word in dict.fromkeys(any_of(lexicon.vague).findall(text)):
            yield Fault(variant.source, f"'{word}' has a threshold that no reader knows; count no sessions by it.")


def spoken(lexicon: Lexicon, variant: Variant) -> dict[str, Scope]:
    """The scope words in a wording, each with its entry; of overlapping words only the longest counts."""
    text, found = marked(variant), {}
    for word, scope in _entries(lexicon.scopes):
        if word in text:  # far quicker than the pattern, which looks for whole words
            text, count = any_of((word,)).subn(MARK, text)
            if count:
                found[word] = scope
    return found


@cache
def _entries(scopes: tuple[Scope, ...]) -> tuple[tuple[str, Scope], ...]:
    """Each word with its entry, the longest first."""
    words = [(word.lower().replace("\u2019", "'"), scope) for scope in scopes for word in scope.words]
    return tuple(sorted(words, key=lambda one: len(one[0]), reverse=True))


def lacking(scope: Scope, names: frozenset[str], universe: Universe) -> str:
    """What a word's entry requires and the figures lack; empty if nothing."""
    if scope.empty:
        return "no figure measures that; say it otherwise"
    parts = frozenset(part for name in names for part in parts_of(name, universe))
    if scope.of and not parts & set(scope.of):
        return f"no figure of {_listed(scope.of)} stands behind it"
    absent = [key for key in scope.all_of if key not in parts]
    if absent:
        return f"no figure of '{absent[0]}' stands behind it, where it needs one of each of {_listed(scope.all_of)}"
    missing = [one for one in scope.figures if not any(fnmatchcase(name, one) for name in names)]
    return f"no figure such as '{missing[0]}' stands behind it" if missing else ""


def unknown_scopes(lexicon: Lexicon, universe: Universe) -> Iterator[Fault]:
    """Entries that name something other than a segment, group or release."""
    known = [*universe.segments, *universe.groups, *universe.releases]
    for scope in lexicon.scopes:
        for key in (*scope.of, *scope.all_of):
            if key not in known:
                near = get_close_matches(key, known, 1)
                meant = f" Did you mean '{near[0]}'?" if near else ""
                yield Fault(scope.line, f"'{key}' is no segment, group or release of the universe.{meant}")


def _vouching(fragment: Fragment, scope: Scope, word: str) -> frozenset[str]:
    """The figures in the assertions that list the word or its entry; empty if there are none."""
    rules = (rule for words, rule in fragment.asserts.items() if {scope.key, word} & set(words_of(words)))
    return frozenset(name for rule in rules for name in of_rule(rule))


def _listed(keys: tuple[str, ...]) -> str:
    *rest, last = [f"'{key}'" for key in keys[:6]]
    return f"{', '.join(rest)} or {last}" if rest else last
