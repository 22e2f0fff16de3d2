"""What `check` says of tests that could stay untold, or that ask nothing."""

from __future__ import annotations

import pytest

from generator.narrative.checks.trials import idle_trials, sound_trials, trial_faults

from ..conftest import Room

GOOD = "---\nwhen: small_return_1d > 0\ntest: {name: up, says: it would hold, passes: small_return_1d > 1}\n---\n- One.\n- Two.\n- Three."


def said(newsroom: Room, texts: dict[str, str], returns: list[float]) -> list[str]:
    made = newsroom(texts, small_return_1d=returns)
    names = made.figures.catalogue
    found = [one.message for one in trial_faults(made.publication, "session", names)]
    return found or [one.message for one in idle_trials(made)]


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ({"large/x": GOOD}, "a test is set in the folder of the part 'bottom line'."),
        ({"test/x": GOOD, "test/y": GOOD.replace("Three", "Four")}, "two tests of this kind are called 'up'; every one has its own."),
        ({"test/x": GOOD.replace("> 1", "> no_such_figure")}, "no_such_figure"),
        ({"test/x": GOOD.replace("> 1", "> earlier_test_passed")}, "'earlier_test_passed' is none."),
        ({"test/x": GOOD.replace("> 0", "> 0 and earlier_test_passed")}, "'earlier_test_passed' is none."),
        ({"test/x": GOOD.replace("Two.", "{{ small_return_1d | moved }}.")}, "this test might stay untold"),
        ({"test/x": GOOD.replace("test:", "topic: day\ntest:"), "angle/a": "---\ntopic: day\n---\n- One."}, "keeps this test"),
    ],
)  # fmt: skip
def test_each_fault_is_told(newsroom: Room, texts: dict[str, str], message: str) -> None:
    """At the line of the setting, in words that say what to do."""
    assert any(message in one for one in said(newsroom, texts, [1.0, 2.0, 0.5]))


def test_a_faulty_test_is_set_aside_before_history_is_tried(newsroom: Room) -> None:
    """So that one wrong rule does not keep all others from being tried; its case stays."""
    made = newsroom({"test/x": GOOD.replace("> 1", "> no_such_figure"), "large/y": GOOD}, small_return_1d=[1.0])
    names = made.figures.catalogue
    kept = sound_trials(made.publication, "session", names)
    assert [(one.key, one.trial) for one in kept.fragments["session"]] == [
        ("session/test/x", None),
        ("session/large/y", None),
    ]


def test_a_sound_test_has_no_fault(newsroom: Room) -> None:
    """It is passed on some days and failed on others."""
    assert said(newsroom, {"test/x": GOOD}, [2.0, 0.5] * 20) == []


def test_a_test_that_always_comes_out_alike_asks_nothing(newsroom: Room) -> None:
    """With twenty answers or more."""
    always = "the test was passed all 21 times, so it asks nothing."
    assert said(newsroom, {"test/x": GOOD}, [2.0] * 22) == [always]
    assert said(newsroom, {"test/x": GOOD}, [2.0] * 12) == []
