"""The replay as it runs: over processes, stopped half-way, and with sessions that fail."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import workers
from generator.errors import CommentaryError
from generator.model import Settings
from generator.replay import processes
from generator.replay.run import Span, replay

from .conftest import LAST, SETTINGS

Short = Callable[..., Span]
BEGUN = date(2023, 10, 2)
"""Six batches of sessions and more: enough to be killed amid."""


def shared(summary: dict[str, Any]) -> dict[str, Any]:
    """All of a summary but what was measured with a clock."""
    return {key: value for key, value in summary.items() if key != "time"}


def test_one_process_and_two_find_the_same(short_span: Short) -> None:
    """The number of processes changes nothing but the time, and progress reaches the end."""
    seen: list[tuple[int, int]] = []
    one = replay(SETTINGS, short_span(jobs=1))
    two = replay(SETTINGS, short_span(jobs=2), lambda done, of: seen.append((done, of)))
    assert shared(one) == shared(two)
    assert one["editions"] == 49
    assert one["errors"] == []
    assert seen[0] == (0, 49)
    assert seen[-1] == (49, 49)
    assert len(seen) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_replay_that_was_killed_goes_on(tmp_path: Path, short_span: Short) -> None:
    """After a kill, what had been done is taken over and the rest is done; the report is that of one whole run."""
    report = tmp_path / "report.html"
    kept = tmp_path / "report.html.results"
    options = ["--source", "sample", "--from", str(BEGUN), "--to", str(LAST), "--jobs", "2"]
    command = [sys.executable, "-m", "generator", "replay", *options, "--report", str(report)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while not kept.exists() or kept.read_bytes().count(b'{"session"') < 2:
            assert process.poll() is None, "it ended before it could be killed"
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
    assert not report.exists()
    span = short_span(first=BEGUN, kept=kept, jobs=2)
    resumed = replay(SETTINGS, span)
    assert resumed["time"]["reused"] >= 2
    assert resumed["time"]["made"] == resumed["editions"] - resumed["time"]["reused"]
    assert shared(resumed) == shared(replay(SETTINGS, short_span(first=BEGUN, jobs=2)))
    assert replay(SETTINGS, span)["time"]["made"] == 0


def test_a_session_that_fails_is_listed_and_the_others_are_made(
    short_span: Short, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error on one session, of ours or not, is kept with its session."""
    whole = processes.make_edition

    def failing(desk: Any, row: int) -> Any:
        day = desk.market.sessions[row].astype(object)
        if day == date(2024, 7, 8):
            raise CommentaryError("no angle can be told")
        if day == date(2024, 7, 9):
            raise ZeroDivisionError("division by zero")
        return whole(desk, row)

    monkeypatch.setattr(processes, "make_edition", failing)
    summary = replay(SETTINGS, short_span(first=date(2024, 7, 1)))
    assert summary["editions"] == 6
    assert summary["errors"] == [
        {"session": "2024-07-08", "error": "no angle can be told"},
        {"session": "2024-07-09", "error": "ZeroDivisionError: division by zero"},
    ]


def test_a_process_that_dies_stops_the_replay_with_one_message(
    short_span: Short, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process killed from outside is no traceback and no endless wait."""
    monkeypatch.setattr(processes, "counted", lambda *given: os._exit(9))
    with pytest.raises(CommentaryError, match="ended before its work was done"):
        replay(SETTINGS, short_span(jobs=2))


def test_where_nothing_forks_each_process_makes_its_own(small: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a system without fork the result is the same."""
    monkeypatch.setattr(workers.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    first, last = date(1996, 12, 3), date(1997, 3, 5)
    spawned = replay(small, Span(first, last, 2))
    assert spawned["editions"] == 64
    assert shared(spawned) == shared(replay(small, Span(first, last, 1)))


def test_no_session_between_two_dates() -> None:
    """A weekend is no span, and says so."""
    with pytest.raises(CommentaryError, match="no session from 2024-07-06 to 2024-07-07"):
        replay(SETTINGS, Span(date(2024, 7, 6), date(2024, 7, 7)))


def test_the_second_reader_checks_every_edition(small: Settings) -> None:
    """Asked to verify, a replay counts the claims of each edition, and none fails."""
    first, last = date(1997, 3, 3), date(1997, 3, 7)
    claims = replay(small, Span(first, last, 1, verify=True))["claims"]
    alone = [replay(small, Span(day, day, 1, verify=True))["claims"]["checked"] for day in (first, last)]
    assert claims["checked"] > sum(alone) > 500
    assert (claims["failed"], claims["faults"]) == (0, [])


def test_a_replay_begins_where_an_edition_could_be_written() -> None:
    """The very first session has no close before it: `write` refuses it, and it is no failure of a replay."""
    summary = replay(SETTINGS, Span(None, date(1996, 1, 4), 1))
    assert summary["errors"] == []
    assert [summary["from"], summary["to"]] == ["1996-01-03", "1996-01-04"]
