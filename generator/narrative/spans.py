"""A wording in; its words for spans of time behind which no figure of that span stands, out as faults."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache

from generator.errors import CommentaryError, Fault
from generator.model import Catalogue, Fragment, Publication, SpanWords, Universe, Variant
from generator.narrative.rules import read_rule

_MARK = "\u25a0"
_ENDS = re.compile(rf"(?<=[.?!])['\"]?\s+(?=[a-z{_MARK}])")


def span_faults(
    publication: Publication, catalogue: Catalogue, fragment: Fragment, variant: Variant
) -> Iterator[Fault]:
    """Span words without a figure of their span, and figures that a sentence tells under the words of another span.

    Behind a word stand the figures that its own sentence quotes, and those that the fragment's rules name.
    """
    spans, universe, ruled = publication.lexicon.spans, publication.universe, _ruled(fragment, catalogue)
    for text, quoted in _sentences(variant):
        told = _told(spans, text, quoted)
        for word, entries in told:
            if not any(_is_of(name, one, universe) for one in entries for name in (*quoted, *ruled)):
                of = ", ".join(dict.fromkeys(key for one in entries for key in one.of))
                message = (
                    f"'{word}' tells of a span: quote a figure of it ({of}), or name one in the rule or under asserts."
                )
                yield Fault(variant.source, message)
        for name in quoted if told else ():
            mine = [one for one in spans if one.key in _keys(spans, name, universe)]
            if mine and not any(one in entries for _, entries in told for one in mine):
                words = "', '".join(dict.fromkeys(word for word, _ in told))
                yield Fault(variant.source, f"'{name}' is quoted under '{words}', which tells of another span.")


def _sentences(variant: Variant) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each sentence of the wording with a mark for every placeholder, and the figures that it quotes."""
    slots = iter(variant.slots)
    for text in _ENDS.split(_plain(_MARK.join(variant.plain))):
        yield text, tuple(name for _ in range(text.count(_MARK)) for name in next(slots).names)


def _told(spans: Sequence[SpanWords], text: str, quoted: Iterable[str]) -> list[tuple[str, tuple[SpanWords, ...]]]:
    """The span words of a sentence, each with the entries that list it; of words that overlap the longest counts."""
    found = [
        (word, tuple(one for one in spans if word in map(_plain, one.words))) for word in _any(spans).findall(text)
    ]
    named = [(name, tuple(one for one in spans if name in one.named_by)) for name in quoted]
    return [*found, *((name, entries) for name, entries in named if entries)]


def _ruled(fragment: Fragment, catalogue: Catalogue) -> frozenset[str]:
    """The figures that the fragment's rule, situation and assertions name."""
    found: set[str] = set()
    for rule in (fragment.when, fragment.after, *fragment.asserts.values()):
        try:
            found.update(read_rule(rule, catalogue, fragment.path).names)
        except CommentaryError:
            continue  # told by who reads the rules
    return frozenset(found)


def _keys(spans: Sequence[SpanWords], name: str, universe: Universe) -> frozenset[str]:
    return frozenset(one.key for one in spans if _is_of(name, one, universe))


def _is_of(name: str, span: SpanWords, universe: Universe) -> bool:
    """Whether a figure is of the span: its horizon, or its name's pattern, is among those that may stand behind it."""
    if any(name == key or name.startswith(f"{key}_") for key in universe.releases):
        return False  # `bill_3m` is the yield of a bill, and no move over three months
    return any(_fits(name, of) for of in span.of)


@cache
def _fits(name: str, of: str) -> bool:
    return fnmatchcase(name, of) if "*" in of else bool(re.search(rf"(?:^|_){of}(?:_|$)", name))


@cache
def _any(spans: Sequence[SpanWords]) -> re.Pattern[str]:
    longest_first = sorted({_plain(word) for one in spans for word in one.words}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?![\w-])")


def _plain(text: str) -> str:
    """The text in lower case, with one kind of apostrophe and single spaces, as the lists of words are written."""
    return " ".join(text.lower().replace("\u2019", "'").split())
