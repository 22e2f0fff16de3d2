"""The ledger's list of files, and what it says an edition was made with."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from generator.model import Publication
from generator.publishing.manifest import made_with, manifest


def test_each_file_has_its_kind_and_digest() -> None:
    """In the order of their names, whatever order they were made in; the ledger cannot name itself."""
    files = {"x.txt": b"", "edition.json": b"{}", "charts/moves.svg": b"<svg/>"}
    found = manifest(files)
    assert list(found) == ["charts/moves.svg", "x.txt"]
    assert found["x.txt"] == {
        "media": "text/plain",
        "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    }


def test_a_changed_word_changes_one_digest(project_root: Path, tmp_path: Path) -> None:
    """Content, universe and templates are told apart; what is no content, such as an editor's backup, is not counted."""
    for name in ("content", "templates"):
        shutil.copytree(project_root / name, tmp_path / name)
    publication = _publication(tmp_path)
    before = made_with(publication)
    (tmp_path / "content" / "notes.txt~").write_text("x")
    assert made_with(publication) == before
    for name, path in {
        "content": "content/lexicon.yaml", "universe": "content/universe.yaml", "templates": "templates/x.txt.j2",
    }.items():  # fmt: skip
        with (tmp_path / path).open("a") as file:
            file.write("\n")
        after = made_with(publication)
        assert [key for key in before if before[key] != after[key]] == [name]
        before = after


def test_a_template_of_ones_own_counts_instead_of_the_bundled_one(tmp_path: Path) -> None:
    """The first folder that holds a name wins; the other's may change and nothing is another."""
    own, bundled = tmp_path / "own", tmp_path / "bundled"
    for folder in (own, bundled, tmp_path / "content"):
        folder.mkdir()
    (own / "x.txt.j2").write_text("own")
    (bundled / "x.txt.j2").write_text("bundled")
    (tmp_path / "content" / "universe.yaml").write_text("")
    publication = _publication(tmp_path, own, bundled)
    before = made_with(publication)["templates"]
    (bundled / "x.txt.j2").write_text("changed")
    assert made_with(publication)["templates"] == before


def _publication(root: Path, *templates: Path) -> Publication:
    """As much of a publication as is asked for here: where it stands."""
    return cast(Publication, SimpleNamespace(root=root, templates=templates or (root / "templates",)))
