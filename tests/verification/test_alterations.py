"""An edition's folder altered in any way that a reader could meet is not passed; `make alterations` tries them all."""

from __future__ import annotations

import pytest

from generator.assembly import Desk
from generator.verification.reader import SecondReader

from .alterations import KINDS, TEXTS
from .finished import finished
from .trial import Case, evenly, trial

EACH = 2
"""Alterations of one kind that the quick tests try."""


@pytest.fixture(scope="module")
def case(desk: Desk, reader: SecondReader) -> Case:
    return finished(desk, reader)


def test_the_edition_as_it_was_made_passes(case: Case) -> None:
    """Every file of the folder is read, printed again and found the same; not one fault."""
    answers = case.reader.read(case.files, case.ledger, case.files)
    assert [str(answer) for answer in answers.faults] == []
    assert answers.held["files printed again"] == len(case.files)


@pytest.mark.parametrize("name", KINDS)
def test_an_alteration_is_caught(name: str, case: Case) -> None:
    """With the edition printed again none of a kind's first alterations is missed; without, hardly any."""
    if name.startswith("PDF") and "article.pdf" not in case.files:
        pytest.skip("no PDF can be made here")
    outcome = trial(case, {name: KINDS[name]}, EACH)[name]
    assert outcome.tried
    assert outcome.missed == []


def test_the_second_reader_finds_most_of_them_alone(case: Case) -> None:
    """Where nothing can be printed again, and every digest was put right, a false page is still found."""
    kinds = (
        "numbers",
        "table cells",
        "charts in the page",
        "page: words in odd places",
        "posts: links, tags, breaks, length",
    )
    outcomes = trial(case, {name: KINDS[name] for name in kinds}, EACH)
    assert [what for outcome in outcomes.values() for what in outcome.alone] == []


def test_places_are_taken_at_even_distances() -> None:
    """The same ones on each run, the first among them, no more than asked for."""
    assert evenly(range(10), 3) == [0, 3, 6]
    assert evenly(TEXTS, 99) == list(TEXTS)
