"""Fixtures every room's tests may use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.servers.nursery import Nursery

# A test shows that something is right, not that it is quick: on a busy machine an example may take any time.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-goldens` writes the golden editions anew; read the diff as a reader would."""
    parser.addoption("--update-goldens", action="store_true", help="write the golden editions anew")


ROOT = Path(__file__).resolve().parents[1]
# Or each process that a test starts would compile the whole program, and each worker every test.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# What tests keep is theirs, and serves the next run of them, as a user's own serves the next evening.
os.environ["COMMENTARY_CACHE"] = str(ROOT / ".cache" / "tests")


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The checkout's own folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real market history kept beside the checkout; tests that need it skip where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("real market history (../shared/data) is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def nursery(project_root: Path) -> Iterator[Nursery]:
    """Forks children that have the heavy imports behind them."""
    with Nursery(project_root, preload=("generator.verbs.writing", "generator.market.yahoo.source")) as nursery:
        yield nursery
