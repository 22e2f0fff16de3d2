"""Whether the tests that cases set can be told in every issue that sets them, and be answered by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from generator.errors import CommentaryError, ContentError, Fault
from generator.model import Catalogue, Fragment, Publication
from generator.narrative.newsroom import Newsroom
from generator.narrative.planning import BOTTOM_LINE
from generator.narrative.situations.baserates import told
from generator.narrative.situations.earlier import EARLIER
from generator.narrative.situations.rules import read_rule
from generator.narrative.situations.trials import scored, trial_rule

ENOUGH = 20
"""Answers from which a test that always comes out alike is none."""


def trial_faults(publication: Publication, edition: str, catalogue: Catalogue) -> Iterator[Fault]:
    """The faults of a kind's tests that show without prices."""
    outline = publication.outlines[edition]
    cases = scored(publication.fragments[edition])
    slots = {part.slot for part in outline.parts if part.key == BOTTOM_LINE}
    stories = {topic for one in publication.fragments[edition] if one.slot == outline.angle for topic in one.topics}
    names = Counter(one.trial.name for one in cases if one.trial)
    for case in cases:
        assert case.trial is not None  # `scored` leaves others out
        if case.slot not in slots:
            yield Fault(case.trial_line, f"a test is set in the folder of the part '{BOTTOM_LINE}'.")
        if names[case.trial.name] > 1:
            yield Fault(
                case.trial_line, f"two tests of this kind are called '{case.trial.name}'; every one has its own."
            )
        if case.topic in stories:
            yield Fault(case.trial_line, f"a story tells the topic '{case.topic}' too, and keeps this test untold.")
        yield from _rule_faults(case, catalogue)
        yield from _wording_faults(case, publication.lexicon.terms)


def sound_trials(publication: Publication, edition: str, catalogue: Catalogue) -> Publication:
    """The publication without the tests that have a fault; their cases stay."""
    faulty = {fault.where for fault in trial_faults(publication, edition, catalogue)}
    cases = [replace(one, trial=None) if one.trial_line in faulty else one for one in publication.fragments[edition]]
    return replace(publication, fragments={**publication.fragments, edition: tuple(cases)})


def _rule_faults(case: Fragment, catalogue: Catalogue) -> Iterator[Fault]:
    assert case.trial is not None
    try:
        judging = trial_rule(case.trial, catalogue, case.trial_line).names
    except ContentError as error:
        yield from error.faults
        judging = ()
    try:
        named = (*judging, *read_rule(case.when, catalogue, case.trial_line).names)
    except CommentaryError:  # reported where rules are read
        named = judging
    for name in named:
        if told(name) or name.startswith(EARLIER):
            yield Fault(case.trial_line, f"a test is set and judged by figures of the day: '{name}' is none.")


def _wording_faults(case: Fragment, terms: Collection[str]) -> Iterator[Fault]:
    """Words of every second issue that print no figure, so that nothing said before can keep the test untold."""
    try:
        wordings = case.parts.get("body", ())
    except ContentError:  # reported where the words are parsed
        return
    free = [one.always_speaks and all(line.printed <= set(terms) for line in one.required) for one in wordings]
    if not (any(free[::2]) and any(free[1::2])):
        message = "let one wording at an odd and one at an even place print no figure, so that each issue can tell it."
        yield Fault(case.trial_line, f"this test might stay untold: {message}")


def idle_trials(newsroom: Newsroom) -> Iterator[Fault]:
    """Tests that came out alike every time: what cannot fail, or cannot be passed, is no test."""
    for case in newsroom.trials.cases:
        answers = [one.passed for one in newsroom.trials.outcomes if one.where == case.trial_line]
        judged = [one for one in answers if one is not None]
        if len(judged) >= ENOUGH and len(set(judged)) == 1:
            came = "passed" if judged[0] else "failed"
            yield Fault(case.trial_line, f"the test was {came} all {len(judged)} times, so it asks nothing.")
