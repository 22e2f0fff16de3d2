"""Daily series by the day they were public: nothing sooner, nothing stale, and sums done by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from math import isnan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.figures.releases import sources_told
from generator.figures.table import FigureTable
from generator.market.economy.observations import read_series
from generator.model import Every, Make, Market, Observations, Release, Unit, Universe

MACRO = Path(__file__).parents[3] / "shared" / "data" / "macro"
JANUARY = date(2024, 1, 1)


def release(key: str = "prices", every: Every = Every.DAY, unit: Unit = Unit.LEVEL, **fields: object) -> Release:
    """A release as the universe would hold it, known 40 days after its day and told until 80 days after."""
    made = Release(key, ("P",), every, unit, 1, 40, 80, key, "An office", "https://example.org", f"universe:{key}")
    return replace(made, **fields)  # type: ignore[arg-type]


def observed(
    values: Mapping[date, float], seen: Mapping[date, date] | None = None, name: str = "P"
) -> dict[str, Observations]:
    """One series with these values, and the days on which some of them are known to have been public."""
    days = np.array(list(values), dtype="datetime64[D]")
    known = np.array([seen.get(day, "NaT") if seen else "NaT" for day in values], dtype="datetime64[D]")
    return {name: Observations(name, days, np.array(list(values.values()), dtype=float), known if seen else None)}


def table(
    one: Release, observations: Mapping[str, Observations], first: date = JANUARY, sessions: int = 400
) -> FigureTable:
    """A table over weekdays from `first`, with nothing in it but this release."""
    days = np.busday_offset(np.datetime64(first, "D"), np.arange(sessions), roll="forward")
    following = days[-1].astype(object) + timedelta(days=1)
    market = Market(days, following, np.zeros(sessions, dtype=bool), {}, (), "csv", "nobody", observations=observations)
    return FigureTable(market, Universe({}, {}, (), {one.key: one}))


def on(made: FigureTable, name: str, day: date) -> float:
    """The printed figure on a session."""
    return float(made.printed(name)[int(np.searchsorted(made.sessions, np.datetime64(day)))])


def test_a_number_is_told_from_its_lag_on() -> None:
    """That of January 1, with a lag of forty days, is there on February 12, a Monday, and not on Friday the 9th."""
    made = table(release(), observed({JANUARY: 100.0}))
    assert isnan(on(made, "prices", date(2024, 2, 9)))
    assert on(made, "prices", date(2024, 2, 12)) == 100.0
    assert on(made, "prices_date", date(2024, 2, 12)) == (JANUARY - date(1970, 1, 1)).days
    assert [on(made, "prices_new", date(2024, 2, day)) for day in (12, 13)] == [1.0, 0.0]


def test_a_number_is_no_longer_told_once_the_next_is_overdue() -> None:
    """Eighty days after its own day, March 21, nothing is known any more, rather than something old."""
    made = table(release(), observed({JANUARY: 100.0}))
    assert on(made, "prices", date(2024, 3, 20)) == 100.0
    assert isnan(on(made, "prices", date(2024, 3, 21)))
    assert made.evidence("prices", -1) == ()


def test_what_was_fetched_sooner_is_known_sooner() -> None:
    """A number that a run fetched on the day of its release is told from that day on; a later fetch delays nothing."""
    values = {JANUARY: 100.0, date(2024, 2, 1): 101.0}
    made = table(release(), observed(values, {JANUARY: date(2024, 1, 24), date(2024, 2, 1): date(2024, 5, 1)}))
    assert isnan(on(made, "prices", date(2024, 1, 23)))
    assert on(made, "prices", date(2024, 1, 24)) == 100.0
    assert on(made, "prices", date(2024, 3, 12)) == 101.0


def test_of_several_values_of_one_day_the_first_is_told() -> None:
    """A file may say what a daily value was revised to; what was public that evening is the first one."""
    days = np.array([JANUARY, JANUARY], dtype="datetime64[D]")
    seen = np.array(["2024-01-03", "2024-01-08"], dtype="datetime64[D]")
    held = {"P": Observations("P", days, np.array([100.0, 101.0]), seen)}
    assert on(table(release(), held), "prices", date(2024, 1, 9)) == 100.0


def test_a_difference_takes_days_that_both_series_have() -> None:
    """Ten-year less three-month yields, in basis points; a day on which one of them is missing has none."""
    slope = release(
        "slope", Every.DAY, Unit.BASIS_POINTS, series=("P", "Q"), make=Make.DIFFERENCE, scale=100.0, decimals=0, lag=1, lasts=8
    )  # fmt: skip
    long = observed({date(2024, 1, 2): 4.01, date(2024, 1, 3): 4.05, date(2024, 1, 4): 4.0})
    short = observed({date(2024, 1, 2): 4.31, date(2024, 1, 4): 4.25}, name="Q")
    made = table(slope, {**long, **short})
    assert [on(made, "slope", date(2024, 1, day)) for day in (3, 4, 5)] == [-30.0, -30.0, -25.0]
    assert on(made, "slope_step", date(2024, 1, 5)) == 5.0
    assert {(item.symbol, item.day.day) for item in made.evidence("slope_step", 4)} == {
        ("P", 2), ("P", 4), ("Q", 2), ("Q", 4),
    }  # fmt: skip


def test_a_future_on_a_rate_is_quoted_as_a_hundred_less_it() -> None:
    """95.67 stands for 4.33 percent."""
    implied = release("implied", Every.DAY, Unit.RATE, make=Make.HUNDRED_LESS, lag=0, lasts=5, decimals=2)
    made = table(implied, observed({date(2024, 1, 2): 95.67}))
    assert on(made, "implied", date(2024, 1, 2)) == 4.33


def test_the_last_time_as_high_is_a_day_observed() -> None:
    """The fourth day's 103 was last reached on the first, three observations ago; equals count."""
    first = date(2024, 1, 2)
    values = {first + timedelta(days=n): value for n, value in enumerate([103.0, 102.0, 101.0, 103.0])}
    made = table(release(), observed(values))
    told = date(2024, 2, 14)
    assert on(made, "prices_as_high", told) == (first - date(1970, 1, 1)).days
    assert on(made, "prices_periods_as_high", told) == 3.0
    assert on(made, "prices_periods_as_low", told) == 1.0


def test_a_series_that_is_not_held_makes_absent_figures() -> None:
    """Nothing is told, nothing is cited, and no rule that names it holds."""
    made = table(release(), {})
    for name in ("prices", "prices_new", "prices_as_high"):
        assert np.isnan(made.values(name)).all()
    assert list(sources_told(made, made.catalogue.universe, -1)) == []


def test_the_source_is_dated_with_the_day_observed() -> None:
    """What a page lists names the office, the line it stands on, and which observation it was."""
    made = table(release(), observed({JANUARY: 100.0}))
    (fact,) = sources_told(made, made.catalogue.universe, 30)
    assert (fact.source, fact.dated, fact.published, fact.id) == (
        "An office", "observation of", JANUARY, "release prices",
    )  # fmt: skip
    assert made.catalogue.define("prices_date").source == "release prices"


FIGURES = ("prices", "prices_date", "prices_new", "prices_as_high", "prices_periods_as_low")
gaps = st.lists(st.integers(1, 20), min_size=3, max_size=30)


@given(
    gaps=gaps,
    lag=st.integers(0, 60),
    delays=st.lists(st.integers(0, 90), min_size=30, max_size=30),
    row=st.integers(0, 399),
)
def test_no_session_knows_what_came_out_after_it(gaps: list[int], lag: int, delays: list[int], row: int) -> None:
    """Taking away all that was not yet public changes nothing on a session or before it, whatever was fetched when."""
    days = (np.datetime64("2023-12-20") + np.cumsum(gaps)).astype(object).tolist()
    values = {day: 100.0 + (7 * number) % 11 for number, day in enumerate(days)}
    seen = {day: day + timedelta(days=delay) for day, delay in zip(days, delays, strict=False) if delay % 2}
    one = release(lag=lag, lasts=lag + 60)
    whole = table(one, observed(values, seen))
    session = whole.days[row]
    known = {day: min(day + timedelta(days=lag), seen.get(day, date.max)) for day in values}
    public = {day: values[day] for day in values if max(known[one] for one in values if one <= day) <= session}
    part = table(one, observed(public, seen))
    for name in FIGURES:
        assert np.array_equal(whole.printed(name)[: row + 1], part.printed(name)[: row + 1], equal_nan=True)


@given(lag=st.integers(0, 60), delay=st.integers(0, 90), lasts=st.integers(1, 60))
def test_a_number_is_never_told_before_it_was_public_nor_when_it_is_stale(lag: int, delay: int, lasts: int) -> None:
    """Whatever the lag, the value stands exactly from the day it was public to the day the next is overdue."""
    seen = {JANUARY: JANUARY + timedelta(days=delay)}
    made = table(release(lag=lag, lasts=lag + lasts), observed({JANUARY: 100.0}, seen))
    told = [day for day, value in zip(made.days, made.values("prices"), strict=True) if value == value]
    known, ends = JANUARY + timedelta(days=min(lag, delay)), JANUARY + timedelta(days=lag + lasts)
    assert told == [day for day in made.days if known <= day < ends]


@pytest.mark.skipif(not MACRO.is_dir(), reason="../shared/data holds the real series")
def test_the_first_range_is_known_when_it_was_public() -> None:
    """The Federal Reserve's first target range was announced on December 16, 2008."""
    upper = release("upper", Every.DAY, Unit.RATE, series=("DFEDTARU",), lag=0, lasts=8, decimals=2)
    made = table(upper, {"DFEDTARU": read_series(MACRO / "DFEDTARU.csv", "DFEDTARU", date.max)}, date(2008, 12, 1))
    assert isnan(on(made, "upper", date(2008, 12, 15)))
    assert on(made, "upper", date(2008, 12, 16)) == 0.25
