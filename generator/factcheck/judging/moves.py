"""Moves, levels and comparisons held against the closes at both ends of their span."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from generator.factcheck.judging.numbers import fits, percent
from generator.factcheck.judging.prices import Prices, Series
from generator.factcheck.judging.turning import from_turn, within_sessions
from generator.factcheck.judging.verdicts import Judged, Reading, Verdict, judged, unknown
from generator.factcheck.reading.axis import Since, Window
from generator.factcheck.reading.claims import Claim
from generator.factcheck.reading.names import Name
from generator.model import Kind

LONG = 21
"""Sessions from which on dividends make a difference that shows."""


SHORTEST = 1.5
"""Years over which a move may be told by the year."""
PROXY, DRIFT, WIDE = 0.0006, 0.00012, 0.01
"""How far a fund may be from the sector it follows before a claim about that is called false; and where several
indices go by one name."""


_SEVERAL = {
    "biotech",
    "regional_banks",
    "gold",
    "bitcoin",
    "ether",
    "mega",
    "top50",
    "mag7",
    "micro",
    "exus_small",
    "communications",
    "discretionary",
    "technology",
}


def windows(prices: Prices, claim: Claim) -> tuple[list[Window], bool]:
    """The windows that a claim may be about, and whether the first is what its words mean."""
    axis = prices.axis
    if claim.since and claim.since.side:
        return from_turn(prices, claim), True
    if claim.since:
        return _since(prices, claim.since), True
    if claim.span:
        return list(claim.span.windows), claim.span.firm
    today = axis.day(axis.row)
    made = list(today.windows) if today else []
    if claim.carried and claim.carried.windows:
        made += [one for one in claim.carried.windows if one not in made]
    for span in claim.told:
        made += [one for one in span.windows if one not in made and one.end == axis.row]
    return made, True


def _since(prices: Prices, since: Since) -> list[Window]:
    axis = prices.axis
    ends = [axis.by(since.last)] if since.first == since.last else [axis.before(since.first), axis.by(since.last)]
    if since.first == since.last and axis.on(since.first):
        ends.append(axis.before(since.first))
    return [
        Window(row, axis.row, f"from the close of {axis.days[row].isoformat()}")
        for row in dict.fromkeys(ends)
        if 0 <= row < axis.row
    ]


def move(prices: Prices, claim: Claim) -> Judged:
    """A move in percent, points or basis points, or the direction of one."""
    name = claim.subjects[0]
    if claim.number is None or len(claim.subjects) > 1:
        return _all(prices, claim)
    made, firm = windows(prices, claim)
    if not made:
        return unknown(claim, "no price is held at one end of the span")
    readings: list[Reading] = []
    first: tuple[Series, Window, float] | None = None
    ways = list(_ways(prices, name, made))
    if claim.word == "returned":  # what is returned has its dividends
        ways.sort(key=lambda way: "total return" not in way[0].words)
    for series, window in ways:
        value = value_of(prices, name, series, window)
        if value is not None and claim.number.yearly:
            value = _by_year(prices, value, window)
        if value is None or not np.isfinite(value):
            continue
        if claim.number.unit in ("%", "pp") and prices.kind(name) is Kind.YIELD:
            value = value * 100 if claim.number.unit == "pp" else value
        holds = _says(claim, prices, name, value)
        readings.append(Reading(f"{series.words}, {window.words}", _told(prices, name, claim, value), holds))
        first = first or (series, window, value)
    inside = within_sessions(prices, claim) if claim.since and claim.since.side else None
    if inside is not None and not any(one.holds for one in readings):
        holds = _says(claim, prices, name, inside)
        readings.append(Reading(f"{prices.short(name)}, levels within the sessions", percent(inside), holds))
    if first is None:
        return unknown(claim, f"no price of {prices.short(name)} is held for it")
    loose = prices.kind(name) is Kind.FUND and not name.fund
    if loose and any(one.holds for one in readings) and firm and len(made) == 1:
        return Judged(claim, Verdict.HOLDS, (next(one for one in readings if one.holds),))
    found = judged(claim, readings, f"{prices.short(name)}: {readings[0].value}, {first[1].words}", firm=firm)
    if found.verdict is Verdict.FALSE and (why := _excuse(prices, claim, name, made, first[2])):
        return Judged(claim, Verdict.DEPENDS, tuple(readings), why)
    return found


def _by_year(prices: Prices, value: float, window: Window) -> float | None:
    """What a year of a move came to; None over less than a year and a half."""
    years = (prices.axis.days[window.end] - prices.axis.days[window.start]).days / 365.25
    return float((1 + value) ** (1 / years) - 1) if years >= SHORTEST else None


def _excuse(prices: Prices, claim: Claim, name: Name, made: list[Window], value: float) -> str:
    """Why a number that is not the value's may still have been meant for it; empty if nothing excuses it."""
    number = claim.number
    assert number is not None
    if prices.kind(name) is Kind.YIELD:
        near = number.unit == "bp" and abs(value - claim.sign * number.size) <= 3
        return "yields are quoted at different hours" if near else ""
    if number.unit == "%" and not claim.about and number.size and value * (claim.sign or 1) > 0:
        shown = abs(value) * 100
        if 0.5 < abs(shown - number.size) / number.step <= 0.6:
            return "it is a hair beyond what is written, rounded otherwise"
        if number.step == 1 and int(shown) == number.size:
            return "whole percents were cut off, not rounded"
    near = _near_proxy(prices, claim, name, made)
    return "the fund that stands for it moved so; the index itself is not held" if near else ""


def _ways(prices: Prices, name: Name, made: list[Window]) -> Iterator[tuple[Series, Window]]:
    """Each column over each window; that of an index with dividends only over a span that is long enough."""
    for series in prices.series(name):
        for window in made:
            if series.alternative and prices.is_index(name) and window.end - window.start < LONG:
                continue
            yield series, window


def value_of(prices: Prices, name: Name, series: Series, window: Window) -> float | None:
    if prices.kind(name) is Kind.BASKET:
        return prices.basket_move(name, window.start, window.end)
    start, end = series.values[window.start], series.values[window.end]
    if prices.kind(name) is Kind.YIELD:
        return float((end - start) * 100)
    return float(end / start - 1) if start > 0 else None


def _says(claim: Claim, prices: Prices, name: Name, value: float) -> bool:
    number = claim.number
    assert number is not None
    if (
        claim.sign
        and number.size
        and np.sign(value) != claim.sign
        and not (fits(number, claim.about, 0) and abs(value) < 1e-9)
    ):
        return False
    if number.unit == "bp":
        return fits(number, claim.about, value if prices.kind(name) is Kind.YIELD else value * 1e4) or (
            prices.kind(name) is Kind.YIELD and abs(abs(value) - number.size) <= 1.01
        )
    if number.unit == "pp":
        return fits(number, claim.about, value / 100 if prices.kind(name) is Kind.YIELD else value * 100)
    return fits(number, claim.about, value * 100)


def _told(prices: Prices, name: Name, claim: Claim, value: float) -> str:
    return f"{value:+.0f} basis points" if prices.kind(name) is Kind.YIELD else percent(value)


def _near_proxy(prices: Prices, claim: Claim, name: Name, made: list[Window]) -> bool:
    """Whether a move said of a sector or a style is that of its fund but for what a fund may differ by."""
    number = claim.number
    if number is None or name.fund or prices.kind(name) not in (Kind.FUND, Kind.COMMODITY, Kind.CRYPTO, Kind.BASKET):
        return False
    for series, window in _ways(prices, name, made):
        value = value_of(prices, name, series, window)
        length = window.end - window.start
        allowed = max(PROXY + DRIFT * length, WIDE if name.key in _SEVERAL else 0)
        if value is not None and abs(value * 100 - number.size * (claim.sign or 1)) <= 100 * allowed + number.step / 2:
            return True
    return False


def points(prices: Prices, claim: Claim) -> Judged:
    """A move in points of an index."""
    name, number = claim.subjects[0], claim.number
    assert number is not None
    made, firm = windows(prices, claim)
    series = prices.series(name)[:1]
    if not series or not made or prices.kind(name) in (Kind.FUND, Kind.BASKET):
        return unknown(claim, "no level is held for it")
    readings: list[Reading] = []
    for window in made:
        value = float(series[0].values[window.end] - series[0].values[window.start])
        close = abs(abs(value) - number.size) <= max(number.step / 2, 0.011) or int(abs(value)) == number.size
        holds = np.sign(value) == (claim.sign or np.sign(value)) and (close or fits(number, claim.about, value))
        if np.isfinite(value):
            readings.append(
                Reading(f"{prices.short(name)}, change in points, {window.words}", f"{value:+,.2f} points", bool(holds))
            )
    nearest = f"{prices.short(name)}: {readings[0].value}, {made[0].words}" if readings else ""
    return judged(claim, readings, nearest, firm=firm)


def _all(prices: Prices, claim: Claim) -> Judged:
    """A direction, or one number, said of several: it holds if it does of each."""
    made, firm = windows(prices, claim)
    if not made:
        return unknown(claim, "no price is held at one end of the span")
    readings: list[Reading] = []
    for window in made:
        values = [(name, value) for name in claim.subjects for series in prices.series(name)[:1]
                  if (value := value_of(prices, name, series, window)) is not None and np.isfinite(value)]  # fmt: skip
        if len(values) != len(claim.subjects):
            return unknown(claim, "no price is held of one of them")
        holds = all(
            _says(claim, prices, name, value) if claim.number else np.sign(value) == claim.sign
            for name, value in values
        )
        told = ", ".join(f"{prices.short(name)} {_told(prices, name, claim, value)}" for name, value in values)
        readings.append(
            Reading(f"{', '.join(prices.short(name) for name in claim.subjects)}, {window.words}", told, bool(holds))
        )
    return judged(claim, readings, readings[0].value, firm=firm and claim.span is not None)
