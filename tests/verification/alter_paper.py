"""Alterations of a PDF: notes, scripts, attachments, boxes, drawing, metadata, text."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from itertools import combinations
from typing import Any

from .alter_text import LIE
from .trial import Case, Files, Kinds, Made, kind

KINDS: Kinds = {}


# --- the PDF --------------------------------------------------------------------------------------


def _pdf(content: bytes, alter: Callable[[Any], None]) -> bytes:

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    alter(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _operations(writer: Any, page: int, change: Callable[[list[Any]], list[Any]]) -> None:
    from pypdf.generic import ContentStream, NameObject

    one = writer.pages[page]
    stream = ContentStream(one.get_contents(), writer)
    stream.operations = change(list(stream.operations))
    one[NameObject("/Contents")] = writer._add_object(stream)


@kind(KINDS, "PDF: notes, scripts, boxes, drawing")
def _pdf_extras(case: Case) -> Made:
    from pypdf.annotations import FreeText, Highlight, Link, Text
    from pypdf.generic import (
        ArrayObject,
        DecodedStreamObject,
        FloatObject,
        NameObject,
        RectangleObject,
        TextStringObject,
    )

    pdf = case.files["article.pdf"]
    box = (50, 550, 400, 650)

    def cover(white: bytes) -> Callable[[Any], None]:
        def alter(writer: Any) -> None:
            stream = DecodedStreamObject()
            stream.set_data(writer.pages[0].get_contents().get_data() + white)
            writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

        return alter

    def smaller(key: str) -> Callable[[Any], None]:
        return lambda writer: writer.pages[0].update({NameObject(key): RectangleObject((0, 0, 612, 300))})

    def metadata(**values: str) -> Callable[[Any], None]:
        return lambda writer: writer.add_metadata({f"/{key}": value for key, value in values.items()})

    def turned(writer: Any) -> None:
        writer.pages[0].rotate(180)

    def exchanged(writer: Any) -> None:
        kids = writer._root_object["/Pages"]["/Kids"]
        kids[0], kids[1] = kids[1], kids[0]

    def action(writer: Any) -> None:
        writer._root_object[NameObject("/OpenAction")] = ArrayObject([FloatObject(0)])

    def invisible(writer: Any) -> None:
        from pypdf.generic import NumberObject

        _operations(writer, 0, lambda found: [([NumberObject(3)], b"Tr"), *found])

    def xmp(writer: Any) -> None:
        stream = DecodedStreamObject()
        stream.set_data(f"<x>{LIE}</x>".encode())
        writer._root_object[NameObject("/Metadata")] = writer._add_object(stream)

    def javascript(writer: Any) -> None:
        from pypdf.generic import DictionaryObject

        script = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        )
        named = DictionaryObject(
            {NameObject("/Names"): ArrayObject([TextStringObject("x"), writer._add_object(script)])}
        )
        writer._root_object[NameObject("/Names")] = DictionaryObject(
            {NameObject("/JavaScript"): writer._add_object(named)}
        )

    def language(writer: Any) -> None:
        writer._root_object[NameObject("/Lang")] = TextStringObject("de")

    for what, alter in {
        "free text": lambda w: w.add_annotation(0, FreeText(text=LIE, rect=box)),
        "free text, page 2": lambda w: w.add_annotation(1, FreeText(text=LIE, rect=box)),
        "sticky note": lambda w: w.add_annotation(0, Text(text=LIE, rect=box)),
        "highlight": lambda w: w.add_annotation(0, Highlight(rect=box, quad_points=ArrayObject(map(FloatObject, [50, 650, 400, 650, 50, 550, 400, 550])))),
        "link": lambda w: w.add_annotation(0, Link(rect=box, url="https://evil.example/")),
        "javascript": javascript,
        "attachment": lambda w: w.add_attachment("x.txt", LIE.encode()),
        "author": metadata(Author="Nobody"), "title": metadata(Title=LIE), "subject": metadata(Subject=LIE),
        "own key": metadata(Note=LIE), "XMP": xmp, "language": language,
        "crop": smaller("/CropBox"), "trim": smaller("/TrimBox"), "media": smaller("/MediaBox"), "turned": turned,
        "pages exchanged": exchanged, "open action": action, "invisible text": invisible,
        "bookmark": lambda w: w.add_outline_item(title=LIE, page_number=0), "blank page": lambda w: w.add_blank_page(width=612, height=792),
        "page again": lambda w: w.add_page(w.pages[0]), "page gone": lambda w: w.remove_page(len(w.pages) - 1),
        "white box": cover(b"\nq 1 1 1 rg 50 60 700 150 re f Q\n"), "white box 2": cover(b"\nq 1 g 50 60 700 150 re f Q\n"),
        "paper box": cover(b"\nq 1 0.996 0.984 rg 50 60 700 150 re f Q\n"), "black box": cover(b"\nq 0 g 50 300 700 90 re f Q\n"),
        "strike": cover(b"\nq 0 G 50 100 m 700 100 l S Q\n"), "circle": cover(b"\nq 0 G 9 w 50 100 40 40 re S Q\n"),
        "encrypted": lambda w: w.encrypt("secret"), "viewer": lambda w: w._root_object.update({NameObject("/PageMode"): NameObject("/FullScreen")}),
    }.items():  # fmt: skip
        yield what, lambda alter=alter: {**case.files, "article.pdf": _pdf(pdf, alter)}  # type: ignore[misc]
    for what, content in (
        ("damaged", pdf[:20000]),
        ("empty", b""),
        ("text", LIE.encode()),
        ("head", b"%PDF-1.7\n"),
        ("tail cut", pdf[:-200]),
    ):
        yield what, {**case.files, "article.pdf": content}


@kind(KINDS, "PDF: text")
def _pdf_text(case: Case) -> Made:
    from pypdf.generic import ByteStringObject

    pdf = case.files["article.pdf"]

    def without(number: int) -> Callable[[list[Any]], list[Any]]:
        def change(found: list[Any]) -> list[Any]:
            shows = [i for i, (_, operator) in enumerate(found) if operator == b"TJ"]
            at = shows[number * len(shows) // 8]
            return found[:at] + found[at + 1 :]

        return change

    def exchanged(number: int) -> Callable[[list[Any]], list[Any]]:
        def change(found: list[Any]) -> list[Any]:
            shows = [i for i, (_, operator) in enumerate(found) if operator == b"TJ"]
            at = number * (len(shows) - 1) // 6
            one, other = shows[at], shows[at + 1]
            found[one], found[other] = found[other], found[one]
            return found

        return change

    def glyph(number: int) -> Callable[[list[Any]], list[Any]]:
        def change(found: list[Any]) -> list[Any]:
            shows = [operands[0] for operands, operator in found if operator == b"TJ"]
            shown = shows[number * len(shows) // 12]
            glyphs = [i for i, one in enumerate(shown) if isinstance(one, bytes) and len(one) == 2]
            if len(glyphs) > 2:
                one, other = next(((a, b) for a, b in combinations(glyphs, 2) if shown[a] != shown[b]), (0, 0))
                shown[one], shown[other] = ByteStringObject(shown[other]), ByteStringObject(shown[one])
            return found

        return change

    for page in (0, 1):
        for name, make, most in (
            ("a line gone", without, 8),
            ("lines exchanged", exchanged, 6),
            ("letters exchanged", glyph, 12),
        ):
            for number in range(most):

                def altered(p: int = page, m: Any = make, n: int = number) -> Files:
                    return {**case.files, "article.pdf": _pdf(pdf, lambda writer: _operations(writer, p, m(n)))}

                yield f"page {page + 1}: {name} {number}", altered
