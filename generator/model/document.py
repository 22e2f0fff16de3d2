"""An article and its posts before any page: sentences, sections, tables, charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Literal, NamedTuple

from generator.escaping import html_text, markdown_text
from generator.model.content import Imprint, Tone
from generator.model.figures import Fact
from generator.model.trial import Trial


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

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "".join([piece.text for piece in self.pieces]))

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def markdown(self) -> str:
        return "".join([piece.markdown for piece in self.pieces])


@dataclass(frozen=True, slots=True)
class Table:
    """The day's moves: one row per segment, one cell per horizon; None where a figure is absent."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Piece | None, ...]], ...]


Cell = tuple[Piece, ...]
"""Words and figures that stand together in a table; empty where one of its figures is absent."""


@dataclass(frozen=True, slots=True)
class Inset:
    """A small table inside the article: rows under headings, each row after its label."""

    key: str
    caption: Cell
    corner: str
    """The heading of the first column."""
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, tuple[Cell, ...]], ...]

    @property
    def cells(self) -> Iterator[Cell]:
        """All that it prints, in order."""
        yield from (self.caption, *self.columns)
        for label, cells in self.rows:
            yield from (label, *cells)

    @property
    def pieces(self) -> Cell:
        """The same, piece by piece."""
        return tuple(chain.from_iterable(self.cells))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: a segment rebased to 100 at the chart's first session, or a figure, whose name it has."""

    label: str
    symbol: str
    values: tuple[float, ...]
    """From the first place on; a line that goes on in the future ends before the last."""


@dataclass(frozen=True, slots=True)
class LineChart:
    title: str
    description: str
    days: tuple[date, ...]
    lines: tuple[Line, ...]
    steps: tuple[int, ...] = ()
    """Instead of days: sessions before and after an event."""
    base: float = 100.0
    """The value whose level is drawn strongest, if it is on the axis: where columns begin."""
    logarithmic: bool = False
    columns: bool = False
    """Whether columns are drawn, side by side at each day, and no lines."""
    shaded: tuple[tuple[int, int], ...] = ()
    """The first and last place of each stretch that is shaded."""
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    """Between what values a band is drawn behind the lines, place by place."""

    @property
    def places(self) -> int:
        """How many places there are from left to right."""
        return len(self.steps or self.days)


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


class Role(StrEnum):
    """What a block is to the article."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    LEAD = "lead"
    SECTION = "section"
    TAKEAWAYS = "takeaways"
    BOTTOM_LINE = "bottom line"
    LINES = "lines"
    BARS = "bars"
    PICTURE = "picture"
    TABLE = "table"
    INSET = "small table"
    SOURCES = "sources"
    NOTES = "notes"


TextRole = Literal[Role.HEADLINE, Role.STANDFIRST, Role.LEAD, Role.SECTION, Role.TAKEAWAYS, Role.BOTTOM_LINE]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Sentences that stand together: a headline, a lead, a section under its heading, takeaways one a paragraph."""

    role: TextRole
    part: str
    """Its name in the ledger: a section's own, else the role."""
    paragraphs: tuple[tuple[Sentence, ...], ...]
    heading: Sentence | None = None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All of them but the heading, in order."""
        return tuple(chain.from_iterable(self.paragraphs))


@dataclass(frozen=True, slots=True)
class LinesBlock:
    """A chart of lines, and the file it is drawn to."""

    file: str
    chart: LineChart
    role: Literal[Role.LINES] = Role.LINES


@dataclass(frozen=True, slots=True)
class BarsBlock:
    """A chart of bars, and the file it is drawn to."""

    file: str
    chart: BarChart
    role: Literal[Role.BARS] = Role.BARS


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture below the part that it belongs to, and the file it is drawn to."""

    file: str
    chart: LineChart
    role: Literal[Role.PICTURE] = Role.PICTURE


@dataclass(frozen=True, slots=True)
class TableBlock:
    """The table of moves."""

    table: Table
    role: Literal[Role.TABLE] = Role.TABLE


@dataclass(frozen=True, slots=True)
class InsetBlock:
    """A small table below the part that it belongs to."""

    inset: Inset
    role: Literal[Role.INSET] = Role.INSET


@dataclass(frozen=True, slots=True)
class SourcesBlock:
    """What is cited, in order of first use."""

    facts: tuple[Fact, ...]
    role: Literal[Role.SOURCES] = Role.SOURCES


@dataclass(frozen=True, slots=True)
class NotesBlock:
    """How the figures are made and what was left out: plain sentences of standing text."""

    notes: tuple[str, ...]
    role: Literal[Role.NOTES] = Role.NOTES


Block = TextBlock | LinesBlock | BarsBlock | PictureBlock | TableBlock | InsetBlock | SourcesBlock | NotesBlock


@dataclass(frozen=True, slots=True)
class Article:
    """The whole article, before any page is made of it: what it is, and its blocks in page order."""

    edition: str
    session: date
    kicker: str
    """The words above the headline."""
    blocks: tuple[Block, ...]
    angle: str
    tags: tuple[str, ...]
    reading_minutes: int
    dateline: str

    def of(self, role: Role) -> Iterator[TextBlock]:
        """The blocks of sentences in that role."""
        return (block for block in self.blocks if isinstance(block, TextBlock) and block.role is role)

    def spoken(self) -> Iterator[tuple[str, Sentence]]:
        """Every sentence in page order, headings included, with the part it stands in."""
        return spoken(self.blocks)

    @property
    def headline(self) -> Sentence:
        """Its one headline."""
        return next(self.of(Role.HEADLINE)).sentences[0]

    @property
    def standfirst(self) -> Sentence:
        """The sentence below the headline."""
        return next(self.of(Role.STANDFIRST)).sentences[0]

    @property
    def line_chart(self) -> LineChart | None:
        """The first chart of lines."""
        return next((block.chart for block in self.blocks if isinstance(block, LinesBlock)), None)

    @property
    def table(self) -> Table | None:
        """The first table."""
        return next((block.table for block in self.blocks if isinstance(block, TableBlock)), None)

    @property
    def charted(self) -> tuple[LinesBlock | PictureBlock, ...]:
        """Its charts with axes, in page order."""
        return tuple(block for block in self.blocks if isinstance(block, LinesBlock | PictureBlock))

    @property
    def insets(self) -> tuple[Inset, ...]:
        """Its small tables, in page order."""
        return tuple(block.inset for block in self.blocks if isinstance(block, InsetBlock))

    @property
    def citing(self) -> tuple[Sentence | Inset, ...]:
        """What may cite a source, in the order in which sources are numbered: every sentence, then small tables."""
        return (*(sentence for _, sentence in self.spoken()), *self.insets)

    @property
    def sources(self) -> tuple[Fact, ...]:
        """What is cited, numbered in this order."""
        return tuple(fact for block in self.blocks if isinstance(block, SourcesBlock) for fact in block.facts)


def spoken(blocks: Iterable[Block]) -> Iterator[tuple[str, Sentence]]:
    """Every sentence of the blocks in their order, headings included, with the part it stands in."""
    for block in blocks:
        if isinstance(block, TextBlock):
            if block.heading is not None:
                yield f"{block.part} heading", block.heading
            for sentence in block.sentences:
                yield block.part, sentence


@dataclass(frozen=True, slots=True)
class Post:
    """One message for one network: whole sentences in order, then its tags and link."""

    sentences: tuple[Sentence, ...]
    tags: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What an inbox shows of a newsletter before it is opened."""

    subject: Sentence
    preheader: tuple[Sentence, ...]
    """The line beside the subject: whole sentences that add to it; empty where there are none."""

    @property
    def preview(self) -> str:
        """The preheader's text."""
        return " ".join(sentence.text for sentence in self.preheader)


@dataclass(frozen=True, slots=True)
class Digest:
    """The posts that go with an article."""

    posts: Mapping[str, tuple[Post, ...]]
    """By the file's name in the ledger (`x-thread`): one post, or a thread of them."""
    alt_text: str
    """The card in words."""
    envelope: Envelope | None = None
    """Subject and preheader of the newsletter; an issue saved before there was one has none."""

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence of every post, and of the newsletter's subject and preheader."""
        for posts in self.posts.values():
            for post in posts:
                yield from post.sentences
        if self.envelope:
            yield from (self.envelope.subject, *self.envelope.preheader)


@dataclass(frozen=True, slots=True)
class Issue:
    """One edition of one session as data: all that its pages and posts are poured from, but for what proves it."""

    article: Article
    digest: Digest
    imprint: Imprint
    simulated: bool
    format: Literal[1] = 1
    test: Trial | None = None
    """What it says would prove it wrong, if it sets a test; an issue saved before there were any has none."""
