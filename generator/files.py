"""Read a file that somebody else may have put there: a regular one, of bounded size, inside its folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

LARGEST = 4_000_000
"""Bytes; the largest file that comes with the program has less than a hundredth of them."""
LARGEST_OF_DATA = 200_000_000
"""Bytes of a file of prices, which has one line for each session."""


class UnfitFileError(OSError):
    """A file that is not to be read; `strerror` says why, as it does for every other `OSError`."""

    def __init__(self, why: str) -> None:
        super().__init__(0, why)


def read_bytes(path: Path, within: Path | None = None, largest: int = LARGEST) -> bytes:
    """What the file holds; raises `OSError`, whose `strerror` says in words what is wrong.

    A link that leads out of `within`, a pipe, a device and a file of more than `largest` bytes are never opened.
    """
    if within is not None and not os.path.realpath(path).startswith(os.path.realpath(within) + os.sep):
        raise UnfitFileError(f"it leads out of the folder {within.name}/, in which it has to stand")
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnfitFileError("it is not a regular file")
    if status.st_size > largest:
        raise UnfitFileError(f"it is larger than {largest:,} bytes")
    with path.open("rb") as file:
        content = file.read(largest + 1)
    if len(content) > largest:  # it grew meanwhile, or its size was not known
        raise UnfitFileError(f"it is larger than {largest:,} bytes")
    return content


def read_text(path: Path, within: Path | None = None, largest: int = LARGEST) -> str:
    """The same as text with `\\n` at the ends of lines; a mark of byte order, as Windows puts in front, is left out."""
    try:
        text = read_bytes(path, within, largest).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnfitFileError(f"it is not UTF-8 text, at byte {error.start + 1:,}; save it as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
