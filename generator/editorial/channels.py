"""`content/channels.yaml`: the networks that posts are made for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from generator.editorial.document import Document
from generator.editorial.schema import Shape, choice, fitted, matching, some
from generator.editorial.values import Key, Line
from generator.editorial.yaml_reader import read_document
from generator.errors import Fault
from generator.model import Channel, Closing, Counts, PostFile, Takes

WHERE = "content/channels.yaml"
ARTICLES = ("markdown", "html", "pdf", "mail")
"""The formats of the article, which no channel can be named after."""
RESERVED = frozenset({"article.txt", "card-alt.txt", "newsletter.txt"})
_BETWEEN = {"space": " ", "paragraph": "\n\n"}
FileName = Annotated[
    str, matching(r"[a-z0-9][a-z0-9-]{0,40}\.txt", "is not a file's name: small letters, digits and -, then .txt.")
]
Message = Annotated[
    str,
    matching(
        rf"({'|'.join(Takes)})( [1-9])?", f"should be one of {', '.join(Takes)}, with a number if there is a most."
    ),
]
Few = Annotated[int, Field(ge=0, le=10)]
Length = Annotated[int, Field(ge=50, le=1_000_000)]


class FileShape(Shape):
    """One file of posts."""

    what: ClassVar[str] = "a file of posts"
    messages: some(Message, most=12)  # type: ignore[valid-type]
    thread: Annotated[float, Field(gt=0.0, le=1.0)] | None = None

    def file(self, path: str) -> PostFile:
        """The model's own object."""
        split = (message.partition(" ") for message in self.messages)
        messages = tuple((Takes(what), int(most) if most else None) for what, _, most in split)
        return PostFile(path, messages, self.thread or 0.0)


class ChannelShape(Shape):
    """One network."""

    what: ClassVar[str] = "a channel"
    name: Line
    limit: Length
    counts: choice(Counts)  # type: ignore[valid-type]
    fills: Length | None = None
    cashtags: Few = 0
    hashtags: Few = 0
    between: Literal["space", "paragraph"]
    closing: some(some(choice(Closing)))  # type: ignore[valid-type]
    files: dict[FileName, FileShape] = Field(min_length=1)

    def channel(self, key: str) -> Channel:
        """The model's own object."""
        return Channel(
            key=key,
            name=self.name,
            limit=self.limit,
            counts=self.counts,
            fills=self.fills or self.limit,
            between=_BETWEEN[self.between],
            closing=tuple(map(tuple, self.closing)),
            files=tuple(file.file(path) for path, file in self.files.items()),
            cashtags=self.cashtags,
            hashtags=self.hashtags,
        )


class ChannelsShape(Shape):
    """The whole file."""

    channels: dict[Key, ChannelShape] = Field(min_length=1)


def gather_channels(content: Path) -> tuple[tuple[Channel, ...] | None, list[Fault]]:
    """The channels in the file's order, and every fault in it."""
    document = read_document(content, WHERE)
    shape, faults = fitted(document, ChannelsShape)
    if shape is None:
        return None, faults
    faults += _faults(document, shape)
    return tuple(channel.channel(key) for key, channel in shape.channels.items()), faults


def _faults(document: Document, shape: ChannelsShape) -> Iterator[Fault]:
    """Contradictions between the parts of the file."""
    taken = dict.fromkeys(RESERVED, "the article")
    for key, channel in shape.channels.items():
        if key in ARTICLES:
            place = document.at("channels", key)
            yield Fault(place, f"'{key}' is a form of the article; call the channel otherwise.")
        if channel.fills and channel.fills > channel.limit:
            place = document.at("channels", key, "fills")
            yield Fault(place, f"'fills' is more than the limit, {channel.limit:,}.")
        if not any(Closing.LINK in paragraph for paragraph in channel.closing):
            place = document.at("channels", key, "closing")
            yield Fault(place, "'closing' has no 'link': a post leads to its article.")
        for path, file in channel.files.items():
            place = document.at("channels", key, "files", path)
            if path in taken:
                yield Fault(place, f"'{path}' is a file of {taken[path]} already.")
            if file.messages[0] != Takes.NEWS:
                yield Fault(place, f"the messages of '{path}' should begin with {Takes.NEWS}, the day's story.")
            taken[path] = key
