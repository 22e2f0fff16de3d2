"""Small U.S. companies that trade enough to be named, by Yahoo's screener; their prices are judged as all others are.

One question a sector, because a quote does not tell its company's own. What comes back is the supplier's word for size,
volume and price today: whether a company's closes can be believed is for `YahooSource.history` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from numbers import Real
from typing import Any

from generator.market.source import Status
from generator.market.yahoo.answer import NoAnswer
from generator.market.yahoo.source import YahooSource

REGION, CURRENCY = "us", "USD"
_ASKED = 100
"""Companies of a sector that are asked for, those with the most shares traded first."""
_FORM = re.compile(
    r",? (?:Inc|Incorporated|Corp|Corporation|Company|Co|Ltd|Limited|plc|PLC|N\.V|S\.A|Holdings?|Group|Trust|L\.?P)\.?$"
)
"""A company's legal form, which a sentence does not need."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What a company has to be."""

    least_value: float = 300e6
    most_value: float = 10e9
    """Market value, in dollars."""
    least_price: float = 2.0
    least_traded: float = 20e6
    """Dollars traded on a usual day of the past three months."""


@dataclass(frozen=True, slots=True)
class Screened:
    """A company that passed, as the supplier tells of it."""

    symbol: str
    name: str
    sector: str
    """The sector as Yahoo calls it."""
    value: float
    price: float
    traded: float
    """Dollars on a usual day."""


def screened(source: YahooSource, screen: Screen, sectors: Iterable[str], most: int) -> tuple[Screened, ...]:
    """The `most` companies of these sectors that trade most, of all that pass; raises `NoAnswer`."""
    found: dict[str, Screened] = {}
    with source.ready([]):
        for sector in sectors:
            for one in _of_sector(source.screened(_query(screen, sector), _ASKED), screen, sector):
                found.setdefault(one.symbol, one)
    return tuple(sorted(found.values(), key=lambda one: (-one.traded, one.symbol))[:most])


def _query(screen: Screen, sector: str) -> Any:
    from yfinance import EquityQuery

    try:
        of_sector = EquityQuery("eq", ["sector", sector])
    except ValueError as error:
        raise NoAnswer(Status.BAD_DATA, f"it knows no sector '{sector}' (`screen` in content/universe.yaml)") from error
    return EquityQuery(
        "and",
        [
            EquityQuery("eq", ["region", REGION]),
            of_sector,
            EquityQuery("btwn", ["intradaymarketcap", screen.least_value, screen.most_value]),
            EquityQuery("gt", ["intradayprice", screen.least_price]),
        ],
    )


def _of_sector(answer: Mapping[str, Any], screen: Screen, sector: str) -> Iterator[Screened]:
    """Those of an answer that pass: the screener is not relied on to have kept to what it was asked."""
    for quote in answer["quotes"]:
        symbol, name = quote.get("symbol"), quote.get("shortName") or quote.get("longName")
        numbers = [_number(quote.get(key)) for key in ("marketCap", "regularMarketPrice", "averageDailyVolume3Month")]
        if not (isinstance(symbol, str) and isinstance(name, str)) or quote.get("quoteType") != "EQUITY":
            continue
        value, price, shares = numbers
        if value is None or price is None or shares is None or quote.get("currency") != CURRENCY:
            continue
        within = screen.least_value <= value <= screen.most_value and price > screen.least_price
        if within and price * shares >= screen.least_traded:
            yield Screened(symbol, called(name), sector, value, price, price * shares)


def called(name: str) -> str:
    """The company's name without its legal form: `Insmed` of `Insmed, Inc.`."""
    name = " ".join(name.split())
    while (shorter := _FORM.sub("", name)) != name:
        name = shorter
    return name


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, Real) or not isfinite(value):
        return None
    return float(value)
