"""How rare a rule is, from its own past alone."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.narrative.situations.newsworthiness import Axis, RulePast

columns = st.lists(st.booleans(), min_size=1, max_size=60).map(lambda flags: np.array(flags, dtype=np.bool_))


@given(columns)
def test_counts_agree_with_counting_by_hand(held: np.ndarray) -> None:
    """Times before, last time and length of the run are what a count by hand gives on every session."""
    past = RulePast.of(held, np.ones_like(held))
    for row in range(len(held)):
        before = np.flatnonzero(held[:row])
        assert past.times_before(row) == len(before)
        assert past.last_row(row) == (before[-1] if len(before) else -1)
        run = 0
        while run <= row and held[row - run]:
            run += 1
        assert past.sessions_held(row) == run


@given(columns)
def test_the_past_does_not_change_when_the_future_is_cut_off(held: np.ndarray) -> None:
    """No look-ahead: the standing on a session is the same whether or not later sessions are known."""
    whole, half = (
        RulePast.of(held, np.ones_like(held)),
        RulePast.of(held[: len(held) // 2 + 1], np.ones(len(held) // 2 + 1, bool)),
    )
    assert all(whole.surprisal(row) == half.surprisal(row) for row in range(len(half.held)))


def test_what_never_happened_is_worth_more_than_what_always_does() -> None:
    """After 98 sessions, a first time is worth log2(100) bits, and what held each time next to none."""
    never, always = np.zeros(99, bool), np.ones(99, bool)
    assert math.isclose(RulePast.of(never, np.ones(99, bool)).surprisal(98), math.log2(100))
    assert RulePast.of(always, np.ones(99, bool)).surprisal(98) < 0.02


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_a_kind_counts_the_sessions_on_which_it_appears_alone(rows: list[tuple[bool, bool, bool]]) -> None:
    """Each answer is the one that a history of these sessions alone would give."""
    held, present, appears = (np.array(column, dtype=np.bool_) for column in zip(*rows, strict=True))
    held &= present
    past, alone = RulePast.of(held, present, Axis(appears)), RulePast.of(held[appears], present[appears])
    for place, row in enumerate(np.flatnonzero(appears).tolist()):
        assert past.axis.place(row) == place
        assert past.times_before(row) == alone.times_before(place)
        assert past.turns_before(row) == alone.turns_before(place)
        assert past.chances_before(row) == alone.chances_before(place)
        assert past.sessions_held(row) == alone.sessions_held(place)
        assert past.surprisal(row) == alone.surprisal(place)


def test_a_kinds_own_sessions_are_counted_to_the_end() -> None:
    """Of seven sessions it appears on two; the row after the last one has both before it, as `check` asks."""
    appears = np.array([False, False, True, False, False, False, True])
    axis = Axis(appears)
    assert [axis.place(row) for row in range(8)] == [0, 0, 0, 1, 1, 1, 1, 2]
    past = RulePast.of(np.ones(7, dtype=np.bool_), np.ones(7, dtype=np.bool_), axis)
    assert (past.chances_before(7), past.held.sum()) == (2, 2)
