"""What a misspelt word was meant to be: a slip of the pen, and never another word."""

from __future__ import annotations

import pytest

from generator.suggestion import alike, is_slip


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("smal", "small"),
        ("weigth", "weight"),
        ("small_retrun_1d", "small_return_1d"),
        ("small_return", "small_return_1d"),
        ("stocks_upp_1d", "stocks_up_1d"),
        ("Small_return_1d", "small_return_1d"),
        ("hashtag", "hashtags"),
        ("discloure", "disclosure"),
    ],
)
def test_a_slip_is_known(name: str, word: str) -> None:
    """A letter left out, added or out of place; an end that is missing."""
    assert is_slip(name, word)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("mega_minus_midcap_1d", "meta_minus_midcap_1d"),
        ("smal", "small_pe"),
        ("small_return_1w", "small_return_1m"),
        ("gold_return_1d", "bold_return_1d"),
        ("up", "down"),
        ("mega", "meta"),
        ("dow_level", "dollar_level"),
    ],
)
def test_another_word_is_no_slip(name: str, word: str) -> None:
    """One letter in place of another in a short word names another thing: no company is offered for another."""
    assert not is_slip(name, word)


def test_the_nearest_of_several_is_offered() -> None:
    """And nothing where nothing is near."""
    assert alike("smalll", ["small", "smaller", "mega"]) == "small"
    assert alike("xyz", ["small", "mega"]) is None
