"""Reads an article in Markdown as its readers see it, by CommonMark's rules: text in order, tables, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator.verification.sentences.tree import Element

_FOOTNOTE = re.compile(r"^\[\^(\d+)\]: (.*)$", re.MULTILINE)
TEXTS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "caption", "figcaption"])
BLOCKS = TEXTS | frozenset(
    ["ol", "ul", "section", "figure", "div", "header", "footer", "main", "article", "aside", "table", "tr", "td", "th"]
)
LANDMARKS = frozenset(["header", "main", "article", "aside", "footer", "section", "figure", "div"])
_PLAIN = frozenset(["text", "em_open", "em_close", "strong_open", "strong_close", "image", "link_open", "link_close"])
_LISTED = (
    "heading",
    "paragraph",
    "blockquote",
    "bullet_list",
    "list_item",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
)
_LAID = frozenset(f"{block}_{end}" for block in _LISTED for end in ("open", "close"))


@dataclass(slots=True)
class Read:
    """What a reader finds in one product."""

    text: str = ""
    blocks: list[tuple[str, str]] = field(default_factory=list)
    """Headings, paragraphs and list entries in order, each with the name of its element."""
    tables: list[list[list[str]]] = field(default_factory=list)
    """The tables, each row by row, header first."""
    meta: dict[str, Any] = field(default_factory=dict)
    """The front matter of Markdown, or an HTML page's metadata."""
    figures: list[tuple[str, str, str]] = field(default_factory=list)
    """(text, value, derivation) of each number that a page marks up."""
    sources: dict[str, str] = field(default_factory=dict)
    """The listed sources by number."""
    cited: list[str] = field(default_factory=list)
    """The source numbers cited in the text."""
    scales: list[list[str]] = field(default_factory=list)
    """The marks along each chart's axes, for a product whose charts are not read as drawings."""
    drawings: list[Element] = field(default_factory=list)
    """The charts of a page."""
    addresses: list[tuple[str, str]] = field(default_factory=list)
    """(text, address) of every link and picture."""
    landmarks: list[str] = field(default_factory=list)
    """The page's parts in order, as `tag.class`."""
    odd: list[tuple[str, str]] = field(default_factory=list)
    """(kind, text) of anything that our products never have."""


# --- Markdown -------------------------------------------------------------------------------------


def read_markdown(content: str) -> Read:
    """An article in Markdown; footnotes become plain numbers after the sentences that cite them."""
    found = Read()
    body = content
    if content.startswith("---\n") and "\n---\n" in content:
        head, _, body = content[4:].partition("\n---\n")
        found.meta = _front_matter(head, found)
    found.sources = dict(_FOOTNOTE.findall(body))
    body = _FOOTNOTE.sub(r"\n\2\n", body)
    found.cited = re.findall(r"\[\^(\d+)\]", body)
    # Imported here: only Markdown needs it, not a page.
    from markdown_it import MarkdownIt

    env: dict[str, Any] = {}
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body, env)
    found.odd += [("a definition", name) for name in env.get("references", {})]
    _take(tokens, found)
    heads = [table[0][0] for table in found.tables if table]
    found.text = re.sub(r"\[\^(\d+)\]", r"[\1]", "\n".join([*(text for _, text in found.blocks), *heads]))
    return found


def _take(tokens: Iterable[Any], found: Read) -> None:
    """Put what the parser found where a reader finds it: blocks, tables and whatever is odd."""
    opened: list[str] = []
    cells: list[str] = []
    for token in tokens:
        if token.type == "inline":
            text = _inline(token, found)
            if opened[-1] in ("th", "td"):
                cells.append(text)
            else:
                found.blocks.append((_block(opened), text))
        elif token.type not in _LAID:
            found.odd.append((token.type.replace("_", " "), token.content))
        elif token.nesting == 1:
            opened.append(token.tag)
            if token.tag == "table":
                found.tables.append([])
        else:
            opened.pop()
            if token.tag in ("th", "td") and token.nesting == -1:
                continue
            if token.tag == "tr":
                found.tables[-1].append(cells)
                cells = []


def _block(opened: list[str]) -> str:
    """The element that contains a run of text; for a paragraph inside a list or quote, the list entry or quote."""
    around = [tag for tag in opened if tag not in ("p", "ul")]
    return around[-1] if around else opened[-1]


def _inline(token: Any, found: Read) -> str:
    parts: list[str] = []
    for child in token.children or ():
        if child.type == "image":
            parts.append(f"{child.content}\n{child.attrs['src']}")
            found.addresses.append((child.content, str(child.attrs["src"])))
        elif child.type == "link_open":
            found.addresses.append(("", str(child.attrs["href"])))
        elif child.type not in _PLAIN:
            found.odd.append((child.type.replace("_", " "), child.content))
        if set(child.attrs) - {"src", "alt", "href"}:
            found.odd.append(("a title", str(child.attrs)))
        if child.type == "text" or child.type not in _PLAIN:
            parts.append(child.content if child.type != "softbreak" else "\n")
    return "".join(parts)


def _front_matter(head: str, found: Read) -> dict[str, Any]:
    """The front matter's values, read by a YAML library as Hugo and Jekyll do."""
    import yaml

    keys = re.findall(r"(?m)^([^\s#:-][^:]*):", head)
    found.odd += [("a key twice in the front matter", key) for key in set(keys) if keys.count(key) > 1]
    found.odd += [("a comment in the front matter", line) for line in head.split("\n") if line.lstrip().startswith("#")]
    try:
        values = yaml.load(head, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return {}
    return {str(key): value for key, value in values.items()} if isinstance(values, Mapping) else {}


def as_date(value: object) -> str:
    """A date of the front matter as text; YAML may have read it as a date."""
    return value.isoformat() if isinstance(value, date) else str(value)
