"""Posts are poured into the text that each network is given."""

from __future__ import annotations

from dataclasses import replace

import pytest
from jinja2 import Environment

from generator.errors import ContentError
from generator.model import Digest, Imprint
from generator.rendering.pages.digest import (
    FACEBOOK,
    LINKEDIN,
    LINKEDIN_FOLD,
    X,
    facebook_length,
    linkedin_length,
    post_text,
    render_facebook,
    render_linkedin,
    render_thread,
    render_x,
)

from ..conftest import LINK, NEWS


def test_post_for_x(digest: Digest, imprint: Imprint, env: Environment) -> None:
    """News first, then the other side, then tags and link; a minus sign becomes a hyphen."""
    assert render_x(digest, imprint, env) == (
        "The Russell 2000 rose 2.41% on Thursday and the S&P 500 moved -0.64%, a lead of 3.05 points. "
        "It is still 9% below its record.\n\n$IWM #smallcaps\n" + LINK + "\n"
    )


def test_post_without_tags_or_link(digest: Digest, imprint: Imprint, env: Environment) -> None:
    """A post may be its sentences and nothing else, or have a link without tags."""
    bare = replace(digest.x, sentences=(NEWS,), tags=(), link="")
    text = post_text(bare, X, imprint, env)
    assert text.endswith("points.")
    assert post_text(replace(bare, link=LINK), X, imprint, env) == f"{text}\n\n{LINK}"


def test_thread_is_divided_by_lines_of_hyphens(digest: Digest, imprint: Imprint, env: Environment) -> None:
    """Each part of the thread is the very text that its post alone would be, so that its length is known before."""
    parts = render_thread(digest, imprint, env, simulated=True).rstrip("\n").split("\n\n---\n\n")
    assert parts == [post_text(post, X, imprint, env, simulated=True) for post in digest.thread]


def test_a_line_that_would_divide_a_post_is_refused(digest: Digest, imprint: Imprint, env: Environment) -> None:
    """A tag with such a line in it would make two posts of one."""
    broken = replace(digest, thread=(replace(digest.thread[0], tags=("#a\n---\n#b",)), *digest.thread[1:]))
    with pytest.raises(ContentError, match="post 1 of the thread holds a line '---'"):
        render_thread(broken, imprint, env)


@pytest.mark.parametrize("render", [render_x, render_thread, render_linkedin, render_facebook])
def test_simulated_posts_say_so(digest: Digest, imprint: Imprint, env: Environment, render: object) -> None:
    """A post about a simulated market begins by saying so."""
    assert callable(render)
    assert render(digest, imprint, env, simulated=True).startswith("Simulated market. The Russell 2000 rose")
    assert render(digest, imprint, env).startswith("The Russell 2000 rose")


@pytest.mark.parametrize("render", [render_linkedin, render_facebook])
def test_long_posts_are_paragraphs(digest: Digest, imprint: Imprint, env: Environment, render: object) -> None:
    """On LinkedIn and Facebook each sentence stands alone; invitation, link and tags come last."""
    assert callable(render)
    paragraphs = render(digest, imprint, env).rstrip("\n").split("\n\n")
    assert len(paragraphs) == len(digest.linkedin.sentences) + 2
    assert paragraphs[-2] == f"{imprint.call_to_action}\n{LINK}"


def test_news_stands_above_the_fold(digest: Digest, imprint: Imprint, env: Environment) -> None:
    """What LinkedIn shows before "see more" holds the whole first sentence."""
    assert "a lead of 3.05 points." in render_linkedin(digest, imprint, env, simulated=True)[:LINKEDIN_FOLD]


def test_typographic_spaces_become_plain(digest: Digest, imprint: Imprint, env: Environment) -> None:
    """Spaces that X would count double become plain ones."""
    assert post_text(replace(digest.x, tags=("a\u202fb\u2009c\u00a0d",)), X, imprint, env).splitlines()[2] == "a b c d"


@pytest.mark.parametrize("length", [linkedin_length, facebook_length])
def test_emoji_counts_two_in_utf_16(length: object) -> None:
    """A character outside the basic plane counts two."""
    assert callable(length)
    assert length("a😀") == 3


def test_limits() -> None:
    """The networks' limits are theirs."""
    assert [network.limit for network in (X, LINKEDIN, FACEBOOK)] == [280, 3_000, 63_206]
