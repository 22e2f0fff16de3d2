"""Sets a post as its network is given it, and counts it as the network does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from generator.channels.graphemes import bluesky_length, mastodon_length, threads_length
from generator.channels.x_length import x_length
from generator.model import Channel, Closing, Counts, Post

DIVIDER = "\n\n---\n\n"
"""What stands between the posts of a thread in its file."""
SIMULATED = "Simulated market. "
# X counts a minus sign and the spaces that typography narrows double, and no network needs them.
_PLAIN = (("−", "-"), ("\u202f", " "), ("\u2009", " "), ("\u00a0", " "))


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, by which LinkedIn and Facebook count: a character outside the basic plane is two."""
    return len(text.encode("utf-16-le")) // 2


LENGTHS: Mapping[Counts, Callable[[str], int]] = {
    Counts.X: x_length,
    Counts.UTF16: utf16_length,
    Counts.BLUESKY: bluesky_length,
    Counts.MASTODON: mastodon_length,
    Counts.THREADS: threads_length,
}


def post_text(post: Post, channel: Channel, call: str, *, simulated: bool = False) -> str:
    """The post as the network is given it, without a line end. `call` is the imprint's call to action.

    It stands only beside a link: there is nothing to read on without one.
    """
    lines = {
        Closing.TAGS: " ".join(post.tags),
        Closing.LINK: post.link,
        Closing.CALL: call if post.link else "",
    }
    said = channel.between.join(sentence.text for sentence in post.sentences)
    closing = ["\n".join(filter(None, (lines[line] for line in paragraph))) for paragraph in channel.closing]
    opened = f"{SIMULATED if simulated else ''}{said}".strip()
    text = "\n\n".join(filter(None, [opened, *closing]))
    for narrow, plain in _PLAIN:
        text = text.replace(narrow, plain)
    return text


def post_length(post: Post, channel: Channel, call: str, *, simulated: bool = False) -> int:
    """What the network counts of the post, tags and link included."""
    return counted_length(channel.counts, post_text(post, channel, call, simulated=simulated))


@lru_cache(maxsize=256)
def counted_length(counts: Counts, text: str) -> int:
    """What a network that counts like this makes of a text; cached, as a post is tried, refused or kept, and told."""
    return LENGTHS[counts](text)


def file_text(posts: Sequence[Post], channel: Channel, call: str, *, simulated: bool = False) -> str:
    """A channel's file: its post, or its thread divided by lines `---`."""
    return DIVIDER.join(post_text(post, channel, call, simulated=simulated) for post in posts) + "\n"
