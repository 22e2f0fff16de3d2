"""Posts are counted as Bluesky, Mastodon and Threads count them, and twice over, by two programs."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from generator.channels.graphemes import bluesky_length, grapheme_count, mastodon_length, threads_length
from generator.channels.setting import LENGTHS
from generator.model import Counts
from generator.verification.products import posts

LINK = "https://example.com/2031-07-10/session/"
WORDS = st.sampled_from(
    [
        "Small caps",
        "rose 3.57%",
        "S&P 500",
        "−0.88%",
        "“quiet”",
        "it’s",
        "–",
        "…",
        "€5",
        "E\u0301",
        "É",
        "\n",
        "#smallcaps",
    ]
)
EMOJI = st.sampled_from(["😀", "👩‍🚀", "🇺🇸", "👍🏽", "📉", "☔", "1️⃣", "👨‍👩‍👧"])
LINKS = st.sampled_from([LINK, "http://a.example.org", "https://www.x-y.net/a//b_c/-"])
OURS = (Counts.BLUESKY, Counts.MASTODON, Counts.THREADS)


@pytest.mark.parametrize(
    ("text", "bluesky", "mastodon", "threads"),
    [
        ("", 0, 0, 0),
        ("Small caps rose 3.57%.", 22, 22, 22),
        ("“a” − b…", 8, 8, 8),
        (LINK, 39, 23, 39),
        (f"See {LINK}", 43, 27, 43),
        ("E\u0301", 1, 1, 2),
        ("up 😀", 4, 4, 7),
        ("👩‍🚀", 2, 1, 11),
        ("🇺🇸", 1, 1, 8),
        ("日本", 2, 2, 2),
    ],
)
def test_lengths(text: str, bluesky: int, mastodon: int, threads: int) -> None:
    """A link is 23 on Mastodon, an emoji its bytes on Threads, and on Bluesky no character has more than ten bytes."""
    assert (bluesky_length(text), mastodon_length(text), threads_length(text)) == (bluesky, mastodon, threads)


def test_bluesky_keeps_to_both_of_its_limits() -> None:
    """What counts 300 has at most 300 characters and at most 3,000 bytes, whichever is reached first."""
    assert bluesky_length("a" * 300) == 300
    assert bluesky_length("👨‍👩‍👧" * 166) == 299  # 166 characters of 18 bytes: 2,988
    assert bluesky_length("👨‍👩‍👧" * 167) == 301


@given(st.lists(WORDS | EMOJI | LINKS, max_size=12).map(" ".join))
def test_two_programs_count_alike(text: str) -> None:
    """The second reader counts by itself, and comes to the same."""
    for counts in OURS:
        assert LENGTHS[counts](text) == posts.LENGTHS[counts](text), counts


@given(st.text(st.characters(max_codepoint=0x24F, exclude_categories=["Cs"]), max_size=40))
def test_the_short_way_agrees_with_the_library(text: str) -> None:
    """Text of plain letters is counted without the library, and comes to what it gives."""
    assert grapheme_count(text) == len(regex.findall(r"\X", text))


@given(st.lists(WORDS | EMOJI, max_size=8).map(" ".join), st.lists(WORDS | EMOJI, max_size=8).map(" ".join))
def test_a_longer_post_never_counts_less(text: str, more: str) -> None:
    """Whoever fills a post may stop at the first sentence that does not fit."""
    for counts in OURS:
        assert LENGTHS[counts](f"{text} {more}") >= LENGTHS[counts](text)
