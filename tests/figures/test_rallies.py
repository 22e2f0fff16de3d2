"""Rallies of the year to date, and what they gave back."""

from __future__ import annotations

import numpy as np
import pytest

from generator.figures.table import FigureTable

from .test_since import day, of_two

QUIET = 1100


@pytest.fixture(scope="module")
def rallied() -> FigureTable:
    """Four years of a tenth of a percent up and down, then a rise of 12% in five sessions, of which a third is lost."""
    moves = np.where(np.arange(QUIET) % 2, 1.001, 1 / 1.001)
    moves[-30:-25], moves[-20:-16] = 1.0227, 0.99  # 11.9% up; about 4% down again
    closes = 100 * np.cumprod(moves)
    return of_two(closes.tolist(), [100.0] * QUIET, "2020-01-01")


def test_the_rally_ends_on_its_best_five_sessions(rallied: FigureTable) -> None:
    """Sessions beside it stand as high in three years and are no rallies of their own."""
    assert rallied.values("small_rallies_ytd")[-1] == 1
    assert day(rallied.values("rally1_date")[-1]) == str(rallied.sessions[-26])
    assert rallied.printed("small_return_5d_at_rally1")[-1] == rallied.printed("small_return_5d")[-26]
    assert np.isnan(rallied.values("rally2_date")[-1])


def test_what_was_given_back_is_a_share_of_the_lead_won(rallied: FigureTable) -> None:
    """From the session five before its end to the best relative close since."""
    ratio = rallied.values("small_over_large")
    peak = int(np.argmax(ratio[-26:])) - 26
    assert day(rallied.values("rally1_peak_date")[-1]) == str(rallied.sessions[peak])
    expected = (ratio[peak] - ratio[-1]) / (ratio[peak] - ratio[-31])
    assert rallied.values("rally1_given_back")[-1] == pytest.approx(expected)
    assert 0.2 < expected < 0.5


def test_three_years_have_to_be_known(rallied: FigureTable) -> None:
    """With fewer than 756 gains nothing can be among the best of them."""
    known = ~np.isnan(rallied.values("small_rallies_ytd"))
    assert np.flatnonzero(known)[0] == 756 + 5 - 1
