"""Articles as text, Markdown and HTML, their sentences and their dates."""

from __future__ import annotations

from datetime import date

import pytest

from generator.errors import DataError
from generator.factcheck.dating import dated
from generator.factcheck.document import LARGEST, read_article, sentences


def test_html_and_markdown_give_the_sentences_of_the_text() -> None:
    """The same article in three formats has the same sentences; markup, scripts and tables are no part of it."""
    plain = "Stocks rise\n\nThe Dow rose 1%. The S&P 500 fell.\n"
    marked = "# Stocks rise\n\nThe **Dow** rose [1%](https://a.b/c). The S&P 500 *fell*.\n\n| a | b |\n"
    page = (
        "<html><head><style>p{}</style></head><body><h1>Stocks rise</h1><script>alert(1)</script>"
        "<p>The <b>Dow</b> rose 1%. The S&amp;P 500 fell.</p><table><tr><td>a</td></tr></table></body></html>"
    )
    found = [[one.sentences for one in read_article(text, "a").blocks] for text in (plain, marked, page)]
    assert found[0] == found[1] == found[2] == [("Stocks rise",), ("The Dow rose 1%.", "The S&P 500 fell.")]
    assert read_article(page, "a").rows == read_article(marked, "a").rows == 1


def test_abbreviations_end_no_sentence() -> None:
    """`U.S.`, `Feb. 7`, `J.P.` and `p.m.` are inside sentences; a stop before a capital ends one."""
    text = "The U.S. market rose on Feb. 7. J.P. Morgan said so at 4 p.m. Eastern. The index, up 1.5%, closed."
    assert list(sentences(text)) == [
        "The U.S. market rose on Feb. 7.",
        "J.P. Morgan said so at 4 p.m. Eastern.",
        "The index, up 1.5%, closed.",
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("NEW YORK, July 11, 2024 — Stocks rose.", date(2024, 7, 11)),
        ("Published 2026-01-22. Stocks rose.", date(2026, 1, 22)),
        ("22 January 2026\n\nStocks rose.", date(2026, 1, 22)),
        ("The highest since March 3, 2020. Stocks rose.", None),
        ("Stocks rose.", None),
    ],
)
def test_an_article_is_dated_by_its_own_words(text: str, day: date | None) -> None:
    """A dateline or a day of publication dates it; a date inside a sentence does not."""
    assert dated(read_article(text, "a")) == day


def test_ten_megabytes_are_one_clear_message() -> None:
    """What is no article is refused before it is read."""
    with pytest.raises(
        DataError, match=rf"^a: has [\d,]+ characters\. An article may have {LARGEST:,}: give the article"
    ):
        read_article("The Dow rose 1%. " * 600_000, "a")


def test_nothing_is_no_article() -> None:
    """An empty file is refused with what to give."""
    with pytest.raises(DataError, match=r"^a: has no text"):
        read_article(" \n\n", "a")
