"""What the second reader takes as not begun yet."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model import Omission
from generator.verification.holdings import HoldingsReader


class Prices:
    """Closes of one symbol that begins on the third session."""

    def values(self, symbol: str, field: str) -> list[float | None]:
        """Of `LATE` alone, and closes alone."""
        return [None, None, 3.0] if (symbol, field) == ("LATE", "close") else [None, None, None]


class Held:
    """Stands for the columns, and for a market that lacks two symbols."""

    prices = Prices()
    omissions = (Omission("COMING", begins=date(2030, 1, 2)), Omission("GONE", "there is no file"))


@pytest.mark.parametrize(
    ("symbol", "row", "later"),
    [("LATE", 1, True), ("LATE", 2, False), ("COMING", 1, True), ("GONE", 1, False)],
)
def test_a_history_that_begins_later_is_told_from_one_that_is_missing(symbol: str, row: int, later: bool) -> None:
    """By the prices where there are any, else by what the source said; no reason in words is read."""
    held = Held()
    assert HoldingsReader(held, held).begins_later(symbol, row) is later  # type: ignore[arg-type]
