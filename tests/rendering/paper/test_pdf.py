"""A page becomes a tagged PDF, or a clear reason why it cannot."""

from __future__ import annotations

import contextlib
import re
import sys
import zlib
from importlib.abc import MetaPathFinder
from io import BytesIO
from pathlib import Path

import pytest
from jinja2 import Environment
from pypdf import PdfReader

from generator.errors import PdfUnavailableError
from generator.model import Article, Imprint
from generator.rendering.environment import sheet
from generator.rendering.pages.article import render_html
from generator.rendering.paper import pdf as module
from generator.rendering.paper.fonts import font_files
from generator.rendering.paper.pdf import render_pdf


@pytest.fixture(scope="module")
def _pango() -> None:
    """Skips where this machine cannot make a PDF, with the reason a user would be given."""
    try:
        module.load_layout()
    except PdfUnavailableError as error:
        pytest.skip(str(error))


@pytest.fixture
def paper(article: Article, imprint: Imprint, env: Environment) -> str:
    """The sample's page for paper, of a simulated market."""
    return render_html(article, imprint, env, simulated=True, paper=True)


@pytest.fixture
def css(env: Environment) -> str:
    """The bundled style sheet for paper."""
    return sheet(env, "print.css")


def unpacked(pdf: bytes) -> bytes:
    """Every compressed stream of the PDF that holds objects or text, unpacked."""
    found = []
    for packed in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(packed))
    return b"\n".join(found)


@pytest.mark.usefixtures("_pango")
def test_pdf_is_tagged_titled_and_the_same_twice(paper: str, css: str) -> None:
    """The PDF is tagged, carries language and title, no clock, and the same bytes for the same page."""
    first, second = render_pdf(paper, css), render_pdf(paper, css)
    assert first == second
    inside = unpacked(first)
    assert all(mark in inside for mark in (b"/StructTreeRoot", b"/Lang (en-US)", b"/Title (Small caps gain"))
    assert [mark for mark in (b"/CreationDate", b"/ModDate") if mark in inside] == []


@pytest.mark.usefixtures("_pango")
def test_the_bottom_line_stands_on_one_page(css: str) -> None:
    """Where it does not fit below the story it goes to the next page as a whole, with its heading."""
    story = "<p>An ordinary line of an ordinary day, and so it goes on.</p>" * 100
    end = (
        "<section class=bottom-line><h2>Alpha</h2><p>Bravo "
        + "goes on and on, line by line, " * 14
        + "Charlie</p></section>"
    )
    pdf = render_pdf(f"<article><div class=story>{story}{end}</div></article>", css)
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    assert [[word in page for word in ("Alpha", "Bravo", "Charlie")] for page in pages] == [[False] * 3, [True] * 3]


@pytest.mark.usefixtures("_pango")
def test_only_packaged_fonts_and_data_are_read(tmp_path: Path) -> None:
    """A page that names a file or an address gets neither; a font is found by name and nothing beside it."""
    secret = tmp_path / "secret.css"
    secret.write_text("p { color: red }", "utf-8")
    fetch = module._fetcher()
    assert fetch.fetch("font:SourceSansPro-Regular.ttf").read()[:4] == b"\x00\x01\x00\x00"
    assert fetch.fetch("data:text/plain,ok").read() == b"ok"
    for address in (secret.as_uri(), "https://example.com/", "font:../LICENSE.txt", "font:Nothing.ttf"):
        with pytest.raises((ValueError, OSError)):
            fetch.fetch(address)


@pytest.mark.usefixtures("_pango")
def test_style_sheet_and_fonts_are_parsed_once(paper: str, css: str) -> None:
    """A second article in the same run reuses the parsed style sheet."""
    render_pdf(paper, css)
    before = module._print_style.cache_info()
    render_pdf(paper, css)
    assert module._print_style.cache_info().misses == before.misses


@pytest.mark.usefixtures("_pango")
def test_another_style_sheet_gives_another_pdf(paper: str, css: str) -> None:
    """What the publication's print.css says is what the PDF looks like."""
    assert render_pdf(paper, "@page { size: A4 }") != render_pdf(paper, css)


class _Missing(MetaPathFinder):
    """Makes the import of weasyprint fail as it does without its system library."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "weasyprint":
            print("-----\nWeasyPrint could not import some external libraries.")
            raise self.error


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (OSError("cannot load library 'libpango-1.0-0': not found"), "apt-get install libpango"),
        (ModuleNotFoundError("No module named 'weasyprint'"), "Install weasyprint"),
    ],
)
def test_reason_is_given_where_pdf_cannot_be_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], css: str, error: Exception, advice: str
) -> None:
    """Without Pango or WeasyPrint the reason and the remedy are in one error, and nothing else is printed."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [_Missing(error), *sys.meta_path])
    with pytest.raises(PdfUnavailableError, match=advice):
        render_pdf("<p>", css)
    assert capsys.readouterr().out == ""


def test_missing_fonts_are_named(monkeypatch: pytest.MonkeyPatch, css: str) -> None:
    """Without the font packages the error names them."""
    monkeypatch.setitem(sys.modules, "font_source_serif_pro", None)
    font_files.cache_clear()
    with pytest.raises(PdfUnavailableError, match="font-source-serif-pro"):
        render_pdf("<p>", css)
