"""One small publication with one issue of a simulated market, and a desk over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the desk's packages are an extra: [desk]")

from starlette.testclient import TestClient

from generator.desk.app import make_app
from generator.desk.front import Front
from generator.model import Settings
from generator.verbs.write import write_edition
from tests.small_publication import SESSION, write_small

PORT = 8765
OWN = f"http://127.0.0.1:{PORT}"
ISSUE = {"kind": "session", "session": SESSION.isoformat()}


@dataclass
class Open:
    """A desk that is open, and a browser's page of it."""

    front: Front
    client: TestClient

    @property
    def output(self) -> Path:
        """The archive."""
        return self.front.settings.output

    @property
    def root(self) -> Path:
        """The publication."""
        assert self.front.settings.project
        return self.front.settings.project

    def get(self, name: str, **given: Any) -> Any:
        return self.client.get(f"/api/{name}", params=given)

    def post(self, name: str, given: Any) -> Any:
        return self.client.post(f"/api/{name}", json=given)

    def digest(self) -> str:
        """The hash of the issue as the desk shows it."""
        found: str = self.get("issue", **ISSUE).json()["standing"]["digest"]
        return found

    def write(self) -> dict[str, Any]:
        """Write the issue again, and wait until that has ended."""
        assert self.post("write", ISSUE).status_code == 200
        return self.ended()

    def ended(self) -> dict[str, Any]:
        """The run once it has ended."""
        self.front.runs.wait(60)
        return self.front.runs.state


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The publication, with its issue in `output`."""
    root = write_small(tmp_path_factory.mktemp("desk"))
    settings = Settings(source="sample", session=SESSION, project=root, output=root / "output", formats=("html", "x"))
    write_edition(settings)
    return root


@pytest.fixture
def desk(published: Path, tmp_path: Path) -> Iterator[Open]:
    """A desk over a copy of it."""
    with opened(published, tmp_path) as one:
        yield one


@pytest.fixture(scope="module")
def attacked(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """One desk for a whole file of tests, none of which may change anything of it."""
    with opened(published, tmp_path_factory.mktemp("attacked")) as one:
        yield one


@contextmanager
def opened(published: Path, folder: Path) -> Iterator[Open]:
    """A desk over a copy of the publication in the folder."""
    root = folder / "publication"
    shutil.copytree(published, root)
    front = Front(Settings(source="sample", session=SESSION, project=root, output=root / "output"), root / "public")
    headers = {"x-desk-token": front.token, "origin": OWN}
    with TestClient(make_app(front, PORT, load=False), base_url=OWN, headers=headers) as client:
        yield Open(front, client)
        front.runs.wait(60)
