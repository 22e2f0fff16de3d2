"""FRED's keyless CSV, one series after another, in; observations with a status and its reason out.

One request a series, with a pause between them, each capped in time, tried again where a wait may help, and all of them
within one deadline. Once FRED says to slow down, or cannot be reached at all, nothing more is asked of it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPException, HTTPResponse
from ssl import SSLError
from typing import TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import OpenerDirector, Request, build_opener

import stamina

from generator.errors import DataError
from generator.market.economy.observations import parse_series
from generator.market.patience import patience
from generator.market.sessions import FIRST_DAY
from generator.market.source import Finding, Status
from generator.model import Observations

BASE = "https://fred.stlouisfed.org/graph/fredgraph.csv"
ORIGIN = "FRED"
_AGENT = "market-commentary-generator (+https://fred.stlouisfed.org)"
_LONGEST = 4_000_000
"""Bytes of the longest answer that is read: some ten times what the longest series takes."""

Reply = tuple[Observations | None, Finding]
Told = TypeVar("Told")


logging.getLogger("stamina").addHandler(logging.NullHandler())  # a try that failed is told by its status, not on stderr


class _TryAgainError(Exception):
    """An answer that another try may better."""


@dataclass(slots=True)
class Fred:
    """One run's dealings with FRED."""

    base: str = BASE
    name: str = ORIGIN
    agent: str = _AGENT
    """Who asks; empty: as Python's own client calls itself."""
    seconds: float = 90.0
    """For all series together, tries and pauses included."""
    seconds_each: float = 10.0
    """For one answer, from asking to its last byte."""
    tries: int = 3
    pause: float = 0.05
    wait: float = 0.5
    """Seconds before the second try; doubled before the third."""
    _until: float = field(init=False)
    _opener: OpenerDirector = field(init=False)
    _stopped: tuple[Status, str] | None = None
    """What was the end of asking, for the series that follow."""

    def __post_init__(self) -> None:
        self._until = time.monotonic() + self.seconds
        self._opener = build_opener()  # by the proxies and certificates that the environment names now

    @classmethod
    def usual(cls) -> Fred:
        """With waits as long as `COMMENTARY_PATIENCE` wants them."""
        by, usual = patience(), cls()
        each, pause, wait = usual.seconds_each * by, usual.pause * by, usual.wait * by
        return cls(seconds=usual.seconds * by, seconds_each=each, pause=pause, wait=wait)

    def fetch(self, series: str, since: date | None = None) -> Reply:
        """The series from the day `since` on (by default from 1987), or None; and what became of it."""
        address = f"{self.base}?{urlencode({'id': series, 'cosd': (since or FIRST_DAY).isoformat()})}"
        found, finding = self.answered(
            series, lambda: parse_series(self.text(address), series, self.name, f"FRED series {series}")
        )
        if found is not None and not found.days.size:
            return None, Finding(series, Status.MISSING, f"FRED has no value of it since {since or FIRST_DAY}")
        return found, finding

    def rest(self) -> None:
        """Wait a little before the next request, unless there will be none."""
        if self.pause and not self._stopped:
            time.sleep(self.pause)

    def answered(self, subject: str, ask: Callable[[], Told]) -> tuple[Told | None, Finding]:
        """What `ask` makes of one or more answers, or None; and what became of it."""
        if self._stopped:
            return None, Finding(subject, *self._stopped)
        try:
            return ask(), Finding(subject)
        except HTTPError as error:
            return None, self._refused(subject, error)
        except DataError as error:
            return None, Finding(subject, Status.BAD_DATA, f"{self.name}'s answer is no table of the series: {error}")
        except (_TryAgainError, HTTPException, OSError) as error:
            failed = Status.NETWORK, f"{self.name} could not be read: {_reason(error)}"
            if isinstance(error, URLError | TimeoutError):  # not a fault of this answer: no other would come either
                self._stopped = failed
            return None, Finding(subject, *failed)

    def _refused(self, subject: str, error: HTTPError) -> Finding:
        if error.code == 429:
            wait = error.headers.get("Retry-After", "") if error.headers else ""
            said = f"; it says to wait {wait} seconds" if wait.isdigit() else ""
            self._stopped = Status.RATE_LIMITED, f"{self.name} asks to slow down{said}"
            return Finding(subject, *self._stopped)
        if error.code in (400, 404):
            return Finding(subject, Status.MISSING, f"{self.name} knows no series of this name")
        return Finding(subject, Status.NETWORK, f"{self.name} answered {error.code}")

    def text(self, address: str, page: bool = False) -> str:
        """The body of the answer, which is a web page only where one is wanted; tried again while that may help."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise _TryAgainError("the time for this run is used up")
        for attempt in stamina.retry_context(
            on=_may_pass,
            attempts=self.tries,
            timeout=left,
            wait_initial=self.wait,
            wait_max=4 * self.wait,
            wait_jitter=0,
        ):
            with attempt:
                return self._body(address, page)
        raise AssertionError("stamina returns or raises")  # pragma: no cover

    def _body(self, address: str, page: bool) -> str:
        until = min(time.monotonic() + self.seconds_each, self._until)
        accept = {"Accept": "text/html" if page else "text/csv"}
        request = Request(address, headers={"User-Agent": self.agent, **accept} if self.agent else accept)
        try:
            with self._opener.open(request, timeout=max(until - time.monotonic(), 0.01)) as answer:
                content = _read(answer, until)
        except HTTPError as error:
            error.close()
            raise
        if content.lstrip()[:1] == b"<" and not page:
            raise DataError("it is a web page.")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DataError("it is not text.") from error


def fetch_series(
    series: Sequence[str],
    since: Mapping[str, date] | None = None,
    *,
    fred: Fred | None = None,
    advance: Callable[[Finding], None] | None = None,
) -> dict[str, Reply]:
    """Each series from the day on that `since` names for it; `advance` is told how each fared as it comes in."""
    fred, since = fred or Fred.usual(), since or {}
    replies: dict[str, Reply] = {}
    for number, name in enumerate(series):
        if number and fred.pause:
            time.sleep(fred.pause)
        replies[name] = fred.fetch(name, since.get(name))
        if advance:
            advance(replies[name][1])
    return replies


def _read(answer: HTTPResponse, until: float) -> bytes:
    """The whole body; raises where it comes too slowly, is cut short or does not end."""
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(65_536):
        parts.append(part)
        size += len(part)
        if time.monotonic() > until:
            raise _TryAgainError("the answer came too slowly")
        if size > _LONGEST:
            raise DataError("it does not end.")
    if answer.length:
        raise _TryAgainError("the answer was cut short")
    return b"".join(parts)


def _may_pass(error: Exception) -> bool:
    """Whether another try may fare better: not where FRED has said no, nor where it is not FRED that answers."""
    if isinstance(error, HTTPError):
        return error.code >= 500
    if isinstance(error, URLError) and isinstance(error.reason, SSLError):
        return False
    return isinstance(error, _TryAgainError | HTTPException | OSError)


def _reason(error: Exception) -> str:
    """What went wrong, in one line."""
    said = error.reason if isinstance(error, URLError) else error
    return str(said) or type(said).__name__
