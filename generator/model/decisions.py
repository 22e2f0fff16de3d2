"""What a central bank decided, and when a recession began, as far as figures count from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DECISION = "fed_decision"
"""The key of the cited facts that are decisions on interest rates."""
RECESSION = "recession"
"""The key of the cited facts that date the beginnings of recessions."""


class Step(StrEnum):
    """What a decision did to the rate, in the words of the facts."""

    CUT = "lowered"
    RISE = "raised"
    HOLD = "left unchanged"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on interest rates: a session on or after its day is the first that knows it."""

    day: date
    step: Step
    scheduled: bool
    against: int | None
    """How many voted against it; None where no vote is recorded."""


@dataclass(frozen=True, slots=True)
class Measured:
    """When a cited fact was measured, and the days on which it speaks: from the one until the day before the other."""

    day: date
    begins: date
    expires: date


@dataclass(frozen=True, slots=True)
class Peak:
    """The last day of the month in which an expansion ended, and the day on which that was announced."""

    day: date
    announced: date
