"""What the templates of a site are handed: the publication, the page, and its links."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Entry
from generator.rendering.pictures.card_link import CardLink


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere, and how many issues are there."""

    text: str
    href: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """An issue in a list."""

    entry: Entry
    href: str
    day: str
    """`Monday, June 30, 2025`."""
    corrected: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages of a site have around them."""

    title: str
    description: str
    language: str
    risk: str
    root: str


@dataclass(frozen=True, slots=True)
class Head:
    """One page: what it is called, where it is, and how it is told of elsewhere."""

    title: str
    description: str
    href: str
    address: str
    """Whole; empty where the page stands in for others."""
    look: str
    """The kind of page that it is, for the style sheet."""
    noindex: bool = False
    kind: str = "website"
    image: CardLink | None = None
    over: str = ""
    """Words above the title."""
