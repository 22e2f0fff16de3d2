"""What no situation covers, counted over history."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.narrative.checks.coverage import Gap, coverage
from generator.narrative.checks.proof import FEWEST
from generator.narrative.newsroom import Newsroom

from ..conftest import Room
from ..planted import situation

ALWAYS = situation()
TWO = {"small_return_1d": [1.0, 0.1, 0.1, -3.0, None], "sp500_return_1d": [0.5, 0.5, 0.5, -0.5, 1.0]}


def gap(made: Newsroom, part: str) -> Gap:
    return next(gap for gap in coverage(made) if gap.part == part)


def test_a_part_without_news_falls_back_on_its_last_resort(newsroom: Room) -> None:
    """Sessions are counted by kind of day, the most frequent first, with the last of each; days without prices are not."""
    made = newsroom({"large/always": ALWAYS, "large/up": situation("small_return_1d >= 1")}, **TWO)
    assert gap(made, "large") == Gap(
        "large",
        4,
        3,
        0,
        (
            ("Russell 2000 edged up, S&P 500 rose", 2, "2024-07-10"),
            ("Russell 2000 tumbled, S&P 500 fell", 1, "2024-07-11"),
        ),
    )


def test_a_part_with_nothing_to_say_is_empty(newsroom: Room) -> None:
    """Without a last resort the part stays silent."""
    found = gap(newsroom({"large/up": situation("small_return_1d >= 1")}, **TWO), "large")
    assert (found.last_resort, found.empty) == (0, 3)


def test_a_situation_whose_wordings_cannot_be_filled_covers_nothing(newsroom: Room) -> None:
    """A rule that holds is no news where every wording lacks a figure."""
    text = situation("small_return_1d >= 1", "", ("It closed at {{ small_level }}.",))
    found = gap(newsroom({"large/up": text}, **TWO, small_level=[None] * 5), "large")
    assert found.empty == 4


def test_a_tone_counts_for_the_side_it_speaks_for(newsroom: Room) -> None:
    """An opportunity does not fill the side that warns."""
    text = situation("small_return_1d >= 1").replace("topic:", "tone: opportunity\ntopic:", 1)
    made = newsroom({"for/up": text, "against/up": text}, **TWO)
    assert (gap(made, "for").empty, gap(made, "against").empty) == (3, 4)


def test_the_widest_gap_comes_first(newsroom: Room) -> None:
    """A part that is short more often stands above one that is less so."""
    found = coverage(
        newsroom({"large/always": ALWAYS, "large/up": situation("small_return_1d >= 1"), "lead/x": ALWAYS}, **TWO)
    )
    assert (found[0].part, found[0].short) == ("angle", 4)
    assert [one.short for one in found] == sorted((one.short for one in found), reverse=True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    moves=st.lists(st.none() | st.integers(-5, 5).map(float), min_size=1, max_size=25),
    edges=st.lists(st.integers(-5, 5), min_size=1, max_size=3),
    resort=st.booleans(),
)
def test_every_session_is_news_last_resort_or_empty(
    newsroom: Room, moves: list[float | None], edges: list[int], resort: bool
) -> None:
    """The gap is the sessions on which no rule that brings news holds, and its kinds sum to it when they are few."""
    texts = {f"large/{n}": situation(f"small_return_1d > {edge}") for n, edge in enumerate(edges)}
    made = newsroom(texts | ({"large/always": ALWAYS} if resort else {}), small_return_1d=moves, sp500_return_1d=[1.0] * len(moves))  # fmt: skip
    found = gap(made, "large")
    there = [value for value in moves if value is not None]
    first = next((row for row, value in enumerate(moves) if value is not None), len(moves))
    chances = max(len(moves) - first, 1)
    always = [
        edge for edge in edges if np.sum([value > edge for value in there]) >= 0.95 * chances and chances >= FEWEST
    ]
    news = [edge for edge in edges if edge not in always]
    short = sum(not any(value > edge for edge in news) for value in there)
    assert found.sessions == len(there)
    assert found.last_resort + found.empty == short
    if resort:
        assert found.empty == 0
    assert sum(times for _, times, _ in found.kinds) <= short
