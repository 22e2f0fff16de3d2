"""How often one segment led or lagged another, against a plain count in pandas."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import MixedBasisError, UnknownFigureError
from generator.figures.table import FigureTable
from generator.model import Basis, Kind, Segment, Unit

from .conftest import made_segment, weekdays

Table = Callable[..., FigureTable]
Make = Callable[..., Segment]
DAYS = weekdays(3_050, "2012-12-24")
"""Five weekdays of 2012 held, then eleven whole years and some more: ten whole years before 2023 and before 2024."""
YEARS = DAYS.astype("datetime64[Y]").astype(int) + 1970


def market(table: Table, seed: int, missing: int | None = None) -> FigureTable:
    """Two indices, and a yield that rests now and then; on one row the first index may lack its close."""
    chance = np.random.default_rng(seed)
    columns = {key: 100.0 * np.exp(np.cumsum(chance.normal(0.0, 0.01, DAYS.size))) for key in ("small", "large")}
    columns["note"] = 4.0 + np.cumsum(chance.normal(0.0, 0.04, DAYS.size))
    columns["note"][chance.random(DAYS.size) < 0.01] = np.nan
    if missing is not None:
        columns["small"][missing] = np.nan
    return table(columns, made_segment("note", Kind.YIELD), days=DAYS)


def shown(figures: FigureTable) -> pd.DataFrame:
    """The printed moves that everything here is counted from."""
    names = {"gap": "small_minus_large_1d", "large": "large_return_1d", "note": "note_change_1d"}
    return pd.DataFrame({key: figures.printed(name) for key, name in names.items()})


def share(rows: pd.DataFrame, led: pd.Series, enough: bool) -> float:
    """The share of these sessions on which one led; absent if any gap is unknown or the sessions are few."""
    return np.nan if rows.empty or not enough else float(led[rows.index].mean())


seeds = st.integers(0, 10_000)


@pytest.fixture(scope="module")
def sampled() -> list[int]:
    """Rows of every kind: of the first weeks, around turns of years, and of any other time."""
    turns = np.flatnonzero(np.diff(YEARS)) + 1
    return sorted({*range(0, 75, 3), *(turns + 1), *(turns - 1), *(turns + 40), *range(100, DAYS.size, 211)})


@given(seed=seeds)
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize(("side", "sign"), [("ahead_share_on_large_up", 1), ("behind_share_on_large_down", -1)])
def test_shares_of_the_year_and_of_ten_years(table: Table, sampled: list[int], side: str, sign: int, seed: int) -> None:
    """Of the sessions on which the other index rose (fell), those with a gap of that sign; ten whole years or none."""
    figures = market(table, seed)
    frame = shown(figures)
    year, prior = (figures.values(f"small_{side}_{key}") for key in ("ytd", "prior_10y"))
    led = frame.gap * sign > 0
    for row in sampled:
        so_far = frame[(YEARS[row] == YEARS) & (frame.index <= row)]
        moved = so_far[so_far.large * sign > 0]
        assert year[row] == pytest.approx(share(moved, led, YEARS[row] > 2012 and len(moved) >= 10), nan_ok=True)
        before = frame[(YEARS[row] - 10 <= YEARS) & (YEARS[row] > YEARS)]
        moved = before[before.large * sign > 0]
        assert prior[row] == pytest.approx(share(moved, led, YEARS[row] >= 2023), nan_ok=True)


@given(seed=seeds)
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lags_of_sixty_three_sessions(table: Table, sampled: list[int], seed: int) -> None:
    """The 63 sessions up to this one; `_before` leaves this one out. A yield that rested neither rose nor fell."""
    figures = market(table, seed)
    frame = shown(figures)
    count = figures.values("small_behind_large_count_63d")
    up, down = (figures.values(f"small_behind_large_share_on_note_{way}_63d") for way in ("up", "down"))
    without = figures.values("small_behind_large_count_63d_before")
    lags = frame.gap < 0
    for row in sampled:
        last = frame.iloc[max(row - 62, 0) : row + 1]
        held = row >= 63
        assert count[row] == pytest.approx(lags[last.index].sum() if held else np.nan, nan_ok=True)
        earlier = lags.iloc[max(row - 63, 0) : row].sum() if row >= 64 else np.nan
        assert without[row] == pytest.approx(earlier, nan_ok=True)
        rises, falls = last[last.note > 0], last[last.note < 0]
        enough = held and min(len(rises), len(falls)) >= 10
        assert up[row] == pytest.approx(share(rises, lags, enough), nan_ok=True)
        assert down[row] == pytest.approx(share(falls, lags, enough), nan_ok=True)


def test_what_is_missing_leaves_every_stretch_with_it_unknown(table: Table) -> None:
    """A close missing in 2014 leaves 2014 without a share from then on, and 2023 and 2024 without ten whole years."""
    gone = int(np.searchsorted(DAYS, np.datetime64("2014-07-01")))
    figures = market(table, 5, missing=gone)
    year = figures.values("small_ahead_share_on_large_up_ytd")
    assert not np.isnan(year[gone - 1])
    assert np.isnan(year[gone : np.searchsorted(DAYS, np.datetime64("2015-01-01"))]).all()
    assert np.isnan(figures.values("small_ahead_share_on_large_up_prior_10y")).all()
    counted = figures.values("small_behind_large_count_63d")[gone - 1 : gone + 65]
    assert [bool(absent) for absent in np.isnan(counted)] == [False, *[True] * 64, False]


def test_ten_sessions_make_a_share(table: Table) -> None:
    """On nine rises nothing is said of the year, on the tenth it is: half of them with a lead."""
    days = weekdays(22, "2023-12-29")
    large = 100.0 * 1.01 ** np.arange(22)
    small = 100.0 * np.cumprod(np.where(np.arange(22) % 2, 1.02, 1.005))
    year = table({"small": small, "large": large}, days=days).printed("small_ahead_share_on_large_up_ytd")
    assert np.isnan(year[:10]).all()
    assert year[10] == 50.0


def test_what_these_figures_are(table: Table, segment: Make) -> None:
    """Counts and shares without decimals, of no basis, resting on all the symbols that they look at."""
    catalogue = table({"small": [1.0], "large": [1.0], "note": [4.0]}, segment("note", Kind.YIELD)).catalogue
    count = catalogue.define("small_behind_large_count_63d")
    on_yield = catalogue.define("small_behind_large_share_on_note_up_63d")
    assert (count.unit, count.basis, count.symbols) == (Unit.COUNT, Basis.NONE, ("SMALL", "LARGE"))
    assert (on_yield.unit, on_yield.decimals, on_yield.symbols) == (Unit.PERCENT, 0, ("SMALL", "LARGE", "NOTE"))
    expected = "share of sessions on which Small did worse than Large, of those on which Note rose, over 63 sessions"
    assert on_yield.label == expected


@pytest.mark.parametrize(
    "name",
    [
        "small_ahead_share_on_small_up_ytd",
        "small_ahead_share_on_large_down_ytd",
        "small_ahead_share_on_large_up_63d",
        "small_behind_large_count_ytd",
        "small_behind_large_share_on_note_up_ytd",
        "small_behind_large_share_on_small_up_63d",
        "note_behind_large_count_63d",
    ],
)
def test_what_is_not_counted(table: Table, segment: Make, name: str) -> None:
    """Neither with oneself, nor the other way round, nor over another stretch, nor of a yield."""
    catalogue = table({"small": [1.0], "large": [1.0], "note": [4.0]}, segment("note", Kind.YIELD)).catalogue
    with pytest.raises(UnknownFigureError):
        catalogue.define(name)


def test_price_beside_total_return_is_refused(table: Table, segment: Make) -> None:
    """As a gap is; a list of names leaves it out."""
    catalogue = table({"small": [1.0]}, segment("fund", Kind.FUND)).catalogue
    with pytest.raises(MixedBasisError, match="small"):
        catalogue.define("small_behind_fund_count_63d")
    assert not [name for name in catalogue.names_of("small") if "_fund_" in name]


def test_the_evidence_is_the_first_and_the_last_session_counted(table: Table) -> None:
    """Two closes on each side at both ends; for ten years, the first session of the first and the last of the last."""
    figures = market(table, 3)
    row = int(np.searchsorted(DAYS, np.datetime64("2023-06-01")))
    days = sorted({price.day.isoformat() for price in figures.evidence("small_ahead_share_on_large_up_prior_10y", row)})
    assert days == ["2012-12-31", "2013-01-01", "2022-12-29", "2022-12-30"]
    assert len(figures.evidence("small_behind_large_count_63d", row)) == 8
    symbols = {price.symbol for price in figures.evidence("small_behind_large_share_on_note_up_63d", row)}
    assert symbols == {"SMALL", "LARGE", "NOTE"}
