"""The publication as it was read before, as long as no file of it has changed: what most commands begin with."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from generator import files
from generator.caching import kept
from generator.model import Publication

Beside = Callable[[Path], AbstractContextManager[None]]
"""What goes on while a publication, whose root it is given, is read anew."""


def alone(_root: Path) -> AbstractContextManager[None]:
    """Nothing goes on."""
    return nullcontext()


def kept_publication(
    root: Path, templates: Sequence[Path], of: Sequence[bytes] | None, beside: Beside = alone
) -> Publication:
    """What `read_publication` gives, read anew only if a file below content/ has changed since it was without fault.

    `of` is what `content_files` gave just before.
    """
    if of is None:
        return _read(root, templates, beside)
    return kept("publication", "\n".join(map(str, (root, *templates))), of, lambda: _read(root, templates, beside))


def _read(root: Path, templates: Sequence[Path], beside: Beside) -> Publication:
    # Imported here: pydantic and the shapes of all files take a tenth of a second, which only a reader should pay.
    from generator.editorial.publication import read_publication

    with beside(root):
        return read_publication(root, templates)


def content_files(root: Path) -> list[bytes] | None:
    """Each file's name and what it holds, below content/; None where one is no plain file, as reading will tell."""
    found: list[bytes] = []
    waiting = [str(root / "content")]
    try:
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in sorted(entries, key=lambda one: one.name):
                    found.append(entry.path.encode(errors="surrogateescape"))
                    if entry.is_symlink():
                        return None
                    if entry.is_dir():
                        waiting.append(entry.path)
                    else:
                        found.append(files.read_bytes(Path(entry.path)))
    except OSError:
        return None
    return found
