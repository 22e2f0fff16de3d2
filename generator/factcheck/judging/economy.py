"""Economic numbers as they first came out, and decisions of the Federal Reserve from the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import numpy as np

from generator.factcheck.judging.numbers import fits
from generator.factcheck.judging.prices import Prices
from generator.factcheck.judging.verdicts import Judged, Reading, Verdict, judged, unknown
from generator.factcheck.reading.claims import Claim
from generator.model import Fact

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Published:
    """One number as it came out: its period, what it was, and what the period before was on the same record."""

    row: int
    period: date
    value: float
    prior: float


class Economy:
    """The releases and decisions that claims are held against."""

    def __init__(self, prices: Prices, facts: tuple[Fact, ...]) -> None:
        self.prices = prices
        self.decisions = sorted((one for one in facts if one.key == "fed_decision"), key=lambda one: one.as_of)

    @cache  # noqa: B019
    def published(self, key: str) -> tuple[Published, ...]:
        """Every number of a release in the order in which they came out."""
        return tuple(self._published(key))

    def _published(self, key: str) -> Iterator[Published]:
        columns = [self.prices.column(name) for name in (f"{key}_released", f"{key}_date", key, f"{key}_prior")]
        if any(column is None for column in columns):
            return
        released, period, value, prior = (column for column in columns if column is not None)
        seen: set[tuple[float, float]] = set()
        for row in range(len(value)):
            if np.isfinite(value[row]) and (released[row], period[row]) not in seen:
                seen.add((released[row], period[row]))
                yield Published(row, _day(period[row]), float(value[row]), float(prior[row]))

    def release(self, claim: Claim) -> Judged:
        """An economic number, of the month named or the latest that was out."""
        number, key = claim.number, claim.subjects[0].key
        assert number is not None
        if key in ("gdp", "payrolls") and number.unit == "":
            key = "payrolls"
        asked = claim.span.period if claim.span and claim.span.tag in ("month", "quarter", "yoy", "week") else None
        ways = [key, "cpi_month"] if key == "cpi" and claim.word == "growth" else [key]
        if claim.span and claim.span.tag == "mom":
            ways = ["cpi_month"] if key == "cpi" else []
        elif claim.span and claim.span.tag == "yoy":
            ways = [key] if key in ("cpi", "core_cpi") else []
        if key == "unemployment" and claim.word == "growth":
            ways = []
        readings = [one for way in ways for one in self._readings(claim, way, asked)]
        if not readings:
            return unknown(claim, "no such number is held as it came out")
        if key == "claims" and claim.word == "growth" and not any(one.holds for one in readings):
            return unknown(claim, "the number of the week before is revised when the next comes out")
        return (
            judged(claim, readings, f"{readings[0].words}: {readings[0].value}", firm=False)
            if len(ways) == 1
            else self._either(claim, readings)
        )

    @staticmethod
    def _either(claim: Claim, readings: list[Reading]) -> Judged:
        """Where both the month's and the year's change may be meant, the one that fits was."""
        held = [one for one in readings if one.holds]
        if held:
            return Judged(claim, Verdict.HOLDS, (held[0],))
        return Judged(claim, Verdict.FALSE, tuple(readings), "; ".join(f"{one.words}: {one.value}" for one in readings))

    def _readings(self, claim: Claim, key: str, asked: tuple[date, date] | None) -> Iterator[Reading]:
        row, number = self.prices.axis.row, claim.number
        assert number is not None
        known = [one for one in self.published(key) if one.row <= row]
        wanted = [one for one in known if asked is None or asked[0] <= one.period <= asked[1]]
        if not wanted or (asked is None and (self.prices.axis.today - wanted[-1].period).days > 200):
            return
        chosen = wanted[-1] if asked is None else wanted[0]
        value = chosen.prior if claim.word == "earlier" else chosen.value
        if key == "claims" and claim.word == "growth":
            value = chosen.value - chosen.prior
        release = self.prices.universe.releases[key]
        holds = fits(number, claim.about, value) and (claim.word != "growth" or claim.sign * value >= 0)
        if claim.word == "level" and claim.sign and np.isfinite(chosen.prior) and key != "gdp":
            holds = holds and np.sign(chosen.value - chosen.prior) in (claim.sign, 0)
        shown = f"{value:,.0f}" if key in ("payrolls", "claims") else f"{value:.1f}%"
        words = f"{release.short}, {chosen.period:%B %Y}, as first published"
        if claim.word == "earlier":
            words = f"{release.short}, the period before {chosen.period:%B %Y}, as it then stood"
        yield Reading(words, shown, bool(holds))
        if asked is not None and len(wanted) > 1 and claim.word != "earlier":
            last = wanted[-1]
            if last.value != chosen.value:
                yield Reading(
                    f"{release.short}, {last.period:%B %Y}, as later published",
                    f"{last.value:.1f}%",
                    fits(number, claim.about, last.value),
                )

    def policy(self, claim: Claim) -> Judged:
        """What the Federal Reserve decided on the day or in the month named, or last."""
        found = self._decision(claim)
        if found is None:
            return unknown(claim, "no decision of that day is held")
        values = found.values
        when = f"Federal Reserve, decision of {found.as_of.isoformat()}"
        change = values.get("change_bp")
        range_ = _range(values)
        told = (
            f"{values.get('move', '')} {abs(float(change)):.0f} basis points, to {range_}"
            if isinstance(change, Decimal)
            else f"to {range_}"
        )
        if claim.word == "vote":
            votes = (values.get("votes_for"), values.get("votes_against"))
            if any(one is None for one in votes):
                return unknown(claim, "no vote of it is held")
            said = f"{votes[0]} to {votes[1]}"
            return judged(claim, [Reading(when, said, claim.votes == tuple(int(str(one)) for one in votes))], said)
        if claim.word == "range":
            given = claim.ranges
            assert given is not None
            return judged(claim, [Reading(when, told, range_ == f"{given[0]:.2f}% to {given[1]:.2f}%")], told)
        if not isinstance(change, Decimal):
            return unknown(claim, "no size of it is held")
        holds = int(np.sign(float(change))) == claim.sign
        if claim.word == "size" and claim.number:
            holds = holds and abs(float(change)) == claim.number.value
        return judged(claim, [Reading(when, told, holds)], told)

    def _decision(self, claim: Claim) -> Fact | None:
        today = self.prices.axis.today
        if claim.span and claim.span.period:
            first, last = claim.span.period
            inside = [one for one in self.decisions if first <= one.as_of <= last]
            changed = [one for one in inside if one.values.get("change_bp")]
            return inside[0] if len(inside) == 1 else changed[0] if len(changed) == 1 else None
        recent = [one for one in self.decisions if today - timedelta(days=7) <= one.as_of <= today]
        return recent[-1] if recent else None


def _range(values: object) -> str:
    assert hasattr(values, "get")
    low, high = values.get("lower"), values.get("upper")
    return (
        f"{float(low):.2f}% to {float(high):.2f}%"
        if low is not None and high is not None
        else f"{values.get('target')}%"
    )


def _day(number: float) -> date:
    return _EPOCH + timedelta(days=int(number))
