"""Pages in; an edition's folder on disk out, whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from generator.errors import OutputError
from generator.model import Page


def write_folder(output: Path, session: str, edition: str, pages: Sequence[Page]) -> Path:
    """Write the pages to `output/<session>/<edition>/` and give back that folder.

    They go to a temporary folder beside it first, which then takes its place in one step; an edition that stood
    there before is put aside and removed only after that. Raises `OutputError` with the earlier edition untouched.
    """
    folder = output / session / edition
    staged: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=f".{edition}-", dir=folder.parent))
        staged.chmod(0o755)
        for page in pages:
            target = staged / page.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.content)
        _swap(staged, folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{folder}: the edition could not be written ({reason}). Nothing that stood there was changed."
        ) from error
    finally:
        if staged is not None:
            shutil.rmtree(staged, ignore_errors=True)
    return folder


def _swap(staged: Path, folder: Path) -> None:
    """Put `staged` in the place of `folder`; if that fails half-way, the earlier folder comes back."""
    if not folder.exists():
        os.replace(staged, folder)
        return
    aside = folder.with_name(f"{staged.name}-earlier")
    os.replace(folder, aside)
    try:
        os.replace(staged, folder)
    except OSError:
        os.replace(aside, folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)
