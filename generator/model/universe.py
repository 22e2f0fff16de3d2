"""The parts of the market and the releases that figures and sentences may speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Basis(StrEnum):
    """What a return is made of. Two bases never meet in one comparison."""

    PRICE = "price return"
    TOTAL = "total return"
    NONE = "not a return"


class Unit(StrEnum):
    """The unit in which a person reads a figure."""

    PERCENT = "percent"  # inside: a fraction
    POINTS = "percentage points"  # inside: a difference of fractions
    LEVEL = "index level"
    DOLLARS = "dollars"
    YIELD = "percent yield"  # inside and outside: percent
    RATE = "percent rate"  # inside and outside: percent
    BASIS_POINTS = "basis points"
    VOLATILITY = "volatility index points"
    RATIO = "ratio"
    COUNT = "count"
    DATE = "date"  # days since 1970-01-01
    NAME = "name"  # an index into the definition's vocabulary
    FLAG = "flag"  # 0 or 1
    CITED = "as cited"  # a number from a cited source, printed as it was published


class Kind(StrEnum):
    """What sort of instrument a segment is; it decides which measures the segment has."""

    INDEX = "index"
    FUND = "fund"
    STOCK = "stock"
    BASKET = "basket"
    YIELD = "yield"
    VOLATILITY = "volatility"
    CURRENCY = "currency"
    CRYPTO = "crypto"
    COMMODITY = "commodity"


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of the market that figures and sentences speak of, from `content/universe.yaml`."""

    key: str
    kind: Kind
    price: str | None
    """Symbol whose `close` gives price returns, or None."""
    total: str | None
    """Symbol whose `adj_close` gives total returns, or None."""
    names: tuple[str, ...]
    """Names in a sentence, the full one first; the others take turns after it."""
    short: str
    """The name in tables, posts and aggregated comparisons."""
    headline: str
    """The name in a headline."""
    members: tuple[str, ...] = ()
    """Keys of the member segments of a basket."""
    records_from: date | None = None
    """First day on which a record in the history held is a record in all history; None: never claimed."""
    cashtag: str | None = None
    plural: bool = False
    """Whether the name takes a plural verb in the present tense."""
    begins: date | None = None
    """From which day on a group needs it to be whole; None: always."""
    told_from: date | None = None
    """The day before which nothing is told of it, though prices are held; None: always."""
    note: str = ""
    """What the instrument is, for the page's notes."""
    quoted: str = ""
    """For a yield, how it is quoted, such as `discount rate`: only rates quoted alike are subtracted."""


@dataclass(frozen=True, slots=True)
class Group:
    """A named set of segments that can be ranked and counted: the eleven sectors, the seven stocks."""

    key: str
    members: tuple[str, ...]
    one: str
    """What one member is called: `sector`."""
    many: str


class Every(StrEnum):
    """How often an economic series is observed."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


class Make(StrEnum):
    """What a release makes of the series behind it."""

    VALUE = "value"
    DIFFERENCE = "difference"
    """The first series less the second, on days that both have."""
    QUOTIENT = "quotient"
    """The first series divided by the second, on days that both have."""
    HUNDRED_LESS = "hundred less"
    """100 less the value: how futures on an interest rate are quoted."""
    CHANGE = "change"
    """The value less that of the period before."""
    GROWTH = "growth"
    """By how many percent the value is above that of the period before."""
    YEARLY_GROWTH = "yearly growth"
    """By how many percent the value is above that of a year before."""


@dataclass(frozen=True, slots=True)
class Release:
    """One economic number that rules and sentences may name, from `content/universe.yaml`.

    A daily number is told from its lag on; any other from the day on which it came out, as it then was.
    """

    key: str
    series: tuple[str, ...]
    """The publisher's names of the series behind it: `CPIAUCSL`."""
    every: Every
    unit: Unit
    decimals: int
    lag: int | None
    """Days from the day observed to the first on which the value was certainly public; None: known by release alone."""
    lasts: int
    """Days from the day observed to the one on which a newer value is overdue and this one is no longer told."""
    short: str
    """What it is, in words: `consumer prices, seasonally adjusted`."""
    source: str
    """Who publishes it, as the list of sources names it."""
    url: str
    line: str
    """`file:line` where it stands."""
    make: Make = Make.VALUE
    scale: float = 1.0
    """What a value is multiplied by, to be in `unit`."""
    priced: bool = False
    """Whether its series is the close of a symbol that the source of prices supplies."""
    published: tuple[str, ...] = ()
    """Files that give the number itself as it came out, as `vintages/CPIAUCNS_YOY`; they go before what is computed."""
    revisable: bool = False
    """Whether earlier values are revised, so that two of them may be compared only as they stood on one day."""
    signed: bool = False
    """Whether its sign carries meaning: growth and changes, but not a rate of unemployment."""
    quoted: str = ""
    """For a rate of interest, how it is quoted, as a segment says it."""

    @property
    def behind(self) -> tuple[str, ...]:
        """Every series it is read from."""
        return (*self.series, *self.published)


@dataclass(frozen=True, slots=True)
class Universe:
    """Every segment and group a rule may name. `core` segments must be there for an edition."""

    segments: Mapping[str, Segment]
    groups: Mapping[str, Group]
    core: tuple[str, ...]
    releases: Mapping[str, Release] = field(default_factory=dict)

    def symbols(self) -> tuple[str, ...]:
        """Every symbol a source has to supply, each once, in the universe's order."""
        seen: dict[str, None] = {}
        for segment in self.segments.values():
            for symbol in (segment.price, segment.total):
                if symbol is not None:
                    seen[symbol] = None
        return (*seen, *self.quoted())

    def quoted(self) -> tuple[str, ...]:
        """The symbols behind releases, whose closes are observations: futures, which are no segment."""
        return self._series(priced=True)

    def series(self) -> tuple[str, ...]:
        """Every economic series a source may supply, each once; one that is not held is no fault."""
        return self._series(priced=False)

    def released(self) -> tuple[str, ...]:
        """Those of the series that are told by the day on which each value came out."""
        made = (release for release in self.releases.values() if release.lag is None)
        return tuple(dict.fromkeys(name for release in made for name in release.series))

    def published(self) -> tuple[str, ...]:
        """Every file of numbers as they came out, each once; only a publisher's own folder has them."""
        return tuple(dict.fromkeys(name for release in self.releases.values() for name in release.published))

    def _series(self, *, priced: bool) -> tuple[str, ...]:
        made = (release for release in self.releases.values() if release.priced is priced)
        return tuple(dict.fromkeys(name for release in made for name in release.series))

    def core_columns(self) -> tuple[tuple[str, str], ...]:
        """(symbol, field) of each price without which there is no edition: a core index, and the fund on it alike."""
        segments = [self.segments[key] for key in self.core]
        prices = [(segment.price, "close") for segment in segments if segment.price]
        totals = [(segment.total, "adj_close") for segment in segments if segment.total]
        return tuple(dict.fromkeys(prices + totals))

    def core_symbols(self) -> tuple[str, ...]:
        """The symbols without which there is no edition."""
        return tuple(dict.fromkeys(symbol for symbol, _ in self.core_columns()))

    def told_from(self) -> dict[str, date]:
        """The symbols whose earlier prices no segment may speak of, with the day from which on one may."""
        days: dict[str, date] = {}
        for segment in self.segments.values():
            for symbol in filter(None, (segment.price, segment.total)):
                first = segment.told_from or date.min
                days[symbol] = min(days.get(symbol, first), first)
        return {symbol: day for symbol, day in days.items() if day > date.min}

    def kinds(self) -> dict[str, Kind]:
        """What sort of instrument each symbol is: a fund if it gives an index its total return, else as its segment.

        What is behind a release alone is a future.
        """
        kinds = dict.fromkeys(self._series(priced=True), Kind.COMMODITY)
        kinds |= {segment.total: Kind.FUND for segment in self.segments.values() if segment.total}
        for segment in self.segments.values():
            if symbol := segment.price or segment.total:
                kinds[symbol] = segment.kind
        return kinds
