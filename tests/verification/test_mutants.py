"""An edition changed by hand, in any of a hundred ways and by as little as one digit, is caught."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from generator.assembly import Desk
from generator.editorial.fragments import gather_fragments
from generator.verification.reader import SecondReader

from .conftest import SESSIONS, Finished, finish
from .mutants import KINDS, Mutant

MOST = 4
"""Mutants of one kind and edition: enough of them in all."""
WORDS = """---
case: daily
when: slope_2y > -1000
weight: 1000
topic: curve
---
- The difference between the ten-year yield and the two-year was {{ slope_2y | size }} on {{ slope_2y_date | date }}, as the Federal Reserve has it. It is worked out anew on days of trading.
---
case: passed-over
when: slope_2y > -1000
weight: 1
topic: curve
---
- The yields of ten years and of two lay {{ slope_2y | size }} apart on {{ slope_2y_date | date }}, as the Federal Reserve has it, and that is all that this passage has to tell.
---
case: decision
when: fed_decision_sessions_since == 0
weight: 1000
topic: decision
---
- The range that the Federal Reserve sets for overnight rates runs from {{ fed_decision_lower }}% to {{ fed_decision_upper }}%, by its own statement of {{ weekday }}.
---
case: average
when: small_average_50d > 0 and small_average_200d > 0
weight: 1000
topic: average
---
- The average close of {{ small }} over fifty sessions was {{ small_average_50d }} on {{ weekday }}, and its average close over two hundred sessions was {{ small_average_200d }}.
"""


@pytest.fixture(scope="module")
def telling(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> tuple[Finished, SecondReader]:
    """What few editions of the library tell, in one: a daily number, a decision, long averages; and a reader over it."""
    path = tmp_path_factory.mktemp("words") / "rarely.md"
    path.write_text(WORDS, encoding="utf-8")
    rarely, faults = gather_fragments(path, "content/session/breadth/rarely.md")
    assert faults == []
    always = (one for one in desk.publication.fragments["session"] if not one.when)
    publication = replace(desk.publication, fragments={"session": (*always, *rarely)})
    made = Desk.over(publication, "session", desk.market)
    return finish(made, SESSIONS[-1], pdf=False), SecondReader(publication, "session", desk.market)


@pytest.fixture(scope="module")
def read(
    editions: list[Finished], reader: SecondReader, telling: tuple[Finished, SecondReader]
) -> list[tuple[Finished, SecondReader]]:
    """Every edition that is altered, each with the reader over the publication that it was written from."""
    return [*((one, reader) for one in editions), telling]


def mutants(name: str, editions: list[Finished]) -> Iterator[tuple[int, Mutant]]:
    """Every edition, by its place, with one change of this kind, several times over; the same ones on each run."""
    for number, edition in enumerate(editions):
        random = Random(f"{name} {number}")
        made = list(KINDS[name](edition.texts, edition.ledger, random))
        yield from ((number, one) for one in random.sample(made, min(MOST, len(made))))


def caught(edition: Finished, reader: SecondReader, mutant: Mutant) -> bool:
    """Whether it has a fault, which is looked for first where it was changed: the rest was found to hold."""
    texts, ledger = mutant
    altered = {name: text for name, text in texts.items() if text != edition.texts[name]}
    first = reader.verify(altered, ledger, ledger_holds=ledger == edition.ledger)
    return bool(first.faults or reader.verify(texts, ledger).faults)


def test_finished_editions_hold(read: list[tuple[Finished, SecondReader]]) -> None:
    """Untouched, every claim of every product holds, and so does each file by itself."""
    for edition, reader in read:
        answers = reader.verify(edition.texts, edition.ledger)
        assert [str(answer) for answer in answers.faults] == []
        assert answers.claims > 1_000
        alone = (reader.verify({name: text}, edition.ledger, ledger_holds=True) for name, text in edition.texts.items())
        assert [str(fault) for answers in alone for fault in answers.faults] == []


@pytest.mark.parametrize("name", KINDS)
def test_a_change_is_caught(name: str, read: list[tuple[Finished, SecondReader]]) -> None:
    """Not one mutant of this kind passes for a true edition."""
    tried = mutants(name, [edition for edition, _ in read])
    missed = [mutant for number, mutant in tried if not caught(*read[number], mutant)]
    assert missed == []


def test_there_are_mutants_enough(read: list[tuple[Finished, SecondReader]]) -> None:
    """At least forty kinds of change are tried, each at least once unless the PDF cannot be made here, and a thousand."""
    counts = {name: sum(1 for _ in mutants(name, [edition for edition, _ in read])) for name in KINDS}
    assert len(counts) >= 40
    assert sum(counts.values()) >= 1_000
    assert [name for name, count in counts.items() if not count] in ([], ["an axis"])
