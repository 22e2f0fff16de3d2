"""An issue as data: its article, posts and letter; the fragments weighed for it, and the files that it became."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from generator.model.document import Article
from generator.model.masthead import Imprint
from generator.model.prices import Omission
from generator.model.sentences import Sentence
from generator.model.trial import Trial


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


class Weighed(NamedTuple):
    """One fragment on one session: whether its rule held, how rare that is, and whether it was used."""

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
    """Things the user should know: a product that could not be made, and why."""
    stages: tuple[tuple[str, float, str], ...] = ()
    """(stage, seconds, what it did) for --verbose."""
