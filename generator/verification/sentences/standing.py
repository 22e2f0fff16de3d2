"""The text that is on a publication's pages whatever the market does: imprint, captions, templates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from generator.model import Fact, Publication
from generator.verification.figures.words import spelled

SIMULATED = "Simulated market."
_WORD = re.compile(r"\w")
_FOR, _ENDFOR = "\3", "\4"
_EVERY = 99
"""How often a phrase that a template repeats may occur."""


_INCLUDED = re.compile(r"""\{%-?\s*include\s+["']([\w.-]+)["']\s*-?%\}\n?""")
_ELSEWHERE = frozenset(["correction.html.j2", "correction.md.j2"])
"""Parts that stand in a site and in posts alone: an edition's own page has no correction."""


@lru_cache(maxsize=32)
def template_source(folders: tuple[Path, ...], name: str) -> str:
    """A template's text with the parts that it includes in their places; empty where there is none."""
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None or name in _ELSEWHERE:
        return ""
    text = path.read_text(encoding="utf-8")
    return _INCLUDED.sub(lambda found: "" if found[1] == name else template_source(folders, found[1]), text)


@lru_cache(maxsize=32)
def template_text(folders: tuple[Path, ...], name: str) -> Mapping[str, int]:
    """Every run of words in one of the publication's templates, without markup, and how often it may occur."""
    source = template_source(folders, name)
    found: Counter[str] = Counter()
    if name.endswith(".css"):
        found.update(re.findall(r'"([^"]*\w[^"]*)"', source))
        return found
    for run, often in _words(source):
        if _WORD.search(run):
            found[run] += often
    return found


def _words(source: str) -> Iterator[tuple[str, int]]:
    try:
        tokens = list(Environment(autoescape=False).lex(source))
    except TemplateSyntaxError:
        return
    # Computed values split the text into runs, as they do on the page.
    text = "".join(_cut(tokens))
    text = re.sub(r"<(style|script)\b.*?</\1>", "\0", text, flags=re.DOTALL)
    depth = 0
    for run in re.split(rf"([{_FOR}{_ENDFOR}])|[\0\n]|<[^<>\0]*>?|[^<>\0]*\">", text):
        depth += {_FOR: 1, _ENDFOR: -1}.get(run or "", 0)
        yield " ".join(re.sub(r"^[#>|*\-\s]+|[*|\s]+$|\*\*", " ", run or "").split()), _EVERY if depth else 1
    strings = (value.strip("'\"") for _, kind, value in tokens if kind == "string")
    yield from ((value, 1) for value in strings if value[:1].isupper())


def _cut(tokens: list[tuple[int, str, str]]) -> Iterator[str]:
    """The text of a template, with marks for computed values and for the beginning and end of each loop."""
    opened = False
    for _, kind, value in tokens:
        if kind == "name" and opened:
            yield {"for": _FOR, "endfor": _ENDFOR}.get(value, "\0")
        elif kind != "raw_begin":
            yield value if kind == "data" else "\0"
        opened = kind == "block_begin" or (opened and kind in ("whitespace", "block_begin"))


def imprint_text(publication: Publication, template: str, disclosure: str) -> Mapping[str, int]:
    """The imprint's own words that a template prints on a page, and how often."""
    imprint = publication.imprint
    values = {"title": imprint.title, "byline": imprint.byline, "risk": imprint.risk, "disclosure": disclosure,
              "call_to_action": imprint.call_to_action, "place": imprint.place}  # fmt: skip
    source = re.sub(r"(?s)<title>.*?</title>", "", template_source(publication.templates, template))
    named = re.findall(r'(?<!")\{\{[^{}]*?\bimprint\.(\w+)', source)
    return Counter(values[name] for name in named if values.get(name))


def page_text(publication: Publication, edition: str, session: date) -> Iterator[str]:
    """What an article's page has once, besides its sentences, imprint and notes."""
    yield f"{publication.imprint.place}, {spelled(session, 'day')}."
    yield f"{session:%A}, {spelled(session, 'full')}"
    yield publication.outlines[edition].table_caption
    yield publication.outlines[edition].kicker
    yield from ("charts/performance.svg", "charts/moves.svg")


def post_text(publication: Publication, edition: str, session: date) -> Iterator[str]:
    """What a post has once, besides its sentences and the call to read on."""
    yield link_of(publication, edition, session)
    yield from (f"#{tag}" for tag in publication.imprint.hashtags)
    yield from (segment.cashtag for segment in publication.universe.segments.values() if segment.cashtag)


def link_of(publication: Publication, edition: str, session: date) -> str:
    """The address at which the article will be read."""
    return publication.imprint.url.replace("{date}", session.isoformat()).replace("{edition}", edition)


def disclosure_of(publication: Publication, supplier: str, session: date) -> str:
    """The line that names the supplier and the session."""
    text = publication.imprint.disclosure.replace("{supplier}", supplier)
    return text.replace("{session}", spelled(session, "full"))


def source_text(fact: Fact) -> tuple[str, ...]:
    """The texts for a fact in a list of sources: source, address, and its day in three forms."""
    day = fact.published
    return (fact.source, fact.url, day.isoformat(), f"{day:%A}, {spelled(day, 'full')}", spelled(day, "full"))
