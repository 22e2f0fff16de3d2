"""What figures count from, out of cited facts: decisions on interest rates, recessions, days of measurement."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from generator.errors import Fault
from generator.model import DECISION, RECESSION, Decision, Fact, Measured, Peak, Step

_NEEDED = f"a decision needs a 'move' among its values, one of: {', '.join(Step)}."


def decisions_of(facts: Iterable[Fact]) -> tuple[tuple[Decision, ...], list[Fault]]:
    """Every decision, oldest first, and a fault for each that does not say what it did."""
    found: list[Decision] = []
    faults: list[Fault] = []
    for fact in facts:
        if fact.key != DECISION:
            continue
        move, against = fact.values.get("move"), fact.values.get("votes_against")
        if move not in set(Step):
            faults.append(Fault(fact.line, _NEEDED))
            continue
        voted = int(against) if isinstance(against, Decimal) else None
        found.append(Decision(fact.begins, Step(str(move)), fact.values.get("scheduled") == "yes", voted))
    return tuple(sorted(found, key=lambda one: one.day)), faults


def peaks_of(facts: Iterable[Fact]) -> tuple[Peak, ...]:
    """The months in which expansions ended, oldest first."""
    return tuple(sorted((Peak(one.as_of, one.published) for one in facts if one.key == RECESSION), key=lambda p: p.day))


def measured_of(facts: Iterable[Fact]) -> dict[str, tuple[Measured, ...]]:
    """By key, when each of its facts was measured; the one that speaks where two overlap comes last."""
    found: dict[str, list[Measured]] = {}
    for one in sorted(facts, key=lambda one: (one.as_of, one.published, one.id)):
        found.setdefault(one.key, []).append(Measured(one.as_of, one.begins, one.expires))
    return {key: tuple(days) for key, days in found.items()}
