"""Tallies written by hand, and a short replay of the simulated market."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.errors import CommentaryError
from generator.model import Settings
from generator.project import bundled_root
from generator.replay.run import Span
from generator.replay.tally import Tally

from ..small_publication import write_small

SMALL_SESSION = date(1997, 3, 5)
"""A session on which the small publication has a passage with a short form."""
LAST = date(2024, 7, 11)
SETTINGS = Settings(source="sample", project=bundled_root())


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The small publication over a simulated market."""
    return Settings(source="sample", session=SMALL_SESSION, project=write_small(tmp_path_factory.mktemp("small")))


@pytest.fixture
def tally() -> Callable[..., Tally]:
    """A tally of the n-th day of January 2024, with what the test has to say of it."""

    def make(day: int, *sentences: str, **given: Any) -> Tally:
        return Tally(date(2024, 1, 1) + timedelta(days=day - 1), sentences=sentences, **given)

    return make


@pytest.fixture
def short_span(tmp_path: Path) -> Callable[..., Span]:
    """Some weeks of the simulated market, up to 11 July 2024."""

    def make(jobs: int = 1, first: date = date(2024, 5, 1), kept: Path | None = None) -> Span:
        return Span(first, LAST, jobs, kept=kept)

    return make


@pytest.fixture
def run_error() -> Callable[[Callable[[], object]], str]:
    """The message with which something is refused."""

    def run(act: Callable[[], object]) -> str:
        with pytest.raises(CommentaryError) as caught:
            act()
        return str(caught.value)

    return run
