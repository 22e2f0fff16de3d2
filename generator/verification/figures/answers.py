"""What the second reader says of each claim: it holds, it does not hold, or nothing covers it."""

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
    """One claim: the file and place it stands in, its words, the verdict and what speaks against it."""

    where: str
    said: str
    verdict: Verdict
    why: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.verdict}: '{self.said}'{': ' if self.why else ''}{self.why}"


@dataclass(slots=True)
class Answers:
    """The answers on one edition: those that fail in full, those that hold by number."""

    faults: list[Answer] = field(default_factory=list)
    held: Counter[str] = field(default_factory=Counter)
    """How many claims hold, by what they are: numbers, figures, claim words, prices, …"""
    notices: list[str] = field(default_factory=list)
    """What could not be tried, and why."""

    def holds(self, what: str, number: int = 1) -> None:
        """Count claims that hold."""
        self.held[what] += number

    def false(self, where: str, said: object, why: str) -> None:
        """A claim that the prices, the content or another product contradict."""
        self.faults.append(Answer(where, str(said), Verdict.FALSE, why))

    def uncovered(self, where: str, said: object, why: str) -> None:
        """A claim that nothing proves."""
        self.faults.append(Answer(where, str(said), Verdict.UNCOVERED, why))

    def check(self, true: bool, what: str, where: str, said: object, why: str) -> bool:
        """Count the claim if it is true, else answer that it does not hold; the truth comes back."""
        if true:
            self.held[what] += 1
        else:
            self.false(where, said, why)
        return true

    @property
    def claims(self) -> int:
        """How many claims were checked."""
        return sum(self.held.values()) + len(self.faults)
