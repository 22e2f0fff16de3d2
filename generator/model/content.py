"""What editors write: fragments and their wordings, the outline, the words and what they claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from generator.model.calendar import Calendar
from generator.model.channels import Channel
from generator.model.choices import Choices
from generator.model.figures import Fact
from generator.model.trial import Trial
from generator.model.universe import Universe

ALWAYS = "True"
"""The rule that holds on every session, where an empty one would mean that there is none."""


class Tone(StrEnum):
    OPPORTUNITY = "opportunity"
    CAUTION = "caution"
    NEUTRAL = "neutral"


class Bearing(StrEnum):
    """How a passage bears on the story: both good or both bad for small caps, one against the other, or neither."""

    SUPPORTS = "supports"
    AGAINST = "against"
    CONTEXT = "context"

    @classmethod
    def of(cls, passage: Tone, story: Tone) -> Bearing:
        """How a passage of that tone bears on a story of that tone."""
        if Tone.NEUTRAL in (passage, story):
            return cls.CONTEXT
        return cls.SUPPORTS if passage is story else cls.AGAINST


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
    """Whether the names were written as a list: `[a, b] | moves`."""


_BESIDES = re.compile(r"_(?:sessions_since_(?:higher|lower)|(?:highest|lowest)_since|rank|rank_low|before|date|n)$")
"""What a name ends in that tells of another figure: when it was last as high, its rank, its value before."""


@dataclass(frozen=True)
class Variant:
    """One wording, or one line of a longer one: literal text with placeholders between.

    A wording is a paragraph: its first line, and those that follow `then`, some of them only where their rule holds.

    `plain`, `markdown` and `html` hold one more literal than there are slots; literal i comes before slot i.
    """

    plain: tuple[str, ...]
    markdown: tuple[str, ...]
    html: tuple[str, ...]
    slots: tuple[Slot, ...]
    line: int
    source: str
    """`content/session/lead/x.md:7`; of a later line of the same wording, `content/session/lead/x.md:7.1`."""
    when: str = ""
    """A rule of its own, without which this line is left out; a wording's first line has none."""
    bearing: Bearing | None = None
    """If set, the line is said only where its passage bears on the story in this way."""
    then: tuple[Variant, ...] = ()
    """The lines that follow in the same paragraph."""

    @cached_property
    def figures(self) -> frozenset[str]:
        """Every name its placeholders read."""
        return frozenset(name for slot in self.slots for name in slot.names)

    @property
    def spelled(self) -> str:
        """The whole wording in one line, with its placeholders: what it is known by where it was chosen."""
        return " / ".join(filter(None, (_spelled(line) for line in self.lines)))

    @cached_property
    def follows(self) -> bool:
        """Whether it is a later line of its wording."""
        return "." in self.source.rpartition(":")[2]

    @cached_property
    def vouched(self) -> bool:
        """Whether the line’s own rule makes its claims true: it is about a figure that the line prints, if any."""
        named = {_BESIDES.sub("", name) for name in re.findall(r"[a-z_][a-z0-9_]*", self.when)}
        printed = {_BESIDES.sub("", name) for name in self.printed}
        return bool(self.when) and bool(named & printed or not printed)

    @cached_property
    def printed(self) -> frozenset[str]:
        """The figures, not names of segments, that its placeholders print."""
        return frozenset(name for name in self.figures if "_" in name)

    @cached_property
    def optional(self) -> bool:
        """Whether the line may be left out."""
        return bool(self.when) or self.bearing is not None

    @cached_property
    def worded(self) -> bool:
        """Whether there is anything in the line; a wording that begins with a mark has an empty first one."""
        return bool(self.slots) or any(self.plain)

    @cached_property
    def always_speaks(self) -> bool:
        """Whether some of the wording's words stand whatever holds."""
        return any(line.worded for line in self.required)

    @cached_property
    def required(self) -> tuple[Variant, ...]:
        """The wording's lines that always stand."""
        return (self, *(line for line in self.then if not line.optional))

    @cached_property
    def lines(self) -> tuple[Variant, ...]:
        """All the wording's lines, in order."""
        return (self, *self.then)


def _spelled(line: Variant) -> str:
    """One line's words, with what its placeholders read and by which filters."""
    said = line.plain[0]
    for slot, words in zip(line.slots, line.plain[1:], strict=True):
        filters = "".join(f" | {call.name}{list(call.arguments) or ''}" for call in slot.calls)
        said += f"{{{', '.join(slot.names)}{filters}}}{words}"
    return " ".join(said.split())


@dataclass(frozen=True, slots=True)
class Fragment:
    """A situation: the rule that releases it, and the wordings for each part of the page it serves."""

    key: str
    """`session/lead/small-caps-lead`."""
    slot: str
    path: str
    when: str
    """The rule as written; an empty rule is always true."""
    when_line: int
    weight: float
    topic: str
    tone: Tone
    asserts: Mapping[str, str]
    assert_lines: Mapping[str, int]
    parts: Mapping[str, tuple[Variant, ...]]
    """`body` for the bullets before any heading; `headline`, `standfirst`, … for those under one."""
    after: str = ""
    """The situation whose history the fragment quotes, if it is only part of `when` (which includes it)."""
    own_part: str = ""
    """Of an editor's own sentence for one issue: the part of the page that it stands in; no other fragment has one."""
    taken_on_by: str = ""
    """Who answers for such a sentence, as no figure proves all of its words."""
    order: tuple[str, ...] = ()
    """Of a story: the sections that come first, in this order; the others follow as the kind has them."""
    own_standfirst: bool = False
    """Of a story: whether its standfirst belongs to its thesis, so that no other news stands there instead."""
    trial: Trial | None = None
    """The test that its words set, which a later issue answers."""
    trial_line: str = ""
    """`file:line` of that setting."""

    def during(self, line: Variant) -> Fragment:
        """The fragment as it stands behind one of its lines: its rule and the line's own hold."""
        if not line.when:
            return self
        when = f"({self.when}) and ({line.when})" if self.when else line.when
        return replace(self, when=when, after=self.after or self.when or ALWAYS, trial=None)


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """One part of an edition: which folder its fragments come from, and how many it takes.

    Parts `lead`, `takeaways` and `bottom line` are places of their own: what `lead` and `bottom line` take follows
    the story's. Every other part is a section with a heading.
    """

    key: str
    slot: str
    minimum: int
    maximum: int
    headings: tuple[str, ...] = ()
    """Headings to take turns, for days on which the part's first fragment has none of its own."""
    tone: Tone | None = None
    """If set, the part takes only fragments of this tone."""
    topics: tuple[str, ...] = ()
    """Topics whose passages come first, in this order; the others follow, most newsworthy first."""
    joined: bool = False
    """Whether it stands without a heading below the part before it, where that is there."""

    def place(self, topic: str) -> int:
        """Where a passage of that topic stands among the part's."""
        return self.topics.index(topic) if topic in self.topics else len(self.topics)


@dataclass(frozen=True, slots=True)
class SmallTable:
    """A table inside the article, as an editor lays it out: words, with figures by name, in every cell."""

    key: str
    after: str
    """The part below which it stands; it is left out with that part."""
    when: str
    """A rule without which it is left out; empty for none."""
    caption: Variant
    corner: str
    """The heading of the first column, which says what the rows are."""
    columns: tuple[Variant, ...]
    rows: tuple[tuple[Variant, tuple[Variant | None, ...]], ...]
    """Label and cells; None where there never is a figure."""
    place: str
    """`file:line` where its rule stands, or the table itself."""

    @property
    def words(self) -> Iterator[Variant]:
        """All that is written in it."""
        yield from (self.caption, *self.columns)
        for label, cells in self.rows:
            yield from (label, *(cell for cell in cells if cell))


class Draw(StrEnum):
    """How a picture shows its figures."""

    LINES = "lines"
    COLUMNS = "columns"
    AROUND = "around"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture inside the article, as an editor lays it out: figures drawn over time, or around events."""

    key: str
    after: str
    """The part below which it stands; it is left out with that part."""
    draw: Draw
    title: str
    figures: tuple[tuple[str, str], ...]
    """(label, figure); around events two levels, of which the first's move less the second's is drawn."""
    when: str
    """A rule without which it is left out; empty for none."""
    years: int
    """How far back lines reach; 0 for as far as there are figures."""
    last: int
    """How many groups of columns there are at most."""
    before: int
    """Sessions before an event."""
    sessions: int
    """Sessions after an event."""
    logarithmic: bool
    start: float
    """What lines begin at; 0 leaves them as they are."""
    shaded: str
    """A rule: the sessions on which it holds are shaded."""
    events: str
    """A rule that holds on the sessions of events."""
    place: str
    """`file:line` where it stands."""

    @property
    def file(self) -> str:
        """The file that it is drawn to."""
        return f"charts/{self.key}.svg"

    @property
    def rules(self) -> dict[str, str]:
        """Its rules by what they are for, those that it has."""
        rules = {"when": self.when, "shaded": self.shaded, "events": self.events}
        return {name: rule for name, rule in rules.items() if rule}


class Appears(StrEnum):
    """The sessions of which there is an article."""

    SESSION = "every session"
    WEEK = "last session of the week"
    MONTH = "last session of the month"
    QUARTER = "last session of the quarter"
    HALF = "last session of the half-year"
    YEAR = "last session of the year"
    DECISION = "session of a Fed decision"

    @property
    def period(self) -> str:
        """The period whose last session it is: `week`, `half`; empty where it is of no period."""
        return "" if self in (Appears.SESSION, Appears.DECISION) else self.name.lower()

    @property
    def flag(self) -> str:
        """The figure that is yes on such a session; empty for every session."""
        if self is Appears.DECISION:
            return "policy_today"
        return f"{self.period}_ends" if self.period else ""


@dataclass(frozen=True, slots=True)
class Outline:
    """One kind of article: when it appears, and what it is made of."""

    edition: str
    appears: Appears
    horizon: str
    """The span that the chart of bars shows: `1d`."""
    kicker: str
    """The words above the headline."""
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
    """The two parts that argue for and against, and must be of similar length."""
    standfirst: tuple[str, ...] = ()
    """Parts whose greatest news may be the standfirst, in its short form: the first of them that has any."""
    first: tuple[str, ...] = ()
    """Of these parts, those that come before the others where the standfirst is theirs."""
    tables: tuple[SmallTable, ...] = ()
    """The tables inside the article, in the order in which two below one part stand."""
    pictures: tuple[Picture, ...] = ()
    """The pictures inside the article; below one part they stand before its tables."""

    def opens(self, part: OutlinePart, above: str | None) -> bool:
        """Whether the part begins under a heading of its own, `above` being the part printed before it."""
        keys = [one.key for one in self.parts]
        if not part.joined or above not in keys:
            return True
        between = self.parts[keys.index(above) + 1 : keys.index(part.key)]
        return not (keys.index(above) < keys.index(part.key) and all(one.joined for one in between))

    @property
    def slots(self) -> tuple[str, ...]:
        """The folders that its parts take fragments from, each once."""
        return tuple(dict.fromkeys((self.angle, *(part.slot for part in self.parts))))


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
    """Words that would reverse some measures: 40% above a low is not 40% down to it."""

    measures: tuple[str, ...]
    """Patterns of figures' names, such as `*_above_low_*`."""
    beside: tuple[str, ...]
    """Words that may not stand in the same clause as such a figure."""
    anywhere: tuple[str, ...]
    """Words that may not stand in the same sentence."""
    why: str


@dataclass(frozen=True, slots=True)
class Supposition:
    """Words that presuppose something: “by more” is true only if the other side moved the same way."""

    words: tuple[str, ...]
    rests_on: tuple[str, ...]
    """Patterns of figures' names; the assertion has to name such a figure."""
    harmless: tuple[str, ...] = ()
    """Phrases in which the words presuppose nothing: “one another”."""
    least: int = 1
    """How many such figures the assertion has to name."""


@dataclass(frozen=True, slots=True)
class Calling:
    """Measures that a reader would mistake for others, and the words that say what they are."""

    measures: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two statements that may not both appear in one issue, each as the words that make it."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Senses:
    """What words imply about the figures beside them, from `content/claims.yaml`; patterns match like file names."""

    directions: tuple[Direction, ...] = ()
    up: tuple[str, ...] = ()
    """Words right after a size that say above or ahead, so that the figure has to be positive."""
    down: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    """Words that say which of two is ahead, or that neither is."""
    supposes: Mapping[str, Supposition] = field(default_factory=dict)
    proved_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By claim word, patterns of the figures that alone can prove it: `streak: ["*_streak*"]`."""
    called: tuple[Calling, ...] = ()
    spoken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By segment, words for it besides its own names: `small: [small caps, small companies]`."""
    frames: Mapping[str, Calling] = field(default_factory=dict)
    """By span of time, the measures over it and the words that name it."""
    expletive: tuple[str, ...] = ()
    """Beginnings of sentences in which “it” refers to nothing: “it takes”."""
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Words that name a part of the market, and the figures that can back them, from `content/claims.yaml`."""

    key: str
    words: tuple[str, ...]
    of: tuple[str, ...] = ()
    """Segments and groups: the words need a figure of any one of them."""
    all_of: tuple[str, ...] = ()
    """Segments and groups: the words need a figure of every one of them."""
    figures: tuple[str, ...] = ()
    """Names of figures, `*` for any letters: the words need every one of them."""
    line: str = ""
    """`file:line` where it is defined."""

    @property
    def empty(self) -> bool:
        """Whether no figure can ever back the words."""
        return not (self.of or self.all_of or self.figures)


@dataclass(frozen=True, slots=True)
class Recency:
    """Words that say how long ago something was, and the least time that must have passed to use them."""

    key: str
    words: tuple[str, ...]
    sessions: int = 0
    months: int = 0
    """Complete calendar months."""
    figures: tuple[str, ...] = ()
    """Names of the figures that give its date or age, `*` for any letters; another date after the words is a start."""

    @property
    def least(self) -> str:
        """The least time in words: `20 sessions`, `2 months`."""
        return f"{self.sessions} sessions" if self.sessions else f"{self.months} months"


@dataclass(frozen=True, slots=True)
class Runs:
    """Words that turn a number into the length of a run, and the figures that measure runs."""

    words: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    """Names of figures, `*` for any letters."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A group's mean, which can hide its members: one that moved far against it has to be mentioned."""

    mean: str
    best: str
    worst: str
    large: float
    """The size, in the reader's unit, from which a move against the mean has to be mentioned."""
    up: tuple[str, ...]
    """Figures about members that rose: if the mean fell but one rose that far, a sentence has to quote one of these."""
    down: tuple[str, ...]
    """Figures about members that fell."""


@dataclass(frozen=True, slots=True)
class SpanWords:
    """Words for one span of time, and the figures that can back them, from `content/claims.yaml`."""

    key: str
    words: tuple[str, ...]
    of: tuple[str, ...]
    """Horizons (`1y`), or names of figures, `*` for any letters."""
    named_by: tuple[str, ...] = ()
    """Figures that name the span when quoted: `month_name`."""
    since: int = 0
    """A number of sessions longer than the span: a rule that something is at least that old also proves the words."""
    free: bool = False
    """Whether the words may also speak of time in general, without a figure."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words chosen by size, for rises and falls, per family of units, smallest step first."""

    rises: Mapping[str, tuple[Verb, ...]]
    """By family of units: `percent`, `yield` (basis points), `volatility` (index points)."""
    falls: Mapping[str, tuple[Verb, ...]]
    unchanged: Verb
    scales: Mapping[str, float]
    """How many times larger a usual move is over a horizon (`1m`) or for a kind of instrument (`stock`)."""
    terms: Mapping[str, str]
    """Fixed definitions a sentence may quote: `bear_threshold: 20%`."""
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Claim words with their inflections: `outpaced: [outpaced, outpace, outpacing]`."""
    banned: tuple[str, ...] = ()
    """Promissory, exaggerated, one-sided or advising words that no sentence may contain."""
    opposites: tuple[tuple[str, str], ...] = ()
    """Pairs of claim words that cannot both be true of one figure on one session."""
    senses: Senses = field(default_factory=Senses)
    """What words imply about the figures beside them."""
    scopes: tuple[Scope, ...] = ()
    recency: tuple[Recency, ...] = ()
    runs: Runs = Runs()
    means: tuple[Mean, ...] = ()
    bands: tuple[str, ...] = ()
    """Words saying that a situation has an upper as well as a lower bound: `two to three percent`."""
    sizes: tuple[str, ...] = ()
    """Words saying that the moves counted were as large as the day's own: “as large”, “like this”."""
    bounds: tuple[str, ...] = ()
    """Words that say from which size on moves are counted: “percent or more”."""
    vague: tuple[str, ...] = ()
    """Words whose threshold a reader cannot know, so that nothing may be counted by them."""
    spans: tuple[SpanWords, ...] = ()
    """Words for spans of time, in the file's order."""


@dataclass(frozen=True, slots=True)
class Newsletter:
    """Who sends the newsletter, and how a reader leaves it."""

    sender: str
    address: str
    """From which it is sent."""
    unsubscribe: str
    """Where a reader leaves it: a web address, or `mailto:` one."""
    postal: str
    """The sender's address in the street, which the law of several countries asks for."""
    one_click: bool = False
    """Whether `unsubscribe` takes a POST, by which mail programs unsubscribe at one click (RFC 8058)."""


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
    """Standing text on how the figures are made."""
    language: str = "en-US"
    hashtags: tuple[str, ...] = ()
    newsletter: Newsletter | None = None
    """None where the publication sends none."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign of a reading: the rule that says on which sessions it is seen."""

    key: str
    when: str
    line: str
    """`file:line` where it is defined."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A familiar pattern of a session across the market, known by its signals, from `content/readings.yaml`."""

    key: str
    says: str
    """What it means, for whoever edits; never printed."""
    signals: tuple[Signal, ...]
    line: str
    """`file:line` where it is defined."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything an editor owns, read once."""

    root: Path
    templates: tuple[Path, ...]
    """Template folders, the publication's own first."""
    imprint: Imprint
    channels: tuple[Channel, ...]
    """The networks that posts are made for, in the file's order."""
    universe: Universe
    lexicon: Lexicon
    outlines: Mapping[str, Outline]
    fragments: Mapping[str, tuple[Fragment, ...]]
    """Per edition."""
    facts: tuple[Fact, ...] = ()
    readings: tuple[Reading, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    choices: Mapping[tuple[date, str], Choices] = field(default_factory=dict)
    """By session and kind, what an editor chose for an issue."""

    def choices_of(self, edition: str) -> tuple[Choices, ...]:
        """What an editor chose for issues of that kind."""
        return tuple(one for (_, kind), one in self.choices.items() if kind == edition)

    @property
    def trials(self) -> tuple[Trial, ...]:
        """Every test that a case of any kind sets."""
        return tuple(one.trial for cases in self.fragments.values() for one in cases if one.trial)
