"""Kill `fetch` and `write` at chance moments; after each kill, store and editions are whole and the next run completes.

The real command line with the real yfinance, against the tests' own Yahoo on loopback, whose prices change a little
every time. Of five kills two fall anywhere in a run, two while the store is written, and one while the edition's
folder is. `python -m tests.faults.kills --kills 200 --seed 1` exits 1 at the first fault.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path

from generator.loading import open_publication
from generator.market.judging.own_days import days_due
from generator.market.sessions import last_completed_session
from generator.market.store.file import PriceStore
from generator.model import Settings, Universe
from generator.publishing.folder import STAGED
from tests.servers.evenings import listing, wandering
from tests.servers.fred import Archive, Fred
from tests.servers.loopback import Loopback
from tests.servers.yahoo import Listing, Yahoo

ROOT = Path(__file__).resolve().parents[2]
YEARS = 3
ISSUES = "[0-9]*/[!.]*"
"""The folders of finished issues: what is being made, and what the site keeps, begins with a point."""
FORMATS = [part for name in ("markdown", "html", "x", "linkedin", "facebook") for part in ("--format", name)]
NURSE = """
import json, os, sys
import curl_cffi.requests, exchange_calendars, pandas, pandas.tseries.holiday, peewee, yfinance
import generator.cli, generator.verbs.fetch, generator.verbs.writing
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if child == 0:
        handle = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 1), os.dup2(handle, 2)
        os.environ.update(order["environment"])
        try:
            generator.cli.main(order["arguments"])
        except SystemExit as leaving:
            sys.stdout.flush(), sys.stderr.flush()
            os._exit(leaving.code if isinstance(leaving.code, int) else 70)
        os._exit(70)
    print(child, flush=True)
    sys.stdin.readline()  # until its end is asked for, the child's number is nobody else's
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Fault(Exception):
    """Something was not whole, or did not complete."""


@dataclass
class Machine:
    """An operator's machine, on which runs are started and killed."""

    place: Path
    environment: Mapping[str, str]
    nurse: subprocess.Popen[str]
    log: str = "log"
    stored: dict[int, bytes] = field(default_factory=dict)
    """What each fetch stored, as a digest."""

    @property
    def store(self) -> Path:
        return self.place / "prices.sqlite3"

    @property
    def output(self) -> Path:
        return self.place / "output"

    def command(self, verb: str, output: Path | None = None, *more: str) -> list[str]:
        """The arguments of a run."""
        if verb == "fetch":
            return ["fetch", "--store", str(self.store)]
        where = ["--output", str(output or self.output), "--store", str(self.store)]
        return ["write", "--source", "yahoo", *FORMATS, *where, *more]

    def start(self, arguments: list[str]) -> int:
        """A run's process id."""
        order = {"arguments": arguments, "environment": dict(self.environment), "log": str(self.place / self.log)}
        return self._said(json.dumps(order))

    def ended(self) -> int:
        """The exit code of the run that was started, once it is over."""
        return self._said("and then?")

    def _said(self, line: str) -> int:
        assert self.nurse.stdin is not None
        assert self.nurse.stdout is not None
        self.nurse.stdin.write(f"{line}\n")
        self.nurse.stdin.flush()
        return int(self.nurse.stdout.readline())

    def completes(self, arguments: list[str]) -> None:
        """Returns if a run ends well."""
        self.start(arguments)
        if self.ended():
            raise Fault(f"{arguments[0]} did not complete:\n{self.said()}")

    def said(self) -> str:
        """What the last run printed."""
        return (self.place / self.log).read_text(encoding="utf-8")

    # --- what must be whole -----------------------------------------------------------------------

    def check_store(self) -> None:
        """The file has no fault, and all that was stored before is there as it was."""
        if not self.store.exists():
            return
        aside = list(self.place.glob("*corrupt*"))
        with PriceStore.open(self.store, create=True) as store:
            if aside or store.notices:
                raise Fault(f"the store was taken for corrupt: {aside} {store.notices}")
            if store.rows("PRAGMA integrity_check") != [("ok",)]:
                raise Fault("the store's integrity check fails")
            tables = ("findings", "bars", "actions", "restatements", "rescalings")
            found: dict[int, bytes] = {}
            for (number,) in store.rows("SELECT id FROM fetches ORDER BY id"):
                rows = [store.rows(f"SELECT * FROM {table} WHERE fetch = ? ORDER BY rowid", number) for table in tables]
                found[number] = blake2b(repr(rows).encode()).digest()
                if not rows[0]:
                    raise Fault(f"fetch {number} is there without its findings")
        if any(found.get(number) != digest for number, digest in self.stored.items()):
            raise Fault("something that was stored is there no more, or has changed")
        self.stored = found

    def check_editions(self, files: frozenset[str]) -> None:
        """Every edition that can be seen has all its files, and its ledger can be read."""
        for folder in self.output.glob(ISSUES):
            if _files(folder) != files:
                raise Fault(f"{folder} is not whole: {sorted(_files(folder) ^ files)}")
            json.loads((folder / "edition.json").read_bytes())

    def check_nothing_is_left(self) -> None:
        """Nothing half-made lies about, in sight or hidden, once a run has completed."""
        left = list(self.output.glob("*/.*"))
        if left:
            raise Fault(f"a completed run leaves {left}")

    def check_reprint(self) -> None:
        """Each edition can be printed again, to the byte, from what was known when it was."""
        for folder in self.output.glob(ISSUES):
            known = json.loads((folder / "edition.json").read_bytes())["market"]["fetched_at"]
            self.completes(self.command("write", self.place / "again", "--as-known", known))
            again = self.place / "again" / folder.relative_to(self.output)
            if _content(again) != _content(folder):
                raise Fault(f"{folder} is not printed again as it was")


def _files(folder: Path) -> frozenset[str]:
    return frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _content(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in _files(folder)}


# --- when to kill -------------------------------------------------------------------------------


def anywhere(machine: Machine, chance: random.Random, seconds: float) -> None:
    """Any moment of a run."""
    time.sleep(chance.uniform(0, seconds))


def while_stored(machine: Machine, chance: random.Random, seconds: float) -> None:
    """Soon after the first write to the store's log."""
    log = Path(f"{machine.store}-wal")
    _wait(lambda: log.exists() and log.stat().st_size > 0, seconds)
    time.sleep(chance.uniform(0, 0.06))


def while_filed(machine: Machine, chance: random.Random, seconds: float) -> None:
    """Soon after the edition's folder was begun."""
    _wait(lambda: any(machine.output.glob(f"*/{STAGED}*")), seconds)
    time.sleep(chance.uniform(0, 0.015))


def _wait(begun: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + 3 * seconds
    while not begun() and time.monotonic() < end:
        time.sleep(0.0005)


MOMENTS: Mapping[str, tuple[str, Callable[[Machine, random.Random, float], None]]] = {
    "fetch, anywhere": ("fetch", anywhere),
    "write, anywhere": ("write", anywhere),
    "fetch, storing": ("fetch", while_stored),
    "write, storing": ("write", while_stored),
    "write, filing": ("write", while_filed),
}


# --- the prices ---------------------------------------------------------------------------------


def invented_listings(universe: Universe) -> dict[str, Listing]:
    """Three years of every symbol of the universe."""
    last = last_completed_session()
    first = date(last.year - YEARS, 1, 2)
    kinds = universe.kinds()

    def closes(symbol: str) -> dict[date, float]:
        days = days_due(kinds[symbol], first, last).astype(object).tolist()
        return wandering(days, seed=symbol)

    return {symbol: listing(kind, closes(symbol)) for symbol, kind in kinds.items()}


def restate(listings: dict[str, Listing], base: dict[str, Listing], chance: random.Random) -> None:
    """A close of some symbols is restated by a trifle, what was restated before is taken back; now and then a split."""
    for symbol in chance.sample(sorted(listings), 8):
        closes = dict(base[symbol].closes)
        calm = [
            day
            for before, day, after in zip(
                sorted(closes)[-20:], sorted(closes)[-19:], sorted(closes)[-18:], strict=False
            )
            if abs(closes[day] / closes[before] - 1) < 0.005 and abs(closes[after] / closes[day] - 1) < 0.005
        ]
        if calm:
            closes[chance.choice(calm)] *= 1.0005
        listings[symbol] = replace(listings[symbol], closes=closes)
    if chance.random() < 0.3:
        symbol = chance.choice([symbol for symbol in sorted(listings) if symbol.isalpha()])
        halved = {day: close / 2 for day, close in base[symbol].closes.items()}
        listings[symbol] = base[symbol] = replace(base[symbol], closes=halved)


# --- the trial ----------------------------------------------------------------------------------


def trial(machine: Machine, listings: dict[str, Listing], kills: int, seed: int) -> Counter[str]:
    """Kill so many runs, and check after each; gives back how many fell where."""
    chance, base = random.Random(seed), dict(listings)
    machine.completes(machine.command("write"))
    (folder,) = machine.output.glob(ISSUES)
    files = _files(folder)
    start = time.monotonic()
    machine.completes(machine.command("write"))
    seconds = time.monotonic() - start
    machine.check_store()
    fell: Counter[str] = Counter()
    while fell.total() < kills:
        restate(listings, base, chance)
        name = list(MOMENTS)[fell.total() % len(MOMENTS)]
        verb, wait = MOMENTS[name]
        run = machine.start(machine.command(verb))
        wait(machine, chance, seconds)
        os.kill(run, signal.SIGKILL)
        if machine.ended() != -signal.SIGKILL:
            continue
        fell[name] += 1
        machine.check_editions(files)
        machine.completes(machine.command("write"))
        machine.check_store()
        machine.check_editions(files)
        machine.check_nothing_is_left()
        if fell.total() % 10 == 0:
            machine.check_reprint()
            print(f"{fell.total()} kills, {len(machine.stored)} fetches stored", file=sys.stderr, flush=True)
    machine.check_reprint()
    return fell


def together(machines: Sequence[Machine], listings: dict[str, Listing], rounds: int, seed: int) -> Counter[str]:
    """Runs at one store and one output folder, all at once, in every second round one of them killed.

    Gives back how each run ended. Whoever is not killed completes, or is told that the store is busy; afterwards store
    and editions are whole, and the next run completes.
    """
    chance, base, ended = random.Random(seed), dict(listings), Counter[str]()
    first = machines[0]
    first.completes(first.command("write"))
    (folder,) = first.output.glob(ISSUES)
    files = _files(folder)
    for number in range(rounds):
        restate(listings, base, chance)
        verbs = ["write", *(chance.choice(["write", "fetch"]) for _ in machines[1:])]
        runs = [machine.start(machine.command(verb)) for machine, verb in zip(machines, verbs, strict=True)]
        killed = chance.randrange(len(runs)) if number % 2 else None
        if killed is not None:
            time.sleep(chance.uniform(0, 6))
            with suppress(ProcessLookupError):
                os.kill(runs[killed], signal.SIGKILL)
        for place, (machine, verb) in enumerate(zip(machines, verbs, strict=True)):
            code = machine.ended()
            told = {0: "completed", 3: "told that the store is busy", -signal.SIGKILL: "killed"}.get(code)
            if told is None or (code == 3 and "Try again" not in machine.said()) or (code < 0 and place != killed):
                raise Fault(f"{verb} beside others ended with {code}:\n{machine.said()}")
            ended[f"{verb}, {told}"] += 1
        first.check_editions(files)
        first.completes(first.command("write"))
        first.check_store()
        first.check_editions(files)
        first.check_nothing_is_left()
    first.check_reprint()
    return ended


def main() -> None:
    """Run the trial and print what fell where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--together", type=int, default=0, help="rounds of three runs at once, in place of kills")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    place = Path(tempfile.mkdtemp())
    universe = open_publication(Settings()).universe
    listings = invented_listings(universe)
    start = time.monotonic()
    series = {key: {"2024-07-01": 5.33} for key in universe.series()}
    with Loopback(Yahoo(listings), Fred(series), Archive({key: {"2024-07-05": series[key]} for key in series})) as net:
        command = [sys.executable, "-c", NURSE]
        environment = {**os.environ, **net.environment(place)}
        nurses = [
            subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for _ in range(3 if given.together else 1)
        ]
        machines = [Machine(place, net.environment(place), nurse, f"log-{n}") for n, nurse in enumerate(nurses)]
        try:
            if given.together:
                fell = together(machines, listings, given.together, given.seed)
            else:
                fell = trial(machines[0], listings, given.kills, given.seed)
        except Fault as fault:
            sys.exit(f"{fault}\nkept for inspection: {place}")
        finally:
            for nurse in nurses:
                nurse.communicate()
        if net.strangers:
            sys.exit(f"something asked for {net.strangers}")
    shutil.rmtree(place)
    what = "runs at once" if given.together else "kills"
    for name, count in sorted(fell.items()):
        print(f"{name:<40} {count:>4} {what}")
    seconds = time.monotonic() - start
    print(f"{fell.total()} {what} in {seconds:.0f} s: store and editions whole, every next run completed")


if __name__ == "__main__":
    main()
