"""A small version of `make delivery-kills`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from generator.delivery.outbox import State, read_outbox
from tests.delivery.kills import ROOT, run
from tests.delivery.publications import SESSION, Desk
from tests.servers.networks import Networks


def test_no_kill_doubles_or_loses_a_message(tmp_path: Path) -> None:
    """At chance moments of a few deliveries; the long version is `make delivery-kills`."""
    seen = run(tmp_path, kills=8, messages=30, seed=3)
    assert seen["kills"] >= 8
    assert seen["messages"] >= 30


def test_two_timers_at_once_deliver_once(desk: Desk, net: Networks) -> None:
    """One does it; the other waits, finds everything out, and says so."""
    desk.configure(await_pages=False, **desk.all_posts(), **desk.all_mails())
    net.slow = 0.01
    command = [sys.executable, "-m", "generator", "deliver", "--live", "--session", SESSION.isoformat()]
    command += ["--project", str(desk.place), "--output", str(desk.output)]
    environment = {**os.environ, "COMMENTARY_PATIENCE": "0.2"}
    runs = [subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    told = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], told
    assert sorted(text.count("out already") for text in told) == [0, 12, 12]
    assert {name: len(net.texts(name)) for name in net.published} == dict.fromkeys(net.published, 1)
    assert all(one.state is State.SENT for one in read_outbox(desk.output).latest.values())


def test_a_full_disk_stops_before_anything_is_sent(desk: Desk, net: Networks) -> None:
    """What cannot be put down is not sent; with room again, everything goes out once."""
    desk.configure(await_pages=False, x=desk.all_posts()["x"], mastodon=desk.all_posts()["mastodon"])
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); from generator.cli import main; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (250, 250)); main(sys.argv[1:])"
    )
    command = ["deliver", "--live", "--session", SESSION.isoformat(), "--project", str(desk.place)]
    run = subprocess.run(
        [sys.executable, "-c", script, *command, "--output", str(desk.output)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "outbox.jsonl" in run.stderr
    assert "Traceback" not in run.stderr
    assert net.published == {}
    assert [one.state for one in desk.deliver().outcomes] == [State.SENT, State.SENT]
    assert [len(net.texts(name)) for name in ("x", "mastodon")] == [1, 1]


def test_a_delivery_that_is_stopped_says_where_it_stands(desk: Desk, net: Networks) -> None:
    """Ctrl-C while an answer is waited for: no traceback, no word that nothing has changed; the next delivery goes on."""
    desk.configure(await_pages=False, x=desk.all_posts()["x"], mastodon=desk.all_posts()["mastodon"])
    net.faults.append((r"POST /mastodon/api/v1/statuses", "accept, silence"))
    command = [sys.executable, "-m", "generator", "deliver", "--live", "--session", SESSION.isoformat()]
    command += ["--project", str(desk.place), "--output", str(desk.output)]
    environment = {**os.environ, "COMMENTARY_PATIENCE": "1"}
    heeds = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # what a shell starts beside itself ignores Ctrl-C
    run = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeds,
    )
    while not net.texts("mastodon") and run.poll() is None:
        time.sleep(0.01)
    run.send_signal(signal.SIGINT)
    told = run.communicate()[1]
    assert run.returncode == 130, told
    assert told == "stopped: 'commentary deliver --status' tells what is out; deliver again to go on.\n"
    assert [one.state for one in desk.deliver().outcomes] == [State.SENT, State.SENT]
    assert [len(net.texts(name)) for name in ("x", "mastodon")] == [1, 1]
