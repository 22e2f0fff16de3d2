"""The desk as a web application: its page, its answers, its events, and the real files of issues."""

from __future__ import annotations

import hmac
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import PurePath

import orjson
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route as Address

from generator.desk import asked
from generator.desk.answers import answer, refusal
from generator.desk.front import Front
from generator.desk.gate import Gate
from generator.errors import CommentaryError, DataError, SettingsError
from generator.project import bundled_root

ASSETS = {
    "": ("desk.html", "text/html"),
    "desk.css": ("desk.css", "text/css"),
    **{f"{name}.js": (f"{name}.js", "text/javascript") for name in (
        "desk", "page", "tonight", "read", "choose", "add", "deliver", "content",
    )},
}  # fmt: skip
"""The desk's own files by address."""
FRAMED = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; font-src 'self' data:; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
"""What an issue's page may do within the desk: be looked at. No script of it runs."""
_MEDIA = {".html": "text/html", ".svg": "image/svg+xml", ".png": "image/png", ".pdf": "application/pdf"}
_DELAY = 0.2
"""Seconds before loading begins, in which the page is served first."""


ROUTES: dict[str, tuple[str, type[asked.Asked]]] = {
    "tonight": ("GET", asked.Asked),
    "issues": ("GET", asked.Asked),
    "issue": ("GET", asked.OfIssue),
    "explain": ("GET", asked.OfFragment),
    "places": ("GET", asked.OfIssue),
    "own": ("GET", asked.OfIssue),
    "channels": ("GET", asked.Asked),
    "figures": ("GET", asked.OfSearch),
    "files": ("GET", asked.Asked),
    "file": ("GET", asked.OfFile),
    "write": ("POST", asked.ToWrite),
    "reading": ("POST", asked.OfIssue),
    "choose": ("POST", asked.ToChoose),
    "judge": ("POST", asked.ToJudge),
    "keep": ("POST", asked.ToKeep),
    "note": ("POST", asked.ToNote),
    "approve": ("POST", asked.ToApprove),
    "deliver": ("POST", asked.ToDeliver),
    "site": ("POST", asked.Asked),
    "attempt": ("POST", asked.ToTry),
    "save": ("POST", asked.ToSave),
}
"""Every address below /api/, with the method and the shape of the request; the office's method of the name answers."""


def make_app(front: Front, port: int, *, load: bool = True) -> Starlette:
    """The application; with `load` it begins to load prices and the second reader once it is up."""

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        timer = threading.Timer(_DELAY, front.load)
        timer.daemon = True
        if load:
            timer.start()
        yield
        timer.cancel()
        front.hub.close()

    addresses = [Address(f"/{name}", partial(_asset, *told), methods=["GET"]) for name, told in ASSETS.items()]
    addresses += [
        Address(f"/api/{name}", _answering(front, name, *told), methods=[told[0]]) for name, told in ROUTES.items()
    ]
    addresses += [
        Address("/api/state", lambda request: answer(front.state()), methods=["GET"]),
        Address("/api/events", partial(_events, front), methods=["GET"]),
        Address("/files/{key}/{session}/{kind}/{path:path}", partial(_file, front), methods=["GET"]),
    ]
    return Starlette(routes=addresses, middleware=[Middleware(Gate, token=front.token, port=port)], lifespan=life)


def _answering(
    front: Front, name: str, method: str, shape: type[asked.Asked]
) -> Callable[[Request], Awaitable[Response]]:
    def respond(given: object) -> Response:
        try:
            one = asked.read(shape, given)
            return answer(getattr(front.office, name)(one))
        except CommentaryError as error:
            return refusal(error)

    async def endpoint(request: Request) -> Response:
        given: object = dict(request.query_params)
        if method == "POST":
            try:
                given = orjson.loads(await request.body() or b"{}")
            except ValueError:
                return refusal(SettingsError("That is no JSON."))
        return await run_in_threadpool(respond, given)

    return endpoint


async def _events(front: Front, request: Request) -> Response:
    return StreamingResponse(front.hub.listen(), media_type="text/event-stream")


def _asset(name: str, media: str, request: Request) -> Response:
    return Response((bundled_root() / "templates" / "desk" / name).read_bytes(), media_type=media)


def _file(front: Front, request: Request) -> Response:
    """A file of an issue; its address holds a key of this run, as a frame sends no header."""
    told = request.path_params
    try:
        if not hmac.compare_digest(told["key"].encode(), front.files_key.encode()):
            raise DataError("There is no such file.")
        content = front.office.content_of(told["session"], told["kind"], told["path"])
    except CommentaryError as error:
        return answer({"error": str(error)}, 404)
    media = _MEDIA.get(PurePath(told["path"]).suffix, "text/plain")
    policy = "frame-ancestors 'self'" if media == "application/pdf" else FRAMED  # no browser shows a PDF in a sandbox
    return Response(content, media_type=media, headers={"content-security-policy": policy})
