"""Every object that passes between rooms, all frozen: prices, figures, fragments, sentences, pages.

Read this file first. A room takes some of these and gives others back; none of them reaches out to a
file, a clock or a network. Arrays are numpy, one element per trading session, oldest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from generator.errors import SettingsError
from generator.escaping import html_text, markdown_text

Days = NDArray[np.datetime64]
Column = NDArray[np.float64]
"""One number per session; NaN where the figure is absent."""
Flags = NDArray[np.bool_]


# --- prices -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bars:
    """One symbol's daily history as a source gave it, on its own days (any price column may be absent)."""

    symbol: str
    days: Days
    open: Column | None = None
    high: Column | None = None
    low: Column | None = None
    close: Column | None = None
    adj_close: Column | None = None
    origin: str = ""
    """Where it came from, in words a reader of the ledger understands: a file name, a service."""

    def column(self, name: str) -> Column | None:
        """The price column called `name` (`open`, `high`, `low`, `close`, `adj_close`), or None."""
        found: Column | None = getattr(self, name)
        return found

    def at(self, rows: Flags) -> Bars:
        """The same bars on some of their days."""
        columns: dict[str, Any] = {
            name: column[rows]
            for name in ("open", "high", "low", "close", "adj_close")
            if (column := self.column(name)) is not None
        }
        return replace(self, days=self.days[rows], **columns)


@dataclass(frozen=True, slots=True)
class Observations:
    """One economic series as its publisher gives it: values by the day or period observed, oldest first.

    A value that was revised has a row for each that was on record, in the order in which they came out.
    """

    series: str
    days: Days
    """The day observed, or the first day of the period."""
    values: Column
    seen: Days | None = None
    """The first day on which each value is known to have been public; NaT where nothing tells."""
    origin: str = ""
    released: Days | None = None
    """The day on which each value came out; NaT where that is not known to the day."""
    confirmed: Days | None = None
    """The last day on which each value is known to have been on record still; None where nothing is revised."""


@dataclass(frozen=True, slots=True)
class Omission:
    """A symbol the edition goes without, and why."""

    symbol: str
    reason: str


@dataclass(frozen=True, slots=True)
class Market:
    """Every symbol's bars laid on one calendar: the trading sessions up to and including the edition's.

    All `Bars` here share `sessions` as their `days`; a session on which a symbol has no row is NaN.
    """

    sessions: Days
    next_session: date
    half_days: Flags
    histories: Mapping[str, Bars]
    omissions: tuple[Omission, ...]
    source: str
    """The source's key: `yahoo`, `csv` or `sample`."""
    supplier: str
    """Who supplied the prices, as the disclosure names it."""
    simulated: bool = False
    fetched_at: datetime | None = None
    observations: Mapping[str, Observations] = field(default_factory=dict)
    """Economic series by name, on their own days; what of them was public on a session is for the figures to say."""
    gaps: Mapping[tuple[str, str], Days] = field(default_factory=dict)
    """By symbol and column the sessions inside its history on which it should have a price and has none."""
    notices: tuple[str, ...] = ()
    """What the user should be told of the prices."""
    not_a_day: Mapping[str, Days] = field(default_factory=dict)
    """By symbol the sessions whose move from the one before is not a day's: its market traded on days of its own, or it
    is the fund of an index and one of its closes was not made at the index's."""

    @property
    def session(self) -> date:
        """The session the edition is about: the last row."""
        day: date = self.sessions[-1].astype(object)
        return day


# --- the universe -------------------------------------------------------------------------------


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


# --- figures ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FigureDefinition:
    """What a figure's name means; known without any data."""

    name: str
    unit: Unit
    basis: Basis
    decimals: int
    """Decimals printed, in the reader's unit."""
    label: str
    """In words: `Russell 2000, price return over one session`."""
    formula: str
    """In words: `close / close one session earlier - 1`."""
    symbols: tuple[str, ...]
    """The symbols it reads."""
    vocabulary: tuple[str, ...] = ()
    """For `Unit.NAME`: the segment keys (or words) that the column's numbers index."""
    signed: bool = False
    """Whether its sign carries meaning, so that a sentence must show it by a verb or a sign."""
    source: str = ""
    """For a figure of a release: `file:line` of the release, whose source a page cites with it."""
    quoted: str = ""
    """For a rate, how it is quoted: a rule compares no rates that are quoted differently."""


class PriceInput(NamedTuple):
    """One price behind a figure on one session, or one observation (`field`) of an economic series (`symbol`)."""

    symbol: str
    field: str
    day: date
    value: float


class Catalogue(Protocol):
    """Every name that a rule may use, known from the universe alone."""

    def define(self, name: str) -> FigureDefinition:
        """The definition of `name`; raises `UnknownFigureError` (with a suggestion) if there is none."""
        ...


class Figures(Protocol):
    """Columns over sessions, each computed when first asked for and kept."""

    @property
    def sessions(self) -> Days: ...

    @property
    def catalogue(self) -> Catalogue: ...

    def values(self, name: str) -> Column:
        """Full precision, inside units (fractions)."""
        ...

    def printed(self, name: str) -> Column:
        """Rounded once, in the reader's unit (percent); what rules and sentences see."""
        ...

    def evidence(self, name: str, row: int) -> tuple[PriceInput, ...]:
        """The prices behind the figure on that row."""
        ...


@dataclass(frozen=True, slots=True)
class Fact:
    """A cited fact: it holds from the session of `as_of` until `expires`, absent before and after."""

    key: str
    as_of: date
    expires: date
    values: Mapping[str, Decimal | str]
    source: str
    url: str
    published: date
    line: str
    """`file:line` where it stands."""
    dated: str = "published"
    """What the date beside the source tells: `published`, or where that day is not known `observation of`."""


# --- the words ----------------------------------------------------------------------------------


class Tone(StrEnum):
    OPPORTUNITY = "opportunity"
    CAUTION = "caution"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Call:
    """One filter applied inside a placeholder: `| moved`, `| date('month')`."""

    name: str
    arguments: tuple[str | int | float, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """One placeholder of a variant: the names it reads, and the filters they pass through in order."""

    names: tuple[str, ...]
    calls: tuple[Call, ...]
    many: bool = False
    """Whether the names stood in a list: `[a, b] | moves`."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording: literal text with placeholders between.

    `plain`, `markdown` and `html` hold one more literal than there are slots; literal i stands before slot i.
    """

    plain: tuple[str, ...]
    markdown: tuple[str, ...]
    html: tuple[str, ...]
    slots: tuple[Slot, ...]
    line: int
    source: str
    """`content/session/lead/x.md:7`."""

    @property
    def figures(self) -> frozenset[str]:
        """Every name its placeholders read."""
        return frozenset(name for slot in self.slots for name in slot.names)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A situation: the rule that releases it, and the wordings for each part of the page it serves."""

    key: str
    """`session/lead/small-caps-lead`."""
    slot: str
    path: str
    when: str
    """The rule as written; empty: always true."""
    when_line: int
    weight: float
    topic: str
    tone: Tone
    asserts: Mapping[str, str]
    assert_lines: Mapping[str, int]
    parts: Mapping[str, tuple[Variant, ...]]
    """`body` for the bullets before any heading; `headline`, `standfirst`, … for those under one."""
    after: str = ""
    """The situation whose past it tells, where that is less than `when`, which includes it."""


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """One part of an edition: which folder its fragments come from, and how many it takes.

    Parts `lead` and `takeaways` are places of their own; every other part is a section with a heading.
    """

    key: str
    slot: str
    minimum: int
    maximum: int
    headings: tuple[str, ...] = ()
    """Headings in turn, for days on which the part's first fragment brings none of its own."""
    tone: Tone | None = None
    """If set, the part takes only fragments of this tone."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The shape of one edition."""

    edition: str
    angle: str
    """The slot whose most newsworthy fragment gives headline, standfirst, lead, bottom line and post."""
    parts: tuple[OutlinePart, ...]
    table_caption: str
    table_rows: tuple[str, ...]
    table_columns: tuple[tuple[str, str], ...]
    """(heading, measure and horizon such as `return_1d`)."""
    line_segments: tuple[str, ...]
    line_span: str
    """The horizon that the line chart shows: `1y`."""
    bar_segments: tuple[str, ...]
    words: tuple[int, int]
    """Fewest and most words of the body."""
    balance: tuple[str, str]
    """The two parts that speak for and against, and must be of like length."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One step of the lexicon: the words for a move of at least `at_least` percent, in its tenses."""

    at_least: float
    past: tuple[str, ...]
    present: tuple[str, ...]
    """Third person singular: `rises`."""
    plural: tuple[str, ...]
    gerund: tuple[str, ...]
    noun: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Direction:
    """Words that turn some measures round: 40% above a low is not 40% down to it."""

    measures: tuple[str, ...]
    """Patterns of figures' names, such as `*_above_low_*`."""
    beside: tuple[str, ...]
    """Words that may not stand in the same clause as such a figure."""
    anywhere: tuple[str, ...]
    """Words that may not stand in the same sentence."""
    why: str


@dataclass(frozen=True, slots=True)
class Supposition:
    """Words that are true only if something else is: “by more” supposes that the other side moved the same way."""

    words: tuple[str, ...]
    rests_on: tuple[str, ...]
    """Patterns of figures' names, one of which the assertion has to name."""
    harmless: tuple[str, ...] = ()
    """Phrases in which the words suppose nothing: “one another”."""
    least: int = 1
    """How many such figures it has to name."""


@dataclass(frozen=True, slots=True)
class Calling:
    """Measures that a reader takes for another one unless the sentence says what they are, and the words that do."""

    measures: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two things that no issue says at once, each by the words that say it."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Senses:
    """What words make of the figures beside them, from `content/claims.yaml`; patterns are those of file names."""

    directions: tuple[Direction, ...] = ()
    up: tuple[str, ...] = ()
    """Words that, right after a size, say that it is above or ahead: the figure has to be positive."""
    down: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    """Words by which a sentence says which of two is ahead, or that neither is."""
    supposes: Mapping[str, Supposition] = field(default_factory=dict)
    called: tuple[Calling, ...] = ()
    spoken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By segment, words that name it beside its own names: `small: [small caps, small companies]`."""
    frames: Mapping[str, Calling] = field(default_factory=dict)
    """By span of time, the measures of it and the words that name it."""
    expletive: tuple[str, ...] = ()
    """Beginnings of sentences in which “it” stands for nothing: “it takes”."""
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Words that name a part of the market, and what may stand behind them, from `content/claims.yaml`."""

    key: str
    words: tuple[str, ...]
    of: tuple[str, ...] = ()
    """Segments and groups: a figure of one of them has to stand behind the words."""
    all_of: tuple[str, ...] = ()
    """Segments and groups: a figure of each of them has to stand behind the words."""
    figures: tuple[str, ...] = ()
    """Names of figures, `*` for any letters: each has to stand behind the words."""
    line: str = ""
    """`file:line` where it stands."""

    @property
    def empty(self) -> bool:
        """Whether no figure can ever stand behind the words."""
        return not (self.of or self.all_of or self.figures)


@dataclass(frozen=True, slots=True)
class Recency:
    """Words that say how long ago something was, and how long ago it has to be for them."""

    key: str
    words: tuple[str, ...]
    sessions: int = 0
    months: int = 0
    """Calendar months, each of them over."""
    figures: tuple[str, ...] = ()
    """Names of the figures that date or age it, `*` for any letters; another date after the words dates a start."""

    @property
    def least(self) -> str:
        """In words: `20 sessions`, `2 months`."""
        return f"{self.sessions} sessions" if self.sessions else f"{self.months} months"


@dataclass(frozen=True, slots=True)
class Runs:
    """Words that make a number the length of a run, and the figures that measure runs."""

    words: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    """Names of figures, `*` for any letters."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A group's mean, which hides its members: one that moved far against it is not left out in silence."""

    mean: str
    best: str
    worst: str
    large: float
    """From which size, in the reader's unit, a move against the mean is to be told."""
    up: tuple[str, ...]
    """Figures that tell of members that rose: on such a day of a falling mean a sentence has to quote one."""
    down: tuple[str, ...]
    """Figures that tell of members that fell."""


@dataclass(frozen=True, slots=True)
class SpanWords:
    """Words for one span of time, and what may stand behind them, from `content/claims.yaml`."""

    key: str
    words: tuple[str, ...]
    of: tuple[str, ...]
    """Horizons (`1y`), or names of figures, `*` for any letters."""
    named_by: tuple[str, ...] = ()
    """Figures that name the span where they are quoted: `month_name`."""
    since: int = 0
    """So many sessions are longer than the span: a rule by which something is at least so old proves the words too."""
    free: bool = False
    """Whether the words may also speak of time in general, without a figure."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words earned by size: for rises and falls, per kind of instrument, smallest step first."""

    rises: Mapping[str, tuple[Verb, ...]]
    """By family of units: `percent`, `yield` (basis points), `volatility` (index points)."""
    falls: Mapping[str, tuple[Verb, ...]]
    unchanged: Verb
    scales: Mapping[str, float]
    """How much larger a usual move is over a horizon (`1m`) or for a kind of instrument (`stock`)."""
    terms: Mapping[str, str]
    """Fixed definitions a sentence may quote: `bear_threshold: 20%`."""
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Claim words with their inflections: `outpaced: [outpaced, outpace, outpacing]`."""
    banned: tuple[str, ...] = ()
    """Promissory, exaggerated, one-sided or advising words that no sentence may carry."""
    opposites: tuple[tuple[str, str], ...] = ()
    """Pairs of claim words that cannot both be true of one figure on one session."""
    senses: Senses = field(default_factory=Senses)
    """What words make of the figures beside them."""
    scopes: tuple[Scope, ...] = ()
    recency: tuple[Recency, ...] = ()
    runs: Runs = Runs()
    means: tuple[Mean, ...] = ()
    bands: tuple[str, ...] = ()
    """Words that say that a situation has an upper bound as well as a lower: `two to three percent`."""
    sizes: tuple[str, ...] = ()
    """Words that make what was counted as large as the day's own: “as large”, “like this”."""
    bounds: tuple[str, ...] = ()
    """Words by which a sentence says from what size on it counts: “percent or more”."""
    vague: tuple[str, ...] = ()
    """Words whose threshold a reader cannot know, so that nothing is counted by them."""
    spans: tuple[SpanWords, ...] = ()
    """Words for spans of time, in the file's order."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who publishes, from `content/publication.yaml`."""

    title: str
    byline: str
    place: str
    url: str
    """Where the article will be read; `{date}` and `{edition}` are filled in."""
    disclosure: str
    """Standing text; `{supplier}` and `{session}` are filled in."""
    risk: str
    call_to_action: str
    notes: tuple[str, ...] = ()
    """How the figures are made: standing text."""
    language: str = "en-US"
    hashtags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything an editor owns, read once."""

    root: Path
    templates: tuple[Path, ...]
    """Template folders, the publication's own first."""
    imprint: Imprint
    universe: Universe
    lexicon: Lexicon
    outlines: Mapping[str, Outline]
    fragments: Mapping[str, tuple[Fragment, ...]]
    """Per edition."""
    facts: tuple[Fact, ...] = ()


# --- sentences ----------------------------------------------------------------------------------


class Claim(NamedTuple):  # tuples where hundreds are made for each edition: they cost half of what a dataclass does
    """What stands behind one printed number, date or name."""

    kind: str
    """`figure`, `fact`, `rule` (a count or date of a rule's own past), `name`, `term`, or `word` (earned by size)."""
    name: str
    value: float | str | None = None
    """Full precision, in inside units; a date as ISO."""
    source: str = ""


class Piece(NamedTuple):
    """A run of text in a sentence; `claim` is set where the text was computed rather than written."""

    text: str
    markdown: str
    html: str
    claim: Claim | None = None

    @classmethod
    def of(cls, text: str, claim: Claim | None = None) -> Piece:
        """Plain words, no character of which marks anything up."""
        return cls(text, markdown_text(text), html_text(text), claim)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One bullet of a fragment, realised (it may hold more than one grammatical sentence)."""

    pieces: tuple[Piece, ...]
    fragment: str
    source: str
    tone: Tone = Tone.NEUTRAL
    text: str = field(init=False, repr=False, compare=False)
    words: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        text = "".join([piece.text for piece in self.pieces])
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "words", len(text.split()))

    @property
    def markdown(self) -> str:
        return "".join([piece.markdown for piece in self.pieces])


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs, each paragraph a run of sentences."""

    key: str
    heading: Sentence | None
    paragraphs: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The day's moves: one row per segment, one cell per horizon; None where a figure is absent."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Piece | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: a segment rebased to 100 at the chart's first session."""

    label: str
    symbol: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    title: str
    description: str
    days: tuple[date, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    percent: float
    """Rounded, in percent."""
    printed: str


@dataclass(frozen=True, slots=True)
class BarChart:
    title: str
    description: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """The whole article, before any page is made of it."""

    edition: str
    session: date
    headline: Sentence
    standfirst: Sentence
    lead: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    takeaways: tuple[Sentence, ...]
    bottom_line: Sentence
    table: Table
    line_chart: LineChart | None
    bar_chart: BarChart | None
    notes: tuple[str, ...]
    """How the figures are made, what was left out: plain sentences of standing text."""
    sources: tuple[Fact, ...]
    angle: str
    tags: tuple[str, ...]
    reading_minutes: int
    dateline: str


@dataclass(frozen=True, slots=True)
class Post:
    """One message for one network: whole sentences in order, then its tags and link."""

    sentences: tuple[Sentence, ...]
    tags: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """The posts that go with an article."""

    x: Post
    thread: tuple[Post, ...]
    linkedin: Post
    facebook: Post
    alt_text: str

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence of every post."""
        for post in (self.x, *self.thread, self.linkedin, self.facebook):
            yield from post.sentences


# --- what was weighed ---------------------------------------------------------------------------


class Weighed(NamedTuple):
    """One fragment's standing on one session: did its rule hold, how rare is that, did it speak."""

    fragment: str
    slot: str
    held: bool
    surprisal: float
    """Bits: -log2 of the share of past sessions on which the rule held."""
    times_before: int
    last_time: date | None
    outcome: str
    """`spoke`, or the reason it was passed over."""


@dataclass(frozen=True, slots=True)
class Page:
    """One file of an edition folder."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """What `write_edition` did."""

    folder: Path
    session: date
    edition: str
    files: tuple[str, ...]
    omissions: tuple[Omission, ...]
    notices: tuple[str, ...] = ()
    """Things worth telling the operator: a product that could not be made, and why."""
    stages: tuple[tuple[str, float, str], ...] = ()
    """(stage, seconds, what it did) for --verbose."""


SOURCES = ("yahoo", "csv", "sample")
FORMATS = ("markdown", "html", "pdf", "x", "linkedin", "facebook")
"""The products that can be asked for by themselves."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the caller asked for, with nothing left to guess."""

    edition: str = "session"
    session: date | None = None
    latest: bool = False
    """Whether to take the last session that prices are held of, rather than the last completed one."""
    source: str = "sample"
    data: Path | None = None
    project: Path | None = None
    store: Path | None = None
    """The file that fetched prices are kept in; None: as COMMENTARY_STORE says, or among the user's own data."""
    offline: bool = False
    """Whether to ask nobody, and read the store alone."""
    as_known: datetime | None = None
    """Read the store as it was at this moment, and ask nobody."""
    accept: Sequence[tuple[str, date]] = ()
    """Moves, by symbol and day, that somebody vouches for: they are not doubted."""
    output: Path = field(default_factory=lambda: Path("output"))
    formats: Sequence[str] = FORMATS

    def __post_init__(self) -> None:
        """Raise `SettingsError` for a setting of the wrong type, a source or a product that is not there."""
        kinds: Mapping[str, type | tuple[type, ...]] = {
            "edition": str,
            "session": (date, NoneType),
            "source": str,
            "output": Path,
            "as_known": (datetime, NoneType),
            **dict.fromkeys(("data", "project", "store"), (Path, NoneType)),
        }
        for name, kind in kinds.items():
            value = getattr(self, name)
            if not isinstance(value, kind) or (name == "session" and isinstance(value, datetime)):
                wanted = (kind if isinstance(kind, type) else kind[0]).__name__
                raise SettingsError(f"{name}={value!r}: give a {wanted}, not a {type(value).__name__}.")
        if self.source not in SOURCES:
            raise SettingsError(f"There is no source '{self.source}'. Choose one of {', '.join(SOURCES)}.")
        if isinstance(self.formats, str) or not set(self.formats) <= set(FORMATS):
            raise SettingsError(f"formats={self.formats!r}: give a list of some of {', '.join(FORMATS)}.")
