"""Verdicts on sentences about a market whose closes are set by hand."""

from __future__ import annotations

import pytest

from generator.factcheck.checker import Checker
from tests.factcheck.invented import LAST

FALSE, HOLDS, DEPENDS, UNKNOWN = "does not hold", "holds", "depends", "cannot be known here"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The Russell 2000 rose 0.76% to 2,718.77.", HOLDS),
        ("The Russell 2000 rose 1.25%.", FALSE),
        ("The Russell 2000 fell 0.76%.", FALSE),
        ("The Russell 2000 gained nearly 0.8%.", HOLDS),
        ("The Russell 2000 gained more than 0.7%.", HOLDS),
        ("The Russell 2000 gained more than 0.9%.", FALSE),
        ("The Russell 2000 added 20.60 points.", HOLDS),
        ("The Dow rose 1%.", HOLDS),
        ("The Nasdaq Composite, which tracks 3,000 stocks, rose 0.9%, closing near 23,440.", HOLDS),
        ("The S&P 500 rose 0.55%, lagging the Dow's gain of 0.6%.", HOLDS),
        ("Small caps outpaced the Dow on Thursday.", HOLDS),
        ("Small caps outpaced the Dow and the Nasdaq Composite.", FALSE),
        ("The Russell 2000 beat the S&P 500 by 0.2 percentage points.", HOLDS),
        ("The Russell 2000 beat the S&P 500 by 21 basis points.", HOLDS),
        ("The Dow gained 0.6%, the S&P 500 0.5% and the Nasdaq 0.9%.", HOLDS),
        ("The Dow gained 0.6%, the S&P 500 0.9% and the Nasdaq 0.5%.", FALSE),
        ("The Dow and the Nasdaq also finished the session higher.", HOLDS),
        ("Seven of the 11 S&P 500 sectors rose.", HOLDS),
        ("Nine of the 11 S&P 500 sectors rose.", FALSE),
        ("None of the 11 S&P 500 sectors rose.", FALSE),
        ("The 10-year Treasury yield fell to 4.25%.", HOLDS),
        ("The 10-year Treasury yield rose to 4.45%.", FALSE),
        ("Based on the latest available data, the Russell 2000 rose 0.76% to 2,718.70.", DEPENDS),
        ("Based on the latest available data, the Russell 2000 rose 0.76% to 2,731.70.", FALSE),
        ("The Russell 2000 ran its winning streak to four sessions.", FALSE),
        ("The Russell 2000 ended at a record high.", UNKNOWN),
        ("The S&P 500 has gained 5%.", UNKNOWN),
        ("The Russell 2000 surged 5.8% post-announcement.", UNKNOWN),
        ("Over the six months after that week, the Russell gained 7.8%.", UNKNOWN),
        ("The Russell 1000 rose 0.5%.", UNKNOWN),
        ("Nvidia rose 3.1%.", UNKNOWN),
        ("The unemployment rate fell to 4.4% in December.", UNKNOWN),
    ],
)  # fmt: skip
def test_a_claim_is_held_against_the_closes(text: str, verdict: str, checker: Checker) -> None:
    """True numbers, signs and comparisons hold; others do not; what is not held cannot be known."""
    assert checker.sentence(text, LAST)[0].verdict == verdict


def test_a_level_of_the_morning_that_is_called_a_close_is_told(checker: Checker) -> None:
    """An intraday level given as the close does not hold, and the close is named."""
    checked = checker.sentence("The Russell 2000 ended the trading day at 2,731.77 points.", LAST)[0]
    assert checked.verdict == FALSE
    assert checked.judged[0].nearest == (
        "2,731.77 was reached during the session (2,707.89 to 2,735.10); the close was 2,718.77"
    )


def test_it_is_what_the_sentence_before_was_about(checker: Checker) -> None:
    """`It` and `the index` at the beginning of a sentence are the one thing told of before; of two there is no telling."""
    _, context = checker.sentence("The Russell 2000 rose on Thursday.", LAST)
    assert checker.sentence("It gained 0.76%.", LAST, context)[0].verdict == HOLDS
    assert checker.sentence("The index fell 2%.", LAST, context)[0].verdict == FALSE
    _, context = checker.sentence("The Russell 2000 rose 0.8% and the Dow 0.6%.", LAST)
    assert checker.sentence("It gained 0.76%.", LAST, context)[0].judged == ()


def test_a_verdict_says_how_the_claim_was_read(checker: Checker) -> None:
    """Each verdict names the series, the basis, the span and the value."""
    judged = checker.sentence("The Russell 2000 rose 1.25%.", LAST)[0].judged[0]
    assert judged.reading == "Russell 2000, price return, one session, 2026-01-22"
    assert judged.value == "+0.76%"
    assert judged.nearest == "Russell 2000: +0.76%, one session, 2026-01-22"


def test_what_is_not_understood_is_named(checker: Checker) -> None:
    """A sentence with a number that no form fits has no verdict, and the number is named."""
    checked = checker.sentence("The Russell 2000 could add 5% by spring.", LAST)[0]
    assert checked.verdict == "not checked"
    assert [checked.text[start:end] for start, end in checked.unread] == ["5%"]
