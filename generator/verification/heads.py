"""What an article tells machines in; whether it says what the article says, out: front matter, page head."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator.verification.answers import Answers
from generator.verification.evening import Evening
from generator.verification.extraction import Read, as_date
from generator.verification.standing import disclosure_of, link_of

Record = Mapping[str, Any]


def check_front_matter(answers: Answers, name: str, read: Read, ledger: Record, evening: Evening) -> None:
    """What Hugo and Jekyll are told."""
    imprint, head = evening.publication.imprint, headline_of(ledger)
    link = link_of(evening.publication, evening.edition, evening.session)
    wanted: dict[str, object] = {
        "title": head["headline"], "date": evening.session.isoformat(), "description": head["standfirst"],
        "slug": f"{evening.session.isoformat()}-{evening.edition}", "tags": list(imprint.hashtags),
        "author": imprint.byline.removeprefix("By ").removeprefix("the "), "categories": [evening.edition],
        "lang": imprint.language, "canonical_url": link, "draft": False, "simulated": evening.simulated,
    }  # fmt: skip
    if "image" in read.meta:
        wanted |= {"image": f"{link.rpartition('/')[0]}/card.png", "image_alt": ledger["card"]["alt_text"]}
    for key in {**wanted, **read.meta}:
        found = as_date(read.meta.get(key)) if key == "date" else read.meta.get(key)
        answers.check(key in wanted and found == wanted[key], "front matter", name, f"{key}: {found}",
                      f"it is {wanted.get(key, 'not known')}")  # fmt: skip


def headline_of(ledger: Record) -> dict[str, str]:
    """The first sentence of each part of the article."""
    return {record["part"]: record["text"] for record in reversed(ledger["products"]["article"])}


def check_head(answers: Answers, name: str, read: Read, ledger: Record, evening: Evening) -> None:
    """What a page tells machines: titles, descriptions, dates, structured data."""
    head, alt = headline_of(ledger), ledger["card"]["alt_text"]
    day = evening.session.isoformat()
    disclosure = disclosure_of(evening.publication, evening.supplier, evening.session)
    link = link_of(evening.publication, evening.edition, evening.session)
    wanted = {
        "title": [f"{head['headline']} | {evening.publication.imprint.title}"], "description": [head["standfirst"]],
        "og:title": [head["headline"]], "og:description": [head["standfirst"]], "og:image:alt": [alt],
        "twitter:title": [head["headline"]], "twitter:description": [head["standfirst"]], "twitter:image:alt": [alt],
        "article:published_time": [day], "disclosure": [disclosure], "canonical": [link], "og:url": [link],
    }  # fmt: skip
    for key, texts in wanted.items():
        if key in read.meta:
            said = ["".join(read.meta[key])] if key == "title" else read.meta[key]
            answers.check(said == texts, "page head", name, f"{key}: {said}", f"it is {texts}")
    days = {day, *(fact.published.isoformat() for fact in evening.facts)}
    for said_day in read.meta.get("time", []):
        answers.check(said_day in days, "page head", name, said_day, "it is no day of this edition")
    for text in read.meta.get("structured", []):
        data = _json(text)
        right = (data.get("headline"), data.get("description"), data.get("datePublished"))
        answers.check(right == (head["headline"][:110], head["standfirst"], day), "page head", name, right,
                      "the structured data differ from the article")  # fmt: skip


def _json(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
