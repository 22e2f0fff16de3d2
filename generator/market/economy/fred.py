"""Economic series from FRED's keyless CSV, one after another, each with a status and a reason.

One request for each series, with a pause between them, each limited in time, retried if a wait may help, and all of
them within one deadline. Once FRED says to slow down, or cannot be reached at all, it is not asked again.
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
"""The longest answer that is read, in bytes: about ten times the size of the longest series."""

Reply = tuple[Observations | None, Finding]
Told = TypeVar("Told")


logging.getLogger("stamina").addHandler(logging.NullHandler())  # a failed try shows in its status, not on stderr


class _TryAgainError(Exception):
    """A failure that another try may cure."""


@dataclass(slots=True)
class Fred:
    """One run's dealings with FRED."""

    base: str = BASE
    name: str = ORIGIN
    agent: str = _AGENT
    """The user agent; if empty, that of Python's own client."""
    seconds: float = 90.0
    """For all series together, including retries and pauses."""
    seconds_each: float = 10.0
    """For one answer, from asking to its last byte."""
    tries: int = 3
    pause: float = 0.05
    wait: float = 0.5
    """Seconds before the second try; doubled before the third."""
    _until: float = field(init=False)
    _opener: OpenerDirector = field(init=False)
    _stopped: tuple[Status, str] | None = None
    """Why nothing more is asked; given as the reason for every later series."""

    def __post_init__(self) -> None:
        self._until = time.monotonic() + self.seconds
        self._opener = build_opener()  # picks up the proxies and certificates in the environment

    @classmethod
    def usual(cls) -> Fred:
        """The defaults, with waits scaled by `COMMENTARY_PATIENCE`."""
        by, usual = patience(), cls()
        each, pause, wait = usual.seconds_each * by, usual.pause * by, usual.wait * by
        return cls(seconds=usual.seconds * by, seconds_each=each, pause=pause, wait=wait)

    def fetch(self, series: str, since: date | None = None) -> Reply:
        """The series from the day `since` on (by default from 1987), or None; and how it went."""
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
        """The result of `ask`, which may make several requests, or None; and how it went."""
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
            if isinstance(error, URLError | TimeoutError):  # FRED is out of reach, so no other answer would come either
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
        """The body of the answer, retried while that may help; a web page is a fault unless `page` is set."""
        import stamina  # it loads asyncio and all that goes with it, which only a run that asks needs

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
    """Fetch each series from its day in `since` on; `advance` is called with each finding as it comes in."""
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
    """The whole body; raises if it comes too slowly, is cut short or does not end."""
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
    """Whether another try may succeed: not if FRED has refused, nor if the certificate is not FRED's."""
    if isinstance(error, HTTPError):
        return error.code >= 500
    if isinstance(error, URLError) and isinstance(error.reason, SSLError):
        return False
    return isinstance(error, _TryAgainError | HTTPException | OSError)


def _reason(error: Exception) -> str:
    """What went wrong, in one line."""
    said = error.reason if isinstance(error, URLError) else error
    return str(said) or type(said).__name__
