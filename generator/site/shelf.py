"""The archive as a site knows it: what lists tell of each issue, read anew only where an issue was written again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

import orjson

from generator.errors import DataError, OutputError
from generator.model import Correction, Entry
from generator.publishing.archive import STATE, Held, Shelved, read_shelved, shelved
from generator.publishing.corrections import (
    MOST,
    changes,
    correction_text,
    read_words,
    version_of,
    words_file,
    words_of,
    words_text,
)
from generator.publishing.public import write_file
from generator.rendering.site.pages import entry_of

INDEX = "index.json"
FORMAT = 1
HELD = 1_000
"""How many issues are held in memory once read; further ones are read a second time for their page."""
_FIELDS = tuple(one.name for one in fields(Entry))


@dataclass(frozen=True, slots=True)
class Known:
    """An issue that the site has."""

    entry: Entry
    folder: Path
    stamp: tuple[int, ...]
    digest: str
    """Of the issue and its ledger."""
    version: str
    """Of its words."""
    pictures: Mapping[str, str]
    """The files that stand beside its article, with the digest of each."""
    whole: bool = True
    """False for one that was published and cannot be read any more: its page stays as it is."""
    told: str = ""
    """A digest of what lists tell of it."""
    key: str = ""
    """`2024-07-11/session`."""


@dataclass
class Shelf:
    """All issues, oldest first, and what there is to say of the archive."""

    output: Path
    known: list[Known] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    """Issues that the site had and the archive has no more."""
    held: dict[str, Held] = field(default_factory=dict)
    earlier: Mapping[str, Known] = field(default_factory=dict)
    """What the run before knew."""

    def read(self, one: Known) -> Held:
        """The issue itself; one that was read in this run is not read again."""
        found = self.held.pop(one.key, None)
        return found or read_shelved(Shelved(one.entry.session, one.entry.kind, one.folder, one.stamp))


def open_shelf(
    output: Path, subjects: Mapping[str, str], program: str, held_back: Mapping[str, str] = MappingProxyType({})
) -> Shelf:
    """The archive in `output`, with the index of an earlier run where `program` and `subjects` are the same.

    `held_back` says of issues why they are not to be published yet; the page of one that is out stays as it is.
    """
    found, notices = shelved(output)
    earlier, same = _read_index(output, _basis(subjects, program))
    shelf = Shelf(output, notices=notices, earlier=earlier)
    for one in found:
        before = earlier.get(one.key)
        if one.key in held_back:
            _keep(shelf, before, held_back[one.key])
            continue
        if before and same and before.stamp == one.stamp:
            shelf.known.append(before)
            continue
        try:
            shelf.known.append(_taken_in(shelf, one, subjects))
        except DataError as error:
            _keep(shelf, before, str(error))
    standing = {one.key for one in shelf.known}
    for key, before in earlier.items():
        if key not in standing:
            if before.folder.is_dir():  # half of it is left: what was published stays
                _keep(shelf, before, "")
            else:
                shelf.gone.append(key)
    shelf.known.sort(key=lambda one: (one.entry.session, one.entry.kind))
    if not shelf.known:
        told = "".join(f"\n{notice}" for notice in shelf.notices)
        raise OutputError(f"{output}: holds no issue. Write one first, or name the archive with --output.{told}")
    return shelf


def _keep(shelf: Shelf, before: Known | None, told: str) -> None:
    """Leave the page of an issue that cannot be read any more as it is."""
    if told:
        shelf.notices.append(told)
    if before:
        shelf.notices.append(f"{before.key}: its page stays as it was published.")
        shelf.known.append(_known(before.entry, before.folder, (), before.digest, before.version, {}, whole=False))


def _taken_in(shelf: Shelf, one: Shelved, subjects: Mapping[str, str]) -> Known:
    held = read_shelved(one)
    words = words_of(held.issue.article)
    entry = entry_of(held.issue, held.card, subjects)
    if len(shelf.held) < HELD:
        shelf.held[one.key] = held
    return _known(entry, one.folder, one.stamp, held.digest, version_of(words), held.pictures)


def _known(
    entry: Entry,
    folder: Path,
    stamp: tuple[int, ...],
    digest: str,
    version: str,
    pictures: Mapping[str, str],
    whole: bool = True,
) -> Known:
    told = sha256(orjson.dumps([getattr(entry, name) for name in _FIELDS])).hexdigest()[:24]
    return Known(entry, folder, stamp, digest, version, pictures, whole, told, entry.key)


# --- what was published, and what is corrected --------------------------------------------------


def new_corrections(shelf: Shelf, made: tuple[Correction, ...], now: Callable[[], Any]) -> list[Correction]:
    """A correction of each issue that says something else than when it was published.

    One of a simulated market is none: nobody was told anything of a real one.
    """
    last = {one.issue: one.version for one in made if one.version}
    found: list[Correction] = []
    for one in _to_compare(shelf):
        was = read_words(words_file(shelf.output, one.key))
        if was is None or was.digest == one.digest or last.get(one.key) == one.version:
            continue
        words = _words(shelf, one)
        if was.words == words:
            continue
        differing, text = changes(was.words, words), correction_text(was.words, words)
        untold = max(0, len(differing) - MOST)
        found.append(Correction(one.key, now(), text, differing[:MOST], one.version, untold))
    return found


def keep_words(shelf: Shelf) -> None:
    """Keep the words of every issue as it is now published."""
    for one in _to_compare(shelf):
        path = words_file(shelf.output, one.key)
        was = read_words(path)
        if was is None or was.digest != one.digest:
            write_file(path, words_text(one.digest, _words(shelf, one)))


def _to_compare(shelf: Shelf) -> list[Known]:
    """The issues whose words may have changed: those that are not in the index of the run before as they are."""
    before = {key: one.digest for key, one in shelf.earlier.items()}
    real = (one for one in shelf.known if one.whole and not one.entry.simulated)
    return [one for one in real if before.get(one.key) != one.digest]


def _words(shelf: Shelf, one: Known) -> tuple[tuple[str, str], ...]:
    held = shelf.read(one)
    shelf.held[one.key] = held
    return words_of(held.issue.article)


# --- the index ----------------------------------------------------------------------------------


def write_index(shelf: Shelf, subjects: Mapping[str, str], program: str) -> None:
    """Keep what was found out about the issues for the next run."""
    issues = {
        one.key: [
            [getattr(one.entry, name) for name in _FIELDS],
            one.stamp,
            one.digest,
            one.version,
            one.pictures,
            one.told,
        ]
        for one in shelf.known
    }
    text = orjson.dumps(
        {"format": FORMAT, "basis": _basis(subjects, program), "issues": issues}, option=orjson.OPT_APPEND_NEWLINE
    )
    path = shelf.output / STATE / INDEX
    if not path.is_file() or path.read_bytes() != text:
        write_file(path, text)


def _basis(subjects: Mapping[str, str], program: str) -> str:
    """A digest of what decides, besides the issues, what is found out about them."""
    return sha256(orjson.dumps([program, subjects], option=orjson.OPT_SORT_KEYS)).hexdigest()


def _read_index(output: Path, basis: str) -> tuple[dict[str, Known], bool]:
    """The issues of an earlier run by their key, and whether what was found out about them still holds."""
    try:
        kept = orjson.loads((output / STATE / INDEX).read_bytes())
        if kept["format"] != FORMAT:
            return {}, False
        known = {key: _from_index(output / key, *values) for key, values in kept["issues"].items()}
        return known, kept["basis"] == basis
    except (OSError, ValueError, KeyError, TypeError):  # none, or one that is damaged: everything is read anew
        return {}, False


def _from_index(
    folder: Path,
    told: list[Any],
    stamp: list[int],
    digest: str,
    version: str,
    pictures: dict[str, str],
    seen: str,
) -> Known:
    day, kind, kicker, headline, standfirst, author, angle, tags, *rest = told
    entry = Entry(date.fromisoformat(day), kind, kicker, headline, standfirst, author, angle, tuple(tags), *rest)
    return Known(entry, folder, tuple(stamp), digest, version, pictures, True, seen, entry.key)
