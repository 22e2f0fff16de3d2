"""Realised volatility and moving averages."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from generator.figures.table import FigureTable

Table = Callable[..., FigureTable]


def test_volatility_is_the_annualised_deviation_of_log_returns(table: Table) -> None:
    """The returns from January 1 to February 1, of alternating sign, by the formula written out."""
    closes = [100.0 * (1.01 if row % 2 else 1.0) for row in range(24)]
    expected = np.std(np.diff(np.log(closes)), ddof=1) * np.sqrt(252)
    figures = table({"small": closes})
    assert figures.values("small_volatility_1m")[-1] == pytest.approx(expected)
    assert figures.printed("small_volatility_1m")[-1] == 16.1
    assert np.isnan(figures.values("small_volatility_1m")[-2])


def test_a_price_that_never_moves_has_no_volatility(table: Table) -> None:
    """Flat closes print as 0.0, not as noise."""
    assert table({"small": [77.7] * 30}).printed("small_volatility_1m")[-1] == 0.0


def test_an_average_and_the_distance_from_it(table: Table) -> None:
    """Fifty closes from 1 to 50 average 25.5; a close of 50 is 96.08% above."""
    figures = table({"small": [float(close) for close in range(1, 51)]})
    assert figures.printed("small_average_50d")[-1] == 25.5
    assert figures.printed("small_above_average_50d")[-1] == 96.08


def test_the_evidence_of_a_window_is_its_first_and_last_close(table: Table) -> None:
    """A window shows where it starts and ends: the month to Tuesday, February 13 from the close of January 12."""
    closes = [100.0 + row for row in range(60)]
    figures = table({"small": closes})
    assert [price.value for price in figures.evidence("small_volatility_1m", 31)] == [109.0, 131.0]
    assert [price.value for price in figures.evidence("small_average_50d", 59)] == [110.0, 159.0]
