"""A small universe, a supplier of its prices, and a store to keep them in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from generator.market.store.file import PriceStore
from generator.model import Kind, Universe
from tests.market.invented import segment
from tests.market.store.invented import Supplier, history

LAST = date(2024, 7, 15)
"""The last day that the supplier will ever have prices for."""


@pytest.fixture(scope="session")
def few() -> Universe:
    """An index, the fund on it, and a yield."""
    segments = (segment("small", Kind.INDEX, "^RUT", "IWM"), segment("ust10y", Kind.YIELD, "^TNX"))
    return Universe({each.key: each for each in segments}, {}, core=("small",))


@pytest.fixture
def supplier() -> Supplier:
    """A year and a half of prices."""
    return Supplier({symbol: history(symbol, LAST) for symbol in ("^RUT", "IWM", "^TNX")})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PriceStore]:
    """An empty store."""
    with PriceStore.open(tmp_path / "prices.sqlite3", create=True) as store:
        yield store
