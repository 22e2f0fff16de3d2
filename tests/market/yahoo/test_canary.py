"""The canary: three symbols of an invented Yahoo, as the real one serves them and otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from generator.market.yahoo.canary import BIRDS
from generator.model import Kind
from tests.servers.evenings import edited, every_day, listing, meta, sessions, setting, wandering
from tests.servers.loopback import Fault, Loopback
from tests.servers.nursery import Nursery
from tests.servers.yahoo import Listing, Yahoo

FIRST, LAST = date(2024, 5, 1), date(2024, 7, 11)
COMMAND = """
import datetime, sys
import generator.market.sessions as sessions
class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.datetime(2024, 7, 12, 2, 0, tzinfo=datetime.UTC)
sessions.datetime = Clock
from generator.cli import main
main(["canary"])
"""
Edit = Callable[[dict[str, Any]], None]


def birds() -> dict[str, Listing]:
    days = {Kind.CRYPTO: every_day(FIRST, LAST)}
    return {
        bird.symbol: listing(bird.kind, wandering(days.get(bird.kind, sessions(FIRST, LAST)), seed=bird.symbol))
        for bird in BIRDS
    }


def sung(nursery: Nursery, folder: Path, *edits: Edit, fault: Fault | None = None) -> CompletedProcess[str]:
    """What the command prints when SPY's chart is edited."""
    listings = birds()
    listings["SPY"] = edited(listings["SPY"], *edits)
    with Loopback(Yahoo(listings), faults={"SPY": fault} if fault else {}) as net:
        done = nursery.run(COMMAND, [], net.environment(folder) | {"COMMENTARY_PATIENCE": "0.1"})
        assert net.strangers == []
    return done


def test_all_is_as_expected(nursery: Nursery, tmp_path: Path) -> None:
    """When nothing has changed, each symbol says so and the exit code is 0."""
    done = sung(nursery, tmp_path)
    assert (done.returncode, done.stdout.count("as expected")) == (0, 3), done.stdout
    assert "yfinance" in done.stderr


def without(*path: str) -> Edit:
    """The chart without one of its parts."""

    def edit(result: dict[str, Any]) -> None:
        holder: Any = result
        for key in path[:-1]:
            holder = holder[int(key)] if key.isdigit() else holder[key]
        del holder[path[-1]]

    return edit


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (meta(regularMarketTime=None), "meta.regularMarketTime is None"),
        (meta(instrumentType="FUND"), "meta.instrumentType is 'FUND' and was 'ETF'"),
        (meta(exchangeTimezoneName="Asia/Tokyo"), "meta.exchangeTimezoneName is 'Asia/Tokyo'"),
        (without("indicators", "adjclose"), "the chart has no adjusted close"),
        (without("indicators", "quote", "0", "open"), "could not be used (KeyError: 'open')"),
        (setting("close", 60.0, -3), "closes outside the day's range"),
    ],
    ids=["no quote", "another type", "another zone", "no adjusted close", "no open", "an implausible close"],
)
def test_a_change_is_told(nursery: Nursery, tmp_path: Path, edit: Edit, words: str) -> None:
    """When the shape of one symbol's answer has changed, it says how, and the exit code is 1."""
    done = sung(nursery, tmp_path, edit)
    assert done.returncode == 1
    assert words in done.stdout
    assert done.stdout.count("as expected") == 2


def test_a_canary_that_hears_nothing_says_so(nursery: Nursery, tmp_path: Path) -> None:
    """A symbol that could not be asked for is no change: the exit code says to try later."""
    done = sung(nursery, tmp_path, fault=Fault("status", status=500))
    assert done.returncode == 3
    assert "no answer" in done.stdout
    assert "broke down while answering (HTTP 500)" in done.stdout
    assert "Try again later" in done.stderr


def test_a_symbol_that_is_served_no_more_is_a_change(nursery: Nursery, tmp_path: Path) -> None:
    """An answer that says there is no such symbol is an answer."""
    done = sung(nursery, tmp_path, fault=Fault("status", status=404))
    assert done.returncode == 1
    assert "changed" in done.stdout
