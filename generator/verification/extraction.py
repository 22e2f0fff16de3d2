"""A product's file in; what a reader of it reads out: running text, table rows, front matter, marked-up figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")
_FOOTNOTE = re.compile(r"^\[\^(\d+)\]: (.*)$", re.MULTILINE)
_MARKS = re.compile(r"[*`\\]|^#+ |^> |^- ", re.MULTILINE)
_BLOCKS = frozenset(
    [
        *(
            "p",
            "h1",
            "h2",
            "h3",
            "li",
            "ol",
            "ul",
            "section",
            "figure",
            "figcaption",
            "div",
            "header",
            "footer",
            "main",
        ),
        *("article", "table", "caption", "tr", "td", "th", "svg", "text", "title", "desc"),
    ]
)
_VOID = frozenset(["meta", "link", "path", "rect", "br", "hr", "img", "circle"])


@dataclass(slots=True)
class Read:
    """What a reader meets in one product."""

    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    """The table, row by row, its head first."""
    meta: dict[str, Any] = field(default_factory=dict)
    """Front matter of Markdown, or what an HTML page tells machines."""
    figures: list[tuple[str, str, str]] = field(default_factory=list)
    """(text, machine value, derivation) of each number that a page marks up."""
    sources: dict[str, str] = field(default_factory=dict)
    """The listed sources by number."""
    cited: list[str] = field(default_factory=list)
    """The numbers by which the text cites them."""
    scales: list[list[str]] = field(default_factory=list)
    """The marks along each chart's axes."""


def read_markdown(content: str) -> Read:
    """An article in Markdown: sources become plain numbers behind the sentences that cite them."""
    found = Read()
    body = content
    if content.startswith("---\n") and "\n---\n" in content:
        head, _, body = content[4:].partition("\n---\n")
        found.meta = _front_matter(head)
    found.sources = dict(_FOOTNOTE.findall(body))
    body = _FOOTNOTE.sub(r"\2", body)
    found.cited = re.findall(r"\[\^(\d+)\]", body)
    lines = body.split("\n")
    found.rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines if _is_row(line)]
    prose = "\n".join(line for line in lines if not line.startswith("|"))
    prose = _IMAGE.sub(r"\1\n\2", prose)
    prose = re.sub(r"\[\^(\d+)\]", r"[\1]", prose)
    found.text = _MARKS.sub("", prose)
    return found


def _is_row(line: str) -> bool:
    return line.startswith("|") and not re.fullmatch(r"[|:\- ]+", line)


def _front_matter(head: str) -> dict[str, Any]:
    """The YAML of the kind that the program writes: read by the library, as Hugo and Jekyll do."""
    import yaml

    try:
        values = yaml.load(head, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return {}
    return {str(key): value for key, value in values.items()} if isinstance(values, Mapping) else {}


@lru_cache(maxsize=4)
def read_html(content: str) -> Read:
    """An article as a page: what is shown, and beside it what only programs and those who ask see."""
    parser = _Page()
    parser.feed(content)
    parser.close()
    found = parser.found
    found.text = "".join(parser.shown)
    return found


class _Page(HTMLParser):
    """Collects a page's text; styles are left out, derivations and axes are put aside."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Read()
        self.shown: list[str] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._within: Counter[str] = Counter()
        self._data: list[tuple[list[str], str, list[str]]] = []
        self._cell: list[str] | None = None
        self._source: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag in _VOID:
            name = given.get("name") or given.get("property") or given.get("rel")
            if name:
                self.found.meta.setdefault(name, []).append(given.get("content") or given.get("href") or "")
            return
        self._open.append((tag, given))
        self._within.update(_kinds(tag, given))
        if tag in _BLOCKS:
            self._say("\n")
        if tag == "data":
            self._data.append(([], given.get("value", ""), []))
        elif tag == "tr":
            self.found.rows.append([])
        elif tag in ("td", "th"):
            self._cell = []
        elif tag == "time":
            self.found.meta.setdefault("time", []).append(given.get("datetime", ""))
        elif tag == "article":
            self.found.meta["disclosure"] = [given.get("data-disclosure", "")]
        elif tag == "g" and "text-anchor" in given and self._inside("svg"):
            self.found.scales.append([])
        elif tag == "li" and given.get("id", "").startswith("source-"):
            self._source = (given["id"].removeprefix("source-"), [])

    def handle_endtag(self, tag: str) -> None:
        if not self._inside(tag):
            return
        last = ""
        while last != tag:
            last, given = self._open.pop()
            self._within.subtract(_kinds(last, given))
        if tag in _BLOCKS:
            self._say("\n")
        if tag == "data" and self._data:
            text, value, why = self._data.pop()
            self.found.figures.append(("".join(text), value, "".join(why)))
        elif tag in ("td", "th") and self._cell is not None and self.found.rows:
            self.found.rows[-1].append("".join(self._cell).strip())
            self._cell = None
        elif tag == "li" and self._source:
            self.found.sources[self._source[0]] = "".join(self._source[1])
            self._source = None

    def handle_data(self, data: str) -> None:
        if self._inside("style"):
            return
        if self._inside("script"):
            self.found.meta.setdefault("structured", []).append(data)
        elif self._inside("hidden"):
            if self._data:
                self._data[-1][2].append(data)
        elif self._inside("text") and self._open[-2:-1] and self._open[-2][1].get("text-anchor") and self.found.scales:
            self.found.scales[-1].append(data)
        elif self._inside("cite"):
            self.found.cited.append(data.strip())
            self._say(f"[{data.strip()}]")
        elif self._inside("head"):
            self.found.meta.setdefault("title", []).append(data) if self._inside("title") else None
        else:
            self._say(data)

    def _inside(self, tag: str) -> bool:
        return self._within[tag] > 0

    def _say(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
        elif not self._inside("table") or self._inside("caption"):
            self.shown.append(data)
        if self._data:
            self._data[-1][0].append(data)
        if self._source is not None:
            self._source[1].append(data)


def _kinds(tag: str, given: Mapping[str, str]) -> tuple[str, ...]:
    """What an element is, for those inside it."""
    marks = ("hidden" if "hidden" in given else "", "cite" if given.get("class") == "cite" else "")
    return (tag, *(mark for mark in marks if mark))


def as_date(value: object) -> str:
    """A date of the front matter, which YAML may have read as one."""
    return value.isoformat() if isinstance(value, date) else str(value)
