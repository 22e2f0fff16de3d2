"""Which wording speaks when."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.narrative.situations.newsworthiness import RulePast

PASTS = st.lists(st.booleans(), min_size=1, max_size=60).map(
    lambda held: RulePast.of(np.array(held), np.ones(len(held), bool))
)


@given(st.integers(2, 8), PASTS)
def test_two_sessions_in_a_row_never_share_a_wording(count: int, past: RulePast) -> None:
    """Whatever the past, tonight's wordings and tomorrow's have none in common."""
    wordings, row = list(range(count)), len(past.held) - 1
    assert not set(past.in_turn(wordings, row)) & set(past.in_turn(wordings, row + 1))


@given(st.integers(2, 8), PASTS)
def test_a_wording_waits_until_the_others_of_its_half_have_spoken(count: int, past: RulePast) -> None:
    """Firings on even sessions go round the even wordings one by one, and those on odd sessions the odd ones."""
    for half in (0, 1):
        spoken = [past.in_turn(range(count), row)[0] for row in range(half, len(past.held), 2) if past.held[row]]
        pool = range(half, count, 2)
        assert spoken == [pool[n % len(pool)] for n in range(len(spoken))]


def test_a_single_wording_always_speaks() -> None:
    """A part with one wording is never silent."""
    assert RulePast.of(np.array([True, False, True]), np.ones(3, bool)).in_turn(["only"], 1) == ("only",)
