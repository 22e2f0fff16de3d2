"""What a figure may be called in a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model import Lexicon, Unit, Verb
from generator.narrative.writing.filters import FILTERS
from generator.verification.figures.words import Shown, amount, ordinal
from generator.verification.sentences.comparing import compared
from generator.verification.sentences.saying import FORMS, WAYS, Said, Setting, say

from ..invented import UNIVERSE


def verb(at_least: float, word: str) -> Verb:
    return Verb(at_least, (word,), (f"{word}s",), (word,), (f"{word}ing",), (f"{word} noun",))


LEXICON = Lexicon(
    rises={"percent": (verb(0.01, "inch"), verb(0.5, "rise"), verb(2, "soar"))},
    falls={"percent": (verb(0.01, "slip"), verb(0.5, "fall"), verb(2, "plunge"))},
    unchanged=verb(0, "stand"),
    scales={"1m": 4.0, "fund": 2.0},
    terms={},
)
SETTING = Setting(UNIVERSE, LEXICON, date(2024, 7, 11), turn=0)


def shown(
    printed: float,
    unit: Unit = Unit.PERCENT,
    name: str = "small_return_1d",
    decimals: int = 2,
    value: float | None = None,
) -> Shown:
    return Shown(name, unit, decimals, printed, printed / 100 if value is None else value)


def text(parts: object) -> str:
    assert isinstance(parts, list)
    return "".join(part.texts[0] if isinstance(part, Said) else part for part in parts)


@pytest.mark.parametrize(
    ("way", "printed", "said"),
    [
        ("moved", 3.57, "soar 3.6%"),
        ("moved", -0.5, "fall 0.5%"),
        ("moved", 0.0, "stand"),
        ("updown", -0.88, "down 0.9%"),
        ("higher", 1.0, "1% higher"),
        ("signed", -1.25, "\u22121.3%"),
        ("a_noun", 8.1, "an 8.1% soar noun"),
        ("a_noun", 11.2, "an 11% soar noun"),
        ("a_noun", 1.8, "a 1.8% rise noun"),
        ("points", 4.45, "4.5 percentage points"),
        ("ahead", -0.96, "1 percentage point behind"),
        ("updown", -0.04, "little changed"),
    ],
)
def test_moves(way: str, printed: float, said: str) -> None:
    """The verb is earned by the rounded size, and the sign is in the words."""
    assert text(say(SETTING, shown(printed), way, ())) == said


def test_a_longer_horizon_and_a_livelier_kind_ask_for_larger_moves() -> None:
    """Two percent in a month is a small move, and half as large again for a fund."""
    assert text(say(SETTING, shown(2.0, name="small_return_1m"), "verb", ())) == "rise"
    assert text(say(SETTING, shown(3.0, name="fund_return_1m"), "verb", ())) == "inch"


def test_a_count_of_losses_is_counted_by_its_size() -> None:
    """The fifth loss in a row is the fifth."""
    assert ordinal(-5) == "fifth"
    assert [ordinal(n) for n in (11, 12, 13, 21, 22, 103, 1_111)] == [
        "11th",
        "12th",
        "13th",
        "21st",
        "22nd",
        "103rd",
        "1,111th",
    ]


def test_a_whole_percent_is_rounded_once() -> None:
    """12.496 percent is printed as 12.50 and is still 12 percent, not 13."""
    assert text(say(SETTING, shown(12.5, value=0.12496), "whole", ())) == "12%"
    assert text(say(SETTING, shown(12.5, value=0.12504), "whole", ())) == "13%"


@pytest.mark.parametrize(
    ("unit", "decimals", "printed", "said"),
    [
        (Unit.LEVEL, 2, 2125.04, "2,125.04"),
        (Unit.BASIS_POINTS, 0, -9.0, "nine basis points"),
        (Unit.BASIS_POINTS, 0, 12.0, "12 basis points"),
        (Unit.POINTS, 2, 1.0, "1 percentage point"),
        (Unit.YIELD, 2, 4.2, "4.20%"),
        (Unit.COUNT, 0, 12.0, "twelve"),
        (Unit.DOLLARS, 2, 5.0, "$5.00"),
    ],
)
def test_amounts(unit: Unit, decimals: int, printed: float, said: str) -> None:
    """Each unit has its way of being read."""
    assert amount(shown(printed, unit, decimals=decimals)) == said


def test_dates_come_as_near_as_a_reader_needs() -> None:
    """The day within half a year, without the year if it is the session's own; then the month."""
    days = [(date(*day) - date(1970, 1, 1)).days for day in ((2024, 7, 1), (2024, 1, 2), (2021, 11, 8))]
    said = [text(say(SETTING, shown(day, Unit.DATE), "when", ())) for day in days]
    assert said == ["July 1", "January 2024", "November 2021"]


def test_several_moves_in_one_clause() -> None:
    """The fuller side first, the largest first, and `while` for a real difference of sign."""
    moves = [shown(0.6), shown(-0.7, name="large_return_1d"), shown(0.9, name="fund_return_1d")]
    assert text(compared(SETTING, moves)) == "fund rise 0.9% and small 0.6%, while large fall 0.7%"


def test_every_filter_is_known() -> None:
    """What an editor may write, the second reader can read: a new filter has to be given to both."""
    assert {*WAYS, *FORMS} == FILTERS.keys()


@pytest.mark.parametrize(
    ("day", "month", "quarter"),
    [(date(2024, 3, 31), "March", "first quarter"), (date(2023, 12, 1), "December 2023", "fourth quarter of 2023")],
)
def test_a_period_has_its_year_where_that_is_another(day: date, month: str, quarter: str) -> None:
    """The month and the quarter of a release, as seen from a session of 2024."""
    number = float((day - date(1970, 1, 1)).days)
    held = shown(number, Unit.DATE, "cpi_date", 0, number)
    assert [say(SETTING, held, way, ()) for way in ("in_month", "in_quarter")] == [
        [Said("figure", "cpi_date", (words,), held)] for words in (month, quarter)
    ]


def test_a_rate_is_said_with_both_its_decimals() -> None:
    """A target of 4.50 percent is 4.50%, as the market quotes it, and one of 4.00 is 4.00%."""
    assert [amount(shown(value, Unit.RATE)) for value in (4.5, 4.0, 4.33)] == ["4.50%", "4.00%", "4.33%"]
