"""Checks an article's structure: the element of each sentence, the order of its parts, the addresses of its links."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.model import Publication
from generator.verification.figures.answers import Answers
from generator.verification.products.markup import landmarks_of
from generator.verification.sentences.evening import Evening
from generator.verification.sentences.extraction import Read

Record = Mapping[str, Any]
PLACED = ("div.inset", "figure.picture")
"""Parts that stand where an editor puts them, which is checked by their words."""
CHARTS = ("charts/performance.svg", "charts/moves.svg")


def check_structure(answers: Answers, name: str, read: Read, expected: Sequence[tuple[Record, str]]) -> None:
    """Check that the headline is the one main heading, section headings share a level, and sentences are in place."""
    blocks = [(tag, " ".join(re.sub(r"\[\^(\d+)\]", r"[\1]", text).split())) for tag, text in read.blocks]
    tags: dict[str, set[str]] = {}
    for record, text in expected:
        part = record["part"]
        group = "heading" if part.endswith(" heading") else part if part in ("headline", "takeaways") else "body"
        wanted = " ".join(text.split())
        # A heading or takeaway is a block of its own; other sentences are part of a paragraph.
        alone = group != "body"
        found = next((tag for tag, block in blocks if (block == wanted if alone else wanted in block)), "")
        tags.setdefault(group, set()).add(found)
    right = tags.get("headline") == {"h1"} and sum(tag == "h1" for tag, _ in blocks) == 1
    answers.check(right, "structure", name, sorted(tags.get("headline", ())), "the headline is the one main heading")
    headings, body = tags.get("heading", {"h2"}), tags.get("body", {"p"})
    level = len(headings) == 1 and bool(re.fullmatch("h[2-6]", next(iter(headings))))
    answers.check(level, "structure", name, sorted(headings), "headings of sections are all of one level")
    answers.check(body == {"p"}, "structure", name, sorted(body), "its sentences stand in paragraphs")
    takeaways = tags.get("takeaways", {"li"})
    answers.check(takeaways == {"li"}, "structure", name, sorted(takeaways), "takeaways are entries of a list")
    others = {tag for tag, _ in blocks if tag.startswith("h")} - {"h1", *headings}
    answers.check(not others, "structure", name, sorted(others), "there are headings of another level")
    for what, said in read.odd:
        answers.uncovered(name, said[:60], f"{what}, which no article of ours has")


def check_landmarks(answers: Answers, name: str, read: Read, evening: Evening) -> None:
    """Check that the parts of a page are in its template's order."""
    wanted = landmarks_of(evening.publication.templates, f"{name}.j2")
    found = [one for one in dict.fromkeys(read.landmarks) if one in wanted and one not in PLACED]
    right = [one for one in wanted if one in found]
    answers.check(found == right, "structure", name, ", ".join(found), f"the order of its parts is {', '.join(right)}")


def check_addresses(answers: Answers, name: str, read: Read, evening: Evening) -> None:
    """Check that each link leads to a listed source or to the list, and that each picture is one of the charts."""
    sources = {(fact.url, fact.source) for fact in evening.facts if fact.url}  # several may share an address
    listed = {url for url, _ in sources}
    for text, address in read.addresses:
        if address.startswith("#"):
            right = address == f"#source-{text}"
        elif address in listed:
            right = (not text or (address, text) in sources) and re.match("https?://", address) is not None
        else:
            right = address in (*CHARTS, *(one.file for one in evening.pictures)) or address in _own(
                evening.publication
            )
        answers.check(
            right, "addresses", name, f"{text} {address}".strip(), "no source of the edition has this address"
        )


def _own(publication: Publication) -> set[str]:
    """The addresses in the content's own sentences."""
    variants = (one for found in publication.fragments.values() for each in found for one in each.parts.values())
    texts = ("".join(line.html) for each in variants for one in each for line in one.lines)
    return {address for text in texts for address in re.findall(r'href="(https?://[^"]*)"', text)}
