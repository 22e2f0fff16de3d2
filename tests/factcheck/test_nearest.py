"""The nearest true form beside a sentence that prices refuse."""

from __future__ import annotations

import pytest

from generator.factcheck.checker import Checker
from generator.factcheck.nearest import nearest
from tests.factcheck.invented import LAST


@pytest.mark.parametrize(
    ("said", "true"),
    [
        ("The Russell 2000 rose 1.2%.", "The Russell 2000 rose 0.8%."),
        ("The Russell 2000 rose 1.25% on Thursday.", "The Russell 2000 rose 0.76% on Thursday."),
        ("The Russell 2000 fell 0.8%.", "The Russell 2000 rose 0.8%."),
        ("The Russell 2000 closed down 0.8%.", "The Russell 2000 closed up 0.8%."),
        ("The Russell 2000 gained 0.76% to 2,731.77.", "The Russell 2000 gained 0.76% to 2,718.77."),
        ("The Dow gained 0.6%, the S&P 500 0.9% and the Nasdaq 0.5%.",
         "The Dow gained 0.6%, the S&P 500 0.5% and the Nasdaq 0.9%."),
        ("The Russell 2000 beat the S&P 500 by 0.9 percentage points.",
         "The Russell 2000 beat the S&P 500 by 0.2 percentage points."),
        ("Nine of the 11 S&P 500 sectors rose.", "Seven of the 11 S&P 500 sectors rose."),
    ],
)  # fmt: skip
def test_a_refused_sentence_is_put_right_in_its_own_words(said: str, true: str, checker: Checker) -> None:
    """Numbers, verbs and counts become those of the prices, with as many places as were written."""
    found = nearest(checker, said, LAST)
    assert found is not None
    assert found.text == true
    assert checker.sentence(true, LAST)[0].verdict == "holds"


def test_a_superlative_is_given_the_day_since_which_it_holds(checker: Checker) -> None:
    """`highest close since March` where a later close was higher: that one's day is named."""
    found = nearest(checker, "The 10-year Treasury yield ended at its lowest since July 2025.", LAST)
    assert found is not None
    assert found.text.startswith("The 10-year Treasury yield ended at its lowest since ")
    assert found.text != "The 10-year Treasury yield ended at its lowest since July 2025."
    assert checker.sentence(found.text, LAST)[0].verdict == "holds"


@pytest.mark.parametrize("said", ["The Russell 2000 rose 0.8%.", "Investors were glad.", "The S&P 500 has gained 5%."])
def test_what_is_not_refused_has_no_other_form(said: str, checker: Checker) -> None:
    """What holds, says nothing or cannot be known is left as it is."""
    assert nearest(checker, said, LAST) is None


def test_where_no_form_holds_the_prices_are_told(checker: Checker) -> None:
    """A comparison that goes the other way cannot be turned by a number: what the prices say stands beside it."""
    found = nearest(checker, "The Dow outpaced the Nasdaq Composite by 0.3 percentage points.", LAST)
    assert found is not None
    assert found.text == ""
    assert "Nasdaq" in found.instead[0]
