"""The Yahoo source where Yahoo refuses, falls silent, or cannot be reached."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from generator.market.source import Status
from tests.market.yahoo_child import FOUR, Outcome, fetch
from tests.servers.loopback import Fault, Loopback, proxied, untrusted_authority
from tests.servers.nursery import Nursery
from tests.servers.yahoo import Yahoo, to_consent


def run(nursery: Nursery, folder: Path, faults: Mapping[str, Fault], **more: Any) -> Outcome:
    with Loopback(Yahoo(FOUR), faults=faults) as net:
        outcome = fetch(nursery, net.environment(folder), list(FOUR), **more)
        assert net.strangers == []
        return Outcome(outcome.reply, outcome.printed, net)


@pytest.mark.parametrize("where", ["^RUT", "crumb", "*"])
def test_the_first_429_stops_everything(nursery: Nursery, tmp_path: Path, where: str) -> None:
    """Refused once, Yahoo is left alone: also a second run of the same source asks nothing more."""
    outcome = run(nursery, tmp_path, {where: Fault("status", status=429)}, runs=2)
    assert outcome.net is not None
    assert "wait some minutes" in outcome.reason("XLE")
    assert {outcome.status(symbol) for symbol in FOUR} == {Status.RATE_LIMITED}
    assert len(outcome.net.asked) <= 2 + len(FOUR)  # cookie and crumb, and what was under way


def test_a_pause_that_is_asked_for_is_kept(nursery: Nursery, tmp_path: Path) -> None:
    """With Retry-After, all wait that long, once, and go on."""
    pause = Fault("status", times=1, status=429, headers={"Retry-After": "1"})
    outcome = run(nursery, tmp_path, {"IWM": pause})
    assert outcome.net is not None
    assert {outcome.status(symbol) for symbol in FOUR} == {Status.OK}
    moments = [request.at for request in outcome.net.requests]
    assert sum(later - earlier > 0.9 for earlier, later in pairwise(moments)) == 1


def test_a_pause_too_long_for_the_run_is_passed_on(nursery: Nursery, tmp_path: Path) -> None:
    """An hour is more than a run may take: the reason tells the operator how long to wait."""
    outcome = run(nursery, tmp_path, {"*": Fault("status", status=429, headers={"Retry-After": "3600"})})
    assert "wait 1:00:00" in outcome.reason("SPY")


def test_a_crumb_that_fails_is_done_without(nursery: Nursery, tmp_path: Path) -> None:
    """Charts need no crumb: one that cannot be had is asked for once, and costs nobody a price."""
    outcome = run(nursery, tmp_path, {"crumb": Fault("status", status=500, body=b"<html>"), "cookie": Fault("reset")})
    assert outcome.net is not None
    assert {outcome.status(symbol) for symbol in FOUR} == {Status.OK}
    assert len(outcome.net.asked) <= len(FOUR) + 4


@pytest.mark.parametrize("how", ["nobody there", "no such name", "no such certificate"])
def test_out_of_reach_every_symbol_says_so(nursery: Nursery, tmp_path: Path, how: str) -> None:
    """Without a network, a name or a certificate to believe, there is a reason for each, and no traceback."""
    with Loopback(Yahoo(FOUR)) as net:
        environment = {
            "nobody there": proxied("http://127.0.0.1:1", tmp_path),
            "no such name": proxied("http://proxy.invalid:1", tmp_path),
            "no such certificate": net.environment(tmp_path, untrusted_authority()),
        }[how]
        outcome = fetch(nursery, environment, list(FOUR))
        assert net.asked == []
    assert {outcome.status(symbol) for symbol in FOUR} == {Status.NETWORK}
    assert outcome.reason("^RUT").startswith("Yahoo Finance could not be reached (")


def test_consent_is_given_where_it_is_asked_for(nursery: Nursery, tmp_path: Path) -> None:
    """In some countries Yahoo asks for consent before anything else: yfinance gives it, and the chart is still examined."""
    asked = Fault("status", times=1, status=302, headers={"Location": to_consent("IWM")})
    outcome = run(nursery, tmp_path, {"IWM": asked})
    assert {outcome.status(symbol) for symbol in FOUR} == {Status.OK}
