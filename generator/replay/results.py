"""Keeps tallies in a file beside the report, so that an interrupted replay can continue.

It has one line of JSON for each session, after a first line that identifies the content, prices and program they were
made with. A line that was cut off is dropped; lines under another first line are not used.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any

import numpy as np
import orjson

from generator.errors import OutputError
from generator.model import Market, Publication
from generator.replay.tally import Tally

FIELDS = ("open", "high", "low", "close", "adj_close")


@dataclass(frozen=True, slots=True)
class Batch:
    """Some sessions' tallies, and the text of every sentence that appears in them for the first time."""

    tallies: tuple[Tally, ...]
    texts: Mapping[str, str]


@dataclass(slots=True)
class Results:
    """The sessions counted so far, kept in the file `path` if one is given."""

    key: str
    path: Path | None = None
    tallies: dict[str, Tally] = field(default_factory=dict)
    """By session, as an ISO date."""
    texts: dict[str, str] = field(default_factory=dict)
    _file: IO[bytes] | None = None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """A context in which every batch is written to the file as soon as it is added."""
        if self.path is None:
            yield
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a+b") as self._file:
                self._claim()
                whole = self._read()
                self._file.truncate(whole)
                self._file.seek(whole)
                if not whole:
                    self._file.write(_line({"key": self.key}))
                yield
        except OSError as error:
            raise OutputError(f"{self.path}: the results cannot be kept ({error.strerror or error}).") from error

    def _claim(self) -> None:
        """Lock the file while it is open: two replays writing to it would cut off each other's lines."""
        assert self._file is not None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputError(
                f"{self.path}: another replay is at work on it. Wait for it, or name another report."
            ) from error

    def add(self, batch: Batch) -> None:
        """Keep a batch."""
        self._take(batch.tallies, batch.texts)
        if self._file:
            lines = [_line({"texts": batch.texts}), *(_line(tally) for tally in batch.tallies)]
            self._file.write(b"".join(lines))
            self._file.flush()

    def _take(self, tallies: Iterable[Tally], texts: Mapping[str, str]) -> None:
        self.tallies |= {tally.session.isoformat(): tally for tally in tallies}
        self.texts |= texts

    def _read(self) -> int:
        """Load the file's results if it has the same key; return how many of its bytes are whole, usable lines."""
        assert self.path is not None
        if not self.path.exists():
            return 0
        whole = 0
        with self.path.open("rb") as file:
            for number, line in enumerate(file):
                record = _parsed(line)
                if record is None or (number == 0 and record != {"key": self.key}):
                    break
                if number and not self._taken(record):
                    break
                whole += len(line)
        return whole

    def _taken(self, record: Any) -> bool:
        """Load one line's tally or texts; False for a line that this program never wrote."""
        try:
            tallies = [Tally.read(record)] if "session" in record else []
            texts = {} if tallies else {str(key): str(text) for key, text in record["texts"].items()}
        except (AttributeError, KeyError, TypeError, ValueError):
            return False
        self._take(tallies, texts)
        return True


def _line(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def _parsed(line: bytes) -> Any:
    """The line as plain values; None if it was cut off."""
    try:
        return orjson.loads(line) if line.endswith(b"\n") else None
    except orjson.JSONDecodeError:
        return None


def key_of(publication: Publication, edition: str, market: Market, formats: Iterable[str]) -> str:
    """A digest of everything that determines an edition: content, templates, prices, and the program itself."""
    digest = blake2b(digest_size=16)
    program = Path(__file__).resolve().parents[1]
    for text in (edition, *formats, market.source, market.supplier, str(market.sessions[-1])):
        digest.update(f"{text}\n".encode())
    for folder, pattern in (
        (program, "**/*.py"),
        (publication.root / "content", "**/*"),
        *((templates, "**/*") for templates in publication.templates),
    ):
        for path in sorted(path for path in folder.glob(pattern) if path.is_file()):
            digest.update(f"{path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes())
    digest.update(market.sessions.tobytes())
    for symbol, bars in sorted(market.histories.items()):
        for name in FIELDS:
            column = bars.column(name)
            if column is not None:
                digest.update(f"{symbol} {name}\n".encode() + np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()
