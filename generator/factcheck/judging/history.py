"""Moves day by day, week by week and month by month, and runs of them."""

from __future__ import annotations

import numpy as np

from generator.factcheck.judging.prices import Prices, Series
from generator.factcheck.judging.verdicts import Judged, Reading, judged, unknown
from generator.factcheck.reading.axis import begins
from generator.factcheck.reading.claims import Claim
from generator.model import Column


def row_of(prices: Prices, claim: Claim) -> int:
    """The session that a claim is about: the day it names, or the article's."""
    if claim.span and claim.span.tag == "day" and claim.span.windows:
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
    """How many days, weeks or months in a row a series rose or fell."""
    run, row, series = claim.run, row_of(prices, claim), first_series(prices, claim)
    assert run is not None
    if series is None:
        return unknown(claim, f"no price of {prices.short(claim.subjects[0])} is held")
    readings: list[Reading] = []
    for rounded in (False, True):
        moves = moves_by(prices, series.values, run.period, row)
        if moves is None:
            return unknown(claim, f"the {run.period} is not over")
        signs = np.sign(np.round(moves, 4) if rounded else moves)
        ends = [int(n) for n in np.flatnonzero(np.isfinite(moves[: row + 1]))]
        if claim.ended:
            now, ends = signs[ends[-1]], ends[:-1]
        length = 0
        sign = claim.sign
        while length < len(ends) and signs[ends[-1 - length]] == sign:
            length += 1
        holds = length == run.count and (not claim.ended or now == -sign)
        way = "gains" if sign > 0 else "losses"
        told = f"{length} {run.period}s of {way} in a row" + (
            ", then the other way" if claim.ended and now == -sign else ""
        )
        until = prices.axis.days[row].isoformat()
        words = f"{prices.short(claim.subjects[0])}, run of {way} by {run.period}, to {until}"
        readings.append(Reading(words, told, bool(holds)))
    return judged(
        claim,
        readings[:1] if readings[0].holds or readings[0].value == readings[1].value else readings,
        readings[0].value,
    )
