"""Two sentences of one issue that cannot both hold are found, wherever they stand."""

from __future__ import annotations

from copy import deepcopy

import pytest

from generator.model import Dispute
from generator.verification.figures.answers import Answers
from generator.verification.reader import SecondReader
from generator.verification.sentences.disputed import check_disputes

from ..conftest import Finished

CALM = Dispute(("a still market",), ("a restless market",), "it was one or the other")


@pytest.mark.parametrize(
    ("texts", "faults"),
    [
        (("It was a still market.", "It was a restless market."), 1),
        (("It was a restless market.", "Nothing of note.", "Bonds had a still market."), 1),
        (("It was a still market.", "Bonds had a still market."), 0),
        (("Nothing of note.",), 0),
    ],
)
def test_both_sides_in_one_issue_are_a_fault(texts: tuple[str, ...], faults: int) -> None:
    """In any order, from any part; one side twice is none."""
    answers = Answers()
    check_disputes(answers, "ledger", [{"text": text} for text in texts], (CALM,))
    assert len(answers.faults) == faults


def contraries(reader: SecondReader) -> list[tuple[str, str]]:
    """Every pair of phrases of the house's disputes."""
    disputes = reader.publication.lexicon.senses.disputes
    return [(one, other) for dispute in disputes for one, other in zip(dispute.one, dispute.other, strict=False)]


def test_each_of_the_house_s_disputes_is_found_in_an_edition(reader: SecondReader, editions: list[Finished]) -> None:
    """Two sentences changed so that they say both sides: ten pairs and more, each caught as such."""
    pairs = contraries(reader)
    assert len(pairs) >= 10
    for one, other in pairs:
        ledger = deepcopy(editions[0].ledger)
        first, *_, second = ledger["products"]["article"]
        first["text"], second["text"] = f"It was so: {one}.", f"It was so: {other}."
        answers = Answers()
        check_disputes(answers, "", ledger["products"]["article"], reader.publication.lexicon.senses.disputes)
        assert answers.faults, (one, other)
