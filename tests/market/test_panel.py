"""Bars from many calendars laid on the exchange's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.editorial.universe import read_universe
from generator.errors import CoreSymbolError, SessionError
from generator.market import panel
from generator.market.files.source import CsvSource
from generator.market.panel import lay_out, load_history, load_market
from generator.market.simulated.source import SampleSource
from generator.market.source import PRICE_COLUMNS, Held, SourceReply
from generator.market.store.fetching import fetch
from generator.market.store.file import PriceStore
from generator.market.store.stored_source import StoredSource
from generator.market.yahoo.source import YahooSource
from generator.model import Bars, Column, Kind, Market, Observations, Segment, Universe
from tests.market.store.invented import Supplier
from tests.small_publication import write_small

SESSION = date(2024, 7, 11)
FETCHED = datetime(2024, 7, 11, 21, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Invented:
    """A source that gives what it was told to."""

    reply: SourceReply
    key: str = "invented"
    supplier: str = "nobody"
    simulated: bool = False

    def history(self, symbols: Sequence[str], through: date, held: Mapping[str, Held] | None = None) -> SourceReply:
        return self.reply

    def observations(self, series: Sequence[str], through: date) -> Mapping[str, Observations]:
        return {}

    def pinned(self, symbols: Sequence[str], series: Sequence[str]) -> None:
        return None


@dataclass(frozen=True)
class Ending:
    """A source in which one symbol's history ends early."""

    source: SampleSource
    symbol: str
    last: date
    key: str = "invented"
    supplier: str = "nobody"
    simulated: bool = False

    def history(self, symbols: Sequence[str], through: date, held: Mapping[str, Held] | None = None) -> SourceReply:
        early = self.source.history([self.symbol], min(through, self.last)).bars
        return SourceReply({**self.source.history(symbols, through).bars, **early})

    def observations(self, series: Sequence[str], through: date) -> Mapping[str, Observations]:
        return {}

    def pinned(self, symbols: Sequence[str], series: Sequence[str]) -> None:
        return None


def bars(symbol: str, closes: Mapping[str, float]) -> Bars:
    days = np.array(list(closes), dtype="datetime64[D]")
    return Bars(symbol, days, close=np.array(list(closes.values())), origin=f"prices/{symbol}.csv")


WEEK = {"2024-07-08": 10.0, "2024-07-09": 11.0, "2024-07-10": 12.0, "2024-07-11": 13.0}


def total(symbol: str) -> Bars:
    return Bars(symbol, np.array(list(WEEK), dtype="datetime64[D]"), adj_close=np.array(list(WEEK.values())))


def laid_out(universe: Universe, *others: Bars) -> Market:
    held = [
        *(bars(symbol, WEEK) for symbol in ("^RUT", "^GSPC")),
        *(total(symbol) for symbol in ("IWM", "SPY")),
        *others,
    ]
    source = Invented(SourceReply({each.symbol: each for each in held}, fetched_at=FETCHED))
    return load_market(source, universe, SESSION)


def closes(market: Market, symbol: str) -> Column:
    column = market.histories[symbol].close
    assert column is not None
    return column


def test_all_histories_share_the_sessions(universe: Universe) -> None:
    """Every symbol has one row to each session, the last of which is the edition's."""
    market = laid_out(universe, bars("^TNX", {"2024-07-09": 4.3}))
    assert market.session == SESSION
    assert all(history.days is market.sessions for history in market.histories.values())
    assert len(closes(market, "^TNX")) == len(market.sessions) == 4


def test_a_session_without_a_row_is_absent(universe: Universe) -> None:
    """A yield that was not quoted is no number, neither zero nor the day before's."""
    market = laid_out(universe, bars("^TNX", {"2024-07-08": 4.2, "2024-07-10": 4.3}))
    np.testing.assert_array_equal(closes(market, "^TNX"), [4.2, np.nan, 4.3, np.nan])


def test_weekend_rows_fall_away(universe: Universe) -> None:
    """Ether trades on Sunday; the exchange does not, and Monday's row is Monday's."""
    ether = {"2024-07-05": 1.0, "2024-07-06": 2.0, "2024-07-07": 3.0, "2024-07-08": 4.0, "2024-07-11": 5.0}
    market = laid_out(universe, bars("ETH-USD", ether))
    assert market.sessions.astype(str).tolist()[:2] == ["2024-07-05", "2024-07-08"]
    np.testing.assert_array_equal(closes(market, "ETH-USD"), [1.0, 4.0, np.nan, np.nan, 5.0])


def test_the_sessions_begin_with_the_earliest_bar(universe: Universe) -> None:
    """The longest history decides how far back the edition can look."""
    market = laid_out(universe, bars("^VIX", {"2024-06-28": 12.0}))
    assert str(market.sessions[0]) == "2024-06-28"
    assert np.isnan(closes(market, "^RUT")[0])


def test_the_sessions_do_not_begin_before_1987(universe: Universe) -> None:
    """Older rows stand in a file without harm, and without use."""
    market = laid_out(universe, bars("DX-Y.NYB", {"1985-02-25": 164.0, "1987-01-02": 103.0}))
    assert str(market.sessions[0]) == "1987-01-02"
    assert closes(market, "DX-Y.NYB")[0] == 103.0


def test_rows_after_the_session_are_ignored(universe: Universe) -> None:
    """Should a source give more than it was asked for, the edition still knows nothing of tomorrow."""
    market = laid_out(universe, bars("^VIX", {**WEEK, "2024-07-12": 99.0}))
    assert closes(market, "^VIX").tolist() == [10.0, 11.0, 12.0, 13.0]


def test_absent_columns_stay_absent(universe: Universe) -> None:
    """A symbol with closes alone has no opens on the panel either."""
    assert laid_out(universe).histories["^RUT"].open is None


def test_an_empty_history_is_not_on_the_panel(universe: Universe) -> None:
    """A file without rows leaves no column of nothing behind, only its omission."""
    market = laid_out(universe, bars("^VIX", {}))
    assert "^VIX" not in market.histories
    assert "^VIX" in {omission.symbol for omission in market.omissions}


def test_the_calendar_comes_along(universe: Universe) -> None:
    """The market knows the next session and which of its own were half days."""
    source = SampleSource(universe)
    market = load_market(source, universe, date(2024, 11, 29))
    assert market.next_session == date(2024, 12, 2)
    assert market.half_days[-3:].tolist() == [False, False, True]


def test_where_the_prices_are_from_comes_along(universe: Universe) -> None:
    """Source, supplier, time of asking and file are kept for the ledger."""
    market = laid_out(universe)
    assert (market.source, market.supplier, market.simulated, market.fetched_at) == (
        "invented", "nobody", False, FETCHED,
    )  # fmt: skip
    assert market.histories["^RUT"].origin == "prices/^RUT.csv"


def test_an_incomplete_core_is_not_laid_out(universe: Universe) -> None:
    """There is no market without its core."""
    with pytest.raises(CoreSymbolError, match=r"\^GSPC"):
        load_market(Invented(SourceReply({"^RUT": bars("^RUT", WEEK)})), universe, SESSION)


def test_each_source_is_laid_out_pinned_or_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From files a market is laid out once and kept; any other source, the store among them, each time it is asked."""
    day = date(2003, 7, 11)
    universe = read_universe(write_small(tmp_path / "small") / "content")
    sample = SampleSource(universe)
    given = {symbol: each.at(each.days >= date(2002, 7, 11)) for symbol, each in told(sample, universe, day).items()}
    write_prices(tmp_path / "prices", given)
    laid: list[str] = []
    monkeypatch.setattr(panel, "lay_out", lambda *of: (laid.append(of[3].key), lay_out(*of))[1])
    with PriceStore.open(tmp_path / "store", create=True) as store:
        supplier = Supplier(given)
        fetch(supplier, store, universe, day)
        sources = (CsvSource(tmp_path, kinds=universe.kinds()), sample, StoredSource(store, supplier))
        assert [source.pinned((), ()) is not None for source in sources] == [True, False, False]
        assert [load_market(source, universe, day).session for source in (*sources, *sources)] == [day] * 6
    assert sorted(laid) == ["csv", "sample", "sample", "yahoo", "yahoo"]
    assert YahooSource().pinned((), ()) is None


def told(source: SampleSource, universe: Universe, day: date) -> Mapping[str, Bars]:
    return source.history(universe.symbols(), day).bars


def write_prices(folder: Path, given: Mapping[str, Bars]) -> None:
    folder.mkdir()
    for symbol, each in given.items():
        names = [name for name in PRICE_COLUMNS if each.column(name) is not None]
        columns = [column for name in names if (column := each.column(name)) is not None]
        rows = (",".join(map(str, row)) for row in zip(each.days, *columns, strict=True))
        (folder / f"{symbol}.csv").write_text("\n".join([",".join(["date", *names]), *rows, ""]))


def test_history_runs_as_far_as_the_core_is_held(universe: Universe) -> None:
    """Without a session to be about, the market ends on the last day on which every core symbol has a close."""
    source = SampleSource(universe)
    assert load_history(Ending(source, "^GSPC", date(2024, 7, 9)), universe, SESSION).session == date(2024, 7, 9)
    assert load_history(source, universe, SESSION).session == SESSION


@given(st.dictionaries(st.dates(date(2024, 6, 1), SESSION), st.floats(1, 1e6), min_size=1))
def test_no_value_is_moved_or_made_up(values: dict[date, float]) -> None:
    """Every value on the panel stands on its own day in the source, and every value on a session is on the panel."""
    given_bars = bars("ETH-USD", {str(day): values[day] for day in sorted(values)})
    nothing = Universe({}, {}, ())
    market = lay_out(SourceReply({"ETH-USD": given_bars}), nothing, SESSION, Invented(SourceReply({})))
    laid = dict(zip(market.sessions.astype(object), closes(market, "ETH-USD"), strict=True))
    assert {day: value for day, value in laid.items() if not np.isnan(value)} == {
        day: value for day, value in values.items() if day in laid
    }


def test_prices_from_before_the_day_are_not_there() -> None:
    """What hindsight chose has no past before the day from which it is told: and is left out while none of it is due."""
    days = {"2024-07-09": 1.0, "2024-07-10": 2.0, "2024-07-11": 3.0}
    held = SourceReply({"CHOSEN": bars("CHOSEN", days), "OTHER": bars("OTHER", days)})
    stocks = {
        key: Segment(key, Kind.STOCK, key.upper(), None, (key,), key, key, told_from=first)
        for key, first in {"chosen": date(2024, 7, 10), "other": None}.items()
    }
    market = lay_out(held, Universe(stocks, {}, ()), SESSION, Invented(held))
    assert [np.isnan(closes(market, symbol)).tolist() for symbol in ("CHOSEN", "OTHER")] == [
        [True, False, False],
        [False, False, False],
    ]
    late = Universe(
        {"chosen": replace(stocks["chosen"], told_from=date(2024, 7, 12)), "other": stocks["other"]}, {}, ()
    )
    market = lay_out(held, late, SESSION, Invented(held))
    assert "CHOSEN" not in market.histories
    assert [(one.symbol, one.reason) for one in market.omissions] == [("CHOSEN", "begins on 2024-07-12")]


# --- the real market ----------------------------------------------------------------------------


def test_real_history_on_a_bond_holiday(shared_data: Path, universe: Universe) -> None:
    """On Veterans' Day 2016 stocks traded and bonds did not: the yield is left out, and nothing else of the core."""
    market = load_market(CsvSource(shared_data, frozenset({"^TNX"})), universe, date(2016, 11, 11))
    left_out = {omission.symbol: omission.reason for omission in market.omissions}
    assert left_out["^TNX"] == "no value for 2016-11-11 (last held on 2016-11-10)"
    assert left_out["XLC"] == "begins on 2018-06-19"
    assert np.isfinite(closes(market, "^RUT")[-1])


def test_real_history_has_no_hole_in_its_indices(shared_data: Path, universe: Universe) -> None:
    """From their first day to the last, neither core index lacks a session."""
    market = load_market(CsvSource(shared_data, frozenset({"^TNX"})), universe, date(2025, 6, 30))
    for symbol in universe.core_symbols():
        held = np.isfinite(closes(market, symbol))
        assert held[np.argmax(held) :].all()


def test_real_history_that_ends_early(shared_data: Path, universe: Universe) -> None:
    """The files stop on 30 June 2025; an edition for a later session is told how to get that one."""
    with pytest.raises(CoreSymbolError, match="ask for 2025-06-30, the last session held"):
        load_market(CsvSource(shared_data, frozenset({"^TNX"})), universe, date(2025, 7, 11))


def test_real_history_is_tried_to_its_end(shared_data: Path, universe: Universe) -> None:
    """`check` asks for no session: the files are read as far as they go."""
    source = CsvSource(shared_data, frozenset({"^TNX"}))
    assert load_history(source, universe, date(2025, 7, 11)).session == date(2025, 6, 30)


def test_real_history_before_it_begins(shared_data: Path, universe: Universe) -> None:
    """The Russell 2000 is held from 10 September 1987; until there is a close to move from there is no edition."""
    with pytest.raises(SessionError, match="first session available is 1987-09-11"):
        load_market(CsvSource(shared_data, frozenset({"^TNX"})), universe, date(1987, 3, 2))
