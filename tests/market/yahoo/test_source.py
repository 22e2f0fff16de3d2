"""The Yahoo source, with the real yfinance in a child process talking to a Yahoo of the tests' own on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from generator.market.source import Status
from generator.market.yahoo.source import YahooSource
from generator.model import Kind
from tests.market.yahoo_child import FIRST, FOUR, NEXT, THROUGH, Outcome, fetch, fund, settled
from tests.servers.evenings import (
    NEW_YORK,
    edited,
    every_day,
    listing,
    meta,
    quoted,
    rescaled,
    row_again,
    scaled,
    sessions,
    setting,
    wandering,
    whole_row,
    without_row,
)
from tests.servers.loopback import Fault, Loopback
from tests.servers.nursery import Nursery
from tests.servers.yahoo import Fund, Yahoo

LAST = settled("LAST").closes[THROUGH]
assert LAST is not None
YIELDS = dict.fromkeys(sessions(FIRST, THROUGH), 0.05)
NEGATIVE = wandering(sessions(FIRST, NEXT), seed="CL=F") | {date(2024, 6, 20): -37.63}
LISTINGS = {
    "^RUT": fund("^RUT"),
    "SPY": fund("SPY", adjustment=0.9, dividends={date(2024, 6, 21): 1.76}, splits={date(2024, 6, 3): (2, 1)}),
    "ETH-USD": listing(Kind.CRYPTO, wandering(every_day(FIRST, NEXT), seed="ETH-USD")),
    "^IRX": listing(Kind.YIELD, YIELDS | {date(2024, 5, 1): 0.0}),
    "CL=F": listing(Kind.COMMODITY, NEGATIVE),
    "YOUNG": listing(Kind.FUND, {NEXT: 20.0}),
    "NULL": edited(settled("NULL"), *whole_row(None), setting("volume", None)),
    "ZERO": edited(settled("ZERO"), *whole_row(0.0)),
    "VOLUME": edited(settled("VOLUME"), *whole_row(None)),
    "CLOSELESS": edited(settled("CLOSELESS"), setting("close", None)),
    "STALE": fund("STALE", date(2024, 7, 10)),
    "EARLY": settled("EARLY", quote=quoted(THROUGH, time(15, 12), 100.0)),
    "OTHER": settled("LAST", quote=quoted(THROUGH, time(16, 0), LAST * 1.004)),
    "NEAR": settled("LAST", quote=quoted(THROUGH, time(16, 0), LAST * 1.002)),
    "UNQUOTED": edited(settled("UNQUOTED"), meta(regularMarketPrice=None)),
    "GAP": edited(fund("GAP"), without_row(-6)),
    "HOLE": edited(fund("HOLE"), setting("close", None, -6)),
    "TWICE": edited(settled("TWICE"), row_again(later=23000, by=1.01)),
    "COPY": edited(settled("COPY"), row_again(later=23000)),
    "EMPTY": edited(settled("EMPTY"), row_again(later=23000, by=None, first=True)),
    "EMPTIED": edited(settled("EMPTIED"), row_again(later=23000, by=None)),
    "BLOCK": edited(fund("BLOCK"), rescaled(0.01, slice(-40, -35))),
    "ADJUSTED": edited(fund("ADJUSTED"), rescaled(0.1, slice(-2, None), ("adjclose",))),
    "HUGE": edited(fund("HUGE"), setting("close", 1e308, -20)),
    "STAMP": edited(settled("STAMP"), row_again(-9, by=1.01)),
    "SPLIT": edited(fund("SPLIT"), scaled(2.0, -2)),
    "LATELY": edited(fund("LATELY"), scaled(4.0, -8)),
    "SLOWLY": edited(fund("SLOWLY", splits={date(2024, 7, 5): (3, 2)}), scaled(1.5, -6)),
    "JUMP": edited(settled("JUMP", quote=quoted(NEXT, time(16), 1.0)), *whole_row(180.0)),
    "BELOW": edited(fund("BELOW"), setting("close", -1.0, -20)),
    "OLD": edited(fund("OLD"), meta(symbol="NEW")),
    "ODD": edited(fund("ODD"), meta(currency=None)),
    "HOLIDAY": edited(fund("HOLIDAY"), lambda result: holiday(result)),
}
KINDS = {"^RUT": Kind.INDEX, "ETH-USD": Kind.CRYPTO, "^IRX": Kind.YIELD}
FAULTS = {
    "CUT": Fault("cut"),
    "PAGE": Fault("body", body=b"<!doctype html><html>Will be right back...</html>"),
    "NOTHING": Fault("body", body=b'{"chart":{"result":[],"error":null}}'),
    "NOCHART": Fault("body", body=b'{"chart":null}'),
    "BROKEN": Fault("status", status=500, body=b"<html>Internal error</html>"),
    "AGAIN": Fault("status", times=1, status=503),
    "SHORT": Fault("short"),
    "RESET": Fault("reset"),
    "HANG": Fault("hang"),
    "SLOW": Fault("slow"),
}
EXPECTED = {
    **dict.fromkeys(
        ("^RUT", "SPY", "ETH-USD", "^IRX", "CL=F", "NEAR", "COPY", "AGAIN", "HOLIDAY", "EMPTY", "EMPTIED"), Status.OK
    ),
    **dict.fromkeys(("NULL", "ZERO", "VOLUME", "CLOSELESS", "EARLY"), Status.INCOMPLETE),
    "STALE": Status.STALE,
    **dict.fromkeys(("OTHER", "UNQUOTED", "SPLIT", "LATELY", "SLOWLY", "JUMP", "BLOCK", "ADJUSTED"), Status.SUSPECT),
    **dict.fromkeys(("GAP", "HOLE"), Status.GAP),
    **dict.fromkeys(("TWICE", "STAMP", "BELOW", "HUGE", "ODD", "CUT", "PAGE", "NOCHART"), Status.BAD_DATA),
    **dict.fromkeys(("OLD", "NOTHING", "GONE"), Status.MISSING),
    **dict.fromkeys(("BROKEN", "SHORT", "RESET", "HANG", "SLOW"), Status.NETWORK),
}


def holiday(result: dict[str, Any]) -> None:
    """A row for Independence Day, a copy of the day before."""
    row_again(result["timestamp"].index(fund("").stamp(date(2024, 7, 3))), later=24 * 3600)(result)


@pytest.fixture(scope="module")
def ordinary(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """One run over symbols that fare well and symbols that fare badly, each in its own way."""
    listings = LISTINGS | {symbol: fund(symbol) for symbol in FAULTS}
    with Loopback(Yahoo(listings), faults=FAULTS) as net:
        environment = net.environment(tmp_path_factory.mktemp("yahoo"))
        outcome = fetch(nursery, environment, [*listings, "GONE"], kinds=KINDS)
        yield Outcome(outcome.reply, outcome.printed, net)


@pytest.mark.parametrize(("symbol", "status"), EXPECTED.items())
def test_each_fault_has_its_status(ordinary: Outcome, symbol: str, status: Status) -> None:
    """Whatever is wrong with a symbol's prices is named, with a reason; what is right is ok and has none."""
    assert ordinary.status(symbol) == status
    assert bool(ordinary.reason(symbol)) == (status is not Status.OK)


def test_only_what_may_be_believed_is_given(ordinary: Outcome) -> None:
    """Bars are given of symbols that are ok, and of stale and incomplete ones without the last session."""
    for symbol, status in EXPECTED.items():
        last = ordinary.days(symbol)[-1] if symbol in ordinary.reply["bars"] else None
        due = {Status.OK: "2024-07-11", Status.STALE: "2024-07-10", Status.INCOMPLETE: "2024-07-10"}
        assert last == due.get(status), symbol


def test_every_symbol_is_told_once(ordinary: Outcome) -> None:
    """Progress comes symbol by symbol, and each has one finding, but for one that has yet to begin."""
    assert ordinary.reply["told"] == sorted([*EXPECTED, "YOUNG"])
    assert set(ordinary.reply["findings"]) == set(EXPECTED)


def test_nothing_leaves_for_a_host_that_is_not_yahoos(ordinary: Outcome) -> None:
    """Asking Yahoo asks Yahoo, and nobody else."""
    assert ordinary.net is not None
    assert ordinary.net.strangers == []
    assert "^RUT" in ordinary.net.asked


def test_what_is_well_is_asked_once_and_what_fails_three_times(ordinary: Outcome) -> None:
    """One request a symbol, none for its time zone; a failure that may pass is tried again, a certain one is not."""
    assert ordinary.net is not None
    for symbol, times in (("^RUT", 1), ("GONE", 1), ("NOTHING", 1), ("AGAIN", 2), ("BROKEN", 3), ("CUT", 3)):
        assert ordinary.net.asked.count(symbol) == times, symbol


def test_nothing_is_printed(ordinary: Outcome) -> None:
    """What yfinance would log or warn about is said in the reply, not on the terminal."""
    assert ordinary.printed == ""


def test_bars_after_the_session_are_provisional(ordinary: Outcome) -> None:
    """A bar that is not settled is held apart."""
    assert ordinary.days("^RUT", "provisional") == ["2024-07-12"]


def test_close_and_adjusted_close_are_kept_apart(ordinary: Outcome) -> None:
    """The close is the price as traded; dividends are in the adjusted close alone."""
    held = ordinary.reply["bars"]["SPY"]
    assert held["close"] == [LISTINGS["SPY"].closes[day] for day in sessions(FIRST, THROUGH)]
    assert held["adj_close"] == pytest.approx([0.9 * close for close in held["close"]])


def test_splits_and_dividends_are_given(ordinary: Outcome) -> None:
    """What rescales history is told by day."""
    assert ordinary.reply["actions"]["SPY"] == [["2024-06-03", "split", 2.0], ["2024-06-21", "dividend", 1.76]]


def test_a_day_is_the_exchanges_own(ordinary: Outcome) -> None:
    """Midnight in UTC is the evening before in New York; the bar belongs to the day of its own exchange."""
    assert ordinary.days("ETH-USD") == [str(day) for day in every_day(FIRST, THROUGH)]


def test_true_values_at_or_below_zero_are_kept(ordinary: Outcome) -> None:
    """Oil once cost less than nothing, and a bill once yielded nothing."""
    oil, bill = ordinary.reply["bars"]["CL=F"], ordinary.reply["bars"]["^IRX"]
    assert oil["close"][oil["days"].index("2024-06-20")] == -37.63
    assert bill["close"][bill["days"].index("2024-05-01")] == 0.0


def test_bars_with_a_gap_are_withheld(ordinary: Outcome) -> None:
    """A store that holds the missing session may use them; nobody else."""
    assert "2024-07-10" in ordinary.days("GAP", "withheld")
    assert "2024-07-05" not in ordinary.days("GAP", "withheld")
    assert ordinary.reason("GAP") == "a session is missing (2024-07-05)"


def test_a_row_on_a_holiday_falls_away(ordinary: Outcome) -> None:
    """Nobody traded on Independence Day."""
    assert "2024-07-04" not in ordinary.days("HOLIDAY")


def test_a_symbol_still_to_begin_is_told_by_its_day(ordinary: Outcome) -> None:
    """A fund younger than the session is no fault of anybody's."""
    assert ordinary.reply["begins"] == {"YOUNG": "2024-07-12"}


@pytest.mark.parametrize(
    ("symbol", "words"),
    [
        ("SPLIT", "a move without example and without explanation (-"),
        ("SLOWLY", "the prices before a split are at the old scale (1.5 for 1 on 2024-07-05)"),
        ("OTHER", "the close contradicts the quote"),
        ("EARLY", "the last trade was before the close (at 2024-07-11 15:12 New York time)"),
        ("PAGE", "a web page in place of prices"),
        ("GONE", "symbol may be delisted"),
        ("OLD", "another symbol's prices for it (NEW)"),
        ("STALE", "no bar yet for the session of 2024-07-11 (the last is of 2024-07-10)"),
    ],
)
def test_reasons_say_what_was_seen(ordinary: Outcome, symbol: str, words: str) -> None:
    """A reason is about the very thing that is wrong."""
    assert words in ordinary.reason(symbol)


# --- what is held already, and when it is asked ---------------------------------------------------


def test_of_what_is_held_only_the_new_is_fetched(nursery: Nursery, tmp_path: Path) -> None:
    """The range asked for begins a few days before the first day needed, and a move is held against the record."""
    held = {"^RUT": ["2024-06-03", 0.0001], "IWM": ["2024-06-03", 0.05]}
    with Loopback(Yahoo(FOUR)) as net:
        outcome = fetch(nursery, net.environment(tmp_path), ["^RUT", "IWM"], held=held)
    assert "2024-05-30" <= outcome.days("IWM")[0] <= "2024-06-03"
    assert outcome.status("^RUT") == Status.SUSPECT


def test_the_machines_own_time_zone_is_nothing_to_it(nursery: Nursery, tmp_path: Path) -> None:
    """Days are the exchange's wherever the program runs."""
    with Loopback(Yahoo(LISTINGS)) as net:
        environment = net.environment(tmp_path) | {"TZ": "Pacific/Honolulu"}
        outcome = fetch(nursery, environment, ["^RUT", "ETH-USD"], kinds=KINDS)
    assert outcome.days("^RUT")[-1] == outcome.days("ETH-USD")[-1] == "2024-07-11"


def test_days_that_are_not_over_elsewhere_are_incomplete(nursery: Nursery, tmp_path: Path) -> None:
    """At a quarter to five in New York crypto's day has hours to go, and futures trade for some minutes."""
    now = datetime(2024, 7, 11, 16, 45, tzinfo=NEW_YORK)
    listings = {
        "^RUT": settled("^RUT"),
        "ETH-USD": listing(Kind.CRYPTO, wandering(every_day(FIRST, THROUGH), seed="ETH-USD")),
        "GC=F": listing(Kind.COMMODITY, wandering(sessions(FIRST, THROUGH), seed="GC=F")),
    }
    with Loopback(Yahoo(listings)) as net:
        outcome = fetch(nursery, net.environment(tmp_path), list(listings), kinds=KINDS, now=str(now))
    assert [outcome.status(symbol) for symbol in listings] == [Status.OK, Status.INCOMPLETE, Status.INCOMPLETE]
    assert outcome.days("ETH-USD", "provisional") == ["2024-07-11"]
    assert "(it ends at 20:00 New York time on 2024-07-11)" in outcome.reason("ETH-USD")


# --- caches ---------------------------------------------------------------------------------------


def test_a_corrupt_cache_heals(nursery: Nursery, tmp_path: Path) -> None:
    """A cache that a crash left in pieces is thrown away and made anew."""
    with Loopback(Yahoo(FOUR)) as net:
        environment = net.environment(tmp_path)
        folder = Path(environment["COMMENTARY_CACHE"]) / "yahoo"
        folder.mkdir(parents=True)
        for name in ("tkr-tz.db", "cookies.db"):
            (folder / name).write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
        outcome = fetch(nursery, environment, list(FOUR))
    assert {outcome.status(symbol) for symbol in FOUR} == {Status.OK}


def test_no_symbols_no_questions() -> None:
    """An empty list is answered without asking anybody."""
    assert YahooSource().history([], THROUGH).bars == {}


QUOTES = """
import json
from generator.market.yahoo.source import YahooSource
source = YahooSource()
with source.ready(["IWM", "SPY"]):
    told = source.quotes(["IWM", "SPY", "GONE"])
print(json.dumps({symbol: quote.get("trailingPE") for symbol, quote in told.items()}))
"""


def test_quotes_come_in_one_request(nursery: Nursery, tmp_path: Path) -> None:
    """Of several symbols at once, without those that Yahoo does not know; cookie and crumb are fetched for it."""
    with Loopback(Yahoo(FOUR, {"IWM": Fund(0.0561, 17.8)})) as net:
        done = nursery.run(QUOTES, [], net.environment(tmp_path))
    assert json.loads(done.stdout) == {"IWM": 17.8, "SPY": None}
    assert net.asked == ["cookie", "crumb", "IWM,SPY,GONE"]
