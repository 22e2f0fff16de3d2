"""Send a request, and know for certain whether it may have had an effect on the other side.

Whatever is lost on the way to a change is told as `UnsureError`, and never tried again here. A service that was not
reached, or that refused, has done nothing: `RefusedError`. What changes nothing that anybody sees may be tried again.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from generator.errors import RefusedError, UnsureError

if TYPE_CHECKING:
    import httpx2

CONNECT, READ, WHOLE = 10.0, 40.0, 90.0
"""Seconds that are waited for a connection, for the next byte, and for a whole answer."""
LONGEST_PAUSE = 60.0
"""Seconds; a longer pause that a service asks for is left to the next run."""
LARGEST = 8_000_000
_AGENT = "market-commentary-generator"
_SHOWN = 300


def at(data: Any, *path: str | int) -> Any:
    """What stands at a path in data of any shape; None where nothing does."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The answer as data; None where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    def get(self, *path: str | int) -> Any:
        """What stands at a path in the data; None where nothing does."""
        return at(self.json(), *path)

    def rows(self, *path: str | int) -> list[dict[str, Any]]:
        """The list of things that stands there; empty where there is none."""
        found = self.get(*path)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def text(self, *path: str | int) -> str:
        """The same as text, empty where there is none."""
        found = self.get(*path)
        return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


@dataclass(slots=True)
class Wire:
    """Speaks to one service."""

    name: str
    base: str
    hidden: set[str] = field(default_factory=set)
    """Secrets, which are taken out of whatever is told."""
    patience: float = 1.0
    headers: dict[str, str] = field(default_factory=dict)
    follow: bool = False
    """Whether to go on to where an answer leads; only pages are read so, with no key."""
    sign: Callable[[str, str, Mapping[str, str]], Mapping[str, str]] | None = None
    """Headers for one request alone, from its method, address and query."""
    _client: Any = None

    def hide(self, *secrets: str) -> None:
        """Never tell these."""
        self.hidden.update(secret for secret in secrets if len(secret) >= 4)

    def scrubbed(self, text: str) -> str:
        """The text without any secret, on one line, and not at any length."""
        for secret in sorted(self.hidden, key=len, reverse=True):
            text = text.replace(secret, "…")
        text = " ".join("".join(one if one.isprintable() else " " for one in text).split())
        return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"

    def pause(self, seconds: float) -> None:
        """Wait, as long as the run is patient."""
        time.sleep(seconds * self.patience)

    def read(self, path: str, **given: Any) -> Answer:
        """GET something. Tried three times, as reading changes nothing."""
        return self.harmless("GET", path, **given)

    def harmless(self, method: str, path: str, **given: Any) -> Answer:
        """Ask for what nobody sees, such as a draft: it may be tried again. Raises `RefusedError`."""
        for attempt in range(3):
            try:
                return self.change(method, path, **given)
            except UnsureError as error:
                lost = error
            except RefusedError as error:
                if error.status or attempt == 2:
                    raise
                lost = UnsureError(str(error))
            if attempt < 2:
                self.pause(1 + 2 * attempt)
        raise RefusedError(str(lost), later=True) from lost

    def change(self, method: str, path: str, **given: Any) -> Answer:
        """Ask once for a change. Raises `UnsureError` where it may have happened, `RefusedError` where it has not."""
        for _ in range(2):
            answer = self._ask(method, path, **given)
            if answer.status != 429:
                break
            wait = _seconds(answer.headers.get("retry-after", ""))
            if wait is None or wait > LONGEST_PAUSE:
                break
            self.pause(wait)  # too many requests: it was not looked at, so it may be asked again
        return self._judged(answer)

    def _judged(self, answer: Answer) -> Answer:
        if 200 <= answer.status < 300:
            return answer
        told = f"{self.name} answered {answer.status}"
        said = self.scrubbed(_message(answer))
        whole = f"{told}: {said}" if said else f"{told} without a word"
        if answer.status == 429:
            raise RefusedError(f"{self.name} has had too many requests.{_again(answer)}", later=True, status=429)
        if answer.status >= 500 or answer.status == 408:
            raise UnsureError(whole)
        raise RefusedError(whole, status=answer.status, data=answer.json())

    def _ask(self, method: str, path: str, **given: Any) -> Answer:
        """One request. What never left is refused; what got no whole answer is unsure."""
        import httpx2

        client = self._client or self._opened()
        address = path if path.startswith("http") else f"{self.base.rstrip('/')}{path}"
        if self.base and _owner(address) != _owner(self.base):
            raise RefusedError(f"{self.name} named an address elsewhere, to which no key is sent")
        headers = {**self.headers, **given.pop("headers", {})}
        headers |= self.sign(method, address, given.get("params", {})) if self.sign else {}
        end = time.monotonic() + WHOLE * max(self.patience, 0.01)
        try:
            with client.stream(method, address, headers=headers, **given) as response:
                body = bytearray()
                for piece in response.iter_bytes():
                    body += piece
                    if len(body) > LARGEST or time.monotonic() > end:
                        raise UnsureError(f"the answer of {self.name} did not end")
                return Answer(response.status_code, dict(response.headers), bytes(body))
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError) as error:
            raise RefusedError(f"{self.name} could not be reached ({self.scrubbed(str(error))})", later=True) from error
        except (httpx2.UnsupportedProtocol, httpx2.LocalProtocolError, httpx2.InvalidURL, UnicodeError) as error:
            raise RefusedError(f"{self.name} could not be asked ({self.scrubbed(str(error))})") from error
        except httpx2.TimeoutException as error:
            raise UnsureError(f"{self.name} did not answer in time") from error
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            why = self.scrubbed(str(error)) or "it was cut off"
            raise UnsureError(f"the connection to {self.name} was lost ({why})") from error

    def _opened(self) -> httpx2.Client:
        import httpx2

        wait = max(self.patience, 0.01)
        timeout = httpx2.Timeout(READ * wait, connect=CONNECT * wait)
        # No connection is kept: one that the service has let go meanwhile would look like an answer that was lost.
        limits = httpx2.Limits(max_keepalive_connections=0)
        agent = {"User-Agent": _AGENT}
        self._client = httpx2.Client(timeout=timeout, limits=limits, follow_redirects=self.follow, headers=agent)
        client: httpx2.Client = self._client
        return client

    def close(self) -> None:
        """Let the connection go."""
        if self._client is not None:
            self._client.close()
            self._client = None


def _owner(address: str) -> tuple[bool, str]:
    """Whether an address is encrypted, and the end of its host, which tells whose it is."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    return parts.scheme == "https", host if host.replace(".", "").isdigit() else ".".join(host.split(".")[-2:])


def _again(answer: Answer) -> str:
    """When a service that has had too many requests may be asked again, if it says so."""
    if (wait := _seconds(answer.headers.get("retry-after", ""))) is not None:
        return f" It asks for a pause of {wait:,.0f} seconds."
    moment = _seconds(answer.headers.get("x-rate-limit-reset", ""))
    if moment is None or not 1e9 < moment < 1e10:
        return ""
    return f" It may be asked again from {datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M} UTC."


def _seconds(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\d{1,12}", text.strip()) else None


def _message(answer: Answer) -> str:
    """What a service said was wrong, in whatever form it says so."""
    data = answer.json()
    if data is None:
        text = re.sub(r"(?s)<(style|script|head).*?</\1>|<[^>]*>", " ", answer.body[:4_000].decode("utf-8", "replace"))
        return " ".join(text.split())
    return "; ".join(dict.fromkeys(_messages(data)))


_TELLING = ("message", "error_description", "error", "detail", "title", "code", "errors", "error_user_msg", "context")


def _messages(data: Any, depth: int = 0) -> Iterable[str]:
    if isinstance(data, str):
        yield data
    elif depth > 8:
        return
    elif isinstance(data, list):
        for one in data[:3]:
            yield from _messages(one, depth + 1)
    elif isinstance(data, dict):
        for name in _TELLING:
            if name in data:
                yield from _messages(data[name], depth + 1)
