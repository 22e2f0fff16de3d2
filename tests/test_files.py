"""Files that others may have put there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator import files


def test_a_byte_order_mark_and_line_ends_of_windows_are_not_text(tmp_path: Path) -> None:
    """What Notepad saves reads as what anybody else's editor saves."""
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbf---\r\nwhen: true\r\n---\r\n")
    assert files.read_text(path) == "---\nwhen: true\n---\n"


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """Nor does a linked folder lead out; a link within it is as good as a file."""
    inside = tmp_path / "content"
    inside.mkdir()
    (tmp_path / "secret").write_text("secret")
    (inside / "out").symlink_to(tmp_path / "secret")
    (inside / "up").symlink_to(tmp_path)
    (inside / "file").write_text("x")
    (inside / "in").symlink_to(inside / "file")
    for path in (inside / "out", inside / "up" / "secret", inside / ".." / "secret"):
        with pytest.raises(OSError, match="leads out of the folder content/"):
            files.read_bytes(path, inside)
    assert files.read_bytes(inside / "in", inside) == b"x"


def test_a_pipe_or_device_is_never_opened(tmp_path: Path) -> None:
    """A pipe would make the run wait for ever, /dev/zero fill its memory."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(OSError, match="not a regular file"):
            files.read_bytes(path)


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A sparse file of a terabyte costs nothing to refuse."""
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(OSError, match="larger than 4,000,000 bytes"):
        files.read_bytes(path)


def test_another_encoding_is_named(tmp_path: Path) -> None:
    """UTF-16, as some editors save, is no text; the message says how to save it."""
    path = tmp_path / "a.md"
    path.write_bytes("when: true".encode("utf-16"))
    with pytest.raises(OSError, match="save it as UTF-8"):
        files.read_text(path)
