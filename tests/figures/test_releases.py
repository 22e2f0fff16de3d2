"""Economic series by the day they were public: nothing sooner, nothing stale, and sums done by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import isnan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.figures.courses import sources_told
from generator.figures.table import FigureTable
from generator.market.observations import read_series
from generator.model import Every, Make, Market, Observations, Release, Unit, Universe

MACRO = Path(__file__).parents[3] / "shared" / "data" / "macro"
JANUARY = date(2024, 1, 1)


def release(key: str = "prices", every: Every = Every.MONTH, unit: Unit = Unit.LEVEL, **fields: object) -> Release:
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


def monthly(values: Sequence[float], first: str = "2023-01") -> dict[date, float]:
    """Values of so many months on end, each on the month's first day."""
    months = np.datetime64(first) + np.arange(len(values))
    return dict(zip(months.astype("datetime64[D]").astype(object).tolist(), values, strict=True))


def test_a_number_is_told_from_its_lag_on() -> None:
    """January's, with a lag of forty days, is there on February 12, a Monday, and not on Friday the 9th."""
    made = table(release(), observed(monthly([100.0], "2024-01")))
    assert isnan(on(made, "prices", date(2024, 2, 9)))
    assert on(made, "prices", date(2024, 2, 12)) == 100.0
    assert on(made, "prices_date", date(2024, 2, 12)) == (JANUARY - date(1970, 1, 1)).days
    assert [on(made, "prices_new", date(2024, 2, day)) for day in (12, 13)] == [1.0, 0.0]


def test_a_number_is_no_longer_told_once_the_next_is_overdue() -> None:
    """Eighty days after its own day, March 21, nothing is known any more, rather than something old."""
    made = table(release(), observed(monthly([100.0], "2024-01")))
    assert on(made, "prices", date(2024, 3, 20)) == 100.0
    assert isnan(on(made, "prices", date(2024, 3, 21)))
    assert made.evidence("prices", -1) == ()


def test_a_late_release_is_told_when_it_came() -> None:
    """An observation under `late` is known from the day named there, and so is nothing after it any sooner."""
    late = release(late={JANUARY: date(2024, 3, 18)})
    made = table(late, observed(monthly([100.0, 101.0], "2024-01")))
    assert isnan(on(made, "prices", date(2024, 3, 15)))
    assert on(made, "prices", date(2024, 3, 18)) == 101.0  # February's, whose own lag had passed


def test_what_was_fetched_sooner_is_known_sooner() -> None:
    """A number that a run fetched on the day of its release is told from that day on; a later fetch delays nothing."""
    values = monthly([100.0, 101.0], "2024-01")
    made = table(release(), observed(values, {JANUARY: date(2024, 1, 24), date(2024, 2, 1): date(2024, 5, 1)}))
    assert isnan(on(made, "prices", date(2024, 1, 23)))
    assert on(made, "prices", date(2024, 1, 24)) == 100.0
    assert on(made, "prices", date(2024, 3, 12)) == 101.0


def test_a_year_is_twelve_months_by_their_names() -> None:
    """From 100 to 103.456 is 3.5 percent, and a month that is missing has no year and is nobody's year before."""
    values = monthly([100.0 + month for month in range(13)])
    values[date(2024, 1, 1)] = 103.456
    made = table(release(), observed(values))
    assert on(made, "prices_yoy", date(2024, 2, 12)) == 3.5
    assert [item.day for item in made.evidence("prices_yoy", 30)] == [date(2023, 1, 1), date(2024, 1, 1)]
    del values[date(2023, 1, 1)]
    assert isnan(on(table(release(), observed(values)), "prices_yoy", date(2024, 2, 12)))


def test_growth_at_an_annual_rate_is_four_quarters_of_it() -> None:
    """One percent in a quarter is 4.1 percent a year."""
    quarters = {date(2024, 1, 1): 100.0, date(2024, 4, 1): 101.0}
    made = table(release(every=Every.QUARTER), observed(quarters))
    assert on(made, "prices_annualised", date(2024, 5, 13)) == 4.1
    assert on(made, "prices_change", date(2024, 5, 13)) == 1.0


def test_a_change_is_in_the_units_of_the_number() -> None:
    """Jobs change by jobs, a rate by points, and neither across a missing period."""
    jobs = release(unit=Unit.COUNT, scale=1000.0, decimals=0)
    made = table(jobs, observed(monthly([150.0, 158.0, 157.0], "2024-01")))
    assert [on(made, "prices_change", date(2024, month, 20)) for month in (3, 4)] == [8000.0, -1000.0]
    rate = release(unit=Unit.RATE)
    made = table(rate, observed({JANUARY: 3.9, date(2024, 2, 1): 4.1, date(2024, 4, 1): 4.0}))
    assert on(made, "prices_change", date(2024, 3, 20)) == 0.2
    assert isnan(on(made, "prices_change", date(2024, 5, 20)))


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
    """April's 103 was last reached in January, three observations ago; equals count."""
    made = table(release(), observed(monthly([103.0, 102.0, 101.0, 103.0], "2024-01")))
    assert on(made, "prices_as_high", date(2024, 5, 13)) == (JANUARY - date(1970, 1, 1)).days
    assert on(made, "prices_periods_as_high", date(2024, 5, 13)) == 3.0
    assert isnan(on(made, "prices_as_high", date(2024, 2, 12)))
    assert on(made, "prices_periods_as_low", date(2024, 5, 13)) == 1.0


def test_a_series_that_is_not_held_makes_absent_figures() -> None:
    """Nothing is told, nothing is cited, and no rule that names it holds."""
    made = table(release(), {})
    for name in ("prices", "prices_yoy", "prices_new", "prices_as_high"):
        assert np.isnan(made.values(name)).all()
    assert list(sources_told(made, made.catalogue.universe, -1)) == []


def test_the_source_is_dated_with_the_day_observed() -> None:
    """What a page lists names the office, the line it stands on, and which observation it was."""
    made = table(release(), observed(monthly([100.0], "2024-01")))
    (fact,) = sources_told(made, made.catalogue.universe, 30)
    assert (fact.source, fact.dated, fact.published, fact.line) == (
        "An office", "observation of", JANUARY, "universe:prices",
    )  # fmt: skip
    assert made.catalogue.define("prices_yoy").source == "universe:prices"


FIGURES = (
    "prices",
    "prices_change",
    "prices_yoy",
    "prices_date",
    "prices_new",
    "prices_as_high",
    "prices_periods_as_low",
)
gaps = st.lists(st.integers(0, 3), min_size=3, max_size=30)


@given(
    gaps=gaps,
    lag=st.integers(0, 60),
    delays=st.lists(st.integers(0, 90), min_size=30, max_size=30),
    row=st.integers(0, 399),
)
def test_no_session_knows_what_came_out_after_it(gaps: list[int], lag: int, delays: list[int], row: int) -> None:
    """Taking away all that was not yet public changes nothing on a session or before it, whatever was fetched when."""
    months = np.datetime64("2023-06") + np.cumsum([1 + gap // 3 for gap in gaps])
    days = months.astype("datetime64[D]").astype(object).tolist()
    values = {day: 100.0 + (7 * number) % 11 for number, day in enumerate(days)}
    seen = {day: day + timedelta(days=delay) for day, delay in zip(days, delays, strict=False) if delay % 2}
    one = release(lag=lag, lasts=lag + 60)
    whole = table(one, observed(values, seen))
    session = whole.days[row]
    public = {
        day: value
        for day, value in values.items()
        if min(day + timedelta(days=lag), seen.get(day, date.max)) <= session
    }
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


@given(st.lists(st.floats(50.0, 200.0), min_size=14, max_size=40))
def test_the_yearly_change_is_the_quotient_of_the_two_values_told(values: list[float]) -> None:
    """On every session it is the value told, divided by that of twelve months before, less one."""
    held = monthly(values, "2022-06")
    made = table(release(), observed(held))
    for level, yoy, number in zip(
        made.values("prices"), made.values("prices_yoy"), made.values("prices_date"), strict=True
    ):
        if not isnan(yoy):
            day = date(1970, 1, 1) + timedelta(days=int(number))
            assert yoy == pytest.approx(level / held[day.replace(year=day.year - 1)] - 1.0)


@pytest.mark.skipif(not MACRO.is_dir(), reason="../shared/data holds the real series")
def test_real_releases_are_known_when_they_were_public() -> None:
    """April 2020's jobless rate of 14.8 percent came out on May 8; the first range was announced on December 16, 2008."""
    rate = release("rate", unit=Unit.RATE, series=("UNRATE",), lag=52, lasts=92)
    made = table(rate, {"UNRATE": read_series(MACRO / "UNRATE.csv", "UNRATE", date.max)}, date(2020, 1, 2))
    assert on(made, "rate", date(2020, 5, 7)) < 5
    assert on(made, "rate", date(2020, 5, 26)) == 14.8
    upper = release("upper", Every.DAY, Unit.RATE, series=("DFEDTARU",), lag=0, lasts=8, decimals=2)
    made = table(upper, {"DFEDTARU": read_series(MACRO / "DFEDTARU.csv", "DFEDTARU", date.max)}, date(2008, 12, 1))
    assert isnan(on(made, "upper", date(2008, 12, 15)))
    assert on(made, "upper", date(2008, 12, 16)) == 0.25
