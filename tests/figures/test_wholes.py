"""Whole weeks, quarters, half-years and years: their days, their place among earlier ones, and the side kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import UnknownFigureError
from generator.figures.table import FigureTable
from generator.model import Kind, Unit

from .conftest import made_segment, weekdays

Table = Callable[..., FigureTable]
FRIDAY = date(2024, 1, 5)
# Friday, then a week of 1%, 3%, -2%, 3% and 0%, then one of five days of -1%.
MOVES = [1.01, 1.03, 0.98, 1.03, 1.0, *[0.99] * 5]
CLOSES = [100.0, *(100.0 * np.cumprod(MOVES))]
DAYS = weekdays(11, "2024-01-05")


def shown_date(number: float) -> date:
    """The day that a date figure gives."""
    day: date = np.datetime64(int(number), "D").astype(object)
    return day


@pytest.fixture
def figures(table: Table) -> FigureTable:
    """A Friday and two weeks."""
    return table({"small": CLOSES}, days=DAYS, next_session=date(2024, 1, 22))


def test_a_whole_week_is_told_on_its_last_session_alone(figures: FigureTable) -> None:
    """Its return is that of the week to date; of the first week, whose start is not held, there is none."""
    week, to_date = figures.values("small_return_week"), figures.values("small_return_wtd")
    assert np.flatnonzero(~np.isnan(week)).tolist() == [5, 10]
    assert week[5] == to_date[5]
    assert figures.values("small_return_week_n")[[5, 10]].tolist() == [1, 2]
    assert figures.values("small_return_week_rank_low")[10] == 1


def test_weeks_are_compared_with_weeks(table: Table) -> None:
    """3% is the best week since the week of 4%, though a Tuesday between them stood 5% above its week before."""
    closes = [100.0, *[104.0] * 5, *[109.2] * 4, 104.0, *[107.12] * 5]
    made = table({"small": closes}, days=weekdays(16, "2024-01-05"), next_session=date(2024, 1, 29))
    assert shown_date(made.values("small_return_week_highest_since")[15]) == date(2024, 1, 12)
    assert shown_date(made.values("small_return_wtd_highest_since")[15]) == date(2024, 1, 25)


def test_the_best_and_the_worst_day_of_a_week(figures: FigureTable) -> None:
    """Of two days that print alike it is the first; the worst so far may be the first day's gain."""
    best, worst = figures.values("small_return_week_best_day"), figures.values("small_return_week_worst_day")
    assert [shown_date(best[row]) for row in (1, 5)] == [date(2024, 1, 8), date(2024, 1, 9)]
    assert [shown_date(worst[row]) for row in (2, 5)] == [date(2024, 1, 8), date(2024, 1, 10)]
    assert figures.printed("small_return_week_best_1d")[[1, 2, 5, 10]].tolist() == [1.0, 3.0, 3.0, -1.0]
    assert figures.printed("small_return_week_worst_1d")[[1, 5]].tolist() == [1.0, -2.0]
    assert figures.catalogue.define("small_return_week_best_day").unit is Unit.DATE


def test_the_days_above_and_below_zero(figures: FigureTable) -> None:
    """A day without a move is neither; the counts start over with the week."""
    assert figures.values("small_return_week_up_days")[[1, 5, 6, 10]].tolist() == [1, 3, 0, 0]
    assert figures.values("small_return_week_down_days")[[1, 5, 6, 10]].tolist() == [0, 1, 1, 5]


def test_a_week_with_a_missing_day_has_no_best(table: Table) -> None:
    """From the missing close on, and in the first week, of which days may not be held."""
    closes: list[float | None] = list(CLOSES)
    closes[7] = None
    made = table({"small": closes}, days=DAYS, next_session=date(2024, 1, 22))
    best = made.values("small_return_week_best_1d")
    assert np.isnan(best).tolist() == [True, *[False] * 6, *[True] * 4]


def test_the_value_of_a_week_ago(figures: FigureTable) -> None:
    """On every session of a week the last session of the week before, of words and levels too."""
    assert figures.values("small_level_week_ago")[1:6].tolist() == [100.0] * 5
    assert figures.values("small_level_week_ago")[6] == CLOSES[5]
    assert np.isnan(figures.values("small_level_week_ago")[0])
    assert figures.catalogue.define("weekday_week_ago").unit is Unit.NAME


def test_the_gap_has_the_same_figures(table: Table) -> None:
    """On Wednesday the first index lost least against the second."""
    made = table({"small": CLOSES, "large": [100.0] * 11}, days=DAYS, next_session=date(2024, 1, 22))
    assert made.printed("small_minus_large_week_worst_1d")[5] == -2.0
    assert made.values("small_minus_large_week_up_days")[5] == 3.0
    streak = made.values("small_minus_large_week_streak")
    assert np.isnan(streak[5])  # it may have begun before
    assert streak[10] == -1.0


def test_what_has_no_such_figures(table: Table) -> None:
    """A level has no best day, and a count no side."""
    made = table({"small": CLOSES, "note": CLOSES}, made_segment("note", Kind.YIELD), days=DAYS)
    assert made.catalogue.define("note_change_week_best_day").unit is Unit.DATE
    for name in ("small_level_week", "small_level_week_best_day", "small_streak_week_streak", "note_level_week_streak"):
        with pytest.raises(UnknownFigureError):
            made.catalogue.define(name)


MANY = weekdays(800, "2021-12-31")
seeds = st.integers(0, 10_000)


@given(seed=seeds)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sides_agree_with_a_plain_walk_over_the_weeks(table: Table, seed: int) -> None:
    """Runs of weeks, the last week on the side before the run, and the turns of the year."""
    chance = np.random.default_rng(seed)
    closes = {key: 100.0 * np.exp(np.cumsum(chance.normal(0, 0.01, MANY.size))) for key in ("small", "large")}
    following = MANY[-1].astype(object) + timedelta(days=3)
    made = table(closes, days=MANY, next_session=following)
    gap = pd.Series(made.printed("small_minus_large_3m"))
    weeks = pd.Series(MANY).dt.isocalendar().week
    ends = [row for row in range(MANY.size - 1) if weeks[row] != weeks[row + 1]]
    names = ("_streak", "_last_so", "_turns_ytd")
    streak, last_so, turns = (made.values(f"small_minus_large_3m_week{tail}") for tail in names)
    assert np.isnan(streak[[row for row in range(MANY.size - 1) if row not in ends]]).all()
    sides = [np.sign(gap[row]) for row in ends]
    for place in chance.integers(30, len(ends), 25):
        row, began = ends[place], place
        while began and sides[began - 1] == sides[place]:
            began -= 1
        if not began or np.isnan(sides[began - 1]):  # the first run may have begun before the history did
            assert np.isnan([streak[row], last_so[row]]).all()
            continue
        assert streak[row] == sides[place] * (place - began + 1)
        before = [one for one in range(began) if sides[one] == sides[place]]
        expected = MANY[ends[before[-1]]] if before else None
        assert np.isnan(last_so[row]) if expected is None else shown_date(last_so[row]) == expected.astype(object)
        year = MANY[row].astype("datetime64[Y]")
        mine = [one for one in range(1, place + 1) if MANY[ends[one]].astype("datetime64[Y]") == year]
        if mine[0] > 20:
            kept = [next(sides[back] for back in range(one, -1, -1) if sides[back]) for one in (mine[0] - 1, *mine)]
            assert turns[row] == sum(one != other for one, other in pairwise(kept))  # a gap of zero changes no side


def test_no_week_is_told_before_it_is_over(table: Table) -> None:
    """On a Thursday before a holiday the week is over; on any other it is not."""
    days = DAYS[:5]
    for following, held in ((date(2024, 1, 12), False), (date(2024, 1, 15), True)):
        made = table({"small": CLOSES[:5]}, days=days, next_session=following)
        assert bool(np.isnan(made.values("small_return_week")[4])) is not held


# --- quarters, half-years and years -----------------------------------------------------------------

QUARTERS = np.array(
    [f"{year}-{month}" for year in (2018, 2019, 2020, 2021) for month in ("03-29", "06-28", "09-30", "12-31")],
    dtype="datetime64[D]",
)


def quarterly(table: Table, moves: dict[str, list[float]]) -> FigureTable:
    """A market with one session a quarter, from the end of March 2018, that moves by so many percent."""
    closes = {key: [100.0, *(100.0 * np.cumprod([1.0 + move / 100.0 for move in of]))] for key, of in moves.items()}
    count = len(closes["small"])
    following = (QUARTERS[count - 1] + 1).astype(object)
    return table(closes, days=QUARTERS[:count], next_session=following)


SMALL = [1, 12, -6, 3, 8, 2, -1, 15, 4, -3, 6, 11, 2, 1, 9]
LARGE = [2, 10, -5, 4, 6, 3, -2, 11, 5, -4, 7, 10, 1, 3, 10]
AVERAGE = [1, 11, -5, 5, 7, 4, -3, 12, 4, -5, 8, 11, 2, 2, 11]


def test_half_years_and_years_are_whole_as_weeks_are(table: Table) -> None:
    """From the end of June to the end of December, and from December to December."""
    made = quarterly(table, {"small": SMALL})
    half, year = made.printed("small_return_half"), made.printed("small_return_year")
    assert np.flatnonzero(~np.isnan(half)).tolist() == [3, 5, 7, 9, 11, 13, 15]
    assert half[3] == 5.28  # 12% up and 6% down
    assert np.flatnonzero(~np.isnan(year)).tolist() == [7, 11, 15]
    assert year[7] == 12.33  # 3% and 8% and 2% up, then 1% down
    assert made.printed("small_return_half_half_ago")[5] == half[3]
    assert shown_date(made.values("next_half_last_day")[5]) == date(2019, 12, 31)
    assert shown_date(made.values("next_quarter_last_day")[3]) == date(2019, 3, 31)


def test_quarters_on_one_side_of_the_last_so_many(table: Table) -> None:
    """Of the last ten quarters small led in five, in three of them with the average company; both lagged in two."""
    made = quarterly(table, {"small": SMALL, "large": LARGE, "average": AVERAGE})
    ahead = made.values("small_minus_large_quarter_ahead_of_10")
    both = made.values("small_minus_large_quarter_ahead_of_10_with_average")
    neither = made.values("small_minus_large_quarter_behind_of_10_with_average")
    gaps = [one - other for one, other in zip(SMALL, LARGE, strict=True)]
    others = [one - other for one, other in zip(AVERAGE, LARGE, strict=True)]
    assert np.isnan(ahead[:10]).all()  # the first quarter began before the history did
    assert [ahead[10], ahead[15]] == [sum(gap > 0 for gap in of) for of in (gaps[:10], gaps[5:])]
    pairs = list(zip(gaps[5:], others[5:], strict=True))
    assert both[15] == sum(gap > 0 and other > 0 for gap, other in pairs) == 3
    assert neither[15] == sum(gap < 0 and other < 0 for gap, other in pairs) == 2


def test_earlier_quarters_in_which_the_market_rose_far(table: Table) -> None:
    """The quarter itself is not among them: of those in which large caps rose 3% or more before, small led in four of nine."""
    made = quarterly(table, {"small": SMALL, "large": LARGE})
    before = list(zip(SMALL, LARGE, strict=True))[:-1]
    strong = [one > other for one, other in before if other >= 3]
    assert made.values("small_minus_large_quarter_cases")[15] == len(before)
    assert made.values("small_minus_large_quarter_cases_on_large_up_3")[15] == len(strong)
    assert made.values("small_minus_large_quarter_ahead_count_on_large_up_3")[15] == sum(strong)
    assert np.isnan(made.values("small_minus_large_quarter_ahead_share_on_large_up_3")[15]) == (len(strong) < 10)
    assert made.printed("small_minus_large_quarter_ahead_share")[15] == round(100 * sum(a > b for a, b in before) / 14)
    assert np.isnan(made.values("small_minus_large_quarter_ahead_share")[10])  # nine earlier ones are too few
    assert made.values("small_minus_large_quarter_cases_on_large_down_4")[15] == 2


def test_how_often_a_side_was_kept_for_another_quarter(table: Table) -> None:
    """Of the earlier quarters of this one's sign: a plain walk over pairs of quarters."""
    moves = [1, -1, -1, 1, -1, -1, -1, 1, -1, -1, -1, -1, -1, -1, -1]
    made = quarterly(table, {"small": [float(one) for one in moves], "large": [0.0] * len(moves)})
    earlier = [place for place in range(len(moves) - 1) if moves[place] == -1]
    again = sum(moves[place + 1] == -1 for place in earlier)
    assert made.values("small_minus_large_quarter_repeat_cases")[15] == len(earlier) == 11
    assert made.printed("small_minus_large_quarter_repeat_share")[15] == round(100 * again / len(earlier))
    assert np.isnan(made.values("small_minus_large_quarter_repeat_cases")[8])


def test_a_missing_quarter_ends_the_counts(table: Table) -> None:
    """After it nobody knows who led in it, so neither the share of all nor that of the last ten is told."""
    closes: list[float | None] = [100.0 + place for place in range(16)]
    closes[7] = None
    made = table(
        {"small": closes, "large": [100.0] * 16}, days=QUARTERS, next_session=(QUARTERS[-1] + 1).astype(object)
    )
    for tail in ("ahead_share", "cases", "repeat_share", "ahead_of_10"):
        assert np.isnan(made.values(f"small_minus_large_quarter_{tail}")[15]), tail


@pytest.mark.parametrize("name", ["small_return_quarter_ahead_share", "small_minus_large_quarter_ahead_of_5",
                                  "small_minus_large_quarter_cases_on_nobody_up_5"])  # fmt: skip
def test_what_cannot_be_counted_is_no_figure(table: Table, name: str) -> None:
    """A return has no side, a count is of ten periods at least, and a move is a segment's."""
    made = quarterly(table, {"small": SMALL, "large": LARGE})
    with pytest.raises(UnknownFigureError):
        made.catalogue.define(name)
