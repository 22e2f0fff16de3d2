"""Checks that paragraphs are whole: lines in their order, none missing that always stands, none against the story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from generator.model import Bearing, Tone
from generator.verification.figures.answers import Answers
from generator.verification.holdings import WHERE
from generator.verification.sentences.wordings import WordingsByLine, bullet

Record = Mapping[str, Any]
BRIEF = ("headline", "standfirst", "heading", "post")
"""Parts of a fragment that stand above the article's paragraphs, and find nothing for them."""


def check_paragraphs(answers: Answers, ledger: Record, wordings: WordingsByLine) -> None:
    """Check every paragraph of every product that a wording of several lines stands behind."""
    story = _story(ledger, wordings)
    for product, records in ledger["products"].items():
        for (_, source), lines in groupby(records, lambda one: (one["part"], bullet(one["source"]))):
            _paragraph(answers, f"{WHERE} {product}", source, list(lines), wordings)
        for record in records:
            _bearing(answers, f"{WHERE} {product}", record, story, wordings)
    _links(answers, ledger["products"]["article"], wordings)


def _story(ledger: Record, wordings: WordingsByLine) -> Tone | None:
    """The tone of the story; None where there is none, which is told elsewhere."""
    leads = (record for record in ledger["products"]["article"] if record["part"] == "lead")
    found = (wording.fragment for record in leads if (wording := wordings.at(record["source"])))
    return next((one.tone for one in found if one.slot == wordings.outline.angle), None)


def _paragraph(answers: Answers, where: str, source: str, lines: Iterable[Record], wordings: WordingsByLine) -> None:
    wording = wordings.at(source)
    if wording is None or not wording.variant.then:
        return
    places = [int(record["source"].rpartition(":")[2].partition(".")[2] or 0) for record in lines]
    right = all(one < other for one, other in pairwise(places))
    answers.check(right, "paragraphs", where, source, f"its lines stand in another order: {places}")
    for place, line in enumerate(wording.variant.lines):
        if line.worded and not line.optional:
            here = place in places
            answers.check(here, "paragraphs", where, source, f"it stands without a line that always stands, {place}")


def _bearing(answers: Answers, where: str, record: Record, story: Tone | None, wordings: WordingsByLine) -> None:
    wording = wordings.at(record["source"])
    if wording is None or story is None or wording.variant.bearing is None:
        return
    passage = wording.fragment.tone
    if Tone.NEUTRAL in {passage, story}:
        true = Bearing.CONTEXT
    else:
        true = Bearing.SUPPORTS if passage == story else Bearing.AGAINST
    said = wording.variant.bearing
    why = f"the passage ({passage}) does not bear on the story ({story}) as the line says, '{said}'"
    answers.check(said is true, "bearings", where, record["text"], why)


def _links(answers: Answers, article: Iterable[Record], wordings: WordingsByLine) -> None:
    """Check that each line which takes up a finding stands below a passage that found it."""
    found: list[frozenset[str]] = []
    for source, records in groupby(article, lambda one: bullet(one["source"])):
        wording = wordings.at(source)
        if wording is None or wording.part in BRIEF:
            continue
        for record in records:
            _linked(answers, record, wordings, found)
        if wording.fragment.finds:
            found.append(wording.fragment.finds)


def _linked(answers: Answers, record: Record, wordings: WordingsByLine, found: Sequence[frozenset[str]]) -> None:
    wording = wordings.at(record["source"])
    if wording is None:
        return
    if link := wording.variant.link:
        which = "a passage" if link.absent else f"no passage{' next' if link.near else ''}"
        why = f"{which} above it finds {' or '.join(sorted(link.keys))}"
        answers.check(link.meets(found), "links", WHERE, record["text"], why)
    for other in wording.variant.unless:
        if not other.when:
            why = f"a passage above it finds {' or '.join(sorted(other.link.keys))}, for which there is another line"
            answers.check(not other.link.meets(found), "links", WHERE, record["text"], why)
