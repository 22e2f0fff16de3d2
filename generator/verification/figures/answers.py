"""The second reader's answers: a claim holds, does not hold, or is not covered by anything."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    HOLDS = "holds"
    FALSE = "does not hold"
    UNCOVERED = "not covered"


@dataclass(frozen=True, slots=True)
class Answer:
    """One claim: its file and place, its words, the verdict, and the reason if it fails."""

    where: str
    said: str
    verdict: Verdict
    why: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.verdict}: '{self.said}'{': ' if self.why else ''}{self.why}"


@dataclass(slots=True)
class Answers:
    """The answers on one edition: every claim that fails, and a count of those that hold."""

    faults: list[Answer] = field(default_factory=list)
    held: Counter[str] = field(default_factory=Counter)
    """How many claims hold, by kind: numbers, figures, claim words, prices, …"""
    notices: list[str] = field(default_factory=list)
    """What could not be checked, and why."""

    def holds(self, what: str, number: int = 1) -> None:
        """Count claims that hold."""
        self.held[what] += number

    def false(self, where: str, said: object, why: str) -> None:
        """Record a claim that the prices, the content or another product contradict."""
        self.faults.append(Answer(where, str(said), Verdict.FALSE, why))

    def uncovered(self, where: str, said: object, why: str) -> None:
        """Record a claim that nothing proves."""
        self.faults.append(Answer(where, str(said), Verdict.UNCOVERED, why))

    def check(self, true: bool, what: str, where: str, said: object, why: str) -> bool:
        """Count the claim if it is true, else record that it does not hold; return whether it is true."""
        if true:
            self.held[what] += 1
        else:
            self.false(where, said, why)
        return true

    @property
    def claims(self) -> int:
        """How many claims were checked."""
        return sum(self.held.values()) + len(self.faults)
