"""Words for spans of time, each with a figure of its span behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.editorial.publication import gather_publication
from generator.figures.catalogue import FigureCatalogue
from generator.model import Publication
from generator.narrative.checks.spans import span_faults
from generator.narrative.situations.figures import all_names
from generator.project import bundled_root, find_project
from tests.spans import RIGHT, WRONG, worded

from ..conftest import Room
from ..planted import SAYS, said_of_words, situation

Faults = Callable[..., list[str]]


@pytest.fixture(scope="module")
def publication() -> Publication:
    """The publication as it stands, for its words, its segments and its figures."""
    root = bundled_root()
    found, _ = gather_publication(root, find_project(root).templates)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def faults(publication: Publication) -> Faults:
    """What is wrong with the spans of a wording, given the rule and the assertions of its fragment."""
    catalogue = all_names(publication, FigureCatalogue(publication.universe))

    def find(text: str, when: str = "", **asserts: str) -> list[str]:
        fragment, variant = worded(text, when, asserts)
        return [fault.message for fault in span_faults(publication, catalogue, fragment, variant)]

    return find


@pytest.mark.parametrize("text", RIGHT)
def test_a_span_word_beside_a_figure_of_its_span(faults: Faults, text: str) -> None:
    """What quotes a figure of the span, or speaks of time in general, passes."""
    assert faults(text) == []


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_span_word_without_a_figure_of_its_span(faults: Faults, text: str, message: str) -> None:
    """Sessions under the word for a month, a year to date under the word for a past one, and their like."""
    assert any(message in fault for fault in faults(text))


def test_a_rule_or_an_assertion_proves_a_span_word_too(faults: Faults) -> None:
    """A heading quotes nothing, and hangs on its rule."""
    text = "A better month for small caps over three months"
    assert faults(text) != []
    assert faults(text, "small_return_3m > 0") == []
    assert faults(text, rose="small_return_3m > 0") == []


def test_a_figure_of_another_span_is_not_hidden_by_the_rule(faults: Faults) -> None:
    """The rule may speak of a month; what is quoted under the word is still of 21 sessions."""
    found = faults("Over the past month it is {{ small_return_21d | updown }}.", "small_return_1m > 0")
    assert found == ["'small_return_21d' is quoted under 'past month', which tells of another span."]


def test_what_is_older_than_any_such_span_proves_it(faults: Faults) -> None:
    """No half-year of the exchange has had more than 130 sessions, so that 131 sessions are always longer."""
    text = "The lowest close in six months"
    assert faults(text, "small_level_sessions_since_lower >= 131") == []
    assert faults(text, "small_level_sessions_since_lower >= 126") != []


def test_each_sentence_answers_for_itself(faults: Faults) -> None:
    """The figure of the sentence before does not stand behind the words of the next."""
    first = "Over a month {{ small }} is {{ small_return_1m | updown }}."
    assert faults(f"{first} Over twelve months it is {{{{ small_return_1m | updown }}}}.") != []
    assert faults(f"{first} Over twelve months it is {{{{ small_return_1y | updown }}}}.") == []


def test_proofreading_asks(newsroom: Room) -> None:
    """Of every wording, as `commentary check` asks of those of the publication."""
    claims = (
        f"{{{{ small }}}} stood at {{{{ small_level }}}} {time}." for time in ("over the past month", "at the close")
    )
    for claim, faults in zip(claims, (1, 0), strict=True):
        made = newsroom({"large/x": situation("", "", (SAYS[0], claim, SAYS[2]))}, small_level=[2000.0])
        told = [fault for fault in said_of_words(made) if "tells of a span" in fault]
        assert len(told) == faults, told
