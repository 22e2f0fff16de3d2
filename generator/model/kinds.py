"""A kind of article: when it appears, and the parts, tables and pictures that it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.model.fragments import Tone, Variant


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
    on_demand: bool = False
    """Whether an article may be asked for of any session; rarity and turns then count that one as well."""
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
