"""A small universe of invented use, for the market's tests."""

from __future__ import annotations

import pytest

from generator.model import Kind, Universe
from tests.market.invented import segment


@pytest.fixture(scope="session")
def universe() -> Universe:
    """Two core indices, funds on and beside them, a stock, a yield, a volatility index, crypto, and a newcomer."""
    segments = (
        segment("small", Kind.INDEX, "^RUT", "IWM"),
        segment("sp500", Kind.INDEX, "^GSPC", "SPY"),
        segment("sector", Kind.FUND, total="XLC"),
        segment("both", Kind.FUND, "KRE", "KRE"),
        segment("stock", Kind.STOCK, total="AAPL"),
        segment("ust10y", Kind.YIELD, "^TNX"),
        segment("vix", Kind.VOLATILITY, "^VIX"),
        segment("ether", Kind.CRYPTO, "ETH-USD"),
        segment("dollar", Kind.CURRENCY, "DX-Y.NYB"),
        segment("oil", Kind.COMMODITY, "CL=F"),
        segment("newcomer", Kind.FUND, total="NEWC"),
    )
    return Universe({each.key: each for each in segments}, {}, core=("small", "sp500"))
