"""Work over processes and over a Dask scheduler: the same as alone, whoever is lost on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from generator.errors import CommentaryError, SettingsError
from generator.model import Settings
from generator.project import bundled_root
from generator.replay.run import Span, replay
from generator.shipping import Shipped
from generator.workers import spread

PARTS = [range(start, start + 3) for start in range(0, 30, 3)]


@dataclass(frozen=True)
class Squares:
    """A bench that squares numbers, and ends its process at one of them."""

    fatal: int = -1

    def batch(self, part: Sequence[int]) -> list[int]:
        if self.fatal in part:
            os._exit(9)
        return [number * number for number in part]

    def set_up(self) -> Squares:
        return self


def made(fatal: int = -1, jobs: int = 1, scheduler: str | None = None) -> list[int]:
    bench = Squares(fatal)
    return sorted(number for batch in spread(bench, bench, PARTS, jobs, scheduler) for number in batch)


def test_every_part_is_made_once_however_many_work() -> None:
    """One process, several, and more than there are parts give the same."""
    alone = [number * number for number in range(30)]
    assert [made(jobs=jobs) for jobs in (1, 2, 40)] == [alone] * 3


def test_a_process_that_ends_early_is_told() -> None:
    """Work that a process of this machine took with it is not passed over in silence."""
    with pytest.raises(CommentaryError, match="ended before its work was done"):
        made(fatal=7, jobs=2)


def test_without_dask_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra, and whoever asks for it without having it learns its name."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SettingsError, match=r"pip install 'market-commentary-generator\[cluster\]'"):
        made(scheduler="tcp://127.0.0.1:1")


def test_another_version_of_the_program_makes_nothing() -> None:
    """A worker whose program is not the sender's would print other words under its name."""
    with pytest.raises(SettingsError, match="another version of the program"):
        Shipped(None, [], "another").publication()  # type: ignore[arg-type]


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A Dask scheduler on loopback and four workers in processes of their own; its address, and the workers."""
    pytest.importorskip("distributed")
    with ExitStack() as running:

        def start(*command: str) -> subprocess.Popen[bytes]:
            with (tmp_path / "dask.log").open("ab") as log:
                process = subprocess.Popen([sys.executable, "-m", "dask", *command], stdout=log, stderr=log)
            running.callback(process.wait)
            running.callback(process.kill)
            return process

        told = tmp_path / "scheduler.json"
        start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
        own = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path))
        four = [start("worker", "--scheduler-file", str(told), "--host", "127.0.0.1", *own) for _ in range(4)]
        while (tmp_path / "dask.log").read_bytes().count(b"Registered to:") < 4:
            assert all(process.poll() is None for process in four), (tmp_path / "dask.log").read_text()
            time.sleep(0.1)
        from json import loads

        yield loads(told.read_text())["address"], four


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_two_of_four_workers_may_be_killed(workers: tuple[str, list[subprocess.Popen[bytes]]]) -> None:
    """What they had in hand is done again by the others, and the report is that of one process, byte for byte."""
    address, four = workers
    settings = Settings(source="sample", project=bundled_root())
    span = {"first": date(2022, 1, 3), "last": date(2024, 7, 11)}
    kills = iter(four[:2])

    def kill(done: int, of: int) -> None:
        if 0 < done < of and (one := next(kills, None)):
            os.kill(one.pid, signal.SIGKILL)

    spread_out = replay(settings, Span(**span, scheduler=address), kill)  # type: ignore[arg-type]
    assert next(kills, None) is None, "it was over before two could be killed"
    alone = replay(settings, Span(**span, jobs=2))  # type: ignore[arg-type]
    assert {**spread_out, "time": None} == {**alone, "time": None}
    assert spread_out["errors"] == []
