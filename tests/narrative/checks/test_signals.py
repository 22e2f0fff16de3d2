"""What is wrong with readings: names that are taken, rules that tell nothing, signals that history never sees."""

from __future__ import annotations

import pytest

from generator.editorial.readings import gather_readings
from generator.editorial.universe import read_universe
from generator.figures.catalogue import FigureCatalogue
from generator.model import Reading, Signal
from generator.narrative.checks.signals import idle_signals, reading_faults, sound_readings
from generator.project import bundled_root

from ..figures_double import HandFigures

UNIVERSE = read_universe(bundled_root() / "content")
CATALOGUE = FigureCatalogue(UNIVERSE)
RULES = {"one": "small_return_1d > 1", "two": "sp500_return_1d > 1"}


def reading(key: str = "boom", **rules: str) -> Reading:
    signals = (Signal(name, when, f"r.yaml:{number}") for number, (name, when) in enumerate(rules.items(), start=4))
    return Reading(key, "All is well.", tuple(signals), "r.yaml:2")


def faults(*readings: Reading) -> list[str]:
    return [str(fault) for fault in reading_faults(readings, UNIVERSE, CATALOGUE)]


def test_the_bundled_readings_are_sound() -> None:
    """Ten patterns at least, and no fault in them."""
    readings, found = gather_readings(bundled_root() / "content")
    assert readings is not None
    assert (found, faults(*readings)) == ([], [])
    assert len(readings) >= 10
    assert sound_readings(readings, UNIVERSE, CATALOGUE) == readings


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (reading("small", **RULES), "r.yaml:2: 'small' begins like the figures of 'small'"),
        (reading("gold_rush", **RULES), "r.yaml:2: 'gold_rush' begins like the figures of 'gold'"),
        (reading("week", ends="small_return_1d > 1"), "r.yaml:2: 'week_ends' is the name of a figure"),
        (reading(against="small_return_1d > 1"), "r.yaml:4: 'against' is what a count is called"),
        (reading(one="small_retrun_1d > 1"), "r.yaml:4: 'small_retrun_1d' is not a figure. Did you mean 'small_return_1d'?"),
        (reading(one="small_return_1d = 1"), "r.yaml:4: the rule 'small_return_1d = 1' cannot be read"),
        (reading(one="True"), "r.yaml:4: the rule of 'one' names no figure"),
        (reading(one="2 > 1"), "r.yaml:4: the rule of 'one' names no figure"),
        (reading(one="boom_two", two="small_return_1d > 1"), "r.yaml:4: 'boom_two' is not a figure."),
        (reading(one="hy_spread_step > 5"), "r.yaml:4: 'hy_spread_step' is a published number"),
        (reading(one="vix_level > 1", two="vix_level > 1"), "r.yaml:5: 'two' has the rule of 'one'"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_fault_stands_where_it_was_made(wrong: Reading, says: str) -> None:
    """With its line, and with what to do."""
    assert any(fault.startswith(says) for fault in faults(wrong)), faults(wrong)


def test_two_readings_may_not_give_one_name() -> None:
    """`a` with `b_c` and `a_b` with `c` would."""
    assert faults(reading("a", b_c=RULES["one"]), reading("a_b", c=RULES["one"])) == [
        "r.yaml:2: 'a_b_c' is given by the reading 'a' already."
    ]


def test_what_is_at_fault_is_left_out_of_further_checks() -> None:
    """A signal alone where it is its rule, the reading where it is its name."""
    kept = sound_readings((reading("small", **RULES), reading("boom", **RULES, bad="nobody > 1")), UNIVERSE, CATALOGUE)
    assert [(one.key, [signal.key for signal in one.signals]) for one in kept] == [("boom", ["one", "two"])]


@pytest.mark.parametrize(
    ("column", "says"),
    [
        ([None, None], "is known on none of the 2 sessions of this history: 'a_return_1d' is absent throughout"),
        ([0.0, 1.0, None], "never holds on any of the 2 sessions on which it is known"),
        ([2.0, 3.0, None], "holds on 2 of the 2 sessions on which it is known, and tells nothing"),
        ([0.0, 2.0], ""),
    ],
)
def test_a_signal_has_to_be_seen_sometimes_and_not_always(column: list[float | None], says: str) -> None:
    """On the sessions of a real history."""
    made = reading(one="a_return_1d > 1")
    found = [str(fault) for fault in idle_signals(HandFigures({"a_return_1d": column}), (made,))]
    assert found == ([f"r.yaml:4: the signal 'one' {says}."] if says else [])
