"""Who publishes, and the standing text of every page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Newsletter:
    """Who sends the newsletter, and how a reader leaves it."""

    sender: str
    address: str
    """From which it is sent."""
    unsubscribe: str
    """Where a reader leaves it: a web address, or `mailto:` one."""
    postal: str
    """The sender's address in the street, which the law of several countries asks for."""
    one_click: bool = False
    """Whether `unsubscribe` takes a POST, by which mail programs unsubscribe at one click (RFC 8058)."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who publishes, from `content/publication.yaml`."""

    title: str
    byline: str
    place: str
    url: str
    """Where the article will be read; `{date}` and `{edition}` are filled in."""
    disclosure: str
    """Standing text; `{supplier}` and `{session}` are filled in."""
    risk: str
    call_to_action: str
    notes: tuple[str, ...] = ()
    """Standing text on how the figures are made."""
    language: str = "en-US"
    hashtags: tuple[str, ...] = ()
    newsletter: Newsletter | None = None
    """None where the publication sends none."""
