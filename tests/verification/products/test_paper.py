"""A PDF is read with all that stands on, behind and beside its pages."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.annotations import FreeText

from generator.errors import DataError
from generator.verification.products.paper import paper_differs, read_paper


def _pdf(*, note: str = "", attachment: bytes = b"", title: str = "", pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=612, height=792)
    if note:
        writer.add_annotation(0, FreeText(text=note, rect=(50, 550, 200, 650)))
    if attachment:
        writer.add_attachment("sums.txt", attachment)
    if title:
        writer.add_metadata({"/Title": title})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_note_and_an_attachment_are_seen() -> None:
    """A viewer shows both; neither is text of the page."""
    assert read_paper(_pdf()).extras == ()
    assert read_paper(_pdf(note="Buy now")).extras == ("a note (/FreeText) on page 1",)
    assert any("/EmbeddedFiles" in extra for extra in read_paper(_pdf(attachment=b"x")).extras)


def test_two_pdfs_differ_where_a_reader_sees_it() -> None:
    """In pages, in notes, in what they tell machines; not in their bytes alone."""
    plain = _pdf(title="One")
    assert paper_differs(plain, plain + b"\n") is None
    for other in (_pdf(title="Two"), _pdf(title="One", pages=2), _pdf(title="One", note="x")):
        assert paper_differs(other, plain)


@pytest.mark.parametrize("content", [b"", b"junk", b"%PDF-1.7\n", _pdf()[:200]])
def test_a_damaged_pdf_is_an_error_in_one_line(content: bytes) -> None:
    """Whatever the parser stumbles over."""
    with pytest.raises(DataError, match="cannot be read as a PDF"):
        read_paper(content)
