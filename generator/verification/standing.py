"""A publication in; the text that stands on its pages whatever the market does, out: imprint, captions, templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from generator.model import Fact, Publication
from generator.verification.words import spelled

SIMULATED = "Simulated market."
_TAG, _WORD = re.compile(r"<[^<>]*>?|\{\{|\[\^|\]: "), re.compile(r"\w")


@lru_cache(maxsize=8)
def template_text(folders: tuple[Path, ...]) -> frozenset[str]:
    """Every run of words that stands in a template of the publication, without its markup."""
    found: set[str] = set()
    for folder in folders:
        for path in sorted(folder.glob("*.j2")):
            found.update(_words(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.css")):
            found.update(re.findall(r'"([^"]*\w[^"]*)"', path.read_text(encoding="utf-8")))
    return frozenset(text for text in found if _WORD.search(text))


def _words(source: str) -> Iterator[str]:
    try:
        tokens = list(Environment(autoescape=False).lex(source))
    except TemplateSyntaxError:
        return
    # Marks of what is computed cut the text, as they do on the page.
    text = "".join(value if kind == "data" else "\0" for _, kind, value in tokens if kind != "raw_begin")
    text = re.sub(r"<(style|script)\b.*?</\1>", "\0", text, flags=re.DOTALL)
    for run in re.split(r"[\0\n]|<[^<>\0]*>?|[^<>\0]*\">", text):
        yield " ".join(re.sub(r"^[#>|*\-\s]+|[*|\s]+$|\*\*", " ", run).split())
    strings = (value.strip("'\"") for _, kind, value in tokens if kind == "string")
    yield from (value for value in strings if value[:1].isupper())


def standing_text(publication: Publication, edition: str, session: date, disclosure: str) -> Iterator[str]:
    """Every phrase that may stand on a page of this session beside its sentences."""
    imprint, outline = publication.imprint, publication.outlines[edition]
    yield from (imprint.title, imprint.byline, imprint.risk, imprint.call_to_action, disclosure, *imprint.notes)
    yield link_of(publication, edition, session)
    yield f"{imprint.place}, {spelled(session, 'day')}."
    yield f"{session:%A}, {spelled(session, 'full')}"
    yield from (f"#{tag}" for tag in imprint.hashtags)
    yield from (segment.cashtag for segment in publication.universe.segments.values() if segment.cashtag)
    yield outline.table_caption
    yield from ("charts/performance.svg", "charts/moves.svg")
    yield from template_text(publication.templates)


def link_of(publication: Publication, edition: str, session: date) -> str:
    """Where the article will be read."""
    return publication.imprint.url.replace("{date}", session.isoformat()).replace("{edition}", edition)


def disclosure_of(publication: Publication, supplier: str, session: date) -> str:
    """The line that names the supplier and the session."""
    text = publication.imprint.disclosure.replace("{supplier}", supplier)
    return text.replace("{session}", spelled(session, "full"))


def source_text(fact: Fact) -> tuple[str, ...]:
    """What a list of sources says of a fact."""
    day = fact.published
    return (fact.source, fact.url, day.isoformat(), f"{day:%A}, {spelled(day, 'full')}", spelled(day, "full"))
