"""Reads a PDF as a viewer shows it: its text, and everything else on, behind or beside its pages."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

from generator.errors import DataError
from generator.verification.figures.answers import Answers
from generator.verification.sentences.evening import Evening, cites
from generator.verification.sentences.heads import author_of, headline_of

_PAINTS = frozenset([b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"Do", b"sh", b"BI", b"INLINE IMAGE"])
"""The PDF operators that paint something other than text."""
_UNPAINTED = (3, 7)
"""The text rendering modes that leave nothing visible."""
_COLOURS = frozenset([b"g", b"rg", b"k", b"sc", b"scn", b"G", b"RG", b"K", b"SC", b"SCN"])
_CATALOG = frozenset(
    ["/Type", "/Pages", "/Outlines", "/Lang", "/StructTreeRoot", "/ViewerPreferences", "/MarkInfo", "/Metadata",
     "/Version", "/Names", "/Dests"]
)  # fmt: skip
_PAGE = frozenset(
    ["/Type", "/Parent", "/MediaBox", "/Contents", "/Resources", "/Tabs", "/StructParents", "/TrimBox", "/BleedBox",
     "/CropBox", "/Annots", "/Group"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """The contents of a PDF."""

    pages: tuple[str, ...]
    """The text of each page."""
    links: tuple[str, ...]
    """The targets of its links; a place in the document itself is `#name`."""
    metadata: tuple[tuple[str, str], ...]
    extras: tuple[str, ...]
    """Everything that our pages never have: notes, forms, scripts, attachments, other boxes."""
    paints: tuple[Counter[str], ...]
    """For each page, how often it paints something other than text, and how often it sets each colour."""

    @property
    def text(self) -> str:
        return "\n".join(self.pages)


@lru_cache(maxsize=8)
def read_paper(content: bytes) -> Paper:
    """The whole PDF; raises `DataError` if it is damaged or encrypted."""
    # Imported here: only a folder with a PDF needs it.
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings are replaced by one message
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise DataError("it is encrypted, so it was not read")
        return _read(reader)
    except DataError:
        raise
    except Exception as error:  # a damaged file can fail in any way
        raise DataError(f"it cannot be read as a PDF ({type(error).__name__})") from error


def paper_differs(found: bytes, again: bytes) -> tuple[str, str] | None:
    """The first visible difference of two PDFs, as found and expected; None if there is none."""
    one, other = read_paper(found), read_paper(again)
    if len(one.pages) != len(other.pages):
        return f"{len(one.pages)} pages", f"printed again, it has {len(other.pages)}"
    for number, (text, right) in enumerate(zip(one.pages, other.pages, strict=True), 1):
        if text != right:
            pairs = zip(text.split("\n"), right.split("\n"), strict=False)
            line, wanted = next(((a, b) for a, b in pairs if a != b), ("the end", "another"))
            return line[:80], f"printed again, page {number} has '{wanted[:80]}'"
    for what in ("links", "metadata", "extras", "paints"):
        said, right = getattr(one, what), getattr(other, what)
        if said != right:
            return f"{what}: {said}"[:120], f"printed again, the PDF has {right}"[:160]
    return None


def _read(reader: Any) -> Paper:
    catalog = reader.trailer["/Root"].get_object()
    extras = [f"{key} of the document" for key in catalog if key not in _CATALOG]
    names = catalog["/Names"].get_object() if "/Names" in catalog else {}
    extras += [f"{key} among the document's names" for key in names if key != "/Dests"]
    links: list[str] = []
    for number, page in enumerate(reader.pages, 1):
        extras += [f"{key} of page {number}" for key in page if key not in _PAGE]
        box = [float(side) for side in page["/MediaBox"]]
        for key in ("/CropBox", "/TrimBox", "/BleedBox"):
            if key in page and [float(side) for side in page[key]] != box:
                extras.append(f"{key} of page {number} is smaller than the page")
        if box != [float(side) for side in reader.pages[0]["/MediaBox"]]:
            extras.append(f"page {number} has another size than the first")
        for annotation in page.get("/Annots", ()):
            note = annotation.get_object()
            link = _link(note)
            links += [link] if link else []
            extras += [] if link else [f"a note ({note.get('/Subtype')}) on page {number}"]
    paints = tuple(_paints(page) for page in reader.pages)
    metadata = {str(key): str(value) for key, value in (reader.metadata or {}).items()}
    if "/Metadata" in catalog:
        metadata["XMP"] = catalog["/Metadata"].get_object().get_data().decode("utf-8", "replace")
    if "/Lang" in catalog:
        metadata["/Lang"] = str(catalog["/Lang"])
    titles = tuple(("outline", title) for title in _outline(reader.outline))
    return Paper(
        tuple(page.extract_text() for page in reader.pages),
        tuple(links),
        (*sorted(metadata.items()), *titles),
        tuple(extras + [f"text that is not painted on page {n}" for n, page in enumerate(paints, 1) if page["Tr"]]),
        paints,
    )


def _link(note: Any) -> str:
    """The target of a link; empty for any other kind of note, and for a link that displays another address."""
    if note.get("/Subtype") != "/Link" or "/AA" in note:
        return ""
    action = note["/A"].get_object() if "/A" in note else {}
    if action.get("/S") == "/URI":
        address = str(action["/URI"])
    else:
        target = note.get("/Dest", action.get("/D") if action.get("/S") == "/GoTo" else None)
        address = "" if target is None else f"#{target}"
    return address if str(note.get("/Contents", address)) in (address, address[1:]) else ""


def _outline(entries: Any) -> list[str]:
    """The titles of the bookmarks, in order."""
    titles: list[str] = []
    for entry in entries:
        titles += _outline(entry) if isinstance(entry, list) else [str(entry.title)]
    return titles


def _paints(page: Any) -> Counter[str]:
    """How often a page paints, and how often it sets each colour."""
    from pypdf.generic import ContentStream

    counts: Counter[str] = Counter()
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in _PAINTS:
            counts[operator.decode()] += 1
        elif operator == b"Tr" and operands[0] in _UNPAINTED:
            counts["Tr"] += 1
        elif operator in _COLOURS:
            shades = [f"{float(one):.3f}" for one in operands if not isinstance(one, str)]
            counts[" ".join([*shades, operator.decode()])] += 1
    return counts


def check_paper(answers: Answers, name: str, paper: Paper, ledger: Mapping[str, Any], evening: Evening) -> None:
    """Check everything in a PDF besides its text: page numbers, notes, links, metadata and colours."""
    for extra in paper.extras:
        answers.uncovered(name, extra, "no PDF of ours has it")
    number = len(paper.pages)
    for page, text in enumerate(paper.pages, 1):
        folio = f"Page{page}of{number}"
        answers.check(
            folio in "".join(text.split()), "pages", name, f"page {page}", f"it does not say 'Page {page} of {number}'"
        )
    sources = {fact.url for fact in evening.facts}
    for link in paper.links:
        answers.check(link in sources or link.startswith("#"), "addresses", name, link, "no source has this address")
    head, imprint = headline_of(ledger), evening.publication.imprint
    wanted = {
        "/Title": f"{head['headline']} | {imprint.title}", "/Author": author_of(imprint),
        "/Subject": head["standfirst"], "/Keywords": ", ".join(imprint.hashtags), "/Lang": imprint.language,
    }  # fmt: skip
    titled = [one for one in ledger["products"]["article"] if one["part"].endswith(("heading", "headline"))]
    heads = {one["text"] + mark for one in titled for mark in ("", cites(one, evening, "{}"))}  # bookmarks have both
    heads |= {head["headline"], *evening.standing("article.html.j2")}
    known = {*wanted.values(), *heads, dict(paper.metadata).get("/Producer", "")}
    for key, value in paper.metadata:
        if key in wanted:
            answers.check(value == wanted[key], "metadata", name, f"{key}: {value}", f"it is {wanted[key]}")
        elif key == "XMP":
            for text in {unescape(one.strip()) for one in re.findall(r">([^<>]*\w[^<>]*)<", value)} - known:
                answers.uncovered(name, text[:80], "nothing stands behind it in the PDF's metadata")
        else:
            right = value in heads if key == "outline" else key == "/Producer" and value.startswith("WeasyPrint ")
            answers.check(right, "metadata", name, f"{key}: {value}", "nothing stands behind it")
    colours = colours_of(evening.publication.templates)
    strange = sorted({paint for page in paper.paints for paint in page if paint[:1].isdigit()} - colours)
    answers.check(not strange, "colours", name, ", ".join(strange), "no style sheet or chart of ours fills with it")


@lru_cache(maxsize=8)
def colours_of(folders: tuple[Path, ...]) -> frozenset[str]:
    """The colours allowed on paper, as PDF operators name them: black, and those of style sheet and charts."""
    texts = []
    for name in ("print.css", "line-chart.svg.j2", "bar-chart.svg.j2"):
        path = next((folder / name for folder in folders if (folder / name).is_file()), None)
        texts.append(path.read_text(encoding="utf-8") if path else "")
    # A chart's background is only for charts in files of their own.
    text = re.sub(r'<rect class="ground"[^>]*>|<style>.*?</style>', "", "".join(texts))
    found = {"0.000 0.000 0.000 rg", "0.000 0.000 0.000 RG"}
    for code in re.findall(r"#([0-9a-fA-F]{6})\b", text):
        shades = " ".join(f"{int(code[at : at + 2], 16) / 255:.3f}" for at in (0, 2, 4))
        found |= {f"{shades} rg", f"{shades} RG"}
    return frozenset(found)
