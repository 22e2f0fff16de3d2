"""Every fault that a run may meet, each with what is to come of it: one list, to which others add theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

from generator.market.source import Status
from tests.faults.evening import EVENING, SESSION, Case, Listings
from tests.faults.stores import stores
from tests.servers.evenings import (
    NEW_YORK,
    edited,
    meta,
    quoted,
    rescaled,
    row_again,
    scaled,
    setting,
    whole_row,
    without_row,
)
from tests.servers.loopback import Fault, proxied, untrusted_authority
from tests.servers.yahoo import Listing

OTHER, CORE = "XLE", "^RUT"
"""A symbol that an edition can do without, and one that it cannot."""
_WAITING = (Status.STALE, Status.INCOMPLETE, Status.RATE_LIMITED, Status.NETWORK)
HALF_DAY = date(2024, 7, 3)
PAGE = b"<!doctype html><html><body>Will be right back...</body></html>"
_PAUSE = {"Retry-After": "1"}
_LONG = {"Retry-After": "3600"}

Change = Callable[[Listing], Listing]


def on(symbol: str, change: Change) -> Callable[[Listings], Listings]:
    """The market with one listing changed."""
    return lambda listings: listings | {symbol: change(listings[symbol])}


def on_all(change: Change) -> Callable[[Listings], Listings]:
    """The market with every listing changed."""
    return lambda listings: {symbol: change(each) for symbol, each in listings.items()}


def code(status: Status, symbol: str) -> int:
    """The exit code when the symbol, and no other, is not ok."""
    if status is Status.OK or symbol not in (CORE, "IWM", "^GSPC", "SPY"):
        return 0
    return 3 if status in _WAITING else 1


def both(name: str, status: Status, change: Change | None = None, fault: Fault | None = None) -> Sequence[Case]:
    """The same on a symbol that can be done without, and on one that cannot."""
    return [
        Case(
            f"{name}, {'core' if symbol == CORE else 'other'}",
            symbol,
            status,
            code(status, symbol),
            **({"play": on(symbol, change)} if change else {}),
            faults={symbol: fault} if fault else {},
        )
        for symbol in (OTHER, CORE)
    ]


def refusals() -> Sequence[Case]:
    """HTTP 429."""
    limited, once = Status.RATE_LIMITED, {"times": 1, "status": 429}
    return [
        Case("429 on one symbol", OTHER, limited, 0, faults={OTHER: Fault("status", status=429)}),
        Case("429 on one symbol, Retry-After", OTHER, Status.OK, 0, faults={OTHER: Fault("status", **once, headers=_PAUSE)}),
        Case("429 on one symbol, long Retry-After", OTHER, limited, 0, faults={OTHER: Fault("status", **once, headers=_LONG)}),
        Case("429 on a core symbol", CORE, limited, 3, faults={CORE: Fault("status", status=429)}),
        Case("429 on all", CORE, limited, 3, faults={"*": Fault("status", status=429)}),
        Case("429 on all, Retry-After", CORE, limited, 3, faults={"*": Fault("status", status=429, headers=_PAUSE)}),
        Case("429 on the crumb only", CORE, limited, 3, faults={"crumb": Fault("status", status=429)}),
        Case("429 on the crumb only, Retry-After", CORE, Status.OK, 0, faults={"crumb": Fault("status", **once, headers=_PAUSE)}),
    ]  # fmt: skip


def answers() -> Sequence[Case]:
    """Servers that break down, fall silent, or say something else."""
    network, bad, missing = Status.NETWORK, Status.BAD_DATA, Status.MISSING
    nobody = b'{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found"}}}'
    return [
        *both("500", network, fault=Fault("status", status=500, body=b"<html>Internal error</html>")),
        *both("503", network, fault=Fault("status", status=503)),
        *both("503 once", Status.OK, fault=Fault("status", times=1, status=503)),
        *both("hang", network, fault=Fault("hang")),
        *both("slow body", network, fault=Fault("slow")),
        *both("reset", network, fault=Fault("reset")),
        *both("short body", network, fault=Fault("short")),
        *both("truncated JSON", bad, fault=Fault("cut")),
        *both("HTML in place of JSON", bad, fault=Fault("body", body=PAGE)),
        *both("empty result", missing, fault=Fault("body", body=b'{"chart":{"result":[],"error":null}}')),
        *both("null chart", bad, fault=Fault("body", body=b'{"chart":null}')),
        *both("404 symbol", missing, fault=Fault("status", status=404, body=nobody)),
        Case("500 on all", CORE, network, 3, faults={"*": Fault("status", status=500)}),
        Case("hang on all", CORE, network, 3, faults={"*": Fault("hang")}),
        Case("no such name (DNS)", CORE, network, 3, settings=lambda net, folder: proxied("http://proxy.invalid:1", folder)),
        Case("no certificate to believe (TLS)", CORE, network, 3, settings=lambda net, folder: untrusted(folder)),
    ]  # fmt: skip


def untrusted(folder: Path) -> Mapping[str, str]:
    """Only an authority that signed nothing is believed."""
    certificate = folder / "other.pem"
    certificate.write_bytes(untrusted_authority())
    return dict.fromkeys(("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"), str(certificate))


def bars() -> Sequence[Case]:
    """Charts in good form that tell something untrue, or not all."""
    incomplete, bad, suspect = Status.INCOMPLETE, Status.BAD_DATA, Status.SUSPECT
    stale = without_row(-1)
    return [
        *both("last bar null", incomplete, lambda it: edited(it, *whole_row(None), setting("volume", None))),
        *both("last bar zero", incomplete, lambda it: edited(it, *whole_row(0.0), setting("volume", 0))),
        *both("last bar volume only", incomplete, lambda it: edited(it, *whole_row(None))),
        *both("close alone null", incomplete, lambda it: edited(it, setting("close", None))),
        *both("stale", Status.STALE, lambda it: edited(it, stale)),
        Case("stale on all", CORE, Status.STALE, 3, play=on_all(lambda it: edited(it, stale))),
        *both("a gap inside", Status.GAP, lambda it: edited(it, without_row(-6))),
        *both("a close inside null", Status.GAP, lambda it: edited(it, setting("close", None, -6))),
        *both("duplicate last day, the same", Status.OK, lambda it: edited(it, row_again(later=23000))),
        *both("duplicate last day, another", bad, lambda it: edited(it, row_again(later=23000, by=1.02))),
        *both("duplicate timestamp, another", bad, lambda it: edited(it, row_again(-9, by=0.97))),
        *both("unadjusted split today", suspect, lambda it: edited(it, scaled(2.0, -1))),
        *both("unadjusted split last week", suspect, lambda it: edited(it, scaled(3.0, -6))),
        *both("last bar beside the quote", suspect, lambda it: edited(it, *whole_row(200.0))),
        *both("a price below zero", bad, lambda it: edited(it, setting("close", -1.0, -40))),
        *both("renamed symbol", Status.MISSING, lambda it: edited(it, meta(symbol="NEW"))),
    ]


def scales() -> Sequence[Case]:
    """Prices and adjusted prices at another scale, for a day, for days or for good, lately or long ago."""
    suspect = Status.SUSPECT

    def block(first: int, last: int, by: float) -> Change:
        return lambda it: edited(it, rescaled(by, slice(first, last)))

    def adjusted(first: int, by: float) -> Change:
        return lambda it: edited(it, rescaled(by, slice(first, None), ("adjclose",)))

    empty = {"by": None, "first": True}
    return [
        *both("five rows at another scale, lately", suspect, block(-9, -4, 0.23 / 152)),
        *both("five rows at another scale, long ago", suspect, block(-300, -295, 0.23 / 152)),
        *both("five rows a third too high, long ago", suspect, block(-300, -295, 1.33)),
        *both("one day a hundred times too high, long ago", suspect, block(-60, -59, 100.0)),
        *both("everything ten times too low until a day long ago", suspect, block(0, -200, 0.1)),
        *both("adjusted close a tenth on the last day", suspect, adjusted(-1, 0.1)),
        *both("adjusted close doubled from a day long ago on", suspect, adjusted(-200, 2.0)),
        *both("adjusted close halved from a day long ago on", suspect, adjusted(-200, 0.5)),
        *both("an empty row beside the last one, before it", Status.OK, lambda it: edited(it, row_again(later=23000, **empty))),
        *both("a price of 1e308", Status.BAD_DATA, lambda it: edited(it, setting("close", 1e308, -40))),
    ]  # fmt: skip


def clocks() -> Sequence[Case]:
    """The same market at other hours, and on other machines."""

    def open_at(hour: time, by: float) -> Change:
        """The half day's bar while it still moves, and the quote that goes with it."""
        return lambda it: edited(it, *whole_row(price(it) * by), meta(**quote(it, hour, by)))

    def price(it: Listing) -> float:
        last = it.closes[max(it.closes)]
        assert last is not None
        return last

    def quote(it: Listing, hour: time, by: float) -> dict[str, float]:
        value, moment = quoted(HALF_DAY, hour, price(it) * by)
        return {"regularMarketPrice": value, "regularMarketTime": int(moment.timestamp())}

    def at(hour: int, minute: int, day: date = HALF_DAY) -> datetime:
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=NEW_YORK)

    half, eve = {"last": HALF_DAY}, date(2024, 7, 2)
    running = on_all(open_at(time(12, 0), 1.01))
    return [
        Case("a bar of an open session, before an early close", CORE, Status.OK, 0, now=at(12, 1), session=eve, play=running, **half),
        Case("the same within half an hour of the close", CORE, Status.OK, 0, now=at(13, 20), session=eve, play=running, **half),
        Case("the same after it, the bar still open", CORE, Status.INCOMPLETE, 3, now=at(13, 45), session=HALF_DAY, play=running, **half),
        Case("after an early close", CORE, Status.OK, 0, now=at(13, 45), session=HALF_DAY, **half),
        Case("a holiday, with a row of its own", CORE, Status.OK, 0, now=at(20, 15, date(2024, 7, 4)), session=HALF_DAY,
             play=on_all(lambda it: edited(it, row_again(later=24 * 3600))), **half),
        Case("crypto's day not over", "ETH-USD", Status.INCOMPLETE, 0, now=at(16, 45, SESSION)),
        Case("a clock in Tokyo", CORE, Status.OK, 0, settings=lambda net, folder: {"TZ": "Asia/Tokyo"}),
        Case("a clock in Honolulu", CORE, Status.OK, 0, settings=lambda net, folder: {"TZ": "Pacific/Honolulu"}),
        Case("negative oil, which is true", "CL=F", Status.OK, 0),
        Case("a bill yield of zero, which is true", "^IRX", Status.OK, 0),
        Case("nothing wrong at all", CORE, Status.OK, 0, now=EVENING),
    ]  # fmt: skip


CASES: tuple[Case, ...] = (*refusals(), *answers(), *bars(), *scales(), *clocks(), *stores())
