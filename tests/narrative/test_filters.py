"""A figure and a filter in; pieces of text out."""

from __future__ import annotations

import pytest

from generator.model import Basis, FigureDefinition, Unit
from generator.narrative.filters import whole
from generator.narrative.phrases import Context, Quoted
from generator.narrative.voice import Voice

from .conftest import Room


@pytest.mark.parametrize(("value", "words"), [(-0.074973, "7%"), (-0.405004, "41%"), (0.13, "13%")])
def test_a_whole_percent_is_rounded_once(newsroom: Room, value: float, words: str) -> None:
    """7.4973% is printed as 7.50% and, in whole percents, as 7%: not as what 7.50 would round to."""
    made = newsroom({}, small_return_1d=[1.0])
    context = Context(made.publication.universe, made.verbs, made.days[0], Voice(0))
    definition = FigureDefinition("small_drawdown", Unit.PERCENT, Basis.PRICE, 2, "", "", ())
    assert whole(context, Quoted(definition, round(value * 100, 2), value))[0].text == words
