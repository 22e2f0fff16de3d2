"""Levels held against closes, and against the range of the session."""

from __future__ import annotations

import numpy as np

from generator.factcheck.judging.moves import windows
from generator.factcheck.judging.numbers import fits, level
from generator.factcheck.judging.prices import Prices
from generator.factcheck.judging.verdicts import Judged, Reading, Verdict, judged, unknown
from generator.factcheck.reading.claims import Claim
from generator.factcheck.reading.names import Name
from generator.factcheck.reading.numbers import Number
from generator.model import Kind

HAIR = 0.0101
"""By how much two suppliers' closes of one day may differ."""


def at_level(prices: Prices, claim: Claim, *, earlier: bool = False) -> Judged:
    """A level: the close, unless the words are of an instant; or the close before, for where a move came from."""
    name, number = claim.subjects[0], claim.number
    assert number is not None
    if not prices.series(name):
        return unknown(claim, f"no price of {prices.short(name)} is held")
    made, _ = windows(prices, claim)
    if not made:
        return unknown(claim, "no price is held for that day")
    found = [
        (one, window, window.start if earlier else window.end) for one in prices.series(name) for window in made[:3]
    ]
    yields = prices.kind(name) is Kind.YIELD
    readings: list[Reading] = []
    first = ""
    for series, _, row in found:
        value = float(series.values[row])
        if not np.isfinite(value) or (series.alternative and not yields):
            continue
        shown = f"{value:.2f}%" if yields else level(value)
        of = f"{series.words.rpartition(',')[0] or series.words}, close of {prices.axis.days[row].isoformat()}"
        readings.append(Reading(of, shown, _meant(number, claim.about, value, yields)))
        first = first or shown
    if not readings:
        return unknown(claim, "no level is held for that day")
    row = found[0][2]
    borne_out = next((one for one in readings if one.holds), None)
    if borne_out and (yields or (claim.carried and not claim.span)):
        return Judged(claim, Verdict.HOLDS, (borne_out,))
    nearest = _nearest_level(prices, name, row, number.value, first)
    if yields and abs(float(readings[0].value.rstrip("%")) - number.value) <= 0.035:
        return Judged(claim, Verdict.DEPENDS, tuple(readings), "yields are quoted at different hours")
    elsewhere = prices.kind(name) in (Kind.CURRENCY, Kind.COMMODITY, Kind.CRYPTO)
    if (
        elsewhere
        and abs(number.value - float(first.replace(",", ""))) <= 0.004 * number.value
        and not readings[0].holds
    ):
        return Judged(claim, Verdict.DEPENDS, tuple(readings), "such prices are taken at different hours")
    return judged(claim, readings[:1] if not claim.carried and len(made) == 1 else readings, nearest)


def _meant(number: Number, about: str, value: float, yields: bool) -> bool:
    """Whether a number is that of a close: as exactly as it is told, or but for what suppliers differ by."""
    near = abs(number.value - value)
    told = near <= 0.001 * value if about == "about" else fits(number, about, value)
    whole = number.step == 1 and int(value) == number.value
    return told or whole or ((yields or number.step < 0.1) and near <= HAIR)


def _nearest_level(prices: Prices, name: Name, row: int, said: float, close: str) -> str:
    reach = prices.reach(name)
    if reach and np.isfinite(reach[0][row]) and reach[1][row] <= said <= reach[0][row]:
        range_ = f"{level(reach[1][row])} to {level(reach[0][row])}"
        return f"{level(said)} was reached during the session ({range_}); the close was {close}"
    return f"the close of {prices.axis.days[row].isoformat()} was {close}"
