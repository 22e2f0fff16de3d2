"""An article before any page: its blocks in page order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Literal, get_args

from generator.model.charts import BarChart, Inset, LineChart, Table
from generator.model.figures import Fact
from generator.model.sentences import Sentence


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

    @property
    def is_section(self) -> bool:
        """Whether pages set it as a section: every block of sentences that has no place of its own."""
        return self in get_args(TextRole) and self not in _PLACED


TextRole = Literal[Role.HEADLINE, Role.STANDFIRST, Role.LEAD, Role.SECTION, Role.TAKEAWAYS, Role.BOTTOM_LINE]

_PLACED = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.LEAD, Role.TAKEAWAYS, Role.BOTTOM_LINE})


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
