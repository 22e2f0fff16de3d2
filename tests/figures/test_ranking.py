"""The order of a group's members."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from generator.figures.ranking import rank, taken

matrices = arrays(np.float64, st.tuples(st.integers(2, 7), st.integers(1, 5)), elements=st.integers(-2, 2).map(float))


@given(matrices)
def test_the_order_is_that_of_a_stable_sort(matrix: np.ndarray) -> None:
    """Best first, members that tie in the group's order, absent ones last, on every session."""
    matrix[0, 0] = np.nan
    ranking = rank(matrix)
    for session in range(matrix.shape[1]):
        column = matrix[:, session]
        expected = sorted(range(column.size), key=lambda member: (np.isnan(column[member]), -column[member], member))
        assert ranking.order[:, session].tolist() == expected


def test_members_that_tie_share_a_place() -> None:
    """Two seconds, no third."""
    assert rank(np.array([[1.0], [3.0], [1.0], [0.5]])).places[:, 0].tolist() == [2, 1, 2, 4]


def test_a_place_wants_members_enough() -> None:
    """With two members present there is no second beside best and worst."""
    ranking = rank(np.array([[1.0], [3.0], [np.nan]]))
    assert [ranking.member(place, least)[0] for place, least in ((0, 2), (1, 3), (-1, 2))] == [1, -1, 0]


def test_no_member_has_no_value() -> None:
    """Where no one takes the place its value is absent, not the first member's."""
    assert np.isnan(taken(np.array([[1.0], [2.0]]), np.array([-1]))[0])


def test_members_that_tie_take_no_place_by_name() -> None:
    """Two worst at the printed digit: neither is named, while what lies between best and worst is known."""
    ranking = rank(np.array([[1.0], [3.0], [1.0]]))
    assert [ranking.member(place, 2)[0] for place in (0, -1)] == [1, -1]
    assert ranking.member(-1, 2, alone=False)[0] == 2
