"""The Yahoo source, with the real yfinance talking to a server of the tests' own on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import peewee
import pytest
from yfinance.exceptions import YFRateLimitError, YFTzMissingError

from generator.market.yahoo_source import Inquiry, YahooSource, bars_of
from generator.model import Bars
from tests.market.yahoo_server import Listing, YahooServer, proxied

THROUGH = date(2024, 7, 11)
CLOSES = {date(2024, 7, 9): 100.0, date(2024, 7, 10): 101.0, date(2024, 7, 11): 99.5, date(2024, 7, 12): 98.0}
CHILD = """
import json, sys
from datetime import date
from generator.market.yahoo_source import YahooSource
reply = YahooSource(frozenset({"^IRX"})).history(sys.argv[2:], date.fromisoformat(sys.argv[1]))
bars = {
    symbol: {"days": held.days.astype(str).tolist(), "close": held.close.tolist(), "adj_close": held.adj_close.tolist()}
    for symbol, held in reply.bars.items()
}
print(json.dumps({"bars": bars, "omissions": dict(reply.omissions), "fetched_at": str(reply.fetched_at)}))
"""


@dataclass(frozen=True)
class Outcome:
    """What a child process gave back, and what the server saw of it."""

    reply: dict[str, Any]
    printed: str
    yahoo: YahooServer


def in_a_child(root: Path, environment: dict[str, str], symbols: Sequence[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error::UserWarning", "-c", CHILD, THROUGH.isoformat(), *symbols]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=60, check=True)


@pytest.fixture(scope="module")
def ordinary(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """One run over symbols that fare well and symbols that fare badly."""
    listings = {
        "^RUT": Listing(CLOSES),
        "IWM": Listing(CLOSES, adjustment=0.9),
        "ETH-USD": Listing({date(2024, 7, 10): 3100.0, THROUGH: 3098.0}, zone="UTC", opens=time(0)),
        "HOLE": Listing({date(2024, 7, 10): 50.0, THROUGH: None}),
        "^IRX": Listing({date(2020, 3, 25): -0.05, THROUGH: 5.2}),
        "BELOW": Listing({date(2024, 7, 10): -1.0, THROUGH: 5.2}),
    }
    answers = {"BROKEN": (500, "<html>Internal error</html>")}
    with YahooServer(listings, answers) as yahoo:
        environment = yahoo.environment(tmp_path_factory.mktemp("yahoo"))
        run = in_a_child(project_root, environment, [*listings, "GONE", "BROKEN"])
        yield Outcome(json.loads(run.stdout), run.stderr, yahoo)


def test_nothing_leaves_for_a_host_that_is_not_yahoos(ordinary: Outcome) -> None:
    """Asking Yahoo asks Yahoo, and nobody else."""
    assert ordinary.yahoo.strangers == []
    assert "^RUT" in ordinary.yahoo.asked


def test_nothing_is_printed(ordinary: Outcome) -> None:
    """What yfinance would log or warn about is said in the reply, not on the terminal."""
    assert ordinary.printed == ""


def test_rows_after_the_session_are_left_out(ordinary: Outcome) -> None:
    """Yahoo sends a bar for the day in progress; it is not settled and is not used."""
    assert ordinary.reply["bars"]["^RUT"]["days"] == ["2024-07-09", "2024-07-10", "2024-07-11"]


def test_close_and_adjusted_close_are_kept_apart(ordinary: Outcome) -> None:
    """The close is the price as traded; dividends are in the adjusted close alone."""
    fund = ordinary.reply["bars"]["IWM"]
    assert fund["close"] == [100.0, 101.0, 99.5]
    assert fund["adj_close"] == pytest.approx([90.0, 90.9, 89.55])


def test_a_day_is_the_exchanges_own(ordinary: Outcome) -> None:
    """Midnight in UTC is the evening before in New York; the bar belongs to the day of its own exchange."""
    assert ordinary.reply["bars"]["ETH-USD"]["days"] == ["2024-07-10", "2024-07-11"]


def test_a_null_is_absent(ordinary: Outcome) -> None:
    """Where Yahoo sends null for the last close, no earlier close takes its place."""
    assert np.isnan(ordinary.reply["bars"]["HOLE"]["close"][-1])


def test_a_yield_may_be_negative_and_a_price_may_not(ordinary: Outcome) -> None:
    """A bill yield below zero is kept; a price below zero costs the symbol its place, with the reason."""
    assert ordinary.reply["bars"]["^IRX"]["close"][0] == -0.05
    assert "impossible open for 2024-07-10: -1.0" in ordinary.reply["omissions"]["BELOW"]


def test_an_unknown_symbol_is_an_omission_with_a_reason(ordinary: Outcome) -> None:
    """A symbol that Yahoo does not know is left out by name; the others are there."""
    assert ordinary.reply["omissions"]["GONE"].startswith("Yahoo Finance does not serve it")
    assert len(ordinary.reply["bars"]) == 5


def test_an_error_page_is_an_omission_with_a_reason(ordinary: Outcome) -> None:
    """An answer that is no chart is told as such, not as a delisting."""
    assert "could not be used" in ordinary.reply["omissions"]["BROKEN"]


def test_the_moment_of_asking_is_kept(ordinary: Outcome) -> None:
    """The ledger can say when the prices were asked for."""
    assert ordinary.reply["fetched_at"].endswith("+00:00")


def test_when_yahoo_asks_for_a_pause_nothing_more_is_asked(project_root: Path, tmp_path: Path) -> None:
    """After a 429 each remaining symbol is an omission that says so, and is not asked for."""
    with YahooServer({}, {"^RUT": (429, "Too Many Requests")}) as yahoo:
        run = in_a_child(project_root, yahoo.environment(tmp_path), ["^RUT", "IWM", "SPY"])
    omissions = json.loads(run.stdout)["omissions"]
    assert all("429" in omissions[symbol] for symbol in ("^RUT", "IWM", "SPY"))
    assert set(yahoo.asked) == {"^RUT"}


def test_without_a_network_every_symbol_says_so(project_root: Path, tmp_path: Path) -> None:
    """Yahoo out of reach is a reason, given once for all, and no traceback."""
    run = in_a_child(project_root, proxied("http://127.0.0.1:1", tmp_path), ["^RUT", "IWM"])
    omissions = json.loads(run.stdout)["omissions"]
    assert omissions["^RUT"].startswith("Yahoo Finance could not be reached")
    assert omissions["IWM"] == omissions["^RUT"]


def test_no_symbols_no_questions() -> None:
    """An empty list is answered without asking anybody."""
    assert YahooSource().history([], THROUGH).bars == {}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (KeyError("timestamp"), "Yahoo Finance's answer could not be used (KeyError: 'timestamp')"),
        (peewee.OperationalError("database is locked"), "could not be used (OperationalError: database is locked)"),
        (YFTzMissingError("IWM"), "Yahoo Finance has no prices for it: no timezone found"),
        (YFRateLimitError(), "asks for a pause (HTTP 429)"),
        (TimeoutError("timed out"), "Yahoo Finance could not be reached (timed out)"),
    ],
    ids=["half an answer", "locked cache", "unknown symbol", "rate limit", "no network"],
)
def test_whatever_breaks_is_a_reason(monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str) -> None:
    """Each way in which yfinance fails becomes words about the symbol, and no traceback."""

    def broken(self: Inquiry, symbol: str) -> Bars:
        raise error

    monkeypatch.setattr(Inquiry, "_bars", broken)
    assert reason in str(Inquiry("^RUT", THROUGH, frozenset()).ask("IWM"))


# --- the frame, without the library -------------------------------------------------------------


def frame(days: Sequence[str], **columns: Sequence[float]) -> pd.DataFrame:
    return pd.DataFrame(columns, index=pd.DatetimeIndex(list(days)).tz_localize("America/New_York"))


def test_zero_is_yahoos_word_for_no_price() -> None:
    """Old indices have an open of 0 at Yahoo: that is an absent value, not a price."""
    bars = bars_of(frame(["2024-07-10"], Open=[0.0], Close=[10.0]), "^RUT", THROUGH)
    assert isinstance(bars, Bars)
    assert bars.open is not None
    assert np.isnan(bars.open).all()
    assert bars.high is None


def test_a_yield_of_zero_is_a_yield_of_zero() -> None:
    """For a symbol that may stand at zero, zero is a value."""
    bars = bars_of(frame(["2020-03-25"], Close=[0.0]), "^IRX", THROUGH, allow_nonpositive=True)
    assert isinstance(bars, Bars)
    assert bars.close is not None
    assert bars.close[0] == 0.0


@pytest.mark.parametrize("days", [["2024-07-10", "2024-07-10"], ["2024-07-11", "2024-07-10"]])
def test_days_twice_or_out_of_order_are_refused(days: list[str]) -> None:
    """Two bars for one day, or a day out of order: nobody can say which is right."""
    reason = bars_of(frame(days, Close=[10.0, 11.0]), "IWM", THROUGH)
    assert reason == "Yahoo Finance gives 2024-07-10 twice or out of order"


def test_an_infinite_price_is_refused() -> None:
    """A price that is no number a person could pay costs the symbol its place."""
    assert "impossible close" in str(bars_of(frame(["2024-07-10"], Close=[np.inf]), "IWM", THROUGH))


def test_rows_only_after_the_session_are_no_rows() -> None:
    """A history that begins after the session is told as none up to it."""
    reason = bars_of(frame(["2024-07-12"], Close=[10.0]), "IWM", THROUGH)
    assert reason == "Yahoo Finance has no prices for it up to 2024-07-11"
