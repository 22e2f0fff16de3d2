"""The fact-checker on invented sentences over real history: what is false is found, what is true is not accused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.factcheck.checker import Checker
from generator.verbs.factcheck import checker_of
from tests.factcheck.seeds import SEEDS, judged_seeds
from tests.factcheck.styles import HELD_OUT, TUNED
from tests.factcheck.trial import Score, decisions, market_of, try_styles
from tests.factcheck.truths import Truths


@pytest.fixture(scope="module")
def history(shared_data: Path) -> tuple[Checker, Truths]:
    """A checker over real history, and the trial's own sums over it."""
    publication, market = market_of(shared_data)
    truths = Truths(market, publication.universe, shared_data)
    truths.decisions = decisions(publication)
    return checker_of(publication, market), truths


@pytest.fixture(scope="module")
def scores(history: tuple[Checker, Truths]) -> tuple[Score, Score]:
    """The scores of two days in every style, tuned and held out."""
    checker, truths = history
    first = date(2012, 1, 3)
    return try_styles(checker, truths, TUNED, 2, 5, first), try_styles(checker, truths, HELD_OUT, 2, 5, first)


def test_false_sentences_are_found_and_true_ones_are_not_accused(scores: tuple[Score, Score]) -> None:
    """Of the sentences understood, at least 95% of the false ones are found, and of those called false 95% are."""
    for score in scores:
        assert score.false_found + score.false_missed >= 8
        assert score.recall >= 0.95, score.errors
        assert score.precision >= 0.95, score.errors


def test_most_sentences_are_understood(scores: tuple[Score, Score]) -> None:
    """In the styles that the grammar was written for, at least 80% of the numbers are understood."""
    assert scores[0].numbers_read / scores[0].numbers >= 0.8


def test_seeds_are_judged_as_people_found_them(history: tuple[Checker, Truths], checker: Checker) -> None:
    """No false claim of a published article passes, no true one is called false, and what is no figure is left alone."""
    if not SEEDS.is_dir():
        pytest.skip("the published articles (../shared/seeds) are not beside this checkout")
    rows = list(judged_seeds({"history": history[0], "invented": checker}))
    assert [one for one in rows if not one.right] == []
    assert sum(one.verdict == "does not hold" for one in rows) >= 3
    assert sum(one.understood for one in rows) >= 0.8 * sum(one.numbers for one in rows)
