"""Kill deliveries at chance moments; afterwards nothing is out twice, nothing is lost, and what is in doubt is told.

The real command line over the real HTTP stack against the fake networks on loopback, all of them. A third of the kills
fall anywhere in a run, a third close to the arrival of a post, and a third right after the outbox has put down that one is
being sent. After each issue's last run a person resolves what is in doubt, by looking at the network.
`python -m tests.delivery.kills --kills 300 --messages 1000 --seed 1` exits 1 at the first fault.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path

from generator.delivery.outbox import FILE, State, read_outbox
from tests.delivery.publications import Desk, write_issue
from tests.servers.networks import ROUTES, SECRETS, Networks

ROOT = Path(__file__).resolve().parents[2]
_LONGEST = 3.0
"""Seconds that a post is waited for; a run that had less to send than was thought has ended by then."""
FIRST = date(2020, 1, 2)
MAILS = ("buttondown", "ghost", "listmonk", "mailchimp", "kit")
NURSE = """
import json, os, sys
import httpx2, pydantic, yaml, generator.cli, generator.verbs.deliver, generator.delivery.services as services
from importlib import import_module
for name in (*services.SENDERS,):
    import_module(f"generator.delivery.senders.{name}")
import exchange_calendars
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if child == 0:
        handle = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 1), os.dup2(handle, 2)
        os.environ.update(order["environment"])
        try:
            generator.cli.main(order["arguments"])
        except SystemExit as leaving:
            sys.stdout.flush(), sys.stderr.flush()
            os._exit(leaving.code if isinstance(leaving.code, int) else 70)
        os._exit(70)
    print(child, flush=True)
    sys.stdin.readline()  # until its end is asked for, the child's number is nobody else's
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Fault(Exception):
    """Something is out twice, lost, or not told."""


@dataclass
class Operator:
    """Who delivers, is killed, and looks what came of it."""

    desk: Desk
    nurse: subprocess.Popen[str]
    chance: random.Random
    seen: Counter[str] = field(default_factory=Counter)

    def start(self, session: date, *more: str) -> int:
        place = self.desk.place
        arguments = ["deliver", "--project", str(place), "--output", str(self.desk.output), *more]
        arguments += [] if "--resolve" in more else ["--live", "--session", session.isoformat()]
        environment = {
            **SECRETS,
            "NO_PROXY": "*",
            "COMMENTARY_PATIENCE": "0.02",
            "COMMENTARY_SECRETS": str(place / "secrets"),
        }
        return self._said({"arguments": arguments, "environment": environment, "log": str(place / "log")})

    def ended(self) -> int:
        return self._said("and then?")

    def _said(self, line: object) -> int:
        assert self.nurse.stdin is not None
        assert self.nurse.stdout is not None
        self.nurse.stdin.write(f"{json.dumps(line)}\n")
        self.nurse.stdin.flush()
        return int(self.nurse.stdout.readline())

    def kill(self, session: date, messages: int) -> bool:
        """Whether a run was killed before its end: at any moment, or close to one of the posts that are left."""
        net = self.desk.net
        left = messages - sum(state is State.SENT for state in self.records(session).values())
        wanted, begun = self.chance.randint(1, max(left, 1)), time.monotonic()
        moment = self.chance.choice(["anywhere", "asked", "put down"])
        came = {"asked": lambda: posts(net), "put down": self.put_down}.get(moment)
        before = came() if came else 0
        run = self.start(session)
        if came:
            while came() < before + wanted and time.monotonic() < begun + _LONGEST:
                time.sleep(0.0003)
            time.sleep(self.chance.uniform(0, 0.02 if moment == "asked" else 0.004))
        else:
            time.sleep(self.chance.uniform(0, 1.2))
        with suppress(ProcessLookupError):
            os.kill(run, signal.SIGKILL)
        return self.ended() == -signal.SIGKILL

    def put_down(self) -> int:
        """How many times the outbox says that something is being sent."""
        path = self.desk.output / FILE
        return path.read_bytes().count(b'"state": "sending"') if path.exists() else 0

    def log(self) -> str:
        return (self.desk.place / "log").read_text(encoding="utf-8")

    def records(self, session: date) -> Mapping[str, State]:
        found = read_outbox(self.desk.output).latest
        return {key: one.state for key, one in found.items() if key.startswith(session.isoformat())}

    def settle(self, session: date, expected: Mapping[str, list[str]]) -> None:
        """Deliver until everything is out; a person resolves what is in doubt, by what can be seen on the network."""
        for _ in range(12):
            self.start(session)
            code = self.ended()
            states = self.records(session)
            doubtful = [key for key, state in states.items() if state is State.UNKNOWN]
            if any(state is State.SENDING for state in states.values()):
                raise Fault(f"a run that ended left a message in 'sending':\n{self.log()}")
            if code == 0:
                return
            if not doubtful:
                raise Fault(f"a run ended with {code}, with nothing in doubt:\n{self.log()}")
            for key in doubtful:
                if key.split(":")[1] not in self.log() or "unknown" not in self.log():
                    raise Fault(f"{key} is in doubt, and that is not told:\n{self.log()}")
                channel, part = key.split(":")[1:3]
                text = expected[channel][int(part) - 1 if part.isdigit() else 0]
                out = text in self.desk.net.texts(channel)
                self.seen[f"{channel}, in doubt, {'had arrived' if out else 'had not'}"] += 1
                self.start(session, "--resolve", key, "sent" if out else "retry")
                if self.ended():
                    raise Fault(self.log())
        raise Fault(f"{session} does not come to an end:\n{self.log()}")


def posts(net: Networks) -> int:
    """How many requests to publish have come in."""
    patterns = [pattern for method, pattern, _, publishes in ROUTES if publishes]
    return sum(any(pattern.fullmatch(one.path) for pattern in patterns) for one in list(net.requests))


def check(net: Networks) -> None:
    """Nothing is out twice."""
    for service in net.published:
        twice = [text for text, count in Counter(net.texts(service)).items() if count > 1]
        if twice:
            raise Fault(f"{service}: out twice: {twice}")


def words_of(folder: Path, channel: str) -> list[str]:
    """What a channel is to have of an issue, part by part."""
    if channel in MAILS:
        mail = BytesParser(policy=policy.default).parsebytes((folder / "newsletter.eml").read_bytes())
        return [str(mail["Subject"])]
    file = folder / ("x-thread.txt" if channel == "x" else f"{channel}.txt")
    return [post.strip() for post in file.read_text(encoding="utf-8").strip().split("\n\n---\n\n")]


def trial(operator: Operator, kills: int, messages: int) -> Counter[str]:
    """Deliver issue after issue, killing runs; gives back what was seen."""
    desk, net = operator.desk, operator.desk.net
    chosen = {**desk.all_posts(), "x": {**desk.all_posts()["x"], "thread": True}, **desk.all_mails()}
    del chosen["buffer"]
    desk.configure(await_pages=False, **chosen)
    session, fell, begun = FIRST, 0, time.monotonic()
    while fell < kills or sum(map(len, net.published.values())) < messages:
        folder = write_issue(desk.output, desk.address, session, mark=f" of {session.year}")
        expected = {name: words_of(folder, name) for name in chosen}
        for _ in range(operator.chance.choice([1, 2, 3, 4, 5])):
            if operator.kill(session, sum(map(len, expected.values()))):
                fell += 1
                operator.seen["kills"] += 1
            check(net)
            net.requests.clear()
        operator.settle(session, expected)
        check(net)
        for channel, texts in expected.items():
            if lost := [text for text in texts if text not in net.texts(channel)]:
                raise Fault(f"{channel}: lost: {lost}\n{operator.log()}")
            operator.seen["messages"] += len(texts)
        session += timedelta(days=1)
        if (session - FIRST).days % 20 == 0:
            print(
                f"{fell} kills, {operator.seen['messages']} messages, {time.monotonic() - begun:.0f} s", file=sys.stderr
            )
    return operator.seen


def run(place: Path, kills: int, messages: int, seed: int) -> Counter[str]:
    """The trial in a folder of its own."""
    with Networks(slow=0.004) as net:
        (place / "secrets").touch(0o600)
        nurse = subprocess.Popen(
            [sys.executable, "-c", NURSE], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            return trial(Operator(Desk(place, net), nurse, random.Random(seed)), kills, messages)
        finally:
            assert nurse.stdin is not None
            nurse.stdin.close()
            nurse.wait()
            assert nurse.stdout is not None
            nurse.stdout.close()


def main() -> None:
    """Run the trial and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--messages", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    place = Path(tempfile.mkdtemp())
    try:
        seen = run(place, given.kills, given.messages, given.seed)
    except Fault as fault:
        sys.exit(f"{fault}\nkept for inspection: {place}")
    for what, count in sorted(seen.items()):
        print(f"{count:>6}  {what}")
    print("nothing is out twice, nothing is lost, everything in doubt was told")


if __name__ == "__main__":
    main()
