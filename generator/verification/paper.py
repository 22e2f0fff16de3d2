"""A PDF read as a viewer shows it: its text, and all that may stand on, behind or beside its pages."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from generator.errors import DataError

_PAINTS = frozenset([b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"Do", b"sh", b"BI", b"INLINE IMAGE"])
"""The operators of a page that paint something other than text."""
_COLOURS = frozenset([b"g", b"rg", b"k", b"sc", b"scn"])
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
    """What is in a PDF."""

    pages: tuple[str, ...]
    """The text of each page."""
    links: tuple[str, ...]
    """Where its links lead; a place in the document itself as `#name`."""
    metadata: tuple[tuple[str, str], ...]
    extras: tuple[str, ...]
    """All that a page of ours has not: notes, forms, scripts, attachments, other boxes."""
    paints: tuple[Counter[str], ...]
    """Of each page, how often it paints what is not text, and in which colours it fills."""

    @property
    def text(self) -> str:
        return "\n".join(self.pages)


@lru_cache(maxsize=8)
def read_paper(content: bytes) -> Paper:
    """The PDF read whole; raises `DataError` where it is damaged or encrypted."""
    # Imported here: only a folder with a PDF in it has to pay for it.
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it grumbles about is told in one message
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise DataError("it is encrypted, so it was not read")
        return _read(reader)
    except DataError:
        raise
    except Exception as error:  # a damaged file fails in as many ways as there are objects in it
        raise DataError(f"it cannot be read as a PDF ({type(error).__name__})") from error


def paper_differs(found: bytes, again: bytes) -> tuple[str, str] | None:
    """What a reader of one PDF sees and a reader of the other does not; None where both see the same."""
    one, other = read_paper(found), read_paper(again)
    if len(one.pages) != len(other.pages):
        return f"{len(one.pages)} pages", f"printed again, it has {len(other.pages)}"
    for number, (text, right) in enumerate(zip(one.pages, other.pages, strict=True), 1):
        if text != right:
            pairs = zip(text.split("\n"), right.split("\n"), strict=False)
            line, wanted = next(((a, b) for a, b in pairs if a != b), ("the end", "another"))
            return line[:80], f"printed again, page {number} has '{wanted[:80]}'"
    for what, said, right in (
        ("links", one.links, other.links),
        ("metadata", one.metadata, other.metadata),
        ("extras", one.extras, other.extras),
        ("drawing", one.paints, other.paints),
    ):
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
        for annotation in page.get("/Annots", ()):
            note = annotation.get_object()
            link = _link(note)
            links += [link] if link else []
            extras += [] if link else [f"a note ({note.get('/Subtype')}) on page {number}"]
    metadata = {str(key): str(value) for key, value in (reader.metadata or {}).items()}
    if "/Metadata" in catalog:
        metadata["XMP"] = catalog["/Metadata"].get_object().get_data().decode("utf-8", "replace")
    titles = tuple(("outline", title) for title in _outline(reader.outline))
    return Paper(
        tuple(page.extract_text() for page in reader.pages),
        tuple(links),
        (*sorted(metadata.items()), *titles),
        tuple(extras),
        tuple(_paints(page) for page in reader.pages),
    )


def _link(note: Any) -> str:
    """Where a link leads; empty for a note of any other kind."""
    if note.get("/Subtype") != "/Link" or set(note) & {"/AA", "/Contents"}:
        return ""
    action = note["/A"].get_object() if "/A" in note else {}
    if action.get("/S") == "/URI":
        return str(action["/URI"])
    target = note.get("/Dest", action.get("/D") if action.get("/S") == "/GoTo" else None)
    return f"#{target if isinstance(target, str | bytes) else 'page'}" if target is not None else ""


def _outline(entries: Any) -> list[str]:
    """The titles of the bookmarks, in order."""
    titles: list[str] = []
    for entry in entries:
        titles += _outline(entry) if isinstance(entry, list) else [str(entry.title)]
    return titles


def _paints(page: Any) -> Counter[str]:
    """How often a page paints, and the colours that it fills with."""
    from pypdf.generic import ContentStream

    counts: Counter[str] = Counter()
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in _PAINTS:
            counts[operator.decode()] += 1
        elif operator in _COLOURS:
            counts[
                " ".join([*(f"{float(one):.3f}" for one in operands if not isinstance(one, str)), operator.decode()])
            ] += 1
    return counts
