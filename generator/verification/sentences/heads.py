"""Checks an article's front matter and page head, which must say what the article says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from generator.model import Imprint
from generator.verification.figures.answers import Answers
from generator.verification.figures.words import spelled
from generator.verification.sentences.evening import Evening
from generator.verification.sentences.extraction import Read, as_date
from generator.verification.sentences.standing import disclosure_of, link_of

Record = Mapping[str, Any]


def check_front_matter(answers: Answers, name: str, read: Read, ledger: Record, evening: Evening) -> None:
    """Check the front matter for Hugo and Jekyll."""
    imprint, head = evening.publication.imprint, headline_of(ledger)
    link = link_of(evening.publication, evening.edition, evening.session)
    wanted: dict[str, object] = {
        "title": head["headline"], "date": evening.session.isoformat(), "description": head["standfirst"],
        "slug": f"{evening.session.isoformat()}-{evening.edition}", "tags": list(imprint.hashtags),
        "author": author_of(imprint), "categories": [evening.edition],
        "lang": imprint.language, "canonical_url": link, "draft": False, "simulated": evening.simulated,
    }  # fmt: skip
    if "image" in read.meta:
        wanted |= {"image": urljoin(link, "card.png"), "image_alt": ledger["card"]["alt_text"]}
    for key in {**wanted, **read.meta}:
        found = as_date(read.meta.get(key)) if key == "date" else read.meta.get(key)
        answers.check(key in wanted and found == wanted[key], "front matter", name, f"{key}: {found}",
                      f"it is {wanted.get(key, 'not known')}")  # fmt: skip


def headline_of(ledger: Record) -> dict[str, str]:
    """The first sentence of each part of the article."""
    return {record["part"]: record["text"] for record in reversed(ledger["products"]["article"])}


def check_head(answers: Answers, name: str, read: Read, ledger: Record, evening: Evening) -> None:
    """Check a page's metadata: titles, descriptions, addresses, dates, structured data."""
    head, alt, imprint = headline_of(ledger), ledger["card"]["alt_text"], evening.publication.imprint
    day = evening.session.isoformat()
    link = link_of(evening.publication, evening.edition, evening.session)
    card = urljoin(link, "card.png")
    wanted = {
        "title": [f"{head['headline']} | {imprint.title}"], "description": [head["standfirst"]],
        "og:title": [head["headline"]], "og:description": [head["standfirst"]], "og:image:alt": [alt],
        "twitter:title": [head["headline"]], "twitter:description": [head["standfirst"]], "twitter:image:alt": [alt],
        "article:published_time": [day], "canonical": [link], "og:url": [link], "og:image": [card],
        "disclosure": [disclosure_of(evening.publication, evening.supplier, evening.session)],
        "twitter:image": [card], "og:site_name": [imprint.title], "og:locale": [imprint.language.replace("-", "_")],
        "author": [author_of(imprint)], "keywords": [", ".join(imprint.hashtags)], "lang": [imprint.language],
        "article:tag": list(imprint.hashtags), "og:image:width": ["1200"], "og:image:height": ["628"],
        "twitter:card": ["summary_large_image" if "twitter:image" in read.meta else "summary"],
    }  # fmt: skip
    for key, texts in wanted.items():
        if key in read.meta:
            answers.check(read.meta[key] == texts, "page head", name, f"{key}: {read.meta[key]}", f"it is {texts}")
    for key in ("title", "description"):
        answers.check(key in read.meta, "page head", name, f"no {key}", f"it is {wanted[key]}")
    days = {day: evening.session, **{fact.published.isoformat(): fact.published for fact in evening.facts}}
    for said, text in read.meta.get("time", []):
        spelled_out = f"{days[said]:%A}, {spelled(days[said], 'full')}" if said in days else ""
        right = bool(text) and spelled_out.endswith(text)
        answers.check(right, "page head", name, f"{said}: {text}", "it is no day of this edition")
    structured = _structured(ledger, evening, card if "og:image" in read.meta else "")
    for text in read.meta.get("structured", []):
        data = _json(text)
        answers.check(data == structured, "page head", name, _first_difference(data, structured),
                      "the structured data differ from the article")  # fmt: skip


def author_of(imprint: Imprint) -> str:
    """The author's name, without the byline's “By” and “the”."""
    return imprint.byline.removeprefix("By ").removeprefix("the ")


def _structured(ledger: Record, evening: Evening, card: str) -> dict[str, Any]:
    """The structured data for search engines."""
    head, imprint = headline_of(ledger), evening.publication.imprint
    return {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": head["headline"][:110],
        "description": head["standfirst"], "datePublished": evening.session.isoformat(),
        "inLanguage": imprint.language, "author": {"@type": "Organization", "name": author_of(imprint)},
        "publisher": {"@type": "Organization", "name": imprint.title},
        "mainEntityOfPage": link_of(evening.publication, evening.edition, evening.session),
        **({"image": [card]} if card else {}), "keywords": list(imprint.hashtags),
    }  # fmt: skip


def _first_difference(found: Record, wanted: Record) -> str:
    keys = [key for key in {**found, **wanted} if found.get(key) != wanted.get(key)]
    return f"{keys[0]}: {found.get(keys[0])}"[:120] if keys else ""


def _json(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
