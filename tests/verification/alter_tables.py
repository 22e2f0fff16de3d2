"""Alterations of the small tables inside an article: cells, labels, headings, captions, rows, in every product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import orjson

from .alter_text import LIE, next_digit
from .trial import LEDGER, Case, Kinds, Made, dumped, kind

KINDS: Kinds = {}
PRODUCTS = ("article.md", "article.html", "newsletter.html", "newsletter.txt")


def _shown(case: Case) -> Iterator[tuple[str, list[list[str]]]]:
    """Each small table's key with all that it shows, row by row."""
    for key, table in case.ledger["tables"].items():
        rows = [[cell["text"] if cell else "–" for cell in row] for row in table["rows"]]
        yield key, [[table["corner"], *(cell["text"] for cell in table["columns"])], *rows]


def _within(case: Case, name: str, key: str) -> tuple[int, int]:
    """Where a small table begins and ends in a product."""
    text, caption = case.text(name), case.ledger["tables"][key]["caption"]["text"]
    words = re.split(r"[\d&]", caption)[0].strip()
    start = text.index(words)
    first = text.index(case.ledger["tables"][key]["corner"], start + len(words))
    return start, text.index("</table>" if name.endswith(".html") else "\n\n", first)


@kind(KINDS, "small tables: cells")
def _cells(case: Case) -> Made:
    for name in PRODUCTS:
        for key, rows in _shown(case):
            start, end = _within(case, name, key)
            text = case.text(name)
            for cell in dict.fromkeys(cell for row in rows for cell in row if re.search(r"\d", cell)):
                at = text.find(cell, start, end)
                if at >= 0:
                    changed = text[:at] + next_digit(cell) + text[at + len(cell) :]
                    yield f"{name} {key}: {cell}", case.put(name, changed)


@kind(KINDS, "small tables: cells exchanged, rows left out, words put in")
def _rows(case: Case) -> Made:
    for key, rows in _shown(case):
        text = case.text("article.md")
        lines = [line for line in text.split("\n") if any(line.startswith(f"| {row[0]} |") for row in rows)]
        for line in lines:
            yield f"md {key}: {line[:20]} gone", case.put("article.md", text.replace(f"{line}\n", "", 1))
            yield f"md {key}: {line[:20]} twice", case.put("article.md", text.replace(line, f"{line}\n{line}", 1))
        for one, other in combinations(lines, 2):
            changed = text.replace(one, "\0").replace(other, one).replace("\0", other)
            yield f"md {key}: rows", case.put("article.md", changed)
        caption = case.ledger["tables"][key]["caption"]["text"]
        words = re.split(r"[\d&]", caption)[0].strip()
        for name in PRODUCTS:
            yield f"{name} {key}: caption", case.put(name, case.text(name).replace(words, LIE, 1))
        html = case.text("article.html")
        start, end = _within(case, "article.html", key)
        whole = html[html.rindex('<div class="inset">', 0, start) : html.index("</div>", end) + 6]
        yield f"html {key} gone", case.put("article.html", html.replace(whole, "", 1))
        yield f"html {key} twice", case.put("article.html", html.replace(whole, whole * 2, 1))


@kind(KINDS, "small tables: in the ledger and the saved issue")
def _recorded(case: Case) -> Made:
    for key in case.ledger["tables"]:
        for number, _ in enumerate(case.ledger["tables"][key]["rows"]):
            ledger = case.ledger
            row = ledger["tables"][key]["rows"][number]
            row[1], row[2] = row[2], row[1]
            yield f"ledger {key}, row {number}: cells", {**case.files, LEDGER: dumped(ledger)}
            ledger = case.ledger
            del ledger["tables"][key]["rows"][number]
            yield f"ledger {key}, row {number} gone", {**case.files, LEDGER: dumped(ledger)}
        ledger = case.ledger
        del ledger["tables"][key]
        yield f"ledger {key} gone", {**case.files, LEDGER: dumped(ledger)}
    for change in ("cell", "claim", "gone"):
        issue = orjson.loads(case.files["issue.json"])
        blocks = issue["article"]["blocks"]
        at = next(number for number, block in enumerate(blocks) if block["role"] == "small table")
        piece = next(piece for piece in blocks[at]["inset"]["rows"][0][1][0] if piece[3])
        if change == "cell":
            piece[:3] = ["9.99"] * 3
        elif change == "claim":
            piece[3][2] = 0.5
        else:
            del blocks[at]
        yield f"issue: {change}", {**case.files, "issue.json": orjson.dumps(issue)}
