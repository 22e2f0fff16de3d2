"""Records, and the distance from them; only where the history held reaches back far enough."""

from __future__ import annotations

import numpy as np

from generator.factcheck.judging.history import first_series, row_of
from generator.factcheck.judging.numbers import fits, level
from generator.factcheck.judging.prices import Prices
from generator.factcheck.judging.verdicts import Judged, Reading, Verdict, judged, unknown
from generator.factcheck.reading.claims import Claim
from generator.model import Column


def record(prices: Prices, claim: Claim) -> Judged:
    """A record close or a record high, of one or several; only where the history held reaches back far enough."""
    row, value = row_of(prices, claim), claim.superlative
    assert value is not None
    readings: list[Reading] = []
    nearest = []
    for name in claim.subjects:
        series = first_series(prices, claim.__class__(claim.kind, 0, 0, (name,)))
        segment = prices.universe.segments.get(name.key)
        if series is None or segment is None or not np.isfinite(series.values[row]):
            return unknown(claim, f"no price of {prices.short(name)} is held for it")
        if segment.records_from is None or prices.axis.days[0] > segment.records_from:
            return unknown(claim, f"the history held of {prices.short(name)} does not reach back to its first day")
        closes, word = series.values, "high" if value.sign > 0 else "low"
        best = _past_best(closes, row, value.sign)
        holds = bool(value.sign * closes[row] > value.sign * closes[best])
        shown = f"close {level(closes[row])}; before: {level(closes[best])} on {prices.axis.days[best].isoformat()}"
        readings.append(
            Reading(f"{prices.short(name)}, record by closes, {prices.axis.days[row].isoformat()}", shown, holds)
        )
        nearest.append(f"the record close is {level(closes[best])}, {prices.axis.days[best].isoformat()}")
        reach = prices.reach(name)
        if reach and not holds and not value.closing and claim.word != "closing":
            side = reach[0] if value.sign > 0 else reach[1]
            if np.isfinite(side[row]) and value.sign * side[row] > value.sign * np.nanmax(value.sign * side[:row]):
                inside = Reading(f"{prices.short(name)}, record {word} within the session", f"{level(side[row])}", True)
                return Judged(claim, Verdict.DEPENDS, (inside, readings[-1]), "; ".join(nearest))
    if all(one.holds for one in readings):
        return Judged(claim, Verdict.HOLDS, tuple(readings))
    return Judged(claim, Verdict.FALSE, tuple(one for one in readings if not one.holds), "; ".join(nearest))


def records(prices: Prices, claim: Claim) -> Judged:
    """How many record closes there were in a span."""
    series, number, name = first_series(prices, claim), claim.number, claim.subjects[0]
    segment = prices.universe.segments.get(name.key)
    if series is None or number is None or claim.span is None or segment is None or segment.records_from is None:
        return unknown(claim, "the history held does not tell its records")
    if prices.axis.days[0] > segment.records_from:
        return unknown(claim, "the history held does not reach back to its first day")
    values = claim.sign * series.values
    best = np.fmax.accumulate(np.where(np.isfinite(values), values, -np.inf))
    fresh = np.append(False, values[1:] > best[:-1])
    readings = [
        Reading(f"{prices.short(name)}, record closes, {window.words}", str(count), fits(number, claim.about, count))
        for window in claim.span.windows
        for count in [int(fresh[window.start + 1 : window.end + 1].sum())]
    ]
    return judged(claim, readings, readings[0].value if readings else "", firm=claim.span.firm)


def _past_best(values: Column, row: int, sign: int) -> int:
    return int(np.nanargmax(sign * values[:row]))


def distance(prices: Prices, claim: Claim) -> Judged:
    """How far below its record close, or its record high, an index is."""
    row, series, number = row_of(prices, claim), first_series(prices, claim), claim.number
    segment = prices.universe.segments.get(claim.subjects[0].key)
    if series is None or segment is None or segment.records_from is None or number is None:
        return unknown(claim, "the history held does not tell its record")
    if prices.axis.days[0] > segment.records_from:
        return unknown(claim, "the history held does not reach back to its first day")
    best = int(np.nanargmax(series.values[: row + 1]))
    short = float(1 - series.values[row] / series.values[best])
    period = claim.span.period if claim.span else None
    then = period is None or period[0] <= prices.axis.days[best] <= period[1]
    name = prices.short(claim.subjects[0])
    readings = [
        Reading(
            f"{name}, below its record close of {prices.axis.days[best].isoformat()}",
            f"{short * 100:.2f}%",
            then and fits(number, claim.about, short * 100),
        )
    ]
    reach = prices.reach(claim.subjects[0])
    if reach is not None:
        inside = float(1 - series.values[row] / np.nanmax(reach[0][: row + 1]))
        readings.append(
            Reading(
                f"{name}, below its record high within a session",
                f"{inside * 100:.2f}%",
                then and fits(number, claim.about, inside * 100),
            )
        )
    return judged(claim, readings, f"{readings[0].value} below its record close", firm=True)
