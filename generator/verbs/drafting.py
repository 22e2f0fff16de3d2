"""Read, try and save files of content/: their faults, and what they would have said."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from generator import files
from generator.editorial.publication import gather_publication
from generator.errors import ContentError, Fault, OutputError, SettingsError, StaleError
from generator.figures.catalogue import FigureCatalogue
from generator.locking import alone_in
from generator.model import Publication
from generator.narrative.checks.proofreading import proofread_spoken
from generator.narrative.situations.figures import all_names
from generator.project import find_project
from generator.publishing.public import write_file
from generator.verbs.note import require_own
from generator.verbs.preview import DAYS, Previewed, previewed, sound
from generator.verbs.warm import Warm

SUFFIXES = (".md", ".yaml")
LONGEST = 200_000
"""The most characters of a file that is edited."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of content/, and the fragments in it."""

    path: str
    fragments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A file as it stands."""

    path: str
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A text that nobody has saved: its faults or, without any, what it would have said."""

    faults: tuple[Fault, ...]
    others: int
    """How many faults other files have."""
    previewed: tuple[Previewed, ...] = ()


def listed(warm: Warm) -> tuple[Listed, ...]:
    """Every file of content/ that can be edited, with its fragments."""
    root = find_project(warm.settings.project).root
    publication = warm.publication()
    fragments: dict[str, list[str]] = {}
    for several in publication.fragments.values():
        for one in several:
            fragments.setdefault(one.path, []).append(one.key)
    paths = sorted(path for path in (root / "content").rglob("*") if path.suffix in SUFFIXES and path.is_file())
    names = [path.relative_to(root).as_posix() for path in paths]
    return tuple(Listed(name, tuple(dict.fromkeys(fragments.get(name, ())))) for name in names)


def read(warm: Warm, path: str) -> Text:
    """The file's text; raises `SettingsError` for a path that is none of a file in content/."""
    root, place = _place(warm, path)
    try:
        text = files.read_text(place, root / "content", 4 * LONGEST)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror or error}.") from error
    return Text(path, text, _digest(text))


def tried(warm: Warm, path: str, text: str, kind: str, days: int = DAYS) -> Tried:
    """What `check` says of the file without prices and, if that is nothing, what it would have said on its last days.

    The file itself stays as it is: the publication is read as if the text stood there.
    """
    root, place = _place(warm, path)
    _require_short(path, text)
    templates = find_project(warm.settings.project).templates
    with tempfile.TemporaryDirectory(prefix="commentary-desk-") as folder:
        other = Path(folder)
        shutil.copytree(root / "content", other / "content", symlinks=True)
        copy = other / place.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text, encoding="utf-8")
        publication, faults = gather_publication(other, templates)
        faults += _proofread(publication, path) if publication else []
        own = tuple(fault for fault in faults if fault.where.partition(":")[0] == path)
        if own or publication is None:
            return Tried(own or tuple(faults), len(faults) - len(own))
        try:
            readable = sound(replace(publication, root=root), faults, path, kind)
        except ContentError:
            return Tried((), len(faults))  # no file of fragments, or none that the kind takes from
        found = previewed(readable, kind, warm.desk(kind).table, path, days)
    return Tried((), len(faults), tuple(found))


def _proofread(publication: Publication, path: str) -> list[Fault]:
    """What `check` says of the fragments in one file, in every kind that takes from it."""
    catalogue = all_names(publication, FigureCatalogue(publication.universe))
    found: list[Fault] = []
    for kind, fragments in publication.fragments.items():
        keys = {one.key for one in fragments if one.path == path}
        read = proofread_spoken(publication, kind, catalogue, keys) if keys else {}
        found += [fault for faults in read.values() for fault in faults]
    return list(dict.fromkeys(found))


def save(warm: Warm, path: str, text: str, digest: str) -> Text:
    """Put the text in the file's place; `digest` is that of the text it was made from, empty for a new file.

    Raises `StaleError` if the file is another by now, and `ProjectError` where the publication is the one inside the
    installed program.
    """
    root, place = _place(warm, path)
    _require_short(path, text)
    require_own(root)
    with alone_in(root / "content"):
        there = _digest(read(warm, path).text) if place.exists() else ""
        if there != digest:
            what = "was changed by somebody else since you opened it" if digest else "is there already"
            raise StaleError(f"{path} {what}. Your text is not saved.")
        try:
            write_file(place, text.replace("\r\n", "\n"))
        except OSError as error:
            raise OutputError(f"{path}: cannot be written ({error.strerror}).") from error
    return read(warm, path)


def _place(warm: Warm, path: str) -> tuple[Path, Path]:
    """The publication's folder and the file's place; raises `SettingsError` for any other place than in content/."""
    root = find_project(warm.settings.project).root.resolve()
    place = root / path
    inside = path.startswith("content/") and path.isprintable() and "\\" not in path
    plain = all(part and not part.startswith(".") for part in path.split("/"))
    fit = inside and plain and place.suffix in SUFFIXES
    if not (fit and place.resolve().is_relative_to(root / "content")):
        raise SettingsError(f"'{path[:80]}' is no file of content/ that can be edited: *.md and *.yaml alone are.")
    return root, place


def _require_short(path: str, text: str) -> None:
    if len(text) > LONGEST:
        raise SettingsError(f"{path}: has {len(text):,} characters, and {LONGEST:,} are the most. Nothing is saved.")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
