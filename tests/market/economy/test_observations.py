"""Files of economic series in, observations out; or the line that is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import DataError
from generator.market.economy.observations import parse_series, read_series
from generator.market.files.source import CsvSource
from generator.market.panel import lay_out
from generator.market.source import Finding, SourceReply, Status
from generator.model import Bars, Every, Kind, Make, Release, Segment, Unit, Universe

FRED = "observation_date,CPIAUCSL\n2024-01-01,308.4\n2024-02-01,.\n2024-03-01,\n2024-04-01,312.2\n"


def test_a_full_stop_is_a_missing_value() -> None:
    """As FRED writes it; an empty cell is one too."""
    found = parse_series(FRED, "CPIAUCSL", "FRED", "FRED")
    assert found.days.astype(str).tolist() == ["2024-01-01", "2024-04-01"]
    assert found.values.tolist() == [308.4, 312.2]
    assert found.seen is None


def test_a_publisher_may_say_when_a_value_came_out() -> None:
    """A third column names the day of release, for as many values as it is known for."""
    text = "date,value,released\n2024-01-01,308.4,2024-02-13\n2024-02-01,310.3,\n"
    found = parse_series(text, "CPIAUCSL", "cpi.csv", "macro/cpi.csv")
    assert found.seen is not None
    assert found.seen.astype(str).tolist() == ["2024-02-13", "NaT"]


def test_a_file_may_hold_several_releases_of_one_date() -> None:
    """Each value stands from the day on which it came out; a day that only repeats it confirms it."""
    text = (
        "date,released,value\n2024-04-01,2024-07-25,2.8\n2024-04-01,2024-08-29,3.0\n2024-04-01,2024-09-26,3.0\n"
        "2024-07-01,2024-10-30,2.8\n"
    )
    found = parse_series(text, "A", "a.csv", "macro/a.csv", date(2024, 9, 30))
    assert found.seen is not None
    assert found.confirmed is not None
    assert found.values.tolist() == [2.8, 3.0]
    assert found.seen.astype(str).tolist() == ["2024-07-25", "2024-08-29"]
    assert found.confirmed.astype(str).tolist() == ["2024-07-25", "2024-09-26"]


def test_the_first_vintage_of_a_file_says_only_that_its_values_were_out() -> None:
    """What a list of vintages begins with had come out at some time before."""
    text = "vintage,date,value\n2024-06-07,2024-05-01,4.0\n2024-07-05,2024-05-01,4.0\n2024-07-05,2024-06-01,4.1\n"
    found = parse_series(text, "U", "u.csv", "as_of/u.csv")
    assert found.released is not None
    assert found.released.astype(str).tolist() == ["NaT", "2024-07-05"]


def test_a_file_is_read_up_to_a_day(tmp_path: Path) -> None:
    """What was observed later stays out; the origin is what a reader of the ledger understands."""
    (tmp_path / "macro").mkdir()
    path = tmp_path / "macro" / "DFF.csv"
    path.write_text("﻿date,value\r\n2024-07-01,5.33\r\n2024-07-02,5.34\r\n", encoding="utf-8")
    found = read_series(path, "DFF", date(2024, 7, 1))
    assert (found.values.tolist(), found.origin) == ([5.33], "macro/DFF.csv")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", ":1: the header should read 'date,value'"),
        ("day,value\n", ":1: the header should read 'date,value' or 'date,released,value' (it reads: 'day,value')"),
        ("observation_date,DGS10\n", ":1: the header"),
        ("date,value\n2024-07-01\n", ":2: 1 values where the header names 2 columns"),
        ("date,value\n2024-07-01,5.3,1\n", ":2: 3 values"),
        ("date,value\n2024-7-1,5.3\n", ":2: '2024-7-1' is not a date"),
        ("date,value\n2024-02-30,5.3\n", ":2: '2024-02-30' is not a date"),
        ("date,value\n\n2024-07-01,5.3\n2024-07-01,5.3\n", ":4: 2024-07-01 comes after 2024-07-01"),
        ("date,value\n2024-07-01,five\n", ":2: value is 'five'"),
        ("date,value\n2024-07-01,inf\n", ":2: value is 'inf'"),
        ("date,value\n2024-07-01,nan\n", ":2: value is 'nan'"),
        ("date,value\n2024-07-01,1_0\n", ":2: value is '1_0'"),
        ("date,value,released\n2024-07-01,5.3,soon\n", ":2: 'soon' is not a date"),
        ("date,value,released\n2024-07-01,5.3,2024-06-30\n", ":2: 2024-06-30 is before 2024-07-01"),
        (
            "date,released,value\n2024-06-01,2024-07-05,4\n2024-06-01,2024-07-05,5\n",
            ":3: 2024-06-01 stands there twice",
        ),
        ("date,released,value\n2024-06-01,2024-07-05\n", ":2: 2 values where the header names 3 columns"),
        ("vintage,date,value\n2024-07-05,2024-06-31,4\n", ":2: '2024-06-31' is not a date"),
        ("date,released,value\n2024-06-01,2024-07-05,high\n", ":2: value is 'high'"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    """One sentence names the file, the line and what is wrong there."""
    path = tmp_path / "DFF.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as raised:
        read_series(path, "DFF", date.max)
    assert f"{path}{fault}" in str(raised.value)


CELLS = st.tuples(
    st.sampled_from(["2024-01-01", "2024-02-01", "2024-03-01", "2024-2-1", ""]),
    st.sampled_from(["2024-02-14", "2024-03-14", "2024-04-14", "2024-01-14", "2024-13-14", ""]),
    st.sampled_from(["1.5", "2", ".", "", "-1e2", "1_0", "inf", "high"]),
)


@given(rows=st.lists(CELLS, max_size=8, unique_by=lambda cells: cells[:2]), vintages=st.booleans())
def test_a_file_read_at_once_is_what_it_is_row_by_row(rows: list[tuple[str, str, str]], vintages: bool) -> None:
    """The same observations, or the same fault with its line."""
    head = "vintage,date,value" if vintages else "date,value,released"
    lines = [(out, day, value) if vintages else (day, value, out) for day, out, value in rows]
    text = "\n".join([head, *map(",".join, lines)])

    def read() -> object:
        try:
            found = parse_series(text, "R", "R.csv", "R", date(2024, 2, 20))
        except DataError as error:
            return str(error)
        columns = (found.days, found.values, found.seen, found.released, found.confirmed)
        return [None if one is None else (one.dtype, one.tolist()) for one in columns]

    at_once = read()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("generator.market.economy.observations._at_once", lambda rows, names: None)
        assert repr(read()) == repr(at_once)


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    """A file in another encoding is a fault, not a traceback."""
    path = tmp_path / "DFF.csv"
    path.write_bytes(b"date,value\n2024-07-01,\xff\n")
    with pytest.raises(DataError, match="not UTF-8"):
        read_series(path, "DFF", date.max)


def test_a_folder_without_series_is_no_fault(tmp_path: Path) -> None:
    """Without `macro/` there are no releases; a series without a file is left out."""
    source = CsvSource(tmp_path)
    assert source.observations(["DFF"], date.max) == {}
    (tmp_path / "macro").mkdir()
    (tmp_path / "macro" / "DFF.csv").write_text("date,value\n2024-07-01,5.33\n", encoding="utf-8")
    assert list(source.observations(["DFF", "DGS2"], date.max)) == ["DFF"]


def test_vintages_are_read_before_the_plain_file(tmp_path: Path) -> None:
    """The record of one day after another knows more than today's; a number as it was published has its own file."""
    for path, text in {
        "macro/PAYEMS.csv": "date,value\n2024-06-01,158000\n",
        "vintages/as_of/PAYEMS_as_of.csv": "vintage,date,value\n2024-07-05,2024-06-01,158638\n",
        "vintages/PAYEMS.csv": "date,released,value\n2024-06-01,2024-07-05,206\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    found = CsvSource(tmp_path).observations(["PAYEMS", "vintages/PAYEMS"], date.max)
    assert found["PAYEMS"].values.tolist() == [158638.0]
    assert found["vintages/PAYEMS"].values.tolist() == [206.0]
    assert [one.origin for one in found.values()] == ["as_of/PAYEMS_as_of.csv", "vintages/PAYEMS.csv"]


def test_the_future_behind_a_release_is_no_segment(tmp_path: Path) -> None:
    """Its closes become observations of their own days; missed by nobody where it is absent, unless it was asked for."""
    segment = Segment("small", Kind.INDEX, "^RUT", None, ("small",), "Small", "small")
    implied = Release(
        "implied", ("ZQ=F",), Every.DAY, Unit.RATE, 2, 0, 5, "implied rate", "", "", "line", make=Make.HUNDRED_LESS, priced=True
    )  # fmt: skip
    universe = Universe({"small": segment}, {}, ("small",), {"implied": implied})
    days = np.array(["2024-07-10", "2024-07-11"], dtype="datetime64[D]")
    bars = {
        "^RUT": Bars("^RUT", days, close=np.array([2051.0, 2125.0])),
        "ZQ=F": Bars("ZQ=F", days, close=np.array([94.67, np.nan])),
    }
    assert universe.symbols() == ("^RUT", "ZQ=F")
    market = lay_out(SourceReply(bars, {}), universe, date(2024, 7, 11), CsvSource(tmp_path))
    assert list(market.histories) == ["^RUT"]
    assert market.observations["ZQ=F"].values.tolist() == [94.67]
    assert market.omissions == ()
    finding = {"ZQ=F": Finding("ZQ=F", Status.MISSING, "there is none")}
    without = SourceReply({"^RUT": bars["^RUT"]}, finding)
    assert lay_out(without, universe, date(2024, 7, 11), CsvSource(tmp_path)).omissions == ()
    asked = replace(without, fetched_at=datetime(2024, 7, 12, tzinfo=UTC))  # of a service, which should have had it
    told = lay_out(asked, universe, date(2024, 7, 11), CsvSource(tmp_path)).omissions
    assert [(one.symbol, one.reason) for one in told] == [("ZQ=F", "there is none")]
