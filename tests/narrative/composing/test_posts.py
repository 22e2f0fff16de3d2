"""Posts are filled with whole messages, news first, within what their network takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Channel, Closing, Counts, Piece, Post, Sentence
from generator.narrative.composing.posts import Message, Room, _refused, fill, thread

LINK = "https://example.com/a/"
TAGS = ("#one", "#two")


def room(limit: int, fills: int | None = None) -> Room:
    closing = ((Closing.TAGS, Closing.LINK),)
    return Room(Channel("c", "C", limit, Counts.UTF16, fills or limit, " ", closing, ()), "", simulated=False)


def message(text: str, said: int = 0, barred: int = 0) -> Message:
    return Message((Sentence((Piece(text, text, text),), "", "content/session/a.md:1"),), said, barred)


def texts(post: Post) -> list[str]:
    return [sentence.text for sentence in post.sentences]


def test_what_fits_is_taken_in_order() -> None:
    """A message that does not fit is passed over whole, and a shorter one after it may stand."""
    post = fill(Post(()), [message("First one."), message("Much too long for it."), message("Third.")], room(20))
    assert texts(post) == ["First one.", "Third."]


def test_the_first_message_stands_even_where_it_is_too_long() -> None:
    """A post without news is none; what a network would refuse is told as a fault elsewhere."""
    assert texts(fill(Post(()), [message("Longer than it may be.")], room(10))) == ["Longer than it may be."]


def test_a_figure_is_said_once() -> None:
    """A message gives way that would repeat what one before it said."""
    post = fill(Post(()), [message("Up.", said=0b1), message("Again up.", barred=0b1), message("New.")], room(100))
    assert texts(post) == ["Up.", "New."]


def test_neighbours_do_not_begin_alike() -> None:
    """Two sentences that open with the same word do not follow each other."""
    post = fill(Post(()), [message("The index rose."), message("The index fell."), message("A year ago.")], room(100))
    assert texts(post) == ["The index rose.", "A year ago."]


def test_a_post_is_filled_up_to_the_fold() -> None:
    """`fills` holds where it is less than the limit."""
    post = fill(Post(()), [message("One."), message("Two two."), message("Six.")], room(100, fills=9))
    assert texts(post) == ["One.", "Six."]


def test_tags_close_the_first_post_of_a_thread_and_the_link_the_last() -> None:
    """The news stands alone; the rest is gathered as far as it goes."""
    posts = thread([message("News."), message("One."), message("Two.")], room(60), 40, LINK, TAGS)
    assert [(texts(post), post.tags, post.link) for post in posts] == [
        (["News."], TAGS, ""),
        (["One.", "Two."], (), LINK),
    ]


def test_a_link_that_does_not_fit_stands_alone() -> None:
    """It is the thread's last post."""
    posts = thread([message("News."), message("Some twenty signs ago.")], room(30), 30, LINK, ())
    assert [(texts(post), post.link) for post in posts] == [
        (["News."], ""),
        (["Some twenty signs ago."], ""),
        ([], LINK),
    ]


WORDS = st.lists(st.sampled_from(["Alpha.", "Beta beta.", "Gamma gamma gamma.", "Delta " * 8]), min_size=1, max_size=8)


@given(WORDS, st.integers(60, 200))
def test_no_post_is_longer_than_its_network_takes(said: list[str], limit: int) -> None:
    """Tags and link are counted with it, and nothing of a message is cut."""
    place = room(limit)
    messages = [message(f"{number} {text}") for number, text in enumerate(said)]
    posts = [fill(Post((), TAGS, LINK), messages, place), *thread(messages, place, limit * 0.8, LINK, TAGS)]
    for post in posts:
        assert place.length(post) <= limit or len(post.sentences) == 1
        assert set(texts(post)) <= {one.first.text for one in messages}
    assert [text for post in posts[1:] for text in texts(post)] == [one.first.text for one in messages]


@pytest.mark.parametrize("simulated", [True, False])
def test_the_length_is_that_of_the_text_with_all_that_is_around_it(simulated: bool) -> None:
    """The confession of a simulated market counts as well."""
    channel = room(100).channel
    assert Room(channel, "", simulated).length(Post((message("Up.").first,))) == (
        len("Simulated market. Up.") if simulated else len("Up.")
    )


def test_a_line_that_divides_posts_is_refused() -> None:
    """It would make two posts of one; where it stands is told."""
    closing = ((Closing.CALL, Closing.LINK),)
    place = Room(Channel("c", "C", 100, Counts.UTF16, 100, " ", closing, ()), "Read on.\n---\nNow.", simulated=False)
    (fault,) = _refused([Post((message("Up.").first,), (), LINK)], place)
    assert str(fault) == (
        "content/publication.yaml: a post for C holds a line '---', which divides posts. Take it out."
    )
