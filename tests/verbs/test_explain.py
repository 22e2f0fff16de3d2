"""Why an edition says what it says, as data."""

from __future__ import annotations

from datetime import date

import pytest

from generator.errors import ContentError
from generator.lines import explanation_lines
from generator.loading import open_publication
from generator.model import Settings
from generator.project import bundled_root
from generator.verbs.explain import Explanation, explanation

SETTINGS = Settings(source="sample", project=bundled_root(), session=date(2003, 3, 3))


@pytest.fixture(scope="module")
def explained() -> Explanation:
    return explanation(SETTINGS, None)


def test_every_part_has_its_fragments_those_that_spoke_first(explained: Explanation) -> None:
    """And after them those whose rule held, the rarest first."""
    assert (explained.edition, explained.session) == ("session", SETTINGS.session)
    for part in explained.parts:
        standings = [item.standing for item in part.considered]
        keys = [(one.outcome != "spoke", not one.held, -one.surprisal) for one in standings]
        assert keys == sorted(keys)
        assert {one.slot for one in standings} == {part.name}


def test_the_angle_is_the_one_that_spoke(explained: Explanation) -> None:
    """Of the fragments that could lead, one did."""
    name = open_publication(SETTINGS).outlines["session"].angle
    (angle,) = (part for part in explained.parts if part.name == name)
    assert [item.standing.fragment for item in angle.considered if item.spoke] == [explained.angle]


def test_a_rule_has_its_distances_and_what_followed_it_is_told_of_those_that_spoke(explained: Explanation) -> None:
    """A fragment without a rule is always true, and nothing is told of its past."""
    found = [item for part in explained.parts for item in part.considered]
    assert any(" by " in words for item in found for words in item.distances)
    assert any(item.followed for item in found)
    assert all(item.spoke and item.distances != ("always true",) for item in found if item.followed)


def test_one_part_can_be_asked_for(explained: Explanation) -> None:
    """It is told as among the others; a part that there is not is refused with those that there are."""
    name = explained.parts[-1].name
    assert explanation(SETTINGS, name).parts == explained.parts[-1:]
    with pytest.raises(ContentError, match=rf"there is no part 'leed'; these there are: .*\b{name}\b"):
        explanation(SETTINGS, "leed")


def test_readings_are_told_with_their_signals_the_best_first(explained: Explanation) -> None:
    """Each signal with how near its rule was; where one part was asked for, nothing is told of them."""
    margins = [read.held - read.missed for read in explained.readings]
    assert margins == sorted(margins, reverse=True)
    for read in explained.readings:
        assert read.says
        assert read.held + read.missed == sum(signal.holds is not None for signal in read.signals)
        assert all(signal.distances for signal in read.signals)
    assert explanation(SETTINGS, explained.parts[0].name).readings == ()
    lines = list(explanation_lines(explained))
    first = explained.readings[0]
    assert f"    {first.key}: {first.held} for, {first.missed} against. {first.says}" in lines
