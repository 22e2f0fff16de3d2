"""Read plain text, Markdown or HTML as paragraphs, each cut into sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from generator.errors import DataError
from generator.verification.sentences.tree import COMMENT, Element, parse_html

LARGEST = 500_000
"""Characters that an article may have: some 80,000 words."""
_WRAPPED = 120
"""The longest line of a text whose lines are broken by hand; where one is longer, each line is a paragraph."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = {
    *_HEADINGS, "p", "li", "ul", "ol", "blockquote", "dt", "dd", "dl", "figure", "figcaption", "div", "section",
    "article", "header", "footer", "main", "aside", "body", "br", "hr", "pre",
}  # fmt: skip
_UNREAD = frozenset([COMMENT, "script", "style", "template", "noscript", "nav", "svg", "table", "head", "title"])
_ENDS = regex.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[\p{Lu}\d$*])")
_ABBREVIATED = regex.compile(
    r"(?:\b(?:U\.S|U\.K|E\.U|Inc|Corp|Co|Ltd|Jr|Sr|St|Mr|Mrs|Ms|Dr|vs|pct|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|e\.g|i\.e|approx|est|cf|Gov|Sen|Rep|Prof)|\b\p{Lu}(?:\.\p{Lu})*|\b[ap]\.m|\bp\.p)\.$"
)
_MARKED = regex.compile(r"^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+•]\s+|\d{1,3}[.)/]\s+)+")
_EMPHASIS = regex.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")
_LINK = regex.compile(r"!?\[([^\]\n]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_FRONT = regex.compile(r"\A\s*---\n(?:.*\n)*?---\n")
_SOURCE = regex.compile(r"\s*(?:[-*] )?\[\^?\d{1,2}\]:? .*https?://")
"""A line of a list of sources, whose titles are somebody else's sentences."""
_NOTE = regex.compile(r"(?:\s*\[\^?\d{1,2}\](?![(:]))+")
_TABLE = regex.compile(r"^\s*\|.*\|\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or item of a list: its sentences in order."""

    kind: str
    """`heading`, `item` or `text`."""
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """What was read: its blocks, and how many rows of tables were left out."""

    blocks: tuple[Block, ...]
    rows: int = 0

    @property
    def text(self) -> str:
        return "\n".join(" ".join(block.sentences) for block in self.blocks)


def read_article(text: str, name: str) -> Article:
    """The article in its sentences; raises `DataError` for one that is empty, or longer than any article."""
    if len(text) > LARGEST:
        raise DataError(
            f"{name}: has {len(text):,} characters. An article may have {LARGEST:,}: give the article alone."
        )
    rows = 0
    if regex.search(r"<(?:html|body|p|div|article|h[1-6]|li|br)\b", text[:20_000], regex.I):
        pieces, rows = _from_html(text, name)
    else:
        pieces, rows = _from_text(text)
    blocks = [Block(kind, tuple(sentences(piece))) for kind, piece in pieces]
    found = tuple(block for block in blocks if block.sentences)
    if not found:
        raise DataError(f"{name}: has no text. Give an article as plain text, Markdown or HTML.")
    return Article(found, rows)


def _from_html(text: str, name: str) -> tuple[list[tuple[str, str]], int]:
    """The text of each paragraph as a browser parses the page, and how many rows its tables have."""
    try:
        root = parse_html(text)
    except DataError as error:
        raise DataError(f"{name}: {error}. Give the article alone.") from error
    found: list[tuple[str, str]] = []
    _walk(root, "text", [], found)
    return found, len(root.named("tr"))


def _walk(element: Element, kind: str, line: list[str], found: list[tuple[str, str]]) -> None:
    """Gather an element's text: what stands in one block is one paragraph."""
    for one in element.content:
        if isinstance(one, str):
            line.append(one)
        elif one.tag in _BLOCKS:
            _close(kind, line, found)
            inner = "heading" if one.tag in _HEADINGS else "item" if one.tag == "li" else "text"
            _walk(one, inner, line, found)
            _close(inner, line, found)
        elif one.tag not in _UNREAD:
            _walk(one, kind, line, found)
    if element.tag == "html":
        _close(kind, line, found)


def _close(kind: str, line: list[str], found: list[tuple[str, str]]) -> None:
    words = " ".join("".join(line).split())
    if words:
        found.append((kind, words))
    line.clear()


def _from_text(text: str) -> tuple[list[tuple[str, str]], int]:
    """Paragraphs of plain text or Markdown: a blank line parts them, an item of a list, a heading, or each line."""
    text = _FRONT.sub("", text)
    lines = text.splitlines()
    wrapped = max(map(len, lines), default=0) <= _WRAPPED
    found: list[tuple[str, str]] = []
    rows, paragraph = 0, list[str]()

    def close() -> None:
        if paragraph:
            found.append(("text", _plain(" ".join(paragraph))))
            paragraph.clear()

    for line in lines:
        if _SOURCE.match(line):
            close()
            continue
        match = _MARKED.match(line)
        if _TABLE.match(line):
            rows += 1
        if match and line.strip() != match[0].strip():
            close()
            found.append(("heading" if "#" in match[0] else "item", _plain(line[match.end() :])))
        elif _TABLE.match(line) or not line.strip() or regex.fullmatch(r"\s*([-*_=]\s*){3,}", line):
            close()
        else:
            paragraph.append(line.strip())
            if not wrapped:
                close()
    close()
    return found, rows


def _plain(line: str) -> str:
    """A line without the marks of Markdown."""
    line = _LINK.sub(r"\1", line)
    for _ in range(2):
        line = _EMPHASIS.sub(r"\2", line)
    return " ".join(line.replace("\\", "").split())


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, without the numbers of notes; `U.S.`, `Feb. 7` and `J.P. Morgan` end none."""
    text = _NOTE.sub("", text)
    start = 0
    for match in _ENDS.finditer(text):
        head = text[start : match.start()]
        bare = regex.sub(r"[\"'”’)\]]+$", "", head)
        following = text[match.end() : match.end() + 1]
        if _ABBREVIATED.search(bare) and not (
            regex.search(r"\b[ap]\.m\.$|\bU\.S\.$", bare)
            and regex.match(r"(?:The|It|A|In|On|But|And|He|She|That|This|Small)\b", text[match.end() :])
        ):
            continue
        if following.isdigit() and regex.search(r"\b(?:No|pct)\.$", bare):
            continue
        piece = text[start : match.end()].strip()
        if piece:
            yield piece
        start = match.end()
    if text[start:].strip():
        yield text[start:].strip()
