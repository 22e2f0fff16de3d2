"""The note that tells readers what a page had to go without."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from generator.assembly import MOST_NAMED, left_out
from generator.editorial.universe import read_universe
from generator.project import bundled_root

SESSION = date(2025, 10, 10)


def held(omitted: dict[str, str], **last: dict[str, str]) -> dict[str, Any]:
    """What a ledger says of the market: the symbols left out, and when each field was last held."""
    symbols = {key: {field: {"last": day} for field, day in fields.items()} for key, fields in last.items()}
    return {"omitted": omitted, "symbols": symbols}


@pytest.mark.parametrize(
    ("record", "notes"),
    [
        (held({"IWC": "no file"}), ["Left out for want of data: micro caps."]),
        (held({"IWC": "begins on 2026-01-05"}), []),
        (held({"OEF": "no close"}, OEF={"close": "2025-10-09", "adj_close": "2025-10-10"}), []),
        (held({"QQQ": "no file"}, **{"^NDX": {"close": "2025-10-10"}}), []),
    ],
    ids=["no price at all", "not begun yet", "its dividends tell it", "its index tells it"],
)
def test_only_what_has_no_price_of_the_session_is_left_out(record: dict[str, Any], notes: list[str]) -> None:
    """What stands in the table and in sentences is not said to be missing, and readers are told names."""
    assert left_out(record, read_universe(bundled_root() / "content"), SESSION) == notes


def test_a_long_list_is_cut_short() -> None:
    """Fifty names are of no use to a reader; the ledger has them."""
    universe = read_universe(bundled_root() / "content")
    symbols = {one.total: "no file" for one in universe.segments.values() if one.total and one.kind.value != "index"}
    note = left_out(held(symbols), replace(universe), SESSION)[0]
    assert note.count(",") == MOST_NAMED - 1
    assert note.endswith(" more.")
