"""Pages and drawings are parsed as those who show them parse them."""

from __future__ import annotations

import pytest

from generator.errors import DataError
from generator.verification.sentences.extraction import read_markdown
from generator.verification.sentences.html_pages import read_html
from generator.verification.sentences.tree import parse_html, parse_svg


def test_words_in_a_table_outside_its_cells_are_read() -> None:
    """A browser moves them before the table, where they are seen."""
    read = read_html("<table><tr><th>Index</th><td>1</td></tr>Buy now.</table>")
    assert "Buy now." in read.text
    assert read.tables == [[["Index", "1"]]]


def test_a_hidden_derivation_is_no_running_text() -> None:
    """It belongs to its figure; what is hidden elsewhere is read like any other text."""
    page = '<p>Up <data value="0.5" aria-describedby="why-1">0.5%<span id="why-1" hidden>sum</span></data>.</p><p hidden>x</p>'
    read = read_html(page)
    assert read.figures == [("0.5%", "0.5", "sum")]
    assert read.text.split() == ["Up", "0.5%.", "x"]


def test_what_no_article_of_ours_has_is_named() -> None:
    """Struck through, raw HTML, code, a comment, a definition, a key twice: each is odd, and none is lost."""
    content = "---\ntitle: a\ntitle: b\n---\n~~no~~\n\n<!-- no -->\n\n    no\n\n[note]: https://example.com\n"
    assert {what for what, _ in read_markdown(content).odd} == {
        "a key twice in the front matter", "s open", "s close", "html block", "code block", "a definition",
    }  # fmt: skip


@pytest.mark.parametrize("content", ["", "<svg", "<!DOCTYPE svg><svg/>", "<svg><!-- x --></svg>"])
def test_what_is_no_drawing_is_refused(content: str) -> None:
    """Empty, cut off, with declarations or comments of its own."""
    with pytest.raises(DataError):
        parse_svg(content)


def test_a_page_nested_out_of_all_measure_is_refused() -> None:
    """It would exhaust whoever walks through it."""
    with pytest.raises(DataError, match="nested"):
        parse_html("<div>" * 500)
