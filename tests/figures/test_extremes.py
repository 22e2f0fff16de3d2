"""The range of the past year and of twenty sessions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.figures.table import FigureTable
from generator.model import Kind, Segment

Table = Callable[..., FigureTable]
Make = Callable[..., Segment]

RISING = [float(close) for close in range(100, 363)]
"""Weekdays from January 1, 2024 to January 1, 2025, each close a new high."""


def test_a_year_is_wanted_whole(table: Table) -> None:
    """On December 31 there is no high of the year yet: its first day is held on January 1 for the first time."""
    high = table({"small": RISING}).values("small_high_1y")
    assert np.isnan(high[261])
    assert high[262] == 362.0


def test_distances_from_both_ends_of_the_range(table: Table) -> None:
    """Closing at 271.5 between 100 and 361 is 24.79% below the high and 171.5% above the low."""
    figures = table({"small": [*RISING[:-1], 271.5]})
    assert figures.printed("small_drawdown_1y")[-1] == -24.79
    assert figures.printed("small_above_low_1y")[-1] == 171.5


def test_a_new_high_is_above_every_close_of_the_year_before(table: Table) -> None:
    """To equal the high is not to set a new one."""
    figures = table({"small": [*RISING, 362.0]})
    assert figures.values("small_new_high_1y")[-2:].tolist() == [1.0, 0.0]
    assert figures.values("small_new_low_1y")[-2:].tolist() == [0.0, 0.0]


def test_the_dates_of_high_and_low(table: Table) -> None:
    """Each end of the range has the session on which it stood; the low moves on as its session leaves the year."""
    figures = table({"small": [*RISING, 300.0]})
    assert np.datetime64(int(figures.values("small_high_1y_date")[-1]), "D") == figures.sessions[262]
    assert np.datetime64(int(figures.values("small_low_1y_date")[-1]), "D") == figures.sessions[1]


def test_a_low_more_than_a_year_old_is_not_of_the_year(table: Table) -> None:
    """Seen from Thursday, June 26, 2025 the year begins on June 26, 2024; the close of June 25 is out of it."""
    days = np.busday_offset(np.datetime64("2024-06-24"), np.arange(264))
    closes = [3.0, 1.0, 2.0, *[4.0] * 261]
    figures = table({"small": closes}, days=days)
    assert str(figures.sessions[-1]) == "2025-06-26"
    assert figures.values("small_low_1y")[-3:].tolist() == [1.0, 1.0, 2.0]


def test_the_year_before_a_monday_begins_on_its_own_day(table: Table) -> None:
    """June 22, 2024 is a Saturday: the return starts from Friday's close, the range from Monday's."""
    days = np.busday_offset(np.datetime64("2024-06-20"), np.arange(262)).astype("datetime64[D]")
    days = days[days != np.datetime64("2024-06-24")]
    days = np.append(days[days < np.datetime64("2025-06-20")], np.datetime64("2025-06-22"))
    figures = table({"small": [5.0, 1.0, *[2.0] * (days.size - 2)]}, days=days)
    assert figures.printed("small_return_1y")[-1] == 100.0
    assert figures.values("small_low_1y")[-1] == 2.0


def test_a_volatility_index_has_a_range_too(table: Table, segment: Make) -> None:
    """The range of a volatility index is in its own points."""
    figures = table({"fear": RISING}, segment("fear", Kind.VOLATILITY))
    assert figures.printed("fear_low_1y")[-1] == 100.0


def test_the_evidence_is_the_high_and_todays_close(table: Table) -> None:
    """The two closes compared are shown."""
    figures = table({"small": [*RISING, 300.0]})
    assert [price.value for price in figures.evidence("small_drawdown_1y", -1)] == [362.0, 300.0]


@given(st.lists(st.one_of(st.none(), st.integers(95, 105).map(float)), min_size=25, max_size=45))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_highs_and_lows_of_twenty_sessions_are_those_pandas_finds(table: Table, closes: list[float | None]) -> None:
    """Over the last 20 closes, this one included, with the first day of several alike; none unless all are held."""
    figures = table({"small": closes})
    close = pd.Series(closes, dtype=float)
    for side, row in (("high", np.argmax), ("low", np.argmin)):
        window = close.rolling(20)
        expected = window.max() if side == "high" else window.min()
        np.testing.assert_array_equal(figures.values(f"small_{side}_20d"), expected)
        np.testing.assert_array_equal(figures.values(f"small_{side}_20d_before"), expected.shift())
        rows = np.arange(close.size) - 19 + window.apply(row, raw=True)
        days = [np.nan if np.isnan(at) else figures.sessions[int(at)].astype(np.int64) for at in rows]
        np.testing.assert_array_equal(figures.values(f"small_{side}_20d_date"), days)


def test_the_twenty_sessions_before_leave_out_this_one(table: Table) -> None:
    """A close of 119 after a rise to 118 is the high of its 20 sessions; the high of the 20 before is 118, a day old."""
    figures = table({"small": [100.0 + day for day in range(20)]})
    assert (figures.printed("small_high_20d")[-1], figures.printed("small_low_20d")[-1]) == (119.0, 100.0)
    longer = table({"small": [99.0, *(100.0 + day for day in range(20))]})
    assert (longer.printed("small_high_20d_before")[-1], longer.printed("small_low_20d_before")[-1]) == (118.0, 99.0)
    days = figures.sessions.astype(np.int64)
    assert longer.values("small_high_20d_date_before")[-1] == days[-1]
    assert [price.value for price in longer.evidence("small_high_20d_before", 20)] == [118.0]


def test_the_low_of_a_quarter_the_way_to_it_and_the_way_from_it(table: Table) -> None:
    """From 100 at the end of March down to 80 and up to 90; the first of two equal lows is the one; June is of the half."""
    days = np.array(["2024-03-28", "2024-04-01", "2024-04-02", "2024-04-03", "2024-04-04"], dtype="datetime64[D]")
    made = table({"small": [100.0, 104.0, 80.0, 80.0, 90.0]}, days=days)
    assert made.printed("small_low_qtd")[-1] == 80.0
    assert np.datetime64(int(made.values("small_low_qtd_date")[-1]), "D") == days[2]
    assert made.printed("small_return_to_low_qtd")[-1] == -20.0
    assert made.printed("small_above_low_qtd")[-1] == 12.5
    assert made.printed("small_drawdown_qtd")[-1] == -13.46
    assert made.printed("small_return_to_high_qtd")[-1] == 4.0
    assert np.isnan(made.values("small_low_htd")).all()  # the half-year began before the history did
