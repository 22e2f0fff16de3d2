"""Work by many processes, of this machine or of others: the same parts made by the same bench, in whatever order.

Where the system can fork, all processes of this machine share what the bench had worked out before. A process that
shares no memory is given what a bench is set up from, once, and sets up its own.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import threading
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed
from contextlib import closing
from hashlib import sha256
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol, TypeVar

from generator.errors import CommentaryError, SettingsError

_Part = TypeVar("_Part", contravariant=True)
_Made = TypeVar("_Made", covariant=True)


class Bench(Protocol[_Part, _Made]):
    """What a part is made on."""

    def batch(self, part: Sequence[_Part], /) -> _Made:
        """What is made of a part."""
        ...


class Given(Protocol[_Part, _Made]):
    """What a process that shares no memory sets its bench up from; it can be pickled."""

    def set_up(self) -> Bench[_Part, _Made]:
        """The bench."""
        ...


_P = TypeVar("_P")
_M = TypeVar("_M")


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    bench: Bench[_P, _M], given: Given[_P, _M], parts: Sequence[Sequence[_P]], jobs: int, scheduler: str | None = None
) -> Iterator[_M]:
    """What is made of every part, as it is ready: by `jobs` processes, or by the workers of a Dask scheduler.

    Raises `CommentaryError` if a process of this machine ends before its work is done. What a lost worker of a
    scheduler had in hand is done again by another.
    """
    jobs = min(jobs, len(parts))
    if scheduler is not None:
        yield from _by_scheduler(given, parts, scheduler)
    elif jobs <= 1:
        yield from (bench.batch(part) for part in parts)
    else:
        yield from _by_processes(bench, given, parts, jobs)


# --- this machine -------------------------------------------------------------------------------


def _by_processes(bench: Bench[_P, _M], given: Given[_P, _M], parts: Sequence[Sequence[_P]], jobs: int) -> Iterator[_M]:
    with _frozen():
        workers = [_start(bench, given, parts[number::jobs]) for number in range(jobs)]
    try:
        yield from _received([receiving for _, receiving in workers])
    finally:
        for process, receiving in workers:
            receiving.close()
            process.terminate()
            process.join()


class _frozen:
    """Keeps the garbage collector away from shared memory while processes are forked."""

    def __enter__(self) -> None:
        gc.freeze()

    def __exit__(self, *_: object) -> None:
        gc.unfreeze()


def _start(bench: Any, given: Any, parts: Sequence[Any]) -> tuple[Any, Connection]:
    """Start a process on these parts; return it and the connection on which what it makes arrives."""
    forks = "fork" in multiprocessing.get_all_start_methods()
    os.environ["PYTHONSAFEPATH"] = "1"  # a new interpreter must not load code from the working directory
    context: Any = multiprocessing.get_context("fork" if forks else "spawn")
    receiving, sending = context.Pipe(duplex=False)
    arguments = (bench if forks else None, None if forks else given, parts, receiving, sending)
    process = context.Process(target=_work, args=arguments, daemon=True)
    with warnings.catch_warnings():
        # Python warns about forking with threads; any that numpy started hold no lock while this one forks.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    sending.close()
    return process, receiving


def _work(bench: Any, given: Any, parts: Sequence[Any], receiving: Connection, sending: Connection) -> None:
    """The main function of a process: it ends when its parts are done, or when nobody is left to receive them."""
    receiving.close()  # otherwise the pipe would outlive its reader
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(100_000, 50, 1000)  # an edition leaves few cycles, and looking for them takes a tenth of its time
    bench = given.set_up() if bench is None else bench
    try:
        for part in parts:
            sending.send(bench.batch(part))
        sending.send(None)
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(1)


def _end_with_parent() -> None:
    """End at once if the parent is killed: what this process has open, locks among them, would stay so meanwhile."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _received(open_pipes: list[Connection]) -> Iterator[Any]:
    while open_pipes:
        for pipe in wait(open_pipes):
            assert isinstance(pipe, Connection)
            try:
                made = pipe.recv()
            except EOFError as error:
                raise CommentaryError(
                    "one of the processes ended before its work was done. Run it again: what is done is not lost."
                ) from error
            if made is None:
                open_pipes.remove(pipe)
            else:
                yield made


# --- others -------------------------------------------------------------------------------------

_ANSWERS = 15
"""Seconds within which a scheduler has to answer."""


def _by_scheduler(given: Given[_P, _M], parts: Sequence[Sequence[_P]], address: str) -> Iterator[_M]:
    """Send `given` to every worker once and the parts to whoever is free."""
    try:
        import distributed
    except ImportError as error:
        raise SettingsError(
            "--scheduler needs Dask, which is not installed: pip install 'market-commentary-generator[cluster]'."
        ) from error
    library: Any = distributed  # its own types are partial
    packed = pickle.dumps(given)
    key = sha256(packed).hexdigest()
    try:
        client = library.Client(address, timeout=_ANSWERS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise SettingsError(f"{address}: no Dask scheduler answers there. Start one: dask scheduler.") from error
    with closing(client):
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise SettingsError(f"{address}: the scheduler has no workers. Start some: dask worker {address}.")
        held = client.scatter(packed, broadcast=True, hash=False)
        executor = client.get_executor(pure=False)
        left = [executor.submit(_made_there, key, held, part) for part in parts]
        try:
            for future in as_completed(left):
                yield future.result()
        except library.KilledWorker as error:
            raise CommentaryError(f"too many workers were lost over the same part: {error}") from error
        finally:
            for future in left:
                future.cancel()


_benches: dict[str, Any] = {}
_alone = threading.Lock()
"""A worker may have several threads, and what bounds a template bounds the whole process."""


def _made_there(key: str, packed: bytes, part: Any) -> Any:
    """What is made of the part, on the bench that this worker has set up from what it was given."""
    with _alone:
        if key not in _benches:
            _benches.clear()
            _benches[key] = pickle.loads(packed).set_up()
        return _benches[key].batch(part)
