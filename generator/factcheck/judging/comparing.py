"""One series beside another over a span, on one basis for both."""

from __future__ import annotations

import numpy as np

from generator.factcheck.judging.moves import LONG, value_of, windows
from generator.factcheck.judging.numbers import fits, percent
from generator.factcheck.judging.pairs import pair
from generator.factcheck.judging.prices import Prices
from generator.factcheck.judging.verdicts import Judged, Reading, judged, unknown
from generator.factcheck.reading.axis import Window
from generator.factcheck.reading.claims import Claim
from generator.factcheck.reading.names import Name
from generator.model import Kind


def comparison(prices: Prices, claim: Claim) -> Judged:
    """One ahead of or behind others, perhaps by so much; on one basis for both."""
    made, firm = windows(prices, claim)
    if not made:
        return unknown(claim, "no price is held at one end of the span")
    readings: list[Reading] = []
    funds = any(prices.kind(name) is Kind.FUND for name in (*claim.subjects, *claim.others))
    for window in made:
        for basis in ("total", "price") if funds else ("price", "total"):
            if basis == "total" and not funds and window.end - window.start < LONG and readings:
                continue
            gaps = [_gap(prices, one, other, window, basis) for one in claim.subjects for other in claim.others]
            if any(gap is None for gap in gaps):
                continue
            values = [gap for gap in gaps if gap is not None]
            holds = all(claim.sign * value > 0 for value, _ in values)
            if claim.number is not None:
                scale = 1e4 if claim.number.unit == "bp" else 100
                holds = holds and all(
                    fits(claim.number, claim.about, value * scale) or _as_printed(claim, words)
                    for value, words in values
                )
            told = "; ".join(words for _, words in values)
            readings.append(Reading(f"{basis} return, {window.words}", told, bool(holds)))
    if not readings:
        return unknown(claim, "no price is held of one of them")
    return judged(claim, readings, readings[0].value, firm=firm)


def multiple(prices: Prices, claim: Claim) -> Judged:
    """How many times another's move one was, on one basis for both."""
    made, firm = windows(prices, claim)
    readings: list[Reading] = []
    for window in made:
        for basis in ("price", "total"):
            found = _both(prices, claim.subjects[0], claim.others[0], window, basis)
            if found is None or not found[1]:
                continue
            times = found[0] / found[1]
            told = f"{percent(found[0])} against {percent(found[1])}: {times:.2f} times"
            readings.append(Reading(f"{basis} return, {window.words}", told, _is_multiple(claim, times)))
    if not readings:
        return unknown(claim, "no price is held of one of them")
    return judged(claim, readings, readings[0].value, firm=firm and readings[0].holds)


def _is_multiple(claim: Claim, times: float) -> bool:
    assert claim.number is not None
    said = claim.number.value
    allowed = {"over": (1.0, 9.0), "under": (0.0, 1.0), "nearly": (0.85, 1.0), "about": (0.88, 1.12)}
    low, high = allowed.get(claim.about, (0.93, 1.07))
    return low * said - 1e-9 <= times <= high * said + 1e-9


def _as_printed(claim: Claim, words: str) -> bool:
    """Whether the gap is that of the two moves as they are printed to the same places."""
    assert claim.number is not None
    if claim.number.unit == "bp":
        return False
    moves = [float(piece.rstrip("%")) for piece in words.split() if piece.endswith("%")]
    if len(moves) != 2:
        return False
    places = 1 if claim.number.step < 1 else 0
    exact = abs(abs(round(moves[0], places) - round(moves[1], places)) - claim.number.size) < 1e-6
    return exact or abs(abs(moves[0] - moves[1]) - claim.number.size) <= claim.number.step / 2 + 1e-6


def _both(prices: Prices, one: Name, other: Name, window: Window, basis: str) -> tuple[float, float] | None:
    """The moves of two names over one window on one basis."""
    both = pair(prices, one, other, basis)
    if both is None:
        return None
    moves = [value_of(prices, name, series, window) for name, series in zip((one, other), both, strict=True)]
    if any(value is None or not np.isfinite(value) for value in moves):
        return None
    first, second = (float(value or 0) for value in moves)
    return first, second


def _gap(prices: Prices, one: Name, other: Name, window: Window, basis: str) -> tuple[float, str] | None:
    found = _both(prices, one, other, window, basis)
    if found is None:
        return None
    first, second = found
    both_moves = f"{prices.short(one)} {percent(first)} against {prices.short(other)} {percent(second)}"
    return first - second, f"{both_moves} ({(first - second) * 100:+.2f} percentage points)"
