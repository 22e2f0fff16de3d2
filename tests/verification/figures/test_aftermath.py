"""What followed a situation, by SQL from raw closes, against sums done by hand."""

from __future__ import annotations

from math import isnan

import pytest

from generator.verification.figures.aftermath import Aftermath, meant
from generator.verification.figures.rules import Rules

from ..invented import columns

DAYS = 150
SMALL = [100.0 + (row % 7) for row in range(DAYS)]
LARGE = [100.0] * DAYS
RULE = "small_return_1d < 0"
"""Holds on every seventh row, where the close falls from 106 to 100; five sessions later it is 105."""


@pytest.fixture
def rules() -> Rules:
    return Rules(columns({"S": SMALL, "L": LARGE}))


def value(rules: Rules, name: str, row: int) -> float:
    return rules.aftermath.column(name, RULE, rules.past(RULE).held).printed[row]


def test_nothing_is_said_of_fewer_than_twenty(rules: Rules) -> None:
    """The twentieth window begins on row 140 and is complete on row 145."""
    assert isnan(value(rules, "followed_1w_n", 144))
    assert value(rules, "followed_1w_n", 145) == 20


def test_counts_shares_and_medians(rules: Rules) -> None:
    """After each of these falls the index stood 5% higher; over all windows of five sessions it rose in two of seven."""
    assert value(rules, "followed_1w_higher", 149) == 20
    assert value(rules, "followed_1w_lower", 149) == 0
    assert value(rules, "followed_1w_ahead_share", 149) == 100
    assert value(rules, "followed_1w_median", 149) == 5.0
    rises = sum(SMALL[row + 5] > SMALL[row] for row in range(DAYS - 5))
    assert value(rules, "all_1w_n", 149) == DAYS - 5
    assert value(rules, "all_1w_higher", 149) == rises
    share = round(100 * rises / (DAYS - 5))
    assert value(rules, "followed_1w_higher_edge", 149) == 100 - share


def test_a_rule_may_hang_on_what_followed(rules: Rules) -> None:
    """As soon as that is known."""
    text = f"({RULE}) and (followed_1w_higher_edge >= 8)"
    assert rules.holds(text, 147, after=RULE)
    assert not rules.holds(text, 140, after=RULE)
    assert rules.past(text, after=RULE).times_before[149] == 1


def test_overlapping_windows_count_once() -> None:
    """Of falls on two days running the first counts."""
    small = [100.0 - (row % 7 in (1, 2)) - (row % 7 == 2) for row in range(DAYS)]
    rules = Rules(columns({"S": small, "L": LARGE}))
    said = meant("followed_1w_n")
    assert said is not None
    windows, first, last, ended = rules.aftermath.span(said, RULE, rules.past(RULE).held, DAYS - 1)
    assert (windows, first, last, ended) == (21, 1, 141, 146)


def test_names_that_mean_nothing(rules: Rules) -> None:
    """An unknown number, an unknown horizon, and what cannot be said of all sessions."""
    assert [meant(name) for name in ("followed_1w_best", "followed_6d_n", "all_1w_higher_edge")] == [None] * 3
    assert isinstance(rules.aftermath, Aftermath)


SWINGS = [103.0, 98.0, 98.0, 95.0, 95.0, 101.0, 104.0, 101.0, 95.0, 99.0, 106.0, 95.0, 100.0, 96.0, 94.0]
"""Falls counted a week apart are followed by a rise less often than sessions are; all falls, more often."""


def test_an_edge_that_hangs_on_the_counting_is_none() -> None:
    """34% of the separate falls, 57% of every fall, 47% of all sessions: there is nothing to tell."""
    small = [SWINGS[row % len(SWINGS)] for row in range(600)]
    rules = Rules(columns({"S": small, "L": [100.0] * 600}))
    held = rules.past(RULE).held
    found = [
        rules.aftermath.column(f"followed_1w_higher_{what}", RULE, held).printed[599] for what in ("share", "edge")
    ]
    rows = [row for row in range(595) if held[row]]
    every = 100 * sum(small[row + 5] > small[row] for row in rows) / len(rows)
    usual = rules.aftermath.column("all_1w_higher_share", RULE, held).printed[599]
    assert found[0] < usual < every
    assert isnan(found[1])
