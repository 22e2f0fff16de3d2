"""Find the publication (content/ and templates/) that we are printing."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from generator.errors import OutputError, ProjectError

MARKER = Path("content") / "publication.yaml"
VARIABLE = "COMMENTARY_PROJECT"


@dataclass(frozen=True, slots=True)
class Project:
    """A publication's place: `root` holds content/; `templates` are searched in order, its own first."""

    root: Path
    templates: tuple[Path, ...]


def bundled_root() -> Path:
    """The publication that comes with the program: inside an installed wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent
    for root in (package / "bundled", package.parent):
        if (root / MARKER).is_file():
            return root
    raise ProjectError(
        "The publication that comes with the program is missing. Install it again, or name one with --project DIR."
    )


def find_project(named: Path | None = None, start: Path | None = None) -> Project:
    """The publication to print.

    In this order: `named` (--project) or the variable COMMENTARY_PROJECT; the nearest folder at or above `start` (the
    working directory) that holds content/publication.yaml; the bundled one. Content comes whole from one place;
    templates overlay the bundled ones file by file.
    """
    wanted = named or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if wanted is not None:
        if not (wanted / MARKER).is_file():
            raise ProjectError(f"{wanted}: holds no {MARKER.as_posix()}. 'commentary init {wanted}' makes one.")
        return _project(wanted)
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return _project(folder)
    return _project(bundled_root())


def _project(root: Path) -> Project:
    folders = [root / "templates", bundled_root() / "templates"]
    return Project(root, tuple(dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir())))


def copy_bundled(target: Path) -> Path:
    """Copy the bundled publication to `target` for editing; a folder that already holds one is left alone."""
    if (target / "content").exists() or (target / "templates").exists():
        raise ProjectError(
            f"{target}: already holds content/ or templates/. Choose another folder; nothing was written."
        )
    root = bundled_root()
    try:
        for name in ("content", "templates"):
            # The editor's desk stays the program's own: a copy would go with no later version of it.
            shutil.copytree(root / name, target / name, ignore=shutil.ignore_patterns("desk"))
    except OSError as error:  # copytree gathers what went wrong with each file into one error
        for name in ("content", "templates"):
            shutil.rmtree(target / name, ignore_errors=True)
        raise OutputError(f"{target}: cannot be written ({_reason(error)}). What was copied is gone again.") from error
    return target


def _reason(error: OSError) -> str:
    """Why the system refused, in its words: the first of the reasons where there are many."""
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):
        return str(error.args[0][0][2]).split("] ")[-1].split(":")[0]
    return error.strerror or str(error)
