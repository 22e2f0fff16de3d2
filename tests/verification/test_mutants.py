"""An edition changed by hand, in any of a hundred ways and by as little as one digit, is caught."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from generator.verification.reader import SecondReader

from .conftest import Finished
from .mutants import KINDS, Mutant

MOST = 4
"""Mutants of one kind and edition: enough of them in all, in less than a minute."""


def mutants(name: str, editions: list[Finished]) -> Iterator[Mutant]:
    """Every edition with one change of this kind, several times over; the same ones on each run."""
    for number, edition in enumerate(editions):
        random = Random(f"{name} {number}")
        made = list(KINDS[name](edition.texts, edition.ledger, random))
        yield from random.sample(made, min(MOST, len(made)))


def test_finished_editions_hold(reader: SecondReader, editions: list[Finished]) -> None:
    """Untouched, every claim of every product holds."""
    for edition in editions:
        answers = reader.verify(edition.texts, edition.ledger)
        assert [str(answer) for answer in answers.faults] == []
        assert answers.claims > 1_000


@pytest.mark.parametrize("name", KINDS)
def test_a_change_is_caught(name: str, reader: SecondReader, editions: list[Finished]) -> None:
    """Not one mutant of this kind passes for a true edition."""
    missed = [mutant for mutant in mutants(name, editions) if not reader.verify(*mutant).faults]
    assert missed == []


def test_there_are_mutants_enough(editions: list[Finished]) -> None:
    """At least forty kinds of change are tried, each at least once unless the PDF cannot be made here, and a thousand."""
    counts = {name: sum(1 for _ in mutants(name, editions)) for name in KINDS}
    assert len(counts) >= 40
    assert sum(counts.values()) >= 1_000
    assert [name for name, count in counts.items() if not count] in ([], ["an axis"])
