"""Time each stage of a run, for `--verbose`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

Told = Callable[[str, float | None, str], None]
"""Is given a stage's name when it begins, without seconds; and again when it ends, with these and what it did."""


class Stages:
    """A stopwatch with a row per stage; it measures the run and never enters an edition."""

    def __init__(self, told: Told | None = None) -> None:
        self._rows: list[tuple[str, float, str]] = []
        self._told = told

    @contextmanager
    def __call__(self, name: str, did: Callable[[], str]) -> Iterator[None]:
        """Time a stage; `did` says afterwards what it did."""
        start = perf_counter()
        if self._told:
            self._told(name, None, "")
        yield
        row = (name, perf_counter() - start, did())
        self._rows.append(row)
        if self._told:
            self._told(*row)

    def rows(self) -> tuple[tuple[str, float, str], ...]:
        """(stage, seconds, what it did) in order."""
        return tuple(self._rows)
