"""Posts in, the text each network is given out, with each network's own count of its length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from jinja2 import Environment

from generator.errors import ContentError, Fault
from generator.model import Digest, Imprint, Post
from generator.rendering.environment import pour, shown_path
from generator.rendering.pages.moulds import moulded
from generator.rendering.pages.x_length import x_length

# X counts a minus sign and the spaces that typography narrows double, and no network needs them.
_PLAIN = (("−", "-"), ("\u202f", " "), ("\u2009", " "), ("\u00a0", " "))

LINKEDIN_FOLD = 140
"""Characters of a LinkedIn post that are read before "see more": the news belongs in them."""
FACEBOOK_FOLD = 480


def linkedin_length(text: str) -> int:
    """Length as LinkedIn counts it: UTF-16 code units, so that a character outside the basic plane is two."""
    return len(text.encode("utf-16-le")) // 2


def facebook_length(text: str) -> int:
    """Length as Facebook counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True, slots=True)
class Network:
    """A network that posts go to: its template, the longest post it takes, and how it counts."""

    key: str
    template: str
    limit: int
    length: Callable[[str], int]


X = Network("x", "x.txt.j2", 280, x_length)
LINKEDIN = Network("linkedin", "linkedin.txt.j2", 3_000, linkedin_length)
FACEBOOK = Network("facebook", "facebook.txt.j2", 63_206, facebook_length)


def post_text(post: Post, network: Network, imprint: Imprint, env: Environment, *, simulated: bool = False) -> str:
    """The post as the network is given it, without a line end; `network.length` of this is what its limit holds for."""

    def poured(posts: Sequence[Post], imprint: Imprint) -> str:
        return pour(env, network.template, post=posts[0], imprint=imprint, simulated=simulated)

    return _plain(moulded(env, network.template, (post,), imprint, simulated, poured))


def _plain(text: str) -> str:
    """The text in the characters that networks count single, without space around it."""
    for character, instead in _PLAIN:
        text = text.replace(character, instead)
    return text.strip()


def render_x(digest: Digest, imprint: Imprint, env: Environment, *, simulated: bool = False) -> str:
    """`x.txt`: the one post for X."""
    return post_text(digest.x, X, imprint, env, simulated=simulated) + "\n"


def render_thread(digest: Digest, imprint: Imprint, env: Environment, *, simulated: bool = False) -> str:
    """`x-thread.txt`: posts divided by a line `---`, each of them `post_text` of that post."""

    def poured(posts: Sequence[Post], imprint: Imprint) -> str:
        thread = replace(digest, thread=tuple(posts))
        return pour(env, "x-thread.txt.j2", digest=thread, imprint=imprint, simulated=simulated)

    for number, post in enumerate(digest.thread, 1):
        if "---" in (line.strip() for line in post_text(post, X, imprint, env, simulated=simulated).splitlines()):
            message = f"post {number} of the thread holds a line '---', which divides posts. Take it out."
            raise ContentError([Fault(shown_path(env, "x-thread.txt.j2"), message)])
    return _plain(moulded(env, "x-thread.txt.j2", digest.thread, imprint, simulated, poured)) + "\n"


def render_linkedin(digest: Digest, imprint: Imprint, env: Environment, *, simulated: bool = False) -> str:
    """`linkedin.txt`: the post for LinkedIn."""
    return post_text(digest.linkedin, LINKEDIN, imprint, env, simulated=simulated) + "\n"


def render_facebook(digest: Digest, imprint: Imprint, env: Environment, *, simulated: bool = False) -> str:
    """`facebook.txt`: the post for Facebook."""
    return post_text(digest.facebook, FACEBOOK, imprint, env, simulated=simulated) + "\n"
