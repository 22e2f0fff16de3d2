"""The 52-week range."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from generator.figures.table import FigureTable
from generator.model import Kind, Segment

Table = Callable[..., FigureTable]
Make = Callable[..., Segment]

RISING = [float(close) for close in range(100, 352)]  # 252 sessions, each a new high


def test_a_year_is_wanted_whole(table: Table) -> None:
    """On the 251st session there is no 52-week high yet."""
    high = table({"small": RISING}).values("small_high_52w")
    assert np.isnan(high[250])
    assert high[251] == 351.0


def test_distances_from_both_ends_of_the_range(table: Table) -> None:
    """Closing at 281 between 100 and 350 is 19.71% below the high and 181% above the low."""
    figures = table({"small": [*RISING[:-1], 281.0]})
    assert figures.printed("small_drawdown_52w")[-1] == -19.71
    assert figures.printed("small_above_low_52w")[-1] == 181.0


def test_a_new_high_is_above_the_251_sessions_before(table: Table) -> None:
    """To equal the high is not to set a new one."""
    figures = table({"small": [*RISING, 351.0]})
    assert figures.values("small_new_high_52w")[-2:].tolist() == [1.0, 0.0]
    assert figures.values("small_new_low_52w")[-2:].tolist() == [0.0, 0.0]


def test_the_dates_of_high_and_low(table: Table) -> None:
    """Each end of the range has the session on which it stood; the low moves on as its session leaves the window."""
    figures = table({"small": [*RISING, 300.0]})
    assert np.datetime64(int(figures.values("small_high_52w_date")[-1]), "D") == figures.sessions[251]
    assert np.datetime64(int(figures.values("small_low_52w_date")[-1]), "D") == figures.sessions[1]


def test_a_volatility_index_has_a_range_too(table: Table, segment: Make) -> None:
    """The range of a volatility index is in its own points."""
    figures = table({"fear": RISING}, segment("fear", Kind.VOLATILITY))
    assert figures.printed("fear_low_52w")[-1] == 100.0


def test_the_evidence_is_the_high_and_todays_close(table: Table) -> None:
    """The two closes compared are shown."""
    figures = table({"small": [*RISING, 300.0]})
    assert [price.value for price in figures.evidence("small_drawdown_52w", -1)] == [351.0, 300.0]
