"""The issue as it was saved, `issue.json`, held against the ledger, the prices and the publication."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from html import unescape
from itertools import chain
from typing import Any

import orjson

from generator.verification.figures.answers import Answers
from generator.verification.products.tables import headings_of
from generator.verification.sentences.evening import Evening
from generator.verification.sentences.standing import disclosure_of
from generator.verification.sentences.tables import laid_out
from generator.verification.sentences.wordings import WordingsByLine

ISSUE = "issue.json"
_TAG = re.compile(r"<[^<>]*>")
_MARK = re.compile(r"\\(.)|[*_]")
Record = Mapping[str, Any]


def check_saved(answers: Answers, content: bytes, ledger: Record, evening: Evening, wordings: WordingsByLine) -> None:
    """Answer for the saved issue: it says what the ledger proves, block by block, and nothing else."""
    try:
        issue = orjson.loads(content)
        found = dict(_found(issue))
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        answers.uncovered(ISSUE, repr(error)[:80], "it has not the form of an issue, so it was not read")
        return
    expected = dict(_expected(ledger, evening, wordings))
    for place in sorted({*found, *expected}):
        one, other = found.get(place), expected.get(place)
        answers.check(one == other, "the saved issue", ISSUE, f"{place}: {str(one)[:60]}", f"it is '{str(other)[:80]}'")


def _found(issue: Record) -> Iterator[tuple[str, Any]]:
    """What the issue says, by place."""
    article, digest = issue["article"], issue["digest"]
    yield "kind and session", (article["edition"], article["session"], article["angle"], article["kicker"])
    yield "simulated", issue["simulated"]
    yield "card", digest["alt_text"]
    yield "test", issue["test"]
    yield "tags", article["tags"]
    yield from (("imprint " + key, value) for key, value in issue["imprint"].items())
    said = []
    for block in article["blocks"]:
        if "paragraphs" in block:
            heads = [(f"{block['part']} heading", block["heading"])] if block["heading"] else []
            said += [*heads, *((block["part"], one) for paragraph in block["paragraphs"] for one in paragraph)]
        elif block["role"] in ("lines", "bars", "picture"):
            yield from _chart(block["file"], block["chart"])
            if block["role"] == "picture":
                yield f"{block['file']} stands after", said[-1][0] if said else ""
        elif block["role"] == "table":
            yield "table", [[label, *(_cell(piece) for piece in cells)] for label, cells in block["table"]["rows"]]
            yield "table columns", block["table"]["columns"]
        elif block["role"] == "small table":
            inset = block["inset"]
            yield f"small table {inset['key']} after {said[-1][0] if said else 'nothing'}", _inset(inset)
        elif block["role"] == "sources":
            yield "sources", [[one["source"], one["url"], one["published"]] for one in block["facts"]]
        else:
            yield block["role"], block[block["role"]]
    yield from _spoken("article", said)
    if letter := digest["envelope"]:
        shown = [("subject", letter["subject"]), *(("preheader", one) for one in letter["preheader"])]
        yield from _spoken("newsletter", shown)
    for product, posts in digest["posts"].items():
        parts = [f"post {number}" if len(posts) > 1 else "post" for number in range(1, len(posts) + 1)]
        yield from _spoken(
            product, [(part, one) for part, post in zip(parts, posts, strict=True) for one in post["sentences"]]
        )


def _spoken(product: str, said: Sequence[tuple[str, Record]]) -> Iterator[tuple[str, Any]]:
    for number, (part, sentence) in enumerate(said):
        pieces = sentence["pieces"]
        claims = [[text, *claim[:3]] for text, _, _, claim in pieces if claim]
        text = "".join(piece[0] for piece in pieces)
        yield f"{product} {number}", (part, text, sentence["source"], sentence["fragment"], claims)
        yield f"{product} {number} in Markdown and HTML", all(map(_alike, pieces))


def _chart(file: str, chart: Record) -> Iterator[tuple[str, Any]]:
    yield f"{file} words", (chart["title"], chart["description"])
    if "lines" in chart:
        yield f"{file} lines", [[line["label"], line["values"]] for line in chart["lines"]]
        yield f"{file} axes", [chart[key] for key in ("days", "steps", "base", "logarithmic", "columns", "shaded")]
        yield f"{file} band", [chart["low"], chart["high"]]
    else:
        yield f"{file} bars", [[bar["label"], bar["percent"]] for bar in chart["bars"]]


def _inset(inset: Record) -> Any:
    """A small table as it was saved: its words and claims, and whether they are the same in Markdown and HTML."""
    cells = [*inset["columns"], *chain.from_iterable((label, *row) for label, row in inset["rows"])]
    said = [
        ["".join(piece[0] for piece in cell), [[piece[0], *piece[3][:3]] for piece in cell if piece[3]]]
        for cell in (inset["caption"], *cells)
    ]
    alike = all(map(_alike, chain(inset["caption"], *cells)))
    return inset["corner"], [len(row) + 1 for _, row in inset["rows"]], said, alike


def _alike(piece: Sequence[Any]) -> bool:
    """Whether a run of text says the same in Markdown and in HTML."""
    text, markdown, html, _ = piece
    return bool(_bare(markdown) == text and unescape(_TAG.sub("", html)) == text)


def _cell(piece: Sequence[Any] | None) -> Any:
    return [piece[0], piece[3][1]] if piece else None


def _expected(ledger: Record, evening: Evening, wordings: WordingsByLine) -> Iterator[tuple[str, Any]]:
    """What it has to say, from the ledger and apart from it."""
    publication = evening.publication
    yield "kind and session", (evening.edition, evening.session.isoformat(), ledger["angle"], _kicker(evening))
    yield "simulated", evening.simulated
    yield "card", ledger["card"]["alt_text"]
    yield "test", _test(ledger, wordings)
    yield "tags", list(publication.imprint.hashtags)
    imprint = asdict(publication.imprint) | {
        "disclosure": disclosure_of(publication, evening.supplier, evening.session),
        "notes": list(publication.imprint.notes),
        "hashtags": list(publication.imprint.hashtags),
    }
    yield from (("imprint " + key, value) for key, value in imprint.items())
    yield from _drawn(evening)
    rows = ledger["table"].items()
    said = [[label, *([one["text"], one["name"]] if one else None for one in row.values())] for label, row in rows]
    yield "table", said
    yield "table columns", headings_of(ledger, evening)
    after = {table.key: table.after for table in publication.outlines[evening.edition].tables}
    for key, table in ledger.get("tables", {}).items():
        yield f"small table {key} after {after.get(key)}", _table(ledger, table, evening)
    yield "sources", [[fact.source, fact.url, fact.published.isoformat()] for fact in evening.facts]
    yield "notes", list(evening.notes)
    for product, records in ledger["products"].items():
        for number, one in enumerate(records):
            claims = _claims(ledger, one, evening)
            wording = wordings.at(one["source"])
            spoken = wording.fragment.key if wording else ""
            yield f"{product} {number}", (one["part"], one["text"], one["source"], spoken, claims)
            yield f"{product} {number} in Markdown and HTML", True


def _drawn(evening: Evening) -> Iterator[tuple[str, Any]]:
    """Its charts and pictures, and where the pictures stand."""
    for one in evening.charts:
        yield f"{one.file} words", (one.title, one.description)
        lines = zip(one.labels, one.paths, strict=True)
        yield f"{one.file} lines", [[label, [_cents(value) for value in path]] for label, path in lines]
        days = [day.isoformat() for day in one.days]
        shaded = [list(stretch) for stretch in one.shaded]
        yield f"{one.file} axes", [days, list(one.steps), one.base, one.logarithmic, one.columns, shaded]
        yield f"{one.file} band", [list(edge) for edge in one.edges] or [[], []]
    yield from ((f"{one.file} stands after", one.after) for one in evening.pictures)
    yield "charts/moves.svg words", (evening.bars.title, evening.bars.description)
    bars = zip(evening.bars.labels, (path[0] for path in evening.bars.paths), strict=True)
    yield "charts/moves.svg bars", [[label, _cents(value)] for label, value in bars]


def _table(ledger: Record, table: Record, evening: Evening) -> Any:
    """A small table as it has to be saved."""
    said = [[cell["text"], _claims(ledger, cell, evening)] if cell else ["", []] for cell in laid_out(table)]
    return table["corner"], [len(row) for row in table["rows"]], said, True


def _test(ledger: Record, wordings: WordingsByLine) -> Record | None:
    """The test that the bottom line sets."""
    said = [one for one in ledger["products"]["article"] if one["part"] == "bottom line"]
    cases = [wording.fragment for one in said if (wording := wordings.at(one["source"]))]
    return next((asdict(one.trial) for one in cases if one.trial), None)


def _claims(ledger: Record, said: Record, evening: Evening) -> list[list[Any]]:
    """The claims of a sentence or a cell as they have to be saved."""
    return [[one["text"], one["kind"], one["name"], _value(ledger, one, evening)] for one in said["claims"]]


def _kicker(evening: Evening) -> str:
    return evening.publication.outlines[evening.edition].kicker


def _value(ledger: Record, claim: Record, evening: Evening) -> Any:
    """The claimed number in full: what is cited as the reader has it, else as in the ledger; a day as it is written."""
    if claim["kind"] == "fact":
        return evening.cited.get(claim["name"])
    if "value" in claim:
        return claim["value"]
    record = ledger["figures"].get(claim["name"], {})
    value = record.get("value")
    return str(date(1970, 1, 1) + timedelta(days=value)) if record.get("unit") == "date" and value else value


def _bare(markdown: str) -> str:
    """Markdown without what escapes or marks up."""
    return _MARK.sub(r"\1", markdown).replace("&lt;", "<").replace("&amp;", "&")


def _cents(value: float) -> float | None:
    return round(value, 2) if math.isfinite(value) else None
