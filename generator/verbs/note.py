"""Puts an editor's notes of a session into the publication, from a file that stands anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from generator.editorial.facts import read_notes
from generator.errors import ContentError, Fault, OutputError, ProjectError, SettingsError
from generator.model import Settings
from generator.project import bundled_root, find_project


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
