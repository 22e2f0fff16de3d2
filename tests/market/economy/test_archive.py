"""FRED's archive on loopback: vintages as they were asked for, or none of them and one sentence that says why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from generator.errors import DataError
from generator.market.economy.archive import SITE, parse_vintages, read_vintages, usual_archive, vintage_days
from generator.market.economy.fred import Fred
from generator.market.economy.vintages import Vintage
from generator.market.source import Finding, Status
from tests.servers.fred import Archive
from tests.servers.loopback import Fault, Loopback

FRIDAYS = [date(2025, month, 6) for month in range(1, 13)] + [date(2026, 1, 6)]
RECORD = {
    str(day): {f"2024-{month:02d}-01": 150.0 + month + number / 10 for month in range(1, 13)}
    for number, day in enumerate(FRIDAYS)
}


@contextmanager
def archive(monkeypatch: pytest.MonkeyPatch, folder: Path, **faults: Fault) -> Iterator[Loopback]:
    """The archive with one series, as this process sees it; faults go by `list` and `table`."""
    dealt = {f"PAYEMS {what}": fault for what, fault in faults.items()}
    with Loopback(Archive({"PAYEMS": RECORD}), faults=dealt) as net:
        for name, value in net.environment(folder).items():
            monkeypatch.setenv(name, value)
        yield net
        assert not net.strangers


def quick() -> Fred:
    """The archive as a run asks it, without the waits."""
    return Fred(base=SITE, name="FRED's archive", agent="", seconds=5.0, seconds_each=0.25, pause=0.0, wait=0.001)


def asked(days: list[date], series: str = "PAYEMS") -> tuple[list[Vintage] | None, Finding]:
    """What comes of asking for these vintages."""
    client = quick()
    return client.answered(series, lambda: read_vintages(client, series, days))


def test_the_days_of_a_series_come_from_its_own_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Oldest first, and none of the dates that stand elsewhere on the page."""
    with archive(monkeypatch, tmp_path):
        assert vintage_days(quick(), "PAYEMS") == FRIDAYS


def test_twelve_vintages_come_in_one_request(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each day's record for itself, by an address that names the series once for each day."""
    with archive(monkeypatch, tmp_path) as net:
        found, finding = asked(FRIDAYS[:12])
        assert finding.status is Status.OK
        assert found is not None
        assert [one.day for one in found] == FRIDAYS[:12]
        assert [one.values[0].item() for one in found[:2]] == [151.0, 151.1]
        (request,) = net.requests
        assert request.query["id"].split(",") == ["PAYEMS"] * 12
        assert request.query["vintage_date"].split(",") == [day.isoformat() for day in FRIDAYS[:12]]


def test_columns_that_the_archive_drops_are_missed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An answer with fewer vintages than were asked for is told as that, and nothing of it is taken."""
    site = Archive({"PAYEMS": RECORD}, longest=5)
    with Loopback(site) as net:
        for name, value in net.environment(tmp_path).items():
            monkeypatch.setenv(name, value)
        found, finding = asked(FRIDAYS[:12])
    assert found is None
    assert finding.status is Status.BAD_DATA
    assert "it holds 5 of 12 vintages where 12 were asked for" in finding.reason


@pytest.mark.parametrize(
    ("fault", "status", "reason"),
    [
        (Fault("body", body=b"<!DOCTYPE html><html>Sorry</html>"), Status.BAD_DATA, "it is a web page"),
        (Fault("status", status=404), Status.MISSING, "FRED's archive knows no series of this name"),
        (Fault("status", status=500), Status.NETWORK, "FRED's archive answered 500"),
        (Fault("status", status=429), Status.RATE_LIMITED, "FRED's archive asks to slow down"),
        (Fault("hang", seconds=0.9), Status.NETWORK, "FRED's archive could not be read"),
        (
            Fault(
                "body", body=b"observation_date,PAYEMS\n2024-01-01,1\n"
            ),  # the plain file's header: no vintage at all
            Status.BAD_DATA,
            "it holds other columns where 2 were asked for",
        ),
        (
            Fault("body", body=b"observation_date,PAYEMS_20250206,PAYEMS_20250106\n2024-01-01,1,2\n"),
            Status.BAD_DATA,
            "other columns",
        ),
        (Fault("body", body=b""), Status.BAD_DATA, "it holds none where 2 were asked for"),
    ],
    ids=["page", "404", "500", "429", "hang", "plain file", "other order", "nothing"],
)
def test_what_is_not_the_table_asked_for_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: Fault, status: Status, reason: str
) -> None:
    """No vintage comes of it; the status and its reason do."""
    with archive(monkeypatch, tmp_path, table=fault):
        found, finding = asked(FRIDAYS[:2])
    assert found is None
    assert finding.status is status
    assert reason in finding.reason
    assert "\n" not in finding.reason


def test_a_page_without_a_list_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The form may be laid out anew one day; then nothing is guessed."""
    with archive(monkeypatch, tmp_path, list=Fault("body", body=b"<html><option value='2025-01-06'></html>")):
        client = quick()
        found, finding = client.answered("PAYEMS", lambda: vintage_days(client, "PAYEMS"))
    assert found is None
    assert "the page lists no vintages" in finding.reason


HEAD = "observation_date,U_20250606,U_20250703\n"


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        (HEAD + "2025-05-01,4.2\n", "line 2 cannot be read"),
        (HEAD + "2025-05-01,4.2,high\n", "line 2 cannot be read"),
        (HEAD + "2025-05-01,4.2,inf\n", "line 2 cannot be read"),
        (HEAD + "2025-05-32,4.2,4.2\n", "a day in it cannot be read"),
        (HEAD + "2025-05-01,4.2,4.2\n2025-05-01,4.2,4.2\n", "its days do not ascend"),
        (HEAD + "2025-05-01,.,4.2\n", "its vintage of 2025-06-06 is empty"),
        (HEAD + "2025-05-01,4.2,4.2\n2025-07-01,4.1,\n", "its vintage of 2025-06-06 tells what came after it"),
    ],
)
def test_a_table_that_cannot_be_is_no_table(table: str, fault: str) -> None:
    """A day out of order, a word for a number, a record that knows its future."""
    with pytest.raises(DataError, match=fault):
        parse_vintages(table, "U", [date(2025, 6, 6), date(2025, 7, 3)])


def test_a_full_stop_is_a_missing_value() -> None:
    """And what one vintage does not have yet, the next may."""
    first, second = parse_vintages(
        HEAD + "2025-04-01,4.2,4.2\n2025-05-01,4.2,4.3\n2025-06-01,.,4.1\n", "U", [date(2025, 6, 6), date(2025, 7, 3)]
    )
    assert first.values.tolist() == [4.2, 4.2]
    assert second.values.tolist() == [4.2, 4.3, 4.1]


def test_the_archive_is_asked_as_pythons_own_client() -> None:
    """It has left agents that it did not know unanswered; and every wait is shortened as the operator wants it."""
    assert usual_archive().agent == ""
    assert usual_archive().base == "https://alfred.stlouisfed.org"
