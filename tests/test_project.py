"""Which publication is printed."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from generator.errors import OutputError, ProjectError
from generator.project import bundled_root, copy_bundled, find_project


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    (tmp_path / "mine" / "content").mkdir(parents=True)
    (tmp_path / "mine" / "content" / "publication.yaml").write_text("title: Mine\n")
    return tmp_path / "mine"


def test_the_nearest_folder_above_wins(publication: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A publication is found from any folder inside it."""
    monkeypatch.delenv("COMMENTARY_PROJECT", raising=False)
    inside = publication / "a" / "b"
    inside.mkdir(parents=True)
    assert find_project(start=inside).root == publication.resolve()


def test_a_named_publication_beats_the_nearest_one(
    publication: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--project comes first, then the variable, then the folder one stands in."""
    monkeypatch.setenv("COMMENTARY_PROJECT", str(publication))
    assert find_project(start=tmp_path).root == publication
    assert find_project(bundled_root(), start=tmp_path).root == bundled_root()


def test_without_any_the_bundled_one_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anywhere else the program prints the publication that it came with."""
    monkeypatch.delenv("COMMENTARY_PROJECT", raising=False)
    assert find_project(start=tmp_path).root == bundled_root()


def test_templates_of_ones_own_lie_over_the_bundled_ones(publication: Path) -> None:
    """A publication's templates are searched first, the bundled ones after them."""
    (publication / "templates").mkdir()
    assert find_project(publication).templates == (publication / "templates", bundled_root() / "templates")


def test_a_folder_that_is_no_publication_is_refused(tmp_path: Path) -> None:
    """Naming a folder without content/publication.yaml is an error that says how to make one."""
    with pytest.raises(ProjectError, match="commentary init"):
        find_project(tmp_path)


def test_init_copies_the_publication_once(tmp_path: Path) -> None:
    """`init` copies content and templates, and leaves alone a folder that already has them."""
    copy_bundled(tmp_path / "new")
    assert (tmp_path / "new" / "content" / "kinds" / "session.yaml").is_file()
    with pytest.raises(ProjectError, match="nothing was written"):
        copy_bundled(tmp_path / "new")


def test_an_init_that_fails_leaves_nothing_and_says_why_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is one line, and the next try finds no half copy in its way."""
    real, copied = shutil.copyfile, []

    def full(source: str, target: str, **how: bool) -> None:
        copied.append(source)
        if len(copied) > 3:
            raise OSError(errno.ENOSPC, "No space left on device", target)
        real(source, target, **how)

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(OutputError) as refused:
        copy_bundled(tmp_path / "new")
    assert "No space left on device" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300
    assert not (tmp_path / "new" / "content").exists()
