"""A piece of a sentence tells the page its value, where it comes from, and which source it cites."""

from __future__ import annotations

import numpy as np
import pytest

from generator.model import Claim, Piece, Sentence
from generator.rendering.figures_in_text import cited, cites, derivation, is_shown, machine_value

from .conftest import CPI, FED


def piece(claim: Claim | None, text: str = "2.41%") -> Piece:
    """A piece of text with that claim behind it."""
    return Piece(text, text, text, claim)


def said(*claims: Claim) -> Sentence:
    """A sentence that makes these claims."""
    return Sentence(tuple(piece(claim) for claim in claims), "session/lead/sample", "sample.md:1")


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        (Claim("figure", "small_return_1d", 0.0241385), "0.0241385"),
        (Claim("figure", "small_return_1d", np.float64(0.1)), "0.1"),
        (Claim("figure", "small_record_date", "2021-11-08"), "2021-11-08"),
        (Claim("figure", "sectors_up_1d"), "2.41%"),
    ],
)
def test_value_for_programs(claim: Claim, value: str) -> None:
    """A program reads full precision, a date as ISO, and the text itself where there is no value."""
    assert machine_value(piece(claim)) == value


def test_derivation_comes_from_formula_or_source() -> None:
    """A figure is explained by its formula, a cited fact by its source, and a plain word not at all."""
    formulas = {"small_return_1d": "4,318.62 / 4,216.83 - 1"}
    pieces = [
        piece(Claim("figure", "small_return_1d")),
        piece(Claim("fact", "cpi.yoy")),
        piece(Claim("figure", "x")),
        piece(None),
    ]
    assert [derivation(each, formulas, (CPI, FED)) for each in pieces] == [
        "4,318.62 / 4,216.83 - 1",
        "U.S. Bureau of Labor Statistics, Consumer Price Index, June 2031, published 2031-07-10",
        "",
        "",
    ]


def test_names_and_terms_are_not_figures() -> None:
    """Figures, facts and counts of a rule's past are marked up; a name or an earned verb is not."""
    kinds = ("figure", "fact", "rule", "name", "term", "word")
    assert [is_shown(piece(Claim(kind, "x"))) for kind in kinds] == [True, True, True, False, False, False]


def test_source_is_cited_once_a_sentence() -> None:
    """Two facts from one source in a sentence make one citation, numbered by the source's place."""
    sentence = said(Claim("fact", "fed_target"), Claim("fact", "cpi.yoy"), Claim("fact", "cpi"), Claim("figure", "cpi"))
    assert cites(sentence, (CPI, FED)) == [2, 1]


def test_cited_gathers_over_sentences() -> None:
    """The sources that an article cites are those that any of its sentences cites."""
    assert cited([said(Claim("fact", "cpi")), said(Claim("figure", "x"))], (CPI, FED)) == {1}


def test_source_is_known_by_its_id() -> None:
    """A fact that tells an id belongs to the source with it, whatever either is called."""
    assert cites(said(Claim("fact", "inflation", 2.6, FED.id)), (CPI, FED)) == [2]
