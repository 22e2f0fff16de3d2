"""Moves day by day, week by week and month by month, and runs of them."""

from __future__ import annotations

import numpy as np

from generator.factcheck.judging.pairs import pair
from generator.factcheck.judging.prices import Prices, Series
from generator.factcheck.judging.verdicts import Judged, Reading, judged, unknown
from generator.factcheck.reading.axis import begins
from generator.factcheck.reading.claims import Claim
from generator.model import Column


def row_of(prices: Prices, claim: Claim) -> int:
    """The session that a claim is about: the day it names, the last of the period that was best, or the article's."""
    of = claim.superlative.period if claim.superlative and claim.word != "within" else ""
    if claim.span and claim.span.tag in ("day", of) and claim.span.windows:
        return claim.span.windows[0].end
    return prices.axis.row


def first_series(prices: Prices, claim: Claim) -> Series | None:
    found = prices.series(claim.subjects[0]) if claim.subjects else ()
    return found[0] if found else None


def moves_by(prices: Prices, values: Column, period: str, row: int, *, difference: bool = False) -> Column | None:
    """Each day's, week's or month's move at its last session; None where the period of the row is not over."""
    axis = prices.axis
    if period == "day":
        ends = np.arange(len(values))
    else:
        keys = [begins(day, period) for day in axis.days]
        ends = np.array([n for n in range(len(keys)) if n == len(keys) - 1 or keys[n] != keys[n + 1]])
        if row not in ends:
            return None
    made = np.full(len(values), np.nan)
    if difference:
        made[ends[1:]] = values[ends[1:]] - values[ends[:-1]]
    else:
        with np.errstate(divide="ignore", invalid="ignore"):
            made[ends[1:]] = values[ends[1:]] / values[ends[:-1]] - 1
    return made


def streak(prices: Prices, claim: Claim) -> Judged:
    """How many days, weeks or months in a row a series rose or fell, or in how many of the last so many it did."""
    run, series = claim.run, first_series(prices, claim)
    assert run is not None
    if series is None:
        return unknown(claim, f"no price of {prices.short(claim.subjects[0])} is held")
    row = _row_ended(prices, claim)
    moves = moves_by(prices, series.values, run.period, row)
    if moves is None:
        return unknown(claim, f"the {run.period} is not over")
    way = "gains" if claim.sign > 0 else "losses"
    words = f"{prices.short(claim.subjects[0])}, run of {way} by {run.period}, to {prices.axis.days[row].isoformat()}"
    readings = [_run(claim, signs[: row + 1], way, words) for signs in (np.sign(moves), np.sign(np.round(moves, 4)))]
    alike = readings[0].holds or readings[0].value == readings[1].value
    return judged(claim, readings[:1] if alike else readings, readings[0].value)


def gap_streak(prices: Prices, claim: Claim) -> Judged:
    """How many periods in a row one was ahead of another, or behind it."""
    run, row = claim.run, _row_ended(prices, claim)
    assert run is not None
    readings: list[Reading] = []
    for basis in ("total", "price"):
        both = pair(prices, claim.subjects[0], claim.others[0], basis)
        made = [moves_by(prices, one.values, run.period, row) for one in both] if both else []
        if len(made) != 2 or made[0] is None or made[1] is None:
            continue
        gaps = np.sign(np.round(made[0] - made[1], 5))
        if np.isfinite(gaps[row]):
            names = f"{prices.short(claim.subjects[0])} against {prices.short(claim.others[0])}"
            way = "ahead" if claim.sign > 0 else "behind"
            words = f"{names}, run of {run.period}s {way}, {basis} return, to {prices.axis.days[row].isoformat()}"
            readings.append(_run(claim, gaps[: row + 1], way, words))
    if not readings:
        return unknown(claim, f"no price is held of one of them, or the {run.period} is not over")
    return judged(claim, readings, readings[0].value, firm=False)


def _row_ended(prices: Prices, claim: Claim) -> int:
    """The last row of the period that a run is told to; for one of several, of the last that is over."""
    span = claim.span
    return span.windows[0].end if span and span.windows else prices.axis.row


def _run(claim: Claim, signs: Column, way: str, words: str) -> Reading:
    """How long the run is to the last row of these signs, or how many of the last so many went that way."""
    run = claim.run
    assert run is not None
    told = [float(sign) for sign in signs if np.isfinite(sign)]
    now = told[-1] if told else 0.0
    if run.of:
        count = sum(sign == claim.sign for sign in told[-run.of :])
        return Reading(words, f"{count} {way} in {run.of} {run.period}s", count == run.count)
    before = told[:-1] if claim.ended else told
    length = next((n for n, sign in enumerate(reversed(before)) if sign != claim.sign), len(before))
    over = claim.ended and now == -claim.sign
    shown = f"{length} {run.period}s of {way} in a row" + (", then the other way" if over else "")
    return Reading(words, shown, length == run.count and (over or not claim.ended))
