"""What the fact-checker reads in sentences as people write them, and what it leaves alone."""

from __future__ import annotations

import pytest

from generator.factcheck.reading.axis import Axis
from generator.factcheck.reading.claims import Claim
from generator.factcheck.reading.context import Context
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
    ("None of the 11 S&P 500 sectors rose.", ["breadth +"]),
    ("Consumer prices rose 3.0% in the year to June.", ["economic number cpi + 3%"]),
    ("Employers added 206,000 jobs in June.", ["economic number payrolls + 206000"]),
    ("The Dow gained 0.6% (+306.78 points), the S&P 500 was up 0.5%.", ["move dow + 0.6%", "move dow + 306.78pt", "move sp500 + 0.5%"]),
    ("S&P 500: +0.3% for the week / +24.2% YTD", ["move sp500 + 0.3% | the week to 2026-01-22", "move sp500 + 24.2% | the year to 2026-01-22"]),
    ("Small caps fell 3.7 percentage points behind the S&P 500.", ["comparison small against sp500 - 3.7pp"]),
    ("The Dow soared 335.97, or 2.51 percent, to 13,739.39.", ["move dow + 2.51%", "move dow + 335.97pt", "level dow + 13739.4"]),
    ("The Nasdaq Composite gained 0.9% to end the day at 23,436.02.", ["move nasdaq + 0.9%", "level nasdaq + 23436"]),
    ("The S&P 500 finished in negative territory, slipping 0.3% to close at 6,913.35.",
     ["move sp500 - 0.3%", "direction sp500 -", "level sp500 - 6913.35"]),
    ("The Dow posted a gain of 0.6%, ending the session at 49,384.01.", ["move dow + 0.6%", "level dow + 49384"]),
    ("The S&P 500 SPX added 0.5%, and the Dow .DJI rose 0.6%.", ["move sp500 + 0.5%", "move dow + 0.6%"]),
    ("The Standard & Poor’s 500 index rose 37.73 (0.55 percent) to 6,913.35.",
     ["move sp500 + 0.55%", "move sp500 + 37.73pt", "level sp500 + 6913.35"]),
    ("The Russell 2000 slid 1.1% and is now 4.2% below its record high.", ["move small - 1.1%", "distance from a record small 4.2%"]),
    ("The S&P 500 gained 0.5% and closed at 6,913.35.", ["move sp500 + 0.5%", "level sp500 6913.35"]),
    ("Initial jobless claims dropped by 13,000 to 216,000 in the week ended Jan. 17.",
     ["economic number claims - 13000 | the week to 2026-01-17", "economic number claims 216000 | the week to 2026-01-17"]),
    ("The 10-yr note yield slipped to 4.25% from 4.26% late Wednesday.", ["level ust10y - 4.25%", "earlier level ust10y - 4.26%"]),
    ("The Nasdaq shed 242 points to close near 23,436, a loss of 1%.", ["move nasdaq - 242pt", "level nasdaq - about23436", "move nasdaq - 1%"]),
    ("The Russell 2000 rose 8.4% in the quarter to 2,718.77.",
     ["move small + 8.4% | the quarter to 2026-01-22", "level small + 2718.77 | the quarter to 2026-01-22"]),
    ("The S&P 500 climbed 0.5%, with 77% of its stocks ahead.", ["move sp500 + 0.5%"]),
    ("The Dow rose 1.4% to another all-time high.", ["move dow + 1.4%", "record dow"]),
    ("The S&P 500 is up 4% this month and on pace for its best month in a year.", ["move sp500 + 4% | the month to 2026-01-22"]),
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


@pytest.mark.parametrize(
    "text",
    [
        "Barring energy, all 11 sectors fell.",
        "June 30, 2022: Russell 2000 −17.49 and S&P 500 −16.45.",
        "A turn would show in a quarter in which the Russell 2000 and the S&P 500 both trail the Dow.",
        "Believers can point to December, in which small caps beat the S&P 500 by 4.8 percentage points.",
        "The level to watch is 2,763.67, the highest close of the Russell 2000 in a year.",
        "On the eve the Russell 2000 had closed at 2,698.17.",
        "The Russell 2000 fell 8.8% by January 5.",
        "From that low the Russell 2000 rose 37% and the S&P 500 12%.",
        "The worst fall of the Russell 2000 since June 2025 was 43%.",
        "Before this quarter small caps had lagged the S&P 500.",
        "On the way into the decision the Russell 2000 rose 2%.",
        "Owners of value had the better quarter: small caps dropped 7.7%.",
        "From March 2020 to June 2025, the Russell 2000 rose 202%.",
        "Over the five sessions before the decision the Russell 2000 gained 3%.",
    ],
)
def test_a_span_that_is_not_understood_is_not_taken_for_the_session(text: str, axis: Axis) -> None:
    """Whatever is of another span, of a condition or of a row of a table gets no verdict by the session's prices."""
    assert [one for one in read_sentence(text, axis).claims if not one.unspanned] == []


def test_a_sector_is_of_the_index_that_its_own_sentence_counts(axis: Axis) -> None:
    """Behind a sentence on small-cap sectors, one that counts those of the S&P 500 names one of these."""
    text = "Ten S&P 500 sectors fell, and energy lost 3.4%."
    names = [one.subjects[0].key for one in read_sentence(text, axis, Context(small=True)).claims if one.subjects]
    assert names == ["energy"]
