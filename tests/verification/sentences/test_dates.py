"""Days as both readers say them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Basis, FigureDefinition, Lexicon, Unit, Verb
from generator.narrative.language.lexicalisation import Verbs
from generator.narrative.language.phrases import Context, Quoted
from generator.narrative.language.voice import Voice
from generator.narrative.writing.filters import apply
from generator.verification.figures.words import Shown
from generator.verification.sentences.saying import Said, Setting, say

from ..invented import UNIVERSE

LEXICON = Lexicon({}, {}, Verb(0, ("stood",), ("stands",), ("stand",), ("standing",), ("stand",)), {}, {})
THURSDAY = date(2025, 7, 10)


def said(way: str, day: date, session: date = THURSDAY) -> str:
    """What the filter makes of the day, which is the same in both readers."""
    number = float((day - date(1970, 1, 1)).days)
    definition = FigureDefinition("report_next", Unit.DATE, Basis.NONE, 0, "", "", ())
    context = Context(UNIVERSE, Verbs(LEXICON, UNIVERSE), session, Voice(0))
    first = "".join(piece.text for piece in apply(context, Quoted(definition, number, number), way, ()))
    parts = say(Setting(UNIVERSE, LEXICON, session, 0), Shown("report_next", Unit.DATE, 0, number, number), way, ())
    assert parts is not None
    second = "".join(part.texts[0] if isinstance(part, Said) else part for part in parts)
    assert first == second
    return first


@pytest.mark.parametrize(
    ("way", "day", "words"),
    [
        ("on", date(2025, 7, 11), "on Friday"),
        ("on", date(2025, 7, 16), "on Wednesday"),
        ("on", date(2025, 7, 17), "on July 17"),
        ("on", date(2026, 1, 9), "on January 9, 2026"),
        ("weekday", date(2025, 7, 10), "Thursday"),
        ("weekday", date(2025, 7, 4), "Friday"),
        ("weekday", date(2025, 7, 3), "July 3"),
        ("weekday", date(2025, 7, 15), "July 15"),
    ],
)
def test_a_day_of_the_week_is_said_only_where_it_is_one_day(way: str, day: date, words: str) -> None:
    """`on` looks ahead and `weekday` back, each by less than a week."""
    assert said(way, day) == words


@given(st.sampled_from(["on", "weekday"]), st.integers(-800, 800), st.dates(date(1988, 1, 1), date(2027, 12, 31)))
def test_both_readers_say_every_day_alike(way: str, ahead: int, session: date) -> None:
    """Whichever the day and the session."""
    assert said(way, session + timedelta(days=ahead), session)
