"""Shows the desk on this machine alone until it is stopped."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from generator.desk.app import make_app
from generator.desk.front import Front
from generator.errors import OutputError
from generator.model import Settings

HOST = "127.0.0.1"


def serve_desk(
    settings: Settings, public: Path | None, port: int, tell: Callable[[str], None], *, open_page: bool
) -> None:
    """Serve the desk at a port of this machine (0: any that is free); raises `OutputError` for a port that is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise OutputError(
            f"Port {port} cannot be listened on ({error.strerror}). Choose another with --port."
        ) from error
    taken = listening.getsockname()[1]
    front = Front(settings, public)
    address = f"http://{HOST}:{taken}/#{front.token}"
    app = make_app(front, taken)
    config = uvicorn.Config(app, log_level="error", lifespan="on", server_header=False, timeout_graceful_shutdown=1)
    tell(f"{address} is the desk; Ctrl-C ends it. Prices and the second reader are being loaded.")
    if open_page:
        webbrowser.open(address)
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        front.hub.close()
        listening.close()
