"""The internet as the program may see it in a test: a few sites on loopback, and nothing else.

It is an HTTP proxy that answers CONNECT itself, with a certificate from an authority made for the occasion. A child
process is pointed at it by environment variables alone, so the real client libraries run unchanged. Every request is
kept; a host that no site answers for is refused and kept as a stranger, so that a test can show that nothing left the
machine. Any request can be made to fail in the ways that real servers do.
"""

from __future__ import annotations

import os
import socket
import ssl
import struct
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol, Self
from urllib.parse import parse_qs, unquote, urlsplit

import trustme


@dataclass(frozen=True)
class Request:
    """One request as a site sees it."""

    host: str
    path: str
    query: Mapping[str, str]
    cookie: str
    subject: str = ""
    """What it is about, by which faults are dealt out: a symbol, a series, `crumb`."""
    at: float = 0.0
    """When it came, in seconds of a clock that only goes forward."""
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """What goes back."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """What goes wrong with an answer, the first `times` times that it is asked for (None: always)."""

    kind: str
    """`status`, `hang`, `slow`, `reset`, `short` (fewer bytes than promised), `cut` (half the body), `body`."""
    times: int | None = None
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 60.0
    """How long a hang or a slow body takes."""


class Site(Protocol):
    """One service on its hosts."""

    hosts: tuple[str, ...]

    def subject(self, path: str, query: Mapping[str, str]) -> str:
        """What a request is about."""
        ...

    def answer(self, request: Request) -> Answer:
        """What a healthy service says."""
        ...


class Loopback:
    """The sites behind one proxy; `with Loopback(...) as net:` has it listening."""

    def __init__(self, *sites: Site, faults: Mapping[str, Fault] | None = None, delay: float = 0.0) -> None:
        """Faults go by the subject of the request, `*` standing for any; each answer takes `delay` seconds."""
        self.sites = {host: site for site in sites for host in site.hosts}
        self.faults, self.delay = dict(faults or {}), delay
        self.requests: list[Request] = []
        self.strangers: list[str] = []
        self.lock = threading.Lock()
        self.over = threading.Event()

    def __enter__(self) -> Self:
        authority = trustme.CA()
        self.authority = authority.cert_pem.bytes()
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*self.sites).configure_cert(self.tls)
        self.tls.set_alpn_protocols(["http/1.1"])
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"net": self}))
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.over.set()
        self.http.shutdown()
        self.http.server_close()

    @property
    def proxy(self) -> str:
        """The address for `HTTPS_PROXY`."""
        return f"http://127.0.0.1:{self.http.server_port}"

    @property
    def asked(self) -> list[str]:
        """The subjects of all requests, in order."""
        return [request.subject for request in self.requests]

    def environment(self, folder: Path, authority: bytes | None = None) -> dict[str, str]:
        """Variables under which a process sees these sites and nothing else; `folder` takes its caches.

        With another `authority` (PEM) than the server's own, no certificate of its will be believed.
        """
        certificate = folder / "authority.pem"
        certificate.write_bytes(authority or self.authority)
        bundles = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
        return proxied(self.proxy, folder) | dict.fromkeys(bundles, str(certificate))

    def fault(self, subject: str) -> Fault | None:
        """The fault that is due for a request about `subject`, if any, counted down."""
        with self.lock:
            for key in (subject, "*"):
                due = self.faults.get(key)
                if due is None:
                    continue
                if due.times is not None:
                    self.faults[key] = Fault(**{**vars(due), "times": due.times - 1})
                    if due.times <= 0:
                        continue
                return due
        return None


def proxied(proxy: str, folder: Path) -> dict[str, str]:
    """This process's environment with every way out leading to `proxy`, and every cache in `folder`."""
    ways = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "COMMENTARY_CACHE"}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in ways}
    caches = {"XDG_CACHE_HOME": str(folder), "COMMENTARY_CACHE": str(folder / "commentary")}
    return kept | dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "https_proxy"), proxy) | caches


def untrusted_authority() -> bytes:
    """The certificate of an authority that signed nothing."""
    return trustme.CA().cert_pem.bytes()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    net: Loopback
    host = ""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is the test's."""

    def do_CONNECT(self) -> None:
        """Speak TLS in the name of a host that a site answers for, and refuse every other."""
        self.close_connection = True
        host = self.path.partition(":")[0]
        if host not in self.net.sites:
            self.net.strangers.append(host)
            self.send_error(502)
            return
        self.send_response(200)
        self.end_headers()
        try:
            with self.net.tls.wrap_socket(self.connection, server_side=True) as secured:
                secured.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                type("Inner", (type(self),), {"host": host})(secured, self.client_address, self.server)
        except OSError:  # the child hung up
            return

    def do_GET(self) -> None:
        """Answer one request; outside a tunnel nobody has any business here."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not self.host:
            self.net.strangers.append(self.path)
            self.send_error(502)
            return
        parts = urlsplit(self.path)
        path, query = unquote(parts.path), {key: values[0] for key, values in parse_qs(parts.query).items()}
        site = self.net.sites[self.host]
        request = Request(
            self.host, path, query, self.headers.get("Cookie") or "", site.subject(path, query), time.monotonic(), body
        )
        with self.net.lock:
            self.net.requests.append(request)
        if self.net.delay:
            time.sleep(self.net.delay)
        fault = self.net.fault(request.subject)
        if fault is None:
            self.give(site.answer(request))
        else:
            self.fail(fault, site.answer(request))

    do_POST = do_GET

    def give(self, answer: Answer, promised: int | None = None) -> None:
        """The answer, or as much of it as there is when more was `promised`."""
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body) if promised is None else promised))
        self.end_headers()
        self.wfile.write(answer.body)

    def fail(self, fault: Fault, answer: Answer) -> None:
        """The answer as the fault leaves it."""
        half = Answer(answer.body[: len(answer.body) // 2], answer.status, answer.headers)
        if fault.kind in ("status", "body"):
            self.give(Answer(fault.body, fault.status, fault.headers))
        elif fault.kind == "cut":
            self.give(half)
        elif fault.kind == "short":
            self.give(half, promised=len(answer.body))
            self.close_connection = True
        elif fault.kind == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
        elif fault.kind == "hang":
            self.net.over.wait(fault.seconds)
            self.close_connection = True
        else:
            self.trickle(answer.body, fault.seconds)

    def trickle(self, body: bytes, seconds: float, pieces: int = 40) -> None:
        """The body in small pieces, spread over `seconds`."""
        self.give(Answer(b""), promised=len(body))
        for piece in _pieces(body, pieces):
            self.wfile.write(piece)
            if self.net.over.wait(seconds / pieces):
                return


def _pieces(body: bytes, count: int) -> Sequence[bytes]:
    size = max(len(body) // count, 1)
    return [body[start : start + size] for start in range(0, len(body), size)]
