"""The note that tells readers what a page had to go without."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.editorial.universe import read_universe
from generator.notes import MOST_NAMED, left_out
from generator.project import bundled_root

SESSION = date(2025, 10, 10)


Held = dict[str, dict[str, Any]]


def held(**last: dict[str, str]) -> Held:
    """What a ledger says of the symbols held: when each field was last there."""
    return {key: {field: {"last": day} for field, day in fields.items()} for key, fields in last.items()}


@pytest.mark.parametrize(
    ("omitted", "record", "notes"),
    [
        ("IWC", held(), ["Left out for want of data: micro caps."]),
        ("OEF", held(OEF={"close": "2025-10-09", "adj_close": "2025-10-10"}), []),
        ("QQQ", held(**{"^NDX": {"close": "2025-10-10"}}), []),
    ],
    ids=["no price at all", "its dividends tell it", "its index tells it"],
)
def test_only_what_has_no_price_of_the_session_is_left_out(omitted: str, record: Held, notes: list[str]) -> None:
    """What stands in the table and in sentences is not said to be missing, and readers are told names."""
    assert left_out([omitted], record, read_universe(bundled_root() / "content"), SESSION) == notes


def test_a_long_list_is_cut_short() -> None:
    """Fifty names are of no use to a reader; the ledger has them."""
    universe = read_universe(bundled_root() / "content")
    symbols = [one.total for one in universe.segments.values() if one.total and one.kind.value != "index"]
    note = left_out(symbols, held(), universe, SESSION)[0]
    assert note.count(",") == MOST_NAMED - 1
    assert note.endswith(" more.")
