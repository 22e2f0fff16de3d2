"""Read the archive, `<output>/<date>/<kind>/`: each issue with what proves its figures.

A folder that is no issue, or half of one, is named and passed over: nothing that was published may hang on it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from generator import files
from generator.errors import DataError, OutputError
from generator.publishing.document import ISSUE_FILE, read_issue

if TYPE_CHECKING:
    from generator.model import Issue

LEDGER = "edition.json"
CARD, CARD_WORDS, PAPER, CHARTS = "card.png", "card-alt.txt", "article.pdf", "charts"
STATE = ".published"
"""The folder in the archive that holds what a site keeps of what was published."""
LARGEST = 64 * 2**20
"""Bytes of the largest file of an issue."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """An issue's folder, found and not yet read."""

    session: date
    kind: str
    place: str
    stamp: tuple[int, ...]
    """Sizes and times of its data: the same as long as nobody has written it again."""

    @property
    def folder(self) -> Path:
        """Where it stands."""
        return Path(self.place)

    @property
    def key(self) -> str:
        """`2024-07-11/session`."""
        return f"{self.session.isoformat()}/{self.kind}"


@dataclass(frozen=True, slots=True)
class Held:
    """An issue as it was read: what it says, how its figures were made, and the files that go with it."""

    issue: Issue
    derivations: Mapping[str, str]
    digest: str
    """Of the issue and its ledger."""
    card: str
    """The card in words; empty where there is no card."""
    pictures: Mapping[str, str]
    """The files that stand beside the article on a site, with the digest of each."""


def shelved(output: Path) -> tuple[list[Shelved], list[str]]:
    """Every issue's folder, oldest first, and a notice of each folder that is none."""
    found: list[Shelved] = []
    notices: list[str] = []
    try:
        for name in _folders(str(output)):
            day = _day(name)
            if day is None:
                notices.append(f"{output / name}: passed over, as its name is no date such as 2024-07-11.")
                continue
            for kind in _folders(f"{output}/{name}"):
                one = _shelved(day, kind, f"{output}/{name}/{kind}")
                if isinstance(one, str):
                    notices.append(one)
                else:
                    found.append(one)
    except OSError as error:
        what = error.strerror or str(error)
        raise OutputError(f"{error.filename or output}: the archive of issues cannot be read ({what}).") from error
    return found, notices


def _folders(folder: str) -> list[str]:
    with os.scandir(folder) as entries:
        return sorted([entry.name for entry in entries if entry.name[0] != "." and entry.is_dir()])


def _day(name: str) -> date | None:
    try:
        day = date.fromisoformat(name)
    except ValueError:
        return None
    return day if day.isoformat() == name else None


def _shelved(day: date, kind: str, folder: str) -> Shelved | str:
    """The folder as an issue's, or why it is none."""
    stamps: list[int] = [os.stat(folder).st_mtime_ns]
    for name in (ISSUE_FILE, LEDGER):
        try:
            status = os.stat(f"{folder}/{name}")
        except OSError:
            return f"{folder}: passed over, as it holds no {name}. Write the issue again."
        stamps += [status.st_size, status.st_mtime_ns]
    return Shelved(day, kind, folder, tuple(stamps))


def shelved_at(output: Path, session: date, kind: str) -> Shelved | None:
    """The issue's folder; None where there is none."""
    try:
        one = _shelved(session, kind, f"{output}/{session.isoformat()}/{kind}")
    except OSError:
        return None
    return one if isinstance(one, Shelved) else None


DRAWN = (".svg", ".png")
"""The charts of the page, and the one that a newsletter takes from the site."""


def read_shelved(one: Shelved) -> Held:
    """The issue in that folder; raises `DataError` where it is broken, another's, or changed since it was written."""
    from generator.publishing.ledger import claims_of
    from generator.publishing.provenance import derivations_of

    issue_file, ledger_file = one.folder / ISSUE_FILE, one.folder / LEDGER
    told, proof = _read(issue_file, one.folder), _read(ledger_file, one.folder)
    issue = read_issue(told, str(issue_file))
    if (issue.article.session, issue.article.edition) != (one.session, one.kind):
        what = f"{issue.article.session.isoformat()}/{issue.article.edition}"
        raise DataError(f"{issue_file}: is the issue {what}, which does not belong into this folder.")
    ledger = _ledger(proof, ledger_file)
    if ledger["files"].get(ISSUE_FILE, {}).get("sha256") != sha256(told).hexdigest():
        raise DataError(f"{issue_file}: was changed after its ledger was written. Write the issue again.")
    pictures = _pictures(one.folder)
    words = _card_words(one.folder) if CARD in pictures else ""
    claims = claims_of(issue.article, issue.digest)
    known = derivations_of(ledger["figures"], claims, ledger["base_rates"])
    derivations = {name: known[name] for name in {claim.name for claim in claims} if name in known}
    return Held(issue, derivations, sha256(told + proof).hexdigest(), words, pictures)


def same_as(one: Shelved, digest: str, pictures: Mapping[str, str]) -> bool:
    """Whether the issue in that folder, its ledger and its pictures are the ones of which these were made."""
    try:
        told, proof = (_read(one.folder / name, one.folder) for name in (ISSUE_FILE, LEDGER))
        return sha256(told + proof).hexdigest() == digest and _pictures(one.folder) == pictures
    except DataError:
        return False


def _pictures(folder: Path) -> dict[str, str]:
    """The files that stand beside the article on a site, with the digest of each."""
    names = [*(name for name in (CARD, PAPER) if (folder / name).is_file())]
    drawn = (path.name for path in (folder / CHARTS).glob("*") if path.suffix in DRAWN)
    names += sorted(f"{CHARTS}/{name}" for name in drawn)
    return {name: sha256(_read(folder / name, folder)).hexdigest() for name in names}


def _card_words(folder: Path) -> str:
    path = folder / CARD_WORDS
    try:
        return _read(path, folder).decode().strip()
    except UnicodeDecodeError:
        raise DataError(f"{path}: is no text in UTF-8. Write the issue again.") from None


def _ledger(text: bytes, where: Path) -> dict[str, Any]:
    """What is read of a ledger here: how figures were made, and the digests of the files."""
    try:
        ledger = orjson.loads(text)
        parts = [ledger["figures"], ledger["base_rates"], ledger["files"]]
        if not all(isinstance(part, dict) for part in parts):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        raise DataError(f"{where}: is not an issue's ledger. Write the issue again.") from None
    found: dict[str, Any] = ledger
    return found


def _read(path: Path, within: Path) -> bytes:
    try:
        return files.read_bytes(path, within, LARGEST)
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}. Write the issue again.") from error
