"""Pages in; an edition's folder on disk out, whole or not at all, and whole again after a run that was killed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from generator.errors import OutputError
from generator.locking import alone_in
from generator.model import Page
from generator.publishing.exchange import exchange

STAGED = ".commentary-staged-"
"""What a folder in the making is called, before its edition's name; no other program's file is called so."""
EARLIER = ".commentary-earlier-"
"""What the earlier edition is called between two renames, where the system has no single step for both."""


def write_folder(output: Path, session: str, edition: str, pages: Sequence[Page]) -> Path:
    """Write the pages to `output/<session>/<edition>/` and give back that folder.

    They go to a temporary folder beside it first, which then takes its place in one step; an edition that stood
    there before is removed only after that. What a killed run left anywhere in `output` is mended first. Raises
    `OutputError` with the earlier edition untouched.
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
                _fill(staged, pages)
                _swap(staged, folder)
            finally:
                _remove(staged)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{folder}: the edition could not be written ({reason}). Nothing that stood there was changed."
        ) from error
    return folder


def mend(output: Path) -> None:
    """Put right what killed runs left in `output`: half-made folders go, an edition put aside comes back."""
    left = {*output.glob(f"*/{STAGED}*"), *output.glob(f"*/{EARLIER}*")}
    for parent in sorted({path.parent for path in left}):
        with alone_in(parent):  # whoever is at work there ends first; what is left then belongs to nobody
            for path in parent.glob(f"{EARLIER}*"):
                folder = parent / path.name.removeprefix(EARLIER)
                if folder.is_dir():
                    _remove(path)
                else:
                    path.replace(folder)
            for path in parent.glob(f"{STAGED}*"):
                _remove(path)


def _fill(staged: Path, pages: Sequence[Page]) -> None:
    staged.chmod(0o777 & ~_umask())  # made for its owner alone, like every temporary folder
    for page in pages:
        target = staged / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page.content)


def _umask() -> int:
    """What the operator's umask takes away from new files; the system tells only who sets it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _swap(staged: Path, folder: Path) -> None:
    """Put `staged` in the place of `folder`, which is left under the other's name; if that fails, it stays."""
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
    """Take away a folder of ours; of a link that stood in an edition's place, the link and not what it leads to."""
    if path.is_symlink():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)
