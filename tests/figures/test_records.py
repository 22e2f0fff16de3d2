"""Record closes, claimed only where the history can bear them out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from generator.figures.table import FigureTable
from generator.model import Segment

Table = Callable[..., FigureTable]
Make = Callable[..., Segment]
CLOSES = [100.0, 104.0, 103.0, 104.0, 101.0, 105.0, 106.0]


def test_a_record_is_above_every_earlier_close(table: Table) -> None:
    """To equal the record is not to set one."""
    assert table({"small": CLOSES}).values("small_record_close").tolist() == [1, 1, 0, 0, 0, 1, 1]


def test_no_record_is_claimed_before_the_history_allows(table: Table, segment: Make) -> None:
    """Before `records_from` there is neither a record nor a distance to one."""
    figures = table({"small": CLOSES}, segment("small", records_from=date(2024, 1, 5)))
    for name in ("small_record_close", "small_drawdown", "small_to_record", "small_records_ytd"):
        assert np.isnan(figures.values(name)[:4]).all()
        assert not np.isnan(figures.values(name)[4:]).any()


def test_an_earlier_peak_still_counts_once_records_are_claimed(table: Table, segment: Make) -> None:
    """The record is the highest close held, also if it came before `records_from`."""
    figures = table({"small": CLOSES}, segment("small", records_from=date(2024, 1, 5)))
    assert figures.values("small_record_level")[4] == 104.0
    assert figures.values("small_record_close")[4] == 0.0


def test_a_segment_without_a_first_day_never_has_a_record(table: Table, segment: Make) -> None:
    """A fund that is younger than its market claims nothing."""
    figures = table({"small": CLOSES}, segment("small", records_from=None))
    assert np.isnan(figures.values("small_record_close")).all()
    assert np.isnan(figures.values("small_record_intraday")).all()


def of_a_real_market(figures: FigureTable, *gaps: int) -> FigureTable:
    """The same closes, not made up; the rows named are missing."""
    missing = {("SMALL", "close"): figures.sessions[list(gaps)]} if gaps else {}
    return FigureTable(replace(figures.market, simulated=False, gaps=missing), figures.catalogue.universe)


def test_no_record_is_claimed_beyond_the_first_day_held(table: Table, segment: Make) -> None:
    """A history cut to a few years has no record, whatever it closes at; one that begins in time has."""
    late = of_a_real_market(table({"small": CLOSES}, segment("small", records_from=date(2023, 12, 29))))
    for name in ("small_record_close", "small_record_level", "small_drawdown", "small_record_intraday", "small_bear"):
        assert np.isnan(late.values(name)).all()
    early = of_a_real_market(table({"small": CLOSES}, segment("small", records_from=date(2024, 1, 1))))
    assert early.values("small_record_close").tolist() == [1, 1, 0, 0, 0, 1, 1]


def test_a_missing_session_may_have_been_the_record(table: Table, segment: Make) -> None:
    """Up to it records are records; from it on nobody knows."""
    holed = [100.0, 104.0, None, 104.0, 101.0, 105.0, 106.0]
    figures = of_a_real_market(table({"small": holed}, segment("small", records_from=date(2024, 1, 1))), 2)
    assert figures.values("small_record_close")[:2].tolist() == [1, 1]
    assert np.isnan(figures.values("small_record_close")[2:]).all()
    assert np.isnan(figures.values("small_correction")[2:]).all()


def test_the_record_to_date_and_the_one_before_today(table: Table) -> None:
    """On a record close today's level is the record, and yesterday's the one that fell."""
    figures = table({"small": CLOSES})
    assert figures.values("small_record_level")[-1] == 106.0
    assert figures.values("small_prior_record_level")[-1] == 105.0
    assert np.datetime64(int(figures.values("small_record_date")[4]), "D") == np.datetime64("2024-01-02")
    assert np.datetime64(int(figures.values("small_prior_record_date")[5]), "D") == np.datetime64("2024-01-02")


def test_how_long_since_and_how_long_it_took(table: Table) -> None:
    """Sessions since count up between records; the wait is told on the record day alone."""
    figures = table({"small": CLOSES})
    assert figures.values("small_sessions_since_record").tolist() == [0, 0, 1, 2, 3, 0, 0]
    assert figures.values("small_record_wait").tolist() == pytest.approx(
        [np.nan, 1, np.nan, np.nan, np.nan, 4, 1], nan_ok=True
    )


def test_records_of_the_year_start_again_in_january(table: Table) -> None:
    """The count of records is this calendar year's."""
    days = np.array(["2023-12-27", "2023-12-28", "2023-12-29", "2024-01-02", "2024-01-03"], dtype="M8[D]")
    figures = table({"small": [100.0, 101, 102, 103, 102]}, days=days)
    assert figures.values("small_records_ytd").tolist() == [1, 2, 3, 1, 1]


def test_the_rise_that_a_record_needs(table: Table) -> None:
    """From 101 it takes 2.97% to stand at 104 again; at the record it takes nothing."""
    to_record = table({"small": CLOSES}).printed("small_to_record")
    assert (to_record[4], to_record[5]) == (2.97, 0.0)


def test_a_record_within_the_session_need_not_hold_to_the_close(table: Table) -> None:
    """A high of 108 is a record high though the close is none; where no high is held the close stands for it."""
    figures = table({"small": CLOSES}, bars={"SMALL": {"high": [None, 104.0, 108.0, 105.0, None, 107.0, 109.0]}})
    assert figures.values("small_record_intraday").tolist() == [1, 1, 1, 0, 0, 0, 1]


def test_a_session_without_a_close_has_no_record(table: Table) -> None:
    """An absent close is no record, and the record before it stands."""
    figures = table({"small": [100.0, None, 101.0]})
    assert np.isnan(figures.values("small_record_close")[1])
    assert figures.values("small_prior_record_level")[2] == 100.0


def test_the_evidence_is_todays_close_and_the_records(table: Table) -> None:
    """The two closes that are compared are shown."""
    figures = table({"small": CLOSES})
    assert [price.value for price in figures.evidence("small_to_record", 4)] == [104.0, 101.0]
    assert [price.value for price in figures.evidence("small_record_close", 6)] == [105.0, 106.0]
