"""Prices and the calendar, read by a second process while the first reads the content: at a cold start alone.

What the second works out it keeps, and the first finds it there; whatever becomes of it, the first can do without.
"""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import Context
from pathlib import Path

from generator.market.panel import load_history, load_market
from generator.market.sessions import last_completed_session
from generator.market.supply import FETCHED, opened_source
from generator.model import Settings
from generator.workers import cores


@contextmanager
def prices_beside(settings: Settings, root: Path) -> Iterator[None]:
    """While this lasts, a second process reads what prices are made of; its end waits for that process.

    There is none where the system cannot fork, on one core, and beside other threads, which a fork would lose.
    """
    if not hasattr(os, "fork") or cores() < 2 or threading.active_count() > 1:
        yield
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # numpy's own threads hold no lock while this one forks
        child = os.fork()
    if child == 0:
        _alone(lambda: _read(settings, root))
    try:
        yield
    finally:
        with suppress(ChildProcessError):
            os.waitpid(child, 0)


def _alone(work: Callable[[], None]) -> None:
    """Do the work and end this process, without a word: whatever is wrong the first process meets and tells."""
    try:
        Context().run(work)  # where the first keeps later, this one keeps at once
    except BaseException:
        os._exit(1)
    os._exit(0)


def _read(settings: Settings, root: Path) -> None:
    if settings.source in FETCHED:
        return
    from generator.editorial.universe import read_universe

    universe = read_universe(root / "content")
    load = load_history if settings.latest else load_market
    with opened_source(settings, universe) as source:
        load(source, universe, settings.session or last_completed_session())
