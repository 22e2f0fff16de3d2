"""What happens while a page is open, told to every page as server-sent events; and the one run that may be at work."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import orjson

from generator.desk.answers import plain
from generator.errors import CommentaryError, StaleError

HEARTBEAT = 15.0
"""Seconds after which an open connection is told that there is nothing new."""
Event = dict[str, Any]


class Hub:
    """Tells every page that listens; `tell` may be called from any thread."""

    def __init__(self) -> None:
        self._listeners: dict[asyncio.Queue[Event | None], asyncio.AbstractEventLoop] = {}
        self._lock = threading.Lock()
        self.closed = False

    def tell(self, what: str, **more: Any) -> None:
        """Send an event to all who listen."""
        self._send({"event": what, **more})

    def close(self) -> None:
        """End every connection."""
        self.closed = True
        self._send(None)

    def _send(self, event: Event | None) -> None:
        with self._lock:
            listeners = list(self._listeners.items())
        for queue, loop in listeners:
            with suppress(RuntimeError):  # a loop that has ended listens no more
                loop.call_soon_threadsafe(queue.put_nowait, event)

    async def listen(self) -> AsyncIterator[bytes]:
        """Events as they are sent, in the form of server-sent events, until the page goes or the desk closes."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        with self._lock:
            self._listeners[queue] = asyncio.get_running_loop()
        try:
            yield b": here\n\n"
            while not self.closed:
                try:
                    event = await asyncio.wait_for(queue.get(), HEARTBEAT)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                if event is None:
                    return
                yield b"data: " + orjson.dumps(event, default=plain) + b"\n\n"
        finally:
            with self._lock:
                self._listeners.pop(queue, None)


class Runs:
    """One run at a time: what writes, builds or delivers waits for no other, but is refused beside it."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.state: Event = {"state": "idle"}
        self._lock = threading.Lock()

    def start(self, what: str, work: Callable[[], Any]) -> Event:
        """Begin the work in a thread of its own; raises `StaleError` while another is going on."""
        if not self._lock.acquire(blocking=False):
            raise StaleError(f"The desk is at work already: {self.state.get('what', 'something')}. Wait until it ends.")
        self.state = {"state": "running", "what": what, "stages": []}
        self.hub.tell("run", run=self.state)
        threading.Thread(target=self._run, args=(work,), daemon=True, name="desk-run").start()
        return self.state

    def alone(self, work: Callable[[], Any]) -> Any:
        """Do the work now; raises `StaleError` while another is going on."""
        if not self._lock.acquire(blocking=False):
            raise StaleError(f"The desk is at work already: {self.state.get('what', 'something')}. Wait until it ends.")
        try:
            return work()
        finally:
            self._lock.release()

    def wait(self, seconds: float) -> bool:
        """Wait until no run is at work; whether that came about."""
        if not self._lock.acquire(timeout=seconds):
            return False
        self._lock.release()
        return True

    def stage(self, name: str, seconds: float | None, did: str) -> None:
        """A stage of the run begins, or has ended."""
        stages = [one for one in self.state.get("stages", []) if one["name"] != name]
        self.state = {**self.state, "stages": [*stages, {"name": name, "seconds": seconds, "did": did}]}
        self.hub.tell("run", run=self.state)

    def _run(self, work: Callable[[], Any]) -> None:
        try:
            result = work()
            self.state = {**self.state, "state": "done", "result": result}
        except CommentaryError as error:
            self.state = {**self.state, "state": "failed", "error": str(error)}
        except Exception as error:  # a fault of the program: told on the page, which would else wait for ever
            self.state = {**self.state, "state": "failed", "error": f"The program failed: {error!r}"}
        finally:
            self._lock.release()
            self.hub.tell("run", run=self.state)
