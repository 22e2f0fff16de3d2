"""Makes text that is data safe for HTML and for Markdown, and judges the addresses that pages may lead to."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

SCHEMES = ("https", "http", "mailto")
"""Where a link in a page may lead; everything else (`javascript:`, `data:`, a file) is refused."""
_MEANT_IN_HTML = re.compile(r"[<>&]")
_MEANT_IN_MARKDOWN = re.compile(r"[\\`*_\[\]<~]|&(?=#?\w+;)|\n")
_ENTITIES = {"<": "&lt;", "&": "&amp;", "\n": " "}


def html_text(text: str) -> str:
    """`text` as it stands between two tags."""
    return escape(text, quote=False) if _MEANT_IN_HTML.search(text) else text


def markdown_text(text: str) -> str:
    """`text` on one line of Markdown, where no character of it marks anything up or begins a tag."""
    return _MEANT_IN_MARKDOWN.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), text)


def markdown_source(text: str) -> str:
    """An editor's Markdown with every tag in it made visible: its own marks stay."""
    return re.sub(r"<|&(?=#?\w+;)", lambda found: _ENTITIES[found[0]], text)


def address_fault(address: str) -> str | None:
    """Why a page may not lead to `address`; None where it may: an absolute address of an allowed scheme."""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        return f"the address '{address[:60]}' cannot be read ({error})."
    if re.search(r"[\x00-\x20\x7f<>\"\\^`{|}]", address):
        return f"the address '{address[:60]}' holds a character that no address has. Write it percent-encoded."
    if parts.scheme not in SCHEMES or (parts.scheme != "mailto" and not parts.netloc):
        return f"the address '{address[:60]}' is not one that a page may lead to. Begin it with https://."
    return None
