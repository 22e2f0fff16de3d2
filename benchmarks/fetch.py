"""Forty symbols at a Yahoo that answers in 20 ms, in; seconds and requests of a fetch, beside bare `yf.download`, out.

Each contestant is a process of its own, its start and imports included, against the same server on loopback. Cold:
thirty years of each symbol into an empty store, yfinance's caches empty as well. Warm: the same again a session later.
A fetch asks for two price-earnings ratios as well, and beside Yahoo it asks FRED for every economic series and FRED's
archive for their vintages.
Run: python benchmarks/fetch.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from generator.editorial.publication import read_publication
from generator.model import Kind, Segment, Universe
from tests.economy import economy
from tests.servers.evenings import listing, sessions, wandering
from tests.servers.fred import Archive, Fred
from tests.servers.loopback import Answer, Loopback, Request
from tests.servers.yahoo import Fund, Yahoo, as_json

FIRST, LAST, NEXT = date(1994, 7, 11), date(2024, 7, 10), date(2024, 7, 11)
VINTAGE = "2024-07-05"
"""The day of the one vintage that FRED's archive has of each series told from its release."""
SYMBOLS = ["IWM", "SPY", *(f"FUND{number}" for number in range(38))]
ROUNDS, DELAY = 3, 0.02
MOST_SECONDS, MOST_REQUESTS, MOST_COLD = 3.0, 45, 10.0


@dataclass
class Prepared(Yahoo):
    """The same Yahoo with its answers written beforehand: a server's own work is not what is measured."""

    written: dict[tuple[str, str], Answer] = field(default_factory=dict)

    def chart(self, request: Request) -> Answer:
        """A day, the last weeks, or everything."""
        start = int(request.query.get("period1", 0))
        span = request.query.get("range") or ("weeks" if start > 1_600_000_000 else "everything")
        key = (request.subject, span)
        if key not in self.written:
            self.written[key] = as_json(self.listings[request.subject].chart(request.subject, request.query))
        return self.written[key]


def universe() -> Universe:
    """Forty funds, and the bundled releases."""
    root = Path(__file__).resolve().parents[1]
    releases = read_publication(root, (root / "templates",)).universe.releases
    segments = {name: Segment(name, Kind.FUND, name, name, (name,), name, name) for name in SYMBOLS}
    return Universe(segments, {}, (SYMBOLS[0],), releases)


def ours(folder: Path, through: date) -> None:
    """One fetch into the store, on the evening of the session."""
    from generator.market import sessions
    from generator.market.supply import fetch_prices
    from generator.model import Settings

    class Evening(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Evening:
            return cls.combine(through, time(20, 15), sessions.NEW_YORK)

    sessions.datetime = Evening  # type: ignore[attr-defined]
    fetched = fetch_prices(Settings(source="yahoo", store=folder / "prices.sqlite3"), universe())
    assert {finding.status for finding in fetched.recorded.findings.values()} == {"ok"}, fetched.recorded.findings


def bare(folder: Path, through: date) -> None:
    """The same history by yfinance's own means."""
    import yfinance

    frame = yfinance.download(SYMBOLS, start=FIRST, end=through, auto_adjust=False, progress=False)
    assert frame["Close"].shape[1] == len(SYMBOLS)


def timed(what: str, through: date, folder: Path, net: Loopback) -> tuple[float, int]:
    """Seconds and requests of one contestant's run."""
    before = len(net.requests)
    command = [sys.executable, "-W", "ignore", __file__, what, str(folder), through.isoformat()]
    began = perf_counter()
    subprocess.run(command, env=_environment(net, folder), check=True, stderr=subprocess.DEVNULL)
    seconds = perf_counter() - began
    assert net.strangers == []
    return seconds, sum(request.host.endswith("yahoo.com") for request in net.requests[before:])


def _environment(net: Loopback, folder: Path) -> Mapping[str, str]:
    return {**net.environment(folder), "PYTHONPATH": os.pathsep.join(sys.path)}


def servers() -> tuple[Loopback, Loopback]:
    """Yahoo on one evening, and on the next; everything that will be asked for is written."""
    nets = []
    series = {
        name: dict(zip(each.days.astype(str).tolist(), each.values.tolist(), strict=True))
        for name, each in economy(universe()).items()
        if name not in SYMBOLS
    }
    known = {name: {day: value for day, value in each.items() if day < VINTAGE} for name, each in series.items()}
    archive = Archive({name: {VINTAGE: known[name]} for name in universe().released()})
    for last in (LAST, NEXT):
        closes = {symbol: wandering(sessions(FIRST, last), seed=symbol) for symbol in SYMBOLS}
        kinds = universe().kinds()
        funds = {"IWM": Fund(0.0561, 17.8), "SPY": Fund(0.04, 25.2)}
        yahoo = Prepared({symbol: listing(kinds[symbol], of) for symbol, of in closes.items()}, funds)
        for symbol in SYMBOLS:
            yahoo.chart(Request("", "", {}, "", symbol))
        nets.append(Loopback(yahoo, Fred(series), archive, delay=DELAY))
    return nets[0], nets[1]


def main() -> int:
    """Prints the table; 1 if the requests are more than they may be."""
    runs: dict[str, list[tuple[float, int]]] = {"cold": [], "bare": [], "warm": []}
    evening, after = servers()
    with evening, after:
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
                runs["bare"].append(timed("bare", LAST, Path(other), evening))
                runs["cold"].append(timed("ours", LAST, Path(one), evening))
                runs["warm"].append(timed("ours", NEXT, Path(one), after))
    seconds = {name: median(each for each, _ in found) for name, found in runs.items()}
    requests = {name: max(each for _, each in found) for name, found in runs.items()}
    print(f"{len(SYMBOLS)} symbols, answers in {1000 * DELAY:.0f} ms, median of {ROUNDS} runs, imports included")
    for name, what, limits in (
        ("bare", "bare yf.download, 30 years", ""),
        ("cold", "fetch into an empty store", f"at most {MOST_COLD:g} s, and no more requests than bare"),
        ("warm", "fetch into a warm store", f"at most {MOST_SECONDS:g} s and {MOST_REQUESTS} requests"),
    ):
        print(f"  {what:<28} {seconds[name]:6.2f} s  {requests[name]:>4} requests of Yahoo  {limits}".rstrip())
    print(
        f"  cold / bare {seconds['cold'] / seconds['bare']:.2f}   warm / bare {seconds['warm'] / seconds['bare']:.2f}"
    )
    return int(requests["warm"] > MOST_REQUESTS or requests["cold"] > requests["bare"])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        {"ours": ours, "bare": bare}[sys.argv[1]](Path(sys.argv[2]), date.fromisoformat(sys.argv[3]))
    else:
        sys.exit(main())
