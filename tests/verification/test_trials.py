"""The tests of earlier issues: both readers find the same one, and the same answer, from the rules alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.figures.table import FigureTable
from generator.model import Appears, Bars, Choices, Fragment, Judged, Market, Passage, Tone, Trial
from generator.narrative.situations.earlier import EARLIER, EarlierTest
from generator.narrative.situations.newsworthiness import Axis
from generator.narrative.situations.trials import Trials
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.of_trials import EarlierTests
from generator.verification.figures.prices import PriceTable
from generator.verification.sentences.evidence import Evidence

from .invented import UNIVERSE

DAYS = np.busday_offset("2024-01-03", np.arange(14), roll="forward").astype("datetime64[D]")
closes = st.lists(st.none() | st.integers(96, 104).map(float), min_size=14, max_size=14)
WEEK_ENDS = np.array([one.astype(object).isoweekday() == 5 for one in DAYS])


def case(name: str, when: str, weight: float, judged: Judged, rule: str, issues: int = 1) -> Fragment:
    trial = Trial(name, f"{name} would come", judged, rule, issues)
    return Fragment(
        f"k/test/{name}", "test", "x.md", when, 1, weight, "", Tone.NEUTRAL, {}, {}, {}, trial=trial, trial_line=f"x:{name}"
    )  # fmt: skip


CASES = (
    case("once", "small_return_1d > 1", 3, Judged.PASSES_ONCE, "small_level > then_small_level + 1"),
    case("never", "small_return_1d < -1", 3, Judged.FAILS_ONCE, "small_minus_large_1d < 0 and small_level > 0"),
    case("late", "small_return_1d >= 0", 2, Judged.PASSES, "small_level > then_large_level", issues=2),
    case("plain", "large_return_1d >= -3", 1, Judged.PASSES, "small_minus_large_1d > 0"),
)


WEEK_END = date(2024, 1, 5)
CHOSEN = (
    Choices(WEEK_END, "k", passages=(Passage("bottom line", "k/test/plain", "k/test/late"),)),
    Choices(WEEK_END, "k", passages=(Passage("bottom line", "k/test/other", "k/test/plain"),)),
    Choices(WEEK_END, "k", passages=(Passage("bottom line", "k/test/other", "k/test/once"),)),
    Choices(date(1999, 1, 4), "k", passages=(Passage("bottom line", "k/test/plain"),)),
)


@settings(max_examples=10)
@given(closes, closes, st.booleans(), st.sampled_from(CHOSEN))
@pytest.mark.parametrize("appears", [Appears.SESSION, Appears.WEEK])
def test_both_readers_come_to_the_same_answers(
    appears: Appears, small: Sequence[float | None], large: Sequence[float | None], short: bool, choice: Choices
) -> None:
    """Which test was set, on which day, how it came out and which prices decided it; with prices missing anywhere, and
    an issue for which an editor chose another, or none."""
    bars = {}
    for symbol, values in (("S", small), ("L", large)):
        column = np.array([np.nan if value is None else value for value in values])
        bars[symbol] = Bars(symbol, DAYS, close=column)
    market = Market(DAYS, date(2024, 1, 23), np.zeros(len(DAYS), dtype=bool), bars, (), "csv", "nobody")
    cases = CASES[2:] if short else CASES
    known = [one.trial for one in cases if one.trial]
    table = FigureTable(market, UNIVERSE)
    axis = Axis(WEEK_ENDS if appears is Appears.WEEK else np.ones(len(DAYS), dtype=bool))
    first = EarlierTest(Trials(cases, axis, table, [choice]), known)
    second = SqlColumns(PriceTable(market), UNIVERSE, (), (), (), EarlierTests.of(appears, cases, known, [choice]))
    evidence = Evidence(second)
    for name, definition in first.names.trials.items():
        computed = second.column(name)
        assert computed is not None
        spec = computed.spec
        assert (spec.unit, spec.label, spec.formula, spec.vocabulary) == (
            definition.unit, definition.label, definition.formula, definition.vocabulary,
        )  # fmt: skip
        np.testing.assert_array_equal(np.array(computed.printed), first.printed(name), err_msg=name)
        for row in range(len(DAYS)):
            quotes = first.evidence(name, row)
            assert evidence.of(name, row) == {(q.symbol, q.field, q.day.isoformat(), q.value) for q in quotes}


def test_a_kind_without_tests_has_no_answers() -> None:
    """The names are known all the same, and absent on every session."""
    day = np.array(["2024-01-01"], dtype="datetime64[D]")
    market = Market(day, date(2024, 1, 2), np.array([False]), {}, (), "csv", "nobody")
    columns = SqlColumns(PriceTable(market), UNIVERSE, ())
    computed = columns.column(f"{EARLIER}passed")
    assert computed is not None
    assert np.isnan(computed.printed[0])
    assert columns.column(f"{EARLIER}lost") is None
