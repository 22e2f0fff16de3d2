"""Runs of the Yahoo source in a process of their own, and ordinary listings for them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from generator.model import Kind
from tests.servers.evenings import (
    NEW_YORK,
    listing,
    sessions,
    wandering,
)
from tests.servers.loopback import Loopback
from tests.servers.nursery import Nursery
from tests.servers.yahoo import Listing

FIRST, THROUGH, NEXT = date(2024, 1, 2), date(2024, 7, 11), date(2024, 7, 12)
EVENING = datetime(2024, 7, 11, 20, 15, tzinfo=NEW_YORK)
CHILD = """
import json, sys
from datetime import date, datetime
import generator.market.sessions as sessions
asked = json.loads(sys.argv[1])
moment = datetime.fromisoformat(asked["now"])
class Clock(datetime):
    @classmethod
    def now(cls, tz=None):
        return moment
sessions.datetime = Clock
from generator.market.source import Held
from generator.market.yahoo.source import YahooSource
from generator.model import Kind
told = []
source = YahooSource({symbol: Kind(kind) for symbol, kind in asked["kinds"].items()}, advance=told.append)
held = {symbol: Held(date.fromisoformat(day), largest) for symbol, (day, largest) in asked["held"].items()}
through = date.fromisoformat(asked["through"])
for _ in range(asked["runs"]):
    reply = source.history(asked["symbols"], through, held)
def shown(mapping):
    return {s: {"days": b.days.astype(str).tolist(), "close": [None if c != c else c for c in b.close.tolist()],
                "adj_close": b.adj_close.tolist()} for s, b in mapping.items()}
print(json.dumps({
    "bars": shown(reply.bars), "provisional": shown(reply.provisional), "withheld": shown(reply.withheld),
    "findings": {s: [f.status.value, f.reason] for s, f in reply.findings.items()},
    "begins": {s: str(day) for s, day in reply.begins.items()}, "told": sorted(f.symbol for f in told),
    "actions": {s: [[str(a.day), a.kind, a.amount] for a in all] for s, all in reply.actions.items()},
}))
"""


@dataclass(frozen=True)
class Outcome:
    """What a child process gave back, and what the server saw of it."""

    reply: dict[str, Any]
    printed: str
    net: Loopback | None = None

    def status(self, symbol: str) -> str:
        return str(self.reply["findings"][symbol][0])

    def reason(self, symbol: str) -> str:
        return str(self.reply["findings"][symbol][1])

    def days(self, symbol: str, where: str = "bars") -> list[str]:
        return list(self.reply[where][symbol]["days"])


def fetch(nursery: Nursery, environment: Mapping[str, str], symbols: Sequence[str], **more: Any) -> Outcome:
    """One run of the source in a process of its own."""
    asked = {"symbols": list(symbols), "through": str(THROUGH), "now": str(EVENING), "kinds": {}, "held": {}, "runs": 1}
    patient = {"COMMENTARY_PATIENCE": "0.1", **environment}
    run = nursery.run(CHILD, [json.dumps(asked | more)], patient)
    assert run.returncode == 0, run.stderr
    return Outcome(json.loads(run.stdout), run.stderr)


def fund(symbol: str, last: date = NEXT, **more: Any) -> Listing:
    """An ordinary fund's listing, one session past the one asked for unless told otherwise."""
    return listing(Kind.FUND, wandering(sessions(FIRST, last), seed=symbol), **more)


def settled(symbol: str, **more: Any) -> Listing:
    """One that ends with the session asked for, its quote taken at the close."""
    return fund(symbol, THROUGH, **more)


FOUR = {symbol: fund(symbol) for symbol in ("^RUT", "IWM", "^GSPC", "SPY", "XLK", "XLF", "XLV", "XLE")}
