"""A stand-in for Yahoo Finance on loopback, for driving the real yfinance in a child process.

It is an HTTP proxy that answers CONNECT itself, with a certificate from an authority made for the occasion. The child
is pointed at it by environment variables alone. Any host that is not Yahoo's is refused and remembered, so that a
test can show that nothing left the machine.
"""

from __future__ import annotations

import json
import os
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import trustme

HOSTS = ("fc.yahoo.com", "query1.finance.yahoo.com", "query2.finance.yahoo.com", "guce.yahoo.com")
CHART = "/v8/finance/chart/"


@dataclass(frozen=True)
class Listing:
    """One symbol as the server tells of it: closes by day, None where Yahoo would send null."""

    closes: Mapping[date, float | None]
    zone: str = "America/New_York"
    opens: time = time(9, 30)
    adjustment: float = 1.0
    """What the adjusted close is, as a share of the close."""

    def chart(self, symbol: str) -> dict[str, Any]:
        """The body of a chart answer, in the shape that Yahoo gives it."""
        zone = ZoneInfo(self.zone)
        stamps = [int(datetime.combine(day, self.opens, zone).timestamp()) for day in self.closes]
        closes = list(self.closes.values())
        meta = {"symbol": symbol, "currency": "USD", "instrumentType": "ETF", "exchangeTimezoneName": self.zone}
        quote = dict.fromkeys(("open", "high", "low", "close"), closes) | {"volume": [1000] * len(closes)}
        adjusted = [None if close is None else close * self.adjustment for close in closes]
        result = {
            "meta": meta | {"dataGranularity": "1d", "validRanges": ["1d", "max"]},
            "timestamp": stamps,
            "indicators": {"quote": [quote], "adjclose": [{"adjclose": adjusted}]},
        }
        return {"chart": {"result": [result], "error": None}}


_UNKNOWN = {"chart": {"result": None, "error": {"code": "Not Found", "description": "No data found"}}}


@dataclass
class YahooServer:
    """The server; `with YahooServer(...) as yahoo:` has it listening."""

    listings: Mapping[str, Listing]
    answers: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """Status and body for symbols that get something other than their chart."""
    asked: list[str] = field(default_factory=list)
    """The symbols whose charts were asked for, in order, one entry a request."""
    strangers: list[str] = field(default_factory=list)
    """Hosts other than Yahoo's that somebody wanted to reach."""

    def __enter__(self) -> Self:
        authority = trustme.CA()
        self.authority = authority.cert_pem.bytes()
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*HOSTS).configure_cert(self.tls)
        self.tls.set_alpn_protocols(["http/1.1"])
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"yahoo": self}))
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.http.shutdown()
        self.http.server_close()

    def environment(self, folder: Path) -> dict[str, str]:
        """Variables under which a process sees this server and nothing else; `folder` takes its caches."""
        certificate = folder / "authority.pem"
        certificate.write_bytes(self.authority)
        return proxied(f"http://127.0.0.1:{self.http.server_port}", folder) | dict.fromkeys(
            ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"), str(certificate)
        )

    def answer(self, path: str) -> tuple[int, str]:
        """Status and body for a path of Yahoo's."""
        if path.endswith("/getcrumb"):
            return 200, "crumb"
        if not path.startswith(CHART):
            return 404, ""
        symbol = path.removeprefix(CHART)
        self.asked.append(symbol)
        if symbol in self.answers:
            return self.answers[symbol]
        listing = self.listings.get(symbol)
        return (404, json.dumps(_UNKNOWN)) if listing is None else (200, json.dumps(listing.chart(symbol)))


def proxied(proxy: str, folder: Path) -> dict[str, str]:
    """This process's environment with every way out leading to `proxy`."""
    ways = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in ways}
    return kept | dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "https_proxy"), proxy) | {"XDG_CACHE_HOME": str(folder)}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    yahoo: YahooServer

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is the test's."""

    def do_CONNECT(self) -> None:
        """Speak TLS in the name of a host of Yahoo's, and refuse every other."""
        self.close_connection = True
        host = self.path.partition(":")[0]
        if host not in HOSTS:
            self.yahoo.strangers.append(host)
            self.send_error(502)
            return
        self.send_response(200)
        self.end_headers()
        try:
            with self.yahoo.tls.wrap_socket(self.connection, server_side=True) as secured:
                type(self)(secured, self.client_address, self.server)
        except OSError:  # the child hung up
            return

    def do_GET(self) -> None:
        """Answer one request; outside a tunnel nobody has any business here."""
        if not isinstance(self.request, ssl.SSLSocket):
            self.yahoo.strangers.append(self.path)
        status, body = self.yahoo.answer(unquote(urlsplit(self.path).path))
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Set-Cookie", "A3=invented; Domain=.yahoo.com; Path=/; Max-Age=86400; Secure")
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET
