"""A post's words: the links and tags in them, and whether a network's own form of them is the same."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_LINK = re.compile(r"https?://[^\s<>\"]+")
_TAG = re.compile(r"(?<![\w&/#])#(\w*[^\W\d_]\w*)")


@dataclass(frozen=True, slots=True)
class Span:
    """A link or tag, and the bytes of the UTF-8 text that it takes."""

    kind: Literal["link", "tag"]
    value: str
    start: int
    end: int


def links(text: str) -> list[str]:
    """Every address in the text."""
    return [match[0].rstrip(".,;:!?)’”'") for match in _LINK.finditer(text)]


def spans(text: str) -> Iterator[Span]:
    """Every link and tag, counted in bytes, in order."""

    def at(place: int) -> int:
        return len(text[:place].encode())

    found: list[Span] = []
    for match in _LINK.finditer(text):
        address = match[0].rstrip(".,;:!?)’”'")
        found.append(Span("link", address, at(match.start()), at(match.start() + len(address))))
    for match in _TAG.finditer(text):
        inside = at(match.start())
        if not any(span.start <= inside < span.end for span in found):
            found.append(Span("tag", match[1], inside, at(match.end())))
    return iter(sorted(found, key=lambda span: span.start))


def plain(text: str) -> str:
    """The text as it can be compared: without marks of HTML, addresses (networks shorten them) and space."""
    bare = html.unescape(re.sub(r"<[^>]*>", "", text))
    return "".join(_LINK.sub("", bare).split())


def plain_html(text: str) -> str:
    """HTML as it can be compared with a post: links are written out inside it, so they are taken out whole."""
    return plain(re.sub(r"(?s)<a\b[^>]*>(.*?)</a>", lambda match: re.sub(r"<[^>]*>", "", match[1]), text))
