"""Days as both readers say them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Basis, FigureDefinition, Lexicon, Unit, Verb
from generator.narrative.language.lexicalisation import Verbs
from generator.narrative.language.phrases import Context, Quoted
from generator.narrative.language.voice import Voice
from generator.narrative.writing import aggregation
from generator.narrative.writing.filters import apply
from generator.verification.figures.words import Shown
from generator.verification.sentences import comparing
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


def coming(**days: date) -> str:
    """The list of these dates to come, which is the same in both readers."""
    called = {"fed": ("the Fed", 50), "jobs": ("jobs", 21), "prices": ("prices", 21), "sales": ("sales", 8)}
    called |= {"growth": ("growth", 8), "trade": ("trade", 8)}
    lexicon = replace(LEXICON, due=called)
    numbers = {f"{event}_next": float((day - date(1970, 1, 1)).days) for event, day in days.items()}
    quoted = [Quoted(FigureDefinition(name, Unit.DATE, Basis.NONE, 0, "", "", ()), n, n) for name, n in numbers.items()]
    pieces = aggregation.due(Context(UNIVERSE, Verbs(lexicon, UNIVERSE), THURSDAY, Voice(0)), quoted, called)
    shown = [Shown(name, Unit.DATE, 0, number, number) for name, number in numbers.items()]
    parts = comparing.due(Setting(UNIVERSE, lexicon, THURSDAY, 0), shown)
    first = "".join(piece.text for piece in pieces or [])
    assert first == "".join(part.texts[0] if isinstance(part, Said) else part for part in parts or [])
    return first


def test_dates_to_come_are_told_in_their_order_and_one_day_is_named_once() -> None:
    """Whatever their order in the list; an event further off than it is told of is left out."""
    assert coming(fed=date(2025, 7, 30), prices=date(2025, 7, 15)) == "prices on Tuesday and the Fed on July 30"
    assert coming(jobs=date(2025, 8, 1)) == ""
    assert coming(fed=date(2025, 7, 16), prices=date(2025, 7, 15), sales=date(2025, 7, 15), jobs=date(2025, 7, 18)) == (
        "prices and sales on Tuesday, the Fed on Wednesday, and jobs on July 18"
    )


def test_a_list_of_dates_to_come_has_the_five_that_are_named_first() -> None:
    """Those that it leaves out may be nearer."""
    days = {"fed": date(2025, 7, 30), "jobs": date(2025, 7, 18), "prices": date(2025, 7, 15)}
    assert coming(**days, sales=date(2025, 7, 14), growth=date(2025, 7, 16), trade=date(2025, 7, 11)) == (
        "sales on Monday, prices on Tuesday, growth on Wednesday, jobs on July 18 and the Fed on July 30"
    )


@given(st.sampled_from(["on", "weekday"]), st.integers(-800, 800), st.dates(date(1988, 1, 1), date(2027, 12, 31)))
def test_both_readers_say_every_day_alike(way: str, ahead: int, session: date) -> None:
    """Whichever the day and the session."""
    assert said(way, session + timedelta(days=ahead), session)
