"""Posts are set as each network is given them, and counted as it counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.channels.setting import DIVIDER, LENGTHS, file_text, post_length, post_text
from generator.model import Channel, Closing, Counts, Piece, Post, Sentence
from generator.verification.products import posts

LINK = "https://example.com/2031-07-10/session/"
CALL = "The full table is in the article."
NEWS = "The Russell 2000 rose 2.41% and the S&P 500 moved −0.64%."
SHORT = Channel("short", "Short", 280, Counts.X, 280, " ", ((Closing.TAGS, Closing.LINK),), ())
LONG = Channel("long", "Long", 3_000, Counts.UTF16, 3_000, "\n\n", ((Closing.CALL, Closing.LINK), (Closing.TAGS,)), ())


def said(*texts: str) -> tuple[Sentence, ...]:
    return tuple(Sentence((Piece(text, text, text),), "", "") for text in texts)


POST = Post(said(NEWS, "It is 9% below its record."), ("$IWM", "#smallcaps"), LINK)


def test_a_short_post_runs_on() -> None:
    """Sentences in one paragraph, then tags and link; a minus sign becomes a hyphen."""
    assert post_text(POST, SHORT, CALL) == (
        "The Russell 2000 rose 2.41% and the S&P 500 moved -0.64%. It is 9% below its record.\n\n"
        f"$IWM #smallcaps\n{LINK}"
    )


def test_a_long_post_is_paragraphs() -> None:
    """Each sentence stands alone; call to action and link follow, and tags come last."""
    assert post_text(POST, LONG, CALL).split("\n\n")[1:] == [
        "It is 9% below its record.",
        f"{CALL}\n{LINK}",
        "$IWM #smallcaps",
    ]


@pytest.mark.parametrize(
    ("post", "ending"),
    [
        (replace(POST, tags=()), f"record.\n\n{CALL}\n{LINK}"),
        (replace(POST, link=""), "record.\n\n$IWM #smallcaps"),
        (replace(POST, link="", tags=()), "below its record."),
        (replace(POST, sentences=()), f"{CALL}\n{LINK}\n\n$IWM #smallcaps"),
    ],
    ids=["no tags", "no link, and so no call", "neither", "no sentence"],
)
def test_what_is_not_there_leaves_no_gap(post: Post, ending: str) -> None:
    """An empty line or paragraph is left out."""
    assert post_text(post, LONG, CALL).endswith(ending)
    assert "\n\n\n" not in post_text(post, LONG, CALL)


def test_simulated_posts_say_so() -> None:
    """Every post of a file about a simulated market begins by saying so."""
    posts = file_text((POST, POST), SHORT, CALL, simulated=True).rstrip("\n").split(DIVIDER)
    assert posts == [post_text(POST, SHORT, CALL, simulated=True)] * 2
    assert posts[0].startswith("Simulated market. The Russell")


def test_typographic_spaces_become_plain() -> None:
    """Spaces that X would count double become plain ones."""
    assert post_text(Post(said("a\u202fb\u2009c\u00a0d")), SHORT, CALL) == "a b c d"


def test_a_link_counts_23_on_x_and_as_it_stands_elsewhere() -> None:
    """The same post has another length on another network."""
    post = Post(said("Rose."), (), LINK)
    assert post_length(post, SHORT, CALL) == len("Rose.\n\n") + 23
    assert post_length(post, LONG, CALL) == len(f"Rose.\n\n{CALL}\n{LINK}")


def test_emoji_counts_two_in_utf_16() -> None:
    """A character outside the basic plane is two units."""
    assert LENGTHS[Counts.UTF16]("a😀") == 3


def test_every_way_of_counting_has_its_function() -> None:
    """What channels.yaml may name can be counted."""
    assert set(LENGTHS) == set(posts.LENGTHS) == set(Counts)


@given(st.text("Ab 😀−,\n", max_size=60))
def test_both_readers_count_alike(text: str) -> None:
    """Each by itself, and to the same length."""
    assert {count: LENGTHS[count](text) for count in Counts} == {count: posts.LENGTHS[count](text) for count in Counts}


@given(st.lists(st.text("abc −.", min_size=1).filter(str.strip), max_size=4), st.booleans())
def test_every_word_is_in_the_post(texts: list[str], simulated: bool) -> None:
    """Nothing of a sentence is lost, whatever it is, and nothing stands twice."""
    post = Post(said(*texts), (), LINK)
    text = post_text(post, LONG, "", simulated=simulated)
    assert text.count(LINK) == 1
    assert "".join(text.split()).endswith("".join("".join(texts).replace("−", "-").split()) + LINK)
