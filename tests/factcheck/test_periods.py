"""How commentaries on months and quarters write: their spans, turning points, runs and tails, read and judged."""

from __future__ import annotations

import pytest

from generator.factcheck.checker import Checker
from generator.factcheck.reading.axis import Axis
from generator.factcheck.reading.context import Context
from generator.factcheck.reading.names import Name
from generator.factcheck.reading.reader import read_sentence
from tests.factcheck.invented import LAST
from tests.factcheck.test_checking import DEPENDS, FALSE, HOLDS
from tests.factcheck.test_reading import shown

READ = [
    ("The Russell 2000 closed December at 2,418.74, up from 2,411.64 a month earlier.",
     ["level small 2418.74 | December 2025", "earlier level small 2411.64 | December 2025"]),
    ("The VIX fell to 15.64 from 17.32 over the course of the month.",
     ["level vix - 15.64 | the month to 2026-01-22", "earlier level vix - 17.32 | the month to 2026-01-22"]),
    ("Despite the rally, the index is down 2.5% for the year so far.", ["move small - 2.5% | the year to 2026-01-22"]),
    ("In the three months through December, the S&P 500 fell 0.4%.", ["move sp500 - 0.4% | 3 months to 2025-12-31"]),
    ("The Russell 2000 lost 4% in the five sessions to January 16.", ["move small - 4% | 5 sessions to 2026-01-16"]),
    ("That compares with a 6.6% return for the S&P 500 over the same period.", ["move sp500 + 6.6% | the month to 2026-01-22"]),
    ("Since its November low, the Russell 2000 has risen 13%.", ["move small + 13% | since November low"]),
    ("The Russell 2000 stands 13% above its November low.", ["move small + 13% | since November low"]),
    ("Small-cap growth returned 2.5% in December, against 1.2% for small-cap value.",
     ["move small_growth + 2.5% | December 2025", "move small_value + 1.2% | December 2025"]),
    ("The Russell 2000 trails the S&P 500 this year, 1.2% to 2.6%.",
     ["comparison small against sp500 - | the year to 2026-01-22", "move small 1.2% | the year to 2026-01-22",
      "move sp500 2.6% | the year to 2026-01-22"]),
    ("Micro caps did even better, returning 4.2% in December.", ["move micro + 4.2% | December 2025"]),
    ("December's gain of 5.3% followed a rise of 5.2% in November.",
     ["move small + 5.3% | December 2025", "move small + 5.2% | November 2025"]),
    ("December's 2.5% gain was the Russell 2000's largest monthly advance since July.",
     ["move small + 2.5% | December 2025", "superlative small + | December 2025 | since July 2025"]),
    ("It was the third consecutive quarter in which small caps lagged large caps.", ["run of leads small against sp500 -"]),
    ("The Russell 2000 has fallen in three of the past four months.", ["run small -"]),
    ("It was the third losing quarter in a row for both the Russell 2000 and the S&P 500.", ["run small -", "run sp500 -"]),
    ("The Russell 2000 fell 3.7% this week, nearly twice the S&P 500's 1.9%.",
     ["move small - 3.7% | the week to 2026-01-22", "multiple small against sp500 - nearly2 | the week to 2026-01-22",
      "move sp500 - 1.9% | the week to 2026-01-22"]),
    ("The VIX closed above 25 for the first time since August.", ["first time vix + | since August 2025"]),
    ("The S&P 500 notched 52 record closes this year.", ["number of records sp500 + 52 | the year to 2026-01-22"]),
    ("Small caps rose 3.6% while the S&P 500 fell 0.9%, its widest lead over large caps since March 2020.",
     ["move small + 3.6%", "move sp500 - 0.9%", "superlative of a gap small against sp500 + | since March 2020"]),
    ("The Russell 2000 is up 5.3% this month, and from its November low it has gained 17%.",
     ["move small + 5.3% | the month to 2026-01-22", "move small + 17% | since November low"]),
    ("The Russell 2000 rose 0.4% on the day, but fell 2.3% for the week.",
     ["move small + 0.4% | one session, 2026-01-22", "move small - 2.3% | the week to 2026-01-22"]),
    ("The S&P 500 compounded at 8.8% annually over the past five months while the Russell 2000 managed just 1.1%.",
     ["move sp500 + 8.8% | 5 calendar months", "move small + 1.1% | 5 calendar months"]),
    ("It outran the S&P 500 by 7.6 percentage points in December, its biggest monthly edge of the year.",
     ["comparison small against sp500 + 7.6pp | December 2025",
      "superlative of a gap small against sp500 + | the year to 2026-01-22"]),
    ("Gold settled at $3,288.90, up 0.5% for the month.",
     ["move gold + 0.5% | the month to 2026-01-22", "level gold + 3288.9$ | the month to 2026-01-22"]),
    ("Dow fell 1.04% vs. Nasdaq down 1.65%.", ["move dow - 1.04%", "move nasdaq - 1.65%"]),
    ("The Nasdaq sank 1.7%, compared with the S&P 500's 1.0% loss.", ["move nasdaq - 1.7%", "move sp500 - 1%"]),
    ("Energy lagged with a gain of 4.3%.", ["move energy + 4.3%"]),
    ("Energy was the only sector to end the month in the red, down 6.4%.",
     ["breadth energy - | the month to 2026-01-22", "move energy - 6.4% | the month to 2026-01-22"]),
    ("Energy and health care were the weakest sectors, falling 0.6% and 0.5% respectively.",
     ["best of a group energy health", "move energy - 0.6%", "move health - 0.5%"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claims"), READ)
def test_it_reads_how_periods_are_told(text: str, claims: list[str], axis: Axis) -> None:
    """Months that close, turning points, runs of leads, and numbers behind `against`; `the index` is the Russell 2000."""
    month = axis.span(axis.today.replace(day=1), axis.today, "the month to 2026-01-22", "month")
    told = Context(carried=month, same=month, before=(Name("small"),), index=Name("small"))
    assert [shown(one) for one in read_sentence(text, axis, told).claims] == claims


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("From its October peak to the November low, the Russell 2000 lost 3.9%.", HOLDS),
        ("From its October peak to the November low, the Russell 2000 lost 4.9%.", FALSE),
        ("The Russell 2000 stands 16.1% above its November low.", DEPENDS),
        ("For the third month in a row the Russell 2000 outpaced the S&P 500.", HOLDS),
        ("For the fourth month in a row the Russell 2000 outpaced the S&P 500.", FALSE),
        ("December was the Russell 2000's second straight monthly gain.", HOLDS),
        ("December was the Russell 2000's third straight monthly gain.", FALSE),
        ("The Russell 2000 has risen in three of the past four months.", HOLDS),
        ("The Russell 2000 has fallen in three of the past four months.", FALSE),
        ("December's 2.5% gain was the Russell 2000's largest monthly advance since October.", FALSE),
        ("Energy was the only sector to fall.", FALSE),
        ("The Russell 2000 closed Thursday at 2,718.77, up 12.4% for the month.", HOLDS),
        ("The Russell 2000 closed above 2,700 for the first time since November.", FALSE),
        ("The Russell 2000 rose 0.76%, less than twice the S&P 500's 0.55%.", HOLDS),
        ("The Russell 2000 rose 0.76%, more than twice the S&P 500's 0.55%.", FALSE),
        ("Small caps beat the S&P 500 by 0.2 percentage points, the most since January 16.", FALSE),
    ],
)
def test_periods_are_held_against_the_closes(text: str, verdict: str, checker: Checker) -> None:
    """A run, a turning point, a best month is judged at its own end; an intraday low in place of the close depends."""
    assert checker.sentence(text, LAST)[0].verdict == verdict


def test_the_index_is_no_fund_and_no_sector(checker: Checker) -> None:
    """Behind a sentence on banks, `the index` is still the index told of before, and without one it is nothing."""
    _, context = checker.sentence("The Russell 2000 rose on Thursday.", LAST)
    _, context = checker.sentence("Regional banks rallied almost 15%.", LAST, context)
    assert checker.sentence("The index closed at 2,718.77.", LAST, context)[0].verdict == HOLDS
    _, context = checker.sentence("Energy rose 1%.", LAST)
    assert checker.sentence("The index fell 2%.", LAST, context)[0].judged == ()


def test_a_move_of_a_span_told_before_is_not_called_false(checker: Checker) -> None:
    """A bare number that is true of a period which the article spoke of depends on which was meant."""
    _, context = checker.sentence("The Russell 2000 rose 12.4% this month.", LAST)
    _, context = checker.sentence("The S&P 500 rose 0.6% on Thursday.", LAST, context)
    assert checker.sentence("The Russell 2000 gained 12.4%.", LAST, context)[0].verdict == DEPENDS


def test_the_index_may_have_meant_another_that_was_spoken_of(checker: Checker) -> None:
    """What is false of the index told of last, and true of one told of before, depends."""
    _, context = checker.sentence("The Russell 2000 rose 0.76%.", LAST)
    _, context = checker.sentence("The S&P 500 rose 0.55%.", LAST, context)
    assert checker.sentence("The index gained 0.76%.", LAST, context)[0].verdict == DEPENDS
    assert checker.sentence("The index gained 2%.", LAST, context)[0].verdict == FALSE


@pytest.mark.parametrize(
    "text",
    [
        "When the Russell 2000 beats the S&P 500 over a quarter, the rotation is whole.",
        "The Russell 2000 led the S&P 500 a month earlier.",
        "In those two cases the Russell 2000 gained 20.4%.",
        "Two days later officials met, and the Russell 2000 fell 4.4%.",
        "From that point the Dow ended little changed and the S&P 500 rose 4.3%.",
        "The Russell 2000 lost 2.2% on it.",
        "Of eleven sector funds six beat the S&P 500 fund, and financials did best, up 7.9%.",
        "Six of eleven sector funds beat the S&P 500 fund, led by technology, up 15%.",
        "It was a hard quarter for those who own small caps: the worst since October.",
        "Small caps jumped 2.4%, then gave it back.",
        "Small caps jumped 2.4% and gave it all back by the close.",
        "Small caps jumped 8.6% in election week, their best since April 2020.",
        "Measured against the S&P 500, the Russell 2000 ended June lower than at any quarter-end since 1999.",
        'Quartz, "The Dow closes 450 points lower," Aug. 23, 2024, https://example.com/dow',
    ],
)
def test_what_is_true_of_any_time_has_no_verdict(text: str, checker: Checker) -> None:
    """A general statement and a time before are not held against this session's prices."""
    assert checker.sentence(text, LAST)[0].verdict not in (HOLDS, FALSE)
