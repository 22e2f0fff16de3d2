"""The words that a page shows for a number."""

from __future__ import annotations

from generator.model import Claim
from generator.publishing.provenance import derivations_of

RECORD = {
    "label": "Russell 2000, price return over one session",
    "formula": "close divided by close one session earlier, less one",
    "basis": "price return",
    "inputs": [
        {"symbol": "^RUT", "field": "close", "session": "2024-07-10", "value": 2051.7646},
        {"symbol": "^RUT", "field": "close", "session": "2024-07-11", "value": 2125.04},
    ],
}


def test_each_number_is_told_how_it_was_made() -> None:
    """A figure by its formula and closes, a count of the rule's past by where the rule stands; nothing else is known."""
    claims = [Claim("figure", "small_return_1d", 0.0357), Claim("rule", "x:times_before", 3.0, "content/x.md:2")]
    words = derivations_of({"small_return_1d": RECORD}, claims)
    assert words["small_return_1d"] == (
        "Russell 2000, price return over one session: close divided by close one session earlier, less one. "
        "^RUT 2,051.76 on 2024-07-10; ^RUT 2,125.04 on 2024-07-11."
    )
    assert words["x:times_before"] == "Counted over every session held, from the rule at content/x.md:2."
    assert "another" not in words
    assert list(words) == ["small_return_1d", "x:times_before"]
    assert len(words) == 2
