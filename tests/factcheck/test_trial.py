"""The fact-checker on invented sentences over real history: what is false is found, what is true is not accused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.verbs.factcheck import checker_of
from tests.factcheck.styles import HELD_OUT, TUNED
from tests.factcheck.trial import Score, market_of, try_styles
from tests.factcheck.truths import Truths


@pytest.fixture(scope="module")
def scores(shared_data: Path) -> tuple[Score, Score]:
    """The scores of two days in every style, tuned and held out."""
    publication, market = market_of(shared_data)
    checker, truths = checker_of(publication, market), Truths(market, publication.universe)
    first = date(2012, 1, 3)
    return tuple(try_styles(checker, truths, styles, 2, 5, first) for styles in (TUNED, HELD_OUT))  # type: ignore[return-value]


def test_false_sentences_are_found_and_true_ones_are_not_accused(scores: tuple[Score, Score]) -> None:
    """Of the sentences understood, at least 95% of the false ones are found, and of those called false 95% are."""
    for score in scores:
        assert score.false_found + score.false_missed >= 8
        assert score.recall >= 0.95, score.errors
        assert score.precision >= 0.95, score.errors


def test_most_sentences_are_understood(scores: tuple[Score, Score]) -> None:
    """In the styles that the grammar was written for, at least 80% of the numbers are understood."""
    assert scores[0].numbers_read / scores[0].numbers >= 0.8
