"""The lexicon: verbs by size, and what words claim, imply and may stand beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
class Still:
    """Words that say that something hardly moved, and the farthest that it may have moved where they are said."""

    words: tuple[str, ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict)
    """By pattern of figures' names, the size in the reader's unit: `ust10y_change_1d: 2`."""


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
class Definition:
    """Words that mean one thing whichever rule releases them: “each step down in size did better”."""

    key: str
    words: tuple[str, ...]
    rule: str
    """What has to hold wherever the words are said; `{span}` is the horizon of the kind of article."""

    def over(self, horizon: str) -> str:
        """The rule for articles of one horizon."""
        return self.rule.replace("{span}", horizon)


@dataclass(frozen=True, slots=True)
class Whole:
    """Counts of members, and the words that a sentence needs where every member is counted: “all eleven sectors”."""

    key: str
    figures: tuple[str, ...]
    """Names of the counts, `*` for any letters."""
    whole: str
    """The figure that counts all members; `{span}` is the horizon of the kind of article."""
    words: tuple[str, ...]

    def over(self, horizon: str) -> str:
        """That figure for articles of one horizon."""
        return self.whole.replace("{span}", horizon)


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
    due: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """How a list of dates to come calls each event, and up to how many days before it tells of it."""
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
    still: Still = Still()
    means: tuple[Mean, ...] = ()
    definitions: tuple[Definition, ...] = ()
    wholes: tuple[Whole, ...] = ()
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
