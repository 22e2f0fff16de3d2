"""The shapes in which people have their prices: read as they are, or refused in one line that says what to change."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from generator.errors import DataError
from generator.market.files.bars import read_bars
from generator.market.files.source import CsvSource
from generator.model import Bars, Kind

YAHOO = "Date,Open,High,Low,Close,Adj Close,Volume"
ROW = "2024-07-10,10.0,11.0,9.0,10.5,10.25,1000"


def saved(folder: Path, text: str, name: str = "X") -> Path:
    path = folder / f"{name}.csv"
    path.write_bytes(text.encode())
    return path


def bars_in(path: Path, symbol: str = "X", pays: bool = True) -> Bars:
    return read_bars(path.read_bytes(), symbol, path.name, pays=pays)


def closes(bars: Bars) -> list[float]:
    assert bars.close is not None
    return bars.close.tolist()


SHAPES = {
    "the web page of Yahoo": f"{YAHOO}\n{ROW}\n2024-07-11,10.5,12.0,10.0,11.0,10.75,2000\n",
    "Stooq": "Date,Open,High,Low,Close,Volume\r\n2024-07-10,10,11,9,10.5,1000\r\n2024-07-11,10,12,10,11,1000\r\n",
    "Stooq as text": "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n"
    "X.US,D,20240710,000000,10,11,9,10.5,1000,0\nX.US,D,20240711,000000,10,12,10,11,1000,0\n",
    "yfinance, one symbol": "Date,Open,High,Low,Close,Adj Close,Volume,Dividends,Stock Splits\n"
    "2024-07-10 00:00:00-04:00,10,11,9,10.5,10.5,1000,0.0,0.0\n2024-07-11 00:00:00-04:00,10,12,10,11,11,9,0.0,0.0\n",
    "yfinance, a download": "Price,Adj Close,Close,High,Low,Open,Volume\nTicker,X,X,X,X,X,X\nDate,,,,,,\n"
    "2024-07-10,10.5,10.5,11,9,10,1000\n2024-07-11,11,11,12,10,10,1000\n",
    "R, which quotes": '"","date","close"\n"1","2024-07-10",10.5\n"2","2024-07-11",11\n',
    "blanks after commas": "date, close\n2024-07-10, 10.5\n2024-07-11, 11\n",
    "newest first": "date,close\n2024-07-11,11\n2024-07-10,10.5\n",
    "semicolons": "date;close\n2024-07-10;10.5\n2024-07-11;11\n",
    "semicolons and decimal commas": "Date;Close\n2024-07-10;10,5\n2024-07-11;11,00\n",
    "tabs": "date\tclose\n2024-07-10\t10.5\n2024-07-11\t11\n",
    "null on a day that is no bar": "date,open,close\n2024-07-09,null,null\n2024-07-10,1,10.5\n2024-07-11,1,11\n",
    "a mark of the byte order": '\ufeff"Date","Close"\r\n2024-07-10,10.5\r\n2024-07-11,11\r\n',
}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_people_download_is_read_unchanged(tmp_path: Path, shape: str) -> None:
    """Whatever the header, the separators, the order or the quotes: the same two closes."""
    bars = bars_in(saved(tmp_path, SHAPES[shape]))
    assert bars.days.astype(str).tolist() == ["2024-07-10", "2024-07-11"]
    assert closes(bars) == [10.5, 11.0]


def test_a_download_that_is_adjusted_throughout_gives_total_returns_alone(tmp_path: Path) -> None:
    """yfinance adjusts by default: a fund's `Close` without an `Adj Close` beside it is no plain close; an index pays none."""
    text = "Price,Close,High,Low,Open,Volume\nTicker,X,X,X,X,X\nDate,,,,,\n2024-07-10,10.5,11,9,10,1000\n"
    fund = bars_in(saved(tmp_path, text))
    assert fund.close is None
    assert fund.adj_close is not None
    assert fund.adj_close.tolist() == [10.5]
    assert closes(bars_in(saved(tmp_path, text), "^X", pays=False)) == [10.5]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("date;close\n2024-07-10;2,125\n2024-07-11;2,126\n", "2: '2,125' can be read in two ways. Write a point for the decimals."),
        ("date;close\n2024-07-10;1.5\n2024-07-11;2,5\n", "3: '2,5' can be read in two ways. Write a point for the decimals."),
        ("date,close\n07/10/2024,1.5\n", "2: '07/10/2024' is not a date (written as 2025-06-30)."),
        ("PX_LAST\n", "1: the header has no column 'date' (it reads: PX_LAST). Name the columns in line 1."),
        ('date,"close",close\n2024-07-10,1,1\n', "1: the header names 'close' twice."),
        ("Date,Close,close\n2024-07-10,1,1\n", "1: the header names 'close' twice."),
        (f"\x1b[31m{'x' * 5000}\n", "1: the header has no column 'date' (it reads: \ufffd[31m" + "x" * 34 + "…). Name the columns in line 1."),
        ("date,close\n2024-07-11,1\n2024-07-10,1\n2024-07-12,1\n", "3: 2024-07-10 comes after 2024-07-11 (line 2): dates must ascend."),
        ('date,close\n2024-07-10,"2,125"\n', "2: close is '2,125', which is not a number."),
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """One line: the place, what stands there, and what to change."""
    path = saved(tmp_path, text)
    with pytest.raises(DataError) as refused:
        bars_in(path)
    assert str(refused.value) == f"X.csv:{message}"


def test_utf_16_is_named(tmp_path: Path) -> None:
    """What some programs save as Unicode."""
    path = saved(tmp_path, "")
    path.write_bytes("date,close\n".encode("utf-16"))
    with pytest.raises(DataError, match=r"is UTF-16 text\. Save it as UTF-8"):
        bars_in(path)


def test_rows_on_days_without_trading_are_told(tmp_path: Path) -> None:
    """A Saturday's row, and one of next year: left out, and said; crypto trades on Saturdays."""
    (tmp_path / "prices").mkdir()
    text = "date,close\n2024-07-11,10.5\n2024-07-13,10.6\n2199-07-10,10.7\n"
    saved(tmp_path / "prices", text)
    saved(tmp_path / "prices", text, "COIN")
    source = CsvSource(tmp_path, kinds={"X": Kind.FUND, "COIN": Kind.CRYPTO})
    assert source.history(["X", "COIN"], np.datetime64("2024-07-12").astype(object)).notices == (
        "prices/X.csv: the row of 2024-07-13 is of a weekend, when the exchange is shut, and is left out",
        "prices/X.csv: the row of 2199-07-10 is of a day that is not over, and is left out",
    )
