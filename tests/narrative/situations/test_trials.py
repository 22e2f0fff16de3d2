"""Tests that issues set: which one an issue sets, and how and when it is answered."""

from __future__ import annotations

import numpy as np
import pytest

from generator.narrative.composing.composition import compose
from generator.narrative.newsroom import Newsroom
from generator.narrative.planning import plan, trial_told
from generator.narrative.situations.earlier import EARLIER

from ..conftest import Room

ANGLE = "---\n---\n# headline\n- A day\n# standfirst\n- It was one.\n# lead\n- It closed.\n# bottom line\n- That is it.\n# post\n- A day."
SIDE = "---\ntone: {}\n---\n- Some think so."


def case(name: str, judged: str, when: str = "small_return_1d > 0", weight: float = 1.0) -> str:
    words = "\n".join(f"- The test is {name}, {number}." for number in ("one", "two", "three"))
    return f"---\nwhen: {when}\nweight: {weight}\ntest: {{name: {name}, says: it would hold, {judged}}}\n---\n{words}"


def room(newsroom: Room, cases: dict[str, str], **columns: list[float | None]) -> Newsroom:
    others = {"angle/a": ANGLE, "for/a": SIDE.format("opportunity"), "against/a": SIDE.format("caution")}
    others |= {"large/a": "---\n---\n- It is large."}
    return newsroom({**others, **{f"test/{name}": text for name, text in cases.items()}}, **columns)


def answers(made: Newsroom) -> list[tuple[int, int, bool | None, int]]:
    return [(one.made, one.due, one.passed, one.decided) for one in made.trials.outcomes]


def test_the_next_issue_answers(newsroom: Room) -> None:
    """Judged on its own session; the last one's test stays open, and a day without its rule sets none."""
    made = room(newsroom, {"x": case("up", "passes: small_return_1d > 1")}, small_return_1d=[2.0, 0.5, -1.0, 3.0])
    assert answers(made) == [(0, 1, False, 1), (1, 2, False, 2), (3, -1, None, -1)]
    assert made.trials.on(2) is None


def test_a_rule_may_name_the_day_on_which_the_test_was_set(newsroom: Room) -> None:
    """`then_` is the figure's value on that day."""
    made = room(
        newsroom,
        {"x": case("level", "passes: small_level > then_small_level")},
        small_return_1d=[1.0, 1.0, 1.0],
        small_level=[10.0, 11.0, 10.5],
    )
    assert [one[2] for one in answers(made)] == [True, False, None]


def test_a_figure_that_is_absent_leaves_a_test_without_answer(newsroom: Room) -> None:
    """It is neither passed nor failed, and no issue speaks of it."""
    made = room(
        newsroom,
        {"x": case("level", "passes: small_level > 1")},
        small_return_1d=[1.0, 1.0],
        small_level=[10.0, None],
    )
    assert answers(made)[0] == (0, 1, None, 1)
    assert np.isnan(made.figures.printed(f"{EARLIER}passed")).all()


def test_the_greatest_weight_is_the_issues_test(newsroom: Room) -> None:
    """Of equal ones it is the first by name, however rare the others are."""
    cases = {
        "b": case("second", "passes: small_return_1d > 1"),
        "a": case("first", "passes: small_return_1d > 1"),
        "c": case("heavy", "passes: small_return_1d > 1", when="small_return_1d > 5", weight=2),
    }
    made = room(newsroom, cases, small_return_1d=[1.0, 6.0, -1.0])
    found = [made.trials.on(row) for row in range(3)]
    assert [one.trial.name if one and one.trial else None for one in found] == ["first", "heavy", None]


def test_a_test_may_be_judged_later(newsroom: Room) -> None:
    """Two issues on; where two are answered at once, the one set last is told."""
    cases = {
        "far": case("far", "passes: small_return_1d > 9, issues: 2", when="small_return_1d > 5", weight=2),
        "near": case("near", "passes: small_return_1d > 0"),
    }
    made = room(newsroom, cases, small_return_1d=[6.0, 1.0, 2.0])
    assert answers(made)[:2] == [(0, 2, False, 2), (1, 2, True, 2)]
    assert made.trials.due[2].trial.name == "near"


@pytest.mark.parametrize(
    ("judged", "answer", "decided"),
    [("passes_once: small_return_1d > 4", True, 2), ("fails_once: small_return_1d > 4", False, 2),
     ("fails_once: small_return_1d > 8", True, 5), ("passes_once: small_return_1d > 8", False, 5)],
)  # fmt: skip
def test_a_level_may_be_reached_on_any_day_up_to_the_next_issue(
    newsroom: Room, judged: str, answer: bool, decided: int
) -> None:
    """The first such day decides, the day on which the test is set does not count; else it is the last day."""
    made = room(newsroom, {"x": case("once", judged)}, small_return_1d=[9.0, 1.0, 5.0, 2.0, 5.0, 1.0])
    (fragment,) = made.trials.cases
    assert fragment.trial is not None
    made.trials.axis.__dict__["rows"] = np.array([0, 5])  # as of a kind that appears on the first and the last day
    (outcome,) = made.trials.answered(fragment.trial, "x:1", np.array([0]))
    assert (outcome.due, outcome.passed, outcome.decided) == (5, answer, decided)


def test_an_issue_tells_its_test_and_the_next_one_the_answer(newsroom: Room) -> None:
    """The test has its place before all others; without one the other cases of its folder speak."""
    words = "Asked was whether {{ earlier_test_says }}, on {{ earlier_test_date | date }}."
    told = f"---\nwhen: earlier_test_failed\n---\n- {words}"
    cases = {"x": case("up", "passes: small_return_1d > 1"), "y": "---\n---\n- Nothing is asked."}
    made = room(newsroom, {**cases, "answer": told}, small_return_1d=[2.0, -0.5])
    first, second = (plan(made.at(row)) for row in (0, 1))
    test = trial_told(first)
    assert test is not None
    assert test.name == "up"
    assert trial_told(second) is None
    said = " ".join(sentence.text for block in compose(second) for sentence in block.sentences)
    assert "Asked was whether it would hold, on July 8." in said


def test_the_figures_of_an_answer(newsroom: Room) -> None:
    """Passed or failed, the day on which it was set, its name and what it asked; nothing where nothing is answered."""
    made = room(newsroom, {"x": case("up", "passes: small_return_1d > 1")}, small_return_1d=[2.0, 3.0, -1.0])
    passed, failed, day = (made.figures.printed(f"{EARLIER}{key}") for key in ("passed", "failed", "date"))
    np.testing.assert_array_equal(passed, [np.nan, 1, 0])
    np.testing.assert_array_equal(failed, [np.nan, 0, 1])
    assert day[1] == made.figures.sessions[0].astype("datetime64[D]").astype(float)
    assert made.figures.catalogue.define(f"{EARLIER}name").vocabulary == ("up",)
    assert made.figures.evidence(f"{EARLIER}passed", 1) == made.figures.evidence("small_return_1d", 1)
    assert made.figures.evidence(f"{EARLIER}passed", 0) == ()


def test_a_test_that_is_not_the_issues_says_why_it_is_silent(newsroom: Room) -> None:
    """Not that others were more newsworthy, as there may be room left for it."""
    cases = {
        "a": case("first", "passes: small_return_1d > 1", weight=2),
        "b": case("second", "passes: small_return_1d > 1"),
    }
    made = room(newsroom, cases, small_return_1d=[1.0])
    tonight = made.at(0)
    outcomes = {one.fragment: one.outcome for one in tonight.weigh(plan(tonight).outcomes)}
    assert outcomes["session/test/a"] == "spoke"
    assert outcomes["session/test/b"] == "another test is the issue's, or none"
