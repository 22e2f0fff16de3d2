"""The table: computed when asked for, kept, and never looking ahead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import UnknownFigureError
from generator.figures.history import BEFORE, OPERATORS
from generator.figures.table import FigureTable
from generator.model import Bars, Figures, Group, Kind, Market, Segment, Universe

Table = Callable[..., FigureTable]
ROWS = 330


def test_a_table_is_what_the_other_rooms_expect(table: Table) -> None:
    """It gives sessions, a catalogue, values, printed numbers and evidence."""
    figures: Figures = table({"small": [100.0, 101.0]})
    assert figures.sessions.size == 2
    assert figures.catalogue.define("small_level").name == "small_level"


def test_a_column_is_computed_once_and_kept(table: Table) -> None:
    """Asking twice gives the same column, which no reader can change."""
    figures = table({"small": [100.0, 101.0]})
    assert figures.values("small_return_1d") is figures.values("small_return_1d")
    with pytest.raises(ValueError, match="read-only"):
        figures.printed("small_return_1d")[0] = 1.0


def test_a_symbol_that_is_not_held_leaves_its_figures_absent(table: Table, universe: Callable[..., Universe]) -> None:
    """A segment without prices is known by name, and absent everywhere."""
    held = table({"small": [100.0, 101.0]})
    figures = FigureTable(held.market, universe("small", "missing"))
    assert np.isnan(figures.values("missing_return_1d")).all()
    assert figures.evidence("missing_return_1d", 1) == ()


def test_an_unknown_name_is_refused(table: Table) -> None:
    """Values, printed numbers and evidence all refuse it alike."""
    figures = table({"small": [100.0, 101.0]})
    for ask in (figures.values, figures.printed, lambda name: figures.evidence(name, 0)):
        with pytest.raises(UnknownFigureError, match="Did you mean 'small_return_1d'"):
            ask("small_retrun_1d")


def test_an_absent_figure_has_no_evidence(table: Table) -> None:
    """Where there is no figure there are no prices behind it."""
    assert table({"small": [100.0, 101.0]}).evidence("small_return_1d", 0) == ()


def a_market(seed: int) -> tuple[Market, Universe]:
    """One segment of every kind through a random year and a quarter, with gaps and a holiday now and then."""
    random = np.random.default_rng(seed)
    kinds = {
        "small": Kind.INDEX,
        "large": Kind.INDEX,
        "one": Kind.STOCK,
        "two": Kind.STOCK,
        "fund": Kind.FUND,
        "note": Kind.YIELD,
        "bill": Kind.YIELD,
        "fear": Kind.VOLATILITY,
    }
    weekdays = np.busday_offset(np.datetime64("2023-01-02"), np.arange(ROWS + 30))
    days = np.sort(random.choice(weekdays, ROWS, replace=False))
    segments, histories = {}, {}
    for key, kind in kinds.items():
        symbol = key.upper()
        close = np.round(100.0 * np.exp(np.cumsum(random.normal(0.0, 0.02, ROWS))), 2)
        close[random.random(ROWS) < 0.01] = np.nan
        histories[symbol] = Bars(symbol, days, None, close * 1.01, close * 0.99, close, np.round(close * 0.9, 2))
        total = symbol if kind not in (Kind.YIELD, Kind.VOLATILITY) else None
        segments[key] = Segment(key, kind, symbol, total, (key,), key, key, (), days[40].astype(object))
    segments["both"] = Segment("both", Kind.BASKET, None, None, ("both",), "both", "both", ("one", "two"))
    groups = {"all": Group("all", ("small", "large", "one", "two", "fund", "both"), "one", "many")}
    market = Market(days, weekdays[-1].astype(object), random.random(ROWS) < 0.1, histories, (), "sample", "", True)
    return market, Universe(segments, groups, ("small",))


def cut(market: Market, rows: int) -> Market:
    """The market as it stood after so many sessions."""
    histories = {
        symbol: Bars(symbol, bars.days[:rows], None, *(column[:rows] for column in prices_of(bars)))
        for symbol, bars in market.histories.items()
    }
    following = market.sessions[rows].astype(object)
    half_days = market.half_days[:rows]
    return replace(
        market, sessions=market.sessions[:rows], next_session=following, half_days=half_days, histories=histories
    )


def prices_of(bars: Bars) -> list[np.ndarray]:
    columns = (bars.high, bars.low, bars.close, bars.adj_close)
    return [column for column in columns if column is not None]


def names_to_try(figures: FigureTable) -> list[str]:
    """Every figure there is, and a few of them with every suffix."""
    suffixed = ("small_return_1d", "small_level", "small_minus_fund_5d", "note_change_1d", "all_spread_1d")
    operated = [f"{name}_{suffix}" for name in suffixed for suffix in (*OPERATORS, BEFORE.suffix)]
    return [*figures.catalogue.names(), *operated, "small_return_1d_rank_before", "all_best_1d_before"]


@given(seed=st.integers(0, 1_000), rows=st.integers(2, ROWS - 1))
@settings(max_examples=5, deadline=None)
def test_no_row_knows_what_comes_after_it(seed: int, rows: int) -> None:
    """Every figure reads the same, to the last bit, whether or not the sessions after it have happened yet."""
    market, universe = a_market(seed)
    whole, early = FigureTable(market, universe), FigureTable(cut(market, rows), universe)
    for name in names_to_try(whole):
        np.testing.assert_array_equal(whole.values(name)[:rows], early.values(name), err_msg=name)
        np.testing.assert_array_equal(whole.printed(name)[:rows], early.printed(name), err_msg=name)


def test_every_figure_rests_on_prices_of_its_own_day_or_before() -> None:
    """The evidence of each figure names prices held, none later than its session; the calendar alone has none."""
    market, universe = a_market(1)
    figures = FigureTable(market, universe)
    for name in names_to_try(figures):
        for row in (ROWS // 2, -1):
            evidence = figures.evidence(name, row)
            symbols = figures.catalogue.define(name).symbols
            assert bool(evidence) == bool(symbols and not np.isnan(figures.values(name)[row])), name
            for price in evidence:
                column = market.histories[price.symbol].column(price.field)
                assert column is not None
                assert column[np.searchsorted(market.sessions, np.datetime64(price.day))] == price.value
                assert np.datetime64(price.day) <= market.sessions[row]
                assert price.symbol in symbols, name
