"""Numbers as they came out: told from their own day, compared on the record of that day, as news for a while."""

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

from generator.editorial.universe import read_universe
from generator.figures.releases import sources_told
from generator.figures.table import FigureTable
from generator.figures.vintages import Record, Standing
from generator.market.economy.observations import read_series
from generator.market.economy.vintages import listed, on_record
from generator.market.files.source import CsvSource
from generator.model import Every, Make, Market, Observations, Release, Unit, Universe
from generator.project import bundled_root

DATA = Path(__file__).parents[3] / "shared" / "data"
EPOCH = date(1970, 1, 1)
MAY, JUNE, JULY = date(2024, 5, 1), date(2024, 6, 1), date(2024, 7, 1)
OUT = {MAY: date(2024, 6, 7), JUNE: date(2024, 7, 5), JULY: date(2024, 8, 2)}
Row = tuple[date, date, float]


def release(unit: Unit = Unit.RATE, every: Every = Every.MONTH, **fields: object) -> Release:
    """A monthly rate that is told until 90 days after the first of its month."""
    made = Release(
        "rate", ("R",), every, unit, 1, None, 90, "rate", "An office", "https://example.org", "universe:rate"
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def record(*rows: Row, name: str = "R", exact: bool = True) -> dict[str, Observations]:
    """A series by rows of (day of the record, period, value)."""
    return {name: on_record(name, listed(rows, first_is_exact=exact), "macro/R.csv")}


def table(one: Release, held: Mapping[str, Observations], sessions: int = 120) -> FigureTable:
    """A table over weekdays from June 2024 on, with nothing in it but this release."""
    days = np.busday_offset(np.datetime64("2024-06-03"), np.arange(sessions), roll="forward")
    following = days[-1].astype(object) + timedelta(days=1)
    market = Market(days, following, np.zeros(sessions, dtype=bool), {}, (), "csv", "nobody", observations=held)
    return FigureTable(market, Universe({}, {}, (), {one.key: one}))


def on(made: FigureTable, name: str, day: date) -> float:
    """The printed figure on a session."""
    return float(made.printed(name)[int(np.searchsorted(made.sessions, np.datetime64(day)))])


def vintages(*of_each: Sequence[float]) -> list[Row]:
    """One record for each release from May's on: the last number of each list is the newest, those before it older."""
    months = [date(2024, month, 1) for month in range(1, 8)]
    rows = []
    for (newest, out), values in zip(OUT.items(), of_each, strict=False):
        upto = months[: months.index(newest) + 1]
        rows += [(out, period, value) for period, value in zip(upto[-len(values) :], values, strict=True)]
    return rows


def test_a_number_is_told_from_the_day_it_came_out() -> None:
    """June's, out on July 5, is there on July 5 and not on the 3rd, whatever the lag of other months."""
    made = table(release(), record(*vintages([4.0], [4.1])))
    assert on(made, "rate", date(2024, 7, 3)) == 4.0
    assert on(made, "rate", date(2024, 7, 5)) == 4.1
    assert on(made, "rate_date", date(2024, 7, 5)) == (JUNE - EPOCH).days
    assert on(made, "rate_released", date(2024, 7, 8)) == (OUT[JUNE] - EPOCH).days


def test_it_is_news_on_its_day_and_the_session_after() -> None:
    """The count of sessions since is 0 on Friday the 5th, 1 on Monday, 2 on Tuesday."""
    made = table(release(), record(*vintages([4.0], [4.1])))
    days = [date(2024, 7, day) for day in (5, 8, 9)]
    assert [on(made, "rate_sessions_since_release", day) for day in days] == [0.0, 1.0, 2.0]


def test_what_comes_out_on_a_holiday_is_new_on_the_next_session() -> None:
    """Out on a Saturday, it is told on Monday, as of that day."""
    made = table(release(), record((date(2024, 7, 6), JUNE, 4.1)))
    assert on(made, "rate_sessions_since_release", date(2024, 7, 8)) == 0.0


def test_the_past_is_told_as_it_was_and_a_revision_does_not_reach_back() -> None:
    """June was 4.1 when it came out and 3.9 a month later: July's sessions know 4.1."""
    made = table(release(), record(*vintages([4.0], [4.0, 4.1], [3.9, 4.3])))
    assert on(made, "rate", date(2024, 7, 31)) == 4.1
    assert on(made, "rate", date(2024, 8, 2)) == 4.3
    assert on(made, "rate_prior", date(2024, 8, 2)) == 3.9


def test_both_ends_of_a_change_stand_on_one_record() -> None:
    """On July's release June is 3.9, not the 4.1 that it first was: 4.3 is 0.4 points more."""
    made = table(release(revisable=True), record(*vintages([4.0], [4.0, 4.1], [3.9, 4.3])))
    assert on(made, "rate_change", date(2024, 8, 2)) == 0.4
    behind = {(item.field, item.day, item.value) for item in made.evidence("rate_change", 44)}
    assert behind == {("observation as of 2024-08-02", JUNE, 3.9), ("observation as of 2024-08-02", JULY, 4.3)}


def test_without_the_record_of_the_day_a_comparison_is_absent() -> None:
    """Where only first prints are held, what June had become by August is not known, and nothing is said of it."""
    first_prints = record(*vintages([4.0], [4.1], [4.3]))
    made = table(release(revisable=True), first_prints)
    assert on(made, "rate", date(2024, 8, 2)) == 4.3
    for name in ("rate_prior", "rate_change", "rate_as_high", "rate_periods_as_low"):
        assert np.isnan(made.values(name)).all()
    final = table(release(), first_prints)  # of a number that is not revised the first print is good for ever
    assert on(final, "rate_prior", date(2024, 8, 2)) == 4.1


def test_payrolls_change_by_the_level_before_on_the_same_record() -> None:
    """158,200 less 158,000 as then revised is 200 thousand, not 100 against the 158,100 first told."""
    jobs = release(Unit.COUNT, make=Make.CHANGE, scale=1000.0, decimals=0, signed=True, revisable=True)
    made = table(jobs, record(*vintages([157900.0, 158100.0], [158000.0, 158200.0])))
    assert on(made, "rate", date(2024, 7, 5)) == 200_000.0
    assert on(made, "rate", date(2024, 6, 7)) == 200_000.0
    assert isnan(on(made, "rate_prior", date(2024, 7, 5)))  # May's own change would need April on the record of July 5


def test_a_yearly_rate_is_made_of_the_index_and_gives_way_to_what_was_published() -> None:
    """103.25 against 100 is 3.3 percent by the index; the office said 3.2, and the page says what it said."""
    prices = release(make=Make.YEARLY_GROWTH, published=("vintages/R_YOY",))
    index = record((OUT[JUNE], date(2023, 6, 1), 100.0), (OUT[JUNE], JUNE, 103.25))
    assert on(table(prices, index), "rate", date(2024, 7, 5)) == 3.3
    said = record((OUT[JUNE], JUNE, 3.2), name="vintages/R_YOY")
    made = table(prices, index | said)
    assert on(made, "rate", date(2024, 7, 5)) == 3.2
    assert {item.symbol for item in made.evidence("rate", 24)} == {"vintages/R_YOY"}


def test_a_second_estimate_is_a_release_of_its_own() -> None:
    """Three estimates of one quarter: each is told from its day on, and is news on it."""
    growth = release(
        every=Every.QUARTER, published=("vintages/A", "vintages/B"), signed=True, revisable=True, lasts=255
    )
    first = record((date(2024, 7, 25), date(2024, 4, 1), 2.8), name="vintages/A")
    second = record((date(2024, 8, 29), date(2024, 4, 1), 3.0), name="vintages/B")
    made = table(growth, first | second)
    assert [on(made, "rate", date(2024, 8, day)) for day in (28, 29)] == [2.8, 3.0]
    assert [on(made, "rate_sessions_since_release", date(2024, 8, day)) for day in (28, 29)] == [24.0, 0.0]


def test_what_was_out_when_somebody_first_looked_is_no_news() -> None:
    """Of the first fetch of a store it is known that the number was public, not since when: it is context, undated."""
    made = table(release(), record((date(2024, 7, 9), JUNE, 4.1), exact=False))
    assert on(made, "rate", date(2024, 7, 9)) == 4.1
    assert isnan(on(made, "rate_sessions_since_release", date(2024, 7, 9)))
    assert isnan(on(made, "rate_released", date(2024, 7, 9)))
    (fact,) = sources_told(made, made.catalogue.universe, 30)
    assert (fact.dated, fact.published) == ("observation of", JUNE)


def test_values_without_a_day_are_never_told() -> None:
    """Today's revision of the past says nothing of what was known then."""
    days = np.array([MAY, JUNE], dtype="datetime64[D]")
    made = table(release(), {"R": Observations("R", days, np.array([4.0, 4.1]))})
    assert np.isnan(made.values("rate")).all()
    assert list(sources_told(made, made.catalogue.universe, -1)) == []


def test_the_source_is_dated_with_the_day_it_came_out() -> None:
    """What a page lists says when the number was published, and the ledger which period it is of."""
    made = table(release(), record(*vintages([4.0], [4.1])))
    (fact,) = sources_told(made, made.catalogue.universe, 30)
    assert (fact.dated, fact.published, fact.as_of) == ("published", OUT[JUNE], JUNE)


def test_the_last_time_as_high_is_searched_as_far_as_the_record_goes() -> None:
    """July's 4.3 equals April's; a month that the record of that day does not hold ends the search."""
    whole = vintages([4.0], [4.0, 4.1], [4.3, 4.0, 3.9, 4.3])
    made = table(release(revisable=True), record(*whole))
    assert on(made, "rate_as_high", date(2024, 8, 2)) == (date(2024, 4, 1) - EPOCH).days
    assert on(made, "rate_periods_as_high", date(2024, 8, 2)) == 3.0
    short = [row for row in whole if row[:2] != (OUT[JULY], MAY)]
    made = table(release(revisable=True), record(*short))
    assert isnan(on(made, "rate_periods_as_high", date(2024, 8, 2)))


def test_what_lies_off_the_calendar_is_no_period() -> None:
    """A value of the 15th is no month's, and makes no figure of one."""
    made = table(release(), record((OUT[JUNE], date(2024, 6, 15), 9.9), (OUT[JUNE], JUNE, 4.1)))
    assert on(made, "rate", date(2024, 7, 8)) == 4.1


FIGURES = ("rate", "rate_prior", "rate_change", "rate_as_high", "rate_periods_as_low", "rate_sessions_since_release")


@given(
    drops=st.lists(st.integers(0, 40), min_size=3, max_size=25),
    values=st.lists(st.integers(30, 50), min_size=80, max_size=80),
    revisable=st.booleans(),
    make=st.sampled_from([Make.VALUE, Make.CHANGE, Make.GROWTH]),
    cut=st.integers(0, 119),
)
def test_no_session_knows_what_came_out_after_it(
    drops: list[int], values: list[int], revisable: bool, make: Make, cut: int
) -> None:
    """Taking away all that was not yet on record changes nothing on a session or before it."""
    rows: dict[tuple[date, date], float] = {}
    for number, drop in enumerate(drops):
        period = date(2024, 1 + drop % 6, 1)
        out = max(date(2024, 6, 3) + timedelta(days=5 * number), period)
        rows[out, period] = values[number] / 10
        rows[out, date(2024, 1 + (drop + 1) % 6, 1)] = values[number + 40] / 10
    one = release(revisable=revisable, make=make)
    kept = [(out, period, value) for (out, period), value in rows.items() if period <= out]
    whole = table(one, record(*kept))
    session = whole.days[cut]
    part = table(one, record(*(row for row in kept if row[0] <= session)))
    for name in FIGURES:
        if name in whole.catalogue.names_of("rate"):
            assert np.array_equal(whole.printed(name)[: cut + 1], part.printed(name)[: cut + 1], equal_nan=True)


REAL = (
    # the day of release, the first print, and what today's revision makes of that month
    (date(2007, 8, 3), 92_000, -26_000),
    (date(2011, 9, 2), 0, 133_000),
    (date(2017, 10, 6), -33_000, 89_000),
    (date(2020, 4, 3), -701_000, -1_398_000),
    (date(2024, 6, 7), 272_000, 78_000),
    (date(2025, 2, 7), 143_000, -48_000),
    (date(2025, 4, 4), 228_000, 67_000),
)


@pytest.fixture(scope="module")
def real() -> FigureTable:
    """The real releases on the weekdays since 2007, as the program reads them from files."""
    if not (DATA / "vintages").is_dir():
        pytest.skip("../shared/data holds the real vintages")
    universe = read_universe(bundled_root() / "content")
    universe = Universe({}, {}, (), {key: one for key, one in universe.releases.items() if one.lag is None})
    held = CsvSource(DATA).observations((*universe.series(), *universe.published()), date(2025, 6, 30))
    days = np.busday_offset(np.datetime64("2007-01-02"), np.arange(5000), roll="forward")
    days = days[days <= np.datetime64("2025-06-30")]
    market = Market(days, date(2025, 7, 1), np.zeros(days.size, dtype=bool), {}, (), "csv", "", observations=held)
    return FigureTable(market, universe)


@pytest.mark.parametrize(("day", "first_print", "today"), REAL)
def test_the_first_print_is_told_where_it_has_since_been_revised(
    real: FigureTable, day: date, first_print: int, today: int
) -> None:
    """On the day and until the next release the number is the one of that morning, often of another sign than today's."""
    assert on(real, "payrolls", day) == first_print
    assert on(real, "payrolls_sessions_since_release", day) == 0.0
    assert on(real, "payrolls", day + timedelta(days=14)) == first_print
    levels = read_series(DATA / "macro" / "PAYEMS.csv", "PAYEMS", date.max)
    month = EPOCH + timedelta(days=int(on(real, "payrolls_date", day)))
    place = int(np.searchsorted(levels.days, np.datetime64(month)))
    assert (levels.values[place] - levels.values[place - 1]) * 1000 == today


@pytest.mark.parametrize(
    ("day", "name", "value"),
    [
        (date(2020, 5, 8), "unemployment", 14.7),  # revised to 14.8 since
        (date(2022, 7, 13), "cpi", 9.1),
        (date(2022, 7, 28), "gdp", -0.9),  # the advance estimate of the second quarter, growth today
        (date(2025, 4, 30), "gdp", -0.3),
        (date(2025, 5, 29), "gdp", -0.2),
        (date(2025, 6, 26), "gdp", -0.5),
        (date(2025, 6, 11), "cpi", 2.4),
        (date(2020, 3, 26), "claims", 3_283_000),
    ],
)
def test_what_the_offices_said_on_the_day(real: FigureTable, day: date, name: str, value: float) -> None:
    """Numbers that stood in the papers, on the day on which they did."""
    assert on(real, name, day) == value
    assert on(real, f"{name}_sessions_since_release", day) == 0.0
    assert on(real, f"{name}_released", day) == (day - EPOCH).days


def test_june_2025_payrolls_are_not_known_in_june(real: FigureTable) -> None:
    """The report of July 3 is not in what was public on June 30, though the files hold it."""
    assert on(real, "payrolls_date", date(2025, 6, 30)) == (date(2025, 5, 1) - EPOCH).days
    assert on(real, "payrolls_sessions_since_release", date(2025, 6, 30)) > 1


@given(
    rows=st.dictionaries(
        st.tuples(st.integers(0, 12), st.sampled_from(["R", "final"]), st.integers(1, 8)),
        st.one_of(st.integers(-3, 50), st.just(0)),
        min_size=1,
        max_size=40,
    ),
    revisable=st.booleans(),
    make=st.sampled_from([Make.VALUE, Make.CHANGE, Make.GROWTH]),
)
def test_one_number_after_another_is_what_the_whole_record_says(
    rows: dict[tuple[int, str, int], int], revisable: bool, make: Make
) -> None:
    """On each day the last number, and every other, is the one that the record of that day gives as a whole."""
    one = release(revisable=revisable, make=make, published=("final",))
    series = {name: [row for row in rows if row[1] == name] for name in ("R", "final")}
    held = [
        on_record(name, listed([(OUT[MAY] + timedelta(days=out), date(2024, month, 1), rows[out, name, month] / 10)
                                for out, _, month in of]), "macro/R.csv")
        for name, of in series.items()
    ]  # fmt: skip
    whole = Record(one, held)
    standing = Standing(whole)
    for day in whole.days:
        standing.turn_to(int(day.astype("datetime64[D]").astype(np.int64)))
        numbers = whole.numbers(day)
        assert np.array_equal([standing.number(place) for place in range(numbers.size)], numbers, equal_nan=True)
        there = np.flatnonzero(~np.isnan(numbers))
        for least in range(numbers.size):
            last = int(there[-1]) if there.size else -1
            assert standing.last(least) == (last if last >= least else -1)
