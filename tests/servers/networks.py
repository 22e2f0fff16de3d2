"""The networks, newsletters and hosts that issues are delivered to, on loopback: a state machine each, faults by script.

`Networks` speaks HTTP as the real services do, keeps what was published, and plays the next fault of its script where
a request fits: accept and stay silent, accept and answer 504, cut the answer off, refuse in every way that services do.
"""

from __future__ import annotations

import contextlib
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
            what = f"{request.method} {request.path}"
            what += " createPost" if b"createPost" in request.body else ""
            if re.search(f"{pattern}$", what):
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
            with contextlib.suppress(OSError):
                self.connection.recv(1)
        elif fault == "accept, reset":
            self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"da')
            self.wfile.flush()
            self._reset()
        elif fault.startswith("accept, odd "):
            self._say(Reply(200, raw=fault.removeprefix("accept, odd ").encode()))
        elif fault in ("drip", "flood"):
            self._run_on(b"x" if fault == "drip" else b"x" * 100_000)
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
            "429 reset": Reply(429, {"title": "Too Many Requests"}, {"x-rate-limit-reset": "1720739400"}),
            "drip": Reply(200),
            "flood": Reply(200),
            "301": Reply(301, headers={"Location": "/site/elsewhere/"}),
            "500": Reply(500, {"error": "InternalServerError"}),
            "reset": Reply(500),
            "echo": Reply(400, {"message": f"bad request: {dict(self.headers)}"}),
        }[fault]

    def _run_on(self, piece: bytes) -> None:
        """An answer that does not end: a byte now and then, or as much as there is room for."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        end = time.monotonic() + 10
        with contextlib.suppress(OSError):
            while time.monotonic() < end:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(0.1 if len(piece) == 1 else 0)

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
        with contextlib.suppress(OSError, ValueError):
            super().handle()

    def finish(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            super().finish()


# --- the site -----------------------------------------------------------------------------------


@route("GET", r"/site/.*")
def page(net: Networks, request: Request) -> Reply:
    if to := net.things.get("moved", {}).get(request.path):
        return Reply(301, headers={"Location": to})
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


# --- LinkedIn -----------------------------------------------------------------------------------

SECRETS |= {
    "COMMENTARY_LINKEDIN_TOKEN": "linkedin-token-1234",
    "COMMENTARY_THREADS_TOKEN": "threads-token-1234",
    "COMMENTARY_FACEBOOK_TOKEN": "facebook-token-1234",
    "COMMENTARY_BUFFER_KEY": "buffer-key-1234",
}


def restli(request: Request) -> Reply | None:
    if not bearer(request, "COMMENTARY_LINKEDIN_TOKEN"):
        return Reply(401, {"status": 401, "code": "EXPIRED_ACCESS_TOKEN", "message": "The token has expired"})
    if request.headers["linkedin-version"] < "202512":
        return Reply(426, {"status": 426, "code": "NONEXISTENT_VERSION", "message": "Requested version is not active"})
    assert request.headers["x-restli-protocol-version"] == "2.0.0"
    return None


@route("POST", r"/linkedin/images")
def images(net: Networks, request: Request) -> Reply:
    assert request.query == {"action": "initializeUpload"}
    number = net.next_id()
    value = {"uploadUrl": f"{net.address}/linkedin/upload/{number}", "image": f"urn:li:image:{number}"}
    return restli(request) or Reply(200, {"value": value})


@route("PUT", r"/linkedin/upload/\d+")
def put_image(net: Networks, request: Request) -> Reply:
    assert request.body.startswith(b"\x89PNG")
    net.things.setdefault("linkedin", {})[f"urn:li:image:{request.path.rpartition('/')[2]}"] = True
    return Reply(201)


@route("POST", r"/linkedin/posts", publishes=True)
def linkedin_post(net: Networks, request: Request) -> Reply:
    given = request.json
    raw = given["commentary"]
    bare = re.sub(r"\{hashtag\|\\#\|\w+\}|https?://\S+|\\.", "", raw)
    if re.search(r"[\\|{}@\[\]()<>#*_~]", bare):  # the real one cuts the text off here and reports success
        return Reply(400, {"message": f"unescaped sign in {bare!r}"})
    image = given.get("content", {}).get("media", {}).get("id")
    if image and image not in net.things.get("linkedin", {}):
        return Reply(400, {"message": "no such image"})
    if refusal := restli(request):
        return refusal
    text = re.sub(r"\\(.)", r"\1", re.sub(r"\{hashtag\|\\#\|(\w+)\}", r"#\1", raw))
    there = next((one for one in net.published.get("linkedin", []) if one.text == text), None)
    if there:
        message = f"Content is a duplicate of {there.id}"
        return Reply(
            422, {"message": message, "status": 422, "errorDetails": {"inputErrors": [{"code": "DUPLICATE_POST"}]}}
        )
    one = net.publish("linkedin", text, f"urn:li:share:{net.next_id()}", commentary=raw)
    return Reply(201, headers={"x-restli-id": one.id})


@route("GET", r"/linkedin/posts")
def linkedin_posts(net: Networks, request: Request) -> Reply:
    if request.query["author"].startswith("urn:li:person"):
        return Reply(403, {"status": 403, "code": "ACCESS_DENIED", "message": "Not enough permissions"})
    assert request.query["q"] == "author"
    return Reply(
        200, {"elements": [{"id": one.id, "commentary": one.more["commentary"]} for one in net.shown("linkedin")]}
    )


# --- Threads and Facebook -----------------------------------------------------------------------


def graph_error(code: int, message: str) -> Reply:
    return Reply(400, {"error": {"message": message, "type": "OAuthException", "code": code}})


@route("GET", r"/(threads|facebook)/me")
def graph_me(net: Networks, request: Request) -> Reply:
    service = request.path.split("/")[1]
    if request.query["access_token"] != SECRETS[f"COMMENTARY_{service.upper()}_TOKEN"]:
        return graph_error(190, "Error validating access token: Session has expired")
    return Reply(200, {"id": "1784", "username": "desk"})


@route("POST", r"/threads/1784/threads")
def container(net: Networks, request: Request) -> Reply:
    form = request.form
    if form["media_type"] == "IMAGE" and not form["image_url"].startswith("http"):
        return graph_error(100, "image_url")
    id = net.next_id()
    net.things.setdefault("containers", {})[id] = {
        "status": "IN_PROGRESS",
        "polls": 1,
        "text": form["text"],
        "reply": form.get("reply_to_id"),
    }
    return Reply(200, {"id": id})


@route("POST", r"/threads/1784/threads_publish", publishes=True)
def threads_publish(net: Networks, request: Request) -> Reply:
    form = request.form
    if form["access_token"] != SECRETS["COMMENTARY_THREADS_TOKEN"]:
        return graph_error(190, "Session has expired")
    held = net.things["containers"][form["creation_id"]]
    if held["status"] != "FINISHED":
        return graph_error(24, "The container is not ready, or published already")
    one = net.publish("threads", held["text"], reply=held["reply"])
    held["status"], held["seen_from"] = "PUBLISHED", one.seen_from
    return Reply(200, {"id": one.id})


@route("GET", r"/threads/1784/threads")
def threads_list(net: Networks, request: Request) -> Reply:
    return Reply(
        200,
        {
            "data": [
                {"id": one.id, "text": one.text, "permalink": f"https://threads.test/{one.id}"}
                for one in net.shown("threads")
            ]
        },
    )


@route("GET", r"/threads/\d+")
def threads_thing(net: Networks, request: Request) -> Reply:
    id = request.path.rpartition("/")[2]
    held = net.things.get("containers", {}).get(id)
    if held is None:
        return Reply(200, {"id": id, "permalink": f"https://threads.test/{id}"})
    if held["status"] == "IN_PROGRESS":
        held["polls"] -= 1
        if held["polls"] < 0:
            held["status"] = "FINISHED"
    late = held["status"] == "PUBLISHED" and time.monotonic() < held["seen_from"]
    return Reply(200, {"id": id, "status": "FINISHED" if late else held["status"]})


@route("POST", r"/facebook/1784/feed", publishes=True)
def feed(net: Networks, request: Request) -> Reply:
    form = request.form
    if form["access_token"] != SECRETS["COMMENTARY_FACEBOOK_TOKEN"]:
        return graph_error(190, "Session has expired")
    if net.playing == "accept, code 2":
        net.publish("facebook", form["message"])
        return graph_error(2, "An unexpected error has occurred. Please retry your request later.")
    one = net.publish("facebook", form["message"], link=form["link"])
    return Reply(200, {"id": f"1784_{one.id}"})


@route("GET", r"/facebook/1784/feed")
def feed_list(net: Networks, request: Request) -> Reply:
    found = [
        {"id": f"1784_{one.id}", "message": one.text, "permalink_url": f"https://facebook.test/{one.id}"}
        for one in net.shown("facebook")
    ]
    return Reply(200, {"data": found})


# --- Buffer -------------------------------------------------------------------------------------


@route("POST", r"/buffer", publishes=True)
def buffer(net: Networks, request: Request) -> Reply:
    """Everything is one address here: a script of faults names `/buffer`, and a test says which request it means."""
    given = request.json
    if not bearer(request, "COMMENTARY_BUFFER_KEY"):
        return Reply(200, {"errors": [{"message": "Not authorized", "extensions": {"code": "UNAUTHORIZED"}}]})
    query = given["query"]

    def value(name: str) -> str:
        found = re.search(rf'{name}: \[?("(?:[^"\\]|\\.)*")', query)
        assert found
        return str(json.loads(found[1]))

    if "createPost" in query:
        assert "schedulingType: automatic, mode: addToQueue" in query
        if len(value("text")) > 280:
            return Reply(200, {"data": {"createPost": {"message": "The post is too long"}}})
        one = net.publish("buffer", value("text"), channel=value("channelId"), draft="saveToDraft: true" in query)
        return Reply(200, {"data": {"createPost": {"post": {"id": one.id}}}})
    if "posts(" in query:
        assert value("organizationId") == "org1"
        channel = value("channelIds")
        nodes = [
            {"node": {"id": one.id, "text": one.text}} for one in net.shown("buffer") if one.more["channel"] == channel
        ]
        return Reply(200, {"data": {"posts": {"edges": nodes}}})
    return Reply(200, {"data": {"account": {"organizations": [{"id": "org1"}]}}})


# --- newsletters --------------------------------------------------------------------------------

SECRETS |= {
    "COMMENTARY_BUTTONDOWN_KEY": "buttondown-key-1234",
    "COMMENTARY_GHOST_ADMIN_KEY": "6489abc:0123456789abcdef0123456789abcdef",
    "COMMENTARY_LISTMONK_USER": "desk-user",
    "COMMENTARY_LISTMONK_TOKEN": "listmonk-token-1234",
    "COMMENTARY_MAILCHIMP_KEY": "mailchimpkey1234-us21",
    "COMMENTARY_KIT_KEY": "kit-key-1234",
}


def drafts(net: Networks, service: str) -> dict[str, dict[str, Any]]:
    return net.things.setdefault(service, {})


def goes_out(net: Networks, service: str, one: dict[str, Any], **changes: Any) -> None:
    """The draft is sent to its readers; when the answer comes late, it is seen to be so only later."""
    published = net.publish(service, one["subject"], body=one["body"])
    one |= {"going": changes, "seen_from": published.seen_from}


def as_seen(one: dict[str, Any]) -> dict[str, Any]:
    shown = {name: value for name, value in one.items() if name not in ("going", "seen_from")}
    return {**shown, **one["going"]} if "going" in one and time.monotonic() >= one["seen_from"] else shown


def button(request: Request) -> Reply | None:
    if request.headers.get("authorization") != f"Token {SECRETS['COMMENTARY_BUTTONDOWN_KEY']}":
        return Reply(401, {"detail": "Invalid token."})
    return None if request.headers.get("x-api-version") else Reply(400, {"detail": "no version"})


@route("GET", r"/buttondown/emails")
def button_list(net: Networks, request: Request) -> Reply:
    found = [as_seen(one) for one in reversed(drafts(net, "buttondown").values())]
    return button(request) or Reply(200, {"results": found, "next": None})


@route("POST", r"/buttondown/emails")
def button_create(net: Networks, request: Request) -> Reply:
    given = request.json
    if refusal := button(request):
        return refusal
    if unknown := set(given) - {"subject", "body", "status", "metadata"}:
        return Reply(422, {"detail": f"unknown {unknown}"})
    if given.get("status") != "draft":
        net.publish("buttondown", given["subject"])  # as the real one does
    assert given["body"].startswith("<!-- buttondown-editor-mode: fancy -->\n")
    key = request.headers["x-idempotency-key"]
    known = net.things.setdefault("buttondown keys", {})
    if key not in known:
        id = f"em{net.next_id()}"
        known[key] = drafts(net, "buttondown")[id] = {
            **given,
            "id": id,
            "absolute_url": f"https://buttondown.test/{id}",
        }
    return Reply(201, known[key])


@route("POST", r"/buttondown/emails/em\d+/publish", publishes=True)
def button_send(net: Networks, request: Request) -> Reply:
    one = drafts(net, "buttondown")[request.path.split("/")[3]]
    if request.headers.get("x-buttondown-live-dangerously") != "true":
        return Reply(400, {"code": "sending_requires_confirmation", "detail": "confirm"})
    if "going" in one:
        return Reply(409, {"code": "email_already_sent", "detail": "This email has been sent."})
    goes_out(net, "buttondown", one, status="about_to_send")
    return Reply(200, as_seen(one))


def ghost_token(request: Request) -> bool:
    import hmac
    from base64 import urlsafe_b64decode

    signed, _, signature = request.headers.get("authorization", "").removeprefix("Ghost ").rpartition(".")
    id, _, secret = SECRETS["COMMENTARY_GHOST_ADMIN_KEY"].partition(":")
    made = hmac.new(bytes.fromhex(secret), signed.encode(), "sha256").digest()
    head, claims = (json.loads(urlsafe_b64decode(part + "==")) for part in signed.split("."))
    whole = head["kid"] == id and claims["aud"] == "/admin/" and claims["exp"] - claims["iat"] <= 300
    return whole and hmac.compare_digest(made, urlsafe_b64decode(signature + "=="))


@route("GET", r"/ghost/ghost/api/admin/newsletters/")
def ghost_letters(net: Networks, request: Request) -> Reply:
    if not ghost_token(request):
        return Reply(401, {"errors": [{"message": "Invalid token"}]})
    return Reply(200, {"newsletters": [{"slug": "daily"}, {"slug": "weekly"}]})


@route("GET", r"/ghost/ghost/api/admin/posts/slug/[\w-]+/")
def ghost_slug(net: Networks, request: Request) -> Reply:
    slug = request.path.split("/")[-2]
    one = next((one for one in drafts(net, "ghost").values() if one["slug"] == slug), None)
    if one is None:
        return Reply(404, {"errors": [{"message": "Resource not found", "type": "NotFoundError"}]})
    return Reply(200, {"posts": [as_seen(one)]})


@route("POST", r"/ghost/ghost/api/admin/posts/")
def ghost_create(net: Networks, request: Request) -> Reply:
    (post,) = request.json["posts"]
    assert request.query["source"] == "html"
    assert post["html"].startswith("<!--kg-card-begin: html-->")
    id = net.next_id()
    slug = post["slug"]
    while any(one["slug"] == slug for one in drafts(net, "ghost").values()):
        slug += "-2"  # in silence, as the real one does
    one = {
        **post,
        "id": id,
        "slug": slug,
        "subject": post["title"],
        "body": post["html"],
        "updated_at": f"t{id}",
        "url": f"https://ghost.test/{slug}/",
    }
    drafts(net, "ghost")[id] = one
    return Reply(201, {"posts": [as_seen(one)]})


@route("PUT", r"/ghost/ghost/api/admin/posts/\d+/", publishes=True)
def ghost_publish(net: Networks, request: Request) -> Reply:
    one = drafts(net, "ghost")[request.path.split("/")[-2]]
    (post,) = request.json["posts"]
    if post["updated_at"] != one["updated_at"] or "going" in one:
        return Reply(409, {"errors": [{"message": "Saving failed! Someone else is editing this post."}]})
    assert request.query["newsletter"] == "daily"
    goes_out(net, "ghost", one, status="published")
    return Reply(200, {"posts": [as_seen(one)]})


def basic(request: Request, pair: str) -> bool:
    from base64 import b64encode

    return request.headers.get("authorization") == f"Basic {b64encode(pair.encode()).decode()}"


@route("GET", r"/listmonk/api/campaigns")
def monk_list(net: Networks, request: Request) -> Reply:
    if not basic(request, "desk-user:listmonk-token-1234"):
        return Reply(403, {"message": "invalid API credentials"})
    return Reply(200, {"data": {"results": [as_seen(one) for one in reversed(drafts(net, "listmonk").values())]}})


@route("POST", r"/listmonk/api/campaigns")
def monk_create(net: Networks, request: Request) -> Reply:
    given = request.json
    assert given["lists"] == [3]
    id = int(net.next_id())
    drafts(net, "listmonk")[str(id)] = {**given, "id": id, "status": "draft"}
    return Reply(200, {"data": as_seen(drafts(net, "listmonk")[str(id)])})


@route("PUT", r"/listmonk/api/campaigns/\d+/status", publishes=True)
def monk_run(net: Networks, request: Request) -> Reply:
    one = drafts(net, "listmonk")[request.path.split("/")[4]]
    if "going" in one:
        return Reply(400, {"message": "Only paused campaigns and drafts can be started"})
    goes_out(net, "listmonk", one, status="running")
    return Reply(200, {"data": as_seen(one)})


@route("GET", r"/mailchimp/ping")
def chimp_ping(net: Networks, request: Request) -> Reply:
    if not basic(request, "commentary:mailchimpkey1234-us21"):
        return Reply(401, {"title": "API Key Invalid", "detail": "Your API key may be invalid"})
    return Reply(200, {"health_status": "Everything's Chimpy!"})


@route("GET", r"/mailchimp/campaigns")
def chimp_list(net: Networks, request: Request) -> Reply:
    return Reply(200, {"campaigns": [as_seen(one) for one in reversed(drafts(net, "mailchimp").values())]})


@route("POST", r"/mailchimp/campaigns")
def chimp_create(net: Networks, request: Request) -> Reply:
    given = request.json
    id = net.next_id()
    one = {**given, "id": id, "status": "save", "subject": given["settings"]["subject_line"], "body": ""}
    drafts(net, "mailchimp")[id] = one
    return Reply(200, as_seen(one))


@route("PUT", r"/mailchimp/campaigns/\d+/content")
def chimp_content(net: Networks, request: Request) -> Reply:
    drafts(net, "mailchimp")[request.path.split("/")[3]]["body"] = request.json["html"]
    return Reply(200, {})


@route("GET", r"/mailchimp/campaigns/\d+/send-checklist")
def chimp_ready(net: Networks, request: Request) -> Reply:
    one = drafts(net, "mailchimp")[request.path.split("/")[3]]
    if "*|UNSUB|*" not in one["body"]:
        return Reply(
            200, {"is_ready": False, "items": [{"type": "error", "details": "Your campaign has no *|UNSUB|*"}]}
        )
    return Reply(200, {"is_ready": True, "items": []})


@route("POST", r"/mailchimp/campaigns/\d+/actions/send", publishes=True)
def chimp_send(net: Networks, request: Request) -> Reply:
    one = drafts(net, "mailchimp")[request.path.split("/")[3]]
    if "going" in one:
        return Reply(400, {"title": "Bad Request", "detail": "This campaign has already been sent."})
    goes_out(net, "mailchimp", one, status="sending")
    return Reply(204)


@route("GET", r"/kit/account")
def kit_account(net: Networks, request: Request) -> Reply:
    if request.headers.get("x-kit-api-key") != SECRETS["COMMENTARY_KIT_KEY"]:
        return Reply(401, {"errors": ["The API key is invalid"]})
    return Reply(200, {"account": {"name": "desk"}})


@route("GET", r"/kit/broadcasts")
def kit_list(net: Networks, request: Request) -> Reply:
    return Reply(200, {"broadcasts": [as_seen(one) for one in reversed(drafts(net, "kit").values())]})


@route("POST", r"/kit/broadcasts")
def kit_create(net: Networks, request: Request) -> Reply:
    given = request.json
    assert given["send_at"] is None
    id = int(net.next_id())
    drafts(net, "kit")[str(id)] = {**given, "id": id, "body": given["content"], "public_url": f"https://kit.test/{id}"}
    return Reply(201, {"broadcast": as_seen(drafts(net, "kit")[str(id)])})


@route("PUT", r"/kit/broadcasts/\d+", publishes=True)
def kit_send(net: Networks, request: Request) -> Reply:
    one = drafts(net, "kit")[request.path.rpartition("/")[2]]
    if "going" not in one:  # giving a broadcast its time again changes nothing
        goes_out(net, "kit", one, send_at=request.json["send_at"])
    return Reply(200, {"broadcast": as_seen(one)})


# --- Netlify, and a store that speaks as S3 does ------------------------------------------------

SECRETS |= {
    "COMMENTARY_NETLIFY_TOKEN": "netlify-token-1234",
    "COMMENTARY_CLOUDFLARE_API_TOKEN": "cloudflare-token-1234",
}


@route("GET", r"/netlify/sites/site1")
def netlify_site(net: Networks, request: Request) -> Reply:
    return (
        Reply(200, {"id": "site1"})
        if bearer(request, "COMMENTARY_NETLIFY_TOKEN")
        else Reply(401, {"message": "Access Denied"})
    )


@route("POST", r"/netlify/sites/site1/deploys")
def netlify_deploy(net: Networks, request: Request) -> Reply:
    files = request.json["files"]
    id = net.next_id()
    held = net.things.setdefault("netlify files", {})
    required = sorted({digest for digest in files.values() if digest not in held})
    net.things.setdefault("netlify", {})[id] = {"files": files, "missing": set(required), "polls": 2}
    return Reply(200, {"id": id, "state": "uploading", "required": required})


@route("PUT", r"/netlify/deploys/\d+/files/.*")
def netlify_file(net: Networks, request: Request) -> Reply:
    from hashlib import sha1

    id, path = request.path.split("/")[3], request.path.partition("/files")[2]
    digest = sha1(request.body).hexdigest()
    assert net.things["netlify"][id]["files"][path] == digest
    net.things["netlify files"][digest] = request.body
    net.things["netlify"][id]["missing"].discard(digest)
    return Reply(200, {"path": path, "sha": digest})


@route("GET", r"/netlify/deploys/\d+")
def netlify_state(net: Networks, request: Request) -> Reply:
    id = request.path.rpartition("/")[2]
    held = net.things["netlify"][id]
    held["polls"] -= 1
    if held["missing"] or held["polls"] > 0:
        return Reply(200, {"id": id, "state": "uploading"})
    shown = {path: net.things["netlify files"][digest].decode() for path, digest in held["files"].items()}
    net.things["netlify shows"] = shown
    return Reply(200, {"id": id, "state": "ready", "ssl_url": "https://site1.netlify.test"})


@route("GET", r"/s3/bucket")
def s3_list(net: Networks, request: Request) -> Reply:
    prefix = request.query.get("prefix", "")
    held = {name: content for name, content in net.things.setdefault("s3", {}).items() if name.startswith(prefix)}
    rows = "".join(
        f"<Contents><Key>{name}</Key><LastModified>2038-01-01T00:00:00.000Z</LastModified><Size>{len(content)}</Size></Contents>"
        for name, content in sorted(held.items())
    )
    xml = f"<?xml version='1.0'?><ListBucketResult><Name>bucket</Name><KeyCount>{len(held)}</KeyCount>{rows}</ListBucketResult>"
    return Reply(200, raw=xml.encode(), headers={"Content-Type": "application/xml"})


@route("PUT", r"/s3/bucket/.*")
def s3_put(net: Networks, request: Request) -> Reply:
    name = request.path.removeprefix("/s3/bucket/")
    net.things.setdefault("s3", {})[name] = request.body
    net.things.setdefault("s3 order", {})[f"{len(net.things.get('s3 order', {}))} {name}"] = True
    return Reply(200, headers={"ETag": '"x"'})


@route("DELETE", r"/s3/bucket/.*")
def s3_delete(net: Networks, request: Request) -> Reply:
    net.things["s3"].pop(request.path.removeprefix("/s3/bucket/"))
    return Reply(204)
