"""An article and its posts before any page: sentences, sections, tables, charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from generator.escaping import html_text, markdown_text
from generator.model.content import Tone
from generator.model.figures import Fact


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

    posts: Mapping[str, tuple[Post, ...]]
    """By the file's name in the ledger (`x-thread`): one post, or a thread of them."""
    alt_text: str
    """The card in words."""

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence of every post."""
        for posts in self.posts.values():
            for post in posts:
                yield from post.sentences
