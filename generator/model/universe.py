"""The parts of the market that figures and sentences can be about, and all that a publication covers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from generator.model.decisions import Decision, Measured, Peak
from generator.model.releases import Release


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
