"""Puts an editor's notes of a session into the publication, from a file that stands anywhere."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.errors import ContentError, Fault, OutputError, ProjectError, SettingsError
from generator.locking import alone_in
from generator.model import Settings
from generator.project import bundled_root, find_project
from generator.publishing.public import write_file


@contextmanager
def kept_note(settings: Settings) -> Iterator[Settings]:
    """The settings of an edition of the note's session, while its notes are in `content/sources/day/`.

    They stay there, since the edition cites them; if the edition comes to nothing, they are taken out again.
    Raises `ContentError` for notes that cannot be read or would replace others, `SettingsError` where another
    session is asked for, `ProjectError` where the publication is the one inside the installed program.
    """
    if settings.note is None:
        yield settings
        return
    from generator.editorial.facts import read_notes  # it loads all that reads content

    session, content = read_notes(settings.note)
    if settings.session not in (None, session):
        raise SettingsError(
            f"{settings.note}: its notes are of {session}, and the edition asked for is of {settings.session}."
        )
    root = find_project(settings.project).root
    if root.name == "bundled" and root.resolve() == bundled_root().resolve():
        raise ProjectError("A note is kept in a publication of your own. 'commentary init FOLDER' makes one.")
    place = root / "content" / "sources" / "day" / f"{session}.yaml"
    new = _keep(place, content)
    try:
        yield replace(settings, session=session, latest=False)
    except BaseException:
        if new:
            place.unlink(missing_ok=True)
        raise


def add_note(settings: Settings, session: date, told: Mapping[str, Any]) -> Path:
    """Put one note into the publication's notes of a session, beside those that are there; gives their file.

    Raises `ContentError` with what is wrong with it, and `ProjectError` where the publication is the one inside the
    installed program; nothing is changed then.
    """
    import yaml

    from generator.editorial.facts import read_notes

    root = find_project(settings.project).root
    require_own(root)
    place = root / "content" / "sources" / "day" / f"{session}.yaml"
    with contextlib.suppress(FileExistsError):
        place.parent.mkdir(parents=True)
    with alone_in(place.parent), tempfile.TemporaryDirectory(prefix="commentary-note-") as folder:
        text = place.read_text("utf-8") if place.exists() else f"session: {session}\nnotes:\n"
        entry = {"id": f"{_slug(told.get('outlet', ''))}-{session}-{text.count('- id:') + 1}", **told}
        entry.setdefault("published", session)
        listed = yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=1_000)
        tried = Path(folder) / place.name
        tried.write_text(f"{text.rstrip()}\n" + "".join(f"  {line}\n" for line in listed.splitlines()), "utf-8")
        try:
            read_notes(tried)
        except ContentError as error:
            where = f"content/sources/day/{place.name}"
            raise ContentError([Fault(where, fault.message) for fault in error.faults]) from error
        write_file(place, tried.read_bytes())
    return place


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40] or "note"


def require_own(root: Path) -> None:
    """Raise `ProjectError` for the publication inside the installed program, which an update overwrites."""
    if root.name == "bundled" and root.resolve() == bundled_root().resolve():
        raise ProjectError("Words are changed in a publication of your own. 'commentary init FOLDER' makes one.")


def _keep(place: Path, content: bytes) -> bool:
    """Write the notes, unless these very ones stand there; whether they are new."""
    try:
        if place.exists():
            if place.read_bytes() == content:
                return False
            where = f"content/sources/day/{place.name}"
            raise ContentError([Fault(where, "there are other notes of that session. Add yours to that file.")])
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    except OSError as error:
        raise OutputError(f"{place}: cannot be written ({error.strerror}).") from error
    return True
