"""What was known when: every moment of a store is the fold of what was fetched by then."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.market.source import SourceReply
from generator.market.store.fetching import fetch
from generator.market.store.file import PriceStore
from generator.market.store.recording import record
from generator.market.store.snapshot import KnownSymbol, last_fetch
from generator.model import Bars, Universe
from tests.market.store.invented import FIRST, Supplier, between, history

SESSION = date(2024, 7, 11)
FIELDS = ("close", "adj_close")
prices = st.one_of(st.integers(1, 9).map(float), st.just(float("nan")))
tellings = st.dictionaries(st.integers(0, 10), st.tuples(prices, prices), max_size=6)


def bars(telling: dict[int, tuple[float, float]]) -> Bars:
    days = np.array(sorted(telling), dtype="datetime64[D]") if telling else np.array([], dtype="datetime64[D]")
    columns = np.array([telling[day] for day in sorted(telling)]).reshape(-1, 2).T
    return Bars("IWM", days, close=columns[0], adj_close=columns[1])


def read(store: PriceStore, number: int) -> dict[tuple[int, str], float]:
    fetch = last_fetch(store)
    while fetch is not None and fetch.number > number:
        fetch = last_fetch(store, fetch.fetched_at - timedelta(microseconds=1))
    assert fetch is not None
    held = KnownSymbol(store, fetch).of("yahoo").bars.get("IWM", bars({}))
    return {
        (day, name): value
        for name in FIELDS
        if (column := held.column(name)) is not None
        for day, value in zip(held.days.astype(int).tolist(), column.tolist(), strict=True)
        if not np.isnan(value)
    }


@given(st.lists(tellings, min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_each_moment_is_the_fold_of_what_was_fetched_by_then(told: list[dict[int, tuple[float, float]]]) -> None:
    """Whatever is restated, dropped or told for the first time later on, what was known at a moment stays as it was."""
    with tempfile.TemporaryDirectory() as place, PriceStore.open(Path(place) / "p.sqlite3", create=True) as store:
        expected: list[dict[tuple[int, str], float]] = []
        for telling in told:
            record(store, {"yahoo": SourceReply({"IWM": bars(telling)}, {})}, SESSION, None, ["IWM"])
            new = {
                (day, name): value
                for day, values in telling.items()
                for name, value in zip(FIELDS, values, strict=True)
                if not np.isnan(value)
            }
            expected.append((expected[-1] if expected else {}) | new)
        assert [read(store, number) for number in range(1, len(told) + 1)] == expected


def test_many_runs_at_once_make_one_store(tmp_path: Path, few: Universe) -> None:
    """Eight runs that all find no store make one, each stores its fetch, and nothing is stored twice."""
    path = tmp_path / "prices.sqlite3"
    prices = {symbol: history(symbol, SESSION) for symbol in ("^RUT", "IWM", "^TNX")}

    def run(number: int) -> None:
        supplier = Supplier(dict(prices))
        with PriceStore.open(path, create=True) as store:
            assert store.notices == ()
            fetch(supplier, store, few, SESSION)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, range(8)))
    with PriceStore.open(path) as store:
        assert store.rows("SELECT count(*), count(DISTINCT fetched_at) FROM fetches") == [(8, 8)]
        assert store.rows("SELECT count(*) FROM bars") == [(3,)]
        assert store.rows("SELECT count(*) FROM restatements") == [(0,)]
        last = last_fetch(store)
        assert last is not None
        whole = between(history("IWM", SESSION), FIRST, SESSION)
        np.testing.assert_array_equal(KnownSymbol(store, last).of("yahoo").bars["IWM"].days, whole.days)
