"""Finds words for a span of time that no figure over that span backs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from itertools import groupby

from generator.errors import CommentaryError, Fault
from generator.model import Catalogue, Fragment, Publication, SpanWords, Universe, Variant
from generator.narrative.situations.rules import read_rule

_MARK = "\u25a0"
_AGE = re.compile(r"\w*(?:_sessions_since_\w+|_record_wait)\s*>=?\s*(\d+)")
_ENDS = re.compile(rf"(?<=[.?!])['\"]?\s+(?=[a-z{_MARK}])")


def span_faults(
    publication: Publication, catalogue: Catalogue, fragment: Fragment, variant: Variant
) -> Iterator[Fault]:
    """Span words without a figure over their span, and figures quoted under words for another span.

    A word is backed by the figures that its own sentence quotes and those that the fragment's rules name.
    """
    spans, universe = publication.lexicon.spans, publication.universe
    for text, quoted in _sentences(variant):
        told = [(word, _entries(spans)[word]) for word in _said(spans, text)]
        if not told:
            continue
        ruled, ages = _ruled(fragment, catalogue), _ages(fragment)
        for word, entries in told:
            if not any(_proved(one, (*quoted, *ruled), ages, universe) for one in entries):
                of = ", ".join(dict.fromkeys(key for one in entries for key in one.of))
                message = (
                    f"'{word}' tells of a span: quote a figure of it ({of}), or name one in the rule or under asserts."
                )
                yield Fault(variant.source, message)
        named = {key for one in spans if set(one.named_by) & set(quoted) for key in one.of}
        allowed = named | {key for _, entries in told for one in entries for key in one.of}
        for name in quoted:
            mine = _horizons(name, spans, universe)
            if mine and not mine & allowed:
                words = "', '".join(dict.fromkeys(word for word, _ in told))
                yield Fault(variant.source, f"'{name}' is quoted under '{words}', which tells of another span.")


def _proved(span: SpanWords, names: Iterable[str], ages: Sequence[int], universe: Universe) -> bool:
    if span.free or (span.since and any(age >= span.since for age in ages)):
        return True
    horizons, patterns = [of for of in span.of if "*" not in of], [of for of in span.of if "*" in of]
    return any(
        _of_horizon(name, horizons, universe) or any(fnmatchcase(name, pattern) for pattern in patterns)
        for name in names
    )


def _horizons(name: str, spans: Sequence[SpanWords], universe: Universe) -> set[str]:
    """The horizons of a figure, among those that span words are about."""
    return set() if _released(name, universe) else {of for of in _known(spans) if _has(name, of)}


@cache
def _known(spans: Sequence[SpanWords]) -> frozenset[str]:
    return frozenset(of for one in spans for of in one.of if "*" not in of)


def _of_horizon(name: str, horizons: Sequence[str], universe: Universe) -> bool:
    return any(_has(name, of) for of in horizons) and not _released(name, universe)


def _released(name: str, universe: Universe) -> bool:
    """Whether a name is a release's: `bill_3m` is the yield of a bill, not a move over three months."""
    return any(name == key or name.startswith(f"{key}_") for key in universe.releases)


def _has(name: str, horizon: str) -> bool:
    return f"_{horizon}_" in f"_{name}_"


def _ages(fragment: Fragment) -> tuple[int, ...]:
    """The least ages, in sessions, that the fragment's rules require of something past."""
    rules = " ".join((fragment.when, fragment.after, *fragment.asserts.values()))
    return tuple(int(found[1]) for found in _AGE.finditer(rules))


def _sentences(variant: Variant) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each sentence of the wording with a mark for every placeholder, and the figures that it quotes."""
    slots = iter(variant.slots)
    for text in _ENDS.split(_plain(_MARK.join(variant.plain))):
        yield text, tuple(name for _ in range(text.count(_MARK)) for name in next(slots).names)


def _ruled(fragment: Fragment, catalogue: Catalogue) -> frozenset[str]:
    """The figures that the fragment's rule, situation and assertions name."""
    found: set[str] = set()
    for rule in (fragment.when, fragment.after, *fragment.asserts.values()):
        try:
            found.update(read_rule(rule, catalogue, fragment.path).names)
        except CommentaryError:
            continue  # reported where rules are read
    return frozenset(found)


def _said(spans: Sequence[SpanWords], text: str) -> Iterator[str]:
    """The span words of a text. Longer ones are taken out before shorter ones: `three months` before `in three`."""
    for pattern in _longest_first(spans):
        yield from pattern.findall(text)
        text = pattern.sub(" ", text)


@cache
def _entries(spans: Sequence[SpanWords]) -> Mapping[str, tuple[SpanWords, ...]]:
    """For each word the entries that have it."""
    found: dict[str, list[SpanWords]] = {}
    for one in spans:
        for word in dict.fromkeys(map(_plain, one.words)):
            found.setdefault(word, []).append(one)
    return {word: tuple(entries) for word, entries in found.items()}


@cache
def _longest_first(spans: Sequence[SpanWords]) -> tuple[re.Pattern[str], ...]:
    """A pattern for the words of each length."""
    words = sorted({_plain(word) for one in spans for word in one.words}, key=len, reverse=True)
    return tuple(
        re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, alike))})(?![\w-])") for _, alike in groupby(words, key=len)
    )


def _plain(text: str) -> str:
    """The text in lower case, with one kind of apostrophe and single spaces, as the lists of words are written."""
    return " ".join(text.lower().replace("\u2019", "'").split())
