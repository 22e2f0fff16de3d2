"""What pouring one template may take: a template is untrusted, and can loop or grow without end.

Time is watched where the system has alarms and the main thread pours; memory where the system tells what is in use.
"""

from __future__ import annotations

import os
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import FrameType

SECONDS = 10.0
"""An article takes a tenth of a second."""
MEMORY = 2**30
"""In bytes, beyond what the program holds already; an article takes a few million."""
_IN_USE = "/proc/self/statm"
_PAGE = resource.getpagesize()


class BudgetError(Exception):
    """A template that takes more than it may; its text ends a sentence that begins with "pouring it"."""


@contextmanager
def budget() -> Iterator[None]:
    """While this lasts, `SECONDS` and `MEMORY` are all there is; raises `BudgetError` beyond them."""
    with nullcontext() if getattr(_READY, "now", False) else budgets():
        watched = threading.current_thread() is threading.main_thread()
        if watched:
            signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            yield
        except MemoryError as error:
            raise BudgetError(f"needs more than {MEMORY // 2**20:,} MiB of memory") from error
        finally:
            if watched:
                signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def budgets() -> Iterator[None]:
    """While this lasts, many budgets follow one another, and the alarm and the limit of all need be set but once."""
    watched = threading.current_thread() is threading.main_thread()
    earlier = resource.getrlimit(resource.RLIMIT_AS)
    handler = signal.signal(signal.SIGALRM, _too_long) if watched else None
    _limit(earlier)
    _READY.now = True
    try:
        yield
    finally:
        _READY.now = False
        resource.setrlimit(resource.RLIMIT_AS, earlier)
        if watched:
            signal.signal(signal.SIGALRM, handler)


_READY = threading.local()
"""Whether this thread has set them: only the first hears alarms, and one without its handler would end the program."""


def _limit(earlier: tuple[int, int]) -> None:
    soft, hard = earlier
    try:
        handle = os.open(_IN_USE, os.O_RDONLY)  # by hand: this is done for every part of every page
    except OSError:
        return  # not Linux
    try:
        in_use = int(os.read(handle, 100).split()[0]) * _PAGE
    finally:
        os.close(handle)
    wanted = in_use + MEMORY
    if soft == resource.RLIM_INFINITY or wanted < soft:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise BudgetError(f"takes longer than {SECONDS:g} seconds")
