"""What pouring one template may take: a template is untrusted, and can loop or grow without end.

Time is watched where the system has alarms and the main thread pours; memory where the system tells what is in use.
"""

from __future__ import annotations

import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

SECONDS = 10.0
"""An article takes a tenth of a second."""
MEMORY = 2**30
"""In bytes, beyond what the program holds already; an article takes a few million."""
_IN_USE = Path("/proc/self/statm")


class BudgetError(Exception):
    """A template that takes more than it may; its text ends a sentence that begins with "pouring it"."""


@contextmanager
def budget() -> Iterator[None]:
    """While this lasts, `SECONDS` and `MEMORY` are all there is; raises `BudgetError` beyond them."""
    watched = threading.current_thread() is threading.main_thread()
    earlier = resource.getrlimit(resource.RLIMIT_AS)
    if watched:
        handler = signal.signal(signal.SIGALRM, _too_long)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
    _limit(earlier)
    try:
        yield
    except MemoryError as error:
        raise BudgetError(f"needs more than {MEMORY // 2**20:,} MiB of memory") from error
    finally:
        resource.setrlimit(resource.RLIMIT_AS, earlier)
        if watched:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, handler)


def _limit(earlier: tuple[int, int]) -> None:
    soft, hard = earlier
    try:
        in_use = int(_IN_USE.read_text("ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return  # not Linux
    wanted = in_use + MEMORY
    if soft == resource.RLIM_INFINITY or wanted < soft:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise BudgetError(f"takes longer than {SECONDS:g} seconds")
