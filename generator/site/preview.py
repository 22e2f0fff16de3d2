"""Shows a site on this machine alone, and has open pages load again when it was built anew."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator.errors import OutputError

HOST = "127.0.0.1"
EVERY = 0.5
"""Seconds between two looks at what the site is made from."""
PATIENCE = 20.0
"""Seconds after which a page that asks for news is told that there is none."""
RELOAD = ".reload"
_SCRIPT = """<script>(async () => {{
  for (;;) {{
    try {{
      if ((await (await fetch('{address}?{number}')).text()) !== '{number}') return location.reload();
    }} catch {{
      await new Promise((later) => setTimeout(later, 1000));
    }}
  }}
}})();</script>
"""


class News:
    """How often the site was built, for pages that wait for the next time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._number = 0

    def tell(self) -> None:
        """The site was built anew."""
        with self._changed:
            self._number += 1
            self._changed.notify_all()

    @property
    def number(self) -> int:
        """How often it was."""
        return self._number

    def after(self, number: int) -> int:
        """The number once it is another than this one, or the same after some patience."""
        with self._changed:
            self._changed.wait_for(lambda: self._number != number, PATIENCE)
            return self._number


class Preview(SimpleHTTPRequestHandler):
    """One request: a file of the site as a host would give it, or news of a change."""

    def __init__(self, *arguments: Any, root: str, news: News, **named: Any) -> None:
        self._root, self._news = root, news
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        """Answer with a page, a file, or `404.html`."""
        address = urlsplit(self.path)
        if not self._is_ours():
            self.send_error(HTTPStatus.FORBIDDEN, "Only pages of this machine may ask.")
        elif address.path == f"{self._root}{RELOAD}":
            asked = int(address.query) if address.query.isdecimal() else -1
            self._answer(HTTPStatus.OK, str(self._news.after(asked)).encode(), "text/plain")
        elif address.path == "/" != self._root:
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", self._root)
            self.end_headers()
        else:
            self._file(address.path)

    def do_HEAD(self) -> None:
        """The same without its content."""
        self.do_GET()

    def _is_ours(self) -> bool:
        """Whether the request was meant for this machine: a page elsewhere can lead any name to it."""
        host = self.headers.get("Host", "").rpartition(":")[0]
        return host in (HOST, "localhost")

    def _file(self, path: str) -> None:
        inside = path.removeprefix(self._root) if path.startswith(self._root) else None
        found = Path(self.translate_path(f"/{inside}")) if inside is not None else None
        if found and found.is_dir() and not path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{path}/")
            self.end_headers()
            return
        if found and found.is_dir():
            found /= "index.html"
        hidden = inside is None or any(part.startswith(".") for part in inside.split("/"))
        if found is None or hidden or not found.is_file():
            lost = Path(self.directory, "404.html")
            page = lost.read_bytes() if lost.is_file() else b"There is no such page."
            self._answer(HTTPStatus.NOT_FOUND, page, "text/html")
            return
        self._answer(HTTPStatus.OK, found.read_bytes(), self.guess_type(found))

    def _answer(self, status: HTTPStatus, content: bytes, media: str) -> None:
        if media == "text/html":
            script = _SCRIPT.format(address=f"{self._root}{RELOAD}", number=self._news.number)
            content = content.replace(b"</body>", script.encode() + b"</body>")
        self.send_response(status)
        textual = media.startswith("text/") or media.endswith(("xml", "json", "javascript"))
        self.send_header("Content-Type", f"{media}; charset=utf-8" if textual else media)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.copyfile(BytesIO(content), self.wfile)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing: the terminal tells what is built."""


@contextmanager
def shown(public: Path, root: str, port: int, news: News) -> Iterator[str]:
    """While this lasts the site can be read at the address given back. Raises `OutputError` for a taken port."""
    handler = partial(Preview, directory=str(public), root=root, news=news)
    try:
        server = ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        told = f"Port {port} cannot be listened on ({error.strerror}). Choose another with --port."
        raise OutputError(told) from error
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}{root}"
    finally:
        server.shutdown()
        server.server_close()


def changes_in(look: Callable[[], object], seen: object, stopped: threading.Event) -> Iterator[None]:
    """One item each time what `look` sees has become another than what was `seen`, until it is stopped."""
    while not stopped.wait(EVERY):
        sees = look()
        if sees != seen:
            seen = sees
            yield


def stamps(folders: Iterable[Path]) -> list[tuple[str, int, int]]:
    """Size and time of every file in these folders, or of the files themselves."""
    found: list[tuple[str, int, int]] = []
    for folder in folders:
        paths = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
        for path in paths:
            try:
                status = os.stat(path)
            except OSError:  # it went while we looked
                continue
            found.append((str(path), status.st_size, status.st_mtime_ns))
    return found
