"""What a request may meet on its way, and what each of it proves."""

from __future__ import annotations

import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import trustme

from generator.delivery.wire import Wire
from generator.errors import RefusedError, UnsureError
from tests.servers.networks import Networks


@pytest.fixture
def wire(net: Networks) -> Wire:
    return Wire("The service", f"{net.address}/x", patience=0.02)


@pytest.mark.parametrize("fault", ["drip", "flood"])
def test_an_answer_that_does_not_end_is_not_waited_for(wire: Wire, net: Networks, fault: str) -> None:
    """Nor read at any length: what was asked for may have happened."""
    net.faults.append((r"POST /x/tweets", fault))
    with pytest.raises(UnsureError, match="the answer of The service did not end"):
        wire.change("POST", "/tweets", json={})


def test_a_pause_that_is_asked_for_is_kept_once_and_no_longer_one_than_a_minute(wire: Wire, net: Networks) -> None:
    """An honest pause is waited for; an absurd one is told, as is the moment of a reset."""
    net.faults.append((r"GET /x/users/me", "429 soon"))
    with pytest.raises(RefusedError, match="401"):  # the second request is answered: it bears no signature
        wire.read("/users/me")
    assert len(net.requests) == 2
    for fault, said in (
        ("429 absurd", "pause of 99,999,999 seconds"),
        ("429 reset", "may be asked again from 2024-07-11 23:10 UTC"),
        ("429", "too many requests"),
    ):
        net.requests.clear()
        net.faults.append((r"GET /x/users/me", fault))
        with pytest.raises(RefusedError, match=said) as told:
            wire.read("/users/me")
        assert told.value.later
        assert len(net.requests) == 1


def test_reading_is_tried_again_and_a_change_is_not(wire: Wire, net: Networks) -> None:
    """A request that changes nothing may be lost twice; one that changes something is asked once."""
    net.faults += [(r"GET /x/users/me", "500"), (r"GET /x/users/me", "reset")]
    with pytest.raises(RefusedError, match="401"):
        wire.read("/users/me")
    assert len(net.requests) == 3
    net.requests.clear()
    net.faults += [(r"POST /x/tweets", "500"), (r"POST /x/tweets", "500")]
    with pytest.raises(UnsureError):
        wire.change("POST", "/tweets", json={})
    assert len(net.requests) == 1


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    """Before the request, and its key, has left."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.headers["Authorization"])

    server = HTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.handle_request, daemon=True).start()
    wire = Wire(
        "The service",
        f"https://localhost:{server.server_address[1]}",
        headers={"Authorization": "Bearer key"},
        patience=0.2,
    )
    with pytest.raises(RefusedError, match="could not be reached"):
        wire.change("POST", "/", json={})
    server.server_close()
    assert seen == []


def test_what_a_service_says_is_told_on_one_line_and_at_no_length(wire: Wire) -> None:
    """Without what a terminal would obey, and without any secret."""
    wire.hide("secret-key-1")
    told = wire.scrubbed("a\x1b[31mred\nline secret-key-1 " + "x" * 5_000)
    assert told.startswith("a [31mred line … xxx")
    assert len(told) <= 300
