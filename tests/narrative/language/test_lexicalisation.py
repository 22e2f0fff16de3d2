"""Numbers into words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.narrative.language.lexicalisation import article_for, count, ordinal, spelled_date, times


@pytest.mark.parametrize(("number", "words"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (9280, "9,280")])
def test_counts_are_words_to_twelve(number: int, words: str) -> None:
    """Small counts are spelled out; large ones take a comma in thousands."""
    assert count(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "first"),
        (10, "tenth"),
        (11, "11th"),
        (22, "22nd"),
        (103, "103rd"),
        (112, "112th"),
        (1001, "1,001st"),
        (-5, "fifth"),
    ],
)
def test_ordinals_take_their_endings(number: int, words: str) -> None:
    """Ordinals are words to tenth, then figures with the right ending."""
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "never"), (1, "once"), (2, "twice"), (3, "three times"), (98, "98 times")]
)
def test_times(number: int, words: str) -> None:
    """Once, twice, and then times."""
    assert times(number) == words


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("8%", "an"),
        ("8.5%", "an"),
        ("11%", "an"),
        ("18%", "an"),
        ("80%", "an"),
        ("1.8%", "a"),
        ("110%", "a"),
        ("0.8%", "a"),
        ("81,000", "an"),
        ("11,000", "an"),
        ("118%", "a"),
        ("800%", "an"),
    ],
)
def test_an_before_a_vowel_sound(text: str, article: str) -> None:
    """An 8% gain, an 11% gain, a 110% gain."""
    assert article_for(text) == article


@given(st.dates(date(1987, 1, 1), date(2100, 1, 1)))
def test_dates_do_not_depend_on_the_locale_of_the_machine(day: date) -> None:
    """A full date names its month in English, its day and its year."""
    assert spelled_date(day, "full").endswith(f" {day.day}, {day.year}")
