"""Checks an issue as a whole: two of its sentences must not contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.model import Dispute
from generator.verification.figures.answers import Answers
from generator.verification.sentences.laid import has

Record = Mapping[str, Any]


def check_disputes(answers: Answers, where: str, records: Sequence[Record], disputes: Sequence[Dispute]) -> None:
    """Check each dispute: one issue may not take both sides of it."""
    texts = [str(record["text"]).lower() for record in records]
    for dispute in disputes:
        ones, others = ([text for text in texts if has(words, text)] for words in (dispute.one, dispute.other))
        if ones and others:
            answers.false(where, f"{ones[0][:80]} … {others[0][:80]}", dispute.why)
        elif ones or others:
            answers.holds("disputes")
