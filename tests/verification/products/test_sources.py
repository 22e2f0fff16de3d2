"""The list of sources is taken off a page before the words of tables and charts are."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import cast

from generator.model import Fact
from generator.verification.products.answering import listed_entries
from generator.verification.products.page import PageText
from generator.verification.sentences.evening import Evening

DAY = date(2025, 6, 30)
WIRE = Fact("note", DAY, DAY, {}, "Reuters, “S&P 500, Nasdaq close at record highs”", "https://x.org", DAY, "wire")


def test_a_title_that_names_indices_is_found_whole_on_paper() -> None:
    """And the labels of a chart are those of the chart: one is left for each that the page has besides."""
    page = PageText(
        "S&P 500 +1.00% Sources 1. Reuters, “S&P 500, Nasdaq close at record highs”, published Monday, June 30, 2025.",
        tight=True,
    )
    evening = cast(Evening, SimpleNamespace(facts=(WIRE,)))
    assert listed_entries(page, evening) == (True,)
    assert [page.take("S&P 500") >= 0 for _ in range(2)] == [True, False]
    assert listed_entries(page, evening) == (False,)
