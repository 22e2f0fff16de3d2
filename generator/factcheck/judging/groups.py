"""How many sectors rose, and which was best, by their funds."""

from __future__ import annotations

import numpy as np

from generator.factcheck.judging.moves import windows
from generator.factcheck.judging.numbers import percent
from generator.factcheck.judging.prices import Prices
from generator.factcheck.judging.verdicts import Judged, Reading, Verdict, judged, unknown
from generator.factcheck.reading.claims import Claim
from generator.model import Group


def breadth(prices: Prices, claim: Claim) -> Judged:
    """How many sectors rose or fell, by their funds."""
    said = claim.breadth
    assert said is not None
    made, firm = windows(prices, claim)
    group = prices.universe.groups.get("small_sectors" if said.small else "sectors")
    if group is None or not made:
        return unknown(claim, "no group of sectors is held")
    readings: list[Reading] = []
    for window in made:
        members = belonging(prices, group, window.end)
        for field in ("adj_close", "close"):
            moves = group_moves(prices, members, window.start, window.end, field)
            if len(moves) < len(members):
                continue
            count = sum(np.sign(value) == claim.sign for value in moves.values())
            flat = sum(round(abs(value), 4) == 0 for value in moves.values())
            wanted = said.count if said.count >= 0 else len(members) + 1 + said.count
            holds = count == wanted and said.total in (None, len(members))
            holds = holds and all(np.sign(moves.get(name.key, np.nan)) == claim.sign for name in claim.subjects)
            told = f"{count} of {len(members)} {'rose' if claim.sign > 0 else 'fell'}" + (
                f", {flat} unchanged" if flat else ""
            )
            basis = "total return" if field == "adj_close" else "price return"
            readings.append(Reading(f"{group.many} by their funds, {basis}, {window.words}", told, bool(holds)))
    if not readings:
        return unknown(claim, "not every sector has a price for it")
    close = (
        said.count >= 0
        and any(abs(int(one.value.split()[0]) - said.count) == 1 for one in readings)
        and not any(one.holds for one in readings)
    )
    if close and any(_small_moves(prices, group.members, one.start, one.end) for one in made):
        return Judged(
            claim, Verdict.DEPENDS, tuple(readings), "one moved so little that its fund and its index may differ"
        )
    return judged(claim, readings, readings[0].value, firm=firm)


def belonging(prices: Prices, group: Group, row: int) -> tuple[str, ...]:
    """The members that the group had on a session: S&P 500 sectors were nine until real estate became one."""
    day = prices.axis.days[row]
    begins = {key: prices.universe.segments[key].begins for key in group.members}
    return tuple(key for key, first in begins.items() if first is None or first <= day)


def group_moves(prices: Prices, members: tuple[str, ...], start: int, end: int, field: str) -> dict[str, float]:
    """Each member's move between two closes, of those that have both."""
    found = {}
    for key in members:
        symbol = prices.universe.segments[key].total or prices.universe.segments[key].price or ""
        values = prices._raw(symbol, field)
        move = values[end] / values[start] - 1
        if np.isfinite(move):
            found[key] = float(move)
    return found


def _small_moves(prices: Prices, members: tuple[str, ...], start: int, end: int) -> bool:
    return any(abs(value) < 0.0008 for value in group_moves(prices, members, start, end, "adj_close").values())


def best(prices: Prices, claim: Claim) -> Judged:
    """The best or the worst of the sectors that it belongs to; several said to be that are the first so many."""
    keys = tuple(name.key for name in claim.subjects)
    group = next(
        (one for one in prices.universe.groups.values() if set(keys) <= set(one.members) and one.key != "benchmarks"),
        None,
    )
    made, firm = windows(prices, claim)
    if group is None or not made:
        return unknown(claim, "no group that it belongs to is held")
    readings: list[Reading] = []
    for window in made:
        moves = group_moves(prices, belonging(prices, group, window.end), window.start, window.end, "adj_close")
        if not set(keys) <= set(moves):
            continue
        ordered = sorted(moves, key=lambda one: moves[one], reverse=claim.word == "best")
        last = moves[ordered[len(keys) - 1]]
        shown = dict.fromkeys((*ordered[: len(keys)], *keys))
        told = ", ".join(f"{prices.universe.segments[one].short} {percent(moves[one])}" for one in shown)
        holds = all(key in ordered[: len(keys)] or abs(moves[key] - last) < 5e-5 for key in keys)
        words = f"{claim.word} of the {len(moves)} {group.many} by their funds, {window.words}"
        readings.append(Reading(words, told, holds))
    return judged(claim, readings, readings[0].value if readings else "", firm=firm)
