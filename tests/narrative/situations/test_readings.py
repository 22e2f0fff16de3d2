"""Readings: how many signals of a pattern hold, as columns beside the figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ContentError, UnknownFigureError
from generator.model import Reading, Signal, Unit
from generator.narrative.situations.citations import Cited
from generator.narrative.situations.figures import AllFigures
from generator.narrative.situations.readings import LEAST, ReadingNames, Readings
from generator.narrative.situations.rules import read_rule

from ..figures_double import HandFigures

WHERE = "content/readings.yaml"
MOVES = [f"part{number}_return_1d" for number in range(6)]
columns = st.integers(1, 12).flatmap(
    lambda length: st.fixed_dictionaries(
        {name: st.lists(st.none() | st.sampled_from([-1.0, 0.0, 0.5, 1.0]), min_size=length, max_size=length) for name in MOVES}
    )
)  # fmt: skip


def reading(*rules: str, key: str = "boom") -> Reading:
    signals = (Signal(f"sign{number}", when, f"{WHERE}:{number + 4}") for number, when in enumerate(rules))
    return Reading(key, "All is well.", tuple(signals), f"{WHERE}:2")


BOOM = reading(*(f"{name} >= 0.5" for name in MOVES))


def over(parts: dict[str, list[float | None]], *readings: Reading) -> AllFigures:
    computed = HandFigures(parts)
    return AllFigures(computed, Cited(computed, ()), [Readings(computed, readings or (BOOM,))])


@given(columns)
def test_a_count_is_of_the_signals_that_are_known(parts: dict[str, list[float | None]]) -> None:
    """Those that hold and those that do not make up the known ones; with fewer than four there is no count."""
    figures = over(parts)
    for row, moves in enumerate(zip(*parts.values(), strict=True)):
        known = [move for move in moves if move is not None]
        found = [figures.printed(f"boom_{count}")[row] for count in ("for", "against", "signals")]
        held = sum(move >= 0.5 for move in known)
        wanted = [held, len(known) - held, len(known)] if len(known) >= LEAST else [np.nan] * 3
        np.testing.assert_array_equal(found, wanted)


@given(columns)
def test_a_signal_is_a_flag(parts: dict[str, list[float | None]]) -> None:
    """Yes or no where its figure is there, else absent, however many others are known."""
    figures = over(parts)
    wanted = [np.nan if move is None else float(move >= 0.5) for move in parts[MOVES[2]]]
    np.testing.assert_array_equal(figures.values("boom_sign2"), wanted)
    assert figures.catalogue.define("boom_sign2").unit is Unit.FLAG


@given(columns)
def test_no_count_looks_ahead(parts: dict[str, list[float | None]]) -> None:
    """What comes after a session changes nothing about it."""
    whole, early = over(parts), over({name: column[:1] for name, column in parts.items()})
    for count in ("for", "against", "signals"):
        np.testing.assert_array_equal(whole.values(f"boom_{count}")[:1], early.values(f"boom_{count}"))


def test_a_rule_names_a_count_like_a_figure() -> None:
    """Beside figures, and where facts are joined to them."""
    figures = over({name: [1.0, 0.0] for name in MOVES})
    rule = read_rule("boom_for >= 4 and boom_for > boom_against and part0_return_1d > 0", figures.catalogue, "x.md:2")
    assert list(rule.column(figures)) == [True, False]


def test_a_signal_of_several_figures_is_known_when_all_of_them_are() -> None:
    """Even if one alone would decide it."""
    figures = over(
        {"part0_return_1d": [1.0, 1.0], "part1_return_1d": [None, 0.0]},
        reading("part0_return_1d > 0 or part1_return_1d > 0"),
    )
    np.testing.assert_array_equal(figures.values("boom_sign0"), [np.nan, 1.0])


def test_a_count_says_what_it_counts() -> None:
    """In its label and formula, and by the flags that it is made of."""
    catalogue = ReadingNames(HandFigures({name: [1.0] for name in MOVES}).catalogue, (BOOM,))
    found = catalogue.define("boom_against")
    assert (found.unit, found.label) == (Unit.COUNT, "boom, signals that do not hold")
    assert found.formula.startswith("how many are known and do not hold of the 6 signals sign0, sign1,")
    assert found.signals == tuple(f"boom_sign{number}" for number in range(6))
    assert catalogue.define("boom_sign1").formula == "whether part1_return_1d >= 0.5"


def test_behind_a_count_are_the_prices_of_its_signals() -> None:
    """Each once; none where there is no count."""
    figures = over({name: [1.0, None] for name in MOVES})
    assert [len(figures.evidence("boom_for", row)) for row in (0, 1)] == [1, 0]
    assert figures.evidence("part0_return_1d", 1) == HandFigures({MOVES[0]: [1.0, None]}).evidence(MOVES[0], 1)


def test_a_misspelt_count_is_told_with_the_right_one() -> None:
    """As is a misspelt figure."""
    figures = over({name: [1.0] for name in MOVES})
    with pytest.raises(UnknownFigureError, match=r"'bom_for' is not a figure\. Did you mean 'boom_for'"):
        figures.catalogue.define("bom_for")


def test_a_rule_that_cannot_be_read_is_refused_with_its_line() -> None:
    """When a count that needs it is asked for."""
    figures = over({name: [1.0] for name in MOVES}, reading("part0_return_1d > 0", "nobody_return_1d > 0"))
    with pytest.raises(ContentError, match=rf"{WHERE}:5: 'nobody_return_1d' is not a figure"):
        figures.values("boom_for")
