"""Figures of real sessions, against what is known of them; skipped where the history is not beside the checkout."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from generator.figures.table import FigureTable
from generator.model import Bars, Group, Kind, Market, Segment, Universe

INDICES = {
    "small": ("^RUT", "IWM", date(1990, 1, 2)),
    "sp500": ("^GSPC", "SPY", date(1988, 1, 4)),
    "nasdaq": ("^IXIC", None, date(1988, 1, 4)),
    "nasdaq100": ("^NDX", "QQQ", date(1988, 1, 4)),
    "dow": ("^DJI", "DIA", date(1993, 1, 4)),
}
FUNDS = {"equal_weight": "RSP", "small_value": "IWN", "small_growth": "IWO", "micro": "IWC"}
SECTORS = {
    "materials": "XLB", "communications": "XLC", "energy": "XLE", "financials": "XLF", "industrials": "XLI",
    "technology": "XLK", "staples": "XLP", "real_estate": "XLRE", "utilities": "XLU", "health": "XLV",
    "discretionary": "XLY",
}  # fmt: skip
SEVEN = ("AAPL", "MSFT", "NVDA", "GOOGL", "AMZN", "META", "TSLA")
FIELDS = ("high", "low", "close", "adj_close")
Ask = Callable[[str, str], float]


def universe() -> Universe:
    segments = [_segment(key, Kind.INDEX, *given) for key, given in INDICES.items()]
    segments += [_segment(key, Kind.FUND, None, symbol) for key, symbol in (FUNDS | SECTORS).items()]
    segments += [_segment(symbol.lower(), Kind.STOCK, None, symbol) for symbol in SEVEN]
    segments += [_segment("note", Kind.YIELD, "^TNX", None), _segment("vix", Kind.VOLATILITY, "^VIX", None)]
    segments += [_segment("mag7", Kind.BASKET, None, None, None, tuple(symbol.lower() for symbol in SEVEN))]
    groups = {"sectors": Group("sectors", tuple(SECTORS), "sector", "sectors")}
    return Universe({segment.key: segment for segment in segments}, groups, ("small", "sp500"))


def _segment(
    key: str,
    kind: Kind,
    price: str | None,
    total: str | None,
    records_from: date | None = None,
    members: tuple[str, ...] = (),
) -> Segment:
    return Segment(key, kind, price, total, (key,), key, key, members, records_from)


def _bars(path: Path, symbol: str, sessions: np.ndarray) -> Bars:
    with path.open(newline="") as file:
        rows = {row["date"]: row for row in csv.DictReader(file)}
    days = [rows.get(str(day), {}) for day in sessions]
    columns = (np.array([float(row.get(name) or "nan") for row in days]) for name in FIELDS)
    return Bars(symbol, sessions, None, *columns)


@pytest.fixture(scope="module")
def figures(shared_data: Path) -> FigureTable:
    """The history of every segment above, on the sessions of the S&P 500."""
    prices = shared_data / "prices"
    with (prices / "^GSPC.csv").open(newline="") as file:
        sessions = np.array([row["date"] for row in csv.DictReader(file)], dtype="M8[D]")
    of = universe()
    histories = {symbol: _bars(prices / f"{symbol}.csv", symbol, sessions) for symbol in of.symbols()}
    half_days = np.zeros(sessions.size, dtype=bool)
    return FigureTable(Market(sessions, date(2025, 7, 1), half_days, histories, (), "csv", "held"), of)


@pytest.fixture(scope="module")
def ask(figures: FigureTable) -> Ask:
    """The printed figure of a name on a day."""

    def printed(name: str, day: str) -> float:
        row = int(np.searchsorted(figures.sessions, np.datetime64(day)))
        assert figures.sessions[row] == np.datetime64(day)
        return float(figures.printed(name)[row])

    return printed


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("small_return_1d", 3.57),
        ("small_level", 2125.04),
        ("sp500_return_1d", -0.88),
        ("nasdaq_return_1d", -1.95),
        ("dow_return_1d", 0.08),
        ("small_minus_sp500_1d", 4.45),
        ("small_minus_sp500_1d_rank", 4),
        ("small_minus_sp500_1d_n", 9280),
        ("small_minus_nasdaq100_1d", 5.81),
        ("small_minus_nasdaq100_1d_rank", 2),
        ("small_return_1d_rank", 99),
        ("equal_weight_return_1d", 1.21),
        ("small_growth_return_1d", 3.22),
        ("small_value_return_1d", 3.97),
        ("micro_return_1d", 4.90),
        ("note_change_1d", -9),
        ("note_level", 4.19),
        ("vix_level", 12.92),
        ("sectors_up_1d", 7),
        ("sectors_n_1d", 11),
        ("sectors_best_return_1d", 2.66),
        ("real_estate_rank_in_sectors_1d", 1),
        ("tsla_return_1d", -8.44),
        ("mag7_n", 7),
        ("small_return_5d", 4.34),
        ("small_return_mtd", 3.78),
        ("sp500_return_mtd", 2.27),
        ("small_return_ytd", 4.83),
        ("sp500_return_ytd", 17.08),
        ("small_drawdown", -13.01),
        ("sp500_record_close_before", 1),
        ("nasdaq_record_close_before", 1),
    ],
)
def test_the_session_of_11_july_2024(ask: Ask, name: str, expected: float) -> None:
    """The day on which small caps led by 4.45 points reads as it was reported."""
    assert ask(name, "2024-07-11") == expected


def test_real_estate_led_the_sectors(figures: FigureTable, ask: Ask) -> None:
    """The best sector of 11 July 2024 is named."""
    vocabulary = figures.catalogue.define("sectors_best_1d").vocabulary
    assert vocabulary[int(ask("sectors_best_1d", "2024-07-11"))] == "real_estate"


def test_the_highest_since_march_2022(ask: Ask) -> None:
    """The Russell 2000's close of 11 July 2024 was last reached on 29 March 2022."""
    assert np.datetime64(int(ask("small_level_highest_since", "2024-07-11")), "D") == np.datetime64("2022-03-29")


def test_one_close_is_a_record_and_the_other_is_not(ask: Ask) -> None:
    """2,442.74 on 8 November 2021 was a record close; 2,442.03 on 25 November 2024 was not, though its high was."""
    assert (ask("small_level", "2021-11-08"), ask("small_record_close", "2021-11-08")) == (2442.74, 1)
    assert (ask("small_level", "2024-11-25"), ask("small_record_close", "2024-11-25")) == (2442.03, 0)
    assert ask("small_record_intraday", "2024-11-25") == 1
    assert ask("small_to_record", "2024-11-25") == 0.03


@pytest.mark.parametrize(
    ("segment", "entered"),
    [("small", "2025-04-03"), ("sp500", "2020-03-12"), ("sp500", "2022-06-13"), ("small", "2022-01-27")],
)
def test_bear_markets_begin_on_the_days_they_are_known_by(ask: Ask, segment: str, entered: str) -> None:
    """The first close a fifth below the peak."""
    assert ask(f"{segment}_bear_entered", entered) == 1


def test_the_crash_of_march_2020_in_figures(ask: Ask) -> None:
    """The S&P 500 bottomed 33.92% below its record on 23 March 2020 and left its bear market on 8 April."""
    assert ask("sp500_bear_low_decline", "2020-04-08") == -33.92
    assert np.datetime64(int(ask("sp500_bear_low_date", "2020-04-08")), "D") == np.datetime64("2020-03-23")
    assert ask("sp500_bear_left", "2020-04-08") == 1


def test_the_year_so_far_in_2025(ask: Ask) -> None:
    """From 2,230.16 to 2,175.04 the Russell 2000 had lost 2.47% by 30 June 2025, the S&P 500 gained 5.50%."""
    assert ask("small_return_ytd", "2025-06-30") == -2.47
    assert ask("sp500_return_ytd", "2025-06-30") == 5.50
    assert ask("small_total_return_qtd", "2025-06-30") == 8.47


def test_the_calendar_of_good_friday(ask: Ask) -> None:
    """28 March 2024 ended a week, a month and a quarter, before a holiday."""
    for name in ("week_ends", "month_ends", "quarter_ends", "before_holiday", "holiday_week"):
        assert ask(name, "2024-03-28") == 1
    assert ask("after_holiday", "2024-04-01") == 1
