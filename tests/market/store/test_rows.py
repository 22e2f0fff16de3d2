"""Bars packed as the store keeps them, and folded back."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.market.source import PRICE_COLUMNS
from generator.market.store.rows import Chunk, folded, packed

Told = dict[str, dict[int, float]]
"""By field, the price on each day."""

prices = st.floats(allow_nan=False, allow_infinity=False) | st.just(float("nan"))
tellings = st.dictionaries(
    st.integers(0, 12),
    st.fixed_dictionaries({}, optional=dict.fromkeys(PRICE_COLUMNS, prices)),
    max_size=8,
)


def piece(telling: dict[int, dict[str, float]]) -> Chunk:
    """What one fetch says, with NaN for the fields that it does not."""
    days = np.array(sorted(telling), dtype="datetime64[D]") if telling else np.array([], dtype="datetime64[D]")
    names = [name for name in PRICE_COLUMNS if any(name in told for told in telling.values())]
    return packed(days, {name: np.array([telling[day].get(name, np.nan) for day in sorted(telling)]) for name in names})


@settings(deadline=None)
@given(st.lists(tellings, max_size=6))
def test_each_price_is_the_last_one_said_of_it(told: list[dict[int, dict[str, float]]]) -> None:
    """Folding the pieces is the same as going through all that was said, one price after another."""
    expected: dict[tuple[int, str], float] = {}
    for telling in told:
        for day, fields in telling.items():
            expected |= {(day, name): value for name, value in fields.items() if not np.isnan(value)}
    bars = folded("^RUT", [piece(telling) for telling in told])
    days = bars.days.astype(int).tolist()
    assert days == sorted({day for telling in told for day in telling})
    found = {
        (day, name): value
        for name in PRICE_COLUMNS
        if (column := bars.column(name)) is not None
        for day, value in zip(days, column.tolist(), strict=True)
        if not np.isnan(value)
    }
    assert found == expected


def test_a_field_that_was_never_told_is_no_column() -> None:
    """An index without adjusted closes has no such column, rather than one of holes."""
    bars = folded("^RUT", [piece({0: {"close": 1.0}})])
    assert bars.adj_close is None
    assert bars.close is not None


def test_a_digit_that_turns_changes_the_sum() -> None:
    """A price that has changed on disk is noticed."""
    whole = piece({0: {"close": 1.0}, 1: {"close": 2.0}})
    for place in range(len(whole.rows)):
        turned = bytearray(whole.rows)
        turned[place] ^= 1
        assert Chunk(whole.fields, bytes(turned)).sum != whole.sum
    assert Chunk(whole.fields ^ 1, whole.rows).sum != whole.sum
