"""Some faults played on whole evenings, through the command line; `make faults` plays them all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.market.source import Status
from tests.faults.cases import CASES, CORE, on
from tests.faults.evening import Case, run
from tests.servers.evenings import edited, setting
from tests.servers.nursery import Nursery

QUICK = (
    "429 on one symbol",
    "stale on all",
    "unadjusted split today, core",
    "a bar of an open session, before an early close",
)
NAMED = {case.name: case for case in CASES}


@pytest.mark.parametrize("name", QUICK)
def test_an_evening_comes_out_as_expected(nursery: Nursery, name: str) -> None:
    """The status, the exit code and whether there is an edition are as they should be, and every close in it is true."""
    result = run(NAMED[name], nursery)
    assert result.wrong == (), result.said


def test_names_are_distinct() -> None:
    """Each fault is a line of its own in the table."""
    assert len(NAMED) == len(CASES)


def test_a_close_that_the_market_never_had_is_found(nursery: Nursery) -> None:
    """The table notices a wrong number: here one that no check of the source can know to be wrong."""
    slightly = on(
        CORE, lambda listing: edited(listing, setting("close", 1.001 * list(listing.closes.values())[-2], -2))
    )
    result = run(Case("a slightly wrong close", CORE, Status.OK, 0, play=slightly), nursery)
    assert result.edition
    assert any(f"{CORE} close of 2024-07-10 is" in fault for fault in result.wrong)


def test_an_outcome_that_was_not_expected_is_found(nursery: Nursery) -> None:
    """The table notices another status, another exit code, and an edition that there should not be."""
    result = run(replace(NAMED["nothing wrong at all"], status=Status.STALE, exit_code=3), nursery)
    assert {"status ok in place of stale", "exit code 0 in place of 3", "an edition where there should be none"} <= set(
        result.wrong
    )
