"""Whose turn it is to speak."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.narrative.rotation import in_turn


@given(st.integers(2, 9), st.integers(0, 10_000), st.integers(0, 500), st.integers(0, 500))
def test_two_sessions_in_a_row_never_share_a_wording(count: int, row: int, before: int, later: int) -> None:
    """Whatever the counts of past firings, a session and the next one draw from different wordings."""
    wordings = range(count)
    assert not set(in_turn(wordings, row, before)) & set(in_turn(wordings, row + 1, later))


@given(st.integers(2, 9), st.integers(0, 100))
def test_every_wording_gets_its_turn(count: int, row: int) -> None:
    """A rule that holds on session after session brings each of its wordings to speak."""
    spoken = {in_turn(range(count), row + n, n)[0] for n in range(2 * count)}
    assert spoken == set(range(count))


def test_a_single_wording_always_speaks() -> None:
    """Where there is but one wording it speaks whenever its rule holds."""
    assert in_turn(["only"], 7, 3) == ("only",)
