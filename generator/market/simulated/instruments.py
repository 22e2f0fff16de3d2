"""How each symbol responds to the forces of the simulated market.

The loadings are rounded guesses at the real ones; the starting prices are near the real ones of January 1996, or
of the symbol's first day if it is younger. A symbol that is not listed gets the usual loadings of its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.model import Kind

EPOCH = date(1996, 1, 2)
"""The first session of the simulated market: thirty years before 2026."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A symbol's starting price and what moves it. Each loading multiplies a log return of the course."""

    start: float = 30.0
    """Price on its first session."""
    inception: date = EPOCH
    market: float = 0.0
    size: float = 0.0
    growth: float = 0.0
    rates: float = 0.0
    """Log return for each percentage point of rise in the ten-year yield."""
    commodities: float = 0.0
    dollar: float = 0.0
    crypto: float = 0.0
    own: float = 0.004
    """Daily volatility of its own, shared with no other symbol."""
    drift: float = 0.0
    """Log return a year on top of what its loadings bring."""
    payout: float = 0.0
    """Dividends a year, as a share of the price."""
    curve: float = 1.0
    """For a yield: 0 is the policy rate, 1 the ten-year yield."""
    share: float = 0.1
    """For a fund that follows an index of the universe: its price as a share of the index."""


_KINDS: Mapping[Kind, Instrument] = {
    Kind.INDEX: Instrument(1000.0, market=1.0),
    Kind.FUND: Instrument(market=1.0, payout=0.015),
    Kind.STOCK: Instrument(market=1.1, own=0.016, payout=0.005),
    Kind.YIELD: Instrument(own=0.02),
    Kind.VOLATILITY: Instrument(own=0.02),
    Kind.CURRENCY: Instrument(100.0, dollar=1.0, own=0.002),
    Kind.CRYPTO: Instrument(10.0, date(2017, 11, 9), crypto=1.0, market=0.8, own=0.025),
    Kind.COMMODITY: Instrument(100.0, commodities=1.0, own=0.006),
}

_SELECT = date(1998, 12, 22)  # the first nine Select Sector funds
_SMALL = date(2010, 4, 7)  # the small-cap sector funds

_LISTED: Mapping[str, Instrument] = {
    "^GSPC": Instrument(620.73, market=1.0, own=0.0),
    "^IXIC": Instrument(1052.13, market=1.1, size=0.2, growth=0.7, own=0.002, drift=0.010),
    "^NDX": Instrument(576.23, market=1.12, size=-0.05, growth=0.95, own=0.0025, drift=0.025),
    "^DJI": Instrument(5177.45, market=0.93, growth=-0.3, own=0.002),
    "^RUT": Instrument(315.97, market=1.05, size=1.0, own=0.0005),
    "IWM": Instrument(inception=date(2000, 5, 26), payout=0.013),
    "SPY": Instrument(payout=0.017),
    "QQQ": Instrument(inception=date(1999, 3, 10), payout=0.007, share=0.025),
    "DIA": Instrument(inception=date(1998, 1, 20), payout=0.020, share=0.01),
    "OEF": Instrument(76.0, date(2000, 10, 27), market=1.0, size=-0.12, growth=0.08, own=0.0008, payout=0.017),
    "XLG": Instrument(20.0, date(2005, 5, 10), market=1.0, size=-0.18, growth=0.12, own=0.001, payout=0.016),
    "RSP": Instrument(25.0, date(2003, 5, 1), market=1.02, size=0.3, growth=-0.25, own=0.001, payout=0.016),
    "IJH": Instrument(21.0, date(2000, 5, 26), market=1.05, size=0.6, growth=-0.05, own=0.0015, payout=0.014),
    "IJR": Instrument(21.0, date(2000, 5, 26), market=1.03, size=0.95, growth=-0.12, own=0.0018, payout=0.014),
    "IWC": Instrument(50.0, date(2005, 8, 16), market=0.97, size=1.15, growth=0.1, own=0.0035, payout=0.011),
    "IWN": Instrument(38.0, date(2000, 7, 28), market=1.0, size=1.0, growth=-0.45, own=0.001, payout=0.018),
    "IWO": Instrument(79.0, date(2000, 7, 28), market=1.1, size=1.0, growth=0.45, own=0.001, payout=0.006),
    "VSS": Instrument(47.0, date(2009, 4, 6), market=0.85, size=0.35, dollar=-0.6, own=0.005, payout=0.028),
    "AAPL": Instrument(0.29, market=1.15, growth=0.8, own=0.018, drift=0.12, payout=0.005),
    "MSFT": Instrument(5.6, market=1.05, growth=0.8, own=0.013, drift=0.03, payout=0.008),
    "NVDA": Instrument(0.041, date(1999, 1, 22), market=1.45, growth=1.2, own=0.024, drift=0.18),
    "GOOGL": Instrument(2.51, date(2004, 8, 19), market=1.05, growth=0.8, own=0.013, drift=0.06, payout=0.002),
    "AMZN": Instrument(0.098, date(1997, 5, 15), market=1.2, growth=0.9, own=0.022, drift=0.17),
    "META": Instrument(38.23, date(2012, 5, 18), market=1.15, growth=0.9, own=0.019, drift=0.03, payout=0.003),
    "TSLA": Instrument(1.59, date(2010, 6, 29), market=1.4, growth=1.1, own=0.029, drift=0.10),
    "XLB": Instrument(21.0, _SELECT, market=1.05, size=0.2, growth=-0.3, commodities=0.3, own=0.006, payout=0.019),
    "XLC": Instrument(50.0, date(2018, 6, 19), market=1.0, growth=0.4, own=0.005, payout=0.009),
    "XLE": Instrument(23.0, _SELECT, market=0.95, size=0.2, growth=-0.6, commodities=0.7, own=0.010, payout=0.033),
    "XLF": Instrument(19.0, _SELECT, market=1.1, growth=-0.6, rates=0.05, own=0.006, payout=0.018),
    "XLI": Instrument(24.0, _SELECT, market=1.03, size=0.15, growth=-0.3, own=0.004, payout=0.016),
    "XLK": Instrument(32.0, _SELECT, market=1.15, growth=0.95, own=0.004, drift=0.02, payout=0.009),
    "XLP": Instrument(27.0, _SELECT, market=0.6, size=-0.15, growth=-0.2, rates=-0.02, own=0.0045, payout=0.025),
    "XLRE": Instrument(30.0, date(2015, 10, 8), market=0.9, growth=-0.2, rates=-0.06, own=0.006, payout=0.034),
    "XLU": Instrument(30.0, _SELECT, market=0.55, growth=-0.2, rates=-0.06, own=0.0065, payout=0.030),
    "XLV": Instrument(26.0, _SELECT, market=0.8, size=-0.05, own=0.005, payout=0.015),
    "XLY": Instrument(25.0, _SELECT, market=1.1, size=0.1, growth=0.3, own=0.0045, payout=0.009),
    "PSCD": Instrument(25.0, _SMALL, market=1.15, size=1.2, growth=-0.1, own=0.006, payout=0.010),
    "PSCC": Instrument(25.0, _SMALL, market=0.75, size=0.8, growth=-0.2, own=0.006, payout=0.014),
    "PSCE": Instrument(25.0, _SMALL, market=1.2, size=1.1, growth=-0.6, commodities=0.9, own=0.013, payout=0.010),
    "PSCF": Instrument(25.0, _SMALL, market=0.95, size=1.0, growth=-0.6, rates=0.03, own=0.005, payout=0.024),
    "PSCH": Instrument(25.0, _SMALL, market=0.95, size=0.9, growth=0.4, own=0.007, payout=0.002),
    "PSCI": Instrument(25.0, _SMALL, market=1.1, size=1.0, growth=-0.2, own=0.005, payout=0.008),
    "PSCM": Instrument(25.0, _SMALL, market=1.15, size=1.0, growth=-0.3, commodities=0.3, own=0.008, payout=0.011),
    "PSCT": Instrument(25.0, _SMALL, market=1.2, size=1.0, growth=0.7, own=0.007, payout=0.002),
    "PSCU": Instrument(25.0, _SMALL, market=0.65, size=0.7, growth=-0.2, rates=-0.05, own=0.008, payout=0.018),
    "KRE": Instrument(49.0, date(2006, 6, 22), market=1.1, size=0.8, growth=-0.8, rates=0.08, own=0.008, payout=0.024),
    "XBI": Instrument(16.0, date(2006, 2, 6), market=1.1, size=0.8, growth=0.8, own=0.013, drift=0.05, payout=0.002),
    "^TNX": Instrument(own=0.01, curve=1.0),
    "^IRX": Instrument(own=0.01, curve=0.0),
    "^VIX": Instrument(own=0.0),
    "DX-Y.NYB": Instrument(85.0, dollar=1.0, own=0.0),
    "GC=F": Instrument(388.0, commodities=0.55, dollar=-0.6, rates=-0.05, own=0.007, drift=0.06),
    "BTC-USD": Instrument(457.33, date(2014, 9, 17), market=0.6, crypto=0.9, own=0.012),
    "ETH-USD": Instrument(320.88, date(2017, 11, 9), market=0.8, crypto=1.2, own=0.022),
}


def instrument_of(symbol: str, kind: Kind) -> Instrument:
    """What moves `symbol`: as listed, or else as usual for its kind."""
    return _LISTED.get(symbol, _KINDS.get(kind, _KINDS[Kind.INDEX]))
