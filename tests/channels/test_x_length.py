"""Posts are counted as X counts them."""

from __future__ import annotations

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.channels import x_length as module
from generator.channels.x_length import x_length

WORDS = st.sampled_from(
    ["Small caps", "rose 3.57%", "S&P 500", "U.S.", "−0.88%", "“quiet”", "it’s", "–", "…", "€5", "3.5bn", "É", "\n"]
)
TAGS = st.sampled_from(["#smallcaps", "$IWM", "😀", "👩‍🚀", "#️⃣", "日本"])
LINKS = st.sampled_from(
    ["https://example.com/2031-07-10/session/", "http://a.example.org", "https://www.x-y.net/a//b_c/-"]
)
SNARES = st.sampled_from(
    ["example.com", "S&P.com", "€.com", "https://example.com/?q=1", "https://t.co/abc/def", "https://nowhere"]
)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Small caps rose 3.57%.", 22),
        ("a − b", 6),
        ("“a” – b…", 9),
        ("https://example.com/2031-07-10/session/", 23),
        ("See example.com", 27),
        ("S&P.com", 25),
        ("up 😀", 5),
        ("👩‍🚀", 2),
        ("日本", 4),
    ],
)
def test_length_on_x(text: str, length: int) -> None:
    """A minus sign and an emoji count two, any link 23, even a bare domain that was not meant as one."""
    assert x_length(text) == length


@given(st.lists(WORDS | TAGS | LINKS | SNARES, max_size=8).map(" ".join))
@example("https://example.com,")
@example("(https://example.com)")
@example("…https://example.com")
def test_plain_rule_agrees_with_twitter_text(text: str) -> None:
    """Whatever a post is made of, the count is the one that twitter-text gives."""
    assert x_length(text) == module._parser()(text).weightedLength


@given(st.text(st.characters(max_codepoint=0x2FFF, exclude_categories=["Cs"]), max_size=30))
def test_any_text_agrees_with_twitter_text(text: str) -> None:
    """The same holds for any text at all."""
    assert x_length(text) == module._parser()(text).weightedLength


def test_plain_post_needs_no_import(monkeypatch: pytest.MonkeyPatch) -> None:
    """A post of letters, digits and its link is counted without loading twitter-text."""
    monkeypatch.setattr(module, "_parser", lambda: pytest.fail("twitter-text was loaded"))
    assert x_length("The Russell 2000 rose 3.57%, “quietly”.\n\n$IWM #smallcaps\nhttps://example.com/a/") == 80


def test_stand_in_for_pkg_resources_is_gone_afterwards() -> None:
    """Loading twitter-text leaves no stand-in module behind for others to stumble on."""
    module._parser.cache_clear()
    before = sys.modules.get("pkg_resources")
    module._parser()
    assert sys.modules.get("pkg_resources") is before
