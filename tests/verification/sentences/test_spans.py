"""Words for spans of time in finished sentences, by the second reader."""

from __future__ import annotations

from typing import Any

import pytest

from generator.model import Publication
from generator.verification.reader import SecondReader
from generator.verification.sentences.spans import span_objections, young_period
from tests.spans import RIGHT, WRONG, worded


def objections(publication: Publication, text: str, when: str = "") -> list[tuple[str, str]]:
    """What is wrong with the finished sentence of a wording, each placeholder of which has become 1.5%."""
    fragment, variant = worded(text, when)
    claims = [{"name": f"made:{name}", "text": "1.5%"} for slot in variant.slots for name in slot.names]
    record: dict[str, Any] = {"text": "1.5%".join(variant.plain), "claims": claims}
    return list(span_objections(publication.lexicon.spans, publication.universe, fragment, record))


@pytest.fixture(scope="module")
def publication(reader: SecondReader) -> Publication:
    return reader.publication


@pytest.mark.parametrize("text", RIGHT)
def test_a_finished_sentence_whose_spans_are_right(publication: Publication, text: str) -> None:
    """What the first reader passes holds here too."""
    assert objections(publication, text) == []


@pytest.mark.parametrize("text", [text for text, _ in WRONG])
def test_a_finished_sentence_whose_spans_are_wrong(publication: Publication, text: str) -> None:
    """What the first reader refuses does not hold, were it ever printed."""
    assert objections(publication, text) != []


def test_the_rule_may_stand_behind_a_word(publication: Publication) -> None:
    """As it does for a heading, which quotes nothing; but not behind a figure of another span."""
    assert objections(publication, "Small caps over three months", "small_return_3m > 0") == []
    quoted = "Over the past month it is {{ small_return_21d | updown }}."
    assert [said for said, _ in objections(publication, quoted, "small_return_1m > 0")] == ["small_return_21d"]


def test_words_within_a_claim_are_no_span_words(publication: Publication) -> None:
    """Ten-year and three-month stand in names of bonds; five sessions may be a count."""
    fragment, _ = worded("")
    record = {
        "text": "The run of five sessions ended with the three-month bill at 4%.",
        "claims": [
            {"name": "small_streak", "text": "five sessions"},
            {"name": "ust3m", "text": "the three-month bill"},
            {"name": "ust3m_level", "text": "4%"},
        ],
    }
    assert list(span_objections(publication.lexicon.spans, publication.universe, fragment, record)) == []


def test_a_period_has_to_have_had_sessions() -> None:
    """For a quarter to date five of them, for a week two; moves over other spans have no such period."""
    found = list(young_period(["gold_return_qtd", "small_return_wtd", "small_return_1y", "small_return_qtd_before"]))
    assert found == [("gold_return_qtd", "quarter_sessions", 5), ("small_return_wtd", "week_sessions", 2)]
