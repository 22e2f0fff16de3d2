"""Every request passes here first: who may ask, in which form, and how much he may send."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN = "x-desk-token"
"""The header that holds the run's token."""
MOST = 1_000_000
"""Bytes of the largest body."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "frame-src 'self'; object-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the desk's own page may load: nothing that is not the desk's, no script within the page."""
_PROTECTS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class TooLargeError(Exception):
    """A body goes on beyond what is taken."""


class Gate:
    """Refuses what does not come from a page of this desk, before anything of it is looked at."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self.app, self.token = app, token
        self.hosts = [f"{name}:{port}" for name in ("127.0.0.1", "localhost")]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a refusal, or let the request pass with its body counted and the answer protected."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # a socket of another kind: the desk has none
        headers = Headers(scope=scope)
        refusal = self._refusal(scope["method"], scope["path"], headers)
        if refusal:
            await refusal(scope, receive, self._protected(send))
            return
        try:
            await self.app(scope, self._counted(receive), self._protected(send))
        except TooLargeError:
            await _refused(413, _TOO_LARGE)(scope, receive, self._protected(send))

    def _refusal(self, method: str, path: str, headers: Headers) -> JSONResponse | None:
        if headers.get("host") not in self.hosts:
            return _refused(421, "This desk answers on its own machine alone.")
        origin = headers.get("origin")
        if origin is not None and origin not in [f"http://{host}" for host in self.hosts]:
            return _refused(403, "Another site may not ask the desk.")
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return _refused(403, "Another site may not ask the desk.")
        if method not in ("GET", "HEAD", "POST"):
            return _refused(405, "The desk takes GET and POST.")
        if path.startswith("/api/") and not _same(headers.get(TOKEN, ""), self.token):
            return _refused(401, "Open the desk by the address that the terminal shows.")
        if method == "POST" and headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _refused(415, "The desk takes JSON alone.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST:
            return _refused(413, _TOO_LARGE)
        return None

    def _counted(self, receive: Receive) -> Receive:
        """The request's body, as long as it is no larger than it may be."""
        got = 0

        async def counted() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > MOST:
                raise TooLargeError
            return message

        return counted

    def _protected(self, send: Send) -> Send:
        """Answers with what keeps a browser from doing more with them than the desk wants."""

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _missing(headers):
                    headers[name] = value
            await send(message)

        return protected


_TOO_LARGE = f"That is more than {MOST // 1_000:,} kB, which is the most that the desk takes. Nothing is changed."


def _missing(headers: MutableHeaders) -> Iterable[tuple[str, str]]:
    given = {**_PROTECTS, "content-security-policy": POLICY}
    return [(name, value) for name, value in given.items() if name not in headers]


def _refused(status: int, why: str) -> JSONResponse:
    return JSONResponse({"error": why}, status)


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())
