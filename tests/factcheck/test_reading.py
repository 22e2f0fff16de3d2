"""What the fact-checker reads in sentences as people write them, and what it leaves alone."""

from __future__ import annotations

import pytest

from generator.factcheck.reading.axis import Axis
from generator.factcheck.reading.claims import Claim
from generator.factcheck.reading.reader import read_sentence


def shown(claim: Claim) -> str:
    """A claim in short: kind, names, sign, number, span."""
    number = f" {claim.about}{claim.number.value:g}{claim.number.unit}" if claim.number else ""
    span = f" | {claim.span.windows[0].words}" if claim.span and claim.span.windows else ""
    since = f" | since {claim.since.words}" if claim.since else ""
    others = f" against {' '.join(one.key for one in claim.others)}" if claim.others else ""
    way = {1: "+", -1: "-", 0: ""}[claim.sign]
    return f"{claim.kind} {' '.join(one.key for one in claim.subjects)}{others} {way}{number}{span}{since}".replace(
        "  ", " "
    ).strip()


READ = [
    ("The Russell 2000 rose 1.2%.", ["move small + 1.2%"]),
    ("IWM fell roughly half a percent on Thursday.", ["move small - about0.5% | one session, 2026-01-22"]),
    ("The tech-heavy Nasdaq Composite shed 2 percent.", ["move nasdaq - 2%"]),
    ("Small caps closed 0.8% higher at 2,718.77.", ["move small + 0.8%", "level small + 2718.77"]),
    ("The Dow added 306.78 points, or 0.6%, to 49,384.01.", ["move dow + 306.78pt", "move dow + 0.6%", "level dow + 49384"]),
    ("The S&P 500 lost 0.9% and the Nasdaq 2.0%.", ["move sp500 - 0.9%", "move nasdaq - 2%"]),
    ("The S&P 500's 0.6% gain lagged.", ["move sp500 + 0.6%"]),
    ("A 1.2% gain for the Russell 2000.", ["move small + 1.2%"]),
    ("For the week, the S&P 500 slid 2.1%.", ["move sp500 - 2.1% | the week to 2026-01-22"]),
    ("The Russell is up 9.5% so far this year.", ["move small + 9.5% | the year to 2026-01-22"]),
    ("Small caps beat the S&P 500 by 4.5 percentage points in December.", ["comparison small against sp500 + 4.5pp | December 2025"]),
    ("The Russell 2000 trailed the Dow and the Nasdaq.", ["comparison small against dow nasdaq -"]),
    ("The 10-year Treasury yield fell to 4.19% from 4.28%.", ["level ust10y - 4.19%", "earlier level ust10y - 4.28%"]),
    ("The VIX closed at 12.9.", ["level vix 12.9"]),
    ("It was the Russell 2000's best day since November.", ["superlative small + | since November 2025"]),
    ("The VIX jumped, its biggest rise in a day since November.", ["superlative vix + | since November 2025"]),
    ("The Nasdaq fell for a third straight day.", ["run nasdaq -"]),
    ("Seven of the 11 S&P 500 sectors rose.", ["breadth +"]),
    ("Consumer prices rose 3.0% in the year to June.", ["economic number cpi + 3%"]),
    ("Employers added 206,000 jobs in June.", ["economic number payrolls + 206000"]),
    ("The Dow gained 0.6% (+306.78 points), the S&P 500 was up 0.5%.", ["move dow + 0.6%", "move dow + 306.78pt", "move sp500 + 0.5%"]),
    ("S&P 500: +0.3% for the week / +24.2% YTD", ["move sp500 + 0.3% | the week to 2026-01-22", "move sp500 + 24.2% | the year to 2026-01-22"]),
    ("Small caps fell 3.7 percentage points behind the S&P 500.", ["comparison small against sp500 - 3.7pp"]),
    ("The Dow soared 335.97, or 2.51 percent, to 13,739.39.", ["move dow + 2.51%", "move dow + 335.97pt", "level dow + 13739.4"]),
    ("The Federal Reserve cut rates by a quarter point on December 10, 2025.", ["Federal Reserve - 25bp | one session, 2025-12-10"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claims"), READ)
def test_it_reads_what_a_sentence_says(text: str, claims: list[str], axis: Axis) -> None:
    """Names, verbs, units, spans and comparisons as people write them become claims."""
    assert [shown(one) for one in read_sentence(text, axis).claims] == claims


@pytest.mark.parametrize(
    "text",
    [
        "The Russell 2000 could gain 5% if the Fed cuts rates.",
        "Analysts expect the S&P 500 to rise 10% this year.",
        "S&P 500 earnings rose 8% in the quarter.",
        "Russell 2000 futures fell 0.4% overnight.",
        "Companies in the S&P 500 gained 2%.",
        "In early trading, the Dow rose 0.4%.",
        "Small caps beat the S&P 500 56% of the time.",
        "On average, the Russell 2000 gained 3% in the month after.",
        "The Russell 2000 did not fall 2%.",
        "Only once before had the Russell gained 3% or more.",
        "Small caps had one of their worst days since 1987.",
        "Small caps had risen eleven sessions in a row before Wednesday.",
        "On the days on which the S&P 500 fell 2% or more.",
        "The S&P 500 is near its record high.",
        "Private nonfarm payrolls rose by 465,000.",
        "The Dow, S&P and Nasdaq were up 8.2%, 5.9%.",
    ],
)
def test_it_gives_no_verdict_on_what_it_does_not_understand(text: str, axis: Axis) -> None:
    """Forecasts, other measures, other spans, averages and denials are left unchecked, and said to be."""
    read = read_sentence(text, axis)
    assert read.claims == ()
    assert read.relevant
