"""Prices from files: what is read, what is left out, and how each fault is told."""

from __future__ import annotations

import csv
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import DataError
from generator.market.files.bars import parse_days, read_bars
from generator.market.files.source import CsvSource
from generator.model import Bars, Column, Kind

HEADER = "date,open,high,low,close,adj_close,volume"
LAST = date(2024, 7, 11)


def written(folder: Path, symbol: str, *lines: str) -> Path:
    """A price file of the lines given, in the place where the source looks for it."""
    path = folder / "prices" / f"{symbol}.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def held(bars: Bars, name: str = "close") -> Column:
    column = bars.column(name)
    assert column is not None
    return column


def bars_in(path: Path, symbol: str = "X", allow_nonpositive: bool = False) -> Bars:
    return read_bars(path.read_bytes(), symbol, f"prices/{path.name}", allow_nonpositive=allow_nonpositive)


def fault_in(path: Path, symbol: str = "X", allow_nonpositive: bool = False) -> str:
    """The message with which a file is refused, without the file's name."""
    with pytest.raises(DataError) as refused:
        bars_in(path, symbol, allow_nonpositive)
    return str(refused.value).removeprefix(f"prices/{path.name}:")


# --- what is read -------------------------------------------------------------------------------


def test_a_whole_file(tmp_path: Path) -> None:
    """Days and prices come out as they stand in the file; the origin says which file it was."""
    path = written(tmp_path, "IWM", HEADER, "2024-07-10,199.5,202.1,198.25,201.75,200.5,31000000")
    bars = bars_in(path, "IWM")
    assert bars.days.astype(str).tolist() == ["2024-07-10"]
    assert [held(bars, name)[0] for name in ("open", "high", "low", "close", "adj_close")] == [
        199.5, 202.1, 198.25, 201.75, 200.5,
    ]  # fmt: skip
    assert bars.origin == "prices/IWM.csv"


def test_absent_columns_are_none(tmp_path: Path) -> None:
    """A fund of which only the total return is known has no close, rather than one of zeros."""
    bars = bars_in(written(tmp_path, "IWC", "date,adj_close", "2024-07-10,110.25"), "IWC")
    assert bars.close is None
    assert held(bars, "adj_close").tolist() == [110.25]


def test_empty_cells_are_absent_values(tmp_path: Path) -> None:
    """A cell with nothing in it is no price; the neighbours stand."""
    bars = bars_in(written(tmp_path, "X", HEADER, "2024-07-10,,,,,43.5,", "2024-07-11,1,2,1,2,44,"), "X")
    assert np.isnan(held(bars)[0])
    assert held(bars, "adj_close").tolist() == [43.5, 44.0]


def test_volume_and_other_columns_are_not_read(tmp_path: Path) -> None:
    """What is no price does not matter, whatever it says."""
    bars = bars_in(written(tmp_path, "X", "date,close,volume,remark", "2024-07-10,1.5,n/a,dull"), "X")
    assert held(bars).tolist() == [1.5]


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    """The header says which column is which."""
    bars = bars_in(written(tmp_path, "X", "close,date,open", "2.5,2024-07-10,1.5"), "X")
    assert (held(bars)[0], held(bars, "open")[0]) == (2.5, 1.5)


def test_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    """A file saved by a spreadsheet is read like any other."""
    path = written(tmp_path, "X")
    path.write_bytes("\ufeffdate,close\r\n2024-07-10,1.5\r\n\r\n".encode())
    assert held(bars_in(path, "X")).tolist() == [1.5]


def test_rows_after_the_day_asked_for_are_left_out(tmp_path: Path) -> None:
    """An edition knows nothing of what came after it."""
    written(tmp_path, "X", "date,close", "2024-07-10,1.5", "2024-07-12,1.6")
    bars = CsvSource(tmp_path).history(["X"], LAST).bars["X"]
    assert bars.days.astype(str).tolist() == ["2024-07-10"]
    assert held(bars).tolist() == [1.5]


def test_a_symbol_without_a_file_is_an_omission(tmp_path: Path) -> None:
    """No file is no error here: the reply says which file was looked for."""
    written(tmp_path, "X", "date,close", "2024-07-10,1.5")
    reply = CsvSource(tmp_path).history(["X", "^RUT"], LAST)
    assert reply.omissions == {"^RUT": "no prices are held of it: there is no file prices/^RUT.csv"}
    assert list(reply.bars) == ["X"]


def test_a_history_that_begins_later_says_when(tmp_path: Path) -> None:
    """A fund that was not there yet is told by the day on which it begins."""
    written(tmp_path, "X", "date,close", "2024-08-01,1.5")
    reply = CsvSource(tmp_path).history(["X"], LAST)
    assert reply.begins == {"X": date(2024, 8, 1)}
    assert reply.bars == {}


def test_a_file_with_no_rows_holds_no_days(tmp_path: Path) -> None:
    """A header alone is a history of no days; whether that matters is decided later."""
    written(tmp_path, "X", HEADER)
    assert len(CsvSource(tmp_path).history(["X"], LAST).bars["X"].days) == 0


def test_yields_may_be_zero_or_below(tmp_path: Path) -> None:
    """Bills yielded less than nothing in March 2020, and oil futures cost less in April."""
    written(tmp_path, "^IRX", "date,close", "2020-03-25,-0.05", "2020-03-26,0.0")
    reply = CsvSource(tmp_path, frozenset({"^IRX"})).history(["^IRX"], LAST)
    assert held(reply.bars["^IRX"]).tolist() == [-0.05, 0.0]


# --- what is refused ----------------------------------------------------------------------------


def test_a_missing_folder_says_what_should_be_there(tmp_path: Path) -> None:
    """Without the folder there is nothing to omit symbols from: the command was wrong."""
    with pytest.raises(DataError, match=r"prices is not a folder\. .*--data DIR"):
        CsvSource(tmp_path / "nowhere").history(["X"], LAST)


def test_an_unreadable_file_says_so(tmp_path: Path) -> None:
    """A folder under a file's name cannot be read, and the message says why."""
    (tmp_path / "prices" / "X.csv").mkdir(parents=True)
    told = CsvSource(tmp_path).history(["X"], LAST).omissions["X"]
    assert told == "its file has a fault: prices/X.csv: cannot be read (it is not a regular file)."


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "1: there is no header (such as date,open,high,low,close,adj_close,volume)."),
        (["day,close"], "1: the header has no column 'date' (it reads: day,close). Name the columns in line 1."),
        (["date,volume"], "1: the header has no price column; it needs one of open, high, low, close, adj_close."),
        (["date,close,close"], "1: the header names 'close' twice."),
    ],
    ids=["empty", "no date", "no price", "twice"],
)
def test_a_header_that_cannot_serve(tmp_path: Path, lines: list[str], message: str) -> None:
    """Each way in which a first line can be wrong is told by its own sentence."""
    assert fault_in(written(tmp_path, "X", *lines)) == message


GOOD = "2024-07-09,10.0,11.0"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2024-07-32,10.0,11.0", "'2024-07-32' is not a date (written as 2025-06-30)."),
        ("2023-02-29,10.0,11.0", "'2023-02-29' is not a date (written as 2025-06-30)."),
        ("07/10/2024,10.0,11.0", "'07/10/2024' is not a date (written as 2025-06-30)."),
        ("2024-07-10T09:30:00,10.0,11.0", "'2024-07-10T09:30:00' is not a date (written as 2025-06-30)."),
        (",10.0,11.0", "'' is not a date (written as 2025-06-30)."),
        ("2024-07-10,abc,11.0", "open is 'abc', which is not a number."),
        ("2024-07-10,nan,11.0", "open is 'nan', which is not a number."),
        ("2024-07-10,inf,11.0", "open is 'inf', which is not a number."),
        ("2024-07-10,1e999,11.0", "open is '1e999', which is not a number."),
        ('2024-07-10,"1,010.0",11.0', "open is '1,010.0', which is not a number."),
        ("2024-07-10,null,11.0", "open is 'null', which is not a number."),
        ("2024-07-10,10.0,1e308", "close is 1e308; no price is as far from one as that."),
        ("2024-07-10,5e-324,11.0", "open is 5e-324; no price is as far from one as that."),
        ("2024-07-10,\x1b[2J\x07,11.0", "open is '\ufffd[2J\ufffd', which is not a number."),
        (f"2024-07-10,{'9' * 5000}x,11.0", f"open is '{'9' * 39}…', which is not a number."),
        ("2024-07-10,10.0,-11.0", "close is -11.0; a price of this symbol must be above zero."),
        ("2024-07-10,0,11.0", "open is 0; a price of this symbol must be above zero."),
        ("2024-07-09,10.0,11.0", "2024-07-09 stands here a second time (first on line 2)."),
        ("2024-07-08,10.0,11.0", "2024-07-08 comes after 2024-07-09 (line 2): dates must ascend."),
        ("2024-07-10,10.0", "2 values where the header names 3 columns."),
        ("2024-07-10,10,0,11.0", "4 values where the header names 3 columns."),
    ],
)
def test_a_row_that_is_wrong_is_named_by_its_line(tmp_path: Path, row: str, message: str) -> None:
    """Whatever is wrong with a row, the message names the file, the line and the value."""
    path = written(tmp_path, "X", "date,open,close", GOOD, row, "2024-07-11,10.0,11.0")
    assert fault_in(path) == f"3: {message}"


def test_an_infinite_yield_is_still_no_number(tmp_path: Path) -> None:
    """Leave to be negative is not leave to be anything."""
    path = written(tmp_path, "^IRX", "date,close", "2024-07-10,-inf")
    assert fault_in(path, "^IRX", allow_nonpositive=True) == "2: close is '-inf', which is not a number."


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """A spreadsheet under a CSV's name is told from its first line."""
    path = written(tmp_path, "X")
    path.write_bytes(b"PK\x03\x04\xff\xfe\n")
    assert fault_in(path) == "1: is not UTF-8 text."


def test_binary_rubbish_below_a_good_header_is_refused(tmp_path: Path) -> None:
    """A damaged disk block is a bad date on its line."""
    path = written(tmp_path, "X")
    path.write_bytes(b"date,close\n2024-07-10,1.5\n\xff\xfe\x00\x01,2\n")
    assert fault_in(path).startswith("3: '")


def test_blank_lines_count_as_lines(tmp_path: Path) -> None:
    """A blank line is no row, and the line named is still the line in the file."""
    assert fault_in(written(tmp_path, "X", "date,close", "", GOOD[:10] + ",1", "", "x,1")).startswith("5: 'x'")


def test_a_quote_never_closed_is_refused(tmp_path: Path) -> None:
    """A quotation mark that swallows the rest of a long file is told by what the reader makes of it."""
    rows = [f"{date(1990, 1, 1) + timedelta(days=n)},1.5" for n in range(12000)]
    assert "field larger than field limit" in fault_in(written(tmp_path, "X", "date,close", '2024-07-10,"1', *rows))


def test_a_fault_after_the_day_asked_for_is_a_fault(tmp_path: Path) -> None:
    """A file is right or it is not: a replay of an early session does not hide a broken end."""
    written(tmp_path, "X", "date,close", "2024-07-10,1.5", "2024-07-12,abc")
    reply = CsvSource(tmp_path).history(["X"], LAST)
    assert reply.bars == {}
    assert reply.omissions["X"].startswith("its file has a fault: prices/X.csv:3: close is 'abc'")


def test_rows_that_make_up_for_one_another_are_both_wrong(tmp_path: Path) -> None:
    """A cell too few in one row and one too many in another: counted together they would pass, and cells would slide."""
    rows = ["2024-07-09,2029.9,2036.0", "2024-07-10,2042.7", "2024-07-11,2,125.04,2125.04"]
    assert fault_in(written(tmp_path, "X", "date,open,close", *rows)) == (
        "3: 2 values where the header names 3 columns."
    )


# --- for any file -------------------------------------------------------------------------------

PRICES = st.floats(0.01, 1e6).map(repr)
BLANK = ("", "nan", "na", "-")
"""What these cells may hold where a file has no price."""
CELLS = st.one_of(PRICES, st.just(""), st.text('0123456789.,-+e"naif ', max_size=6), st.integers(-2, 2).map(str))
DATES = st.one_of(
    st.dates(date(2024, 1, 1), date(2024, 1, 9)).map(str), st.text("0123456789-/", min_size=8, max_size=11)
)


@given(st.lists(st.tuples(DATES, CELLS), max_size=5))
def test_a_file_is_read_exactly_or_refused_with_a_line(rows: list[tuple[str, str]]) -> None:
    """Whatever stands in a file, it is read as Python would read it, or refused with the file's name."""
    with TemporaryDirectory() as folder:  # a fixture would be shared by all examples
        path = written(Path(folder), "X", "date,close", *(f"{day},{cell}" for day, cell in rows))
        cells = [row for row in csv.reader(path.read_text().splitlines()[1:]) if row]
        try:
            bars = bars_in(path, "X")
        except DataError as refused:
            told = str(refused)
        else:
            told = ""
            bar = sorted((day, float(cell)) for day, cell in cells if cell.strip().lower() not in BLANK)
            assert [str(day).replace("-", "") for day in bars.days] == [day.replace("-", "") for day, _ in bar]
            assert held(bars).tolist() == pytest.approx([price for _, price in bar], rel=1e-15)
    assert not told or told.startswith("prices/X.csv:")


@given(st.lists(st.dates(), min_size=1))
def test_dates_are_read_as_they_are_written(days: list[date]) -> None:
    """Every date of our calendar is read back."""
    texts = np.array([day.isoformat().encode() for day in days], dtype="S16")
    parsed = parse_days(texts)
    assert parsed is not None
    assert parsed.astype(object).tolist() == days


@given(st.text("0123456789-", min_size=10, max_size=10))
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    """Ten characters of the right sort are a date exactly when Python says so."""
    parsed = parse_days(np.array([text.encode()], dtype="S16"))
    try:
        expected = date.fromisoformat(text) if text[4] == text[7] == "-" else None
    except ValueError:
        expected = None
    assert (None if parsed is None else parsed[0].astype(object)) == expected


# --- real history -------------------------------------------------------------------------------


def test_real_history_is_read_whole_and_fast(shared_data: Path) -> None:
    """Every file beside the checkout is read and believed, to the known closes, in well under a second."""
    symbols = [path.stem for path in sorted((shared_data / "prices").glob("*.csv"))]
    kinds = {"^IRX": Kind.YIELD, "^TNX": Kind.YIELD, "^VIX": Kind.VOLATILITY}
    source = CsvSource(shared_data, frozenset({"^IRX", "^TNX"}), kinds)
    source.history(symbols[:1], LAST)  # pandas is imported
    start = time.perf_counter()
    reply = source.history(symbols, date(2025, 6, 30))
    assert time.perf_counter() - start < 3.0  # it takes 0.3 s on an idle machine
    assert not reply.omissions
    closes = dict(zip(reply.bars["^RUT"].days.astype(object), held(reply.bars["^RUT"]), strict=True))
    assert round(closes[date(2024, 11, 25)], 2) == 2442.03
    assert round(closes[date(2025, 4, 8)], 2) == 1760.71


def test_real_history_goes_no_further_than_asked(shared_data: Path) -> None:
    """Asked for a day in the middle, no symbol knows the day after."""
    through = date(2008, 10, 13)
    reply = CsvSource(shared_data, frozenset({"^IRX"})).history(["^RUT", "^IRX", "XLC"], through)
    assert all(bars.days[-1] <= np.datetime64(through) for bars in reply.bars.values())
    assert reply.begins["XLC"] - timedelta(days=1) > through
