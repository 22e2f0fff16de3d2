"""Finds words said on sessions on which what they mean was not so, and complete counts told as if they were not."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from generator.errors import CommentaryError, Fault
from generator.model import Flags, Fragment, Variant
from generator.narrative.checks.backing import any_of, marked
from generator.narrative.checks.cases import Rows, first_case
from generator.narrative.newsroom import Newsroom
from generator.narrative.situations.rules import read_rule


def definition_faults(newsroom: Newsroom, fragment: Fragment, variant: Variant, rows: Rows) -> Iterator[Fault]:
    """Words with a meaning of their own that can be said when it does not hold, whatever the fragment asserts."""
    text = marked(variant)
    for entry in newsroom.publication.lexicon.definitions:
        said = any_of(entry.words).search(text)
        if said is None:
            continue
        rule = entry.over(newsroom.outline.horizon)
        try:
            true = read_rule(rule, newsroom.figures.catalogue, variant.source).column(newsroom.seen_by(fragment))[rows]
        except CommentaryError as error:
            yield Fault(variant.source, f"'{said[0]}' means that {rule}, which cannot be known here: {error}")
            continue
        yield from _first(newsroom, variant, rows, ~true, f"'{said[0]}' means that {rule}, which was not so")


def whole_faults(newsroom: Newsroom, _: Fragment, variant: Variant, rows: Rows) -> Iterator[Fault]:
    """Counts that can take in every member, in a wording that says neither so nor of how many."""
    for entry in newsroom.publication.lexicon.wholes:
        names = [name for name in sorted(variant.figures) if any(fnmatchcase(name, one) for one in entry.figures)]
        total = entry.over(newsroom.outline.horizon)
        if not names or total in variant.figures or any_of(entry.words).search(marked(variant)):
            continue
        whole = newsroom.figures.printed(total)[rows]
        for name in names:
            told = f"'{name}' is told as a part of the whole, which it was; say '{entry.words[0]}'"
            yield from _first(newsroom, variant, rows, newsroom.figures.printed(name)[rows] == whole, told)


def _first(newsroom: Newsroom, variant: Variant, rows: Rows, wrong: Flags, why: str) -> Iterator[Fault]:
    """A fault that names the first of the sessions on which it is wrong, and how many these are."""
    if case := first_case(newsroom, rows, wrong):
        yield Fault(variant.source, f"{why} on {case.day} ({case.share}).")
