"""Numbers of two houses are never set beside each other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from generator.model import Fact
from generator.narrative.checks.houses import Houses, house_faults
from generator.narrative.newsroom import Newsroom

from ..conftest import Room

DAY = date(2024, 7, 8)


ASKED = "---\nwhen: small_return_since_one_valuation < 3 and small_return_since_other_valuation < 3\n"
"""The rule that asks what prices have done since either was measured."""


def fact(key: str, house: str) -> Fact:
    return Fact(
        key, DAY, date(2025, 7, 8), {"small": Decimal(15), "large": Decimal(22), "house": house}, "", "", DAY, key
    )


FACTS = (fact("one_valuation", "One"), fact("other_valuation", "Other"), fact("one_debt", "One"))


def said(newsroom: Room, text: str) -> list[str]:
    made: Newsroom = newsroom({"large/x": text}, small_return_1d=[1.0])
    (fragment,) = made.publication.fragments["session"]
    return [one.message for one in house_faults(fragment, Houses(FACTS))]


@pytest.mark.parametrize(
    "text",
    [
        "---\nwhen: one_valuation_small < other_valuation_small\n---\n- One.",
        "---\nwhen: one_valuation_small - last_other_valuation_small > 2\n---\n- One.",
        "---\nasserts:\n  led: one_valuation_small < other_valuation_large\n---\n- One.",
        "---\n---\n- It is {{ one_valuation_small }} here and {{ other_valuation_small }} there.",
        "---\n---\n- It is. [if one_valuation_small > other_valuation_small] And more.",
    ],
)
def test_a_comparison_of_two_houses_is_refused(newsroom: Room, text: str) -> None:
    """In a rule, an assertion, a sentence, and the rule of a sentence."""
    assert [one for one in said(newsroom, text) if "counts of two houses" in one]


@pytest.mark.parametrize(
    "text",
    [
        "---\nwhen: one_valuation_small < one_valuation_large - 2 and other_valuation_small > 1\n---\n- One.",
        ASKED
        + "---\n- {{ one_valuation_house }} says {{ one_valuation_small }}, and {{ other_valuation_house }} sees it alike.",
        ASKED + "---\n- It is {{ one_valuation_small }}, and the debt {{ one_debt_small }}.",
        ASKED + "---\n- It is {{ other_valuation_small }}, and the debt {{ one_debt_small }}.",
        ASKED
        + "---\n- It is {{ one_valuation_small }}. [if other_valuation_small > 1] It is {{ other_valuation_small }}.",
    ],
)
def test_one_houses_numbers_may_stand_together(newsroom: Room, text: str) -> None:
    """And two houses in two sentences, of two things, or one of them without a number."""
    assert said(newsroom, text) == []


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("---\n---\n- It is {{ one_valuation_small }}.", "small_return_since_one_valuation"),
        ("---\nwhen: abs(small_return_3m) <= 6\n---\n- It is {{ one_valuation_small }}.", "small_return_since_one_valuation"),
        ("---\nwhen: small_return_since_one_valuation < 3\n---\n- It was {{ last_one_valuation_small }}.", "small_return_since_last_one_valuation"),
        (ASKED + "---\n- [if small_return_1d > 0] It is {{ one_valuation_small }}.", ""),
        ("---\n---\n- [if small_minus_sp500_since_one_valuation < 3] It is {{ one_valuation_small }}.", ""),
        ("---\n---\n- It is {{ one_valuation_small }}, and {{ small_return_since_one_valuation | size }} since.", ""),
        ("---\n---\n- {{ one_valuation_house }} counts, and the debt is {{ one_debt_small }}.", ""),
    ],
)  # fmt: skip
def test_a_valuation_asks_what_prices_have_done_since(newsroom: Room, text: str, since: str) -> None:
    """In the rule, or in the sentence that prints it; a name and what is no valuation need not."""
    found = said(newsroom, text)
    assert [since in one for one in found] == ([True] if since else [])
