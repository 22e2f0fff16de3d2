"""What comes of a claim: a verdict, how it was read, what the prices say, and what could be said instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from generator.factcheck.reading.claims import Claim

_VALUE = re.compile(r"[+\-]?[\d,]+(?:\.\d+)?")


class Verdict(StrEnum):
    """What the prices say of a claim."""

    HOLDS = "holds"
    FALSE = "does not hold"
    DEPENDS = "depends"
    UNKNOWN = "cannot be known here"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which a claim may be meant, and what it comes to."""

    words: str
    """`Russell 2000, price return, one session, 2026-01-22`."""
    value: str
    """The value from prices, as a person reads it."""
    holds: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdict."""

    claim: Claim
    verdict: Verdict
    readings: tuple[Reading, ...] = ()
    """How it was read: the one that decided, or all of them where they differ."""
    nearest: str = ""
    """For one that does not hold, the nearest statement that does; for one that cannot be known, why not."""

    @property
    def reading(self) -> str:
        return self.readings[0].words if self.readings else ""

    @property
    def value(self) -> str:
        return self.readings[0].value if self.readings else ""


def unknown(claim: Claim, why: str, reading: str = "") -> Judged:
    """A claim that the data held cannot answer."""
    return Judged(claim, Verdict.UNKNOWN, (Reading(reading, "", False),) if reading else (), why)


def judged(claim: Claim, readings: list[Reading], nearest: str = "", *, firm: bool = True) -> Judged:
    """The verdict of several readings. Where `firm`, the first is what the words mean, the others what may be."""
    held = [one for one in readings if one.holds]
    if not readings:
        return unknown(claim, "no price is held for it")
    if not held:
        return Judged(claim, Verdict.FALSE, tuple(readings), nearest)
    if len(held) == len(readings) or (firm and readings[0].holds):
        return Judged(claim, Verdict.HOLDS, (held[0],))
    order = tuple(sorted(readings, key=lambda one: not one.holds))
    return Judged(claim, Verdict.DEPENDS, order, nearest)


def settled(found: Judged) -> Judged:
    """The same; numbers of before the close is settled that are off by a hair are no error of who says so."""
    number, value = found.claim.number, _VALUE.match(found.value)
    if found.verdict is not Verdict.FALSE or number is None or value is None or not number.size:
        return found
    shown = abs(float(value[0].replace(",", "")))
    near = abs(shown - number.size) <= (0.0005 if number.unit == "" else 0.02) * number.size + number.step
    why = "the numbers are said to be of before the close was settled"
    return Judged(found.claim, Verdict.DEPENDS, found.readings, why) if near else found


def in_context(found: Judged) -> Judged:
    """The same; a claim without a span of its own that is true of the span told before it was meant of that."""
    claim = found.claim
    if found.verdict is not Verdict.DEPENDS or claim.span or claim.since or claim.carried is None:
        return found
    told = tuple(window.words for window in claim.carried.windows)
    held = next((one for one in found.readings if one.holds and one.words.endswith(told)), None)
    return Judged(claim, Verdict.HOLDS, (held,)) if held else found
