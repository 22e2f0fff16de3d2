"""Text that is data stays text, in HTML and in Markdown; addresses pass an allow-list."""

from __future__ import annotations

import html
import re

import markdown_it
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.escaping import address_fault, html_text, markdown_source, markdown_text

READER = markdown_it.MarkdownIt("commonmark", {"html": True}).enable("strikethrough")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=80))
def test_markdown_shows_the_text_as_it_is(text: str) -> None:
    """Whatever a name or a title holds, a reader of the Markdown sees just that, and no tag comes of it."""
    shown = READER.render(f"A {markdown_text(text)} z")
    assert re.sub(r"\s+", " ", html.unescape(shown)).strip() == re.sub(r"\s+", " ", f"<p>A {text} z</p>").strip()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_html_shows_the_text_as_it_is(text: str) -> None:
    """No character of it opens a tag or an entity."""
    assert html.unescape(html_text(text)) == text
    assert "<" not in html_text(text)


@pytest.mark.parametrize("text", ["S&P 500", "3.57% (VIX)", "2,125.04", "−0.3", "Treasury’s"])
def test_ordinary_words_are_left_alone(text: str) -> None:
    """What needs no escape gets none."""
    assert markdown_text(text) == text


def test_an_editors_own_marks_stay_and_tags_do_not() -> None:
    """Emphasis and links are the editor's; a tag is shown, not obeyed."""
    assert markdown_source("*So* <b>it</b> is [here](https://a.example) &lt; R&D") == (
        "*So* &lt;b>it&lt;/b> is [here](https://a.example) &amp;lt; R&D"
    )


@pytest.mark.parametrize("address", ["https://a.example/x?y=1#z", "http://a.example", "mailto:desk@a.example"])
def test_an_ordinary_address_is_allowed(address: str) -> None:
    assert address_fault(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//a.example",
        "a.html",
        "",
        "https:",
        "https://a.example/ x",
        "java\tscript:alert(1)",
        "vbscript:x",
        "https://[x",
        'https://a.example/"onclick="x',
    ],
)
def test_any_other_address_is_refused(address: str) -> None:
    """One message says what is wrong and what to write."""
    assert address_fault(address)
