"""Checks that each base rate in a ledger is stated, and is what the raw closes give."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from generator.verification.figures.aftermath import meant
from generator.verification.figures.answers import Answers
from generator.verification.holdings import WHERE
from generator.verification.sentences.reading import Sentences, situation_of

Record = Mapping[str, Any]


def check_base_rates(
    answers: Answers, records: Mapping[str, Record], claims: Sequence[Record], sentences: Sentences, row: int
) -> None:
    """Check each base rate: its formula, rule and number, and the windows behind it."""
    stated = {claim["name"] for claim in claims if claim["kind"] == "rule" and meant(_own(claim["name"]))}
    for name in stated ^ set(records):
        answers.uncovered(WHERE, name, "it is not both stated and recorded among the base rates")
    for name in stated & set(records):
        right = _base_rate(sentences, name, row)
        for key in {**records[name], **right}:
            said, value = records[name].get(key), right.get(key)
            same = said == value or (isinstance(said, float) and isinstance(value, float) and _close(said, value))
            answers.check(same, "base rates", WHERE, f"{name} {key}: {said}", f"the closes give {value}")


def _base_rate(sentences: Sentences, name: str, row: int) -> Record:
    """The record as the raw closes give it; empty if there is no such fragment or number."""
    fragment, said = sentences.wordings.fragments.get(name.partition(":")[0]), meant(_own(name))
    if fragment is None or said is None:
        return {}
    situation, days, aftermath = situation_of(fragment), sentences.columns.prices.days, sentences.rules.aftermath
    held = sentences.rules.past(situation).held
    followed = aftermath.column(_own(name), situation, held)
    windows, first, last, ended = aftermath.span(said, situation, held, row)
    return {
        "formula": aftermath.words(said), "rule": "" if said.always else situation,
        "value": followed.values[row], "printed": followed.printed[row], "windows": windows,
        "first": days[first].isoformat(), "last": days[last].isoformat(),
        "complete": days[ended].isoformat(),
    }  # fmt: skip


def _own(name: str) -> str:
    """A base rate's name without the key of its fragment."""
    return name.rpartition(":")[2]


def _close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
