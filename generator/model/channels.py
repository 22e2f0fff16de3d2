"""The networks that posts are made for, as `content/channels.yaml` has them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Counts(StrEnum):
    """How a network counts the length of a post."""

    X = "x"
    UTF16 = "utf16"


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
    """What it is filled with, in order, and at most how many of each; None: as many as there are."""
    thread: float = 0.0
    """The share of the limit up to which each post of a thread is filled; 0: the file is one post."""

    @property
    def key(self) -> str:
        """Its name in the ledger: `x-thread`."""
        return self.path.removesuffix(".txt")


@dataclass(frozen=True, slots=True)
class Channel:
    """A network: how long a post may be, how it is set, and the files that are made for it."""

    key: str
    name: str
    limit: int
    """The most that a post may count."""
    counts: Counts
    fills: int
    """Up to what count a post is filled."""
    between: str
    """What stands between two sentences."""
    closing: tuple[tuple[Closing, ...], ...]
    """The paragraphs that end a post, each of them lines; a line for which there is nothing is left out."""
    files: tuple[PostFile, ...]
    cashtags: int = 0
    hashtags: int = 0
