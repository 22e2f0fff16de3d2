"""A desk that delivers to networks on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery.publications import Desk
from tests.servers.networks import SECRETS, Networks


@pytest.fixture
def net() -> Iterator[Networks]:
    with Networks() as networks:
        yield networks


@pytest.fixture
def desk(net: Networks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A publication with an issue, all secrets in the environment, and little patience."""
    monkeypatch.setenv("COMMENTARY_PATIENCE", "0.02")
    monkeypatch.setenv("COMMENTARY_SECRETS", str(tmp_path / "secrets"))
    (tmp_path / "secrets").touch(0o600)
    monkeypatch.setenv("NO_PROXY", "*")  # nothing here leaves the machine, whatever proxy it has
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    made = Desk(tmp_path, net)
    made.issue()
    return made
