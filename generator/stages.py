"""Work in, how long each stage of it took out: what `--verbose` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter


class Stages:
    """A stopwatch with a row per stage; it measures the run and never enters an edition."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, float, str]] = []

    @contextmanager
    def __call__(self, name: str, did: Callable[[], str]) -> Iterator[None]:
        """Time a stage; `did` says afterwards what it did."""
        start = perf_counter()
        yield
        self._rows.append((name, perf_counter() - start, did()))

    def rows(self) -> tuple[tuple[str, float, str], ...]:
        """(stage, seconds, what it did) in order."""
        return tuple(self._rows)
