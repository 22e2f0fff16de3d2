"""What an issue says would prove it wrong, or right: a rule, and the issue that judges it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

THEN = "then_"
"""Before a figure's name in a test's rule: its printed value on the day on which the test was set."""


class Judged(StrEnum):
    """On which sessions a test's rule is asked, and what it means that it holds."""

    PASSES = "passes"
    """It is passed if the rule holds on the session of the issue that judges it."""
    PASSES_ONCE = "passes_once"
    """It is passed if the rule holds on any session up to that one."""
    FAILS_ONCE = "fails_once"
    """It is failed if the rule holds on any session up to that one."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One test of a case: what it asks, and how the answer is found."""

    name: str
    """By which answers and scores know it, for good."""
    says: str
    """What it asks, as a clause that follows "whether"."""
    judged: Judged
    rule: str
    issues: int = 1
    """How many issues of its kind later it is judged."""
