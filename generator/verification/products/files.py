"""Checks the files of an edition's folder against the ledger's manifest and against the edition printed again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import chain, zip_longest
from typing import Any

import orjson

from generator.errors import DataError
from generator.model import Channel
from generator.verification.figures.answers import Answers
from generator.verification.holdings import WHERE
from generator.verification.products.paper import paper_differs

Files = Mapping[str, bytes]
PRODUCTS = {
    "article.html": "text/html",
    "article.md": "text/markdown",
    "article.pdf": "application/pdf",
    "card-alt.txt": "text/plain",
    "card.png": "image/png",
    "issue.json": "application/json",
    "newsletter.eml": "message/rfc822",
    "newsletter.html": "text/html",
    "newsletter.txt": "text/plain",
}
"""The files that an edition may have besides its ledger and its posts, with their media types."""
_DRAWN = {"svg": "image/svg+xml", "png": "image/png"}
MAIL = ["newsletter.html", "newsletter.txt", "newsletter.eml"]


def check_manifest(answers: Answers, files: Files, ledger: Mapping[str, Any], channels: Sequence[Channel]) -> None:
    """Check that the folder has exactly the files that the ledger names, each unchanged since it was written."""
    named: Mapping[str, Mapping[str, str]] | None = ledger.get("files")
    if named is None:
        answers.uncovered(WHERE, "files", "the ledger has no manifest: an earlier version wrote it; write it again")
        return
    posts = [[file.path for file in channel.files] for channel in channels]
    media = PRODUCTS | dict.fromkeys(chain.from_iterable(posts), "text/plain")
    drawn = re.compile(r"charts/[A-Za-z]\w*\.(svg|png)")
    media |= {name: _DRAWN[found[1]] for name in named if (found := drawn.fullmatch(name))}
    for name in sorted({*files, *named} - {WHERE}):
        if name in named and named[name]["media"] != media.get(name):
            answers.false(WHERE, f"{name}: {named[name]['media']}", f"it is {media.get(name, 'no product')}")
        if name not in named:
            answers.uncovered(name, f"{len(files[name]):,} bytes", "not in the manifest, so it was not read")
        elif name not in files:
            answers.false(name, "missing", "the manifest names it; write the edition again")
        else:
            digest = sha256(files[name]).hexdigest()
            why = f"the manifest has {named[name]['sha256'][:12]}…: it was changed after it was written"
            answers.check(digest == named[name]["sha256"], "files", name, f"SHA-256 {digest[:12]}…", why)

    for group in (["card.png", "card-alt.txt"], MAIL, *posts):  # all or none of them must be there
        held = [name in named for name in group]
        answers.check(len(set(held)) == 1, "files", WHERE, ", ".join(group), "the one is never without the other")


def check_reprint(answers: Answers, files: Files, again: Files, ledger: Mapping[str, Any]) -> None:
    """Check that every file is what the program prints again: byte for byte, or for a PDF all that can be seen.

    Missing and unknown files that the manifest's check has reported are not reported twice.
    """
    named = ledger.get("files") or {}
    for name in sorted({*files, *again}):
        if name not in again:
            if name in named:
                answers.false(name, f"{len(files[name]):,} bytes", "the program prints no such file")
        elif name not in files:
            if name not in named:
                answers.false(name, "missing", "the program prints this file")
        elif fault := _differs(name, files[name], again[name]):
            answers.false(name, *fault)
        else:
            answers.holds("files printed again")


def texts_of(answers: Answers, files: Files) -> dict[str, str]:
    """The text files, decoded; a file that is not UTF-8 is reported and left out."""
    texts = {}
    for name, content in files.items():
        if name.endswith((".md", ".html", ".txt", ".svg")):
            try:
                texts[name] = content.decode("utf-8")
            except UnicodeDecodeError as error:
                answers.uncovered(name, f"byte {error.start + 1}", "it is not UTF-8 text, so it was not read")
    return texts


def _differs(name: str, found: bytes, again: bytes) -> tuple[str, str] | None:
    """What the file has and what the program prints instead; None if they are the same."""
    if found == again:
        return None
    if name.endswith(".pdf"):
        try:
            return paper_differs(found, again)
        except DataError as error:
            return "the PDF", str(error)
    if name == WHERE:
        return _ledger_differs(found, again)
    if name.endswith(".png"):
        return f"{len(found):,} bytes", "printed again, the picture is another"
    return _line_differs(found.decode(errors="replace"), again.decode(errors="replace"))


def _line_differs(found: str, again: str) -> tuple[str, str]:
    pairs = zip_longest(found.split("\n"), again.split("\n"))
    number, (one, other) = next((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    one, other = one or "nothing", other or "nothing"
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(same - 24, 0)
    return one[start : start + 80], f"printed again, line {number} has '{other[start : start + 80]}'"


def _ledger_differs(found: bytes, again: bytes) -> tuple[str, str] | None:
    """The first difference of two ledgers; a PDF's digest may differ, because its bytes are not always the same."""
    one, other = orjson.loads(found), orjson.loads(again)
    for ledger in (one, other):
        for name, record in ledger.get("files", {}).items():
            if name.endswith(".pdf"):
                record["sha256"] = ""
    place = _place(one, other, "")
    if place:
        return place
    same = orjson.dumps(one) == orjson.dumps(other) and len(found) == len(again)
    return None if same else ("the ledger", "its layout or the order of its keys is not the program's")


def _place(one: object, other: object, where: str) -> tuple[str, str] | None:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            if key not in one or key not in other:
                return f"{where}{key}", f"printed again, it has {'one' if key in other else 'none'}"
            if found := _place(one[key], other[key], f"{where}{key}: "):
                return found
        return None
    if isinstance(one, list) and isinstance(other, list):
        for number, (first, second) in enumerate(zip(one, other, strict=False)):
            if found := _place(first, second, f"{where}{number}: "):
                return found
        return None if len(one) == len(other) else (f"{where}{len(one)} entries", f"printed again, {len(other)}")
    return None if one == other and type(one) is type(other) else (f"{where}{one}"[:120], f"it is '{other}'"[:120])
