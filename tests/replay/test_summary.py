"""What the report says of many sessions, from tallies written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.loading import open_publication
from generator.model import Publication, Settings
from generator.replay.repetition import repetitions
from generator.replay.summary import spread, summarised
from generator.replay.tally import Tally

Make = Callable[..., Tally]
TOOK = {"wall": 1.0, "made": 3, "reused": 0, "shared": {}}


@pytest.fixture(scope="module")
def publication(small: Settings) -> Publication:
    return open_publication(small)


def test_sentences_of_the_day_before_and_of_the_twenty_before(tally: Make) -> None:
    """A sentence told yesterday counts for both; one told twenty sessions ago for the second; one older for neither."""
    days = [tally(1, "old"), tally(2, "a", "b"), *(tally(day, f"{day}") for day in range(3, 21)), tally(21, "z", "y")]
    last = repetitions([*days, tally(22, "z", "a", "old", "new")])[-1]
    assert (last.day, last.twenty, last.again) == (0.25, 0.5, ("z", "a"))


def test_the_first_session_repeats_nothing(tally: Make) -> None:
    """There is nothing before it."""
    assert repetitions([tally(1, "a")])[0].twenty == 0.0


def test_angles_fragments_and_slots_are_counted(tally: Make, publication: Publication) -> None:
    """Firings have first and last dates, angles a share, slots their fallbacks; an error is listed and not counted."""
    first, second = (fragment.key for fragment in publication.fragments["session"][:2])
    tallies = [
        tally(1, "a", angle=first, spoke=(first,), words=100, figures=5, fallbacks=("angle",)),
        tally(2, "a", angle=first, spoke=(first, second), words=300, figures=7, empty=("large",)),
        tally(3, error="no angle can be told"),
        tally(4, "b", angle=second, spoke=(second,), words=200, figures=12),
    ]
    summary = summarised(tallies, {"a": "It rose.", "b": "It fell."}, publication, "session", TOOK)
    assert (summary["editions"], summary["words"], summary["figures_per_100_words"]) == (3, 600, 4.0)
    assert summary["errors"] == [{"session": "2024-01-03", "error": "no angle can be told"}]
    assert [(item["fragment"], item["sessions"]) for item in summary["angles"]] == [(first, 2), (second, 1)]
    spoke = {item["fragment"]: item for item in summary["fragments"]}
    assert (spoke[first]["spoke"], spoke[first]["first"], spoke[first]["last"]) == (2, "2024-01-01", "2024-01-02")
    assert summary["fragments"][-1]["spoke"] == 0
    assert summary["fragments"][-1]["first"] is None
    slots = {item["slot"]: item for item in summary["slots"]}
    assert slots["angle"]["fell back"] == slots["large"]["empty"] == 1
    assert summary["weakest"]["by fallback"][0]["session"] == "2024-01-02"
    assert summary["weakest"]["by repetition"][0]["told again"] == ["It rose."]
    assert summary["repetition"]["most often told again within twenty days"] == [{"sentence": "It rose.", "times": 1}]
    assert summary["repetition"]["distinct bigrams"] == 2


def test_a_spread_counts_every_value_once() -> None:
    """Steps begin at their lower end; what lies between two is counted with none."""
    found = spread([1, 2, 2, 7], 2)
    assert found["bins"] == [[0, 1], [2, 2], [4, 0], [6, 1]]
    assert (found["min"], found["median"], found["max"], found["mean"]) == (1, 2, 7, 3)
    assert spread([], 2)["n"] == 0


def test_no_session_at_all(publication: Publication) -> None:
    """A summary of nothing is still a summary."""
    assert summarised([], {}, publication, "session", TOOK)["editions"] == 0
