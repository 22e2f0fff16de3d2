"""Digests of an edition's files, and of the content, templates and program that made it.

`verify` compares a folder's files with the first, and uses the second to tell whether it can print the edition again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from generator.caching import release

if TYPE_CHECKING:
    from generator.model import Publication

MEDIA = {
    ".eml": "message/rfc822",
    ".html": "text/html",
    ".json": "application/json",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}
_TEMPLATES = (".j2", ".css")
_CONTENT = (".md", ".yaml", ".yml")
_PACKAGE = Path(__file__).resolve().parents[1]


def manifest(files: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    """Each file of an edition except the ledger, by its path in the folder, with media type and SHA-256."""
    return {
        path: {"media": MEDIA.get(PurePath(path).suffix, "application/octet-stream"), "sha256": _digest(content)}
        for path, content in sorted(files.items())
        if path != "edition.json"
    }


def made_with(publication: Publication) -> dict[str, str]:
    """The program's version, and digests of everything besides prices that decides what an edition says."""
    content = publication.root / "content"
    universe = content / "universe.yaml"
    # Where an issue goes decides nothing of what it says, and what was chosen for one nothing of any other.
    of_issues = [*(content / "choices").glob("*"), *(content / "own").glob("*")]
    apart = {universe, content / "deliveries.yaml", *of_issues}
    words = [path for path in _files(content, _CONTENT) if path not in apart]
    templates = _poured(publication.templates, _TEMPLATES)
    return {
        "program": release("market-commentary-generator") or "unreleased",
        "code": code_digest(),
        "content": _digest_of((path.relative_to(content).as_posix(), path) for path in words),
        "universe": _digest(universe.read_bytes()),
        "templates": _digest_of(templates.items()),
    }


def digest_of_code(rooms: Iterable[str]) -> str:
    """A digest of the modules in these rooms of the program."""
    found = (path for room in rooms for path in _files(_PACKAGE / room, (".py",)))
    return _digest_of((path.relative_to(_PACKAGE).as_posix(), path) for path in found)


def digest_of_templates(folders: Sequence[Path]) -> str:
    """A digest of the templates, style sheets and scripts in these folders; the first that holds a name wins."""
    return _digest_of(_poured(folders, (*_TEMPLATES, ".js")).items())


def _poured(folders: Sequence[Path], suffixes: tuple[str, ...]) -> dict[str, Path]:
    """By name, what pages are poured in: all that stands in these folders, and nothing below them."""
    return {
        path.name: path for folder in reversed(folders) for path in _files(folder, suffixes) if path.parent == folder
    }


@cache
def code_digest() -> str:
    """A digest of the program's own modules, because a checkout changes between releases."""
    return _digest_of((path.relative_to(_PACKAGE).as_posix(), path) for path in _files(_PACKAGE, (".py",)))


def _files(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in suffixes and path.is_file())


def _digest_of(named: Iterable[tuple[str, Path]]) -> str:
    """One digest over many files, in the order of their names."""
    return _digest("".join(f"{name}\0{_digest(path.read_bytes())}\n" for name, path in sorted(named)).encode())


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
