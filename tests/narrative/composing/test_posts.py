"""Posts are filled with whole messages, news first, within what their network takes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.model import Channel, Closing, Counts, Piece, Post, PostFile, Sentence, Takes
from generator.narrative.composing.composition import compose
from generator.narrative.composing.posts import Message, _refused, fill, fit_posts, messages_of, thread
from generator.narrative.composing.posts import Room as Space
from generator.narrative.planning import plan

from ..conftest import Room

LINK = "https://example.com/a/"
TAGS = ("#one", "#two")


def room(limit: int, fills: int | None = None) -> Space:
    closing = ((Closing.TAGS, Closing.LINK),)
    return Space(Channel("c", "C", limit, Counts.UTF16, fills or limit, " ", closing, ()), "", simulated=False)


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
    assert Space(channel, "", simulated).length(Post((message("Up.").first,))) == (
        len("Simulated market. Up.") if simulated else len("Up.")
    )


def test_a_line_that_divides_posts_is_refused() -> None:
    """It would make two posts of one; where it stands is told."""
    closing = ((Closing.CALL, Closing.LINK),)
    place = Space(Channel("c", "C", 100, Counts.UTF16, 100, " ", closing, ()), "Read on.\n---\nNow.", simulated=False)
    (fault,) = _refused([Post((message("Up.").first,), (), LINK)], place)
    assert str(fault) == (
        "content/publication.yaml: a post for C holds a line '---', which divides posts. Take it out."
    )


PARTS = ("headline", "standfirst", "lead", "bottom line", "post")


def story(tone: str = "neutral", order: str = "", post: str = "The news.") -> str:
    parts = "".join(f"# {part}\n- {post if part == 'post' else f'A {part}.'}\n" for part in PARTS)
    return f"---\ntone: {tone}\n{f'order: {order}' if order else ''}\n---\n{parts}"


def passage(name: str, tone: str = "neutral", post: str = "Short of {0}.") -> str:
    short = f"\n# post\n- {post.format(name)}\n" if post else ""
    return f"---\ntopic: {name}\ntone: {tone}\n---\n- Long words of {name}.\n{short}"


def messages(
    newsroom: Room, passages: dict[str, str], angle: str, **columns: list[float | None]
) -> dict[Takes, list[str]]:
    """All that a post may be filled with."""
    texts_of = {"angle/a": angle, **passages}
    planned = plan(newsroom(texts_of, words=(400, 500), **(columns or {"small_return_1d": [1.0]})).at(0))
    return {
        takes: [" ".join(sentence.text for sentence in one.sentences) for one in found]
        for takes, found in messages_of(planned, compose(planned)).items()
    }


PASSAGES = {
    "large/x": passage("x"),
    "for/a": passage("a", "opportunity"),
    "against/b": passage("b", "caution"),
}


def test_posts_are_filled_with_short_forms(newsroom: Room) -> None:
    """Of the story, of what the sections say, and of the two sides; the long forms stay in the article."""
    assert messages(newsroom, PASSAGES, story()) == {
        Takes.NEWS: ["The news."],
        Takes.POINTS: ["Short of x."],
        Takes.SIDES: ["Short of a.", "Short of b."],
        Takes.OTHER_SIDE: ["Short of b.", "Short of a."],
    }


def test_a_passage_without_a_short_form_gives_no_message(newsroom: Room) -> None:
    """It speaks in the article alone."""
    found = messages(newsroom, {**PASSAGES, "large/x": passage("x", post="")}, story())
    assert found[Takes.POINTS] == []


def test_a_short_form_whose_figure_is_absent_gives_no_message(newsroom: Room) -> None:
    """Nor one without a line for today."""
    for post in ("It is at {{{{ small_level }}}}.", "[if small_return_1d > 5] By day."):
        found = messages(
            newsroom,
            {**PASSAGES, "large/x": passage("x", post=post)},
            story(),
            small_return_1d=[1.0],
            small_level=[None],
        )
        assert found[Takes.POINTS] == []


def test_a_passage_that_was_passed_over_gives_no_message(newsroom: Room) -> None:
    """What the article does not say, no post says."""
    found = messages(newsroom, {**PASSAGES, "large/y": passage("x").replace("Short of x", "Unheard")}, story())
    assert found[Takes.POINTS] == ["Short of x."]


def test_a_short_form_has_its_lines_of_today(newsroom: Room) -> None:
    """By rule and by bearing, as a paragraph has."""
    post = "Short. [if small_return_1d > 0] Up. [else] Down. [if supports] So. [if against] Yet. [end] Done."
    passages = {**PASSAGES, "for/a": passage("a", "opportunity", post)}
    assert messages(newsroom, passages, story("caution"))[Takes.SIDES][0] == "Short. Up. Yet. Done."
    assert messages(newsroom, passages, story("opportunity"))[Takes.SIDES][0] == "Short. Up. So. Done."


def test_the_other_side_is_the_one_against_the_story(newsroom: Room) -> None:
    """A bad day is answered with what is to be said for small caps."""
    assert messages(newsroom, PASSAGES, story("caution"))[Takes.OTHER_SIDE][0] == "Short of a."
    assert messages(newsroom, PASSAGES, story("opportunity"))[Takes.OTHER_SIDE][0] == "Short of b."


def test_points_come_in_the_order_of_the_page(newsroom: Room) -> None:
    """A story that puts sections in order has its posts in it."""
    passages = {**PASSAGES, "lead/z": passage("z")}
    assert messages(newsroom, passages, story())[Takes.POINTS] == ["Short of z.", "Short of x."]
    assert messages(newsroom, passages, story(order="[large]"))[Takes.POINTS] == ["Short of x.", "Short of z."]


def test_a_message_of_several_lines_stands_whole_or_not_at_all() -> None:
    """Nothing of a paragraph is cut off."""
    two = Message((message("One of two.").first, message("Two of two.").first), 0, 0)
    assert texts(fill(Post(()), [message("News."), two], room(40))) == ["News.", "One of two.", "Two of two."]
    assert texts(fill(Post(()), [message("News."), two], room(20))) == ["News."]


def channels(limit: int) -> tuple[Channel, ...]:
    """A network with a post, and with a thread of the news and all points."""
    closing = ((Closing.TAGS, Closing.LINK),)
    files = (
        PostFile("c.txt", ((Takes.NEWS, None), (Takes.OTHER_SIDE, 1))),
        PostFile("c-thread.txt", ((Takes.NEWS, None), (Takes.POINTS, None), (Takes.SIDES, None)), 0.8),
    )
    return (Channel("c", "C", limit, Counts.UTF16, limit, " ", closing, files, cashtags=1, hashtags=1),)


def test_every_file_of_a_channel_is_filled_with_its_own_messages(newsroom: Room) -> None:
    """So many of each as the channel says, with the cashtag of the core before the publication's tags."""
    made = newsroom({"angle/a": story(), **PASSAGES}, words=(400, 500), small_return_1d=[1.0])
    imprint = replace(made.publication.imprint, hashtags=("smallcaps", "second"))
    publication = replace(made.publication, channels=channels(100), imprint=imprint)
    planned = plan(made.at(0))
    posts = fit_posts(planned, compose(planned), publication, LINK, simulated=False).posts
    (single,), thread_of = posts["c"], posts["c-thread"]
    assert (texts(single), single.tags, single.link) == (["The news.", "Short of b."], ("$IWM", "#smallcaps"), LINK)
    assert [texts(post) for post in thread_of] == [["The news."], ["Short of x.", "Short of a.", "Short of b."]]
    assert [post.link for post in thread_of] == ["", LINK]


def test_a_post_that_its_network_would_refuse_is_a_fault(newsroom: Room) -> None:
    """News, tags and link alone are more than the network takes: the sentence is named, and how much it counts."""
    made = newsroom({"angle/a": story(), **PASSAGES}, words=(400, 500), small_return_1d=[1.0])
    publication = replace(made.publication, channels=channels(20))
    planned = plan(made.at(0))
    with pytest.raises(ContentError, match="and 20 is the most") as caught:
        fit_posts(planned, compose(planned), publication, LINK, simulated=False)
    assert "session/angle/a" in caught.value.faults[0].where
