"""The small publication with more in its kind's file: what an editor lays out inside an article, finished and read."""

from __future__ import annotations

from pathlib import Path

from generator.assembly import Desk
from generator.editorial.publication import read_publication
from generator.loading import load_prices
from generator.model import Settings
from generator.project import find_project
from generator.verification.reader import SecondReader
from tests.small_publication import OUTLINE, PUBLICATION, SESSION, write_small

from .finished import finished
from .trial import Case

SENDER = """newsletter: {sender: The desk, address: desk@kessler.org, unsubscribe: "https://kessler.org/leave", postal: "1 Main Street, Boston"}
"""
FORMATS = ("markdown", "html", "mail", "pdf")


def laid_out(folder: Path, more: str) -> Path:
    """The publication's folder, with `more` at the end of its kind's file."""
    root = write_small(folder)
    (root / "content" / "publication.yaml").write_text(PUBLICATION + SENDER, encoding="utf-8")
    (root / "content" / "kinds" / "session.yaml").write_text(OUTLINE + more, encoding="utf-8")
    return root


def finished_case(folder: Path, more: str) -> Case:
    """Its finished edition of the simulated market, with the reader over it."""
    project = find_project(laid_out(folder, more))
    publication = read_publication(project.root, project.templates)
    market = load_prices(Settings(source="sample", project=project.root, session=SESSION), publication)
    desk = Desk.over(publication, "session", market)
    return finished(desk, SecondReader(publication, "session", market), FORMATS)
