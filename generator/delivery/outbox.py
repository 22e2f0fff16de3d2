"""The outbox: one line for each thing that happened to each message, on the disk before the next thing happens.

A message goes `planned → sending → sent | refused | unknown`. What is found in `sending` when a run begins was cut
off, so it may or may not have arrived: it becomes `unknown`. Lines are only ever added. A kill can tear the last one;
a torn line was never acted on, as nothing is sent before its line is on the disk. The next run marks its end.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.errors import DeliveryError, NotYetError

FILE = "outbox.jsonl"
_MARK = b" this line was cut off"
"""Is put at the end of a torn line; no line that is whole ends like this."""
_POLL = 0.2
LARGEST = 500_000_000
Clock = Callable[[], datetime]


class State(StrEnum):
    """What is known of a message."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Key:
    """What makes two messages the same: the issue, where it goes, which part it is, and its words."""

    issue: str
    channel: str
    part: str
    digest: str

    @classmethod
    def of(cls, issue: str, channel: str, part: str, *content: bytes) -> Key:
        """The key of a message with this content."""
        digest = sha256(b"".join(len(one).to_bytes(8, "big") + one for one in content)).hexdigest()
        return cls(issue, channel, part, digest[:16])

    def __str__(self) -> str:
        return f"{self.issue}:{self.channel}:{self.part}:{self.digest}"

    @property
    def place(self) -> tuple[str, str, str]:
        """The same without the words."""
        return self.issue, self.channel, self.part


@dataclass(frozen=True, slots=True)
class Record:
    """One line: what became of a message at a moment."""

    key: str
    state: State
    at: datetime
    why: str = ""
    id: str = ""
    address: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)
    """What a service was given before it was asked to publish, by which the message is found again."""

    @property
    def place(self) -> tuple[str, ...]:
        """The message's key without its words."""
        return tuple(self.key.split(":")[:3])

    def line(self) -> bytes:
        """The record as its line."""
        told: dict[str, Any] = {
            "at": self.at.astimezone(UTC).isoformat(),
            "key": self.key,
            "state": self.state,
            "why": self.why,
        }
        told |= {"id": self.id, "address": self.address, "kept": dict(self.kept)}
        return json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False).encode() + b"\n"


@dataclass(slots=True)
class Outbox:
    """What is known of every message so far; with a handle it can be added to."""

    path: Path
    latest: dict[str, Record] = field(default_factory=dict)
    """The last record of each message, in the order in which messages first appeared."""
    newest: dict[str, Record] = field(default_factory=dict)
    """The last record of each channel."""
    begun: dict[str, datetime] = field(default_factory=dict)
    """When each message was first tried."""
    torn: bool = False
    """Whether a kill has cut off the last line."""
    handle: int | None = None
    clock: Clock | None = None

    def state(self, key: Key) -> State | None:
        """The last known state of a message; None if it was never planned."""
        record = self.latest.get(str(key))
        return record.state if record else None

    def holds(self, key: Key) -> bool:
        """Whether a site is what its channel was given last; an earlier one of the same content may be gone again."""
        record = self.newest.get(key.channel)
        return record is not None and record.state is State.SENT and record.key.endswith(f":{key.digest}")

    def other_words(self, key: Key) -> Record | None:
        """A message of the same issue, channel and part in other words, which may be out already."""
        maybe_out = (State.SENT, State.SENDING, State.UNKNOWN)
        found = (one for name, one in self.latest.items() if name != str(key) and one.place == key.place)
        return next((one for one in found if one.state in maybe_out), None)

    def add(self, key: str, state: State, **told: Any) -> Record:
        """Add a record; it is on the disk when this returns."""
        assert self.handle is not None  # the outbox of a dry run is only read
        assert self.clock is not None
        before = self.latest.get(key)
        kept = told.pop("kept", None) or (before.kept if before else {})
        record = Record(key, state, self.clock(), kept=kept, **told)
        line = record.line()
        if os.write(self.handle, line) != len(line):
            raise DeliveryError(f"{self.path}: a line could not be written whole. Free some space on the disk.")
        os.fsync(self.handle)
        self._take(record)
        return record

    def _take(self, record: Record) -> None:
        self.latest[record.key] = self.newest[record.place[1]] = record
        if record.state is State.SENDING:
            self.begun.setdefault(record.key, record.at)


def read_outbox(output: Path) -> Outbox:
    """The outbox of an archive, to be read; an empty one where nothing was delivered yet."""
    box = Outbox(output / FILE)
    try:
        if box.path.stat().st_size > LARGEST:
            raise DeliveryError(f"{box.path}: is larger than {LARGEST:,} bytes, so it is no outbox.")
        content = box.path.read_bytes()
    except FileNotFoundError:
        return box
    except OSError as error:
        raise DeliveryError(f"{box.path}: cannot be read ({error.strerror}).") from error
    _read(box, content)
    return box


def _read(box: Outbox, content: bytes) -> None:
    *lines, tail = content.split(b"\n")
    for number, line in enumerate(lines, 1):
        if line.endswith(_MARK):
            continue
        record = _record(line)
        if record is None:
            raise DeliveryError(
                f"{box.path}:{number}: is not a line of an outbox, so what is out already is not known. "
                "Nothing is sent. Put the file back as it was, or mend that line by hand."
            )
        box._take(record)
    box.torn = bool(tail)


def _record(line: bytes) -> Record | None:
    try:
        told = json.loads(line)
        texts = {name: str(told.get(name, "")) for name in ("why", "id", "address")}
        kept = {str(name): str(value) for name, value in told.get("kept", {}).items()}
        if str(told["key"]).count(":") != 3:
            return None
        return Record(told["key"], State(told["state"]), datetime.fromisoformat(told["at"]), **texts, kept=kept)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


@contextmanager
def opened_outbox(output: Path, clock: Clock, patience: float = 1.0) -> Iterator[Outbox]:
    """The outbox to be added to, while no other run can; raises `NotYetError` where another one is at work for long."""
    path = output / FILE
    try:
        new = not path.exists()
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        try:
            _lock(handle, path, 60 * patience)
            if new:
                _sync_folder(output)
            box = read_outbox(output)
            box.handle, box.clock = handle, clock
            size = os.fstat(handle).st_size
            if size and os.pread(handle, 1, size - 1) != b"\n":
                os.write(handle, _MARK + b"\n")
                os.fsync(handle)
            yield box
        finally:
            os.close(handle)
    except OSError as error:
        if error.filename not in (None, str(path)):
            raise
        raise DeliveryError(f"{path}: cannot be written ({error.strerror}).") from error


def _lock(handle: int, path: Path, seconds: float) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() >= end:
                raise NotYetError(f"{path}: another delivery is at work. Try again when it is done.") from error
            time.sleep(_POLL)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
