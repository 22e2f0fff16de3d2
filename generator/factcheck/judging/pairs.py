"""The columns of two names on one basis, so that they may be compared."""

from __future__ import annotations

from generator.factcheck.judging.prices import Prices, Series
from generator.factcheck.reading.names import Name
from generator.model import Kind


def pair(prices: Prices, one: Name, other: Name, basis: str) -> tuple[Series, Series] | None:
    """The columns of two names on one basis; None if both are not held so."""
    found = []
    for name in (one, other):
        series = prices.series(name)
        if prices.kind(name) not in (
            Kind.INDEX,
            Kind.FUND,
            Kind.STOCK,
            Kind.COMMODITY,
            Kind.CRYPTO,
            Kind.CURRENCY,
            Kind.BASKET,
        ):
            return None
        fitting = [s for s in series if f"{basis} return" in s.words] or (
            list(series[:1]) if prices.kind(name) not in (Kind.INDEX, Kind.FUND, Kind.STOCK) else []
        )
        if not fitting:
            return None
        found.append(fitting[0])
    return found[0], found[1]
