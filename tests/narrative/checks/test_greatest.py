"""Rules that would fall silent on the greatest case of all."""

from __future__ import annotations

import pytest

from generator.narrative.checks.greatest import greatest_faults

from ..conftest import Room
from ..planted import situation


def found(newsroom: Room, *rules: str) -> list[str]:
    texts = {f"large/x{number}": situation(rule) for number, rule in enumerate(rules)}
    return [
        str(fault) for fault in greatest_faults(newsroom(texts, small_return_1d=[1.0]).publication.fragments["session"])
    ]


def test_the_best_quarter_of_all_is_nobodys(newsroom: Room) -> None:
    """Where no quarter before was as good, there is no date to be the best since."""
    assert found(newsroom, "small_return_quarter_sessions_since_higher >= 500 and small_return_qtd >= 6") == [
        "content/session/large/x0.md:2: 'small_return_quarter_sessions_since_higher' is absent where none before was as "
        "high; let a case of the kind ask for 'small_return_quarter_highest' too."
    ]


@pytest.mark.parametrize("ever", ["small_return_quarter_rank == 1", "small_return_quarter_highest"])
def test_a_case_of_its_own_speaks_of_it(newsroom: Room, ever: str) -> None:
    """By its rank, or by the flag of the highest to date."""
    assert found(newsroom, "small_return_quarter_sessions_since_higher >= 500", ever) == []


def test_the_other_end_is_another_matter(newsroom: Room) -> None:
    """A case for the best says nothing on the worst."""
    rules = ("small_return_quarter_sessions_since_lower >= 500", "small_return_quarter_rank == 1")
    assert "small_return_quarter_lowest" in found(newsroom, *rules)[0]


@pytest.mark.parametrize(
    "rule",
    [
        "small_level_sessions_since_higher >= 60",
        "small_range_1d_sessions_since_lower >= 20",
        "x_sessions_since_higher <= 10",
    ],
)
def test_what_has_no_greatest_of_its_own(newsroom: Room, rule: str) -> None:
    """A level's highest is a record, a range's narrowest is next to nothing, and a recent one is not the greatest."""
    assert found(newsroom, rule) == []
