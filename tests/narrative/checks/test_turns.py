"""Whose turn it is, for all of history at once."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.narrative.checks.turns import Turns
from generator.narrative.newsroom import Candidate

from ..conftest import Room
from ..planted import SAYS, said_by_history, situation

QUIET = "The index closed at {{ small_level }}."
ABSENT = "Beside it stood {{ sp500_level }}."
cells = st.none() | st.just(1.0)


def test_a_wording_whose_figure_is_never_there_is_named(newsroom: Room) -> None:
    """File and line, how often the rule held, and which figure is absent."""
    text = situation("small_return_1d > 0", "", (QUIET, ABSENT, *SAYS))
    made = newsroom(
        {"large/x": text}, small_return_1d=[1.0] * 8 + [-1.0], small_level=[2.0] * 9, sp500_level=[None] * 9
    )
    assert said_by_history(made) == [
        "content/session/large/x.md:6: never gets a turn: on each of the 8 sessions on which the rule held, "
        "'sp500_level' is absent."
    ]


def test_a_wording_whose_turn_always_comes_on_a_day_without_its_figure_is_named(newsroom: Room) -> None:
    """Its figure is there on some days, but on those it is another's turn."""
    text = situation("small_return_1d > 0", "", (QUIET, ABSENT, SAYS[0], SAYS[1]))
    level = [None, None, None, 2.0, None, None, None, 2.0]
    made = newsroom({"large/x": text}, small_return_1d=[1.0] * 8, small_level=[2.0] * 8, sp500_level=level)
    assert said_by_history(made) == [
        "content/session/large/x.md:6: never gets a turn: the rule held on 8 sessions, but whenever its turn came, "
        "a figure of it was absent."
    ]


def test_a_rule_too_rare_to_give_each_wording_a_turn_is_no_fault(newsroom: Room) -> None:
    """What has happened twice cannot have been told in three ways."""
    text = situation("small_return_1d > 0", "", (QUIET, ABSENT, *SAYS))
    made = newsroom({"large/x": text}, small_return_1d=[1.0, 1.0, -1.0], small_level=[2.0] * 3, sp500_level=[None] * 3)
    assert said_by_history(made) == []


def test_a_wording_that_speaks_of_the_last_time_waits_for_the_second(newsroom: Room) -> None:
    """On the first session there is no last time to tell of."""
    text = situation("small_return_1d > 0", "", ("It had done so on {{ last_time | full_date }}.",))
    made = newsroom({"large/x": text}, small_return_1d=[-1.0, 1.0, -1.0, 1.0])
    assert list(Turns(made).first(made.publication.fragments["session"][0], "body")) == [-1, -1, -1, 0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    history=st.lists(st.tuples(st.sampled_from([-1.0, 1.0]), cells, cells), min_size=1, max_size=24),
    bullets=st.lists(
        st.sampled_from([QUIET, ABSENT, SAYS[0], "{{ [small_return_1d, sp500_return_1d] | compared }}.", "Since {{ last_time | date }}."]),
        min_size=1, max_size=6,
    ),
)  # fmt: skip
def test_the_turns_of_all_sessions_are_those_of_each(
    newsroom: Room, history: list[tuple[float, float | None, float | None]], bullets: list[str]
) -> None:
    """The column agrees with what the newsroom says session by session; a wording named as idle never comes first."""
    moved, level, other = (list(column) for column in zip(*history, strict=True))
    made = newsroom(
        {"large/x": situation("small_return_1d > 0", "", tuple(bullets))},
        small_return_1d=moved, small_level=level, sp500_level=other, sp500_return_1d=other,
    )  # fmt: skip
    [fragment] = made.publication.fragments["session"]
    past, body = made.pasts[fragment.key], fragment.parts["body"]
    column = Turns(made).first(fragment, "body")
    first = []
    for row in range(len(history)):
        usable = made.at(row).wordings(Candidate(fragment, past, 0, 0.0, 0.0), "body") if past.held[row] else ()
        first.append(body.index(usable[0]) if usable else -1)
    assert list(column) == first
    idle = {
        int(found[1]) for message in said_by_history(made) if (found := re.match(r".*md:(\d+): never gets", message))
    }
    assert not idle & {body[place].line for place in first if place >= 0}
