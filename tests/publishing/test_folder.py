"""An edition's folder: whole, or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from generator.errors import OutputError
from generator.model import Page
from generator.publishing.folder import write_folder


def test_pages_are_put_in_place_together(tmp_path: Path) -> None:
    """Every page stands in `<date>/<edition>/`, and nothing temporary is left beside it."""
    folder = write_folder(tmp_path, "2024-07-11", "session", [Page("a.md", b"A"), Page("charts/b.svg", b"B")])
    assert folder == tmp_path / "2024-07-11" / "session"
    assert (folder / "charts" / "b.svg").read_bytes() == b"B"
    assert [path.name for path in folder.parent.iterdir()] == ["session"]


def test_a_later_edition_takes_the_place_of_an_earlier_one_whole(tmp_path: Path) -> None:
    """A file of the earlier edition that the later one does not have is gone."""
    write_folder(tmp_path, "d", "session", [Page("old.md", b"1"), Page("a.md", b"1")])
    folder = write_folder(tmp_path, "d", "session", [Page("a.md", b"2")])
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("a.md", b"2")]


def test_a_full_disk_leaves_the_earlier_edition_untouched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails half-way, the edition that stood there stands as before, with one clear error."""
    folder = write_folder(tmp_path, "d", "session", [Page("a.md", b"1")])

    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_folder(tmp_path, "d", "session", [Page("a.md", b"2")])
    assert (folder / "a.md").read_bytes() == b"1"
    assert [path.name for path in folder.parent.iterdir()] == ["session"]


def test_a_failed_swap_brings_the_earlier_edition_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the new folder cannot be moved into place, the old one is moved back."""
    folder = write_folder(tmp_path, "d", "session", [Page("a.md", b"1")])
    real, calls = os.replace, []

    def second_fails(source: Path, target: Path) -> None:
        calls.append(source)
        if len(calls) == 2:
            raise OSError(errno.EACCES, "Permission denied")
        real(source, target)

    monkeypatch.setattr(os, "replace", second_fails)
    with pytest.raises(OutputError):
        write_folder(tmp_path, "d", "session", [Page("a.md", b"2")])
    assert (folder / "a.md").read_bytes() == b"1"


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    """A file where the output folder should be is named."""
    (tmp_path / "output").write_text("in the way")
    with pytest.raises(OutputError, match="could not be written"):
        write_folder(tmp_path / "output", "d", "session", [Page("a.md", b"1")])
