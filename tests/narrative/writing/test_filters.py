"""A figure and a filter in; pieces of text out."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model import Basis, FigureDefinition, Unit
from generator.narrative.language.phrases import Context, Quoted
from generator.narrative.language.voice import Voice
from generator.narrative.writing.filters import whole
from generator.narrative.writing.filters_of_dates import in_month, in_quarter

from ..conftest import Room


@pytest.mark.parametrize(("value", "words"), [(-0.074973, "7%"), (-0.405004, "41%"), (0.13, "13%")])
def test_a_whole_percent_is_rounded_once(newsroom: Room, value: float, words: str) -> None:
    """7.4973% is printed as 7.50% and, in whole percents, as 7%: not as what 7.50 would round to."""
    made = newsroom({}, small_return_1d=[1.0])
    context = Context(made.publication.universe, made.verbs, made.days[0], Voice(0))
    definition = FigureDefinition("small_drawdown", Unit.PERCENT, Basis.PRICE, 2, "", "", ())
    assert whole(context, Quoted(definition, round(value * 100, 2), value))[0].text == words


@pytest.mark.parametrize(
    ("day", "month", "quarter"),
    [
        (date(2024, 5, 1), "May", "second quarter"),
        (date(2024, 1, 1), "January", "first quarter"),
        (date(2023, 10, 1), "October 2023", "fourth quarter of 2023"),
        (date(2023, 9, 30), "September 2023", "third quarter of 2023"),
    ],
)
def test_a_period_is_named_with_its_year_where_that_is_another(
    newsroom: Room, day: date, month: str, quarter: str
) -> None:
    """`May` is this year's; a quarter is named by the place of its month in the year."""
    made = newsroom({}, small_return_1d=[1.0])
    context = Context(made.publication.universe, made.verbs, date(2024, 7, 8), Voice(0))
    definition = FigureDefinition(
        "release_date", Unit.DATE, Basis.NONE, 0, "", "", (), source="content/universe.yaml:1"
    )
    number = float((day - date(1970, 1, 1)).days)
    quoted = Quoted(definition, number, number, source=definition.source)
    (piece,) = in_month(context, quoted)
    assert piece.text == month
    assert piece.claim is not None
    assert (piece.claim.value, piece.claim.source) == (day.isoformat(), "content/universe.yaml:1")
    assert in_quarter(context, quoted)[0].text == quarter
