"""Facts and events: both readers come to the same, day by day, each by its own way."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.editorial.calendars import gather_calendars
from generator.editorial.facts import gather_facts
from generator.errors import UnknownFigureError
from generator.market.sessions import trading_days
from generator.model import Calendar, Counting, DayRule, Days, Event, Fact, FigureDefinition, Market, Plan, Unit
from generator.narrative.situations.citations import Cited
from generator.project import bundled_root
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.prices import PriceTable

from ..invented import UNIVERSE


class _Nothing:
    """No figures at all, over the sessions: its catalogue is itself and knows no name."""

    def __init__(self, sessions: Days) -> None:
        self.sessions = sessions
        self.catalogue = self

    def define(self, name: str) -> FigureDefinition:
        raise UnknownFigureError(name)


def both(
    sessions: Days, facts: tuple[Fact, ...] = (), calendars: tuple[Calendar, ...] = ()
) -> tuple[Cited, SqlColumns]:
    """The two readers over these sessions."""
    days = sessions.astype("datetime64[D]")
    following = (days[-1] + 1).astype(object)
    market = Market(days, following, np.zeros(len(days), dtype=bool), {}, (), "csv", "nobody")
    return Cited(_Nothing(days), facts, calendars), SqlColumns(  # type: ignore[arg-type]
        PriceTable(market), UNIVERSE, facts, calendars
    )


def agree(first: Cited, second: SqlColumns, rows: range) -> None:
    """Every name has the same meaning, the same column and on each of the rows the same source in both."""
    for name, definition in first.names._cited.items():
        computed = second.column(name)
        assert computed is not None, name
        spec = computed.spec
        assert (spec.unit, spec.decimals, spec.label, spec.formula, spec.vocabulary) == (
            definition.unit, definition.decimals, definition.label, definition.formula, definition.vocabulary,
        ), name  # fmt: skip
        np.testing.assert_array_equal(first.values(name), np.array(computed.values), err_msg=name)
        if definition.unit is Unit.FLAG:
            continue
        for row in rows:
            present = not np.isnan(first.values(name)[row])
            fact = second.fact(name, row)
            if present:
                assert fact == first.fact(name, row), name
                assert fact in second.citable(row)
                assert fact in list(first.citable(row))


MONDAY = date(2019, 12, 2)
days = st.integers(-90, 500).map(lambda number: MONDAY + timedelta(days=number))
plans = st.sampled_from(Plan)


@st.composite
def events(draw: st.DrawFn) -> tuple[Event, ...]:
    """Some days, each once, planned or not, some announced late."""
    chosen = sorted(draw(st.sets(days, min_size=1, max_size=12)))
    return tuple(
        Event(day, draw(plans), draw(st.one_of(st.none(), st.just(day - timedelta(days=draw(st.integers(0, 50)))))))
        for day in chosen
    )


@st.composite
def fact(draw: st.DrawFn, number: int) -> Fact:
    """A fact that may overlap with others, may lack a value, and may be public later."""
    begins = draw(days)
    values = {"upper": Decimal(draw(st.sampled_from(["1", "0.25", "5.50"]))), "move": draw(st.sampled_from("abc"))}
    kept = {name: value for name, value in values.items() if draw(st.booleans())}
    ends = begins + timedelta(days=draw(st.integers(1, 200)))
    public = begins + timedelta(days=draw(st.integers(-9, 40)))
    return Fact(draw(st.sampled_from(["bank", "note"])), begins, ends, kept, "A", "https://a.org", public, f"n{number}")


@st.composite
def sessions(draw: st.DrawFn) -> Days:
    """Weekdays, some of them holidays."""
    week = np.arange(np.datetime64(MONDAY), np.datetime64(MONDAY) + draw(st.integers(3, 480)))
    open_ = week[np.is_busday(week)]
    shut = draw(st.sets(st.integers(1, len(open_) - 1), max_size=10))
    return np.delete(open_, sorted(shut)).astype("datetime64[D]")


@given(sessions(), events(), st.integers(0, 3).flatmap(lambda n: st.tuples(*[fact(i) for i in range(n)])))
@settings(max_examples=15)
def test_both_readers_agree_on_any_calendar_and_facts(
    held: Days, listed: tuple[Event, ...], facts: tuple[Fact, ...]
) -> None:
    """Whatever is listed, overlaps, was moved, or came as a surprise."""
    counted = Calendar("expiry", "B", "https://b.org", "x.yaml:1", rule=DayRule(Counting.THIRD_FRIDAY))
    calendar = Calendar("report", "B", "https://b.org", "y.yaml:1", listed)
    ordered = tuple(sorted(facts, key=lambda one: (one.as_of, one.published, one.key, one.id)))
    first, second = both(held, ordered, (calendar, counted))
    agree(first, second, range(0, len(held), max(1, len(held) // 7)))


@cache
def bundled() -> tuple[tuple[Fact, ...], tuple[Calendar, ...]]:
    content = bundled_root() / "content"
    facts, wrong = gather_facts(content)
    calendars, faults = gather_calendars(content)
    assert wrong == faults == []
    return facts, calendars


def test_both_readers_agree_on_the_bundled_sources() -> None:
    """Over two decades of sessions."""
    first, second = both(trading_days(date(2006, 1, 3), date(2026, 11, 27)), *bundled())
    agree(first, second, range(100, 5200, 513))


def at(name: str, day: str) -> float | str | None:
    """What a name of the bundled sources comes to on a session: a word, an ISO day or a number."""
    first, second = _bundled_readers()
    row = int(np.searchsorted(second.prices.days, date.fromisoformat(day)))
    assert str(second.prices.days[row]) == day
    value = first.values(name)[row]
    definition = first.names.define(name)
    assert second.column(name) is not None
    if np.isnan(value):
        return None
    if definition.unit is Unit.NAME:
        return definition.vocabulary[int(value)]
    return str(np.datetime64(int(value), "D")) if definition.unit is Unit.DATE else float(value)


@cache
def _bundled_readers() -> tuple[Cited, SqlColumns]:
    return both(trading_days(date(1993, 1, 4), date(2026, 11, 27)), *bundled())


@pytest.mark.parametrize(
    ("name", "day", "comes_to"),
    [
        ("fed_today", "2024-09-18", 1.0),
        ("fed_today", "2024-09-19", 0.0),
        ("fed_sessions_since", "2024-09-19", 1.0),
        ("last_fed_decision_change_bp", "2024-09-19", -50.0),
        ("fed_decision_change_bp", "2024-09-19", None),
        ("fed_decision_sessions_since", "2024-09-19", 1.0),
        ("fed_next", "2024-09-18", "2024-11-07"),
        ("fed_days_until", "2024-11-06", 1.0),
        ("fed_last", "2024-11-08", "2024-11-07"),
        ("fed_decision_sessions_since", "2026-10-29", None),  # that decision is not on file, however long ago the last was
        ("fed_next", "2020-03-10", None),  # the meeting that was to come never took place
        ("fed_today", "2020-03-16", 1.0),  # decided on Sunday
        ("fed_next", "2020-03-16", "2020-04-29"),  # and not the surprise of the 23rd
        ("jobs_report_today", "2026-04-06", 1.0),  # on Good Friday
        ("jobs_report_next", "2025-09-30", None),  # a shutdown was to move it
        ("jobs_report_today", "2025-11-20", 1.0),
        ("cpi_report_next", "2024-07-10", "2024-07-11"),
        ("cpi_report_today", "1993-06-15", None),  # before the list begins
        ("fed_next", "2026-11-27", "2026-12-09"),
        ("option_expiry_next", "2025-04-14", "2025-04-17"),  # the Friday is Good Friday
        ("quarterly_expiry_next", "2026-06-15", "2026-06-18"),  # the Friday is Juneteenth
        ("election_next", "2024-11-01", "2024-11-05"),
        ("presidential_election_next", "2022-11-01", None),
        ("midterm_election_next", "2022-11-01", "2022-11-08"),
        ("reconstitution_next", "2025-06-20", "2025-06-27"),
        ("last_sep_median_first_year_median", "2025-09-18", 3.6),
        ("floating_debt_house", "2024-08-14", "Plante Moran"),
        ("floating_debt_small", "2024-08-15", 51.0),
        ("bofa_valuation_small", "2023-12-12", None),  # measured by then, and not public
        ("bofa_valuation_small", "2023-12-13", 13.5),
        ("note_today", "2024-09-18", 0.0),
        ("note_says", "2024-09-18", None),
    ],
)  # fmt: skip
def test_what_the_bundled_sources_tell_on_a_day(name: str, day: str, comes_to: object) -> None:
    """A few days on which it is easily got wrong."""
    assert at(name, day) == comes_to
