"""Writes an edition's folder to disk, whole or not at all, and repairs what a killed run left."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence, Set
from pathlib import Path

from generator.errors import OutputError
from generator.locking import alone_in
from generator.model import Page
from generator.publishing.exchange import exchange

LEDGER = "edition.json"
STAGED = ".commentary-staged-"
"""Prefix of a folder in the making, before its edition's name; no other program uses it."""
EARLIER = ".commentary-earlier-"
"""Prefix of the earlier edition between two renames, on systems that cannot swap in one step."""


def write_folder(output: Path, session: str, edition: str, pages: Sequence[Page]) -> tuple[Path, tuple[str, ...]]:
    """Write the pages to `output/<session>/<edition>/`; return that folder, and other people's files kept in it.

    The pages go to a temporary folder beside it first, which then takes its place in one step; an earlier edition is
    removed only after that. Files in it that this program did not make are kept. Anything a killed run left in `output`
    is repaired first. Raises `OutputError`, with the earlier edition untouched.
    """
    if edition.startswith("."):
        raise OutputError(
            f"'{edition}': an edition's name may not begin with a dot. Give its folder in content/ another."
        )
    folder = output / session / edition
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        mend(output)
        with alone_in(folder.parent):
            staged = Path(tempfile.mkdtemp(prefix=f"{STAGED}{edition}-", dir=folder.parent))
            try:
                kept = _strangers(folder, {page.path for page in pages})
                _fill(staged, (*pages, *kept))
                _swap(staged, folder)
            finally:
                _remove(staged)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{folder}: the edition could not be written ({reason}). Nothing that stood there was changed."
        ) from error
    return folder, tuple(page.path for page in kept)


def _strangers(folder: Path, ours: Set[str]) -> tuple[Page, ...]:
    """Files in an earlier edition's folder that its ledger does not name and the new edition does not replace."""
    try:
        ledger = json.loads((folder / LEDGER).read_bytes())
        named = {LEDGER, *ledger["files"]}
    except (OSError, ValueError, KeyError, TypeError):  # no edition, or one of a version that did not name its files
        return ()
    paths = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    found = {path.relative_to(folder).as_posix(): path for path in sorted(paths)}
    return tuple(Page(name, path.read_bytes()) for name, path in found.items() if name not in named | ours)


def mend(output: Path) -> None:
    """Repair what killed runs left in `output`: remove half-made folders, restore an edition that was set aside."""
    left = {*output.glob(f"*/{STAGED}*"), *output.glob(f"*/{EARLIER}*")}
    for parent in sorted({path.parent for path in left}):
        with alone_in(parent):  # wait for any other run to finish; what is left then was abandoned
            for path in parent.glob(f"{EARLIER}*"):
                folder = parent / path.name.removeprefix(EARLIER)
                if folder.is_dir():
                    _remove(path)
                else:
                    path.replace(folder)
            for path in parent.glob(f"{STAGED}*"):
                _remove(path)


def _fill(staged: Path, pages: Sequence[Page]) -> None:
    staged.chmod(0o777 & ~_umask())  # temporary folders are readable only by their owner
    for page in pages:
        target = staged / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page.content)


def _umask() -> int:
    """The user's umask; the system reveals it only when it is set."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _swap(staged: Path, folder: Path) -> None:
    """Put `staged` in the place of `folder`; if that fails, `folder` stays as it was."""
    if not folder.is_dir():
        staged.replace(folder)
    elif not exchange(staged, folder):
        aside = folder.with_name(f"{EARLIER}{folder.name}")
        folder.replace(aside)
        try:
            staged.replace(folder)
        except OSError:
            aside.replace(folder)
            raise
        _remove(aside)


def _remove(path: Path) -> None:
    """Remove a folder of ours; if it is a link, only the link and not its target."""
    if path.is_symlink():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)
