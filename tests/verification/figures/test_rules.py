"""Rules by SQL, and what they know of their own past."""

from __future__ import annotations

from math import nan

import pytest

from generator.errors import CommentaryError
from generator.verification.figures.rules import Rules

from ..invented import columns

CLOSES = [100.0, 101.0, 100.0, 102.0, 103.0, nan, 104.0, 105.0]
"""Moves: absent, +1, -0.99, +2, +0.98, absent, absent, +0.96."""


@pytest.fixture
def rules() -> Rules:
    return Rules(columns({"S": CLOSES, "L": [100.0] * 8}))


def test_a_rule_that_names_an_absent_figure_is_false(rules: Rules) -> None:
    """Whatever its `not` says."""
    assert [rules.holds("not small_return_1d > 5", row) for row in range(8)] == [
        False, True, True, True, True, False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "held"),
    [
        ("small_return_1d >= 2", True),
        ("small_return_1d > 2", False),
        ("-1 < small_return_1d <= 2 and not small_return_1d == 1", True),
        ("abs(small_minus_large_1d) * 2 == 4", True),
        ("max(small_return_1d, large_return_1d) < 2 or both_best_1d == 'small'", True),
        ("both_best_1d == 'large'", False),
        ("small_record_close", True),
        ("min(small_return_1d, 1) + 1 == 2", True),
    ],
)
def test_what_a_rule_says(rules: Rules, rule: str, held: bool) -> None:
    """On the session of +2 percent."""
    assert rules.holds(rule, 3) is held


def test_a_rule_knows_its_past(rules: Rules) -> None:
    """Up by one percent or so: before the last session three times, on two sessions without a break before the gap."""
    past = rules.past("small_return_1d > 0.9")
    assert past.times_before[7] == 3
    assert past.last_row[7] == 4
    assert past.first_row == 1
    assert past.chances_before[7] == 6
    assert [past.sessions_held[row] for row in (3, 4, 5)] == [1, 2, 0]
    assert past.surprisal(7) == 1.0


def test_what_is_no_rule_is_refused(rules: Rules) -> None:
    """Python that is more than a rule is not evaluated."""
    with pytest.raises(CommentaryError):
        rules.holds("__import__('os')", 1)
    with pytest.raises(CommentaryError):
        rules.holds("small_return_1d >", 1)
    with pytest.raises(CommentaryError):
        rules.holds("nobody_level > 1", 1)
