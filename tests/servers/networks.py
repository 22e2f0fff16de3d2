"""The networks, newsletters and hosts that issues are delivered to, on loopback: a state machine each, faults by script.

`Networks` speaks HTTP as the real services do, keeps what was published, and plays the next fault of its script where
a request fits: accept and stay silent, accept and answer 504, cut the answer off, refuse in every way that services do.
"""

from __future__ import annotations

import json
import random
import re
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

HOLD = 3.0
"""Seconds that a silent server stays silent, unless the client goes first."""
FAULTS = (
    "accept, silence",
    "accept, 504",
    "accept, reset",
    "accept, garbage",
    "reset",
    "429",
    "429 soon",
    "429 absurd",
    "403 bare",
    "401",
    "500",
    "accept, late",
)


@dataclass
class Request:
    """A request as a service sees it."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body or b"null")

    @property
    def form(self) -> dict[str, str]:
        return {name: values[-1] for name, values in parse_qs(self.body.decode("utf-8", "replace")).items()}


@dataclass
class Reply:
    """What a service answers."""

    status: int = 200
    data: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None

    @property
    def body(self) -> bytes:
        return self.raw if self.raw is not None else json.dumps(self.data).encode() if self.data is not None else b""


@dataclass
class Published:
    """Something that people can see."""

    id: str
    text: str
    seen_from: float = 0.0
    """When it begins to show, on the server's own clock."""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def shows(self) -> bool:
        return time.monotonic() >= self.seen_from


Routed = Callable[["Networks", Request], Reply]
ROUTES: list[tuple[str, re.Pattern[str], Routed, bool]] = []
"""Method, path, what answers, and whether it publishes."""


def route(method: str, path: str, *, publishes: bool = False) -> Callable[[Routed], Routed]:
    """Answer requests of this method whose path matches."""

    def register(answer: Routed) -> Routed:
        ROUTES.append((method, re.compile(path), answer, publishes))
        return answer

    return register


@dataclass
class Networks:
    """All services behind one address, each under a path of its own."""

    late: float = 0.3
    """Seconds after which something published late shows."""
    published: dict[str, list[Published]] = field(default_factory=dict)
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What services hold besides: drafts, pictures, containers."""
    faults: list[tuple[str, str]] = field(default_factory=list)
    """A pattern of `METHOD /path`, and the fault that the next request that fits it meets."""
    requests: list[Request] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)
    """Pages that do not answer."""
    lock: threading.RLock = field(default_factory=threading.RLock)
    playing: str = ""
    slow: float = 0.0
    """Seconds that a request takes at most before it is looked at, and again before it is answered."""
    number: int = 100

    def __enter__(self) -> Networks:
        handler = type("Handler", (_Handler,), {"networks": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def dawdle(self) -> None:
        """Take a little time, so that a kill can fall anywhere."""
        if self.slow:
            time.sleep(random.uniform(0, self.slow))

    def next_id(self) -> str:
        self.number += 1
        return str(self.number)

    def publish(self, service: str, text: str, id: str = "", **more: Any) -> Published:
        """Something is out from now on, or a little later if that is the fault that is played."""
        late = time.monotonic() + self.late if self.playing == "accept, late" else 0.0
        one = Published(id or self.next_id(), text, late, more)
        self.published.setdefault(service, []).append(one)
        return one

    def texts(self, service: str) -> list[str]:
        """What is out on a service, in order."""
        return [one.text for one in self.published.get(service, [])]

    def shown(self, service: str) -> list[Published]:
        """What people can see, the newest first."""
        return [one for one in reversed(self.published.get(service, [])) if one.shows]

    def play(self, request: Request) -> str:
        """The fault that this request meets; empty for none."""
        for place, (pattern, fault) in enumerate(self.faults):
            if re.search(pattern, f"{request.method} {request.path}"):
                del self.faults[place]
                return fault
        return ""

    def answer(self, request: Request) -> Reply:
        """What the service behind the path says."""
        for method, path, answering, _ in ROUTES:
            if method == request.method and path.fullmatch(request.path):
                return answering(self, request)
        return Reply(404, {"error": "not found"})


class _Handler(BaseHTTPRequestHandler):
    networks: Networks
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """A test's output is its own."""

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        size = int(self.headers.get("Content-Length") or 0)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(size)
        if len(body) < size:  # the client was killed before it had said everything
            return
        request = Request(self.command, parts.path, query, headers, body)
        net = self.networks
        net.dawdle()
        with net.lock:
            net.requests.append(request)
            fault = net.play(request)
            net.playing = fault = "" if fault == "pass" else fault
            try:
                reply = self._refusal(fault) if fault and not fault.startswith("accept") else net.answer(request)
            finally:
                net.playing = ""
        self.close_connection = True
        net.dawdle()
        if fault == "reset":
            self._reset()
        elif fault == "accept, silence":
            self.connection.settimeout(HOLD)
            try:
                self.connection.recv(1)
            except OSError:
                pass
        elif fault == "accept, reset":
            self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"da')
            self.wfile.flush()
            self._reset()
        elif fault in ("accept, 504", "accept, late"):
            self._say(Reply(504, raw=b"<html><body><h1>504 Gateway Time-out</h1></body></html>"))
        elif fault == "accept, garbage":
            self._say(Reply(200, raw=b"<html>Please wait</html>"))
        else:
            self._say(reply)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _serve

    def _refusal(self, fault: str) -> Reply:
        return {
            "429": Reply(429, raw=b"Retry later\n"),
            "429 soon": Reply(429, {"error": "slow down"}, {"Retry-After": "1"}),
            "429 absurd": Reply(429, {"error": "slow down"}, {"Retry-After": "99999999"}),
            "403 bare": Reply(403, raw=b"<html><head><title>x</title></head><body>Forbidden</body></html>"),
            "401": Reply(401, {"error": "ExpiredToken", "message": "Token has expired"}),
            "500": Reply(500, {"error": "InternalServerError"}),
            "reset": Reply(500),
            "echo": Reply(400, {"message": f"bad request: {dict(self.headers)}"}),
        }[fault]

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _say(self, reply: Reply) -> None:
        try:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)
        except OSError:  # the client was killed
            pass

    def handle(self) -> None:
        try:
            super().handle()
        except (OSError, ValueError):
            pass

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            pass


# --- the site -----------------------------------------------------------------------------------


@route("GET", r"/site/.*")
def page(net: Networks, request: Request) -> Reply:
    gone = any(request.path.endswith(name) for name in net.missing)
    return Reply(404, raw=b"not here yet") if gone else Reply(200, raw=b"<!doctype html><title>x</title>")


# --- Bluesky ------------------------------------------------------------------------------------

SECRETS = {
    "COMMENTARY_BLUESKY_PASSWORD": "blue-password-1234",
    "COMMENTARY_MASTODON_TOKEN": "mastodon-token-1234",
    "COMMENTARY_X_CONSUMER_KEY": "x-consumer-key-1234",
    "COMMENTARY_X_CONSUMER_SECRET": "x-consumer-secret-1234",
    "COMMENTARY_X_ACCESS_TOKEN": "x-access-token-1234",
    "COMMENTARY_X_ACCESS_SECRET": "x-access-secret-1234",
}


@route("POST", r"/bluesky/xrpc/com.atproto.server.createSession")
def session(net: Networks, request: Request) -> Reply:
    if request.json["password"] != SECRETS["COMMENTARY_BLUESKY_PASSWORD"]:
        return Reply(401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"})
    return Reply(200, {"did": "did:plc:abc", "accessJwt": "jwt-access-5678", "refreshJwt": "jwt-refresh-5678"})


@route("POST", r"/bluesky/xrpc/com.atproto.repo.uploadBlob")
def blob(net: Networks, request: Request) -> Reply:
    if request.headers.get("content-type") != "image/png" or not request.body.startswith(b"\x89PNG"):
        return Reply(400, {"error": "InvalidMimeType"})
    reference = {"$type": "blob", "ref": {"$link": f"bafy{len(request.body)}"}, "mimeType": "image/png"}
    return Reply(200, {"blob": {**reference, "size": len(request.body)}})


@route("POST", r"/bluesky/xrpc/com.atproto.repo.putRecord", publishes=True)
def put_record(net: Networks, request: Request) -> Reply:
    given = request.json
    if request.headers.get("authorization") != "Bearer jwt-access-5678":
        return Reply(401, {"error": "ExpiredToken", "message": "Token has expired"})
    record, key = given["record"], given["rkey"]
    text = record["text"]
    for facet in record.get("facets", []):  # as the network does, by bytes
        piece = text.encode()[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
        feature = facet["features"][0]
        if piece.lstrip("#") != feature.get("uri", feature.get("tag")):
            return Reply(400, {"error": "InvalidRequest", "message": f"facet is off: {piece}"})
    if len(text) > 300 or not re.fullmatch(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}", key):
        return Reply(400, {"error": "InvalidRequest", "message": "too long, or no TID"})
    uri = f"at://did:plc:abc/app.bsky.feed.post/{key}"
    there = next((one for one in net.published.get("bluesky", []) if one.id == uri), None)
    if there and "swapRecord" in given and given["swapRecord"] is None:
        return Reply(400, {"error": "InvalidSwap", "message": "Record was at another CID"})
    if there is None:
        there = net.publish("bluesky", text, uri, record=record)
    there.more["record"], there.text = record, text
    return Reply(200, {"uri": uri, "cid": f"cid{len(text)}"})


@route("GET", r"/bluesky/xrpc/com.atproto.repo.getRecord")
def get_record(net: Networks, request: Request) -> Reply:
    uri = f"at://did:plc:abc/app.bsky.feed.post/{request.query['rkey']}"
    for one in net.shown("bluesky"):
        if one.id == uri:
            return Reply(200, {"uri": uri, "cid": f"cid{len(one.text)}", "value": one.more["record"]})
    return Reply(400, {"error": "RecordNotFound", "message": "Could not locate record"})


# --- Mastodon -----------------------------------------------------------------------------------


def bearer(request: Request, secret: str) -> bool:
    return request.headers.get("authorization") == f"Bearer {SECRETS[secret]}"


@route("GET", r"/mastodon/api/v1/accounts/verify_credentials")
def verify(net: Networks, request: Request) -> Reply:
    if not bearer(request, "COMMENTARY_MASTODON_TOKEN"):
        return Reply(401, {"error": "The access token is invalid"})
    return Reply(200, {"id": "7", "username": "desk"})


@route("POST", r"/mastodon/api/v2/media")
def take_media(net: Networks, request: Request) -> Reply:
    assert b'name="description"' in request.body
    assert b"\x89PNG" in request.body
    id = net.next_id()
    net.things.setdefault("media", {})[id] = 2
    return Reply(202, {"id": id, "url": None})


@route("GET", r"/mastodon/api/v1/media/\d+")
def media_state(net: Networks, request: Request) -> Reply:
    id = request.path.rpartition("/")[2]
    net.things["media"][id] -= 1
    return Reply(206 if net.things["media"][id] else 200, {"id": id})


@route("POST", r"/mastodon/api/v1/statuses", publishes=True)
def status(net: Networks, request: Request) -> Reply:
    if not bearer(request, "COMMENTARY_MASTODON_TOKEN"):
        return Reply(401, {"error": "The access token is invalid"})
    key = request.headers["idempotency-key"]
    given = request.json
    if len(given["status"]) > 500:
        return Reply(422, {"error": "Validation failed: Text character limit of 500 exceeded"})
    known = net.things.setdefault("idempotency", {})
    if key not in known:
        if any(net.things["media"].get(id) for id in given.get("media_ids", [])):
            return Reply(422, {"error": "Cannot attach files that have not finished processing"})
        known[key] = net.publish("mastodon", given["status"], given=given)
    return Reply(200, {"id": known[key].id, "url": f"https://mastodon.test/@desk/{known[key].id}"})


@route("GET", r"/mastodon/api/v1/accounts/7/statuses")
def statuses(net: Networks, request: Request) -> Reply:
    def html(text: str) -> str:
        escaped = text.replace("&", "&amp;").replace("<", "&lt;")
        linked = re.sub(
            r"https://(\S{12})(\S*)",
            r'<a href="https://\1\2"><span class="invisible">https://</span><span class="ellipsis">\1</span><span class="invisible">\2</span></a>',
            escaped,
        )
        return "".join(f"<p>{part}</p>" for part in linked.replace("\n\n", "\0").replace("\n", "<br />").split("\0"))

    found = [
        {"id": one.id, "content": html(one.text), "url": f"https://mastodon.test/@desk/{one.id}"}
        for one in net.shown("mastodon")
    ]
    return Reply(200, found[: int(request.query["limit"])])


# --- X ------------------------------------------------------------------------------------------


def oauth(request: Request) -> bool:
    """Whether the request is signed with our keys; the signature itself is proved in a test of its own."""
    header = request.headers.get("authorization", "")
    return (
        header.startswith("OAuth ") and 'oauth_token="x-access-token-1234"' in header and "oauth_signature=" in header
    )


@route("GET", r"/x/users/me")
def me(net: Networks, request: Request) -> Reply:
    if not oauth(request):
        return Reply(401, {"title": "Unauthorized", "detail": "Unauthorized"})
    return Reply(200, {"data": {"id": "42", "username": "desk"}})


@route("POST", r"/x/media/upload")
def upload(net: Networks, request: Request) -> Reply:
    assert b"\x89PNG" in request.body
    return Reply(200, {"data": {"id": net.next_id()}})


@route("POST", r"/x/media/metadata")
def metadata(net: Networks, request: Request) -> Reply:
    net.things.setdefault("alt", {})[request.json["id"]] = request.json["metadata"]["alt_text"]["text"]
    return Reply(200, {"data": {}})


@route("POST", r"/x/tweets", publishes=True)
def tweet(net: Networks, request: Request) -> Reply:
    if not oauth(request):
        return Reply(401, {"title": "Unauthorized", "detail": "Unauthorized"})
    given = request.json
    if any(one.text == given["text"] for one in net.published.get("x", [])):
        detail = "You are not allowed to create a Tweet with duplicate content."
        return Reply(403, {"title": "Forbidden", "detail": detail, "status": 403})
    parent = given.get("reply", {}).get("in_reply_to_tweet_id")
    if parent and not any(one.id == parent for one in net.published.get("x", [])):
        return Reply(400, {"title": "Invalid Request", "detail": "the post that is answered is not there"})
    one = net.publish("x", given["text"], given=given)
    return Reply(201, {"data": {"id": one.id, "text": given["text"]}})


@route("GET", r"/x/users/42/tweets")
def timeline(net: Networks, request: Request) -> Reply:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", request.query["start_time"])

    def shown(text: str) -> str:
        return re.sub(r"https?://\S+", "https://t.co/AbCdEf", text).replace("&", "&amp;") + " https://t.co/picture"

    found = [{"id": one.id, "text": shown(one.text)} for one in net.shown("x")]
    return Reply(200, {"data": found, "meta": {}} if found else {"meta": {"result_count": 0}})
