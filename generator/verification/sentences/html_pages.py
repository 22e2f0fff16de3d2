"""Read an HTML page as its reader has it: text, headings, links, notes and landmarks."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.verification.sentences.extraction import BLOCKS, LANDMARKS, TEXTS, Read
from generator.verification.sentences.tree import COMMENT, Element, parse_html


@lru_cache(maxsize=4)
def read_html(content: str) -> Read:
    """An article as a page: what is shown, and besides it what only programs see or what shows on request."""
    page = _Page()
    page.read(parse_html(content))
    page.found.text = "".join(page.shown)
    return page.found


class _Page:
    """Collects a page's text; leaves out styles, and keeps charts, scripts and derivations apart."""

    def __init__(self) -> None:
        self.found = Read()
        self.shown: list[str] = []
        self._into: list[list[str]] = []
        """The texts being collected at the moment: a block's, a cell's, a figure's, a source's."""
        self._why: list[str] | None = None
        self._within_cell = False
        self._in_table = False
        """Whether the innermost table is one of figures, and does not only lay a letter out."""

    def read(self, one: Element) -> None:
        """Read an element and everything inside it."""
        found, tag, given = self.found, one.tag, one.given
        if tag == "svg":
            found.drawings.append(one)
            self._say("\n")
        elif tag in ("meta", "link"):
            name = given.get("name") or given.get("property") or given.get("rel") or ""
            found.meta.setdefault(name, []).append(given.get("content") or given.get("href") or "")
        elif tag in ("title", "script"):
            found.meta.setdefault("structured" if tag == "script" else "title", []).append(one.words)
        elif tag in ("style", COMMENT):
            pass
        elif "hidden" in given and self._why is not None:
            self._why.append(one.words)
        elif given.get("class") == "cite":
            found.cited.append(one.words.strip())
            for link in one.named("a"):
                found.addresses.append((link.words.strip(), link.given.get("href", "")))
                if re.findall(r"\d+", link.given.get("aria-label", link.words)) != [link.words.strip()]:
                    found.odd.append(("a citation read out as another", link.given["aria-label"]))
            self._say(f"[{one.words.strip()}]")
        else:
            self._open(one)

    def _open(self, one: Element) -> None:
        found, tag, given = self.found, one.tag, one.given
        if tag in LANDMARKS and one.classes:
            found.landmarks.append(f"{tag}.{one.classes[0]}")
        if tag in BLOCKS:
            self._say("\n")
        if tag == "a":
            found.addresses.append((one.words.strip(), given.get("href", "")))
        elif tag == "tr" and self._in_table:
            found.tables[-1].append([])
        elif tag == "time":
            found.meta.setdefault("time", []).append((given.get("datetime", ""), one.words))
        elif tag == "article":
            found.meta["disclosure"] = [given.get("data-disclosure", "")]
        elif tag == "html":
            found.meta["lang"] = [given.get("lang", "")]
        if tag == "data":
            self._figure(one)
        elif tag == "table":
            outer, self._in_table = self._in_table, given.get("role") != "presentation"
            found.tables += [[]] if self._in_table else []
            self._within(one)
            self._in_table = outer
        elif tag in ("td", "th") and self._in_table and found.tables[-1] and not self._within_cell:
            self._cell(one)
        elif tag == "li" and given.get("id", "").startswith("source-"):
            found.sources[given["id"].removeprefix("source-")] = self._collected(one)
        elif tag in TEXTS:
            found.blocks.append((tag, ""))
            at = len(found.blocks) - 1
            found.blocks[at] = (tag, self._collected(one))
        else:
            self._within(one)
        if tag in BLOCKS:
            self._say("\n")

    def _figure(self, one: Element) -> None:
        outer, self._why = self._why, []
        text = self._collected(one)
        self.found.figures.append((text, one.given.get("value", ""), "".join(self._why)))
        described = [span.given.get("id") for span in one.named("span") if "hidden" in span.given]
        if described != [one.given[key] for key in ("aria-describedby",) if key in one.given]:
            self.found.odd.append(("a figure without its own derivation", text))
        self._why = outer

    def _cell(self, one: Element) -> None:
        """Cells are not running text, except the first cell of a header, which the ledger does not have of each."""
        table = self.found.tables[-1]
        row = table[-1]
        kept, self._within_cell = len(self.shown), True
        text = self._collected(one).strip()
        del self.shown[kept:]
        self._within_cell = False
        row.append(text)
        if len(table) == 1 and len(row) == 1:
            self._say(text)

    def _collected(self, one: Element) -> str:
        """The text inside an element."""
        self._into.append([])
        self._within(one)
        return "".join(self._into.pop())

    def _within(self, one: Element) -> None:
        for part in one.content:
            if isinstance(part, str):
                self._say(part)
            else:
                self.read(part)

    def _say(self, text: str) -> None:
        self.shown.append(text)
        for collected in self._into:
            collected.append(text)
