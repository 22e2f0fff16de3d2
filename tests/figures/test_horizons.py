"""Which two rows a horizon runs between, and how it is said."""

from __future__ import annotations

import numpy as np

from generator.figures.horizons import HORIZONS, span

DAYS = np.array(["2023-12-28", "2023-12-29", "2024-01-02", "2024-01-05", "2024-01-08", "2024-02-01"], dtype="M8[D]")


def rows(horizon: str, row: int) -> tuple[int, int]:
    end, start = span(DAYS, HORIZONS[horizon])
    return int(start[row]), int(end[row])


def test_session_horizons_count_sessions_not_days() -> None:
    """One day back from Monday 8 January is Friday 5 January, the session before."""
    assert rows("1d", 4) == (3, 4)


def test_a_horizon_that_reaches_before_the_history_has_no_start() -> None:
    """Five sessions before the third there is nothing."""
    assert rows("1w", 2) == (-1, 2)


def test_the_week_so_far_starts_from_the_last_close_of_the_week_before() -> None:
    """On Friday 5 January the week runs from 29 December, the last close of the week before."""
    assert rows("wtd", 3) == (1, 3)


def test_year_to_date_starts_from_the_last_close_of_the_old_year() -> None:
    """In January and February the year runs from 29 December."""
    assert [rows("ytd", row) for row in (2, 5)] == [(1, 2), (1, 5)]


def test_the_prior_month_is_the_whole_month_before() -> None:
    """On 1 February the prior month runs from the last close of December to the last of January."""
    assert rows("prior_month", 5) == (1, 4)


def test_a_prior_period_needs_both_its_ends() -> None:
    """In January the prior month has no start: the history begins within December."""
    assert rows("prior_month", 2) == (-1, 1)


def test_each_horizon_has_its_own_words() -> None:
    """Five sessions and this week are different claims."""
    words = {key: HORIZONS[key].words for key in ("1d", "1w", "1m", "wtd", "prior_week")}
    assert words == {
        "1d": "over one session",
        "1w": "over five sessions",
        "1m": "over 21 sessions",
        "wtd": "in the week to date",
        "prior_week": "in the week before",
    }
