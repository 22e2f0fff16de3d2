"""Checks that each word for a span of time in a sentence has a figure over that span."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from generator.model import Fragment, SpanWords, Universe

_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")
_AGED = re.compile(r"(?:sessions_since_[a-z_]+|record_wait) *>=? *(\d+)")
_STOP = re.compile(r"[.?!]['\"]? ")
_TO_DATE = {"wtd": ("week", 2), "mtd": ("month", 3), "qtd": ("quarter", 5), "htd": ("half", 5), "ytd": ("year", 5)}
"""The period of each, and how many sessions it must have had before a sentence is about it."""


def span_objections(
    spans: Sequence[SpanWords], universe: Universe, fragment: Fragment, record: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """(words or figure, what is wrong) for each span word and each figure that do not belong together."""
    rules = " ".join([fragment.when, fragment.after, *fragment.asserts.values()])
    oldest = max(map(int, _AGED.findall(rules)), default=0)
    known = {of for span in spans for of in span.of if "*" not in of}
    for text, stated in _sentences(record):
        said = _said(spans, text)
        behind = {*stated, *_NAME.findall(rules)}
        for word, span in said:
            backed = any(_backs(name, of, universe) for name in behind for of in span.of)
            if not (backed or span.free or 0 < span.since <= oldest):
                yield word, f"no figure of that span ({', '.join(span.of)}) stands behind it"
        placed = [span for span in spans if set(span.named_by) & set(stated)]
        allowed = {of for span in [*placed, *(span for _, span in said)] for of in span.of}
        for name in stated if said else ():
            mine = {of for of in known if _backs(name, of, universe)}
            if mine and mine.isdisjoint(allowed):
                yield name, f"it is not of the span that '{said[0][0]}' tells of"


def young_period(names: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """For figures to date: the figure, the one that counts its period's sessions, and how many there must be."""
    for name in names:
        period = _TO_DATE.get(name.rpartition("_")[2])
        if period:
            yield name, f"{period[0]}_sessions", period[1]


def _sentences(record: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Each sentence with a stroke in place of every claim, so that claims' words do not count, and its figures."""
    bare, rest = "", record["text"]
    for claim in record["claims"]:
        before, _, rest = rest.partition(claim["text"])
        bare += f"{before}|"
    names = [claim["name"].rpartition(":")[2] for claim in record["claims"]]
    for text in _split(" ".join((bare + rest).lower().replace("\u2019", "'").split())):
        count = text.count("|")
        yield text, names[:count]
        del names[:count]


def _split(text: str) -> Iterator[str]:
    start = 0
    for stop in _STOP.finditer(text):
        yield text[start : stop.end()]
        start = stop.end()
    yield text[start:]


def _said(spans: Sequence[SpanWords], text: str) -> list[tuple[str, SpanWords]]:
    """The span words of a text; longer ones are blanked out before shorter ones are looked for."""
    found: list[tuple[str, SpanWords]] = []
    for word, span in _longest_first(tuple(spans)):
        if word not in text:
            continue
        text, times = re.subn(rf"(?<![\w-]){re.escape(word)}(?![\w-])", lambda hit: "~" * len(hit[0]), text)
        found += [(word, span)] * bool(times)
    return found


@cache
def _longest_first(spans: tuple[SpanWords, ...]) -> list[tuple[str, SpanWords]]:
    return sorted(((word.lower(), span) for span in spans for word in span.words), key=lambda one: -len(one[0]))


def _backs(name: str, of: str, universe: Universe) -> bool:
    """Whether a figure backs a span, by its pattern or by its horizon; releases have no horizon."""
    if "*" in of:
        return fnmatchcase(name, of)
    return f"_{of}_" in f"_{name}_" and not any(f"{name}_".startswith(f"{key}_") for key in universe.releases)
