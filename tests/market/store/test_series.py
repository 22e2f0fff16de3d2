"""Economic series and ratios on their way into the store, with the real yfinance and the real FRED reader on loopback."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from generator.market.economy.observations import observations
from generator.market.sessions import NEW_YORK
from generator.market.source import Finding, Status
from generator.market.store.file import PriceStore
from generator.market.store.recording import record
from generator.market.store.series import SERIES, as_reply, fred_due, observed, valuation_due
from generator.market.store.snapshot import KnownSymbol, last_fetch
from generator.model import Kind
from tests.market.store.invented import Supplier
from tests.servers.evenings import listing, sessions, wandering
from tests.servers.fred import Fred
from tests.servers.loopback import Fault, Loopback
from tests.servers.nursery import Nursery
from tests.servers.yahoo import Fund, Yahoo

LAST = date(2024, 7, 11)
EVENING = datetime(2024, 7, 11, 20, 15, tzinfo=NEW_YORK)
"""By then the day is Friday in Greenwich."""
CHILD = """
import json, sys
from datetime import datetime
from generator.market.store.series import fred_due, valuation_due
from generator.market.yahoo.source import YahooSource
now, series = datetime.fromisoformat(sys.argv[1]), sys.argv[2:]
source = YahooSource()
replies = [fred_due(series, now)(None)(), valuation_due(source, series, now)(None)()]
print(json.dumps({
    name: [bars.days.astype(str).tolist(), bars.close.tolist()] for reply in replies for name, bars in reply.bars.items()
}))
print(json.dumps({
    name: [finding.status, finding.reason] for reply in replies for name, finding in reply.findings.items()
}))
"""


def asked(
    nursery: Nursery, folder: Path, faults: dict[str, Fault]
) -> tuple[dict[str, list[object]], dict[str, list[str]]]:
    charts = {symbol: listing(Kind.FUND, wandering(sessions(date(2024, 5, 1), LAST))) for symbol in ("IWM", "SPY")}
    funds = {"IWM": Fund(0.0561, 17.6), "SPY": Fund(0.04, 31.0)}
    rates = {"DFF": {"2024-07-09": 5.33, "2024-07-10": 5.34}}
    with Loopback(Yahoo(charts, funds), Fred(rates), faults=faults) as net:
        environment = net.environment(folder) | {"COMMENTARY_PATIENCE": "0.05"}
        done = nursery.run(CHILD, [EVENING.isoformat(), "DFF", "GONE", "IWM.PE", "SPY.PE"], environment)
        assert net.strangers == []
    assert done.returncode == 0, done.stderr
    bars, findings = done.stdout.splitlines()
    return json.loads(bars), json.loads(findings)


def test_series_and_ratios_come_with_what_became_of_each(nursery: Nursery, tmp_path: Path) -> None:
    """FRED's days as they are; a ratio on New York's day; what is unknown or in dispute says so."""
    bars, findings = asked(nursery, tmp_path, {})
    assert bars["DFF"] == [["2024-07-09", "2024-07-10"], [5.33, 5.34]]
    assert "IWM.PE" in bars, findings
    assert bars["IWM.PE"] == [["2024-07-11"], [1 / 0.0561]]
    assert set(bars) == {"DFF", "IWM.PE"}
    assert {name: status for name, (status, _) in findings.items()} == {
        "DFF": "ok", "GONE": "missing", "IWM.PE": "ok", "SPY.PE": "missing",
    }  # fmt: skip
    assert "disagree" in findings["SPY.PE"][1]


def test_a_refusal_costs_the_ratios_alone(nursery: Nursery, tmp_path: Path) -> None:
    """A 429 on the crumb, which only ratios need, is their finding."""
    bars, findings = asked(nursery, tmp_path, {"crumb": Fault("status", status=429)})
    assert set(bars) == {"DFF"}
    assert {findings[name][0] for name in ("IWM.PE", "SPY.PE")} == {"rate_limited"}


def test_what_was_answered_is_not_asked_for_again(store: PriceStore) -> None:
    """FRED within six hours, ratios on one day in New York, whether or not there was anything to be had."""
    asked_for = []
    answers = {
        "DFF": (observations("DFF", [(LAST, 5.33, None)], "FRED"), Finding("DFF")),
        "DGS2": (None, Finding("DGS2", Status.NETWORK, "out of reach")),
        "SPY.PE": (None, Finding("SPY.PE", Status.MISSING, "in dispute")),
    }
    record(store, {SERIES: as_reply(answers)}, LAST, None)
    fetch = last_fetch(store)
    assert fetch is not None
    known = KnownSymbol(store, fetch)
    series, now = ["DFF", "DGS2"], fetch.fetched_at

    def told(names: list[str], since: dict[str, date], **_: object) -> dict[str, object]:
        asked_for.append((names, since))
        return {}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.market.store.series.fetch_series", told)
        fred_due(series, now)(known)()
        fred_due(series, now.replace(year=now.year + 1))(known)()
    assert asked_for == [(["DGS2"], {}), (["DFF", "DGS2"], {"DFF": date(2023, 6, 7)})]
    nobody = Supplier({})
    assert valuation_due(nobody, ["SPY.PE", "IWM.PE"], now)(known)().findings == {}


def test_a_value_was_seen_on_the_day_in_new_york(store: PriceStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that came out in the morning and was fetched that evening counts for that evening."""
    monkeypatch.setattr("generator.market.store.recording.present", lambda: EVENING)
    record(
        store,
        {SERIES: as_reply({"DFF": (observations("DFF", [(LAST, 5.33, None)], "FRED"), Finding("DFF"))})},
        LAST,
        None,
    )
    fetch = last_fetch(store)
    assert fetch is not None
    (found,) = observed(KnownSymbol(store, fetch).of(SERIES), ["DFF", "DGS2"], LAST).values()
    assert found.seen is not None
    assert found.seen.astype(str).tolist() == ["2024-07-11"]
