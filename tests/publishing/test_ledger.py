"""The ledger refuses what nothing stands behind."""

from __future__ import annotations

import pytest

from generator.errors import UnprovenError
from generator.model import Claim, Piece, Sentence
from generator.publishing.ledger import prove


def sentence(*pieces: tuple[str, Claim | None]) -> Sentence:
    return Sentence(tuple(Piece(text, text, text, claim) for text, claim in pieces), "f", "content/f.md:9")


def test_a_number_with_a_figure_behind_it_passes() -> None:
    """A claimed number and plain words are in order."""
    prove([sentence(("It rose ", None), ("3.57%", Claim("figure", "small_return_1d")), (".", None))])


def test_a_number_with_nothing_behind_it_is_refused_with_its_place() -> None:
    """A digit in plain words is refused, and the message names the sentence's file and line."""
    with pytest.raises(UnprovenError, match=r"content/f.md:9: nothing stands behind the number in 'It rose 3%'"):
        prove([sentence(("It rose 3% ", None))])


def test_every_loose_number_is_listed() -> None:
    """All unproven numbers are reported at once."""
    with pytest.raises(UnprovenError) as caught:
        prove([sentence(("5", None)), sentence(("6", None))])
    assert str(caught.value).count("nothing stands behind") == 2
