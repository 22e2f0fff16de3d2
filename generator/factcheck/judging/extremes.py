"""Superlatives held against all that came before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from generator.factcheck.judging.history import moves_by, row_of
from generator.factcheck.judging.numbers import level, percent
from generator.factcheck.judging.pairs import pair
from generator.factcheck.judging.prices import Prices
from generator.factcheck.judging.verdicts import Judged, Reading, judged, unknown
from generator.factcheck.reading.claims import Claim
from generator.model import Column, Kind

_DAYS = {"session": 1.45, "trading day": 1.45, "day": 1, "week": 7, "month": 30.44, "year": 365.25, "decade": 3652.5}


def extreme(prices: Prices, claim: Claim) -> Judged:
    """The highest level or the best move since a date, in so long, or within a year."""
    value, row = claim.superlative, row_of(prices, claim)
    assert value is not None
    name = claim.subjects[0]
    readings: list[Reading] = []
    nearest = ""
    for values, words, shown in _measures(prices, claim, row):
        if not np.isfinite(values[row]):
            continue
        holds, told, near = _stands(prices, claim, values, row, shown)
        readings.append(Reading(f"{prices.short(name)}, {words}", told, holds))
        nearest = nearest or near
    return (
        judged(claim, readings, nearest)
        if readings
        else unknown(claim, "no price is held for it, or the period is not over")
    )


def crossing(prices: Prices, claim: Claim) -> Judged:
    """A close beyond a level for the first time in so long, or ever; or a level beyond it within the session."""
    row, name = row_of(prices, claim), claim.subjects[0]
    series, reach = prices.series(name)[:1], prices.reach(name)
    assert claim.ranges is not None
    ways = [(one.values, "closes") for one in series]
    if reach is not None:
        ways.append((reach[0] if claim.sign > 0 else reach[1], "levels within the session"))
    readings: list[Reading] = []
    for values, words in ways:
        beyond = claim.sign * (values - claim.ranges[0]) > 0
        before = [int(n) for n in np.flatnonzero(np.isfinite(values[:row]) & beyond[:row])]
        last = f"last beyond it on {prices.axis.days[before[-1]].isoformat()}" if before else "never beyond it before"
        holds = bool(beyond[row]) and _so_long(prices, claim, values, row, before)
        if np.isfinite(values[row]):
            readings.append(Reading(f"{prices.short(name)}, {words}", f"{level(values[row])}; {last}", holds))
    return judged(claim, readings, readings[0].value) if readings else unknown(claim, "no price is held for it")


Shown = Callable[[float], str]


def _measures(prices: Prices, claim: Claim, row: int) -> list[tuple[Column, str, Shown]]:
    """The columns in which a superlative may be meant, the plainest first."""
    value, name = claim.superlative, claim.subjects[0]
    assert value is not None
    found: list[tuple[Column, str, Shown]] = []
    series = prices.series(name)
    if not series:
        return found
    yields = prices.kind(name) in (Kind.YIELD, Kind.VOLATILITY)
    if value.measure == "level":
        for one in series[:2] if prices.kind(name) is Kind.YIELD else series[:1]:
            found.append((one.values, "closes", lambda v: f"{v:.2f}" if yields else level(v)))
        reach = prices.reach(name)
        if reach is not None and not value.closing and prices.kind(name) is not Kind.YIELD:
            found.append((reach[0] if value.sign > 0 else reach[1], "levels within the session", level))
        return found
    for one in series:
        if one.alternative and prices.is_index(name) and value.period == "day":
            continue
        moves = moves_by(prices, one.values, value.period, row, difference=yields)
        if moves is not None:
            show: Shown = (
                (lambda v: f"{v * 100:+.0f} basis points")
                if prices.kind(name) is Kind.YIELD
                else (lambda v: f"{v:+.2f} points")
                if yields
                else percent
            )
            found.append((moves, f"{value.period}s, {one.words.rpartition(', ')[2]}", show))
        if prices.kind(name) is Kind.VOLATILITY:
            shares = moves_by(prices, one.values, value.period, row)
            if shares is not None:
                found.append((shares, f"{value.period}s, in percent", percent))
    return found


def _stands(prices: Prices, claim: Claim, values: Column, row: int, shown: Shown) -> tuple[bool, str, str]:
    """Whether a superlative holds on one column, what the column says, and what could be said."""
    days, sign = prices.axis.days, claim.sign
    assert claim.superlative is not None
    now = values[row]
    if claim.superlative.measure == "move" and np.sign(now) != sign:
        return False, f"it was {shown(now)}", f"it was {shown(now)}"
    greater = [int(n) for n in np.flatnonzero(np.isfinite(values[:row])) if sign * values[n] >= sign * now - 1e-12]
    word = "high" if sign > 0 or claim.superlative.measure == "move" else "low"
    last = days[greater[-1]] if greater else None
    as_so, most = {"move": ("large", "largest"), "gap": ("wide", "widest")}.get(
        claim.superlative.measure, (word, f"{word}est")
    )
    told = f"{shown(now)}; none before as {as_so} since {days[0].isoformat()}"
    near = f"the {most} of the history held"
    if last:
        told = f"{shown(now)}; last as {as_so} on {last.isoformat()} ({shown(values[greater[-1]])})"
        near = f"the {most} since {last.isoformat()}"
    return _so_long(prices, claim, values, row, greater), told, near


def _so_long(prices: Prices, claim: Claim, values: Column, row: int, greater: Sequence[int]) -> bool:
    """Whether it is the greatest, or of that rank, for as long as is said; `greater` are the days before as great."""
    assert claim.superlative is not None
    days, sign, rank = prices.axis.days, claim.sign, claim.superlative.rank
    last = days[greater[-1]] if greater else None
    if claim.word == "within" and claim.span:
        window = claim.span.windows[0]
        inside = [n for n in greater if window.start < n <= row]
        later = values[row + 1 : window.end + 1]
        return len(inside) + int((sign * later > sign * values[row]).sum()) == rank - 1  # NaN is greater than nothing
    if claim.ever:
        return _reaches(prices, claim) and len(greater) == rank - 1
    since = claim.since
    if rank != 1:
        return since is not None and (
            len([n for n in greater if days[n] > since.last])
            <= rank - 1
            <= len([n for n in greater if days[n] >= since.first])
        )
    if since is not None:
        return _since(claim, last, days[0])
    if claim.number is not None and claim.number.unit in ("session", "trading day") and greater and not claim.about:
        return claim.number.value <= row - greater[-1] <= claim.number.value + 1
    return _in(claim, last, days[row], days[0])


def _reaches(prices: Prices, claim: Claim) -> bool:
    segment = prices.universe.segments.get(claim.subjects[0].key)
    return segment is not None and segment.records_from is not None and prices.axis.days[0] <= segment.records_from


def _since(claim: Claim, last: date | None, first: date) -> bool:
    """Whether the last one as large lies in the period named; for `since at least`, not after it."""
    since = claim.since
    assert since is not None
    if since.at_least:
        return (last is None and first <= since.last) or (last is not None and last <= since.last)
    return last is not None and since.first <= last <= since.last


def _in(claim: Claim, last: date | None, today: date, first: date) -> bool:
    """Whether the last one as large is as long ago as is said: `in four months`, `in nearly a year`."""
    number = claim.number
    assert number is not None
    unit = _DAYS[number.unit]
    ago = ((today - (last or first)).days) / unit
    if last is None:
        return ago >= number.value * 0.97
    match claim.about:
        case "nearly":
            return number.value * 0.75 <= ago <= number.value * 1.02
        case "over":
            return number.value * 0.99 <= ago <= number.value * 1.5 + 0.6
        case "about":
            return number.value * 0.85 <= ago <= number.value * 1.15
    return number.value - 0.25 <= ago < number.value + 1.05


def gap_extreme(prices: Prices, claim: Claim) -> Judged:
    """The widest lead of one over another since a date."""
    row, value = row_of(prices, claim), claim.superlative
    assert value is not None
    readings: list[Reading] = []
    nearest = ""
    for basis in ("price", "total"):
        both = pair(prices, claim.subjects[0], claim.others[0], basis)
        if both is None or (basis == "total" and readings):
            continue
        one, other = (moves_by(prices, series.values, value.period or "day", row) for series in both)
        if one is None or other is None or not np.isfinite(one[row] - other[row]):
            continue
        holds, told, near = _stands(prices, claim, one - other, row, lambda v: f"{v * 100:+.2f} percentage points")
        names = f"{prices.short(claim.subjects[0])} less {prices.short(claim.others[0])}"
        readings.append(Reading(f"{names}, {basis} return, {value.period}s", told, holds))
        nearest = nearest or near
    return judged(claim, readings, nearest) if readings else unknown(claim, "no price is held of one of them")
