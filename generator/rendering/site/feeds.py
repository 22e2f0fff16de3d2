"""Write the site's three feeds, RSS 2.0, Atom and JSON Feed 1.1, each with the full text.

No moment in them is the builder's: a feed is as new as the newest of what it tells of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

from generator.model import Entry, Imprint, SiteSettings
from generator.rendering.site.places import Places

MOST = 50
"""How many issues a feed has."""
ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML may hold, however they are written."""
FEEDS = ("feed.xml", "atom.xml", "feed.json")


@dataclass(frozen=True, slots=True)
class Item:
    """One issue as a feed tells of it."""

    entry: Entry
    address: str
    html: str
    published: datetime
    updated: datetime
    image: str
    """The card's whole address; empty where there is none."""


def rss(items: Sequence[Item], imprint: Imprint, settings: SiteSettings, places: Places) -> bytes:
    """The feed as RSS 2.0."""
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _tell(channel, title=imprint.title, link=places.base, description=settings.description or imprint.title)
    _tell(channel, language=imprint.language)
    own = {"href": places.absolute("feed.xml"), "rel": "self", "type": "application/rss+xml"}
    ET.SubElement(channel, f"{{{ATOM}}}link", own)
    if items:
        _tell(channel, lastBuildDate=_rfc_822(max(item.updated for item in items)))
    for item in items:
        told = ET.SubElement(channel, "item")
        _tell(told, title=item.entry.headline, link=item.address)
        ET.SubElement(told, "guid", isPermaLink="true").text = item.address
        _tell(told, pubDate=_rfc_822(item.published))
        ET.SubElement(told, f"{{{DC}}}creator").text = item.entry.author
        for tag in item.entry.tags:
            _tell(told, category=tag)
        _tell(told, description=item.entry.standfirst)
        ET.SubElement(told, f"{{{CONTENT}}}encoded").text = item.html
        ET.SubElement(told, f"{{{ATOM}}}updated").text = item.updated.isoformat()
    return _text(root)


def atom(items: Sequence[Item], imprint: Imprint, settings: SiteSettings, places: Places) -> bytes:
    """The feed as Atom."""
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": imprint.language})
    _atom(root, id=places.base, title=imprint.title)
    if settings.description:
        _atom(root, subtitle=settings.description)
    newest = max((item.updated for item in items), default=None)
    _atom(root, updated=newest.isoformat() if newest else "1970-01-01T00:00:00Z")
    for relation, address, media in (
        ("self", places.absolute("atom.xml"), "application/atom+xml"),
        ("alternate", places.base, "text/html"),
    ):
        ET.SubElement(root, f"{{{ATOM}}}link", href=address, rel=relation, type=media)
    _atom(ET.SubElement(root, f"{{{ATOM}}}author"), name=imprint.title)
    for item in items:
        entry = ET.SubElement(root, f"{{{ATOM}}}entry")
        _atom(entry, id=item.address, title=item.entry.headline)
        ET.SubElement(entry, f"{{{ATOM}}}link", href=item.address, rel="alternate", type="text/html")
        _atom(entry, published=item.published.isoformat(), updated=item.updated.isoformat())
        _atom(ET.SubElement(entry, f"{{{ATOM}}}author"), name=item.entry.author)
        for tag in item.entry.tags:
            ET.SubElement(entry, f"{{{ATOM}}}category", term=tag)
        _atom(entry, summary=item.entry.standfirst)
        ET.SubElement(entry, f"{{{ATOM}}}content", type="html").text = item.html
    return _text(root)


def json_feed(items: Sequence[Item], imprint: Imprint, settings: SiteSettings, places: Places) -> bytes:
    """The feed as JSON Feed 1.1."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": imprint.title,
        "home_page_url": places.base,
        "feed_url": places.absolute("feed.json"),
        **({"description": settings.description} if settings.description else {}),
        "language": imprint.language,
        "authors": [{"name": imprint.title, "url": places.absolute("about/")}],
        "items": [_json_item(item) for item in items],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _json_item(item: Item) -> dict[str, Any]:
    return {
        "id": item.address,
        "url": item.address,
        "title": item.entry.headline,
        "summary": item.entry.standfirst,
        "content_html": item.html,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": [{"name": item.entry.author}],
        "tags": list(item.entry.tags),
        **({"image": item.image} if item.image else {}),
    }


def _rfc_822(at: datetime) -> str:
    return at.strftime("%a, %d %b %Y %H:%M:%S %z")


def _tell(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = text


def _atom(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _text(root: ET.Element) -> bytes:
    for prefix, space in (("atom", ATOM), ("content", CONTENT), ("dc", DC)):
        ET.register_namespace("" if prefix == "atom" and root.tag.startswith("{") else prefix, space)
    ET.indent(root, " ")
    text = _NO_XML.sub("", ET.tostring(root, encoding="unicode"))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
