"""One HTTP session for everything yfinance asks of Yahoo: paced, limited in time, and stopped by the first refusal.

yfinance takes a session and reads the answers itself, turning a server's failure into "possibly delisted" or keeping it
for the life of the process. So this session raises any fault in an answer as `NoAnswer` before yfinance sees it, and
yfinance passes that on.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import stamina
from curl_cffi.requests import Response, Session
from curl_cffi.requests.exceptions import RequestException

from generator.market.patience import patience
from generator.market.sessions import present
from generator.market.source import Status
from generator.market.yahoo.answer import NoAnswer, TryAgain, read_chart, without_empty_doubles

_CHART = "/v8/finance/chart/"
_ENOUGH = 3
"""After this many failures and not one answer, the service counts as out of reach."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for each step, in seconds."""

    connection: float = 5.0
    answer: float = 20.0
    """For one answer, from its first byte to its last."""
    apart: float = 0.025
    """Between the starts of two requests."""
    back_off: float = 0.5
    """Before the second attempt; doubled before the third."""
    attempts: int = 3
    run: float = 180.0
    """For everything together."""

    @classmethod
    def usual(cls) -> Patience:
        """The defaults times `COMMENTARY_PATIENCE`, except the wait for a connection, which `answer` limits anyway."""
        by, usual = patience(), cls()
        waits = {name: getattr(usual, name) * by for name in ("answer", "apart", "back_off", "run")}
        return replace(usual, **waits)


class YahooSession(Session[Response]):
    """The session for `Ticker(symbol, session=…)`; safe for several threads.

    Raises `NoAnswer` for a server's failure, for invalid JSON, for a symbol that Yahoo does not know, and for every
    request after a refusal with 429 that ended the run.
    """

    def __init__(self, patience: Patience) -> None:
        super().__init__(impersonate="chrome")
        self.patience = patience
        self.charts: dict[str, Mapping[str, Any]] = {}
        """The last chart that came for each symbol, as Yahoo sent it."""
        self._stopped: NoAnswer | None = None
        self._until = time.monotonic() + patience.run
        self._next_turn = 0.0
        self._paused_at = 0.0
        self._unanswered = 0
        self._answered = False
        self._silent: set[str] = set()
        self._lock = threading.Lock()

    def request(self, method: Any, url: str, *args: Any, **options: Any) -> Response:
        """One request, retried if that may help."""
        parts = urlsplit(url)
        ask = self._preliminary if _is_preliminary(parts.path, parts.hostname or "") else self._question
        try:
            for attempt in stamina.retry_context(
                on=TryAgain,
                attempts=self.patience.attempts,
                timeout=None,
                wait_initial=self.patience.back_off,
                wait_max=self.patience.back_off * 8,
                wait_jitter=self.patience.back_off / 2,
            ):
                with attempt:
                    return ask(method, url, *args, **options)
        except NoAnswer as failure:
            self._give_up_after(failure)
            raise
        raise AssertionError  # the last attempt returns or raises

    def _preliminary(self, method: Any, url: str, *args: Any, **options: Any) -> Response:
        """A request for a cookie or crumb. A chart can do without them, so one that failed is not asked for again."""
        where = url.partition("?")[0]
        if where in self._silent:
            raise RequestException(f"{where} did not answer")
        try:
            response = self._once(method, url, args, options, self.patience.answer / 4)
        except RequestException:
            self._silent.add(where)
            raise
        if response.status_code >= (400 if where.endswith("/getcrumb") else 500):
            self._silent.add(where)
        return self._examined(response)

    def _question(self, method: Any, url: str, *args: Any, **options: Any) -> Response:
        """A request about a symbol."""
        try:
            response = self._once(method, url, args, options, self.patience.answer)
        except RequestException as error:
            words = str(error).removeprefix("Failed to perform, ").partition(". See ")[0]
            raise TryAgain(Status.NETWORK, f"Yahoo Finance could not be reached ({words})") from error
        if response.status_code >= 500:
            raise TryAgain(Status.NETWORK, f"Yahoo Finance broke down while answering (HTTP {response.status_code})")
        self._answered = True
        return self._examined(response)

    def _examined(self, response: Response) -> Response:
        """The answer, after keeping its chart if it has one; a consent page is left to yfinance."""
        path = unquote(urlsplit(str(response.url)).path)
        if path.startswith(_CHART) and response.status_code not in (401, 403):
            chart = read_chart(response.content)
            whole = without_empty_doubles(chart)
            if whole is not chart:
                response.content = json.dumps({"chart": {"result": [whole], "error": None}}).encode()
            self.charts[path.removeprefix(_CHART)] = whole
        return response

    def _once(self, method: Any, url: str, args: tuple[Any, ...], options: dict[str, Any], seconds: float) -> Response:
        began = self._take_turn()
        left = max(min(seconds, self._until - began), 0.01)
        connection = min(self.patience.connection, left / 2)
        response = super().request(method, url, *args, **{**options, "timeout": (connection, left - connection)})
        if response.status_code == 429:
            raise self._refused(response, began)
        return response

    def _take_turn(self) -> float:
        """Wait until the next request may start, and return that time."""
        while True:
            with self._lock:
                now = time.monotonic()
                if self._stopped is None and now >= self._until:
                    limit = f"fetching takes {self.patience.run:g} seconds at most"
                    self._stopped = NoAnswer(Status.NETWORK, f"there was no time left for it ({limit})")
                if self._stopped is not None:
                    raise NoAnswer(self._stopped.status, self._stopped.reason)
                if now >= self._next_turn:
                    self._next_turn = now + self.patience.apart
                    return now
                wait = self._next_turn - now
            time.sleep(wait)

    def _refused(self, response: Response, began: float) -> NoAnswer:
        """After a refusal: pause once, for as long as asked, if there is time for it; otherwise stop all requests."""
        seconds = pause_asked_for(response.headers.get("Retry-After"))
        pause = TryAgain(Status.RATE_LIMITED, "Yahoo Finance asks for a pause (HTTP 429)")
        with self._lock:
            now = time.monotonic()
            if self._stopped is None and began < self._paused_at:  # it was already under way when another was refused
                return pause
            if seconds is not None and not self._paused_at and now + seconds < self._until:
                self._paused_at, self._next_turn = now, now + seconds
                return pause
            wait = "wait some minutes" if seconds is None else f"wait {timedelta(seconds=round(seconds))}"
            self._stopped = NoAnswer(Status.RATE_LIMITED, f"{pause.reason}: {wait}, then run again")
            return self._stopped

    def _give_up_after(self, failure: NoAnswer) -> None:
        """Stop after a few failures without a single answer, so that the other symbols need not each wait in vain."""
        with self._lock:
            self._unanswered += failure.status is Status.NETWORK
            if self._unanswered >= _ENOUGH and not self._answered and self._stopped is None:
                self._stopped = failure


def _is_preliminary(path: str, host: str) -> bool:
    return path.endswith("/getcrumb") or not host.startswith(("query1.", "query2."))


def pause_asked_for(text: str | None) -> float | None:
    """The seconds that a `Retry-After` header asks for, given in seconds or as a date; None if it gives neither."""
    if text is None:
        return None
    try:
        return max(float(text), 0.0)
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - present()).total_seconds(), 0.0)
