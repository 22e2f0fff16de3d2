"""Spans of real history: months and years by the calendar, the same by both readers; skipped where none is held."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from generator.figures.table import FigureTable
from generator.loading import load_prices, open_publication
from generator.model import Market, Settings, Universe
from generator.narrative.situations.baserates import HORIZONS, Windows, ends
from generator.project import bundled_root
from generator.verification.figures.aftermath import Aftermath
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.prices import PriceTable

MONTHS = {"1m": 1, "3m": 3, "6m": 6, "1y": 12}
FIGURES = (
    *(f"small_return_{span}" for span in ("5d", "21d", "63d", "126d", "252d", *MONTHS)),
    *(f"small_volatility_{span}" for span in ("1m", "3m", "1y")),
    *(f"small_{name}" for name in ("high_1y", "low_1y", "high_1y_date", "low_1y_date", "new_high_1y", "new_low_1y")),
    "small_drawdown_1y", "small_above_low_1y", "small_minus_sp500_1y", "ust10y_change_1y", "vix_level_average_1y",
    "small_range_1d_average_1y",
    *(f"{index}_{name}" for index in ("small", "sp500") for name in (
        "moves_as_large_ytd", "given_back_1d", "regained_1d", "high_20d", "low_20d", "high_20d_date_before",
        "low_20d_date_before",
    )),
    *(f"small_ahead_share_on_sp500_up_{span}" for span in ("ytd", "prior_10y")),
    *(f"small_behind_share_on_sp500_down_{span}" for span in ("ytd", "prior_10y")),
    *(f"small_behind_sp500_{what}_63d_before" for what in ("count", "share_on_ust10y_up", "share_on_ust10y_down")),
    *(f"small_return_week{since}" for since in ("", "_highest_since", "_sessions_since_lower", "_rank")),
    *(f"{of}_week_{what}" for of in ("small_return", "small_minus_sp500", "ust10y_change") for what in (
        "best_day", "best_1d", "worst_day", "worst_1d", "up_days", "down_days",
    )),
    *(f"small_minus_sp500_{of}week_{what}" for of in ("", "3m_", "1y_") for what in (
        "streak", "last_so", "turns_ytd",
    )),
    "sectors_up_week", "exus_small_minus_small_week_lowest_since", "ust10y_level_week_ago", "small_record_close_week_ago",
    *(f"small_minus_sp500_{period}_{what}" for period in ("quarter", "half", "year") for what in (
        "streak", "last_so", "ahead_share", "behind_count", "cases", "ahead_share_on_sp500_up_5", "cases_on_sp500_down_10",
        "behind_of_10", "ahead_of_20_with_equal_weight", "repeat_share", "repeat_cases",
    )),
    "small_return_prior_half", "small_minus_sp500_htd_change", "small_over_sp500_quarter_end_lowest_since",
    "small_return_year_best_day", "small_level_half_ago", "sectors_ahead_of_sp500_qtd", "small_sectors_ahead_of_small_htd",
    *(f"{of}_{span}" for of in ("small_low", "small_return_to_low", "small_above_low", "sp500_drawdown") for span in ("qtd", "htd")),
    *(f"{of}_ytd_date" for of in ("small_high", "small_low")), "next_quarter_last_day", "next_half_last_day", "half_sessions",
    *(f"small_{name}" for name in (
        "return_3y", "total_return_10y", "return_since_end_2009", "multiple_since_first_year_end", "return_over_wave",
        "return_since_wave_last", "worst_fall_since_end_2009", "rallies_ytd", "return_1d_at_jump3", "to_match_sp500_10y",
        "minus_sp500_since_rally1_peak", "minus_sp500_5d_rank_at_rally1", "sectors_behind_sectors_10y",
    )),
    *(f"small_minus_sp500_10y_monthly_{of}" for of in ("n", "share", "last", "worst", "spell", "spell_rank")),
    *(f"small_minus_sp500_1y_monthly_{of}" for of in ("leads", "leads_first", "leads_last")),
    *(f"small_minus_sp500_10y_daily_{of}" for of in ("n", "share", "last")),
    "wave_first_date", "sessions_since_wave_last", "rally1_date", "rally2_peak_date", "rally1_given_back",
    "sp600_gap_closed_10y", "equal_weight_gap_removed_10y",
    *(f"small_sectors_spread_1d{since}" for since in ("", "_lowest_since", "_sessions_since_higher")),
)  # fmt: skip
WORKED = (
    ("2024-08-09", "1m", 2.54, "21d", -2.08),  # from July 9; 21 sessions leave out the jump of July 11
    ("2024-10-14", "3m", 4.67, "63d", -0.66),  # from Friday, July 12, as July 14 was a Sunday
    ("2025-01-15", "6m", 3.49, "126d", -0.02),
    ("2025-03-21", "1y", -1.98, "252d", 1.04),
)


@pytest.fixture(scope="module")
def held(shared_data: Path) -> tuple[Market, Universe]:
    """The history to June 27, 2025."""
    settings = Settings(source="csv", data=shared_data, project=bundled_root(), session=date(2025, 6, 27))
    publication = open_publication(settings)
    return load_prices(settings, publication), publication.universe


@pytest.fixture(scope="module")
def first(held: tuple[Market, Universe]) -> FigureTable:
    return FigureTable(*held)


@pytest.fixture(scope="module")
def second(held: tuple[Market, Universe]) -> SqlColumns:
    market, universe = held
    return SqlColumns(PriceTable(market), universe, ())


@pytest.mark.parametrize("name", FIGURES)
def test_both_readers_agree_on_every_session(first: FigureTable, second: SqlColumns, name: str) -> None:
    """Each by its own means, over four decades, and absent on the same sessions."""
    computed = second.column(name)
    assert computed is not None
    np.testing.assert_allclose(np.array(computed.values), first.values(name), rtol=1e-7, atol=1e-9, equal_nan=True)


@pytest.mark.parametrize("span", MONTHS)
def test_a_span_is_the_calendars(first: FigureTable, span: str) -> None:
    """As pandas counts back months: the last close up to the same day so many months before."""
    days = pd.DatetimeIndex(first.sessions)
    close = first.values("small_level")
    start = days.searchsorted(days - pd.DateOffset(months=MONTHS[span]), side="right") - 1
    expected = np.where(start >= 0, close / close[start] - 1, np.nan)
    np.testing.assert_allclose(first.values(f"small_return_{span}"), expected, equal_nan=True)


def test_the_low_of_the_year_is_that_of_its_own_days(first: FigureTable) -> None:
    """As pandas finds it: among the closes from the same day a year before on, none earlier."""
    close = pd.Series(first.values("small_level"), pd.DatetimeIndex(first.sessions)).iloc[-600:]
    for day in close.index[300::37]:
        year = close.loc[day - pd.DateOffset(years=1) : day]
        row = int(np.searchsorted(first.sessions, np.datetime64(day)))
        assert first.values("small_low_1y")[row] == year.min()


@pytest.mark.parametrize(("session", "span", "calendar", "sessions", "counted"), WORKED)
def test_worked_examples(
    first: FigureTable, second: SqlColumns, session: str, span: str, calendar: float, sessions: str, counted: float
) -> None:
    """Sessions on which so many trading days and the calendar's span had other signs: the words get the calendar's."""
    row = int(np.searchsorted(first.sessions, np.datetime64(session)))
    for name, value in ((f"small_return_{span}", calendar), (f"small_return_{sessions}", counted)):
        again = second.column(name)
        assert again is not None
        assert (first.printed(name)[row], again.printed[row]) == (value, value)


@pytest.mark.parametrize("horizon", HORIZONS)
def test_windows_ahead_end_on_the_same_sessions(first: FigureTable, second: SqlColumns, horizon: str) -> None:
    """What followed any session is counted over the same windows by both readers."""
    levels = (first.values("small_level"), first.values("sp500_level"))
    made = Windows.over(list(range(len(first.sessions))), ends(first.sessions, horizon), *levels)
    for statistic in ("n", "higher", "ahead", "median"):
        again = Aftermath(second).column(f"all_{horizon}_{statistic}", "", [])
        np.testing.assert_allclose(np.array(again.values), made.values(statistic), equal_nan=True, err_msg=statistic)
