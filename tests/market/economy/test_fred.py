"""FRED on loopback in, observations and statuses out: the real client, the real certificates, no request elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import trustme

from generator.market.economy.fred import Fred, fetch_series
from generator.market.source import Status
from generator.model import Observations
from tests.servers.fred import Fred as Site
from tests.servers.loopback import Fault, Loopback

RATES = {"2024-07-01": 5.33, "2024-07-02": None, "2024-07-03": 5.34}
PRICES = {"2024-05-01": 313.0, "2024-06-01": 312.9}


def quick() -> Fred:
    """FRED as a run asks it, without the waits."""
    return Fred(seconds=5.0, seconds_each=0.25, pause=0.0, wait=0.001)


@contextmanager
def fred(
    monkeypatch: pytest.MonkeyPatch, folder: Path, authority: bytes | None = None, **faults: Fault
) -> Iterator[Loopback]:
    """The site with two series, as this process sees it."""
    with Loopback(Site({"DFF": RATES, "CPIAUCSL": PRICES}), faults=faults) as net:
        for name, value in net.environment(folder, authority).items():
            monkeypatch.setenv(name, value)
        yield net
        assert not net.strangers


def fetched(monkeypatch: pytest.MonkeyPatch, folder: Path, fault: Fault) -> tuple[Observations | None, str, str, int]:
    with fred(monkeypatch, folder, DFF=fault) as net:
        found, finding = quick().fetch("DFF")
        return found, finding.status, finding.reason, len(net.requests)


def test_values_come_with_their_days_and_missing_ones_are_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A cell that FRED leaves empty is no observation."""
    with fred(monkeypatch, tmp_path) as net:
        found, finding = quick().fetch("DFF")
        assert finding.status is Status.OK
        assert found is not None
        assert found.days.astype(str).tolist() == ["2024-07-01", "2024-07-03"]
        assert found.values.tolist() == [5.33, 5.34]
        assert net.requests[0].query == {"id": "DFF", "cosd": "1987-01-01"}


def test_a_later_run_asks_for_the_newest_days_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`since` becomes FRED's own first day."""
    with fred(monkeypatch, tmp_path) as net:
        replies = fetch_series(["DFF", "CPIAUCSL"], {"DFF": date(2024, 7, 3)}, fred=quick())
        rates, prices = replies["DFF"][0], replies["CPIAUCSL"][0]
        assert rates is not None
        assert prices is not None
        assert rates.values.tolist() == [5.34]
        assert np.isclose(prices.values, [313.0, 312.9]).all()
        assert [request.query["cosd"] for request in net.requests] == ["2024-07-03", "1987-01-01"]


@pytest.mark.parametrize(
    "fault",
    [Fault("status", status=500, times=1), Fault("reset", times=1), Fault("short", times=2), Fault("status", status=503, times=2)],
    ids=["500", "reset", "short", "503 twice"],
)  # fmt: skip
def test_what_passes_is_tried_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: Fault) -> None:
    """A fault that goes away within three tries costs nothing but the tries."""
    found, status, _, requests = fetched(monkeypatch, tmp_path, fault)
    assert (status, requests) == (Status.OK, (fault.times or 0) + 1)
    assert found is not None


@pytest.mark.parametrize(
    ("fault", "status", "reason", "requests"),
    [
        (Fault("status", status=500), Status.NETWORK, "FRED answered 500", 3),
        (Fault("status", status=404), Status.MISSING, "no series of this name", 1),
        (Fault("hang", seconds=0.9), Status.NETWORK, "timed out", 3),
        (Fault("slow", seconds=9.0), Status.NETWORK, "could not be read", 3),
        (Fault("body", body=b"<html>maintenance</html>"), Status.BAD_DATA, "it is a web page", 1),
        (Fault("body", body=b"observation_date,DGS10\n2024-07-01,4.5\n"), Status.BAD_DATA, "header", 1),
        (Fault("body", body=b"observation_date,DFF\n2024-07-01,five\n"), Status.BAD_DATA, "FRED:2: value is 'five'", 1),
        (Fault("body", body=b"observation_date,DFF\n2024-07-02,5\n2024-07-01,5\n"), Status.BAD_DATA, "must ascend", 1),
        (Fault("body", body=b"observation_date,DFF\n"), Status.MISSING, "no value of it since 1987-01-01", 1),
        (Fault("body", body=b"observation_date,DFF\n2024-07-01,\xff\n"), Status.BAD_DATA, "not text", 1),
    ],
    ids=["500", "404", "hang", "slow", "page", "other series", "word", "order", "nothing", "bytes"],
)
def test_what_does_not_pass_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: Fault, status: Status, reason: str, requests: int
) -> None:
    """No observation comes of a fault that stays; the status and its reason do."""
    found, said, why, made = fetched(monkeypatch, tmp_path, fault)
    assert found is None
    assert (said, made) == (status, requests)
    assert reason in why


@pytest.mark.parametrize(("headers", "words"), [({"Retry-After": "30"}, "wait 30 seconds"), ({}, "slow down")])
def test_nothing_more_is_asked_after_429(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, headers: dict[str, str], words: str
) -> None:
    """The series that follow are not asked for, and say why."""
    with fred(monkeypatch, tmp_path, DFF=Fault("status", status=429, headers=headers)) as net:
        replies = fetch_series(["DFF", "CPIAUCSL"], fred=quick())
        assert [finding.status for _, finding in replies.values()] == [Status.RATE_LIMITED] * 2
        assert all(words in finding.reason for _, finding in replies.values())
        assert len(net.requests) == 1


def test_nothing_more_is_asked_of_what_cannot_be_reached(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An evening without FRED costs the tries of one series, not of all; the others say the same."""
    with fred(monkeypatch, tmp_path, DFF=Fault("hang", seconds=0.9)) as net:
        replies = fetch_series(["DFF", "CPIAUCSL", "DGS2"], fred=quick())
        assert [finding.status for _, finding in replies.values()] == [Status.NETWORK] * 3
        assert len({finding.reason for _, finding in replies.values()}) == 1
        assert set(net.asked) == {"DFF"}


def test_one_answer_that_fails_does_not_cost_the_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A server error, or a body cut short, is a fault of one series."""
    with fred(monkeypatch, tmp_path, DFF=Fault("status", status=500)):
        replies = fetch_series(["DFF", "CPIAUCSL"], fred=quick())
        assert [finding.status for _, finding in replies.values()] == [Status.NETWORK, Status.OK]


def test_a_certificate_that_is_not_believed_is_not_tried_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Somebody else's certificate is told as what it is."""
    with fred(monkeypatch, tmp_path, authority=trustme.CA().cert_pem.bytes()) as net:
        found, finding = quick().fetch("DFF")
        assert (found, finding.status) == (None, Status.NETWORK)
        assert "certificate" in finding.reason.lower()
        assert not net.requests


def test_the_whole_run_has_an_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Once the time for all series is used up, the rest are not asked for."""
    with fred(monkeypatch, tmp_path) as net:
        spent = Fred(seconds=0.0, pause=0.0)
        replies = fetch_series(["DFF", "CPIAUCSL"], fred=spent)
        assert [finding.status for _, finding in replies.values()] == [Status.NETWORK] * 2
        assert not net.requests


def test_each_series_is_told_as_it_comes_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What shows progress hears of every series once, in order."""
    heard: list[str] = []
    with fred(monkeypatch, tmp_path):
        fetch_series(
            ["DFF", "NONE"], fred=quick(), advance=lambda finding: heard.append(f"{finding.symbol} {finding.status}")
        )
    assert heard == ["DFF ok", "NONE missing"]
