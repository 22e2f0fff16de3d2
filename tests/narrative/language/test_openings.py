"""How sentences begin."""

from __future__ import annotations

from generator.narrative.language.openings import openings, reads_well, repeats, sentences


def test_an_abbreviation_ends_no_sentence() -> None:
    """The stop in U.S. is no full stop."""
    assert sentences("The U.S. Treasury sold bills. Stocks rose.") == ("The U.S. Treasury sold bills.", "Stocks rose.")


def test_a_decimal_point_ends_no_sentence() -> None:
    """2,125.04 is one number."""
    assert sentences("It closed at 2,125.04. The Dow fell.") == (
        "It closed at 2,125.04.",
        "The Dow fell.",
    )


def test_neighbours_that_begin_alike_are_seen() -> None:
    """Two neighbouring sentences with the same first two words count as a repeat, whatever their case."""
    assert repeats("small caps", "Small caps rose.")
    assert repeats(None, "The index rose. The index then fell.")
    assert not repeats("small caps", "Large caps fell. Small caps rose.")


def test_openings_are_the_first_two_words() -> None:
    """Openings are lower case, without punctuation."""
    assert openings("“On Monday,” it rose. Not so the Dow.") == ("on monday", "not so")


def test_a_sentence_reads_well_or_another_wording_is_tried() -> None:
    """A numeral at the beginning, a repeated opening, and a count after a name that ends in a number read badly."""
    assert reads_well("small caps", "It took the Russell 2000 a year. The S&P 500 0.3%.")
    assert not reads_well("small caps", "Small caps rose.")
    assert not reads_well(None, "13 sessions passed.")
    assert not reads_well(None, "It took the Russell 2000 624 sessions.")
