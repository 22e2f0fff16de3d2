"""The parts of the market and the releases that figures and sentences can be about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from generator.model.decisions import Decision, Measured, Peak


class Basis(StrEnum):
    """What a return is made of. Two bases are never mixed in one comparison."""

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
    """What kind of instrument a segment is; it decides which measures the segment has."""

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
    """One part of the market that figures and sentences can be about, from `content/universe.yaml`."""

    key: str
    kind: Kind
    price: str | None
    """Symbol whose `close` gives price returns, or None."""
    total: str | None
    """Symbol whose `adj_close` gives total returns, or None."""
    names: tuple[str, ...]
    """Names used in sentences: the full one first, then the others in turn."""
    short: str
    """The name in tables, posts and aggregated comparisons."""
    headline: str
    """The name in a headline."""
    members: tuple[str, ...] = ()
    """Keys of the member segments of a basket."""
    records_from: date | None = None
    """First day on which a record in the history held is an all-time record; None means no record is claimed."""
    cashtag: str | None = None
    plural: bool = False
    """Whether the name takes a plural verb in the present tense."""
    begins: date | None = None
    """The day from which a group is whole only with this segment; None means always."""
    told_from: date | None = None
    """The day before which the segment is not covered even if prices are held; None means it always is."""
    note: str = ""
    """What the instrument is, in an editor's words."""
    quoted: str = ""
    """For a yield, how it is quoted, such as `discount rate`; only rates quoted alike are subtracted."""
    does: str = ""
    """Of a company on the watch list, what it is in a few words: `a drug developer`."""
    sector: str = ""
    """Of a company on the watch list, the sector that it belongs to, in words."""


WATCH = "watch"
"""The group of the small companies that an editor lists to be named when they move; it may be empty."""


@dataclass(frozen=True, slots=True)
class Group:
    """A named set of segments that can be ranked and counted: the eleven sectors, the seven stocks."""

    key: str
    members: tuple[str, ...]
    one: str
    """What one member is called: `sector`."""
    many: str
    partly: bool = False
    """Whether those of its members that have a value are ranked and counted without the others."""


class Every(StrEnum):
    """How often an economic series is observed."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


class Make(StrEnum):
    """How a release's value is computed from its series."""

    VALUE = "value"
    DIFFERENCE = "difference"
    """The first series less the second, on days that both have."""
    QUOTIENT = "quotient"
    """The first series divided by the second, on days that both have."""
    HUNDRED_LESS = "hundred less"
    """100 less the value, which turns the quote of an interest-rate future into a rate."""
    CHANGE = "change"
    """The value less that of the period before."""
    GROWTH = "growth"
    """The percentage by which the value exceeds that of the period before."""
    YEARLY_GROWTH = "yearly growth"
    """The percentage by which the value exceeds that of a year before."""


@dataclass(frozen=True, slots=True)
class Release:
    """One economic number that rules and sentences may name, from `content/universe.yaml`.

    A daily number is used from its lag on; any other from the day it came out, with the value it had then.
    """

    key: str
    series: tuple[str, ...]
    """The publisher's names for the series it is made of: `CPIAUCSL`."""
    every: Every
    unit: Unit
    decimals: int
    lag: int | None
    """Days from the day observed until the value was certainly public; None if it goes by its day of release."""
    lasts: int
    """Days from the day observed until a newer value is overdue and this one is no longer used."""
    short: str
    """What the number is, in words: `consumer prices, seasonally adjusted`."""
    source: str
    """The publisher, as named in the list of sources."""
    url: str
    line: str
    """`file:line` where it is defined."""
    make: Make = Make.VALUE
    scale: float = 1.0
    """The factor that converts a value to `unit`."""
    priced: bool = False
    """Whether its series is the close of a symbol from the price source."""
    published: tuple[str, ...] = ()
    """Files with the number itself as published, such as `vintages/CPIAUCNS_YOY`; they override the computed value."""
    revisable: bool = False
    """Whether earlier values are revised, so that values can only be compared as they stood on one day."""
    signed: bool = False
    """Whether its sign matters: that of growth or a change does, that of an unemployment rate does not."""
    quoted: str = ""
    """For an interest rate, how it is quoted, in the same words as a segment's."""

    @property
    def id(self) -> str:
        """By which a claim, the ledger and the second reader know its source, wherever in its file it stands."""
        return f"release {self.key}"

    @property
    def behind(self) -> tuple[str, ...]:
        """Every series that it is read from, computed and published."""
        return (*self.series, *self.published)


@dataclass(frozen=True, slots=True)
class Universe:
    """Every segment, group and release that a rule may name. An edition needs all `core` segments."""

    segments: Mapping[str, Segment]
    groups: Mapping[str, Group]
    core: tuple[str, ...]
    releases: Mapping[str, Release] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    """Decisions on interest rates, oldest first, that figures count from."""
    peaks: tuple[Peak, ...] = ()
    """The months in which expansions ended, oldest first."""
    measured: Mapping[str, tuple[Measured, ...]] = field(default_factory=dict)
    """By key of cited facts, when each was measured; the later one speaks where two overlap."""
    screen: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By Yahoo's name of a sector in which small companies are looked for, ours, and what a company of it is."""

    def symbols(self) -> tuple[str, ...]:
        """Every symbol a source has to supply, each once, in the universe's order."""
        seen: dict[str, None] = {}
        for segment in self.segments.values():
            for symbol in (segment.price, segment.total):
                if symbol is not None:
                    seen[symbol] = None
        return (*seen, *self.quoted())

    def quoted(self) -> tuple[str, ...]:
        """The symbols behind releases, whose closes are observations: futures, which are not segments."""
        return self._series(priced=True)

    def series(self) -> tuple[str, ...]:
        """Every economic series a source may supply, each once; a missing series is not an error."""
        return self._series(priced=False)

    def released(self) -> tuple[str, ...]:
        """The series whose values go by the day on which each came out."""
        made = (release for release in self.releases.values() if release.lag is None)
        return tuple(dict.fromkeys(name for release in made for name in release.series))

    def published(self) -> tuple[str, ...]:
        """Every file of numbers as published, each once; only a publisher's own folder has them."""
        return tuple(dict.fromkeys(name for release in self.releases.values() for name in release.published))

    def _series(self, *, priced: bool) -> tuple[str, ...]:
        made = (release for release in self.releases.values() if release.priced is priced)
        return tuple(dict.fromkeys(name for release in made for name in release.series))

    def core_columns(self) -> tuple[tuple[str, str], ...]:
        """(symbol, field) of each price that an edition needs: those of the core indices and of the funds on them."""
        segments = [self.segments[key] for key in self.core]
        prices = [(segment.price, "close") for segment in segments if segment.price]
        totals = [(segment.total, "adj_close") for segment in segments if segment.total]
        return tuple(dict.fromkeys(prices + totals))

    def core_symbols(self) -> tuple[str, ...]:
        """The symbols that an edition needs."""
        return tuple(dict.fromkeys(symbol for symbol, _ in self.core_columns()))

    def told_from(self) -> dict[str, date]:
        """The symbols whose earlier prices may not be used, with the first day on which they may."""
        days: dict[str, date] = {}
        for segment in self.segments.values():
            for symbol in filter(None, (segment.price, segment.total)):
                first = segment.told_from or date.min
                days[symbol] = min(days.get(symbol, first), first)
        return {symbol: day for symbol, day in days.items() if day > date.min}

    def kinds(self) -> dict[str, Kind]:
        """What kind of instrument each symbol is: its segment's kind, or a fund if it supplies an index's total return.

        A symbol that only backs a release is a future.
        """
        kinds = dict.fromkeys(self._series(priced=True), Kind.COMMODITY)
        kinds |= {segment.total: Kind.FUND for segment in self.segments.values() if segment.total}
        for segment in self.segments.values():
            if symbol := segment.price or segment.total:
                kinds[symbol] = segment.kind
        return kinds
