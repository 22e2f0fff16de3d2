"""What was read before, as long as no file of it has changed: what most commands begin with.

Whoever reads is imported where it has to read: pydantic and the shapes of all files take a tenth of a second.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from generator import files
from generator.caching import kept
from generator.errors import ContentError
from generator.model import Correction, Imprint, SiteSettings

if TYPE_CHECKING:
    from generator.model import Publication

_Made = TypeVar("_Made")
_NEW_YORK = ZoneInfo("America/New_York")

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


def kept_masthead(content: Path) -> tuple[Imprint, SiteSettings]:
    """The masthead, and what a site needs besides; raises `ContentError` with every fault in it."""
    kinds = len([*content.glob("kinds/*.yaml")])

    def read() -> tuple[Imprint, SiteSettings]:
        from generator.editorial.masthead import gather_masthead

        imprint, site, faults, _ = gather_masthead(content, kinds)
        if faults or imprint is None or site is None:
            raise ContentError(faults)
        return imprint, site

    return _kept_of("masthead", content / "publication.yaml", content, [str(kinds).encode()], read)


def kept_corrections(output: Path) -> tuple[Correction, ...]:
    """Every correction of an archive, as listed; raises `ContentError` with every fault in the file."""
    path = output / "corrections.yaml"
    if not path.exists() and not path.is_symlink():
        return ()

    def read() -> tuple[Correction, ...]:
        from generator.editorial.corrections import read_corrections

        return tuple(replace(one, at=one.at.replace(tzinfo=None)) for one in read_corrections(output))

    found = _kept_of("corrections", path, output, [], read)
    return tuple(replace(one, at=one.at.replace(tzinfo=_NEW_YORK)) for one in found)


def approval_wanted(root: Path) -> bool:
    """Whether nothing may be published that nobody has approved; raises `ContentError` where that cannot be known."""
    path = root / "content" / "deliveries.yaml"
    if not path.exists():
        return False

    def read() -> bool:
        from generator.editorial.deliveries import read_deliveries

        return read_deliveries(root).approval

    return _kept_of("approval", path, root / "content", [], read)


def _kept_of(kind: str, path: Path, within: Path, of: Sequence[bytes], read: Callable[[], _Made]) -> _Made:
    """What `read` makes of the file, kept as long as the file is the same."""
    try:
        text = files.read_bytes(path, within)
    except OSError:
        return read()  # which tells what is wrong
    return kept(kind, str(path), [text, *of], read)
