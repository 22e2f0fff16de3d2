"""What figures there are: every name that a rule or a sentence may use, searched by words, and as a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.figures import between, events, explained, policy, rallies, relative, since, spells, wholes
from generator.figures.catalogue import FigureCatalogue
from generator.figures.history import BEFORE, OPERATORS
from generator.figures.horizons import HORIZONS, PERIODS
from generator.figures.study import SETS, WITHIN
from generator.loading import open_publication
from generator.model import FigureDefinition, Settings, Universe

_SPAN = re.compile(rf"(?<!prior)_({'|'.join(sorted(HORIZONS, key=len, reverse=True))})(?=_|$)")
_SPANS = tuple(HORIZONS)


def known_figures(settings: Settings) -> list[FigureDefinition]:
    """Every figure of the universe without operators, in the catalogue's order."""
    catalogue = FigureCatalogue(open_publication(settings).universe)
    return [catalogue.define(name) for name in catalogue.names()]


def matching(definitions: Iterable[FigureDefinition], search: str) -> list[FigureDefinition]:
    """Those with every word of `search` in their name, label or formula, in capitals or not."""
    words = search.casefold().split()
    return [one for one in definitions if _fits(one, words)]


def _fits(definition: FigureDefinition, words: Sequence[str]) -> bool:
    text = f"{definition.name} {definition.label} {definition.formula}".casefold()
    return all(word in text for word in words)


def record(definition: FigureDefinition) -> dict[str, Any]:
    """What a figure is, for programs."""
    return {
        "name": definition.name,
        "label": definition.label,
        "formula": definition.formula,
        "unit": str(definition.unit),
        "basis": str(definition.basis),
    }


@dataclass(slots=True)
class _Kind:
    """Figures that differ in their subject and span alone."""

    example: FigureDefinition
    spans: dict[str, None] = field(default_factory=dict)
    subjects: dict[str, None] = field(default_factory=dict)


def catalogue_page(universe: Universe) -> str:
    """The whole catalogue as Markdown: one row for each measure, its spans, and the subjects that have it."""
    return "\n".join(_page(universe)) + "\n"


def _page(universe: Universe) -> Iterator[str]:
    catalogue = FigureCatalogue(universe)
    own = set(universe.segments) | set(universe.groups) | set(universe.releases)
    first = next(iter(universe.segments))
    calendar = [name for name in _until(catalogue.names(), f"{first}_") if name not in own]
    yield from (
        "# Figures",
        "",
        "Every figure that a rule or a sentence may name. This page is made by `commentary figures --markdown` from "
        "the catalogue. `commentary figures NAME` shows one with its value, and `commentary figures --search TEXT` "
        "finds some.",
        "",
    )
    spans = f"`<span>` is one of {_code(_SPANS)}, unless a row says which it takes"
    yield f"{spans}: `_5d` is five sessions, `_1m` one month."
    yield from (*_section("Days"), *_table(catalogue, {"": calendar}))
    segments = ((key, segment.short, str(segment.kind)) for key, segment in universe.segments.items())
    yield from (*_section("Segments"), *_of_each(catalogue, segments, "segment"))
    groups = ((key, group.many, f"{len(group.members)} members") for key, group in universe.groups.items())
    yield from (*_section("Groups"), *_of_each(catalogue, groups, "group"))
    yield from _of_several(catalogue, universe, first)
    releases = ((key, one.short, f"every {one.every}") for key, one in universe.releases.items())
    yield from (*_section("Releases"), *_of_each(catalogue, releases, "release"))
    yield from _section("A figure against its own past", "Any number above may carry one of these at its end.")
    yield from ("| suffix | is |", "| --- | --- |")
    for one in (*OPERATORS.values(), BEFORE):
        yield f"| `_{one.suffix}` | {one.words}: {one.formula} |"


def _section(title: str, *says: str) -> tuple[str, ...]:
    """A heading and what stands below it."""
    return ("", f"## {title}", "", *(line for words in says for line in (words, "")))


def _of_each(catalogue: FigureCatalogue, subjects: Iterable[tuple[str, str, str]], what: str) -> Iterator[str]:
    """The subjects of one sort, then the figures that each of them has."""
    listed = list(subjects)
    yield from (*_subjects(listed), "")
    yield from _table(catalogue, {key: list(catalogue.names_of(key)) for key, *_ in listed}, what)


def _of_several(catalogue: FigureCatalogue, universe: Universe, first: str) -> Iterator[str]:
    """Pairs, whole periods, long spans and decisions."""
    pairs = [name for name in relative.names(universe) if name.startswith((f"{first}_minus_", f"{first}_over_"))]
    yields = [name for name in catalogue.names() if "_minus_" in name and name.endswith(tuple(universe.segments))]
    yield from _section("Pairs of segments", "Of any two segments that can be compared; the rows take one for example.")
    yield from _table(catalogue, _paired(pairs, first) | {"": yields[:1]}, "pair")
    yield from _section(
        "Whole periods",
        f"`<period>` is one of {_code(PERIODS)}. Of the core indices and their gap; other figures of the period to "
        "date, of a day or of a sign have the like.",
    )
    yield from _table(catalogue, {"": list(wholes.names(universe, ("quarter",)))}, _WHOLE)
    yield from _section(
        "Long spans",
        "Of the core indices: moves since a named session, rallies, how often one led, what explains a gap of years.",
    )
    long = (name for subject in (since, rallies, spells, explained) for name in subject.names(universe))
    yield from _table(catalogue, {"": list(long)})
    yield from _section(
        "Decisions on interest rates",
        "Their course, what has moved since the last one, and event studies: what followed them. `after_cuts` may be "
        f"{_code(f'after_{one}' for one in SETS)}, each but the last with {_code(filter(None, WITHIN))} behind it; any "
        f"figure over one of {_code(f'{span}d' for span in events.SPANS)} may be studied, and any number `at_cuts`.",
    )
    decided = (*policy.names(), *between.names(universe), *events.names(universe))
    yield from _table(catalogue, {"": list(decided)})


def _until(names: Iterable[str], start: str) -> Iterator[str]:
    for name in names:
        if name.startswith(start):
            return
        yield name


def _paired(names: Sequence[str], first: str) -> dict[str, list[str]]:
    """The pairs of one segment by its partner, so that partners count as subjects."""
    found: dict[str, list[str]] = {}
    for name in names:
        stem = re.sub(r"_(?:streak|change)$", "", name)
        found.setdefault(_SPAN.sub("", stem).removeprefix(f"{first}_"), []).append(name)
    return {f"{first}_{partner}": these for partner, these in found.items()}


def _table(catalogue: FigureCatalogue, names: dict[str, list[str]], what: str = "") -> Iterator[str]:
    kinds: dict[str, _Kind] = {}
    for subject, these in names.items():
        for name in these:
            pattern = _pattern(name, subject, what)
            span = _SPAN.search(name.removeprefix(subject))
            if pattern not in kinds:
                kinds[pattern] = _Kind(catalogue.define(name))
            kinds[pattern].subjects[subject] = None
            if span:
                kinds[pattern].spans[span[1]] = None
    yield from ("| name | unit | for example |", "| --- | --- | --- |")
    for pattern, kind in kinds.items():
        spans = _spans(tuple(kind.spans))
        few = len(kind.subjects) <= _FEW < len(names)
        of = f" Of {_code(kind.subjects)}." if few else ""
        yield f"| `{pattern}`{spans} | {kind.example.unit} | `{kind.example.name}`: {_cell(kind.example)}.{of} |"


def _spans(spans: tuple[str, ...]) -> str:
    """Which spans a measure takes, unless it is all of them."""
    if spans in ((), _SPANS):
        return ""
    begun = tuple(one for one in _SPANS if not one.startswith("prior_"))
    return " (no `prior_`)" if spans == begun else f" (`<span>`: {_code(spans)})"


_WHOLE = "whole period"
_FEW = 4
"""As many subjects are named where not every one has the figure."""


def _pattern(name: str, subject: str, what: str) -> str:
    stem = name.removeprefix(subject) if subject else name
    if what == _WHOLE:
        return re.sub(r"_quarter(?=_|$)", "_<period>", name)
    if what == "pair":
        stem = name.removeprefix(subject)
        sign = "_over_" if "_over_" in name else "_minus_"
        stem = f"<segment>{sign}<segment>{_SPAN.sub('_<span>', stem)}" if subject else "<yield>_minus_<yield>"
        return stem
    stem = re.sub(r"_rank_in_[a-z_]+?(?=_\d|_[wmqhy]td)", "_rank_in_<group>", stem)
    return f"<{what}>{_SPAN.sub('_<span>', stem)}" if what else stem


def _cell(definition: FigureDefinition) -> str:
    return f"{definition.label}; {definition.formula}".replace("|", "\\|")


def _subjects(rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    yield from ("| key | is | |", "| --- | --- | --- |")
    yield from (f"| `{key}` | {words} | {more} |" for key, words, more in rows)


def _code(words: Iterable[str]) -> str:
    return " ".join(f"`{word}`" for word in words)
