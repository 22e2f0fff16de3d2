"""What makes two sentences the same one, and how hard a text is to read."""

from __future__ import annotations

import pytest

from generator.replay.telling import blanked, grade, told


def test_a_sentence_is_the_same_whatever_its_numbers() -> None:
    """Levels, percentages, dollars, ordinals and days of the month do not tell two sentences apart."""
    one = blanked("The Russell 2000 rose 3.57% to 2,125.04 on July 10, its 31st rise; ether cost $3,100.")
    other = blanked("The Russell 2000 rose 0.5% to 998.1 on July 2, its 2nd rise; ether cost $90.15.")
    assert told(one).sentences == told(other).sentences


def test_a_verb_tells_sentences_apart() -> None:
    """Only numbers are blanked, never words."""
    assert told(blanked("It rose 1%.")).sentences != told(blanked("It fell 1%.")).sentences


def test_a_bullet_is_taken_apart_into_its_sentences() -> None:
    """Openings are the first two words of each sentence, bigrams stay inside a sentence."""
    found = told(blanked("Small caps rose. Large caps did not."))
    assert found.openings == ("small caps", "large caps")
    assert found.bigrams == ("small caps", "caps rose", "large caps", "caps did", "did not")
    assert (found.words, found.letters) == (7, 28)


def test_the_grade_of_a_worked_example() -> None:
    """119 words in 5 sentences with 639 letters: the example that is always given for this index comes to 14.5."""
    assert grade(639, 119, 5) == pytest.approx(14.53, abs=0.01)
    assert grade(0, 0, 0) == 0.0
