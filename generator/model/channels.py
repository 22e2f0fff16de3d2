"""The networks that posts are made for, as `content/channels.yaml` has them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Counts(StrEnum):
    """How a network counts the length of a post."""

    X = "x"
    UTF16 = "utf16"
    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    THREADS = "threads"


class Takes(StrEnum):
    """What a post is filled with."""

    NEWS = "news"
    POINTS = "points"
    SIDES = "sides"
    OTHER_SIDE = "other_side"


class Closing(StrEnum):
    """A line that ends a post."""

    TAGS = "tags"
    LINK = "link"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class PostFile:
    """One file of a channel: a post, or a thread of them."""

    path: str
    messages: tuple[tuple[Takes, int | None], ...]
    """What it is filled with, in order, and the most of each; None means as many as there are."""
    thread: float = 0.0
    """For a thread, the share of the limit to which each post is filled; 0 means the file is a single post."""

    @property
    def key(self) -> str:
        """Its name in the ledger: `x-thread`."""
        return self.path.removesuffix(".txt")


@dataclass(frozen=True, slots=True)
class Channel:
    """A network: how long a post may be, how it is laid out, and the files made for it."""

    key: str
    name: str
    limit: int
    """The longest that a post may be."""
    counts: Counts
    fills: int
    """The length up to which a post is filled."""
    between: str
    """The text between two sentences."""
    closing: tuple[tuple[Closing, ...], ...]
    """The paragraphs that end a post, each a list of lines; lines without content are left out."""
    files: tuple[PostFile, ...]
    cashtags: int = 0
    hashtags: int = 0
