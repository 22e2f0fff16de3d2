"""Decisions on interest rates as cited facts: what each did, in numbers and in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from generator.editorial.decisions import decisions_of
from generator.editorial.facts import read_facts
from generator.model import DECISION, Fact, Step
from generator.project import bundled_root

SIZES = {
    25: "a quarter of a percentage point",
    50: "half a percentage point",
    75: "three quarters of a percentage point",
    100: "a full percentage point",
}


def test_the_words_of_every_decision_say_what_its_numbers_do() -> None:
    """Size, rate, the rate before it and the vote; who voted against is named in full, each of them."""
    facts = [fact for fact in read_facts(bundled_root() / "content") if fact.key == DECISION]
    before = None
    for fact in facts:
        held = fact.values
        rate = (
            f"a range of {held['lower']:.2f}% to {held['upper']:.2f}%" if "upper" in held else f"{held['target']:.2f}%"
        )
        assert held["rate"] == rate, fact.id
        if held["move"] != Step.HOLD:
            assert held.get("rate_before") == before, fact.id
            size = held.get("change_bp")
            wanted = (
                SIZES[abs(int(size))] if isinstance(size, Decimal) else "three quarters of a percentage point or more"
            )
            assert held["by"] == f"by {wanted}", fact.id
            assert size is None or (size > 0) == (held["move"] == Step.RISE), fact.id  # type: ignore[operator]
        before = rate
        for names, full, votes in (
            ("for_tighter", "tighter", "tighter_votes"),
            ("for_easier", "easier", "easier_votes"),
            ("other_dissent", "otherwise", "other_votes"),
        ):
            surnames = str(held[names]).split(", ") if names in held else []
            assert held.get(votes, 0) == len(surnames), fact.id
            assert all(one in str(held.get(full)) for one in surnames), fact.id
        if held.get("votes_against"):
            assert held["vote"] == f"{held['votes_for']} to {held['votes_against']}", fact.id


def test_a_decision_that_does_not_say_what_it_did_is_a_fault() -> None:
    """It is named with its line; the others count."""
    day = date(2024, 9, 18)

    def fact(move: str) -> Fact:
        values: dict[str, Decimal | str] = {"move": move, "scheduled": "yes", "votes_against": Decimal(1)}
        return Fact(
            DECISION, day, date(2024, 9, 19), values, "the Fed", "https://example.com/", day, move, line="f.yaml:3"
        )

    decisions, faults = decisions_of([fact("lowered"), fact("cut")])
    assert [(one.step, one.against, one.scheduled) for one in decisions] == [(Step.CUT, 1, True)]
    assert [str(fault) for fault in faults] == [
        "f.yaml:3: a decision needs a 'move' among its values, one of: lowered, raised, left unchanged."
    ]
