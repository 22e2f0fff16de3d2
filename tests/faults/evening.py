"""A fault in; one evening's `commentary write` against it, and what came of it, out.

The command runs in a process of its own, with the real yfinance, against a Yahoo on loopback that holds an invented
market. Whatever the fault does to the answers, the market's own closes are known: every close in an edition is held
against them.
"""

from __future__ import annotations

import json
import math
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import numpy as np

from generator.editorial.publication import read_publication
from generator.market.economy.valuation import FUNDS
from generator.market.source import Status
from generator.model import Kind, Universe
from tests.economy import economy
from tests.servers.evenings import NEW_YORK, every_day, listing, sessions, wandering
from tests.servers.fred import Archive, Fred
from tests.servers.loopback import Fault, Loopback
from tests.servers.nursery import Nursery
from tests.servers.yahoo import Fund, Listing, Yahoo

Listings = dict[str, Listing]
ROOT = Path(__file__).resolve().parents[2]
FIRST, SESSION = date(2022, 1, 3), date(2024, 7, 11)
EVENING = datetime(2024, 7, 11, 20, 15, tzinfo=NEW_YORK)
FUNDS_TOLD = {"IWM": Fund(0.0561, 17.8), "SPY": Fund(0.04, 25.2)}
OIL = "  oil: {kind: commodity, price: CL=F, names: [oil futures, oil], short: Oil, headline: oil, note: an invented line}\n"
_COMMAND = """
import datetime, json, os, resource, sys
from pathlib import Path
import generator.market.sessions as sessions
moment = datetime.datetime.fromisoformat(os.environ["EVENING"])
class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return moment
sessions.datetime = Clock
from generator.market.yahoo.source import YahooSource
ask = YahooSource.history
def noted(self, symbols, through, held=None):
    reply = ask(self, symbols, through, held)
    notes = Path(os.environ["FINDINGS"])
    before = json.loads(notes.read_text()) if notes.exists() else {}
    notes.write_text(json.dumps(before | {symbol: each.status for symbol, each in reply.findings.items()}))
    return reply
YahooSource.history = noted
from generator.cli import main
if largest := int(os.environ.get("LARGEST_FILE", "0")):
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
if "UNPRIVILEGED" in os.environ and os.geteuid() == 0:  # root, but without CAP_DAC_OVERRIDE: read-only is read-only
    import ctypes
    libc, asked, rights = ctypes.CDLL(None), (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(asked, rights) == 0
    rights[0] &= ~2
    assert libc.capset(asked, rights) == 0
main(sys.argv[1:])
"""


def unchanged(listings: Listings) -> Listings:
    """The market as it is."""
    return listings


@dataclass(frozen=True)
class Case:
    """One fault, and what is to come of it."""

    name: str
    symbol: str
    """The symbol that it is about."""
    status: Status | None
    """What the source is to find of the symbol; None where the source is not asked."""
    exit_code: int
    play: Callable[[Listings], Listings] = unchanged
    """What is done to the market's listings."""
    faults: Mapping[str, Fault] = field(default_factory=dict)
    """What is done to the answers, by their subject."""
    now: datetime = EVENING
    session: date = SESSION
    """The session that the edition is to be of."""
    last: date = SESSION
    """The last day that the market has traded on."""
    settings: Callable[[Loopback, Path], Mapping[str, str]] = lambda net, folder: {}
    """Variables of the environment that the command runs in."""
    before: Callable[[Path], None] = lambda folder: None
    """What is done to the folder with `prices.sqlite3` and `output/` before the command runs."""
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What came of it."""

    status: str
    exit_code: int
    edition: bool
    omitted: tuple[str, ...]
    requests: int
    seconds: float
    said: str
    wrong: tuple[str, ...]
    """Everything that is not as it should be: a close that the market never had, a host that was not to be asked."""


@cache
def universe() -> Universe:
    """The bundled universe, and oil."""
    return read_publication(publication(), (ROOT / "templates",)).universe


@cache
def publication() -> Path:
    """A copy of the bundled publication that has oil as well."""
    folder = Path(tempfile.mkdtemp(prefix="publication-"))
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    lines = folder / "content" / "universe.yaml"
    text = lines.read_text(encoding="utf-8")
    lines.write_text(text.replace("  gold: {", OIL + "  gold: {", 1), encoding="utf-8")
    return folder


@cache
def market(last: date) -> Mapping[str, Mapping[date, float]]:
    """Every symbol's closes up to `last`: the truth."""
    starts = {Kind.YIELD: (4.2, 0.02), Kind.VOLATILITY: (15.0, 0.05), Kind.CRYPTO: (3000.0, 0.03)}
    closes: dict[str, Mapping[date, float]] = {}
    kinds = universe().kinds()
    for symbol in universe().symbols():
        start, size = starts.get(kinds[symbol], (100.0, 0.012))
        days = every_day(FIRST, last) if kinds[symbol] is Kind.CRYPTO else sessions(FIRST, last)
        closes[symbol] = wandering(days, start, size, symbol)
    days = sessions(FIRST, last)
    closes["CL=F"] = {**closes["CL=F"], days[-9]: -37.63}
    closes["^IRX"] = {day: 0.02 + count % 3 / 100 for count, day in enumerate(days)} | {days[-8]: 0.0}
    return closes


@cache
def series() -> Mapping[str, Mapping[str, float | None]]:
    """Every economic series, by observation day."""
    known = economy(universe())
    return {
        name: {
            str(day): float(value) for day, value in zip(each.days, each.values, strict=True) if str(day) < "2024-07"
        }
        for name, each in known.items()
    }


def archive() -> Archive:
    """One vintage of each series that is told by its day of release."""
    held = series()
    return Archive({name: {"2024-06-28": held[name]} for name in universe().released()})


def listings(last: date) -> Listings:
    """The market as Yahoo lists it when nothing is wrong."""
    kinds = universe().kinds()
    return {symbol: listing(kinds[symbol], closes) for symbol, closes in market(last).items()}


def run(case: Case, nursery: Nursery) -> Result:
    """The case's evening."""
    with (
        tempfile.TemporaryDirectory() as name,
        Loopback(
            Yahoo(case.play(listings(case.last)), FUNDS_TOLD), Fred(series()), archive(), faults=case.faults
        ) as net,
    ):
        folder = Path(name)
        case.before(folder)
        command = ["write", "session", "--source", "yahoo", "--format", "markdown", "--output", str(folder / "output")]
        command += ["--project", str(publication()), "--store", str(folder / "prices.sqlite3"), *case.arguments]
        environment = {
            **net.environment(folder),
            "COMMENTARY_PATIENCE": "0.1",
            "EVENING": case.now.isoformat(),
            "FINDINGS": str(folder / "findings"),
            **case.settings(net, folder),
        }
        began = time.perf_counter()
        done = nursery.run(_COMMAND, command, environment)
        seconds = time.perf_counter() - began
        return _result(case, folder, done, net, seconds)


def _result(case: Case, folder: Path, done: CompletedProcess[str], net: Loopback, seconds: float) -> Result:
    notes = folder / "findings"
    findings = json.loads(notes.read_text(encoding="utf-8")) if notes.exists() else {}
    ledgers = list((folder / "output").glob("*/session/edition.json"))
    wrong = [f"a request went to {host}" for host in net.strangers]
    wrong += ["a traceback was printed"] * ("Traceback" in done.stderr)
    wrong += ["a library's warning was printed"] * ("Warning: " in done.stderr)
    omitted: tuple[str, ...] = ()
    for path in ledgers:
        ledger = json.loads(path.read_text(encoding="utf-8"))
        omitted += tuple(ledger["market"]["omitted"])
        wrong += _untrue(ledger, case)
        wrong += [f"the edition is of {ledger['session']}"] * (ledger["session"] != case.session.isoformat())
    status = findings.get(case.symbol, "-")
    wrong += _unexpected(case, status, done.returncode, bool(ledgers), omitted)
    return Result(
        status, done.returncode, bool(ledgers), omitted, len(net.requests), seconds, done.stderr.strip(), tuple(wrong)
    )


def _unexpected(case: Case, status: str, code: int, edition: bool, omitted: tuple[str, ...]) -> list[str]:
    """What differs from what the case expects."""
    found = []
    if case.status is not None and status != case.status:
        found.append(f"status {status} in place of {case.status}")
    if code != case.exit_code:
        found.append(f"exit code {code} in place of {case.exit_code}")
    if edition != (case.exit_code == 0):
        found.append("an edition where there should be none" if edition else "no edition")
    if edition and case.status not in (None, Status.OK) and case.symbol not in omitted:
        found.append(f"{case.symbol} is not among the omissions")
    return found


def _untrue(ledger: Mapping[str, Any], case: Case) -> list[str]:
    """Every close in the ledger that is not the market's own, and every value of the session from a symbol not ok."""
    truth = market(case.last)
    inputs = [each for figure in ledger["figures"].values() for each in figure["inputs"]]
    inputs += [
        {"symbol": symbol, "field": name, "session": held[name]["last"], "value": held[name]["last_value"]}
        for symbol, held in ledger["market"]["symbols"].items()
        for name in ("close", "adj_close")
        if isinstance(held.get(name), dict)
    ]
    found = []
    for each in inputs:
        symbol, day = each["symbol"], date.fromisoformat(each["session"])
        if symbol in FUNDS:
            continue
        value = truth[symbol].get(day) if symbol in truth else series()[symbol].get(each["session"])
        value = math.nan if value is None else value
        if not np.isclose(each["value"], value, rtol=1e-6, atol=1e-9):
            found.append(f"{symbol} {each['field']} of {day} is {each['value']}, which the market has as {value}")
        if symbol == case.symbol and day == case.session and case.status not in (None, Status.OK):
            found.append(f"{symbol} of {day} is in the edition")
    assert inputs, "the ledger tells of no close"
    return found
