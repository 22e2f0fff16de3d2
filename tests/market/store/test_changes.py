"""Restatements told from rescaling, on prices worked by hand and on any."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.market.source import Action
from generator.market.store.changes import changes, reaches_back
from generator.model import Bars

DAYS = np.arange("2024-01-01", "2024-02-10", dtype="datetime64[D]")
EX = date(2024, 1, 31)
BEFORE = np.datetime64(EX) > DAYS


def bars(close: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Bars:
    return Bars("IWM", DAYS, close=close)


def walk(seed: int, digits: int = 4) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.round(50 * np.exp(np.cumsum(np.random.default_rng(seed).normal(0, 0.02, len(DAYS)))), digits)


@settings(deadline=None)
@given(st.integers(0, 999), st.sampled_from([2.0, 3.0, 0.1, 1.5]), st.integers(0, 29), st.floats(0.02, 0.4))
def test_a_restated_close_is_found_under_a_split(seed: int, ratio: float, row: int, share: float) -> None:
    """Whatever the ratio, the one close that differs otherwise is a restatement, and no other is."""
    old = walk(seed)
    new = np.where(BEFORE, old / ratio, old)
    new[row] *= 1 + share
    found = changes(bars(old), bars(new), (Action(EX, "split", ratio),))
    assert [each.session for each in found.restatements] == [DAYS[row].astype(object)]
    assert [each.cause for each in found.rescalings] == ["split"]


@settings(deadline=None)
@given(st.integers(0, 999), st.sampled_from([2.0, 4.0, 1.5]))
def test_cents_are_rounded_without_being_restated(seed: int, ratio: float) -> None:
    """A supplier that rounds to cents what it has divided has restated nothing."""
    old = walk(seed, 2)
    new = np.round(np.where(BEFORE, old / ratio, old), 2)
    assert changes(bars(old), bars(new), (Action(EX, "split", ratio),)).restatements == ()


@settings(deadline=None)
@given(st.integers(0, 999), st.sets(st.integers(0, 39), min_size=1, max_size=4))
def test_a_few_closes_restated_by_one_factor_are_no_rescaling(seed: int, rows: set[int]) -> None:
    """A handful of days that happen to move alike is what it is."""
    old, new = walk(seed), walk(seed)
    new[list(rows)] *= 1.01
    found = changes(bars(old), bars(new))
    assert {each.session for each in found.restatements} == {DAYS[row].astype(object) for row in rows}
    assert found.rescalings == ()


def test_a_dividend_that_changed_no_price_is_no_rescaling() -> None:
    """An action without an effect on what is held leaves nothing to say."""
    assert changes(bars(walk(1)), bars(walk(1)), (Action(EX, "dividend", 0.1),)).rescalings == ()


def test_the_noise_of_a_supplier_is_no_change() -> None:
    """Prices are sent in single precision; the last digit of that is not kept apart."""
    noisy = walk(1).astype(np.float32).astype(np.float64)
    assert changes(bars(noisy), bars(noisy * (1 + 5e-8))).pieces == ()
    assert not reaches_back(bars(noisy), bars(noisy * (1 + 5e-8)))


def test_a_cent_on_the_dow_is_a_change() -> None:
    """At forty thousand points a hundredth of one is still told."""
    close = np.full(len(DAYS), 44_000.0)
    later = close.copy()
    later[5] += 0.01
    assert len(changes(bars(close), bars(later)).restatements) == 1


def test_a_stretch_that_is_first_told_later_is_new_and_not_restated() -> None:
    """Prices for days that were absent are knowledge gained."""
    close = walk(3)
    holes = np.where(np.arange(len(DAYS)) % 3 == 0, np.nan, close)
    found = changes(bars(holes), bars(close))
    assert found.restatements == ()
    assert len(found.pieces) == 1
